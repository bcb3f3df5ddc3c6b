"""Twenty lines at once: suspended for non-payment, nineteen restored, a result a line (MLINE-10…12)."""

import re

from driver import Application, query, run, wait_query
from line_steps import SEARCH, confirm

NUMBER = re.compile(r"^0\d( \d\d){4}$")

app = None


def twenty_lines_are_suspended():
    """Twenty lines of a customer who does not pay are restricted at once (MLINE-10, MLINE-11)"""
    app.customer = query("""SELECT l.customer_name FROM api.line AS l JOIN api.operator AS o ON o.id = l.applied_operator_id
        GROUP BY 1 HAVING count(*) FILTER (WHERE l.state = 'active' AND o.provider = 'internal') >= 20 AND bool_and(l.state <> 'restricted') ORDER BY count(*), 1 LIMIT 1""")
    app.open_page("Lignes")
    app.fill(SEARCH, app.customer)
    app.press("Actif")
    app.choose_rows(NUMBER, 20)
    app.press_menu("Actions")
    app.press("Restreindre…")
    dialog = app.find(role="dialog")
    app.find(role="label", text=re.compile("^20 lignes"), within=dialog)
    app.choose("Restriction", "Tous les appels bloqués", dialog)
    app.fill("Motif, pour l’historique", "Impayé", dialog)
    confirm(app, "Restreindre", dialog)
    app.wait_text("20 fiches traitées")
    wait_query("20", "SELECT count(*) FROM api.line_request WHERE action = 'line_restrict' AND status = 'applied' "
               "AND cause = 'Impayé' AND asked_direction = 'both' AND customer_name = :'c'", c=app.customer)


def nineteen_are_restored():
    """Of the twenty, nineteen are restored; the one that could not be is named, with the reason (MLINE-12)"""
    app.press("Restreint")
    app.wait_text("1 – 20 sur 20")
    failing = query("""SELECT id || '|' || number_shown || ' · ' || user_name FROM api.line WHERE customer_name = :'c' AND state = 'restricted'
        ORDER BY number OFFSET 7 LIMIT 1""", c=app.customer)
    line, name = failing.split("|")
    query("""INSERT INTO softwhere.line_request (line_id, customer_id, action, effective_on, provider, requested_by)
        SELECT id, customer_id, 'line_reactivate', rules.today(), 'manual', 'support' FROM softwhere.service_line WHERE id = :id""", id=line)
    app.choose_rows(NUMBER, 20)
    app.press_menu("Actions")
    app.press("Réactiver…")
    confirm(app, "Réactiver", app.find(role="dialog"))
    app.wait_text(re.compile("^19 fiches traitées · 1 "))
    report = app.find(role="dialog")
    app.find(role="label", text=name, within=report)
    app.find(role="label", text="Cela est déjà demandé et n’est pas encore fait.", within=report)
    confirm(app, "Fermer", report)
    wait_query("1", "SELECT count(*) FROM api.line WHERE state = 'restricted' AND customer_name = :'c'", c=app.customer)
    wait_query("restricted", "SELECT state FROM api.line WHERE id = :id", id=line)


with Application(login="adv") as app:
    run(twenty_lines_are_suspended, nineteen_are_restored)
