"""SIM cards: stock, state with its history, a lost card replaced by its +33 number (SIM-01, SIM-02, MLINE-17…19)."""

import re

from driver import ROWS, Application, query, run, wait_for, wait_query

STOCK = "SELECT iccid FROM softwhere.sim_card WHERE state = 'in_stock' AND operator_id = {} ORDER BY iccid LIMIT 1"

app = None


def shown(iccid):
    """An ICCID as it is read: in groups of four."""
    return re.sub("(.{4})(?=.)", r"\1 ", iccid)


def it_counts_the_stock():
    """Each operator's stock, with a warning under its threshold; pressing it limits the list (SIM-01)"""
    app.wait_text("Clients")
    app.open_page("Cartes SIM")
    level = query("SELECT in_stock || ' ' || sim_alert_level FROM api.sim_stock WHERE operator_name = 'Orange ALP'").split()
    app.press(f"Orange ALP: {level[0]} en stock, au moins {level[1]} souhaitées")
    total = query("SELECT count(*) FROM api.sim_card WHERE operator_name = 'Orange ALP'")
    wait_for("only its cards", lambda: app.shows(re.compile(f"^{total}( ·|$)")))


def a_card_is_found_by_its_end():
    """The end of a number finds the card; a state is changed with its reason, and kept in the history (SIM-02)"""
    iccid = query(STOCK.format("(SELECT id FROM softwhere.operator WHERE name = 'Orange')") + " OFFSET 5")
    app.key("ctrl+k")
    app.fill("Tout chercher", iccid[-7:])
    app.find(role="label", text=shown(iccid))
    app.key("Return")
    app.wait_text("Situation")
    app.press("Autres actions")
    app.press("Déclarer défectueuse…")
    app.fill("Motif (gardé dans l’historique)", "Pliée")
    app.press("Déclarer défectueuse")
    wait_query("defective|Pliée", f"SELECT state || '|' || state_reason FROM softwhere.sim_card WHERE iccid = '{iccid}'")
    app.find(role="label", text=re.compile("adv · Pliée$"))


def a_lost_card_is_replaced():
    """By its +33 number and the new card, with what they are, on the spot and in the end (MLINE-17…19)"""
    line, number, operator, user, old = query(
        "SELECT l.id || '|' || l.number || '|' || applied_operator_id || '|' || user_name || '|' || iccid FROM api.line AS l "
        "WHERE state = 'active' AND operator_name = 'Bouygues' AND open_requests = 0 AND iccid IS NOT NULL ORDER BY id LIMIT 1").split("|")
    other = query(STOCK.format("(SELECT id FROM softwhere.operator WHERE name = 'Orange')"))
    new = query(STOCK.format(operator))
    app.press("Remplacer une carte SIM…")
    app.fill("Ligne (+33…)", number)
    app.wait_text(user)
    app.wait_text(shown(old))
    app.fill("Nouvelle carte (ICCID)", other)
    app.wait_text("Cette carte SIM est d’un autre opérateur.")
    app.fill("Nouvelle carte (ICCID)", new)
    app.wait_gone("Cette carte SIM est d’un autre opérateur.")
    app.fill("Motif (perdue, cassée…)", "Perdue")
    app.press("Remplacer")
    app.wait_text("Remplacement demandé")
    wait_query(f"line_swap_sim|queued|{new}",
               f"SELECT action || '|' || status || '|' || (operator_data ->> 'iccid') FROM api.line_request WHERE line_id = {line} ORDER BY id DESC LIMIT 1")
    wait_query("reserved", f"SELECT state FROM softwhere.sim_card WHERE iccid = '{new}'")
    app.press("Fermer")
    query(f"SELECT api.line_request_accept(ARRAY(SELECT id FROM api.line_request WHERE line_id = {line} AND is_open))")
    wait_query("active replaced", f"SELECT string_agg(state, ' ' ORDER BY state) FROM softwhere.sim_card WHERE iccid IN ('{new}', '{old}')")


def a_card_is_replaced_from_its_line():
    """The record of a line replaces its card; accepted by the operator, it shows both, one in service (MLINE-17, SIM-02)"""
    line, number, operator, old = query(
        "SELECT l.id || '|' || l.number_shown || '|' || applied_operator_id || '|' || iccid FROM api.line AS l JOIN api.operator AS o ON o.id = applied_operator_id "
        "WHERE l.state = 'active' AND o.provider = 'manual' AND operator_name = 'Orange' AND open_requests = 0 AND iccid IS NOT NULL ORDER BY l.id LIMIT 1").split("|")
    new = query(STOCK.format(operator))
    app.key("ctrl+k")
    app.fill("Tout chercher", number)
    app.find(role="label", text=number, where=lambda node: any(above.role in ROWS for above in node.ancestors()))
    app.key("Return")
    cards = app.find(role="list", name=re.compile("^Cartes? SIM$"))
    app.find(role="label", text=shown(old), within=cards)
    app.press("Remplacer la carte SIM…")
    dialog = app.find(role="dialog")
    app.find(role="label", text=shown(old), within=dialog)  # the line is known: nobody types its number
    app.fill("Nouvelle carte (ICCID)", new, dialog)
    app.fill("Motif (perdue, cassée…)", "Volée", dialog)
    app.press("Remplacer", dialog)
    app.wait_text("Remplacement demandé")
    app.press("Fermer")
    app.find(role="label", text=shown(new), within=cards)
    query(f"SELECT api.line_request_accept(ARRAY(SELECT id FROM api.line_request WHERE line_id = {line} AND is_open))")
    wait_query(f"{new}", f"SELECT iccid FROM api.line WHERE id = {line}")
    for iccid, state in ((new, "En service"), (old, "Remplacée")):
        app.find(role="label", text=state, where=lambda node, iccid=iccid: any(
            above.role in ROWS and app.shows(shown(iccid), above) for above in node.ancestors()), within=cards)


with Application(login="adv") as app:
    run(it_counts_the_stock, a_card_is_found_by_its_end, a_lost_card_is_replaced, a_card_is_replaced_from_its_line)
