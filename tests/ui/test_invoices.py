"""Invoices, as accounting works with them: seen, printed, kept as PDF, paid, credited, written by hand
(COMPTA-01, COMPTA-02, INVT-*)."""

import os
import pathlib
import re
import subprocess

from driver import Application, plain, query, run, wait_for, wait_query

ISSUED = """SELECT number FROM api.invoice WHERE status = 'issued' AND kind = 'periodic' AND balance > 0
             AND balance = total_gross ORDER BY id DESC LIMIT 1 OFFSET :skip"""
INVOICE = "SELECT %s FROM api.invoice WHERE number = :'number'"
HOME = pathlib.Path(os.environ["HOME"])

app = None


def text_of(path):
    """What a reader finds in a PDF."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return plain(done.stdout)


def amount(column, number):
    """As it is written in French."""
    return query("SELECT replace(trim(to_char(%s, 'FM999 990.00')), '.', ',') || ' €' FROM api.invoice "
                 "WHERE number = :'number'" % column, number=number)


def open_invoice(skip):
    number = query(ISSUED, skip=skip)
    app.open_page("Factures")
    app.fill("Numéro, client, contrat…", number)
    app.click_row(number)
    app.find(role="label", text=amount("balance", number))
    return number


def the_preview_is_drawn():
    """An issued invoice is drawn as it is printed"""
    app.number = open_invoice(0)
    page = app.find(role="image", name="Page 1")
    wait_for("the page drawn", lambda: app.colours(page) > 50)


def it_is_saved_as_pdf():
    """Saved as PDF, its number, customer and total are read back"""
    path = HOME / "saved.pdf"
    app.press("Enregistrer en PDF")
    app.fill("Nom :", str(path))
    app.press("Enregistrer")
    wait_for("the file", lambda: path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF"))
    text = text_of(path)
    for what in (app.number, query(INVOICE % "customer_name", number=app.number), amount("total_gross", app.number)):
        assert plain(what) in text, f"{what!r} is not in\n{text}"


def it_is_printed():
    """Printed to a file, the paper says the same"""
    before = set(HOME.rglob("*.pdf"))
    app.press("Imprimer")
    dialog = app.find(role="dialog", name="Imprimer")
    app.point(app.find(role="label", text="Imprimer dans un fichier", within=dialog))
    app.press("Imprimer", dialog)
    printed = wait_for("the printed file", lambda: [
        path for path in set(HOME.rglob("*.pdf")) - before
        if path.read_bytes().rstrip().endswith(b"%%EOF")])[0]
    assert app.number in text_of(printed)


def a_wrong_amount_is_told():
    """More than what is owed is refused on its row, and nothing is recorded"""
    app.press("Enregistrer un règlement")
    dialog = app.find(role="dialog")
    app.fill("Montant", "99 999,00", dialog)
    app.press("Enregistrer", dialog)
    told = app.find(role="label", text="Le montant dépasse ce qui reste à payer.", within=dialog)
    assert any(row.role == "list item" and row.name == "Montant" for row in told.ancestors()), told
    assert query(INVOICE % "status", number=app.number) == "issued"


def a_payment_in_two_parts():
    """A part leaves a balance; the rest makes it paid"""
    dialog = app.find(role="dialog")
    app.fill("Montant", "10,00", dialog)
    app.choose("Par", "Virement", dialog)
    app.press("Enregistrer", dialog)
    wait_query("10.00", INVOICE % "total_gross - balance", number=app.number)
    app.find(role="label", text=amount("balance", app.number))
    app.press("Enregistrer un règlement")
    dialog = app.find(role="dialog")
    app.press("Enregistrer", dialog)
    wait_query("paid|0.00", INVOICE % "status, balance", number=app.number)
    app.wait_text("Réglée")
    assert not app.shows("Enregistrer un règlement")


def one_line_is_credited():
    """A credit note of one line: the others stay owed"""
    number = open_invoice(0)
    lines = "SELECT %s FROM api.invoice_line l JOIN api.invoice i ON i.id = l.invoice_id WHERE i.number = :'number'"
    kept, *given_up = query(lines % "l.label" + " AND l.net <> 0 ORDER BY l.id", number=number).splitlines()
    app.press("Autres actions")
    app.press("Émettre un avoir")
    dialog = app.find(role="dialog")
    for label in given_up:
        app.fill(label, "0", dialog)
    app.press(re.compile("^Émettre l’avoir"), dialog)
    credited = "SELECT %s FROM api.invoice i WHERE kind = 'credit_note' ORDER BY id DESC LIMIT 1"
    note = wait_for("the credit note on the screen", lambda: next((
        number for number in [query(credited % "number")] if app.shows(number)), None))
    app.find(role="label", text=amount("total_gross", note))
    assert query(lines % "l.label", number=note) == kept
    assert query(INVOICE % "balance > 0 AND balance < total_gross", number=number) == "t"


def a_draft_is_written_and_issued():
    """A draft takes a line, is saved, then issued: it has a number and cannot be typed in any more (INVT-01)"""
    draft, customer, last = query("""SELECT id, customer_name, (SELECT max(number) FROM api.invoice WHERE kind <> 'credit_note')
                                       FROM api.invoice WHERE status = 'draft' ORDER BY id LIMIT 1""").split("|")
    app.fill("Numéro, client, contrat…", "")
    app.press("Brouillons")
    app.click_row(customer)
    lines = app.find(role="list", name="Lignes")
    app.press(re.compile("^Ajouter une ligne"))
    app.fill("Désignation", "Câblage du rez-de-chaussée", lines)
    app.fill("Prix unitaire HT", "120,50", lines)
    app.save()
    wait_query("120.50|20.00", """SELECT round(unit_price, 2), vat_rate FROM api.invoice_line
                                   WHERE invoice_id = :draft AND label = 'Câblage du rez-de-chaussée'""", draft=draft)
    app.press(re.compile("^Émettre"))
    app.press(re.compile("^Émettre"), app.find(role="dialog"))
    wait_query("issued", "SELECT status FROM api.invoice WHERE id = :draft", draft=draft)
    number = query("SELECT number FROM api.invoice WHERE id = :draft", draft=draft)
    assert number > last, (number, last)
    app.find(role="label", text=number)
    wait_for("the draft's fields gone", lambda: app.seek(name="Désignation") is None)


with Application(login="compta") as app:
    run(the_preview_is_drawn, it_is_saved_as_pdf, it_is_printed, a_wrong_amount_is_told, a_payment_in_two_parts,
        one_line_is_credited, a_draft_is_written_and_issued)
