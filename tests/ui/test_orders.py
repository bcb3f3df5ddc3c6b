"""Orders through the screen: five mobile lines in one go with SIM cards from stock, two of them brought along
(MORD-01…18, CHAR-01)."""

import re

from driver import Application, NotFound, query, run, wait_for, wait_query

CUSTOMER = "Hôtel de la Plage"
CONTRACT = "SELECT number FROM api.contract WHERE customer_name = :'name' AND step = 'periodic_billing' ORDER BY id LIMIT 1"
NUMBERS = ("0639985901", "0639985902")
# What a person reads on the customer's telephone (3179): nine characters and the key that goes with the number.
RIO = "SELECT p || rules.rio_key(p, rules.phone_national(rules.phone_e164(:'number'))) FROM (SELECT '02P4A5B6C' AS p) AS t"
WRONG_RIO = "02P4A5B6CAAA"
STAFF = ("Anne Le Goff", "Bastien Rio", "Çelik Ördek", "Dominique")
LATEST = "SELECT max(id) FROM softwhere.sales_order"
FREE = """SELECT iccid FROM softwhere.sim_card s JOIN softwhere.operator o ON o.id = s.operator_id
           WHERE o.name = 'Orange' AND s.state = 'in_stock' ORDER BY received_on, iccid OFFSET :nth LIMIT 1"""

app = None


def french(iso):
    return "/".join(reversed(iso.split("-")))


def lines():
    return app.find(role="list", name="Lignes mobiles")


def line(title):
    return app.find(role="list item", name=title, within=lines())


def unfold(title):
    """Clicks the row of a line, again if the click fell beside it: the rows above may only just begin to fold."""
    def unfolded():
        app.click_row(title, lines())
        try:
            return app.find(name="Portabilité", within=line(title), cap=5)
        except NotFound:
            return None

    wait_for(f"{title} unfolded", unfolded)


def group(title):
    return app.find(role="list", name=title)


def order(what):
    return query(f"SELECT {what} FROM api.sales_order WHERE id = :order", order=app.order)


def open_customer_menu(entry):
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.click_row(CUSTOMER)
    app.wait_text(re.compile("client depuis"))
    app.press("Autres actions")
    app.press(re.compile("^Créer une"))
    app.press(re.compile(entry))
    app.wait_text(CUSTOMER, group("Commande"))


def an_order_starts_from_its_customer():
    """Customer → Action → Create an order → mobile order; the seller is who types (MORD-02, MORD-03)"""
    open_customer_menu("^Commande _?mobile")
    app.wait_choice("Vendeur", query("SELECT display_name FROM softwhere.app_user WHERE role_name = 'adv'"))
    app.look_up("Contrat qui la facture", "C-20", group("Facturation et confirmation"), query(CONTRACT, name=CUSTOMER))
    app.press(re.compile("^Ajouter une ligne"))


def what_the_operator_gets_is_shown_while_typing():
    """The user's name as the operator will get it, while the true one is kept (MORD-04, CHAR-01)"""
    first = line("Nouveau")
    app.fill("Prénom", "Éloïse", first)
    app.fill("Nom", "Le Bœuf-Ñandú", first)
    app.first = "Éloïse Le Bœuf-Ñandú"
    app.told("Pour l’opérateur : ELOISE LE BOEUF NANDU", "Nom", first)


def a_card_needs_to_know_its_operator():
    """A SIM card from stock before there is a subscription: the row says what to do first (MORD-05)"""
    first = line(app.first)
    app.press("Prochaine carte en stock", first)
    app.told(re.compile("^Choisissez d’abord l’abonnement"), "Carte SIM", first)


def a_bundle_fills_the_line():
    """Subscription, option and terminal in one click; the catalogue proposes the commitment (MORD-06, MORD-10…12)"""
    first = line(app.first)
    app.press("Insérer un pack", first)
    dialog = app.find(role="dialog")
    app.look_up("Pack", "nomade", dialog, "Pack nomade : 50 Go, Europe et smartphone")
    app.press("_Insérer Insérer", dialog)
    app.wait_text("Forfait mobile 50 Go 5G", first)
    app.wait_text("Option Europe élargie", first)
    app.wait_text("Samsung Galaxy A55", first)
    wait_for("the commitment", lambda: app.shown_choice("Type d’engagement", first) == "Nouvel engagement")
    app.told("Catalogue : 19,90 €", "Prix HT (vide : celui du catalogue)", first)
    app.holds("Engagement", "24", first)
    app.choose("Mode d’achat", "À acheter", first)


