"""The parc of a customer, its sites and machines, as the office keeps them (PARC-01…12, LINE-14, CRM-02)."""

import re

from driver import ROWS, Application, query, run, wait_for, wait_query

CUSTOMER = "Clinique Saint-Vincent"
SITE = "Annexe du port"
SERVICE = "SELECT %s FROM api.service WHERE name = :'site'"
BOX = "SELECT %s FROM api.equipment WHERE serial_number = 'ESSAI-01'"

app = None


def section(title):
    """The rows below one heading of the record."""
    return app.find(role="list", name=title)


def press_menu(name):
    """The button inside a menu button, which has the same name and the action."""
    app.do(wait_for(name, lambda: list(app.find_all(role="push button", name=name))[1:2]
                    or list(app.find_all(role="toggle button", name=name))[:1])[0])


def the_parc_is_grouped():
    """The record of a customer shows its parc by type, with totals and prices; no margin for sales administration (PARC-02, LINE-14)"""
    app.wait_text("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", CUSTOMER)
    app.wait_text("1 – 1 sur 1")
    app.click_row(CUSTOMER)
    lines = query("""SELECT count(*) FROM api.line AS l WHERE customer_name = :'name' AND activity NOT IN ('terminated', 'obsolete')""", name=CUSTOMER)
    app.find(role="page tab", name=re.compile(rf"^Parc +{lines}$"))
    app.select_tab("Parc")
    app.wait_text(re.compile(r"^1 site · \d+ lignes.* par mois$"))
    fixed = query("SELECT count(*) FROM api.line WHERE customer_name = :'name' AND kind = 'fixed' AND activity NOT IN ('terminated', 'obsolete')", name=CUSTOMER)
    app.find(name=f"Fixe, {fixed} lignes")
    assert not app.shows(re.compile("^marge "))


def a_line_is_found_there():
    """Typing the end of a number, spaces or not, leaves that line; its history unfolds; pressing it opens it"""
    number, shown = query("""SELECT '0' || substr(number, 4) || '|' || number_shown FROM api.line
                              WHERE customer_name = :'name' AND state = 'active' AND kind = 'fixed' ORDER BY number DESC LIMIT 1""", name=CUSTOMER).split("|")
    app.fill("Chercher dans le parc", number)
    app.find(role="label", text=shown)
    wait_for("one line alone", lambda: len(app.find_all(name=re.compile("^Historique de 0"), role="push button")) == 1)
    app.press(f"Historique de {shown}")
    app.wait_text(re.compile(r"^(depuis le|du) \d\d/\d\d/\d{4}"))
    app.click_row(shown)
    app.find(role="list", name="Abonnement et options")  # the page of the line
    app.find(role="label", text=shown)
    app.open_page("Clients")


def a_site_takes_the_address_of_the_account():
    """A new site from the customer's parc shows the address that serves; a wrong SIRET is told on its row (PARC-04, PARC-07, PARC-08)"""
    app.press("Nouveau site")
    site = section("Site")
    app.wait_text(query("SELECT address_1 || ', ' || postcode || ' ' || city FROM api.customer WHERE legal_name = :'name'", name=CUSTOMER))
    app.fill("Dénomination (vide : celle du client)", SITE, site)
    app.fill("SIRET", "812 345 676 00018", section("Références"))
    app.choose("Type", "Internet", site)
    app.press("Enregistrer")
    app.wait_text(re.compile("^Ce SIRET n’est pas valable"), section("Références"))
    app.fill("SIRET", "", section("Références"))
    app.fill("Prestataire informatique", "Golfe Informatique", section("Références"))
    app.save()
    wait_query("internet|f|Golfe Informatique", SERVICE % "kind, own_address, it_contractor", site=SITE)


def then_its_own_address():
    """Switched on, its own address starts as a copy of the account's, and is then changed; a wrong postcode is told on its row (PARC-07)"""
    address = section("Adresse")
    app.switch("Adresse propre au site", address)
    account = query("SELECT address_1 FROM api.customer WHERE legal_name = :'name'", name=CUSTOMER)
    app.holds("Adresse", account, address)
    app.fill("Code postal", "5600", address)
    app.press("Enregistrer")
    app.wait_text(re.compile("^Un code postal"), address)
    app.fill("Code postal", "56400", address)
    app.fill("Ville", "Auray", address)
    app.save()
    wait_query(f"t|{account}|56400|Auray", SERVICE % "own_address, address_1, postcode, city", site=SITE)


def a_machine_enters_the_stock():
    """A machine is made at the site; its customer follows, and refusals are told on the field"""
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
    wait_query(f"in_stock|{CUSTOMER}|{SITE}", BOX % "state, customer_name, service_name")


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
    """Machines chosen in the list change at once; those that cannot are named with the reason (PARC-12, BULK-10)"""
    query("""SELECT api.equipment_save(jsonb_build_object('label', 'Lot d’essai ' || n, 'serial_number', 'LOT-' || n))
               FROM generate_series(1, 4) AS n;
             SELECT api.equipment_set_state(ARRAY(SELECT id FROM softwhere.equipment WHERE serial_number = 'LOT-3'), 'dead', NULL)""")
    app.open_page("Matériels")
    app.press("Tous")
    app.fill("Modèle, n° de série, IMEI, MAC, client…", "Lot d’essai")
    app.wait_text("1 – 4 sur 4")
    rows = [app.find(role="label", text=f"Lot d’essai {n}", where=lambda node: any(above.role in ROWS for above in node.ancestors())) for n in (1, 4)]
    app.point(rows[0])
    app._xdotool("keydown", "shift")
    app.point(rows[1])
    app._xdotool("keyup", "shift")
    app.wait_text("4 sélectionnées")
    press_menu("Actions")
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
    run(the_parc_is_grouped, a_line_is_found_there, a_site_takes_the_address_of_the_account, then_its_own_address,
        a_machine_enters_the_stock, it_goes_through_its_states, many_change_their_state)
