"""Lines and their operations through the screen: found by any form of their number, their user changed with
accents, their offer from the first of next month, suspended and restored by the score, terminated once; what
they cost, for managers only (LINE-08, LINE-14, MLINE-02…16, CHAR-01)."""

import re

from driver import ROWS, Application, query, run, wait_for, wait_query

SEARCH = "Numéro, utilisateur, client, site…"
LINE = """SELECT l.%s FROM api.line AS l JOIN api.operator AS o ON o.id = l.applied_operator_id
           WHERE o.provider = '%s' AND l.state = 'active' AND l.open_requests = 0 AND l.subscription LIKE '%s'
           ORDER BY l.number LIMIT 1"""
MOBILE = ("manual", "Forfait mobile%")
FIXED = ("internal", "Centrex – poste utilisateur%")
FIRST = "SELECT to_char(date_trunc('month', rules.today()) + interval '1 month', '%s')"

app = None


def press_menu(name):
    """The button inside a menu button, which has the same name and the action."""
    app.do(wait_for(name, lambda: list(app.find_all(role="push button", name=name))[1:2]
                    or list(app.find_all(role="toggle button", name=name))[:1])[0])


def open_line(number):
    app.open_page("Lignes")
    app.press("Tous")
    app.fill(SEARCH, number)
    app.click_row(number)
    app.find(role="label", text=re.compile("^Abonnement et options$"))


def ask(action):
    """Chooses an action in the menu of the open line; its dialog."""
    app.press("Autres actions")
    app.press(action)
    return app.find(role="dialog")


def confirm(name, dialog):
    """Presses a button of a dialog, whose name holds its mnemonic before its words."""
    app.press(re.compile(f"(^| ){name}$"), dialog)


def a_line_is_found_by_any_form_of_its_number():
    """06 12…, 0612…, +336… and 00336… find one line, with its user (MLINE-02)"""
    number, user = query(LINE % ("number || '|' || l.user_name", *MOBILE)).split("|")
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
    app.line, number = query(LINE % ("id || '|' || l.number_shown", *MOBILE)).split("|")
    open_line(number)
    dialog = ask("Changer l’utilisateur…")
    confirm("Changer", dialog)
    app.wait_text("Une valeur est nécessaire ici.", dialog)
    app.fill("Prénom", "Zoé", dialog)
    app.fill("Nom", "Núñez-Œz", dialog)
    app.wait_text("L’opérateur lit : ZOE NUNEZ OEZ", dialog)
    confirm("Changer", dialog)
    app.wait_text("Demandé : à envoyer à l’opérateur")
    app.wait_text("Changement d’utilisateur: Zoé Núñez-Œz")
    assert query("SELECT user_name FROM api.line WHERE id = :id", id=app.line) != "Zoé Núñez-Œz"


def the_operator_accepts():
    """Its answer is recorded on the page of operations, and the line has its new user"""
    app.press(re.compile("^Ouvrir"), app.find(role="list", name="À faire"))
    app.find(role="label", text="Ce que lit l’opérateur")
    app.wait_text("NUNEZ OEZ")
    app.press("Noter l’envoi")
    confirm("Noter l’envoi", app.find(role="dialog"))
    wait_query("sent", "SELECT status FROM api.line_request WHERE line_id = :id ORDER BY id DESC LIMIT 1", id=app.line)
    app.press("Noter l’acceptation")
    confirm("Accepté", app.find(role="dialog"))
    wait_query("Zoé Núñez-Œz", "SELECT user_name FROM api.line WHERE id = :id", id=app.line)
    app.find(role="label", text="Appliquée")


def its_offer_changes_from_the_first_of_next_month():
    """A change of offer proposes the first of next month; then the history has both rows (LINE-08, MLINE-15, MLINE-16)"""
    line, number = query(LINE % ("id || '|' || l.number_shown", *FIXED)).split("|")
    open_line(number)
    dialog = ask("Changer l’offre…")
    app.press(re.compile("^Nouvelle offre"), dialog)
    app.fill("Rechercher", "poste standard", dialog)
    app.click_row("Centrex – poste standard", dialog)
    app.holds("Prix HT", "24,90", dialog)
    app.holds("Prend effet le", query(FIRST % "DD/MM/YYYY"), dialog)
    confirm("Changer", dialog)
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


def choose_rows(count):
    """The first rows of the list, from the first to the one that ends them."""
    def numbers():
        found = app.find_all(role="label", text=re.compile(r"^0\d( \d\d){4}$"), where=lambda node: any(
            above.role in ROWS for above in node.ancestors()))
        return found[:count] if len(found) >= count else None

    rows = wait_for(f"{count} rows", numbers)
    app.point(rows[0])
    app._xdotool("keydown", "shift")
    app.point(rows[-1])
    app._xdotool("keyup", "shift")
    app.wait_text(f"{count} sélectionnées")


