"""The parc of a customer and its sites, as the office keeps them (PARC-01…11, LINE-14)."""

import re

from driver import Application, query, run, wait_for, wait_query

CUSTOMER = "Clinique Saint-Vincent"
SITE = "Annexe du port"
SERVICE = "SELECT %s FROM api.service WHERE name = :'site'"

app = None


def section(title):
    """The rows below one heading of the record."""
    return app.find(role="list", name=title)


def the_parc_is_grouped():
    """The record of a customer shows its parc by type, with totals and prices; no margin for sales administration (PARC-02, LINE-14)"""
    app.wait_text("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.wait_text("1 – 1 sur 1")
    app.click_row(CUSTOMER)
    lines = query("""SELECT count(*) FROM api.line AS l WHERE customer_name = :'name' AND activity NOT IN ('terminated', 'obsolete')""", name=CUSTOMER)
    app.find(role="page tab", name=re.compile(rf"^Parc +{lines}$"))
    app.select_tab("Parc")
    app.wait_text(re.compile(r"^1 site · \d+ lignes.* par mois$"))
    fixed = query("SELECT count(*) FROM api.line WHERE customer_name = :'name' AND kind = 'fixed' AND activity NOT IN ('terminated', 'obsolete')", name=CUSTOMER)
    app.find(name=f"Fixe, {fixed} lignes")
    assert not app.shows(re.compile("^marge "))


def a_line_is_found_there():
    """Typing the end of a number, spaces or not, leaves that line; its history unfolds; pressing it opens it"""
    number, shown = query("""SELECT '0' || substr(number, 4) || '|' || number_shown FROM api.line
                              WHERE customer_name = :'name' AND state = 'active' AND kind = 'fixed' ORDER BY number DESC LIMIT 1""", name=CUSTOMER).split("|")
    app.fill("Chercher dans le parc", number)
    app.find(role="label", text=shown)
    wait_for("one line alone", lambda: len(app.find_all(name=re.compile("^Historique de 0"), role="push button")) == 1)
    app.press(f"Historique de {shown}")
    since = re.compile(r"^(depuis le|du) \d\d/\d\d/\d{4}")
    app.wait_text(since)
    app.press(f"Historique de {shown}")
    wait_for("its history folded again", lambda: not app.shows(since))
    app.click_row(shown)
    app.find(role="list", name="Abonnement et options")  # the page of the line
    app.find(role="label", text=shown)
    app.open_page("Clients")


def a_site_takes_the_address_of_the_account():
    """A new site from the customer's parc shows the address that serves; a wrong SIRET is told on its row (PARC-04, PARC-07, PARC-08)"""
    app.press("Nouveau site")
    site = section("Site")
    app.wait_text(query("SELECT address_1 || ', ' || postcode || ' ' || city FROM api.customer WHERE legal_name = :'name'", name=CUSTOMER))
    app.fill("Dénomination (vide : celle du client)", SITE, site)
    app.fill("SIRET", "812 345 676 00018", section("Références"))
    app.choose("Type", "Internet", site)
    app.press("Enregistrer")
    app.wait_text(re.compile("^Ce SIRET n’est pas valable"), section("Références"))
    app.fill("SIRET", "", section("Références"))
    app.fill("Prestataire informatique", "Golfe Informatique", section("Références"))
    app.save()
    wait_query("internet|f|Golfe Informatique", SERVICE % "kind, own_address, it_contractor", site=SITE)


def then_its_own_address():
    """Switched on, its own address starts as a copy of the account's, and is then changed; a wrong postcode is told on its row (PARC-07)"""
    address = section("Adresse")
    app.switch("Adresse propre au site", address)
    account = query("SELECT address_1 FROM api.customer WHERE legal_name = :'name'", name=CUSTOMER)
    app.holds("Adresse", account, address)
    app.fill("Code postal", "5600", address)
    app.press("Enregistrer")
    app.wait_text(re.compile("^Un code postal"), address)
    app.fill("Code postal", "56400", address)
    app.fill("Ville", "Auray", address)
    app.save()
    wait_query(f"t|{account}|56400|Auray", SERVICE % "own_address, address_1, postcode, city", site=SITE)


with Application(login="adv") as app:
    run(the_parc_is_grouped, a_line_is_found_there, a_site_takes_the_address_of_the_account, then_its_own_address)
