"""What leaves a list: files, paper, the clipboard (SRCH-01)."""

import csv
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "server", "lib"))
from psql import Session  # noqa: E402
from driver import Application, clipboard, plain, query, run, wait_for  # noqa: E402

HOME = pathlib.Path(os.environ["HOME"])
CITY = "Vannes"
NAMES = "SELECT legal_name FROM api.customer WHERE city = 'Vannes'"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

app = None


def expected_names():
    return sorted(query(NAMES).splitlines())


def column(rows, title):
    """What is below a title."""
    place = rows[0].index(title)
    return [row[place] for row in rows[1:]]


def choose_in_menu(name):
    app.press("Exporter, imprimer, colonnes")
    app.press(name)


def export(menu, path):
    choose_in_menu(menu)
    app.fill("Nom :", str(path))
    app.press("Enregistrer")


def saved(path):
    app.wait_text(f"{path.name} enregistré")
    assert [p.name for p in path.parent.glob(path.stem + "*")] == [path.name], "something was left beside it"


def a_filtered_list_becomes_csv():
    """CSV has the rows of the filter and the columns shown, for a French spreadsheet"""
    app.press("Filtres")
    app.press("Ville")
    app.fill("Contient", CITY)
    app.press("Appliquer")
    app.wait_text(re.compile(f"^1 – .* sur {len(expected_names())}$"))
    path = HOME / "clients.csv"
    export("Exporter en CSV…", path)
    saved(path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), data[:20]
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Numéro", "Nom", "Ville", "Téléphone", "Mensuel HT", "Statut"], rows[0]
    assert sorted(column(rows, "Nom")) == expected_names(), rows
    assert set(column(rows, "Ville")) == {CITY}


def old_programs_get_windows_letters():
    """The same for programs that know Windows-1252 only"""
    path = HOME / "anciens.csv"
    export("Exporter en CSV pour anciens logiciels…", path)
    saved(path)
    rows = list(csv.reader(path.read_bytes().decode("cp1252").splitlines(), delimiter=";"))
    assert sorted(column(rows, "Nom")) == expected_names(), rows


def the_workbook_has_numbers():
    """A workbook has the same rows; amounts are numbers there"""
    path = HOME / "classeur.xlsx"
    export("Exporter vers Excel…", path)
    saved(path)
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        sheet = xml.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [[(cell.get("t"), "".join(cell.itertext())) for cell in row.iter(SHEET + "c")] for row in sheet.iter(SHEET + "row")]
    rows[0] = [text for _, text in rows[0]]
    assert sorted(text for _, text in column(rows, "Nom")) == expected_names(), rows
    amounts = column(rows, "Mensuel HT")
    assert all(kind in (None, "n") for kind, _ in amounts), amounts
    total = query("SELECT sum(monthly_net) FROM api.customer WHERE city = 'Vannes'")
    assert abs(sum(float(text) for _, text in amounts) - float(total)) < 0.005, (amounts, total)


def paper_has_every_row():
    """Printed to a file, each row is on the paper"""
    before = set(HOME.rglob("*.pdf"))
    choose_in_menu("Imprimer…")
    dialog = app.find(role="dialog", name="Imprimer")
    app.point(app.find(role="label", text="Imprimer dans un fichier", within=dialog))
    app.press("Imprimer")
    printed = wait_for("the printed file", lambda: [path for path in set(HOME.rglob("*.pdf")) - before
                                                    if path.read_bytes().rstrip().endswith(b"%%EOF")])[0]
    text = plain(subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout)
    for name in expected_names():
        assert name[:20] in text, f"{name} is not in\n{text}"


def chosen_rows_are_copied():
    """Ctrl+A and Ctrl+C put the rows on the clipboard as a table, for a text and for a spreadsheet"""
    app.point(app.find(role="label", text=expected_names()[0]))
    app.key("ctrl+a")
    app.wait_text(f"{len(expected_names())} sélectionnées")
    app.key("ctrl+c")
    app.wait_text("Copié")
    rows = [line.split("\t") for line in clipboard("text/plain;charset=utf-8").splitlines()]
    assert sorted(column(rows, "Nom")) == expected_names(), rows
    html = clipboard("text/html")
    assert html.count("<tr>") == len(rows) and f"<td>{CITY}</td>" in html, html


def a_cancelled_export_leaves_nothing():
    """An export that waits for the server can be cancelled, and leaves no file, not even half of one"""
    path = HOME / "jamais.csv"
    blocker = Session("blocker")
    blocker.run("BEGIN")
    blocker.run("LOCK TABLE softwhere.customer")
    try:
        export("Exporter en CSV…", path)
        app.find(role="dialog", name="Écriture de la liste")
        app.press("Annuler")
        wait_for("the dialog gone", lambda: app.seek(role="dialog") is None)
        wait_for("nothing left", lambda: not list(HOME.glob("jamais*")) and not list(HOME.glob(".jamais*")))
    finally:
        blocker.run("ROLLBACK")
        blocker.close()
    assert not path.exists()
    export("Exporter en CSV…", path)  # and it can be done again
    saved(path)


def an_export_cut_short_leaves_nothing():
    """The server ends the connection in the middle of an export: it is said, and half a list is never left as a whole one"""
    path = HOME / "coupe.csv"
    blocker = Session("blocker")
    blocker.run("BEGIN")
    blocker.run("LOCK TABLE softwhere.customer")
    try:
        export("Exporter en CSV…", path)
        app.find(role="dialog", name="Écriture de la liste")
        assert wait_for("the export waits", lambda: query(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'adv' AND wait_event_type = 'Lock'") != "0")
        query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'adv'")
        wait_for("the dialog gone", lambda: app.seek(role="dialog", name="Écriture de la liste") is None)
        app.wait_text("Le fichier n’a pas pu être écrit")
    finally:
        blocker.run("ROLLBACK")
        blocker.close()
    assert not list(HOME.glob("coupe*")) and not list(HOME.glob(".coupe*")), "no half of a file"
    export("Exporter en CSV…", path)  # and it can be done again
    saved(path)


with Application() as app:
    app.wait_text("Agence des Remparts")
    run(a_filtered_list_becomes_csv, old_programs_get_windows_letters, the_workbook_has_numbers, paper_has_every_row,
        chosen_rows_are_copied, a_cancelled_export_leaves_nothing,
        an_export_cut_short_leaves_nothing)
