"""Administration: who we are, how documents are numbered and worded, what the schedule could not bill
(COMPTA-01, WF-40)."""

import re

from driver import Application, query, run, wait_for, wait_query

app = None


def section(title):
    return app.find(role="list", name=title)


def open_section(title):
    app.point(app.find(role="list item", name=re.compile("^" + title)))


def on_row(told, name):
    assert any(row.role == "list item" and row.name == name for row in told.ancestors()), told


def the_company_is_corrected():
    """A wrong IBAN is told on its row and nothing is lost; right, it is saved (COMPTA-01)"""
    app.open_page("Administration")
    open_section("Entreprise")
    app.fill("Banque", "Banque de la Rade", section("Banque"))
    app.fill("IBAN", "FR76 3000 6000 0112 3456 7890 188", section("Banque"))
    app.press("Enregistrer")
    on_row(app.wait_text(re.compile("^Cet IBAN n’est pas valable")), "IBAN")
    app.holds("Banque", "Banque de la Rade", section("Banque"))
    app.fill("IBAN", "FR76 3000 6000 0112 3456 7890 189", section("Banque"))
    app.press("Enregistrer")
    wait_query("Banque de la Rade|FR7630006000011234567890189", "SELECT bank_name, iban FROM softwhere.company")


def every_section_shows_what_is_set():
    """Parameters are there to be read and changed, in each section (MORD-08)"""
    for title, row, field in (("Règles", "Délai de paiement", "payment_days"), ("Télécom", "Au plus tôt", "portability_min_days")):
        open_section(title)
        app.holds(row, query(f"SELECT {field} FROM softwhere.parameter"))


def what_each_role_may_do():
    """What each role sees, changes and closes is told in words (ROLE-01…08)"""
    open_section("Personnes")
    roles = section("Ce que peut chaque rôle")
    app.wait_text(re.compile("^Voit tout, marges comprises\nCrée et modifie : .*règlements.*\nValide et clôt : .*factures"), roles)
    app.wait_text("Voit les clients apportés et ce qui est à eux\nNe modifie rien", roles)


def a_way_to_pay_has_its_text():
    """The text printed for a way to pay is changed in its dialog"""
    label = query("SELECT label FROM softwhere.payment_method WHERE code = 'transfer'")
    open_section("Documents")
    app.click_row(label, section("Texte de chaque mode de paiement"))
    dialog = app.find(role="dialog")
    app.fill("Texte sur les factures", "Par virement sous dix jours.", dialog)
    app.press("Enregistrer", dialog)
    wait_query("Par virement sous dix jours.", "SELECT invoice_text FROM softwhere.payment_method WHERE code = 'transfer'")
    app.wait_text("Par virement sous dix jours.", section("Texte de chaque mode de paiement"))


def numbers_are_shown_beforehand():
    """The next number is shown; a form without its number is refused on its row, a good one changes it"""
    series = section("Numérotation")
    app.click_row("Factures", series)
    dialog = app.find(role="dialog")
    app.fill("Forme du numéro", "SANS", dialog)
    app.press("Enregistrer", dialog)
    wait_for("the refusal on its row", lambda: any(
        node.role == "label" and any(row.name == "Forme du numéro" and row.role == "list item" for row in node.ancestors())
        and len(node.name) > 20 for node in app.nodes(dialog)))
    app.fill("Forme du numéro", "FA{AAAA}-{N:6}", dialog)
    app.press("Enregistrer", dialog)
    app.wait_text(re.compile(r"FA2026-\d{6}$"), section("Numérotation"))


def a_failure_is_tried_again():
    """What the schedule could not bill says why; once its cause is mended, trying again bills it (WF-40)"""
    contract, site = query("""SELECT f.contract_id, c.billing_site_id FROM api.job_failure f
        JOIN softwhere.contract c ON c.id = f.contract_id ORDER BY f.id LIMIT 1""").split("|")
    open_section("Échéancier")
    failures = section("Contrats que l’échéancier n’a pas pu facturer")
    app.press("Réessayer", failures)
    app.wait_text("Nouvel échec")
    app.press("Fermer", app.find(role="dialog"))
    query("UPDATE softwhere.billing_site SET vat_exemption = 'Article 259-1 du CGI' WHERE id = :site", site=site)
    invoices = int(query("SELECT count(*) FROM softwhere.invoice WHERE contract_id = :contract", contract=contract))
    app.press("Réessayer", section("Contrats que l’échéancier n’a pas pu facturer"))
    wait_query("t", f"SELECT count(*) > {invoices} FROM softwhere.invoice WHERE contract_id = :contract", contract=contract)
    app.wait_text("Aucun : tout ce qui était dû est facturé")


with Application(login="admin") as app:
    run(the_company_is_corrected, every_section_shows_what_is_set, what_each_role_may_do, a_way_to_pay_has_its_text, numbers_are_shown_beforehand, a_failure_is_tried_again)
