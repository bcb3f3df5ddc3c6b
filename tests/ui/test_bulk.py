"""An action on several rows: each on its own, and the one that fails is named with its reason."""

import re

from driver import Application, query, run, wait_for, wait_query

app = None


def choose(labels):
    """Chooses rows, the first by a click, the others with Ctrl."""
    rows = [app.find(role="label", text=label, where=lambda node: any(
        above.role == "table row" for above in node.ancestors())) for label in labels]
    app.point(rows[0])
    for row in rows[1:]:
        app.click_with("ctrl", row)


def pay():
    app.press("Actions")
    app.press("Enregistrer des règlements…")
    app.press("Enregistrer", app.find(role="dialog"))


def report():
    """The lines of the report: name, reason."""
    found = app.find(role="list", name="Ce qui n’a pas pu être fait")
    return [tuple(node.name for node in row.walk() if node.role == "label") for row in found.children]


def one_of_several_fails():
    """Two invoices are paid, and the draft chosen with them is named with the reason"""
    draft = query("SELECT customer_name FROM api.invoice WHERE status = 'draft' ORDER BY id DESC LIMIT 1")
    numbers = query("SELECT number FROM api.invoice WHERE state = 'issued' ORDER BY issued_on DESC, id DESC LIMIT 2").split()
    choose([numbers[0], draft, numbers[1]])
    app.wait_text("3 sélectionnées")
    pay()
    app.wait_text(re.compile("^2 fiches traitées · 1 ne l’a pas été"))
    assert report() == [(draft, "Ce n’est pas possible à cette étape.")], report()
    app.press("Fermer")
    wait_query("2", "SELECT count(*) FROM api.invoice WHERE status = 'paid' AND number = ANY (string_to_array(:'n', ' '))",
               n=" ".join(numbers))
    wait_query("2", "SELECT count(*) FROM api.invoice WHERE status = 'draft'")


def all_that_fail_in_order():
    """More failures than fit are all there, in the order of the list"""
    app.press("Exporter, imprimer, colonnes")
    app.press("Tout sélectionner")
    total = int(query("SELECT count(*) FROM api.invoice"))
    app.wait_text(f"{total} sélectionnées")
    payable = query("SELECT count(*) FROM api.invoice WHERE balance > 0 AND status = 'issued'")
    expected = query("SELECT concat_ws(' · ', number, customer_name) FROM api.invoice WHERE NOT (status = 'issued' AND balance > 0) "
                     "ORDER BY issued_on DESC NULLS FIRST, id DESC").splitlines()
    assert len(expected) > 200, "more than were ever shown"
    paid = query("SELECT concat_ws(' · ', number, customer_name) FROM api.invoice WHERE status = 'paid' AND balance = 0 "
                 "ORDER BY issued_on DESC, id DESC LIMIT 1")
    pay()
    app.wait_text(re.compile(f"^{payable} fiches traitées · {total - int(payable)} ne l’ont pas été"))
    wait_for("why a paid one was not", lambda: (paid, "Il ne reste rien à régler.") in report())
    names = wait_for("the report", lambda: [line[0] for line in report() if line])
    assert names == expected[:len(names)], list(zip(names, expected))[:5]
    assert len(names) >= 8
    app.press("Fermer")


def without_a_keyboard():
    """On a phone rows are chosen by a tap each, and none is opened"""
    expected = query("SELECT concat_ws(' · ', number, customer_name) FROM api.invoice WHERE status = 'draft' ORDER BY id DESC LIMIT 2")
    app.resize(360, 720)
    app.press("Exporter, imprimer, colonnes")
    app.press("Sélectionner plusieurs lignes")
    app.wait_text("Touchez les lignes voulues")
    drafts = app.find_all(role="label", text="Brouillon", where=lambda node: any(above.role == "table row" for above in node.ancestors()))
    issued = app.find_all(role="label", text="À régler", where=lambda node: any(above.role == "table row" for above in node.ancestors()))
    for row, count in ((drafts[0], "1 sélectionnée"), (issued[0], "2 sélectionnées"), (drafts[1], "3 sélectionnées"),
                       (issued[0], "2 sélectionnées")):
        app.point(row)
        app.wait_text(count)
    pay()
    app.wait_text(re.compile("^Rien n’a été fait|^0 fiche"))
    assert [line[0] for line in report()] == expected.splitlines(), report()
    app.press("Fermer")
    app.press("Ne rien sélectionner")
    app.wait_gone("2 sélectionnées")
    app.point(drafts[0])
    app.wait_text("Bon de commande du client")  # opened now
    app.resize(1350, 830)


with Application() as app:
    app.open_page("Factures")
    app.find(role="label", text="Thalasso de la Baie")
    run(without_a_keyboard, one_of_several_fails, all_that_fail_in_order)
