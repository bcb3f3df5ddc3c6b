"""Customers, as somebody of the office keeps them (ACCT-*, CONT-*, SITE-*, SHEET-*, CRM-02, CRM-05)."""

import re

from driver import Application, query, run, wait_for, wait_query

SEARCH = "Nom, téléphone, SIRET, ville…"
NAME = "Ateliers de la Rade"
SIRET = "812 345 676 00017"
IBAN = "FR76 3000 6000 0112 3456 7890 189"
CUSTOMER = "SELECT %s FROM api.customer WHERE legal_name = :'name'"

app = None


def section(title):
    """The rows below one heading of the record; they are made anew when another record comes."""
    return app.find(role="list", name=title)


def change_as_accounting(**values):
    """Somebody else saves the same customer meanwhile."""
    pairs = ", ".join(f"'{key}', :'{key}'" for key in values)
    query(f"""SET ROLE compta;
              SELECT api.customer_save(jsonb_build_object('id', id, {pairs}))
                FROM api.customer WHERE legal_name = :'name'""", name=NAME, **values)


def fields_follow_the_legal_kind():
    """The form of a new customer has the fields of its legal kind (ACCT-01)"""
    app.press("Nouveau client")
    identity = section("Identité")
    app.find(name="SIRET", within=identity)
    app.choose("Type juridique", "Particulier", identity)
    app.find(name="Né(e) le", within=identity)
    assert not app.shows("SIRET", identity)
    app.choose("Type juridique", "Association", identity)
    app.find(name="Numéro RNA", within=identity)
    assert not app.shows("Né(e) le", identity)
    app.choose("Type juridique", "Entreprise", identity)
    app.wait_gone("Numéro RNA", identity)


def a_wrong_siret_is_told_on_its_row():
    """A wrong SIRET is told in French on its row, and nothing typed is lost (ACCT-03)"""
    identity = section("Identité")
    app.fill("Raison sociale", NAME, identity)
    app.fill("SIRET", "812 345 676 00018", identity)
    app.press("Enregistrer")
    told = app.wait_text(re.compile("^Ce SIRET n’est pas valable"), identity)
    assert any(row.role == "list item" and row.name == "SIRET" for row in told.ancestors()), told
    app.holds("Raison sociale", NAME, identity)
    app.holds("SIRET", "812 345 676 00018", identity)
    assert query(CUSTOMER % "count(*)", name=NAME) == "0"
    app.fill("SIRET", SIRET, identity)
    app.wait_gone(re.compile("^Ce SIRET n’est pas valable"), identity)


def the_postcode_fills_the_city():
    """The postcode fills the city when there is only one (ACCT-05)"""
    address = section("Adresse")
    app.fill("Adresse", "3 quai de l’Amiral", address)
    app.fill("Code postal", "56860", address)
    app.holds("Ville", "Séné", address)


def a_contact_is_added():
    """A contact is typed in the record (CONT-01)"""
    app.press("Ajouter un contact")
    contacts = section("Contacts")
    app.fill("Prénom", "Maïwenn", contacts)
    app.fill("Nom", "Le Goff", contacts)
    app.fill("Fonction", "Gérante", contacts)
    app.fill("E-mail", "maiwenn@rade.example", contacts)
    app.switch("Reçoit les factures", contacts)


def a_site_has_its_mandate():
    """A billing site starts with the usual terms and takes a SEPA mandate (SITE-01, SITE-04)"""
    app.press("Ajouter un site de facturation")
    sites = section("Sites de facturation")
    app.wait_choice("TVA", "20 %", sites)
    app.wait_choice("Périodicité", "Mensuelle", sites)
    app.choose("Réglée par", "Prélèvement", sites)
    app.fill("IBAN", "FR76 3000 6000 0112 3456 7890 188", sites)
    app.fill("Mandat signé le", "02/11/2026", sites)
    app.press("Enregistrer")
    told = app.wait_text(re.compile("^Cet IBAN n’est pas valable"), sites)
    assert any(row.role == "list item" and row.name == "IBAN" for row in told.ancestors()), told
    app.holds("E-mail", "maiwenn@rade.example", section("Contacts"))
    app.fill("IBAN", IBAN, sites)


def the_customer_is_saved():
    """Saved, the customer has a number, and all of it is in the database (ACCT-02)"""
    app.save()
    app.wait_text(re.compile(r"^\d{4}-\d{6} · Entreprise"))
    number = query(CUSTOMER % "number", name=NAME)
    app.holds("Numéro de client (vide : le suivant)", number, section("Compte"))
    assert query(CUSTOMER % "siret, city, status", name=NAME) == "81234567600017|Séné|awaiting_signature"
    assert query("""SELECT k.last_name, k.job, k.email FROM api.contact k JOIN api.customer c ON c.id = k.customer_id
                     WHERE c.legal_name = :'name'""", name=NAME) == "Le Goff|Gérante|maiwenn@rade.example"
    assert query("""SELECT s.vat_rate, s.payment_method, s.mandate_signed_on, s.mandate_rum IS NOT NULL
                      FROM api.billing_site s JOIN api.customer c ON c.id = s.customer_id
                     WHERE c.legal_name = :'name'""", name=NAME) == "20.00|direct_debit|2026-11-02|t"


def segments_are_kept():
    """Segments ticked are saved, and shown again with the others (SHEET-02)"""
    account = section("Compte")
    app.point(app.find(role="label", text="Segments", within=account))
    for name in ("Bâtiment", "Commerce"):
        app.point(app.find(role="label", text=name, within=account))
    app.save()
    app.wait_text(re.compile("Bâtiment, Commerce|Commerce, Bâtiment"), section("Compte"))
    wait_query("2", """SELECT count(*) FROM softwhere.customer_segment s JOIN api.customer c ON c.id = s.customer_id
                        WHERE c.legal_name = :'name'""", name=NAME)


