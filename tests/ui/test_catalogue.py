"""Catalogue: an offer is made, refused on its field, found, and what it leaves is for managers (OFFER-01…12)."""

from driver import Application, query, run, wait_query

OFFER = "SELECT kind || '|' || trim_scale(price) || '|' || commitment_months FROM softwhere.offer WHERE code = 'TEST-5G'"

app = None


def it_lists_what_is_sold():
    """Offers of the demonstration are listed and filtered by kind (OFFER-04, OFFER-08)"""
    app.wait_text("Clients")
    app.open_page("Offres")
    app.find(role="label", text="Adresse IP fixe")
    app.press("Options")
    app.wait_gone("Adresse IP fixe")
    app.press("Tous")
    app.find(role="label", text="Adresse IP fixe")


def an_offer_is_made():
    """An offer is made; a code that is taken is told on its field (OFFER-06, OFFER-10…12)"""
    taken = query("SELECT code FROM softwhere.offer ORDER BY id LIMIT 1")
    app.press("Nouvelle offre")
    app.fill("Code", taken)
    app.fill("Libellé", "Forfait 5G essai")
    app.fill("Prix HT", "24,90")
    app.fill("Engagement, en mois", "24")
    app.press("Enregistrer")
    app.wait_text("Une autre offre porte ce code.")
    app.fill("Code", "TEST-5G")
    app.press("Enregistrer")
    wait_query("subscription|24.9|24", OFFER)


def only_the_fields_of_its_kind():
    """A piece of equipment has a brand and no data volume"""
    app.find(name="Données, en Go")
    app.choose("Type", "Matériel")
    app.find(name="Marque")
    app.wait_gone("Données, en Go")
    app.choose("Type", "Abonnement")


def purchase_prices_are_for_managers():
    """Sales administration sees no purchase price (OFFER-12, LINE-14)"""
    assert app.seek(text="Prix d’achat HT") is None
    assert app.seek(text="marge HT") is None


def a_manager_sees_what_it_leaves():
    """Accounting sees the margin"""
    with Application(login="compta") as other:
        other.wait_text("Clients")
        other.open_page("Offres")
        other.point(other.find(role="label", text="Adresse IP fixe"))
        other.wait_text("marge HT")
        other.wait_text("Prix d’achat HT")


with Application(login="adv") as app:
    run(it_lists_what_is_sold, an_offer_is_made, only_the_fields_of_its_kind, purchase_prices_are_for_managers)
run(a_manager_sees_what_it_leaves)
