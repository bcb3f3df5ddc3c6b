"""Operators: an address is entered, everything is brought from a fake operator with progress, stopped and taken up, what does not fit
leads to its record, an account is linked, the plan history is on the line (LINE-07, LINE-08, LINE-11, L-13)."""

import os
import re
import subprocess
import sys

from driver import Application, query, run, wait_for, wait_query

app = None
fake = None
customers = query("SELECT number FROM softwhere.customer WHERE status = 'active' ORDER BY id LIMIT 1")
stranger = query("SELECT legal_name FROM softwhere.customer ORDER BY rules.fold(legal_name) LIMIT 1")  # the first on offer


class Operator:
    """tests/fakes/cfast.py and its commands."""

    def __init__(self, *arguments):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fakes", "cfast.py")
        self.process = subprocess.Popen([sys.executable, script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = "http://127.0.0.1:" + self.process.stdout.readline().split()[1]

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def section(title):
    return app.find(role="list", name=title)


def an_address_is_entered():
    """The settings of CFAST: an address without TLS is refused on its row, a good one is kept"""
    app.open_page("Administration")
    app.point(app.find(role="list item", name=re.compile("^Opérateurs")))
    app.click_row("CFAST", section("Systèmes des opérateurs"))
    dialog = app.find(role="dialog")
    app.fill("Adresse", "http://cfast.example", dialog)
    app.switch("Utilisé", dialog)
    app.press("_Enregistrer Enregistrer", dialog)
    app.wait_text("Entrez une adresse qui commence par https://", dialog)
    app.fill("Adresse", fake.url, dialog)
    app.press("_Enregistrer Enregistrer", dialog)
    wait_query(f"t|{fake.url}", "SELECT active, base_url FROM softwhere.provider WHERE code = 'cfast'")
    app.wait_text(fake.url, section("Systèmes des opérateurs"))
    app.wait_text(re.compile("^Alphalink ne communique la description"), section("Systèmes des opérateurs"))


def it_is_stopped():
    """Synchronising shows how far it is and can be stopped"""
    fake.say("slow 4000")
    app.press("Tout", section("Systèmes des opérateurs"))
    app.wait_text(re.compile(r"^[1-9]\d* questions sur [1-9]\d* · "), section("Systèmes des opérateurs"))
    app.find(role="progress bar", name="Avancement de la synchronisation")
    app.press("Arrêter", section("Systèmes des opérateurs"))
    app.wait_text("Arrêtée : la prochaine synchronisation reprendra ici")
    app.wait_text("Arrêtée", section("Synchronisations"))
    fake.say("well")


def it_goes_on():
    """Taken up where it was, it brings everything"""
    app.press("Tout", section("Systèmes des opérateurs"))
    wait_query("done|60", "SELECT status, (SELECT count(*) FROM softwhere.service_line WHERE external_id LIKE 'L-%') FROM softwhere.sync_run ORDER BY id DESC LIMIT 1")
    app.wait_text("Complète", section("Synchronisations"))
    assert query("SELECT count(*) FROM softwhere.sync_run") == "1"


def an_account_is_linked():
    """An account of nobody waits for a person, who says which customer it is: its lines come without another question"""
    app.click_row(re.compile("^1000-000002 · CLIENT 2"), section("Anomalies"))
    dialog = app.find(role="dialog")
    app.point(app.find(role="push button", name=re.compile("^Client( ?:|$)"), within=dialog))
    app.click_row(re.compile("^" + re.escape(stranger)))
    fake.say("count")
    app.press("_Relier Relier", dialog)
    wait_query("100", "SELECT count(*) FROM softwhere.service_line WHERE external_id LIKE 'L-%'")
    assert fake.say("count") == "0"
    app.wait_gone(re.compile("^1000-000002 · CLIENT 2"), section("Anomalies"))


def the_history_is_on_the_line():
    """What does not fit opens its line, which shows its plan and its former plans"""
    app.click_row(re.compile(r"^L-000005 · "), section("Anomalies"))
    app.wait_text(re.compile("^Forfait 30 Go"))
    wait_for("twelve former plans", lambda: len(app.find_all(role="label", text=re.compile("^Forfait "))) >= 12)


# A card that ended elsewhere is in a line, says the operator.
query("""INSERT INTO softwhere.sim_card (iccid, state, state_entered_on)
  SELECT d || k, 'terminated', '2026-01-01' FROM (SELECT '8933019' || lpad('5', 11, '0') AS d) AS t, generate_series(0, 9) AS k WHERE rules.is_luhn(d || k)""")
fake = Operator("--lines", "100", "--references", customers)
try:
    with Application(login="admin") as app:
        run(an_address_is_entered, it_is_stopped, it_goes_on, an_account_is_linked, the_history_is_on_the_line)
finally:
    fake.close()
