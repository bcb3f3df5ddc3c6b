"""What is typed survives a killed program: offered again where it was, restored or discarded, and what
the program died saving is not saved twice (issue 3, Bad lines; CRM-02)."""

import os
import re
import subprocess
from pathlib import Path

from driver import Application, query, run, wait_for, wait_query

NAME = "Cabinet Assurances Lemoine"
SEARCH = "Nom, téléphone, SIRET, ville…"
OFFER = re.compile("^Vous aviez tapé ici")
COUNT = "SELECT count(*) FROM api.customer WHERE legal_name = :'name'"

app = None


def drafts():
    folder = Path(os.environ["HOME"], ".local/state/softwhere/drafts")
    return [path for path in folder.glob("*/*") if len(path.name) == 36]


def kill_and_start_again():
    """SIGKILL: nothing can be saved any more."""
    global app
    wait_for("what was typed is on the disk", drafts)
    app.process.kill()
    app.process.wait()
    app = Application()


def a_record_is_restored():
    """The record is open again with the offer; restored, it is as typed, and can be saved"""
    app.fill(SEARCH, "assurances lemoine")
    app.wait_text("1 – 1 sur 1")
    app.click_row(NAME)
    app.holds("Raison sociale", NAME)
    app.fill("Enseigne", "Tapé avant la panne")
    kill_and_start_again()
    app.wait_text(OFFER)
    app.holds("Raison sociale", NAME)
    assert app.entry("Enseigne").content != "Tapé avant la panne", "restored without asking"
    app.press(re.compile("^Restaurer"))
    app.holds("Enseigne", "Tapé avant la panne")
    app.wait_gone(OFFER)
    app.save()
    wait_query("Tapé avant la panne", "SELECT trading_name FROM api.customer WHERE legal_name = :'name'", name=NAME)
    wait_for("no draft left", lambda: not drafts())


def colleagues_are_not_overwritten():
    """What somebody else saved meanwhile is merged with the draft"""
    app.fill("Enseigne", "Encore tapé")
    kill_and_start_again()
    query("SET ROLE compta; SELECT api.customer_save(jsonb_build_object('id', id, 'address_2', '3e étage')) "
          "FROM api.customer WHERE legal_name = :'name'", name=NAME)
    app.wait_text(OFFER)
    app.press(re.compile("^Restaurer"))
    app.holds("Enseigne", "Encore tapé")
    app.save()
    wait_query("Encore tapé3e étage",
               "SELECT trading_name || address_2 FROM api.customer WHERE legal_name = :'name'", name=NAME)


def a_new_record_is_restored():
    """A new form comes back too, and is saved once"""
    app.key("ctrl+n")
    app.fill("Raison sociale", "Société rescapée")
    kill_and_start_again()
    app.wait_text(OFFER)
    app.press(re.compile("^Restaurer"))
    app.holds("Raison sociale", "Société rescapée")
    app.save()
    wait_query("1", COUNT, name="Société rescapée")
    wait_for("no draft left", lambda: not drafts())


def a_change_is_taken_back():
    """Taken back in the bar of the record, what is saved is shown again and nothing is kept of what was typed"""
    app.fill(SEARCH, "assurances lemoine")
    app.wait_text("1 – 1 sur 1")
    app.click_row(NAME)
    saved = query("SELECT trading_name FROM api.customer WHERE legal_name = :'name'", name=NAME)
    app.holds("Enseigne", saved)
    app.fill("Enseigne", "Tapé pour rien")
    wait_for("what was typed is on the disk", drafts)
    app.press("Abandonner les modifications")
    app.holds("Enseigne", saved)
    wait_for("no draft left", lambda: not drafts())
    assert app.seek(role="push button", name="Enregistrer") is None, "nothing is left to be saved"
    wait_query(saved, "SELECT trading_name FROM api.customer WHERE legal_name = :'name'", name=NAME)


def a_draft_is_discarded():
    """Discarded, it is gone, also after another start"""
    app.key("ctrl+n")
    app.fill("Raison sociale", "Société oubliée")
    kill_and_start_again()
    app.wait_text(OFFER)
    app.press(re.compile("^Abandonner"))
    app.wait_gone(OFFER)
    wait_for("no draft left", lambda: not drafts())
    wait_query("0", COUNT, name="Société oubliée")


# An open keyring with an empty password, on the bus of this display.
subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input="\n", text=True, check=True,
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
app = Application()
try:
    run(a_record_is_restored, colleagues_are_not_overwritten, a_new_record_is_restored, a_change_is_taken_back,
        a_draft_is_discarded)
finally:
    app.close()
