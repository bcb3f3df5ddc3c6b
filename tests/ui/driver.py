"""Drives the application the way a person with a screen reader, a keyboard and a mouse would.

Works on X11 without a window manager: the window is moved so that its content, without its shadow, starts
at 0,0: extents relative to the window are then screen coordinates. What GTK 4.8 offers no accessible action for (check buttons, switches, drop-downs) is
clicked with the pointer in the middle of its extents, scrolled to when it is out of sight.
"""

import os
import re
import subprocess
import sys
import threading
import time

from accessible import ACTION, EDITABLE, SELECTION, Bus, GLib, State, Tree

CAP_SECONDS = float(os.environ.get("SOFTWHERE_UI_CAP", "60"))
POLL_SECONDS = 0.02
REST_SECONDS = 0.1
CLICK_SECONDS = 0.25  # for as long GTK shows a button pressed that was activated by its action; then only it is clicked
ROWS = ("list item", "table row", "tree item")
BUTTONS = ("push button", "toggle button", "menu item")
MISTAKE = re.compile(r"-(CRITICAL|WARNING) \*\*")
# GTK 4.8 asked for its windows before the first one is there; a field left without a window manager.
NOT_OURS = re.compile("g_list_model_get_n_items: assertion 'G_IS_LIST_MODEL|accessibility bus"
                         "|did not receive a focus-out event")
# What GTK 4.8 says of a button with a mnemonic that is not made by sw_button_new(): "_Save Save".
TWICE = re.compile(r"^(.*)_(.*) \1\2$")
NO_BREAK = str.maketrans("\u00a0\u202f", "  ")


class NotFound(AssertionError):
    """A condition that did not come true in time."""


def plain(text):
    """Text with ordinary spaces: French typography puts narrow ones before € and between thousands."""
    return text.translate(NO_BREAK)


def matches(expected, actual):
    """By a compiled pattern, or exactly."""
    actual = TWICE.sub(r"\1\2", plain(actual))
    if hasattr(expected, "search"):
        return expected.search(actual) is not None
    return TWICE.sub(r"\1\2", plain(expected)) == actual


def wait_for(what, condition, cap=CAP_SECONDS):
    """Polls `condition` until it returns something true, and returns that."""
    end = time.monotonic() + cap
    while True:
        try:
            found = condition()
        except GLib.Error:  # an object went away between two calls
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(f"not within {cap:.0f} s: {what}")
        time.sleep(POLL_SECONDS)


def select_nodes(nodes, role=None, name=None, text=None, where=None):
    """Those of `nodes` that are visible and fit everything given."""
    for node in nodes:
        try:
            if ((role is None or node.role == role)
                    and (name is None or matches(name, node.name))
                    and (text is None or matches(text, node.text))
                    and (where is None or where(node)) and node.visible):
                yield node
        except GLib.Error:  # gone since the tree was read
            continue


