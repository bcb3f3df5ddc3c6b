#!/usr/bin/python3
"""Nothing that a later GTK 4 or libadwaita 1 deprecates, except in the shims of widgets/.

The compiler cannot tell: GTK 4.8 does not know of them, and names in .ui files are never checked.
"""

import re

from common import c_code, files, read, verdict

CLASSES = """
GtkDialog GtkMessageDialog GtkFileChooserDialog GtkFileChooserNative GtkFileChooserWidget
GtkTreeView GtkTreeViewColumn GtkListStore GtkTreeStore GtkCellRendererText GtkCellRendererToggle
GtkCellRendererPixbuf GtkComboBox GtkComboBoxText GtkIconView GtkEntryCompletion GtkInfoBar
GtkStatusbar GtkAssistant GtkLockButton GtkVolumeButton GtkColorButton GtkFontButton GtkColorChooserDialog
GtkFontChooserDialog GtkAppChooserButton GtkAppChooserDialog GtkShortcutsWindow
AdwLeaflet AdwFlap AdwSqueezer AdwViewSwitcherTitle AdwMessageDialog AdwAboutWindow AdwPreferencesWindow
""".split()

FUNCTIONS = """
gtk_show_uri gtk_widget_show gtk_widget_hide gtk_widget_get_style_context gtk_style_context_\\w+
gtk_snapshot_render_\\w+ gtk_widget_get_allocation gtk_widget_get_allocated_\\w+
gtk_widget_translate_coordinates gtk_css_provider_load_from_data gdk_surface_create_similar_surface
gdk_texture_new_for_pixbuf gtk_image_new_from_pixbuf gtk_picture_new_for_pixbuf
gtk_application_window_set_help_overlay gdk_x11_surface_get_xid
adw_action_row_set_icon_name adw_expander_row_set_icon_name
""".split()

# Where a shim keeps the old way for the old library: the file that knows, and what it may name.
SHIMS = {
    "src/widgets/sw-split-view": {"AdwLeaflet", "AdwFlap"},
    "src/widgets/sw-file-dialog": {"GtkFileChooserNative"},
    # GtkShortcutsWindow is what gtk/help-overlay.ui must hold; GTK loads it by itself.
    "src/shell/help-overlay": {"GtkShortcutsWindow"},
    "src/shell/gtk/help-overlay": {"GtkShortcutsWindow"},
}


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


C_WORDS = re.compile(r"\b(" + "|".join(
    FUNCTIONS + CLASSES + [snake(name) + r"_(?!get_type)\w+" for name in CLASSES]) + r")\b(?= \(| \*|\()")
UI_WORDS = re.compile(r'(?:class|parent)="(' + "|".join(CLASSES) + r')"')


def main():
    problems = []
    sources = files(".c", ".h", ".ui", under="src")
    for path in sources:
        allowed = SHIMS.get(str(path.with_suffix("")), set())
        allowed_prefixes = tuple(allowed) + tuple(snake(name) + "_" for name in allowed)
        pattern = UI_WORDS if path.suffix == ".ui" else C_WORDS
        for number, line in enumerate(c_code(read(path)).splitlines(), 1):
            for word in pattern.findall(line):
                if not (allowed_prefixes and word.startswith(allowed_prefixes)):
                    problems.append(f"{path}:{number}: {word} is deprecated in a later release")
    verdict(problems, len(sources), "files")


main()
