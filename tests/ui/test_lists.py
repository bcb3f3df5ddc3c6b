#!/usr/bin/python3
"""Lists: filters as chips, kept under a name, several rows at once (SRCH-01)."""

from driver import Application, query, run, wait_for


def press_menu(app, name):
    """The button inside a menu button, which has the same name and the action."""
    app.do(wait_for(name, lambda: list(app.find_all(role="push button", name=name))[1:2]
                    or list(app.find_all(role="toggle button", name=name))[:1])[0])


def filter_by_city(app):
    press_menu(app, "Filtres")
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
        press_menu(app, "Filtres")
        app.press("Presqu'île")
        app.find(name="Retirer le filtre « Ville : sene »")
        app.wait_gone("Agence des Remparts")
        app.wait_text("Bruno Vaillant")


run(chips, saved)
