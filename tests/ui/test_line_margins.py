"""What lines cost and earn: for managers only (LINE-12…14)."""

import re

from driver import Application, query, run
from line_steps import open_line

app = None


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
        open_line(app, number)
        app.find(role="label", text="marge par mois")
        app.find(role="label", text=f"{amount} €")


def others_see_none():
    """Support opens the same line, with its price, and no margin anywhere (LINE-14)"""
    global app  # pylint: disable=global-statement
    number, amount = earning_line()
    with Application(login="support") as app:
        open_line(app, number)
        app.find(role="label", text="HT par mois")
        assert not app.seek(role="label", text=re.compile("(?i)marge|prix d’achat"))
        assert not app.seek(role="label", text=f"{amount} €")


run(managers_see_the_margin, others_see_none)