def what_it_costs_is_shown():
    """A discount and its effect, the price grid, the conditions (MORD-13…15)"""
    first = line(app.first)
    app.fill("Remise", "10", first)
    app.told("21,81 € par mois, options comprises", "Remise", first)
    app.look_up("Grille tarifaire", "standard", first, "Grille minute standard")
    app.fill("Conditions tarifaires spéciales", "Remise douze mois", first)
    app.fill("Conditions de facturation", "Terme à échoir", first)


def the_next_card_of_the_stock_is_taken():
    """The next card in stock of that operator, or one found by the end of its number (MORD-05)"""
    first = line(app.first)
    app.press("Prochaine carte en stock", first)
    app.wait_text(query(FREE, nth="0"), first)
    card = query(FREE, nth="9")
    app.look_up("Carte SIM", card[-6:], first, card)
    app.press("Prochaine carte en stock", first)
    app.wait_text(query(FREE, nth="0"), first)


def the_line_is_repeated():
    """The same for four others, named in one go, with cards from stock in order (MORD-17)"""
    app.press("Répéter cette ligne", line(app.first))
    dialog = app.find(role="dialog")
    app.press("_Ajouter les lignes Ajouter les lignes", dialog)
    app.told("Combien de lignes, ou pour qui ?", "Ou combien de lignes, à nommer ensuite", dialog)
    app.fill("Utilisateurs : prénom et nom, un par ligne", "\n".join(STAFF), dialog)
    app.press("_Ajouter les lignes Ajouter les lignes", dialog)
    for nth, name in enumerate(STAFF, 1):
        app.wait_text(re.compile(re.escape(query(FREE, nth=str(nth)))), line(name))


def two_are_brought_along():
    """Portability: a wrong RIO and an impossible day are refused on their rows while typing (MORD-07, MORD-08)"""
    window = query("SELECT w ->> 'first_on', w ->> 'last_on' FROM api.portability_window() AS w").split("|")
    for name, number in zip(STAFF, NUMBERS):
        one = line(name)
        unfold(name)
        app.switch("Portabilité", one)
        app.holds("Date de portabilité", french(window[0]), one)
        app.fill("Numéro", number, one)
        app.fill("RIO", WRONG_RIO, one)
        app.told("La clé de ce RIO ne correspond pas au numéro.", "RIO", one)
        app.fill("Date de portabilité", "+2", one)
        app.told("Ce jour est trop proche pour l’opérateur.", "Date de portabilité", one)
    app.told(f"Jours ouvrés du {french(window[0])} au {french(window[1])}", "Date de portabilité", one)


def saving_refuses_them_too():
    """Nothing is saved with a wrong RIO, nothing typed is lost; right ones are accepted (MORD-07, MORD-08, MORD-16)"""
    before = query(LATEST)
    app.press("Enregistrer")
    app.find(role="push button", name="Enregistrer", where=lambda node: node.enabled)
    app.told("La clé de ce RIO ne correspond pas au numéro.", "RIO", line(STAFF[0]))
    assert query(LATEST) == before, "an order with a wrong RIO was saved"
    window = query("SELECT w ->> 'first_on', w ->> 'last_on' FROM api.portability_window() AS w").split("|")
    for name, number, day in zip(STAFF, NUMBERS, window):
        one = line(name)
        app.fill("RIO", query(RIO, number=number), one)
        app.told("RIO vérifié avec le numéro · opérateur 02", "RIO", one)
        app.fill("Date de portabilité", french(day), one)
    app.save()
    wait_for("the order", lambda: query(LATEST) != before)
    app.order = query(LATEST)
    assert order("kind, status, line_count, seller") == "mobile|draft|5|adv"
    assert query("SELECT count(DISTINCT s.id) FROM softwhere.order_line l JOIN softwhere.sim_card s ON s.id = l.sim_card_id "
                 "WHERE l.sales_order_id = :order AND s.state = 'reserved'", order=app.order) == "5"


