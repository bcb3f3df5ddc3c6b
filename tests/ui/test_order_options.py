"""An order proposes the options its subscription takes, and no others (MORD-12, OFFER-05)."""

import re

from driver import Application, query, run, wait_for, wait_query

CUSTOMER = "Hôtel de la Plage"
PLAN = "Forfait mobile 20 Go"
LINES = "SELECT count(*) FROM api.order_line_option WHERE offer_label = 'Option Europe élargie'"

app = None


def line():
    return app.find(role="list item", where=lambda node: node.name.startswith("Nouveau"), within=app.find(role="list", name="Lignes mobiles"))


def proposed():
    """What the open list of a lookup holds."""
    return sorted({node.name for node in app.find_all(role="label", where=lambda node: any(
        above.name == "GtkListView" for above in node.ancestors())) if re.match("^[A-Z][a-z]", node.name)})


def a_subscription_is_chosen():
    """The catalogue takes one option from a subscription; a mobile order of it begins"""
    query("DELETE FROM softwhere.offer_option AS k USING softwhere.offer AS f, softwhere.offer AS o WHERE f.id = k.offer_id AND o.id = k.option_id "
          f"AND f.label = '{PLAN}' AND o.label = 'Option monde'")
    app.wait_text("Clients")
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.click_row(CUSTOMER)
    app.wait_text(re.compile("client depuis"))
    app.press("Autres actions")
    app.press(re.compile("^Créer une"))
    app.press(re.compile("^Commande _?mobile"))
    app.press(re.compile("^Ajouter une ligne"))
    app.look_up("Abonnement", PLAN, line())
    wait_for("what the catalogue says of it", lambda: app.seek(text=re.compile("^Catalogue : 14,90"), within=line()))


def its_options_are_proposed():
    """Three of the four options of the catalogue are there; the one chosen is ordered"""
    app.press(re.compile("^Ajouter une option"))
    option = app.find(role="push button", name=re.compile("^Option"), within=line(), where=lambda node: "Ajouter" not in node.name)
    app.reveal(option)
    app.do(option)
    wait_for("the options", lambda: "Option Europe élargie" in proposed())
    assert proposed() == ["Multi-SIM", "Option Europe élargie", "Recharge data 10 Go"], proposed()
    app.key("Escape")
    app.look_up("Option", "Option Europe élargie", line())
    before = int(query(LINES))
    app.save()
    wait_query(str(before + 1), LINES)


with Application(login="adv") as app:
    run(a_subscription_is_chosen, its_options_are_proposed)
