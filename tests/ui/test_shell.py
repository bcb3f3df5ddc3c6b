#!/usr/bin/python3
"""The frame around the pages: logging in, errors on their field, two people on one record, unsaved
work, a server that goes away and comes back (CRM-02, ACCT-01)."""

import json
import os
import re
import subprocess

from driver import Application, wait_for

CUSTOMER = "Cabinet Assurances Lemoine"
SAME_FIELD = "Quelqu’un d’autre a changé la même chose"
UNSAVED = "Enregistrer ce que vous avez tapé ?"


def sql(text, database="softwhere"):
    uri = os.environ["SOFTWHERE_TEST_URI"].replace("/softwhere?", f"/{database}?")
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", uri, "-c", text],
                          check=True, capture_output=True, text=True)
    return done.stdout.strip()


def customer(column):
    return sql(f"SELECT {column} FROM softwhere.customer WHERE legal_name = '{CUSTOMER}'")


def somebody_else_changes(**columns):
    data = json.dumps({"id": int(customer("id")), "row_version": int(customer("row_version")), **columns})
    sql(f"SET ROLE adv; SELECT api.customer_save($json${data}$json$)")


ENTRIES = {}


def entry(app, label):
    """Finding one among hundreds of nodes takes a while; what was out of sight is found anew."""
    known = ENTRIES.get(label)
    if known is None or known.name != label or not known.visible:
        known = ENTRIES[label] = app.find(role="text", name=label, cap=30)
    return known


def fill(app, label, text):
    app.set_text(entry(app, label), text)


def dialog(app, title):
    """The dialog's own window: looking through all of the record behind it would take seconds."""
    return wait_for(f"the dialog {title!r}", lambda: next(
        (w for w in app.root.children() if w.name == title), None))


def answer(app, title, button):
    window = dialog(app, title)
    app.click(window.find(role="push button", name=re.compile(button)))
    wait_for("the dialog closed", lambda: all(w.name != title for w in app.root.children()))


def log_in(app):
    app.point(app.find(role="list item", name=re.compile("^adv")))
    app.wait_text("Claire Morel")


def open_customer(app):
    app.set_text(app.find(role="entry", name=re.compile("Nom, téléphone")), "assurances lemoine")
    row = wait_for("one row left", lambda: app.shows("1 – 1 sur 1") and app.shows(CUSTOMER))
    app.point(row)
    wait_for("the record", lambda: entry(app, "Raison sociale").text == CUSTOMER, 30)


def error_lands_on_its_field(app):
    fill(app, "SIRET", "73282932000075")
    app.press("Enregistrer")
    app.wait_text(re.compile("(?i)siret"))
    wait_for("a sentence beneath", lambda: app.shows(re.compile("(?i)chiffre|clé|SIRET.*(faux|valide)")))
    assert entry(app, "SIRET").text.replace(" ", "") == "73282932000075", "what was typed is gone"
    app.press("Abandonner les modifications")
    wait_for("the old value", lambda: entry(app, "SIRET").text.replace(" ", "") == customer("siret"))


def fields_of_two_people_are_merged(app):
    fill(app, "Enseigne", "Lemoine et fille")
    somebody_else_changes(address_2="2e étage")
    app.press("Enregistrer")
    wait_for("both changes", lambda: customer("trading_name || address_2") == "Lemoine et fille2e étage")
    wait_for("theirs on my screen", lambda: entry(app, "Complément d’adresse").text == "2e étage")


def one_field_of_two_people_is_asked_about(app):
    fill(app, "Enseigne", "La mienne")
    somebody_else_changes(trading_name="La leur")
    app.press("Enregistrer")
    dialog(app, SAME_FIELD)
    assert customer("trading_name") == "La leur", "overwritten without asking"
    answer(app, SAME_FIELD, "Continuer la saisie")
    wait_for("still typed", lambda: entry(app, "Enseigne").text == "La mienne")
    app.press("Enregistrer")
    answer(app, SAME_FIELD, "Enregistrer")
    wait_for("mine, as I chose", lambda: customer("trading_name") == "La mienne")


def unsaved_work_is_asked_about(app):
    fill(app, "Enseigne", "Pas encore")
    app.key("Escape")
    answer(app, UNSAVED, "Continuer la saisie")
    wait_for("still typed", lambda: entry(app, "Enseigne").text == "Pas encore")
    app.key("Escape")
    answer(app, UNSAVED, "Enregistrer")
    wait_for("saved on the way out", lambda: customer("trading_name") == "Pas encore")


def a_lost_server_costs_nothing(app):
    open_customer(app)
    fill(app, "Enseigne", "Tapé pendant la panne")
    sql("ALTER DATABASE softwhere ALLOW_CONNECTIONS false", "postgres")
    try:
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'adv'", "postgres")
        app.wait_text(re.compile("^La connexion est perdue"))
    finally:
        sql("ALTER DATABASE softwhere ALLOW_CONNECTIONS true", "postgres")
    app.wait_gone(re.compile("^La connexion est perdue"), cap=40)
    assert entry(app, "Enseigne").text == "Tapé pendant la panne", "what was typed is gone"
    app.press("Enregistrer")
    wait_for("saved after the return", lambda: customer("trading_name") == "Tapé pendant la panne")


def main():
    app = Application([os.environ["SOFTWHERE_APPLICATION"]], size=(1440, 900))
    try:
        log_in(app)
        open_customer(app)
        error_lands_on_its_field(app)
        fields_of_two_people_are_merged(app)
        one_field_of_two_people_is_asked_about(app)
        unsaved_work_is_asked_about(app)
        a_lost_server_costs_nothing(app)
    finally:
        app.close()


main()
