"""A contract in alert: its readings are typed in place, its due invoice is issued by its button
(WF-16, WF-17, WF-37)."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Application, wait_for  # noqa: E402


def psql(statement):
    done = subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1",
         "--dbname", os.environ["SOFTWHERE_TEST_URI"]],
        input=statement, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def open_contract(app, number):
    app.key("alt+2")
    app.point(app.find(role="label", text=number, cap=30))
    app.wait_text("À faire avant l’étape suivante", cap=30)


def check_due_invoice(app):
    number, contract = psql(
        "SELECT number, id FROM api.contract WHERE metered AND step = 'periodic_billing' "
        "AND indicator = 'alert' ORDER BY number DESC LIMIT 1").split("|")
    invoices = int(psql(f"SELECT count(*) FROM softwhere.invoice WHERE contract_id = {contract}"))
    open_contract(app, number)
    while True:
        waiting = int(psql(f"SELECT count(*) FROM softwhere.meter_reading "
                           f"WHERE contract_id = {contract} AND value IS NULL"))
        if waiting == 0:
            break
        entry = app.find(name=re.compile("Relever le compteur"),
                         where=lambda n: n.role in ("entry", "text"), cap=30)
        app.set_text(entry, "99000")
        app.press(re.compile("Saisir"))
        wait_for("the reading in the database", lambda: int(psql(
            f"SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = {contract} "
            "AND value IS NULL")) < waiting, 30)
    button = app.find(role="push button", name=re.compile("Facturer l’échéance"),
                      where=lambda n: n.enabled, cap=30)
    app.click(button)
    wait_for("the invoice in the database", lambda: int(psql(
        f"SELECT count(*) FROM softwhere.invoice WHERE contract_id = {contract}")) == invoices + 1, 30)
    issued = psql(f"SELECT number FROM softwhere.invoice WHERE contract_id = {contract} ORDER BY id DESC LIMIT 1")
    app.wait_text(issued, cap=30)
    assert psql(f"SELECT indicator FROM api.contract WHERE id = {contract}") != "alert"


def main():
    app = Application([os.environ["SOFTWHERE_APPLICATION"], "--demo", "adv"], size=(1440, 900))
    try:
        app.find(role="label", text=re.compile("^Agence"), cap=60)
        check_due_invoice(app)
    finally:
        app.close()


if __name__ == "__main__":
    main()
