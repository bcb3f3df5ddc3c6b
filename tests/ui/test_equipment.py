"""Machines of a site: made there, moved from state to state, many at once (PARC-12, CRM-02)."""

import re

from driver import Application, query, run, wait_query

CUSTOMER = "Clinique Saint-Vincent"
BOX = "SELECT %s FROM api.equipment WHERE serial_number = 'ESSAI-01'"

app = None


def section(title):
    """The rows below one heading of the record."""
    return app.find(role="list", name=title)


def a_machine_enters_the_stock():
    """A machine is made at the site; its customer follows, and refusals are told on the field"""
    app.site = query("SELECT name FROM api.service WHERE customer_name = :'name' ORDER BY id LIMIT 1", name=CUSTOMER)
    app.open_page("Parc")
    app.fill("Site, client, numéro, SIRET, ville…", CUSTOMER)
    app.click_row(app.site)
    app.press("Autres actions")
    app.press("Nouveau matériel ici")
    machine = section("Matériel")
    app.fill("Marque et modèle", "Box d’essai", machine)
    app.fill("Numéro de série", "ESSAI-01", machine)
    app.fill("IMEI", "490154203237519", machine)
    app.press("Enregistrer")
    app.wait_text(re.compile("IMEI n’est pas valide"), machine)
    app.fill("IMEI", "", machine)
    app.save()
    wait_query(f"in_stock|{CUSTOMER}|{app.site}", BOX % "state, customer_name, service_name")


def it_goes_through_its_states():
    """In service, returned, back in stock, each with its reason kept in the history"""
    for label, reason, state in (("Mettre en service", "Prêt", "in_service_off_contract"), ("Enregistrer le retour", "Panne", "returned"),
                                 ("Remettre en stock", "Réparé", "in_stock")):
        if not app.seek(role="push button", name=label, where=lambda node: node.enabled):
            app.press("Autres actions")
        app.press(label)
        app.fill("Motif (gardé dans son historique)", reason)
        app.press(label)  # in the dialog
        wait_query(f"{state}|{reason}", BOX % "state, state_reason")
        app.find(role="label", text=re.compile(f" · {reason} · adv$"))
    assert query(BOX % "customer_name IS NULL") == "t"


def many_change_their_state():
    """Machines chosen in the list change at once; those that cannot are named with the reason (PARC-12)"""
    query("""SELECT api.equipment_save(jsonb_build_object('label', 'Lot d’essai ' || n, 'serial_number', 'LOT-' || n))
               FROM generate_series(1, 4) AS n;
             SELECT api.equipment_set_state(ARRAY(SELECT id FROM softwhere.equipment WHERE serial_number = 'LOT-3'), 'dead', NULL)""")
    app.open_page("Matériels")
    app.press("Tous")
    app.fill("Modèle, n° de série, IMEI, MAC, client…", "Lot d’essai")
    app.wait_text("1 – 4 sur 4")
    app.choose_rows(re.compile("^Lot d’essai"), 4)
    app.press_menu("Actions")
    app.press("Changer l’état…")
    dialog = app.find(role="dialog")
    app.choose("État", "Retourné", dialog)
    app.fill("Motif (gardé dans son historique)", "Inventaire", dialog)
    app.press("Changer", dialog)
    app.wait_text(re.compile("^3 fiches traitées · 1 "))
    report = app.find(role="dialog")
    app.find(role="label", text=re.compile("Lot d’essai 3"), within=report)
    app.press("Fermer", report)
    wait_query("dead|1,returned|3", """SELECT string_agg(state || '|' || n, ',' ORDER BY state) FROM (SELECT state, count(*) AS n FROM softwhere.equipment
               WHERE serial_number LIKE 'LOT-%' GROUP BY state) AS t""")
    assert query("SELECT count(*) FROM softwhere.equipment_event AS e JOIN softwhere.equipment AS m ON m.id = e.equipment_id "
                 "WHERE m.serial_number LIKE 'LOT-%' AND e.to_state = 'returned' AND e.reason = 'Inventaire' AND e.occurred_by = 'adv'") == "3"


with Application(login="adv") as app:
    run(a_machine_enters_the_stock, it_goes_through_its_states, many_change_their_state)
