"""The frame around the pages: unsaved work, a server that goes away and comes
back (CRM-02, ACCT-01)."""

import os
import re

from driver import Application, query, run, wait_for, wait_query

NAME = "Cabinet Assurances Lemoine"
CUSTOMER = "SELECT %s FROM api.customer WHERE legal_name = :'name'"
SEARCH = "Nom, téléphone, SIRET, ville…"
UNSAVED = "Enregistrer ce que vous avez tapé ?"
LOST = re.compile("^La connexion est perdue")

app = None


def query_elsewhere(sql):
    """As superuser, connected to another database: the one of the application may refuse everybody."""
    ours = os.environ["SOFTWHERE_TEST_URI"]
    os.environ["SOFTWHERE_TEST_URI"] = ours.replace("/softwhere?", "/postgres?")
    try:
        return query(sql)
    finally:
        os.environ["SOFTWHERE_TEST_URI"] = ours


def saved(column, expected):
    wait_query(expected, CUSTOMER % column, name=NAME)


def answer(title, button):
    """Answers the dialog of that title."""
    app.wait_text(title)
    app.press(re.compile(f"^{button}"), within=app.find(role="dialog"))
    app.wait_gone(title)


def an_error_lands_on_its_field():
    """Giving up what was typed brings back what the server holds"""
    app.fill(SEARCH, "assurances lemoine")
    app.wait_text("1 – 1 sur 1")
    app.click_row(NAME)
    app.holds("Raison sociale", NAME)
    siret = app.entry("SIRET").content
    app.fill("SIRET", "732 829 320 00075")
    app.press("Enregistrer")
    app.wait_text(re.compile("^Ce SIRET n’est pas valable"))
    app.press("Abandonner les modifications")
    app.holds("SIRET", siret)


def escape_asks_about_unsaved_work():
    """Leaving a record with something typed asks; each answer does what it says"""
    app.fill("Enseigne", "Pas encore")
    app.key("Escape")
    answer(UNSAVED, "Continuer la saisie")
    app.holds("Enseigne", "Pas encore")
    app.key("Escape")
    answer(UNSAVED, "Enregistrer")
    saved("trading_name", "Pas encore")


def a_lost_server_costs_nothing():
    """What was typed outlives a server that goes away, and is saved when it is back"""
    app.click_row(NAME)
    app.fill("Enseigne", "Tapé pendant la panne")
    query_elsewhere("ALTER DATABASE softwhere ALLOW_CONNECTIONS false")
    try:
        query_elsewhere("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'adv'")
        app.wait_text(LOST)
        app.holds("Enseigne", "Tapé pendant la panne")
    finally:
        query_elsewhere("ALTER DATABASE softwhere ALLOW_CONNECTIONS true")
    app.wait_gone(LOST)
    app.holds("Enseigne", "Tapé pendant la panne")
    app.save()
    saved("trading_name", "Tapé pendant la panne")
    query("SET ROLE compta; SELECT api.customer_save(jsonb_build_object('id', id, 'address_2', '2e étage')) "
          "FROM api.customer WHERE legal_name = :'name'", name=NAME)
    app.holds("Complément d’adresse", "2e étage")  # changes of others arrive again


def closing_asks_about_unsaved_work():
    """Closing the window asks too, and logging in again finds what was saved"""
    app.fill("Enseigne", "Avant de partir")
    app.press("Fermer")
    answer(UNSAVED, "Continuer la saisie")
    app.holds("Enseigne", "Avant de partir")
    app.press("Fermer")
    app.wait_text(UNSAVED)
    app.press(re.compile("^Enregistrer"), within=app.find(role="dialog"))
    wait_for("the application ended", lambda: app.process.poll() is not None)
    assert app.process.returncode == 0, app.process.returncode
    saved("trading_name", "Avant de partir")


with Application(login="adv") as app:
    run(an_error_lands_on_its_field, escape_asks_about_unsaved_work, a_lost_server_costs_nothing, closing_asks_about_unsaved_work)
