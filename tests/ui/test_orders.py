"""Orders through the screen: five mobile lines in one go, two brought along; a service; one given up (MORD-01…18,
SORD-01…07, CHAR-01)."""

import re

from driver import EDITABLE, Application, query, run, wait_for, wait_query

ORDER = "SELECT %s FROM api.sales_order WHERE id = :order"
LINES = "SELECT count(*) FROM softwhere.order_line WHERE sales_order_id = :order"
CUSTOMER = "Hôtel de la Plage"
NUMBERS = ("+33639985601", "+33639985602")
# The key of a number's RIO, which a person reads on the customer's telephone (3179).
RIO = "SELECT p || rules.rio_key(p, rules.phone_national(:'number')) FROM (SELECT '02P4A5B6C' AS p) AS t"
WRONG_RIO = "02P4A5B6CAAA"

app = None


def lines():
    return app.find(role="list", name="Lignes mobiles")


def line(title):
    """The unfolded line of that title."""
    return app.find(role="list item", name=title, within=lines())


def pick(name, text, within):
    """Chooses in a lookup by typing into its search."""
    app.point(app.find(role="push button", name=re.compile("^" + re.escape(name) + " ?:"), within=within))
    search = app.find(role="text", name="Rechercher", where=lambda node: EDITABLE in node.interfaces)
    app.put(search, text)
    app.click_row(re.compile("^" + re.escape(text)))


def told(text, field, within):
    """Waits for a sentence under the row of a field."""
    return app.find(role="label", text=text, within=within, where=lambda node: any(
        above.role == "list item" and above.name == field for above in node.ancestors()))


def an_order_starts_from_its_customer():
    """Customer → Action → Create an order → mobile order (MORD-02)"""
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.click_row(CUSTOMER)
    app.wait_text(re.compile("client depuis"))
    app.press("Autres actions")
    app.press(re.compile("^Créer une"))
    app.press(re.compile("^Commande _?mobile"))
    app.wait_text(CUSTOMER, app.find(role="list", name="Commande"))
    app.press(re.compile("^Ajouter une ligne"))


def what_the_operator_gets_is_shown_while_typing():
    """The user's name as the operator will get it, transliterated, while the true one is kept (MORD-04, CHAR-01)"""
    first = line("Nouveau")
    app.fill("Prénom", "Éloïse", first)
    app.fill("Nom", "Le Bœuf-Ñandú", first)
    app.wait_text("Pour l’opérateur : ELOISE LE BOEUF NANDU")


with Application(login="adv") as app:
    run(an_order_starts_from_its_customer, what_the_operator_gets_is_shown_while_typing)
