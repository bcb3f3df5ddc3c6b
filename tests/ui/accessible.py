"""The accessibility tree of one application, read over D-Bus.

libatspi asks object by object and property by property, each time waiting for the answer: seconds for
a window. Here one call of org.a11y.atspi.Cache tells the name, the role, the states and the parent of
all that is known, and the children of a whole level are asked at once, but for the cells of tables,
which are most of a window and whose contents come and go with them. Only where an object is and what an
entry holds is asked later, for the few objects that matter.
"""

import json

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Atspi, Gio, GLib, Json  # noqa: E402

CALL_MILLISECONDS = 20_000
WINDOW_COORDINATES = 1
ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
EDITABLE = "org.a11y.atspi.EditableText"
SELECTION = "org.a11y.atspi.Selection"
TEXT = "org.a11y.atspi.Text"
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
DRIVER = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")

LEAVES = (int(Atspi.Role.LABEL), int(Atspi.Role.IMAGE))
CELL = int(Atspi.Role.TABLE_CELL)

State = Atspi.StateType


class Bus:
    """The accessibility bus, and the one program on it that runs as `pid`."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = self._call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.name = None
        self.leaves = set()  # labels and images: they never get children

    def attach(self, pid):
        """Whether the program runs and has registered: which it does itself, so that its connection is ready.
        Called while GLib still sets that up, it says "check_unclosed: assertion … FLAG_INITIALIZED … failed"."""
        for name, _ in self._call(self.connection, REGISTRY, ROOT, ACCESSIBLE, "GetChildren")[0]:
            try:
                owner = self._call(self.connection, *DRIVER, "GetConnectionUnixProcessID",
                                   GLib.Variant("(s)", (name,)))[0]
            except GLib.Error:  # it left meanwhile
                continue
            if owner == pid:
                self.name = name
                return True
        return False

    def call(self, path, interface, method, arguments=None):
        return self._call(self.connection, self.name, path, interface, method, arguments)

    def items(self):
        """What the application remembers of each object it has told about, by path. As JSON on the way:
        a tenth of the time of unpacking thousands of variants in Python."""
        answer = self.connection.call_sync(self.name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems",
                                           None, None, Gio.DBusCallFlags.NONE, CALL_MILLISECONDS, None)
        return {item[0][1]: item for item in json.loads(Json.gvariant_serialize_data(answer)[0])[0]}

    def children_of(self, paths):
        """The paths below each of `paths`; asked all at once."""
        found = {}
        loop = GLib.MainLoop()

        def on_answer(connection, result, path):
            try:
                found[path] = [child for _, child in connection.call_finish(result).unpack()[0]]
            except GLib.Error:  # it went away meanwhile
                found[path] = []
            if len(found) == len(paths):
                loop.quit()

        for path in paths:
            self.connection.call(self.name, path, ACCESSIBLE, "GetChildren", None, None,
                                 Gio.DBusCallFlags.NONE, CALL_MILLISECONDS, None, on_answer, path)
        if paths:
            loop.run()
        return found

    @staticmethod
    def _call(connection, name, path, interface, method, arguments=None):
        return connection.call_sync(name, path, interface, method, arguments, None,
                                    Gio.DBusCallFlags.NONE, CALL_MILLISECONDS, None).unpack()


class Tree:
    """What the application presents at one moment; objects GTK hides from assistive technology are not
    in it."""

    def __init__(self, bus, path=ROOT):
        self.bus = bus
        known = bus.items()
        cells = self._cells(known)
        below = {}  # path: the paths of its children
        level = [path]
        while level:
            found = bus.children_of([path for path in level if path not in cells])
            for place in level:
                below[place] = found[place] if place in found else cells[place]
            level = [child for place in level for child in below[place]
                     if child not in below and child not in bus.leaves]
        if any(place not in known for place in below):
            known = bus.items()
        bus.leaves.update(path for path, item in known.items() if item[7] in LEAVES)
        self.root = self._build(None, path, known, below) if path in known else None

    @staticmethod
    def _cells(known):
        """The children of each table cell all of whose children are known."""
        places = {}
        for child, item in known.items():
            parent = item[2][1]
            if parent in known and known[parent][7] == CELL:
                places.setdefault(parent, {})[item[3]] = child
        return {cell: [children[place] for place in sorted(children)] for cell, children in places.items()
                if len(children) == known[cell][4] and min(children) == 0 and max(children) == len(children) - 1}

    def _build(self, parent, path, known, below):
        node = Node(self.bus, parent, known[path])
        node.children = [self._build(node, child, known, below)
                         for child in below.get(path, ()) if child in known]
        return node


class Node:
    """One accessible object."""

    def __init__(self, bus, parent, item):
        self.bus = bus
        self.parent = parent
        self.path = item[0][1]
        self.interfaces = item[5]
        self.name = item[6]
        self.role = Atspi.role_get_name(Atspi.Role(item[7]))
        self.states = item[9][0] | item[9][1] << 32
        self.children = []

    def __repr__(self):
        return f"<{self.role} {self.name!r}>"

    def ancestors(self):
        node = self.parent
        while node:
            yield node
            node = node.parent

    def call(self, interface, method, arguments=None):
        return self.bus.call(self.path, interface, method, arguments)

    @property
    def text(self):
        """What is written in it: the content of an entry, the name of anything else."""
        if self.role == "label" or TEXT not in self.interfaces:
            return self.name
        return self.content or self.name

    @property
    def content(self):
        """What an entry holds now."""
        return self.call(TEXT, "GetText", GLib.Variant("(ii)", (0, 1_000_000)))[0]

    def has_state(self, state):
        return bool(self.states >> int(state) & 1)

    @property
    def enabled(self):
        return self.has_state(State.SENSITIVE)

    @property
    def focused(self):
        return self.has_state(State.FOCUSED)

    @property
    def extents(self):
        return self.call(COMPONENT, "GetExtents", GLib.Variant("(u)", (WINDOW_COORDINATES,)))[0]

    @property
    def visible(self):
        """Of some size; it may have to be scrolled to."""
        if COMPONENT not in self.interfaces:
            return False
        x, _, width, height = self.extents
        return width > 1 and height > 1 and x + width > 0

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()
