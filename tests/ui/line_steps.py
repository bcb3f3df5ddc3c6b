"""What the scripts of lines have in common: a line to work on, its page, its actions."""

import re

from driver import query

SEARCH = "Numéro, utilisateur, client, site…"
MOBILE = ("manual", "Forfait mobile%")
FIXED = ("internal", "Centrex – poste utilisateur%")
LINE = """SELECT l.%s FROM api.line AS l JOIN api.operator AS o ON o.id = l.applied_operator_id
           WHERE o.provider = '%s' AND l.state = 'active' AND l.open_requests = 0 AND l.subscription LIKE '%s'
           ORDER BY l.number LIMIT 1"""


def line_of(what, operator):
    """What of the first line of an operator on which nothing is asked."""
    return query(LINE % (what, *operator))


def open_line(app, number):
    """The page of a line, found by its number."""
    app.open_page("Lignes")
    app.press("Tous")
    app.fill(SEARCH, number)
    app.click_row(number)
    app.find(role="label", text=re.compile("^Abonnement et options$"))


def ask(app, action):
    """Chooses an action in the menu of the open line; its dialog."""
    app.press("Autres actions")
    app.press(action)
    return app.find(role="dialog")


def confirm(app, name, dialog):
    """Presses a button of a dialog, whose name holds its mnemonic before its words."""
    app.press(re.compile(f"(^| ){name}$"), dialog)
