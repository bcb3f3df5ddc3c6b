"""Contracts through the screen: one from the first field to its cancelling, one in alert read and billed,
one that will not be renewed (PROD-*, WF-16, WF-17, WF-37, IND-*)."""

import re

from driver import EDITABLE, Application, query, run, wait_for, wait_query

DUE = """SELECT number, id FROM api.contract WHERE metered AND step = 'periodic_billing'
            AND indicator = 'alert' ORDER BY number DESC LIMIT 1"""
WAITING = "SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = :contract AND value IS NULL"
INVOICES = "SELECT count(*) FROM softwhere.invoice WHERE contract_id = :contract"
CONTRACT = "SELECT %s FROM api.contract WHERE title = 'Copieur de l’accueil'"
CUSTOMER = """SELECT c.legal_name FROM api.customer c JOIN api.billing_site s ON s.customer_id = c.id
               WHERE c.status = 'active' GROUP BY c.id, c.legal_name HAVING count(*) = 1
               ORDER BY c.legal_name LIMIT 1"""
SEARCH = "Numéro, client, matériel…"

app = None


def section(title):
    return app.find(role="list", name=title)


def read_the_meters(contract, figures):
    """Types every reading asked for, each where it is asked for."""
    waiting = int(query(WAITING, contract=contract))
    assert waiting > 0
    while waiting:
        entry = app.find(name=re.compile("Relever le compteur"), where=lambda node: EDITABLE in node.interfaces)
        app.put(entry, figures)
        app.press(re.compile("Saisir"))
        waiting -= 1
        wait_query(str(waiting), WAITING, contract=contract)


def a_late_contract_is_read_and_billed():
    """A contract in alert is read, billed and quiet again"""
    number, contract = query(DUE).split("|")
    invoices = int(query(INVOICES, contract=contract))
    app.open_page("Contrats")
    app.click_row(number)
    app.wait_text("À faire avant l’étape suivante")
    read_the_meters(contract, "99000")
    app.press(re.compile("Facturer l’échéance"))
    wait_query(str(invoices + 1), INVOICES, contract=contract)
    issued = query("SELECT number FROM softwhere.invoice WHERE contract_id = :contract ORDER BY id DESC LIMIT 1",
                   contract=contract)
    app.wait_text(issued)
    assert query("SELECT indicator FROM api.contract WHERE id = :contract", contract=contract) != "alert"


def a_contract_starts_from_its_customer():
    """“New contract” in a customer's menu knows the customer; the title and the meters are typed"""
    app.customer = query(CUSTOMER)
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", app.customer)
    app.click_row(app.customer)
    app.holds("Raison sociale", app.customer)
    app.press("Autres actions")
    app.press(re.compile("^Nouveau _?contrat"))
    contract = section("Contrat")
    app.wait_text(app.customer, contract)
    app.fill("Intitulé", "Copieur de l’accueil", contract)
    app.switch("Avec relevés de compteurs", contract)


def equipment_and_items_are_typed():
    """Equipment with a meter and its price, and a recurring item, are saved together (PROD-01)"""
    app.press(re.compile("^Rattacher un matériel"))
    equipment = section("Matériel")
    app.fill("Marque et modèle", "Konica C250i", equipment)
    app.fill("Numéro de série", "KM-UI-0001", equipment)
    app.press(re.compile("^Ajouter un compteur"))
    app.fill("Compteur", "Noir", equipment)
    app.press(re.compile("^Ajouter une tranche"))
    app.fill("Prix HT de l’unité", "0,0045", equipment)
    app.press(re.compile("^Ajouter un élément"))
    items = section("Éléments facturés")
    app.fill("Formule", "Location du copieur", items)
    app.fill("Prix HT", "80,00", items)
    app.save()
    wait_query("creation|t", CONTRACT % "step, metered")
    app.contract = query(CONTRACT % "id")
    wait_query("Konica C250i|KM-UI-0001|Noir", """SELECT e.label, e.serial_number, m.label
        FROM api.contract_equipment e JOIN api.meter m ON m.contract_equipment_id = e.id
        WHERE e.contract_id = :contract""", contract=app.contract)
    wait_query("Location du copieur|80.00", "SELECT label, round(unit_price, 2) FROM api.contract_item "
               "WHERE contract_id = :contract", contract=app.contract)


