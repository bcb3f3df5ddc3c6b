"""A mailing: the filtered list of customers as sheets of labels, or as a table (EXPT-01)."""

import re

from driver import Application, query, run, wait_for

app = None


def labels():
    """The list, filtered, becomes labels: as many as have an address, from the label that is free"""
    app.wait_text("Clients")
    app.press("Particuliers")
    people = int(query("SELECT count(*) FROM api.customer WHERE legal_kind = 'individual'"))
    ready = int(query("SELECT count(*) FROM api.customer WHERE legal_kind = 'individual' AND city IS NOT NULL AND address_1 IS NOT NULL"))
    wait_for("the filtered list", lambda: app.shows(re.compile(f"^{people} · Particuliers$")))
    app.press("Publipostage…")
    app.wait_text(f"{people} clients")
    app.fill("Première étiquette libre de la planche", "30")
    app.press("Créer")
    app.wait_text("De 1 à 24")
    app.fill("Première étiquette libre de la planche", "24")
    app.press("Créer")
    app.wait_text(f"{ready} étiquettes")
    app.wait_text(f"{1 + (ready + 22) // 24} planches" if ready > 1 else "1 planche")
    app.press("Fermer", app.find(role="frame", name=f"{ready} étiquettes"))


def contacts():
    """Each contact of the customers chosen"""
    app.press("Publipostage…")
    app.choose("À", "Chacun de leurs contacts")
    app.press("Créer")
    number = query("SELECT count(*) FROM softwhere.contact AS k JOIN softwhere.customer AS c ON c.id = k.customer_id "
                   "WHERE c.legal_kind = 'individual' AND c.city IS NOT NULL AND c.address_1 IS NOT NULL")
    app.wait_text(re.compile(f"^{number} étiquettes?$") if int(number) else "Personne à qui écrire")


with Application(login="adv") as app:
    run(labels, contacts)
