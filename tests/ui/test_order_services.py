"""Orders of services through the screen, orders found and seen on their customer's record, one given up for a reason
(SORD-01…07, MORD-02, SRCH-01)."""

import re

from driver import EDITABLE, Application, query, run, wait_for, wait_query

CUSTOMER = "Hôtel de la Plage"
CONTRACT = "SELECT number FROM api.contract WHERE customer_name = :'name' AND step = 'periodic_billing' ORDER BY id LIMIT 1"
LATEST = "SELECT max(id) FROM softwhere.sales_order"

app = None


def group(title):
    return app.find(role="list", name=title)


def order(what):
    return query(f"SELECT {what} FROM api.sales_order WHERE id = :order", order=app.order)


def open_customer():
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.click_row(CUSTOMER)
    app.wait_text(re.compile("client depuis"))


def orders_of_customer():
    """The tab of orders, once it counts those there are."""
    count = query("SELECT count(*) FROM api.sales_order WHERE customer_name = :'name'", name=CUSTOMER)
    app.find(role="page tab", name=re.compile(rf"^Commandes +{count}$"))


def a_service_is_ordered():
    """A service: which, how many, its price, from when to when; it becomes an item of the contract (SORD-02…07)"""
    open_customer()
    orders_of_customer()
    app.press("Autres actions")
    app.press(re.compile("^Créer une"))
    app.press(re.compile("^Commande de _?services"))
    app.wait_text(CUSTOMER, group("Commande"))
    app.look_up("Contrat qui la facture", "C-20", group("Facturation et confirmation"), query(CONTRACT, name=CUSTOMER))
    app.press(re.compile("^Ajouter un service"))
    services = group("Services")
    app.look_up("Service", "SECOURS", services, "Secours 4G automatique")
    app.fill("Quantité", "3", services)
    app.fill("Prix HT (vide : celui du catalogue)", "17,50", services)
    app.fill("Date de début", "01/02/2027", services)
    app.fill("Date de fin (services récurrents)", "31/01/2027", services)
    app.press("Enregistrer")
    app.told("La fin ne peut pas précéder le début.", "Date de fin (services récurrents)", services)
    app.fill("Date de fin (services récurrents)", "31/08/2027", services)
    app.save()
    app.order = query(LATEST)
    app.press("Valider la commande")
    wait_query("validated", "SELECT status FROM api.sales_order WHERE id = :order", order=app.order)
    assert query("SELECT trim_scale(i.quantity), i.unit_price::numeric(9,2), i.subscribed_on, i.ends_on FROM api.order_service s "
                 "JOIN api.contract_item i ON i.id = s.contract_item_id WHERE s.sales_order_id = :order",
                 order=app.order) == "3|17.50|2027-02-01|2027-08-31"
    app.wait_text("En attente d’envoi", group("Confirmation"))


def it_is_on_the_record_of_its_customer():
    """The record of the customer, still open, has the new order among the others; a row opens it (MORD-02)"""
    number = order("number")
    app.open_page("Clients")
    orders_of_customer()
    app.select_tab("Commandes")
    app.wait_text(f"1 service · commandé le {query('SELECT to_char(rules.today(), $$DD/MM/YYYY$$)')}")
    app.click_row(number)
    app.wait_text("Secours 4G automatique", group("Services"))


def orders_are_found_from_anywhere():
    """Ctrl+K finds an order by its number, and by the user of one of its lines; Return opens it (SRCH-01)"""
    number, user = query("""SELECT o.number, l.user_name FROM api.sales_order AS o JOIN api.order_line AS l ON l.sales_order_id = o.id
        WHERE o.status = 'draft' AND l.user_name IS NOT NULL ORDER BY l.id LIMIT 1""").split("|")
    app.open_page("Factures")
    for typed in (user, number):
        app.key("ctrl+k")
        app.fill("Tout chercher", typed)
        found = app.find(role="list", name="Fiches trouvées")
        app.find(role="list item", name=re.compile(f"^{number}, Commande, "), within=found)
        if typed == user:
            app.key("Escape")
            wait_for("the search is closed", lambda: not app.seek(name="Tout chercher", where=lambda node: EDITABLE in node.interfaces))
    app.key("Return")
    app.wait_text(user, app.find(role="list", name="Lignes mobiles"))


def an_order_is_given_up():
    """Cancelling asks why; its cards are free again"""
    number, app.order, card = query("""SELECT o.number, o.id, l.sim_card_id FROM softwhere.sales_order o
        JOIN softwhere.order_line l ON l.sales_order_id = o.id
        WHERE o.status = 'draft' AND l.sim_card_id IS NOT NULL ORDER BY o.id LIMIT 1""").split("|")
    app.open_page("Commandes")
    app.fill("Numéro, client…", number)
    app.click_row(number)
    app.wait_text("À faire avant de valider la commande")
    app.press("Autres actions")
    app.press("Annuler la commande")
    dialog = app.find(role="dialog")
    app.press("_Annuler la commande Annuler la commande", dialog)
    app.told("Une justification est obligatoire.", "Justification", dialog)
    app.fill("Justification", "Le client a renoncé", dialog)
    app.press("_Annuler la commande Annuler la commande", dialog)
    wait_query("cancelled|Le client a renoncé", "SELECT status, cancel_reason FROM api.sales_order WHERE id = :order", order=app.order)
    assert query("SELECT state FROM softwhere.sim_card WHERE id = :card", card=card) == "in_stock"
    app.wait_text(re.compile("Le client a renoncé"))


with Application(login="adv") as app:
    run(a_service_is_ordered, it_is_on_the_record_of_its_customer, orders_are_found_from_anywhere, an_order_is_given_up)
