#!/usr/bin/python3
"""Lists: filters as chips, kept under a name, several rows at once (SRCH-01)."""

import re

from driver import Application, query, run, wait_for


def filter_by_city(app):
    app.press("Filtres")
    app.press("Ville")
    app.fill("Contient", "sene")
    app.press("Appliquer")
    app.find(name="Retirer le filtre « Ville : sene »")


def chips():
    """A condition narrows the list, accents aside, and a cross removes it."""
    with Application() as app:
        app.wait_text("Agence des Remparts")
        filter_by_city(app)
        app.wait_gone("Agence des Remparts")
        app.wait_text("Bruno Vaillant")
        expected = query("SELECT count(*) FROM api.customer WHERE city = 'Séné'")
        app.wait_text(f"1 – {expected} sur {expected}")
        app.press("Retirer le filtre « Ville : sene »")
        app.wait_text("Agence des Remparts")


def saved():
    """A filter kept under a name is there again in another window."""
    with Application() as app:
        app.wait_text("Agence des Remparts")
        filter_by_city(app)
        app.press("Enregistrer ce filtre")
        app.fill("Nom", "Presqu'île")
        app.press("Enregistrer")
        wait_for("the filter kept", lambda: query(
            "SELECT count(*) FROM softwhere.saved_filter WHERE role_name = 'adv' AND list = 'customer'") == "1")
    with Application() as app:
        app.wait_text("Agence des Remparts")
        app.press("Filtres")
        app.press("Presqu'île")
        app.find(name="Retirer le filtre « Ville : sene »")
        app.wait_gone("Agence des Remparts")
        app.wait_text("Bruno Vaillant")


def several():
    """An action on several rows says of each what it came to."""
    numbers = query("SELECT string_agg(number, '|') FROM api.contract WHERE step = 'creation'")
    count = len(numbers.split("|"))
    before = query("SELECT count(*) FROM softwhere.invoice")
    with Application() as app:
        app.wait_text("Agence des Remparts")
        app.open_page("Contrats")
        app.press("En création")
        app.wait_text(f"1 – {count} sur {count}")  # the rows of before are gone
        rows = wait_for("contracts being created", lambda: list(app.find_all(
            role="label", text=re.compile(f"^({numbers})$")))[:2])
        app.point(rows[0])
        app.click_with("shift", rows[1])
        app.wait_text("2 sélectionnées")
        app.press("Actions")
        app.press("Émettre les factures à échoir…")
        app.press("Émettre")
        app.wait_text(re.compile("0 fiche traitée · 2 ne l’ont pas été"))
        assert query("SELECT count(*) FROM softwhere.invoice") == before


run(chips, saved, several)
