"""The network is cut while a list is read, a record is saved and many records are changed: the person goes on, is told,
and finds everything done once (issue 3, Bad lines)."""

import os
import queue
import re
import subprocess
import tempfile
import threading

from driver import CAP_SECONDS, Application, query, run, wait_for, wait_query

NAME = "Cabinet Assurances Lemoine"
SEARCH = "Nom, téléphone, SIRET, ville…"
LOST = re.compile("^La connexion est perdue")
PAYMENTS = "SELECT count(*) FROM softwhere.payment WHERE id > :before"
PAID_TWICE = "SELECT count(*) FROM (SELECT invoice_id FROM softwhere.payment WHERE id > :before GROUP BY 1 HAVING count(*) > 1) AS t"
STEP = 50  # records in one call of a bulk action

app = None


class Line:
    """tests/fakes/line.py: what is between the application and the server."""

    def __init__(self, folder):
        with open(os.environ["SOFTWHERE_DEMO"], encoding="utf-8") as file:
            text = file.read()
        server = re.search(r"host=([^&\n]+)", text)[1]
        self.demonstration = os.path.join(folder, "demonstration.ini")
        with open(self.demonstration, "w", encoding="utf-8") as file:
            file.write(text.replace(server, folder))
        os.chmod(self.demonstration, 0o600)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fakes", "line.py")
        self.process = subprocess.Popen(["/usr/bin/python3", script, folder, server.replace("%2F", "/")], text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.heard = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        self.expect("ready")

    def listen(self):
        for text in self.process.stdout:
            self.heard.put(text.strip())

    def expect(self, word):
        heard = self.heard.get(timeout=CAP_SECONDS)
        assert heard == word, (heard, word)

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.expect("ok")

    def pull(self):
        """Both ends notice, and nobody can connect."""
        self.say("hole")
        self.say("cut")

    def plug(self):
        self.say("up")


def customer(column):
    return f"SELECT {column} FROM api.customer WHERE legal_name = :'name'"


def reading_goes_on():
    """With the cable out the person is told, goes on reading and typing, and saves beside a colleague's change after it"""
    app.wait_text("Agence des Remparts")
    app.click_row(NAME)
    app.holds("Raison sociale", NAME)
    line.pull()
    app.wait_text(LOST)
    app.fill("Enseigne", "Tapé sans réseau")
    app.find(role="label", text="Agence des Remparts")
    query("SET ROLE compta; SELECT api.customer_save(jsonb_build_object('id', id, 'address_2', '2e étage')) "
          "FROM api.customer WHERE legal_name = :'name'", name=NAME)
    app.press("Enregistrer")
    app.wait_text("Pas fait : il n’y a pas de connexion. Votre travail est conservé ici.")
    app.holds("Enseigne", "Tapé sans réseau")
    line.plug()
    app.wait_gone(LOST)
    app.holds("Enseigne", "Tapé sans réseau")
    app.save()
    app.holds("Complément d’adresse", "2e étage")
    wait_query("Tapé sans réseau|2e étage", customer("trading_name, address_2"), name=NAME)


def a_list_cut_while_it_loads():
    """A list whose first rows are on their way when the cable goes shows them once it is back"""
    line.say("hold answer LIMIT 100")
    app.open_page("Contrats")
    line.expect("held")
    line.pull()
    app.wait_text(LOST)
    line.plug()
    app.wait_gone(LOST)
    app.wait_text(re.compile(f"^1 – \\d+ sur {query('SELECT count(*) FROM api.contract')}$"))
    app.open_page("Clients")


def a_save_is_made_once():
    """A save whose answer never came is made once, and the record can be saved again"""
    app.click_row(NAME)
    version = int(query(customer("row_version"), name=NAME))
    app.fill("Enseigne", "Enregistré pendant la coupure")
    line.say("hold part customer_save")
    app.press("Enregistrer")
    line.expect("held")
    line.pull()
    app.wait_text(LOST)
    line.plug()
    app.wait_gone(LOST)
    wait_for("nothing left to be saved", lambda: app.seek(role="push button", name="Enregistrer") is None)
    assert query(customer("trading_name, row_version"), name=NAME) == f"Enregistré pendant la coupure|{version + 1}"
    app.fill("Enseigne", "Après")
    app.save()
    wait_query(f"Après|{version + 2}", customer("trading_name, row_version"), name=NAME)


def pay_all():
    """Records payments of all invoices, up to the answer of the second call; returns the last payment of before."""
    before = query("SELECT coalesce(max(id), 0) FROM softwhere.payment")
    total = query("SELECT count(*) FROM api.invoice")
    assert int(total) > 3 * STEP
    app.press("Exporter, imprimer, colonnes")
    app.press("Tout sélectionner")
    app.wait_text(f"{total} sélectionnées")
    line.say("hold answer invoices_pay")
    app.press("Actions")
    app.press("Enregistrer des règlements…")
    app.press("Enregistrer", app.find(role="dialog"))
    line.expect("held")
    line.say("hold answer invoices_pay")
    line.say("go")
    line.expect("held")
    app.find(role="progress bar", name="Enregistrer des règlements")
    return before


def given_up_in_the_middle():
    """Given up with the cable out: the report says how many are done and names all others; each was paid once"""
    total = int(query("SELECT count(*) FROM api.invoice"))
    app.open_page("Factures")
    app.find(role="label", text="Thalasso de la Baie")
    before = pay_all()
    line.pull()
    app.wait_text(LOST)
    app.press("Annuler", app.find(role="dialog"))
    line.plug()
    done = int(query(PAYMENTS, before=before))
    assert done > 0
    app.wait_text(re.compile(f"^{done} fiches? traitées? · {total - done} ne l’ont pas été"))
    app.point(app.find(role="list", name="Ce qui n’a pas pu être fait"))
    app.key("End")
    app.find(role="label", text="Pas fait : l’action a été annulée.")
    app.press("Fermer")
    wait_query(str(done), PAYMENTS, before=before)
    assert query(PAID_TWICE, before=before) == "0"


def cut_in_the_middle():
    """Cut in the middle and plugged in again, it goes on to the end: each is paid once, and the report says the truth"""
    total = int(query("SELECT count(*) FROM api.invoice"))
    payable = int(query("SELECT count(*) FROM api.invoice WHERE balance > 0 AND status = 'issued'"))
    assert payable > 0
    before = pay_all()
    line.pull()
    app.wait_text(LOST)
    line.plug()
    app.wait_text(re.compile(f"^{payable} fiches? traitées? · {total - payable} ne l’ont pas été"))
    app.press("Fermer")
    wait_query(str(payable), PAYMENTS, before=before)
    assert query(PAID_TWICE, before=before) == "0"
    wait_query("0", "SELECT count(*) FROM api.invoice WHERE balance > 0 AND status = 'issued'")


with tempfile.TemporaryDirectory(prefix="softwhere-line.") as place:
    line = Line(place)
    try:
        with Application(env={"SOFTWHERE_DEMO": line.demonstration}) as app:
            run(reading_goes_on, a_list_cut_while_it_loads, a_save_is_made_once, given_up_in_the_middle, cut_in_the_middle)
    finally:
        line.process.kill()
        line.process.wait()
