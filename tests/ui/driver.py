"""Drives the application the way a person with a screen reader and a keyboard would.

Works through AT-SPI on X11 without a window manager: the window sits at 0,0, so extents relative to
the window are screen coordinates. What GTK 4.8 offers no accessible action for (check buttons, combo
rows) is clicked with the pointer at the middle of its extents.
"""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

CAP_SECONDS = float(os.environ.get("SOFTWHERE_UI_CAP", "30"))
POLL_SECONDS = 0.05


class NotFound(AssertionError):
    """A condition that did not come true in time; the message says what was on the screen."""


def wait_for(what, condition, cap=CAP_SECONDS):
    """Polls `condition` until it returns something true, and returns that."""
    end = time.monotonic() + cap
    while True:
        try:
            found = condition()
        except GLib.Error:  # the node went away between two calls
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(f"not within {cap:.0f} s: {what}")
        time.sleep(POLL_SECONDS)


class Node:
    """One accessible object."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def text(self):
        """What the node shows: its text interface where it has one, its name otherwise."""
        iface = self.accessible.get_text_iface()
        if iface:
            count = Atspi.Text.get_character_count(iface)
            if count:  # an end of -1 returns nothing in at-spi2 2.46
                return Atspi.Text.get_text(iface, 0, count)
        return self.name

    def has_state(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def enabled(self):
        return self.has_state(Atspi.StateType.SENSITIVE)

    @property
    def extents(self):
        box = Atspi.Component.get_extents(
            self.accessible.get_component_iface(), Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    @property
    def visible(self):
        try:
            x, y, width, height = self.extents
        except (GLib.Error, AttributeError, TypeError):
            return False
        return width > 1 and height > 1 and x + width > 0 and y + height > 0

    def children(self):
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Node(child)

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def find_all(self, role=None, name=None, text=None, where=None):
        """Visible descendants; `name` and `text` match exactly, or by a compiled pattern."""
        for node in self.walk():
            try:
                if role and node.role != role:
                    continue
                if name is not None and not _matches(name, node.name):
                    continue
                if text is not None and not _matches(text, node.text):
                    continue
                if where and not where(node):
                    continue
                if node.visible:
                    yield node
            except GLib.Error:
                continue

    def find(self, role=None, name=None, text=None, where=None, cap=CAP_SECONDS):
        what = ", ".join(f"{k}={v!r}" for k, v in
                         (("role", role), ("name", name), ("text", text)) if v is not None)
        return wait_for(what or "a node", lambda: next(
            self.find_all(role, name, text, where), None), cap)

    def parent(self):
        found = self.accessible.get_parent()
        return Node(found) if found else None

    def __repr__(self):
        return f"<{self.role} {self.name!r}>"


def _matches(expected, actual):
    if hasattr(expected, "search"):
        return expected.search(actual) is not None
    return expected == actual


class Application:
    """The running program, seen through its accessibility tree."""

    def __init__(self, command, env=None, size=None):
        self.process = subprocess.Popen(command, env={**os.environ, **(env or {})})
        Atspi.init()
        self.root = wait_for("the application in the accessibility tree", self._find_application, 30)
        self.root.accessible.set_cache_mask(Atspi.Cache.NONE)
        self.window = self.root.find(role="frame", cap=30)
        if size:
            self.resize(*size)

    def _find_application(self):
        if self.process.poll() is not None:
            raise NotFound(f"the application ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return Node(child)
        return None

    # What is on the screen

    def find(self, role=None, name=None, text=None, where=None, cap=CAP_SECONDS):
        return self.root.find(role, name, text, where, cap)

    def find_all(self, role=None, name=None, text=None, where=None):
        return list(self.root.find_all(role, name, text, where))

    def shows(self, text):
        """Whether some visible node holds this text; a pattern or an exact string."""
        return next(self.root.find_all(text=text), None)

    def wait_text(self, text, cap=CAP_SECONDS):
        try:
            return wait_for(f"text {text!r}", lambda: self.shows(text), cap)
        except NotFound as error:
            raise NotFound(f"{error}\non the screen:\n{self.dump()}") from None

    def wait_gone(self, text, cap=CAP_SECONDS):
        wait_for(f"text {text!r} gone", lambda: not self.shows(text), cap)

    def dump(self):
        lines = []
        for node in self.root.walk():
            try:
                if node.visible and node.text:
                    lines.append(f"  {node.role}: {node.text}")
            except GLib.Error:
                continue
        return "\n".join(lines)

    # What a person does

    def click(self, node):
        """Presses a node by its own action when it has one, with the pointer otherwise."""
        action = node.accessible.get_action_iface()
        if action and Atspi.Action.get_n_actions(action):
            if Atspi.Action.do_action(action, 0):
                return
        self.point(node)

    def point(self, node, button=1):
        """Clicks in the middle of a node with the pointer."""
        x, y, width, height = node.extents
        self._xdotool("mousemove", str(x + width // 2), str(y + height // 2), "click", str(button))

    def press(self, name, role="push button", within=None):
        self.click((within or self.root).find(role=role, name=name, where=lambda n: n.enabled))

    def select(self, node):
        """Selects a list row, or the row around a label."""
        row = node
        while row and row.role not in ("list item", "table row", "tree item"):
            row = row.parent()
        container = row.parent()
        iface = container.accessible.get_selection_iface()
        index = row.accessible.get_index_in_parent()
        if not (iface and Atspi.Selection.select_child(iface, index)):
            self.point(node)

    def set_text(self, node, text):
        iface = node.accessible.get_editable_text_iface()
        if iface is None:
            raise NotFound(f"{node!r} cannot be edited")
        Atspi.EditableText.set_text_contents(iface, text)

    def fill(self, label, text, within=None):
        """Types into the entry known by its accessible name."""
        entry = (within or self.root).find(
            name=label, where=lambda n: n.accessible.get_editable_text_iface() is not None)
        self.set_text(entry, text)
        return entry

    def key(self, *keys):
        self.focus()
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        self.focus()
        self._xdotool("type", "--clearmodifiers", "--delay", "5", text)

    def focus(self):
        windows = self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()
        if windows:  # without a window manager nothing else gives focus
            self._xdotool("windowfocus", windows[-1])

    def resize(self, width, height):
        windows = self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()
        for window in windows[:1]:
            self._xdotool("windowsize", "--sync", window, str(width), str(height))

    def screenshot(self, path):
        """One PNG of the application's main window."""
        windows = self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()
        subprocess.run(["import", "-window", windows[0], path], check=True)

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
