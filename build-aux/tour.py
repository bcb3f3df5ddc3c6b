#!/usr/bin/python3
"""Visits every page of the demonstration: one picture each, a month of billing, the invoices as PDF.

Called by `build-aux/run --tour DIR` on a display and beside a server of its own:
  NN-page.png        the window on each page, then in the dark and on a phone
  F-2026-00001.pdf   each invoice the schedule issued in the month after today
"""

import datetime
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "ui"))
from driver import EDITABLE, Application, query  # noqa: E402

WIDE = (1440, 900)
PHONE = (360, 780)


class Tour:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    def application(self, size, **environment):
        app = Application(login="adv", env=environment)
        app.resize(*size)
        return app

    def picture(self, app, name):
        self.count += 1
        path = self.folder / f"{self.count:02}-{name}.png"
        app.screenshot(str(path))
        print(f"tour: {path.name}", flush=True)

    @staticmethod
    def open_record(app, text, ready):
        """Opens the row that shows `text`; the record is there when it says `ready`."""
        app.point(app.find(role="label", text=text, cap=30))
        app.wait_text(ready, cap=30)

    def visit(self, app, page, title, text, ready):
        app.open_page(title)
        self.open_record(app, text, ready)
        self.picture(app, page)

    def light(self):
        app = self.application(WIDE)
        app.wait_text("Clients", cap=30)
        number = query("SELECT number FROM api.contract WHERE metered AND indicator = 'alert' "
                       "AND step = 'periodic_billing' ORDER BY number DESC LIMIT 1")
        customer = query(f"SELECT customer_name FROM api.contract WHERE number = '{number}'")
        invoice = query("SELECT i.number FROM api.invoice AS i JOIN api.contract AS c ON c.id = i.contract_id "
                        "WHERE i.kind = 'periodic' AND c.metered AND i.payment_method = 'direct_debit' "
                        "ORDER BY i.issued_on DESC, i.id DESC LIMIT 1")
        app.find(role="label", text=re.compile("^Agence"), cap=30)
        self.picture(app, "customers-list")
        search(app, customer)
        self.visit(app, "customers", "Clients", customer, re.compile("client depuis"))
        app.open_page("Contrats")
        app.find(role="label", text=re.compile("^C-2"), cap=30)
        self.picture(app, "contracts-list")
        search(app, number)
        self.visit(app, "contracts", "Contrats", number, "À faire avant l’étape suivante")
        app.open_page("Factures")
        app.find(role="label", text=re.compile("^F-2"), cap=30)
        search(app, invoice)
        self.open_record(app, invoice, "reste à payer")
        app.find(role="push button", name="Imprimer", where=lambda n: n.enabled, cap=30)  # it is drawn
        self.picture(app, "invoices")
        app.open_page("Administration")
        app.wait_text("Identité", cap=30)
        self.picture(app, "administration")
        app.select(app.find(role="list item", name="Échéancier"))
        app.wait_text(re.compile("^Tout ce qui était dû"), cap=30)
        self.picture(app, "administration-schedule")
        app.close()

    def other_looks(self):
        app = self.application(WIDE, ADW_DEBUG_COLOR_SCHEME="prefer-dark")
        app.find(role="label", text=re.compile("^Agence"), cap=30)
        self.visit(app, "contracts-dark", "Contrats", re.compile("^C-2"), "Contrat")
        app.close()
        app = self.application(PHONE)
        app.find(role="label", text=re.compile("^Agence"), cap=30)
        self.picture(app, "customers-phone")
        app.resize(*WIDE)  # where the pages are to be seen
        app.open_page("Contrats")
        app.find(role="label", text=re.compile("^C-2"), cap=30)
        app.resize(*PHONE)
        self.open_record(app, re.compile("^C-2"), "Contrat")
        self.picture(app, "contracts-phone")
        app.close()

    def month(self):
        """What the schedule would have done a month from now, and its invoices as PDF."""
        today = datetime.date.fromisoformat(query("SELECT rules.today()"))
        until = today + datetime.timedelta(days=31)
        before = query("SELECT COALESCE(max(id), 0) FROM softwhere.invoice")
        query(f"SET softwhere.today = '{until}'; SELECT jobs.run_due('{until}')")
        ids = query(f"SELECT id FROM softwhere.invoice WHERE id > {before} AND number IS NOT NULL ORDER BY id").split()
        print(f"tour: {len(ids)} invoices issued by {until}", flush=True)
        if not ids:
            raise SystemExit("tour: the schedule issued nothing in a month")
        program = ROOT_BUILD / "src" / "documents" / "softwhere-document"
        subprocess.run([str(program), "--output", str(self.folder),
                        *(argument for i in ids for argument in ("--invoice", i))],
                       env={**os.environ, "SOFTWHERE_URI": os.environ["SOFTWHERE_TEST_URI"]}, check=True)


def search(app, text):
    """Types into the search entry of the page."""
    app.put(app.find(where=lambda node: EDITABLE in node.interfaces), text)


ROOT_BUILD = pathlib.Path(os.environ.get("SOFTWHERE_BUILD_DIR", ROOT / "_build"))


def main():
    tour = Tour(sys.argv[1])
    tour.light()
    tour.other_looks()
    tour.month()


if __name__ == "__main__":
    main()
