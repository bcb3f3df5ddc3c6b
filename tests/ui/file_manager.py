"""A window like that of a file manager: a file to drag out of it. usage: file_manager.py FILE"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402 pylint: disable=wrong-import-position

window = Gtk.Window(title="Files", default_width=160, default_height=120, decorated=False)
label = Gtk.Label(label="file", hexpand=True, vexpand=True)
source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
source.set_content(Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.FileList, Gdk.FileList.new_from_list([Gio.File.new_for_path(sys.argv[1])]))))
label.add_controller(source)
window.set_child(label)
loop = GLib.MainLoop()
cancelled = []


def on_cancel(*_):
    """Nobody took it: the button went up before the window below had answered. It can be dragged again."""
    cancelled.append(True)
    return True


def on_end(*_):
    if cancelled:
        cancelled.clear()
    else:
        loop.quit()


source.connect("drag-cancel", on_cancel)
source.connect("drag-end", on_end)
window.connect("map", lambda *_: print("shown", flush=True))
window.present()
loop.run()
