"""A bundle of offers is inserted into a contract in one click."""

from driver import Application, query, run, wait_query

app = None


def a_bundle_is_inserted():
    """Its offers become items of the contract, with their prices"""
    app.wait_text("Clients")
    number, contract = query("SELECT number || '|' || id FROM api.contract WHERE step = 'creation' ORDER BY number DESC LIMIT 1").split("|")
    label, bundle = query("SELECT label || '|' || id FROM api.bundle WHERE active ORDER BY id LIMIT 1").split("|")
    app.open_page("Contrats")
    app.press("En création")
    app.point(app.find(role="label", text=number))
    app.press("Autres actions")
    app.press("Insérer un pack…")
    app.point(app.find(role="push button", where=lambda node: node.name.startswith("Pack")))
    app.point(app.find(role="label", text=label))
    app.press("Insérer")
    wait_query("t", f"SELECT bool_and(EXISTS (SELECT FROM softwhere.contract_item AS c WHERE c.contract_id = {contract} AND c.offer_id = i.offer_id "
               f"AND c.unit_price = i.unit_price)) FROM api.bundle_item AS i WHERE bundle_id = {bundle}")


with Application(login="adv") as app:
    run(a_bundle_is_inserted)