def two_people_take_the_same_card():
    """Somebody else takes the card first: told on its row, the rest is kept; another one is taken (MORD-05)"""
    app.press(re.compile("^Ajouter une ligne"))
    sixth = line("Nouveau")
    app.fill("Nom", "Réserve", sixth)
    app.look_up("Abonnement", "20 Go", sixth, re.compile("^Forfait mobile 20 Go"))
    card = query(FREE, nth="0")
    app.press("Prochaine carte en stock", sixth)
    app.wait_text(card, sixth)
    query("SET ROLE adv; SELECT api.mobile_order_save(jsonb_build_object('customer_id', (SELECT min(id) FROM softwhere.customer), "
          "'lines', jsonb_build_array(jsonb_build_object('sim_card_id', (SELECT id FROM softwhere.sim_card WHERE iccid = :'card')))))",
          card=card)
    app.press("Enregistrer")
    app.told(re.compile("^Cette carte SIM"), "Carte SIM", line("Réserve"))
    app.holds("Nom", "Réserve", line("Réserve"))
    app.press("Prochaine carte en stock", line("Réserve"))
    app.wait_text(query(FREE, nth="0"), line("Réserve"))
    app.save()
    wait_query("6", "SELECT line_count FROM api.sales_order WHERE id = :order", order=app.order)
    app.press("Retirer Réserve")
    app.save()
    wait_query("5", "SELECT line_count FROM api.sales_order WHERE id = :order", order=app.order)


def what_is_missing_is_told():
    """What validating still needs is told, and leads to its field"""
    app.press(re.compile("^Retirer Dominique"))
    app.press(re.compile("^Ajouter une ligne"))
    app.fill("Prénom", "Enora", line("Nouveau"))
    app.save()
    todo = group("À faire avant de valider la commande")
    app.wait_text("Il manque l’utilisateur de la ligne 5", todo)
    app.wait_text("Il manque la carte SIM de la ligne 5", todo)
    app.press(re.compile("^Compléter"), app.find(role="list item", name=re.compile("carte SIM de la ligne 5"), within=todo))
    last = line("Enora")
    app.fill("Nom", "Tanguy", last)
    app.look_up("Abonnement", "20 Go", line("Enora Tanguy"), re.compile("^Forfait mobile 20 Go"))
    app.press("Prochaine carte en stock", line("Enora Tanguy"))
    app.wait_text(query(FREE, nth="0"), line("Enora Tanguy"))
    app.save()


def it_is_validated():
    """Validated: five lines asked of the operator, billed, the confirmation queued and shown so (MORD-18)"""
    app.press("Valider la commande")
    wait_query("validated", "SELECT status FROM api.sales_order WHERE id = :order", order=app.order)
    assert query("SELECT count(*), count(*) FILTER (WHERE r.status = 'queued') FROM softwhere.order_line l JOIN softwhere.line_request r "
                 "ON r.line_id = l.line_id WHERE l.sales_order_id = :order", order=app.order) == "5|5"
    assert query("SELECT string_agg(r.data ->> 'rio', ' ' ORDER BY l.number), count(*), count(l.sim_card_id) FROM softwhere.order_line l "
                 "JOIN softwhere.line_request r ON r.line_id = l.line_id AND r.data ? 'rio' WHERE l.sales_order_id = :order AND l.ports_in",
                 order=app.order) == " ".join(query(RIO, number=number) for number in NUMBERS) + "|2|2"
    assert query("SELECT count(*) FROM api.contract_item WHERE origin = (SELECT number FROM api.sales_order WHERE id = :order)",
                 order=app.order) == "13"
    recipient = query("SELECT recipient FROM api.outbox WHERE entity = 'sales_order' AND entity_id = :order", order=app.order)
    app.wait_text(recipient, group("Confirmation"))
    app.wait_text("En attente d’envoi", group("Confirmation"))
    opened = group("Lignes créées")
    for name in STAFF[:3]:
        app.wait_text(name, opened)
    assert len(app.find_all(role="label", text="En cours de construction", within=opened)) == 5
    assert app.seek(role="push button", name=re.compile("^Ajouter une ligne")) is None, "a validated order changes no more"


with Application(login="adv") as app:
    run(an_order_starts_from_its_customer, what_the_operator_gets_is_shown_while_typing, a_card_needs_to_know_its_operator,
        a_bundle_fills_the_line, what_it_costs_is_shown, the_next_card_of_the_stock_is_taken, the_line_is_repeated,
        two_are_brought_along, saving_refuses_them_too, two_people_take_the_same_card, what_is_missing_is_told,
        it_is_validated)