def missing(action):
    """The codes of what an action of the new contract still needs."""
    return query("SELECT array_to_string(missing, ' ') FROM api.contract_next_action "
                 "WHERE contract_id = :contract AND action = :'action'", contract=app.contract, action=action).split()


def what_is_missing_is_told():
    """Before the start, each date that is missing is told and asked for, and it cannot be started (IND-01)"""
    codes = missing("contract_start")
    assert codes, "nothing is missing"
    todo = section("À faire avant l’étape suivante")
    wait_for(f"{len(codes)} things to fill in", lambda: len(app.find_all(
        role="push button", name=re.compile("^Compléter"), within=todo)) == len(codes))
    assert app.seek(role="push button", name="Start facturation", where=lambda node: node.enabled) is None


def billing_is_started():
    """With its dates, the contract starts (WF-14)"""
    dates = section("Dates")
    for name, day in (("Émis le", "01/11/2026"), ("Envoyé le", "02/11/2026"), ("Signé le", "03/11/2026"),
                      ("Date d’effet", "05/11/2026"), ("Date de fin (dernier jour de service)", "04/11/2029")):
        app.fill(name, day, dates)
    app.save()
    app.press("Start facturation")
    wait_query("start_billing", "SELECT step FROM api.contract WHERE id = :contract", contract=app.contract)


def the_first_invoice_is_issued():
    """The first invoice waits for the first reading, and is then issued by its button (WF-16)"""
    app.wait_text(re.compile("^Relever le compteur"))
    assert missing("contract_issue_first_invoice")
    read_the_meters(app.contract, "100")
    app.press("Émettre la première facture")
    wait_query("first", "SELECT kind FROM api.invoice WHERE contract_id = :contract", contract=app.contract)
    app.wait_text(query("SELECT number FROM api.invoice WHERE contract_id = :contract", contract=app.contract))
    wait_query("periodic_billing", "SELECT step FROM api.contract WHERE id = :contract", contract=app.contract)


def a_colleague_s_change_appears():
    """What somebody else changes meanwhile is on the screen without asking"""
    query("SET ROLE admin; SELECT api.contract_save(jsonb_build_object('id', :contract::bigint, 'title', 'Copieur du hall'))",
          contract=app.contract)
    app.holds("Intitulé", "Copieur du hall")


def cancelling_needs_a_reason():
    """Cancelling asks why: without an answer it is refused on its row (WF-37)"""
    app.press("Autres actions")
    app.press("Annuler le contrat")
    dialog = app.find(role="dialog")
    app.press("Annuler le contrat", dialog)
    told = app.find(role="label", text="Une justification est obligatoire.", within=dialog)
    assert any(row.role == "list item" and row.name == "Justification" for row in told.ancestors()), told
    app.fill("Justification", "Le client a fermé", dialog)
    app.press("Annuler le contrat", dialog)
    wait_query("cancelled", "SELECT step FROM api.contract WHERE id = :contract", contract=app.contract)
    wait_for("the dialog closed", lambda: app.seek(role="dialog") is None)
    app.wait_text(re.compile("Le client a fermé"))


def a_renewal_is_refused():
    """A renewal refused: the contract will end on its day, and its history says so"""
    number, contract = query("""SELECT c.number, c.id FROM api.contract c JOIN api.contract_next_action a ON a.contract_id = c.id
        WHERE a.action = 'contract_refuse_renewal' AND a.allowed ORDER BY c.number LIMIT 1""").split("|")
    app.open_page("Contrats")
    app.fill(SEARCH, number)
    app.click_row(number)
    app.wait_text("À faire avant l’étape suivante")
    app.press("Autres actions")
    app.press("Refuser la reconduction")
    app.press("Refuser la reconduction", app.find(role="dialog"))
    wait_query("f", "SELECT tacit_renewal FROM api.contract WHERE id = :contract", contract=contract)
    app.wait_text(re.compile("^Reconduction refusée"))


with Application(login="adv") as app:
    run(a_late_contract_is_read_and_billed, a_contract_starts_from_its_customer, equipment_and_items_are_typed,
        what_is_missing_is_told, billing_is_started, the_first_invoice_is_issued, a_colleague_s_change_appears,
        cancelling_needs_a_reason, a_renewal_is_refused)
