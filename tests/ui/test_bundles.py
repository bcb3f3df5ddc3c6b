"""Bundles: made of offers on screen, then inserted into a contract in one click (CATA-01, OFFER-01, MORD-06)."""

import re

from driver import Application, query, run, wait_query

CODE = "PACK-ESSAI"
ITEMS = ("SELECT string_agg(offer_code || ' ' || trim_scale(quantity) || ' ' || COALESCE(trim_scale(price)::text, '-'), ', ' ORDER BY position) "
         f"FROM api.bundle_item AS i JOIN api.bundle AS b ON b.id = i.bundle_id WHERE b.code = '{CODE}'")

app = None


def offers():
    return app.find(role="list", name="Offres du pack")


def add_offer(label):
    app.press(re.compile("^Ajouter une offre"))
    row = app.find(role="list item", name="Nouveau", within=offers())
    app.look_up("Offre", label, row)
    return app.find(role="list item", name=label, within=offers())


def a_bundle_is_made():
    """Name, offers, quantities; a code that is taken is told on its field"""
    app.wait_text("Clients")
    app.open_page("Packs")
    app.press("Nouveau pack")
    app.fill("Code", query("SELECT code FROM softwhere.bundle ORDER BY id LIMIT 1"))
    app.fill("Libellé", "Pack essai")
    app.fill("Quantité", "3", add_offer(query("SELECT label FROM api.offer WHERE code = 'CENTREX'")))
    app.press("Enregistrer")
    app.wait_text("Un autre pack porte ce code.")
    app.fill("Code", CODE)
    app.save()
    wait_query("CENTREX 3 -", ITEMS)


def an_offer_joins_at_a_price_of_its_own():
    """Another offer comes after the first, at the price of the bundle; the figures follow"""
    row = add_offer(query("SELECT label FROM api.offer WHERE code = 'MISE_EN_SERVICE'"))
    app.fill("Prix HT (vide : celui du catalogue)", "49,00", row)
    app.save()
    wait_query("CENTREX 3 -, MISE_EN_SERVICE 1 49", ITEMS)
    app.wait_text(re.compile("^49,00"))


def a_bundle_is_inserted():
    """Inserted in one click: its offers become items of the contract, with the prices of the bundle"""
    number, contract = query("SELECT number || '|' || id FROM api.contract WHERE step = 'creation' ORDER BY number DESC LIMIT 1").split("|")
    app.open_page("Contrats")
    app.press("En création")
    app.point(app.find(role="label", text=number))
    app.press("Autres actions")
    app.press("Insérer un pack…")
    app.look_up("Pack", "Pack essai", app.find(role="dialog"))
    app.press("Insérer")
    wait_query("2", f"SELECT count(*) FROM softwhere.contract_item AS c JOIN api.bundle_item AS i USING (offer_id) JOIN api.bundle AS b ON b.id = i.bundle_id "
               f"WHERE c.contract_id = {contract} AND b.code = '{CODE}' AND c.unit_price = i.unit_price AND c.quantity = i.quantity")


def a_bundle_is_put_aside():
    """Put aside, it is proposed no more"""
    app.open_page("Packs")
    app.point(app.find(role="label", text="Pack essai"))
    app.find(role="list item", name=re.compile("^Centrex|^Poste"), within=offers())
    app.switch("En vente")
    app.save()
    wait_query("f", f"SELECT active FROM softwhere.bundle WHERE code = '{CODE}'")
    app.press("Mis de côté")
    app.find(role="label", text=CODE)


with Application(login="adv") as app:
    run(a_bundle_is_made, an_offer_joins_at_a_price_of_its_own, a_bundle_is_inserted, a_bundle_is_put_aside)
