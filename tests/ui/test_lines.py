"""A line through the screen: found by any form of its number, its user changed with accents, its offer from the first
of next month, terminated once (LINE-08, MLINE-02…06, MLINE-13…16, CHAR-01, PARC-03)."""

import re

from driver import Application, query, run, wait_for, wait_query
from line_steps import FIXED, MOBILE, SEARCH, ask, confirm, line_of, open_line

FIRST = "SELECT to_char(date_trunc('month', rules.today()) + interval '1 month', '%s')"

app = None


def a_line_is_found_by_any_form_of_its_number():
    """06 12…, 0612…, +336… and 00336… find one line, with its user (MLINE-02)"""
    number, user = line_of("number || '|' || l.user_name", MOBILE).split("|")
    national = "0" + number[3:]
    app.open_page("Lignes")
    for typed in (re.sub("(..)", r"\1 ", national).strip(), national, number, "00" + number[1:]):
        app.fill(SEARCH, "rien de tel")
        app.wait_text("Rien pour « rien de tel »")
        app.fill(SEARCH, typed)
        app.wait_text("1 – 1 sur 1")
        app.find(role="label", text=user)


def its_user_changes_with_accents():
    """While the name is typed, what the operator will read is beside it; the name is kept (MLINE-05, MLINE-06, CHAR-01)"""
    app.line, number = line_of("id || '|' || l.number_shown", MOBILE).split("|")
    open_line(app, number)
    dialog = ask(app, "Changer l’utilisateur…")
    confirm(app, "Changer", dialog)
    app.wait_text("Une valeur est nécessaire ici.", dialog)
    app.fill("Prénom", "Zoé", dialog)
    app.fill("Nom", "Núñez-Œz", dialog)
    app.wait_text("L’opérateur lit : ZOE NUNEZ OEZ", dialog)
    confirm(app, "Changer", dialog)
    app.wait_text("Demandé : à envoyer à l’opérateur")
    app.wait_text("Changement d’utilisateur: Zoé Núñez-Œz")
    assert query("SELECT user_name FROM api.line WHERE id = :id", id=app.line) != "Zoé Núñez-Œz"


def the_operator_accepts():
    """Its answer is recorded on the page of operations, and the line has its new user"""
    app.press(re.compile("^Ouvrir"), app.find(role="list", name="À faire"))
    app.find(role="label", text="Ce que lit l’opérateur")
    app.wait_text("NUNEZ OEZ")
    app.press("Noter l’envoi")
    confirm(app, "Noter l’envoi", app.find(role="dialog"))
    wait_query("sent", "SELECT status FROM api.line_request WHERE line_id = :id ORDER BY id DESC LIMIT 1", id=app.line)
    app.press("Noter l’acceptation")
    confirm(app, "Accepté", app.find(role="dialog"))
    wait_query("Zoé Núñez-Œz", "SELECT user_name FROM api.line WHERE id = :id", id=app.line)
    app.find(role="label", text="Appliquée")


def its_offer_changes_from_the_first_of_next_month():
    """A change of offer proposes the first of next month; then the history has both rows (LINE-08, MLINE-15, MLINE-16)"""
    line, number = line_of("id || '|' || l.number_shown", FIXED).split("|")
    open_line(app, number)
    dialog = ask(app, "Changer l’offre…")
    app.press(re.compile("^Nouvelle offre"), dialog)
    app.fill("Rechercher", "poste standard", dialog)
    app.click_row("Centrex – poste standard", dialog)
    app.holds("Prix HT", "24,90", dialog)
    app.holds("Prend effet le", query(FIRST % "DD/MM/YYYY"), dialog)
    confirm(app, "Changer", dialog)
    app.wait_text("Accepté : ce sera fait au jour dit")
    app.wait_text(f"demandé à partir du {query(FIRST % 'DD/MM/YYYY')}")
    # The day comes.
    query(f"SET softwhere.today = '{query(FIRST % 'YYYY-MM-DD')}'; SELECT rules.apply_line_requests(rules.today())")
    wait_query("Centrex – poste standard,Centrex – poste utilisateur",
               "SELECT string_agg(label, ',' ORDER BY starts_on DESC) FROM api.line_offer "
               "WHERE line_id = :id AND kind = 'subscription'", id=line)
    history = app.find(role="list", name="Abonnement et options")
    app.wait_text(re.compile(f"à partir du {query(FIRST % 'DD/MM/YYYY')}"), history)
    end = query("SELECT to_char(ends_on, 'DD/MM/YYYY') FROM api.line_offer WHERE line_id = :id AND ends_on IS NOT NULL", id=line)
    app.wait_text(re.compile(f"du ../../.... au {end}"), history)


def its_operator_is_its_own():
    """A line has the operator of its site until it gets one of its own, and again without (PARC-03)"""
    line, number, site = line_of("id || '|' || l.number_shown || '|' || l.operator_name", FIXED).split("|")
    own = query("SELECT name FROM api.operator WHERE name <> :'site' ORDER BY name LIMIT 1", site=site)
    open_line(app, number)
    app.wait_text(f"Celui du site : {site}")
    app.choose("Opérateur de cette ligne", own)
    app.save()
    wait_query(own, "SELECT operator_name FROM api.line WHERE id = :id", id=line)
    app.choose("Opérateur de cette ligne", "—")
    app.save()
    wait_query(site, "SELECT operator_name FROM api.line WHERE id = :id", id=line)


def a_line_is_terminated_once():
    """Termination says that it is definitive, and asks once (MLINE-13, MLINE-14)"""
    line, number = line_of("id || '|' || l.number_shown", FIXED).split("|")
    open_line(app, number)
    dialog = ask(app, "Résilier…")
    app.find(role="label", text=re.compile("C’est définitif"), within=dialog)
    confirm(app, "Retour", dialog)
    wait_for("the dialog closed", lambda: app.seek(role="dialog") is None)
    assert query("SELECT state FROM api.line WHERE id = :id", id=line) == "active"
    confirm(app, "Résilier", ask(app, "Résilier…"))
    wait_query("terminated", "SELECT state FROM api.line WHERE id = :id", id=line)
    app.find(role="label", text="Résilié")
    wait_for("no dialog", lambda: app.seek(role="dialog") is None)


with Application(login="adv") as app:
    run(a_line_is_found_by_any_form_of_its_number, its_user_changes_with_accents, the_operator_accepts,
        its_offer_changes_from_the_first_of_next_month, its_operator_is_its_own, a_line_is_terminated_once)
