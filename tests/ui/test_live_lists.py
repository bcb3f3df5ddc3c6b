"""What belongs to an open record follows what colleagues do: contracts and invoices of a customer (issue 3, Live)."""

import re

from driver import Application, plain, query, run, wait_for, wait_query

NAME = "Chantier naval du Crouesty"

app = None
customer = query("SELECT id FROM softwhere.customer WHERE legal_name = :'name'", name=NAME)


def line(number):
    """All that the row of that number says."""
    label = app.find(role="label", name=number, where=lambda node: any(
        above.role == "list item" for above in node.ancestors()))
    row = next(node for node in label.ancestors() if node.role == "list item")
    return " | ".join(plain(node.name) for node in row.walk() if node.role == "label")


def row_says(number, pattern):
    wait_for(f"{number} says {pattern}", lambda: re.search(pattern, line(number)))


def invoices_follow():
    """An invoice a colleague writes appears on the customer, and is paid there when they record the payment"""
    app.select_tab("Factures")
    number = query("SELECT number FROM api.invoice WHERE customer_id = :id AND state = 'issued'", id=customer)
    row_says(number, "À régler")
    query("SET ROLE compta; SELECT api.invoice_pay(id, balance, current_date, 'transfer') FROM api.invoice WHERE number = :'n'",
          n=number)
    row_says(number, "Réglée")
    assert not app.shows("Sans numéro")
    query("SET ROLE compta; SELECT api.invoice_save_draft(jsonb_build_object('customer_id', :id, 'kind', 'manual', 'lines', "
          "jsonb_build_array(jsonb_build_object('label', 'Intervention', 'quantity', 1, 'unit_price', 100, 'vat_rate', 20)), "
          "'billing_site_id', (SELECT min(id) FROM softwhere.billing_site WHERE customer_id = :id)))",
          id=customer)
    app.wait_text("Sans numéro")


def contracts_follow():
    """A contract a colleague cancels says so on the customer"""
    app.select_tab("Contrats")
    number = query("SELECT number FROM api.contract WHERE customer_id = :id AND step = 'creation'", id=customer)
    row_says(number, "Création contrat")
    query("SET ROLE adv; SELECT api.contract_cancel(id, 'Le client renonce') FROM api.contract WHERE number = :'n'", n=number)
    wait_query("cancelled", "SELECT step FROM api.contract WHERE number = :'n'", n=number)
    row_says(number, "Contrat annulé")


def typing_is_kept():
    """What is typed meanwhile stays"""
    app.select_tab("Fiche")
    app.fill("Enseigne", "Le Crouesty")
    query("SET ROLE compta; SELECT api.invoice_delete_draft(id) FROM api.invoice WHERE customer_id = :id AND status = 'draft'",
          id=customer)
    wait_for("one invoice less", lambda: app.seek(role="page tab", name=re.compile("^Factures"), where=lambda node: str(
        query("SELECT count(*) FROM api.invoice WHERE customer_id = :id", id=customer)) in node.name))
    app.holds("Enseigne", "Le Crouesty")
    app.press("Abandonner les modifications")


with Application(login="adv") as app:
    app.fill("Nom, téléphone, SIRET, ville…", NAME)
    app.wait_text("1 – 1 sur 1")
    app.click_row(NAME)
    run(invoices_follow, contracts_follow, typing_is_kept)
