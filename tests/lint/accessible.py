#!/usr/bin/python3
"""Buttons that show only an icon, and rows of list boxes, tell a screen reader what they are.

GTK 4.8 calls an icon button "GtkImage" and a row nothing at all, tooltip or title notwithstanding.
"""

import re
import xml.etree.ElementTree as ElementTree

from common import ROOT, c_functions, files, read, verdict

BUTTONS = {"GtkButton", "GtkToggleButton", "GtkMenuButton", "GtkLinkButton"}
ROWS = {"GtkListBoxRow", "AdwActionRow", "AdwExpanderRow", "AdwComboRow"}
C_MAKERS = re.compile(r"\b(gtk_button_new_from_icon_name|gtk_menu_button_set_icon_name|gtk_button_set_icon_name|"
                      r"gtk_list_box_row_new|adw_action_row_new|adw_expander_row_new|adw_combo_row_new) \(")
C_LABEL = re.compile(r"GTK_ACCESSIBLE_PROPERTY_LABEL|GTK_ACCESSIBLE_RELATION_LABELLED_BY|"
                     r"\bsw_\w*accessible_(label|name)\w* \(")


def properties(node):
    return {child.get("name"): child for child in node if child.tag == "property"}


def shows_text(node):
    """Whether a button has words of its own: a label, or a child that holds one."""
    found = properties(node)
    if "label" in found:
        return True
    return any(child.get("class") in ("GtkLabel", "AdwButtonContent", "GtkInscription")
               for child in node.iter() if child is not node)


def is_labelled(node):
    return any(entry.get("name") in ("label", "labelled-by")
               for child in node if child.tag == "accessibility" for entry in child)


def check_ui(path):
    tree = ElementTree.parse(ROOT / path)
    for node in tree.iter():
        kind = node.get("parent") if node.tag == "template" else node.get("class")
        if node.tag not in ("object", "template"):
            continue
        silent = kind in ROWS or (kind in BUTTONS and not shows_text(node))
        if silent and not is_labelled(node) and node.tag == "object":
            name = node.get("id") or next((p.text for k, p in properties(node).items()
                                           if k in ("icon-name", "title", "action-name")), "")
            yield f"{path}: {kind} {name or ''} has no accessible label"


def check_c(path):
    for name, first, _lines, body in c_functions(read(path)):
        maker = C_MAKERS.search(body)
        if maker and not C_LABEL.search(body):
            yield f"{path}:{first}: {name} calls {maker[1]} and gives it no accessible label"


def main():
    interfaces, sources = files(".ui", under="src"), files(".c", under="src")
    problems = [p for path in interfaces for p in check_ui(path)]
    problems += [p for path in sources for p in check_c(path)]
    verdict(problems, len(interfaces) + len(sources), "files")


main()
