"""A mailing: the filtered list of customers as sheets of labels, or as a table (EXPT-01)."""

import csv
import os
import pathlib
import re
import subprocess

from driver import Application, query, run, wait_for

HOME = pathlib.Path(os.environ["HOME"])
# Whom the filter "Individuals" leaves, and what the envelope says of those who have an address.
PEOPLE = "FROM api.customer WHERE legal_kind = 'individual'"
ENVELOPES = "SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(r -> 'lines')), ' / ') FROM jsonb_array_elements(" \
            f"api.mailing(ARRAY(SELECT id {PEOPLE} ORDER BY legal_name, id)) -> 'recipients') AS r WHERE (r ->> 'deliverable')::boolean"

app = None


def save_as(path):
    app.fill("Nom :", str(path))
    app.press("Enregistrer")
    app.wait_text(f"{path.name} enregistré")


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
    app.press(re.compile("^_?Enregistrer…"), app.find(role="frame", name=f"{ready} étiquettes"))
    path = HOME / "etiquettes.pdf"
    save_as(path)
    app.press("Fermer", app.find(role="frame", name=f"{ready} étiquettes"))
    envelopes = query(ENVELOPES).splitlines()
    assert len(envelopes) == ready
    text = " ".join(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    for envelope in envelopes:
        for written in envelope.split(" / "):
            assert written in text, (written, text)
    pages = re.search(r"Pages: +(\d+)", subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout)
    assert int(pages.group(1)) == 1 + (ready + 22) // 24, pages


def table():
    """The same as CSV: a row a customer of the filter, with what the database knows of the address"""
    app.press("Publipostage…")
    app.choose("Sous forme de", "Tableau CSV")
    app.press("Créer")
    path = HOME / "publipostage.csv"
    save_as(path)
    rows = list(csv.reader(path.read_bytes().decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Numéro", "Nom", "À l’attention de", "Adresse", "Complément d’adresse", "Code postal", "Ville", "Pays", "E-mail"], rows[0]
    wanted = query(f"SELECT number, address_1, postcode, city, email {PEOPLE}").splitlines()
    assert sorted("|".join(row[place] for place in (0, 3, 5, 6, 8)) for row in rows[1:]) == sorted(wanted), rows
    assert all(any(row[1].endswith(name) for name in query(f"SELECT legal_name {PEOPLE}").splitlines()) for row in rows[1:]), rows


def contacts():
    """Each contact of the customers chosen"""
    app.press("Publipostage…")
    app.choose("À", "Chacun de leurs contacts")
    app.press("Créer")
    number = query("SELECT count(*) FROM softwhere.contact AS k JOIN softwhere.customer AS c ON c.id = k.customer_id "
                   "WHERE c.legal_kind = 'individual' AND c.city IS NOT NULL AND c.address_1 IS NOT NULL")
    app.wait_text(re.compile(f"^{number} étiquettes?$") if int(number) else "Personne à qui écrire")


with Application(login="adv") as app:
    run(labels, table, contacts)