def twenty_lines_are_suspended():
    """Twenty lines of a customer who does not pay are restricted at once (MLINE-10, MLINE-11)"""
    app.customer = query("""SELECT l.customer_name FROM api.line AS l JOIN api.operator AS o ON o.id = l.applied_operator_id
        GROUP BY 1 HAVING count(*) FILTER (WHERE l.state = 'active' AND o.provider = 'internal') >= 20 AND bool_and(l.state <> 'restricted') ORDER BY count(*), 1 LIMIT 1""")
    app.open_page("Lignes")
    app.fill(SEARCH, app.customer)
    app.press("Actif")
    choose_rows(20)
    press_menu("Actions")
    app.press("Restreindre…")
    dialog = app.find(role="dialog")
    app.find(role="label", text=re.compile("^20 lignes"), within=dialog)
    app.choose("Restriction", "Tous les appels bloqués", dialog)
    app.fill("Motif, pour l’historique", "Impayé", dialog)
    confirm("Restreindre", dialog)
    app.wait_text("20 fiches traitées")
    wait_query("20", "SELECT count(*) FROM api.line_request WHERE action = 'line_restrict' AND status = 'applied' "
               "AND cause = 'Impayé' AND asked_direction = 'both' AND customer_name = :'c'", c=app.customer)


def nineteen_are_restored():
    """Of the twenty, nineteen are restored; the one that could not be is named, with the reason (MLINE-12)"""
    app.press("Restreint")
    app.wait_text("1 – 20 sur 20")
    failing = query("""SELECT id || '|' || user_name FROM api.line WHERE customer_name = :'c' AND state = 'restricted'
        ORDER BY number OFFSET 7 LIMIT 1""", c=app.customer)
    line, user = failing.split("|")
    query("""INSERT INTO softwhere.line_request (line_id, customer_id, action, effective_on, provider, requested_by)
        SELECT id, customer_id, 'line_reactivate', rules.today(), 'manual', 'support' FROM softwhere.service_line WHERE id = :id""", id=line)
    choose_rows(20)
    press_menu("Actions")
    app.press("Réactiver…")
    confirm("Réactiver", app.find(role="dialog"))
    app.wait_text(re.compile("^19 fiches traitées · 1 "))
    report = app.find(role="dialog")
    app.find(role="label", text=user, within=report)
    confirm("Fermer", report)
    wait_query("1", "SELECT count(*) FROM api.line WHERE state = 'restricted' AND customer_name = :'c'", c=app.customer)
    wait_query("restricted", "SELECT state FROM api.line WHERE id = :id", id=line)


def a_line_is_terminated_once():
    """Termination says that it is definitive, and asks once (MLINE-13, MLINE-14)"""
    line, number = query(LINE % ("id || '|' || l.number_shown", *FIXED)).split("|")
    open_line(number)
    dialog = ask("Résilier…")
    app.find(role="label", text=re.compile("C’est définitif"), within=dialog)
    confirm("Retour", dialog)
    wait_for("the dialog closed", lambda: app.seek(role="dialog") is None)
    assert query("SELECT state FROM api.line WHERE id = :id", id=line) == "active"
    confirm("Résilier", ask("Résilier…"))
    wait_query("terminated", "SELECT state FROM api.line WHERE id = :id", id=line)
    app.find(role="label", text="Résilié")
    wait_for("no dialog", lambda: app.seek(role="dialog") is None)


def earning_line():
    """A line on which something is earned: its number, and what a month."""
    return query("""SELECT l.number_shown || '|' || replace(m.monthly_margin::text, '.', ',')
        FROM api.line_margin AS m JOIN api.line AS l ON l.id = m.id
        WHERE l.state = 'active' AND NOT m.is_incomplete AND m.monthly_margin > 0 ORDER BY m.id LIMIT 1""").split("|")


def managers_see_the_margin():
    """The administrator sees the margin in the list and on the line (LINE-14)"""
    global app  # pylint: disable=global-statement
    number, amount = earning_line()
    with Application(login="admin") as app:
        app.open_page("Lignes")
        app.find(role="label", text="Marge")
        open_line(number)
        app.find(role="label", text="marge par mois")
        app.find(role="label", text=f"{amount} €")


def others_see_none():
    """Support opens the same line, with its price, and no margin anywhere (LINE-14)"""
    global app  # pylint: disable=global-statement
    number, amount = earning_line()
    with Application(login="support") as app:
        open_line(number)
        app.find(role="label", text="HT par mois")
        assert not app.seek(role="label", text=re.compile("(?i)marge|prix d’achat"))
        assert not app.seek(role="label", text=f"{amount} €")


with Application(login="adv") as app:
    run(a_line_is_found_by_any_form_of_its_number, its_user_changes_with_accents, the_operator_accepts,
        its_offer_changes_from_the_first_of_next_month, twenty_lines_are_suspended, nineteen_are_restored,
        a_line_is_terminated_once)
run(managers_see_the_margin, others_see_none)