def it_is_found_by_typing():
    """Typing in the search finds it by name and by city (CRM-02)"""
    app.fill(SEARCH, "atelier rade")
    app.wait_text("1 – 1 sur 1")
    app.fill(SEARCH, "812345676")
    app.wait_text("1 – 1 sur 1")
    app.fill(SEARCH, "nobody is called so")
    app.wait_text("Rien pour « nobody is called so »")
    app.press("Tout afficher")
    app.holds(SEARCH, "")
    app.wait_text(re.compile(r"^1 – \d+ sur 63$"))


def a_note_is_added():
    """An internal note is added below the record (CRM-05)"""
    notes = section("Notes internes")
    app.point(app.entry("Nouvelle note", notes))
    app.type("Rappeler en janvier")
    app.holds("Nouvelle note", "Rappeler en janvier", notes)
    app.key("Return")
    app.wait_text(re.compile("^Claire Morel · "), notes)
    app.find(role="label", text="Rappeler en janvier", within=notes)
    app.holds("Nouvelle note", "", notes)
    wait_for("the tick gone", lambda: app.seek(name="Ajouter la note", within=notes) is None)


def leaving_asks():
    """Leaving with something typed asks, and “go on editing” keeps it"""
    reach = section("Coordonnées")
    app.fill("E-mail", "bonjour@rade.example", reach)
    app.click_row("Agence des Remparts")
    app.wait_text("Enregistrer ce que vous avez tapé ?")
    app.press("Continuer la saisie")
    app.wait_gone("Enregistrer ce que vous avez tapé ?")
    app.holds("E-mail", "bonjour@rade.example", reach)
    app.click_row("Agence des Remparts")
    app.press("Enregistrer")
    app.wait_text("8 rue Porte Poterne")
    wait_query("bonjour@rade.example", CUSTOMER % "email", name=NAME)
    app.click_row(NAME)
    app.holds("E-mail", "bonjour@rade.example", section("Coordonnées"))


def another_field_changed_meanwhile_is_kept():
    """Two people on different fields: both are kept, and nobody is asked"""
    app.fill("Enseigne", "La Rade", section("Identité"))
    change_as_accounting(phone="0261910000")
    app.save()
    app.holds("Téléphone", "02 61 91 00 00", section("Coordonnées"))
    assert query(CUSTOMER % "trading_name, phone", name=NAME).startswith("La Rade|")
    assert query(CUSTOMER % "right(phone, 8)", name=NAME) == "61910000"


def the_same_field_changed_meanwhile_asks():
    """Two people on the same field: a dialog shows both, and the answer is saved"""
    app.fill("Enseigne", "Rade et fils", section("Identité"))
    change_as_accounting(trading_name="Rade & Cie")
    app.press("Enregistrer")
    app.wait_text("Quelqu’un d’autre a changé la même chose")
    app.wait_text("Rade & Cie")
    assert query(CUSTOMER % "trading_name", name=NAME) == "Rade & Cie"
    app.press("Enregistrer")
    wait_query("Rade et fils", CUSTOMER % "trading_name", name=NAME)
    app.holds("Enseigne", "Rade et fils", section("Identité"))


def history_tells_who():
    """The history tells who changed what (SHEET-05)"""
    app.select_tab("Historique")
    app.wait_text(re.compile("^Sophie Guillou · .* · Téléphone$"))
    app.wait_text(re.compile("^Claire Morel · .* · Enseigne$"))
    app.wait_text("Note : création")
    app.wait_text("Mandat : création")


def ask_to_delete(name):
    app.press("Autres actions")
    app.press("Supprimer le client…")
    return app.find(role="dialog", name=f"Supprimer « {name} » ?")


def it_can_be_deleted():
    """Nothing was made for it: deleted once that was asked, it is gone from the list"""
    dialog = ask_to_delete(NAME)
    app.wait_text("Ses contacts, sites de facturation, notes et fichiers disparaissent avec lui. C’est définitif.", dialog)
    app.press("Annuler", dialog)
    assert query(CUSTOMER % "count(*)", name=NAME) == "1"
    ask_to_delete(NAME)
    app.press("Supprimer")
    wait_query("0", CUSTOMER % "count(*)", name=NAME)
    app.wait_text("Client supprimé")
    app.wait_gone("Autres actions")
    app.fill(SEARCH, "")


def one_with_contracts_stays():
    """A customer with a contract is refused in a sentence, and stays (ROLE-05)"""
    name = query("SELECT customer_name FROM api.contract WHERE step = 'periodic_billing' ORDER BY customer_name LIMIT 1")
    app.fill(SEARCH, name)
    app.click_row(name)
    app.select_tab("Fiche")
    app.holds("Raison sociale", name)
    dialog = ask_to_delete(name)
    app.press("Supprimer", dialog)
    app.wait_text("Quelque chose a été fait pour ce client : il reste. Donnez-lui plutôt le statut « Résilié ».", dialog)
    app.press("Annuler", dialog)
    assert query(CUSTOMER % "count(*)", name=name) == "1"


with Application(login="adv") as app:
    run(fields_follow_the_legal_kind, a_wrong_siret_is_told_on_its_row, the_postcode_fills_the_city,
        a_contact_is_added, a_site_has_its_mandate, the_customer_is_saved, segments_are_kept,
        it_is_found_by_typing, a_note_is_added, leaving_asks, another_field_changed_meanwhile_is_kept,
        the_same_field_changed_meanwhile_asks, history_tells_who, it_can_be_deleted, one_with_contracts_stays)