class Application:
    """The running program and its windows."""

    def __init__(self, command=None, env=None, login="adv"):
        if command is None:
            command = [os.environ["SOFTWHERE_APPLICATION"]] + (["--demo", login] if login else [])
        self.process = subprocess.Popen(command, env={**os.environ, **(env or {})}, text=True,
                                        stderr=subprocess.PIPE, errors="replace")
        self.complaints = []
        self.acted_at = None  # when an accessible action was last asked for whose effect may be still to come
        threading.Thread(target=self._listen, daemon=True).start()
        self.bus = Bus()
        wait_for("the application on the accessibility bus", self._attach, 60)
        self.frame = self.find(role="frame", cap=60)
        self.margin = (self._geometry()[0] - self.frame.extents[2]) // 2
        self._xdotool("windowmove", "--sync", self.windows()[0], str(-self.margin), str(-self.margin))

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and not isinstance(error, KeyboardInterrupt):
            print(f"on the screen:\n{self.dump()}", file=sys.stderr)
            picture = os.environ.get("SOFTWHERE_UI_PICTURE")
            if picture:
                self.screenshot(picture)
        self.close()
        if error is None and self.complaints:
            raise AssertionError("the application complained:\n" + "".join(self.complaints))

    def _listen(self):
        """Passes on what the application says, and remembers what GLib calls a mistake of the program."""
        for line in self.process.stderr:
            sys.stderr.write(line)
            if MISTAKE.search(line) and not NOT_OURS.search(line):
                self.complaints.append(line)

    def _geometry(self, window=None):
        """Width, height and place on the screen of a window with its shadow, the main one unless told."""
        lines = self._xdotool("getwindowgeometry", "--shell", window or self.windows()[0]).splitlines()
        values = dict(line.split("=") for line in lines if "=" in line)
        return [int(values[name]) for name in ("WIDTH", "HEIGHT", "X", "Y")]

    def _origin(self, node):
        """Where on the screen the extents of a node begin: those of a dialog count from its own content."""
        dialog = next((above for above in node.ancestors() if above.role == "dialog"), None)
        if dialog is None:
            return 0, 0
        _, _, wide, high = dialog.extents
        for window in self.windows():  # which of them: popovers are windows too
            width, height, x, y = self._geometry(window)
            if 0 <= width - wide == height - high <= 80:
                margin = (width - wide) // 2
                return x + margin, y + margin
        return 0, 0

    def _attach(self):
        if self.process.poll() is not None:
            raise NotFound(f"the application ended with status {self.process.returncode}")
        return self.bus.attach(self.process.pid)

    # What is on the screen

    def nodes(self, within=None):
        """Everything presented now; `within` limits it to what is below a node found earlier."""
        root = (Tree(self.bus, within.path) if within else Tree(self.bus)).root
        return list(root.walk()) if root else []

    def find_all(self, role=None, name=None, text=None, where=None, within=None):
        return list(select_nodes(self.nodes(within), role, name, text, where))

    def seek(self, role=None, name=None, text=None, where=None, within=None):
        """The first that fits now, or None."""
        return next(select_nodes(self.nodes(within), role, name, text, where), None)

    def find(self, role=None, name=None, text=None, where=None, within=None, cap=CAP_SECONDS):
        what = ", ".join(f"{key}={value!r}" for key, value in
                         (("role", role), ("name", name), ("text", text)) if value is not None)
        return wait_for(what or "a node", lambda: self.seek(role, name, text, where, within), cap)

    def wait_text(self, text, within=None, cap=CAP_SECONDS):
        return self.find(text=text, within=within, cap=cap)

    def wait_gone(self, text, within=None, cap=CAP_SECONDS):
        wait_for(f"{text!r} gone", lambda: self.seek(text=text, within=within) is None, cap)

    def shows(self, text, within=None):
        return self.seek(text=text, within=within) is not None

    def dump(self):
        """Every visible text, for the message of a failed test."""
        lines = []
        for node in self.nodes():
            try:
                if node.role in ("label", "entry", "text", "password text", "push button",
                                 "toggle button", "combo box", "dialog", "frame") and node.visible:
                    lines.append(f"  {node.role}: {node.name!r}"
                                 + (f" holds {node.text!r}" if node.text != node.name else ""))
            except GLib.Error:
                continue
        return "\n".join(lines)

    # What a person does

    def do(self, node):
        """Its own accessible action."""
        node.call(ACTION, "DoAction", GLib.Variant("(i)", (0,)))
        self.acted_at = time.monotonic()

    def catch_up(self):
        """Waits until what was asked for by accessible actions has happened, before the pointer and the keyboard overtake it: they
        would meet the dialog that is about to close."""
        if self.acted_at is None:
            return
        clicked_at, self.acted_at = self.acted_at + CLICK_SECONDS, None
        wait_for("the click of a button", lambda: time.monotonic() > clicked_at)

        def shown():
            """What is open; the program answered in between, so it has turned to what was asked for earlier."""
            return self.frame.extents and self.windows()

        self.at_rest(shown, lambda windows: windows, "the windows")

    def press(self, name, within=None, cap=CAP_SECONDS):
        """Presses the button of that name as soon as it can be pressed; in the dialog while there is one: it
        keeps everything else from being pressed."""
        def can_be_pressed(node):
            return node.enabled and node.role in BUTTONS and not any(  # a menu button holds the one that acts
                below.role in BUTTONS for below in node.children)

        def pressable():
            nodes = self.nodes(within)
            top = next((node for node in reversed(nodes) if node.has_state(State.MODAL)), None)
            return next(select_nodes(top.walk() if top else nodes, name=name, where=can_be_pressed), None)

        self.do(wait_for(f"the button {name!r}", pressable, cap))

    def save(self):
        """Saves the open record, and waits until nothing is left to be saved."""
        self.press("Enregistrer")
        wait_for("nothing left to be saved", lambda: self.seek(
            role="push button", name="Enregistrer") is None)

    def select(self, node):
        """Selects a list row, or the row around a node."""
        while node.role not in ROWS:
            node = node.parent
        index = node.parent.children.index(node)
        node.parent.call(SELECTION, "SelectChild", GLib.Variant("(i)", (index,)))

    def select_tab(self, title):
        """Chooses the tab whose title starts so: a number of rows may follow."""
        self.point(self.find(role="page tab", name=re.compile("^" + re.escape(title))))

    def click_row(self, text, within=None):
        """Clicks the row of a list that shows `text`."""
        self.catch_up()
        self.point(self.node_at_rest(lambda: self.seek(role="label", text=text, within=within, where=lambda node: any(
            above.role in ROWS for above in node.ancestors())), text))

    def open_page(self, title):
        """Chooses a page in the sidebar."""
        self.select(self.find(role="list item", where=lambda node: node.parent.name == "Pages"
                              and plain(node.name).split(",")[0] == title))

    def entry(self, name, within=None, cap=CAP_SECONDS):
        return self.find(name=name, within=within, cap=cap,
                         where=lambda node: EDITABLE in node.interfaces)

    def fill(self, name, text, within=None):
        """Types into the entry known by its accessible name, in place of what it holds."""
        self.put(self.entry(name, within), text)

    @staticmethod
    def put(entry, text):
        """Replaces what an entry found earlier holds."""
        entry.call(EDITABLE, "SetTextContents", GLib.Variant("(s)", (text,)))

    def holds(self, name, text, within=None):
        """Waits until the entry of that name holds `text`."""
        def does():
            entry = self.seek(name=name, within=within, where=lambda node: EDITABLE in node.interfaces)
            return entry is not None and matches(text, entry.content)

        wait_for(f"{name!r} holds {text!r}", does)

    def choose(self, name, option, within=None):
        """Chooses an option of the drop-down known by its accessible name, with the arrow keys."""
        box = self.find(role="combo box", name=name, within=within)
        self.reveal(box)  # a popover needs room on the screen
        self.do(next(node for node in box.walk() if node.role == "push button"))
        label = self.find(role="label", text=option, within=box, where=lambda node: any(
            above.name == "GtkListView" for above in node.ancestors()))
        item = next(node for node in label.ancestors() if node.role == "list item")
        self.key("Home", *["Down"] * item.parent.children.index(item), "Return")
        self.wait_choice(name, option, within)

    def look_up(self, name, typed, within=None, shown=None):
        """Chooses another record in the row known by its title: opens it, types into its search, takes the first found, which
        shows what was typed unless told otherwise."""
        shown = shown or typed
        button = self.find(role="push button", name=re.compile("^" + re.escape(name)), within=within)
        self.reveal(button)  # a popover needs room on the screen
        self.do(button)
        self.put(self.find(name="Rechercher", where=lambda node: EDITABLE in node.interfaces), typed)
        self.find(role="label", text=shown, where=lambda node: any(
            above.name == "GtkListView" for above in node.ancestors()))
        self.key("Return")
        self.wait_text(shown, within)

    def told(self, text, field, within):
        """Waits for a sentence under the row of a field."""
        return self.find(role="label", text=text, within=within, where=lambda node: any(
            above.role == "list item" and plain(above.name) == field for above in node.ancestors()))

    def shown_choice(self, name, within=None):
        """What a drop-down shows while it is closed."""
        box = self.find(role="combo box", name=name, within=within)
        button = next(node for node in box.walk() if node.role == "push button")
        return next((plain(node.name) for node in button.walk() if node.role == "label"), "")

    def wait_choice(self, name, option, within=None):
        """Waits until a drop-down shows an option."""
        wait_for(f"{name!r} shows {option!r}", lambda: self.shown_choice(name, within) == plain(option))

    def choose_file(self, path):
        """Types the path of a file that exists into the dialog that opens one."""
        self.wait_text("Ouvrir")

        def location():
            """The entry a typed path opens; a dialog that is only just there does not hear the key yet."""
            entry = self.seek(role="text", where=lambda node: node.content.startswith("/"))
            if entry is None:
                self.key("slash")
            return entry

        self.put(wait_for("the location", location), path)
        self.key("Return")

    def switch(self, name, within=None):
        """Turns over the switch or the check button known by its accessible name."""
        node = self.find(name=name, within=within, where=lambda node: node.role in (
            "toggle button", "check box", "switch"))
        self.point(node)

    @staticmethod
    def at_rest(seek, state, what):
        """What `seek` finds once `state` of it stays the same."""
        seen = [None, 0.0]  # which state, since when

        def rests():
            found = seek()
            now = state(found) if found else None
            if now != seen[0]:
                seen[:] = now, time.monotonic()
            return found if found and time.monotonic() - seen[1] >= REST_SECONDS else None

        return wait_for(f"{what!r} at rest", rests)

    def node_at_rest(self, seek, what="something to click"):
        """The node `seek` finds once it stays where it is: lists are filled, rows fold, pages slide in."""
        return self.at_rest(seek, lambda node: (node.path, node.extents), what)

    def reveal(self, node):
        """Scrolls with the wheel until the middle of the node can be clicked."""
        self.catch_up()
        for _ in range(200):
            x, y, width, height = node.extents
            bottom = self.frame.extents[3]
            if 90 <= y + height // 2 <= bottom - 20:
                return x + width // 2, y + height // 2
            up = y + height // 2 < 90
            self._xdotool("mousemove", str(x + width // 2), str(bottom // 2), "click", "4" if up else "5")
            before = y
            try:
                wait_for("scrolling", lambda: node.extents[1] != before, 1)
            except NotFound:  # already at the end
                return x + width // 2, y + height // 2
        raise NotFound(f"{node!r} cannot be scrolled to")

    def point(self, node, button=1):
        """Clicks in the middle of a node with the pointer, once that is where it stays."""
        self.catch_up()
        self.node_at_rest(lambda: node, node)
        self.reveal(node)
        self._click(self.node_at_rest(lambda: node, node), button)

    def _click(self, node, button=1):
        x, y, width, height = node.extents
        left, top = self._origin(node)
        self._xdotool("mousemove", str(left + x + width // 2), str(top + y + height // 2), "click", str(button))

    def drag(self, start, end):
        """With the button held down, from one point of the window to another."""
        self.catch_up()
        self._xdotool("mousemove", *map(str, start), "mousedown", "1")
        for part in range(1, 9):
            # As slow as a hand: who is passed over has to answer that it takes what is dragged.
            self._xdotool("mousemove", *(str(a + (b - a) * part // 8) for a, b in zip(start, end)), "sleep", "0.03")
        self._xdotool("mouseup", "1")

    def click_with(self, key, node):
        """A click while a key is held down."""
        self.catch_up()
        self._xdotool("keydown", key)
        self._click(node)
        self._xdotool("keyup", key)

    def press_menu(self, name):
        """The button inside a menu button, which has the same name and the action."""
        self.do(wait_for(name, lambda: self.find_all(role="push button", name=name)[1:2]
                         or self.find_all(role="toggle button", name=name)[:1])[0])

    def choose_rows(self, text, count):
        """Chooses the first rows of the list that show such a text, with Shift from the first to the last."""
        def shown():
            found = self.find_all(role="label", text=text, where=lambda node: any(above.role in ROWS for above in node.ancestors()))
            return found[:count] if len(found) >= count else None

        rows = wait_for(f"{count} rows", shown)
        self.point(rows[0])
        self.click_with("shift", rows[-1])
        self.wait_text(f"{count} sélectionnées")

    def quit(self):
        """Closes the window by the button in its corner, and waits until the program is gone."""
        self._xdotool("mousemove", str(self.frame.extents[2] - 23), "23", "click", "1")
        wait_for("the end of the program", lambda: self.process.poll() is not None)

    def key(self, *keys):
        self._focus()
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        self._focus()
        self._xdotool("type", "--clearmodifiers", "--delay", "8", text)

    def _focus(self):
        self.catch_up()
        windows = self.windows()
        if windows:  # without a window manager nothing else gives focus
            self._xdotool("windowfocus", "--sync", windows[-1])

    def windows(self):
        return self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()

    def resize(self, width, height):
        """The content gets this size, or its smallest."""
        self._xdotool("windowsize", "--sync", self.windows()[0], str(width + 2 * self.margin),
                      str(height + 2 * self.margin))

    def screenshot(self, path):
        """One PNG of the window and of what lies above it."""
        _, _, width, height = self.frame.extents
        subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage", path],
                       check=True)

    def colours(self, node):
        """How many different colours are to be seen where a node is: one where nothing is drawn."""
        x, y, width, height = node.extents
        done = subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "-format",
                               "%k", "info:"], capture_output=True, text=True, check=True)
        return int(done.stdout)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @staticmethod
    def _xdotool(*arguments):
        done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False)
        return done.stdout


def clipboard(kind):
    """What another program would paste of that MIME type. In a process of its own, as programs are."""
    script = """
import sys, gi
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk
Gtk.init()
loop = GLib.MainLoop()
board = Gdk.Display.get_default().get_clipboard()
def on_read(board, result):
    flags = Gio.OutputStreamSpliceFlags
    Gio.MemoryOutputStream.new_resizable().splice_async(
        board.read_finish(result)[0], flags.CLOSE_SOURCE | flags.CLOSE_TARGET, 0, None, on_spliced)
def on_spliced(output, result):
    sys.stdout.buffer.write(output.steal_as_bytes().get_data() or b"")
    loop.quit()
board.read_async([sys.argv[1]], 0, None, on_read)
loop.run()
"""
    done = subprocess.run([sys.executable, "-c", script, kind], capture_output=True, check=False, timeout=CAP_SECONDS)
    if done.returncode != 0:
        raise AssertionError(f"nothing of {kind} on the clipboard\n{done.stderr.decode()}")
    return done.stdout.decode()


def query(sql, **values):
    """What the superuser reads with `sql`, unaligned; :'name' in it is a value given by name."""
    arguments = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                 os.environ["SOFTWHERE_TEST_URI"]]
    for name, value in values.items():
        arguments += ["-v", f"{name}={value}"]
    done = subprocess.run(arguments, input=sql, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{sql}\n{done.stderr}")
    return done.stdout.strip()


def wait_query(expected, sql, **values):
    """Waits until the database answers `expected`: what the screen did is committed."""
    wait_for(f"{expected!r} from {sql}", lambda: query(sql, **values) == expected)


def run(*steps):
    """Runs the steps of a script one after the other; each is a function that says what it proves."""
    for number, step in enumerate(steps, 1):
        title = (step.__doc__ or step.__name__).strip().splitlines()[0]
        start = time.monotonic()
        try:
            step()
        except Exception:  # pylint: disable=broad-except
            print(f"not ok {number} - {title}", flush=True)
            raise
        print(f"ok {number} - {title} ({time.monotonic() - start:.1f} s)", flush=True)
    print(f"1..{len(steps)}")
