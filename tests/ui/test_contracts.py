"""A contract in alert: its readings are typed in place, its due invoice is issued by its button
(WF-16, WF-17, WF-37)."""

import re

from driver import EDITABLE, Application, query, run, wait_query

DUE = """SELECT number, id FROM api.contract WHERE metered AND step = 'periodic_billing'
            AND indicator = 'alert' ORDER BY number DESC LIMIT 1"""
WAITING = "SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = :contract AND value IS NULL"
INVOICES = "SELECT count(*) FROM softwhere.invoice WHERE contract_id = :contract"

app = None


def a_late_contract_is_read_and_billed():
    """A contract in alert is read, billed and quiet again"""
    number, contract = query(DUE).split("|")
    invoices = int(query(INVOICES, contract=contract))
    waiting = int(query(WAITING, contract=contract))
    app.open_page("Contrats")
    app.click_row(number)
    app.wait_text("À faire avant l’étape suivante")
    while waiting:
        entry = app.find(name=re.compile("Relever le compteur"), where=lambda node: EDITABLE in node.interfaces)
        app.put(entry, "99000")
        app.press(re.compile("Saisir"))
        waiting -= 1
        wait_query(str(waiting), WAITING, contract=contract)
    app.press(re.compile("Facturer l’échéance"))
    wait_query(str(invoices + 1), INVOICES, contract=contract)
    issued = query("SELECT number FROM softwhere.invoice WHERE contract_id = :contract ORDER BY id DESC LIMIT 1",
                   contract=contract)
    app.wait_text(issued)
    assert query("SELECT indicator FROM api.contract WHERE id = :contract", contract=contract) != "alert"


with Application(login="adv") as app:
    run(a_late_contract_is_read_and_billed)
