#!/usr/bin/python3
"""Filters of every kind together, what a filter refuses (SRCH-01)."""

import re

from driver import Application, query, run, wait_for

SEARCH = "Numéro, client, contrat…"
KINDS = "kind IN ('manual', 'credit_note')"
DATES = "issued_on BETWEEN :'from' AND :'to'"
AMOUNTS = "total_gross BETWEEN 1000 AND 1200"
EMPTY = "contract_number IS NULL"
COUNT = "SELECT count(*) FROM api.invoice WHERE "

app = None


def count(*conditions, **values):
    return query(COUNT + " AND ".join(conditions), **values)


def list_counts(number):
    """Waits until the list says that it has so many rows."""
    app.wait_text(re.compile(f"^1 – \\d+ sur {number}$"))


def open_editor(column):
    app.press("Filtres")
    app.press(column)


def can_apply():
    return app.find(role="push button", name="Appliquer").enabled


def tick(*labels):
    """Ticks the boxes with Tab and Space: the first has the focus."""
    names = [node.name for node in wait_for("boxes to tick", lambda: app.find_all(role="check box"))]
    wait_for("the first box has the focus", lambda: app.find_all(role="check box")[0].focused)
    at = 0
    for place in sorted(names.index(label) for label in labels):
        app.key(*["Tab"] * (place - at), "space")
        at = place


def two_ends(column, first, last):
    open_editor(column)
    app.fill("De", first)
    app.fill("À", last)
    app.press("Appliquer")


def french(day):
    return "/".join(reversed(day.split("-")))


def nothing_is_no_filter():
    """With nothing ticked or written, a filter cannot be applied"""
    open_editor("Type")
    app.find(role="check box", name="Avoir")
    assert not can_apply(), "nothing is ticked"
    app.key("Escape")
    open_editor("Total TTC")
    app.entry("De")
    assert not can_apply(), "no amount is written"
    app.key("Escape")


def kinds_of_conditions_add_up():
    """Choices, a range of dates, a range of amounts and "empty": the list counts what SQL counts"""
    every = (KINDS, DATES, AMOUNTS, EMPTY)
    days = dict(zip(("from", "to"), query(
        f"SELECT min(issued_on) + 1, max(issued_on) FROM api.invoice WHERE {KINDS} AND {AMOUNTS}").split("|")))
    expected = count(*every, **days)
    assert expected != "0", "the demonstration has such an invoice"
    open_editor("Type")
    tick("Facture", "Avoir")
    app.press("Appliquer")
    app.find(name="Retirer le filtre « Type : Facture, Avoir »")
    list_counts(count(KINDS))
    two_ends("Émission", french(days["from"]), french(days["to"]))
    list_counts(count(KINDS, DATES, **days))
    two_ends("Total TTC", "1000", "1200")
    app.find(name="Retirer le filtre « Total TTC : 1 000,00 € – 1 200,00 € »")
    list_counts(count(KINDS, DATES, AMOUNTS, **days))
    open_editor("Contrat")
    app.choose("Condition", "Est vide")
    app.press("Appliquer")
    app.find(name="Retirer le filtre « Contrat : vide »")
    list_counts(expected)
    # Any order: without the choice of kinds the rest holds.
    app.press("Retirer le filtre « Type : Facture, Avoir »")
    list_counts(count(DATES, AMOUNTS, EMPTY, **days))


def ends_in_order():
    """An end before the start is refused on its field; the filter that was there stays"""
    app.press("Total TTC : 1 000,00 € – 1 200,00 €")
    app.holds("De", "1 000,00")
    app.fill("De", "5000")
    app.press("Appliquer")
    app.wait_text("Cette valeur ne doit pas être inférieure à celle du dessus.")
    app.fill("De", "")
    app.wait_gone("Cette valeur ne doit pas être inférieure à celle du dessus.")
    app.press("Appliquer")
    app.find(name="Retirer le filtre « Total TTC : jusqu’à 1 200,00 € »")
    app.press("Retirer le filtre « Total TTC : jusqu’à 1 200,00 € »")
    two_ends("Émission", "02/02/2026", "01/02/2026")
    app.wait_text("La fin ne peut pas précéder le début.")
    app.key("Escape")


def counts_are_whole():
    """Days late are a whole number, shown as one"""
    open_editor("Jours de retard")
    app.fill("De", "1,5")
    app.press("Appliquer")
    app.wait_text("Écrivez un nombre entier")
    app.fill("De", "20")
    app.press("Appliquer")
    app.find(name="Retirer le filtre « Jours de retard : à partir de 20 »")
    app.press("Jours de retard : à partir de 20")
    app.holds("De", "20")
    app.key("Escape")


def texts_as_they_are_written():
    """A phone is found by its beginning as it is read aloud, a line by its number and its user (MLINE-02)"""
    number = query("SELECT number FROM api.line WHERE number LIKE '+332%' ORDER BY number LIMIT 1")
    user = query("SELECT user_name FROM api.line WHERE number = :'n'", n=number)
    spoken = f"0{number[3]} {number[4:6]} {number[6:8]} {number[8:10]}"
    like = number[:10] + "%"
    for page, column, counted in (("Clients", "Téléphone", "api.customer WHERE phone LIKE :'like'"),
                                  ("Lignes", "Numéro", "api.line WHERE number LIKE :'like'")):
        app.open_page(page)
        open_editor(column)
        app.fill("Contient", spoken)
        app.press("Appliquer")
        app.find(name=f"Retirer le filtre « {column} : {spoken} »")
        expected = query("SELECT count(*) FROM " + counted, like=like)
        assert expected != "0"
        list_counts(expected)
    open_editor("Utilisateur")
    app.fill("Contient", user)
    app.press("Appliquer")
    app.find(name=f"Retirer le filtre « Utilisateur : {user} »")
    list_counts(query("SELECT count(*) FROM api.line WHERE number LIKE :'like' AND user_name = :'user'", like=like, user=user))


app = Application()
app.wait_text("Agence des Remparts")
app.open_page("Factures")
app.entry(SEARCH)
with app:
    run(nothing_is_no_filter, kinds_of_conditions_add_up, ends_in_order, counts_are_whole, texts_as_they_are_written)
