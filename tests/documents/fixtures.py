"""The invoices the tests draw: what api.invoice_document() returns, for cases chosen by hand."""

import copy

SELLER = {
    "name": "Actif Télécom",
    "tagline": "Téléphonie · Internet · Mobile · Cybersécurité",
    "address_1": "12 quai de la Rabine", "address_2": None,
    "postcode": "56000", "city": "Vannes", "country": "FR",
    "phone": "+33297000000", "email": "compta@actif.example", "website": None,
    "legal_form": "SAS", "share_capital": "50000.00", "rcs_city": "Vannes",
    "siren": "732829320", "siret": None, "vat_number": "FR44732829320", "ape": "61.90Z",
    "iban": "FR7630006000011234567890189", "bic": "AGRIFRPPXXX", "bank_name": "Crédit Exemple",
    "ics": "FR72ZZZ123456", "brand_color": "#1a5fb4", "vat_group": None, "franchise": False,
}

LATE_PROFESSIONAL = (
    "En cas de retard de paiement : pénalités au taux de 12,15 % l'an, exigibles sans rappel dès "
    "le lendemain de l'échéance, et indemnité forfaitaire de 40 € pour frais de recouvrement "
    "(art. L441-10 et D441-5 du code de commerce).")
LATE_INDIVIDUAL = (
    "Toute somme non réglée à l'échéance porte intérêt au taux légal après mise en demeure.")


def line(label, quantity, price, net, detail=None, rate="20", unit=""):
    return {"label": label, "detail": detail, "quantity": quantity, "unit": unit,
            "unit_price": price, "vat_rate": rate, "net": net}


PHARMACY = {
    "id": 12, "kind": "periodic", "status": "issued", "number": "F-2026-03187",
    "issued_on": "2026-11-01", "payment_due_on": "2026-11-16",
    "contract_number": "C-2026-0412", "customer_number": "1000-000412",
    "period_start_on": "2026-11-01", "period_end_on": "2026-11-30", "purchase_order": None,
    "seller": SELLER,
    "buyer": {"name": "PHARMACIE DU PORT", "trading_name": None, "contact": "Mme Anne Le Bris",
              "service": "service comptabilité", "address_1": "4 place Gambetta",
              "address_2": None, "postcode": "56000", "city": "Vannes", "country": "FR",
              "siren": "552100554", "vat_number": "FR96552100554", "professional": True},
    "delivery_address": None,
    "sections": [
        {"code": "subscription", "title": None, "lines": [
            line("Fibre Pro 1 Gb/s", "1", "59.00", "59.00",
                 "Vannes, 4 place Gambetta · du 01/11 au 30/11/2026"),
            line("Centrex – poste utilisateur", "6", "14.90", "89.40", "02 97 00 10 20 à 25"),
            line("Forfait mobile 50 Go 5G", "4", "19.90", "79.60",
                 "06 12 34 56 78 · 06 12 34 56 79 · 07 88 99 00 11 · 07 88 99 00 12"),
            line("Changement d'offre ligne 06 12 34 56 79, prorata 16/30", "1", "5.33", "5.33")]},
        {"code": "usage", "title": "Communications hors forfait", "lines": [
            line("Appels vers l'étranger (12 appels, 48 min 10 s)", "1", "7.84", "7.84",
                 "Détail en annexe, numéros masqués")]},
        {"code": "meter", "title": "Relevés de compteurs – octobre 2026", "lines": [
            line("Canon iR C3326, noir : 740 copies au-delà du forfait", "740", "0.0065", "4.81"),
            line("Canon iR C3326, couleur : 582 copies", "582", "0.0520", "30.26"),
            line("Maintenance copieur, pièces et déplacements inclus", "1", "67.76", "67.76")]}],
    "readings": [
        {"equipment": "Canon iR C3326", "serial_number": "2JX04511", "meter": "Noir",
         "previous_on": "2026-09-30", "previous_value": "41210", "read_on": "2026-10-31",
         "value": "43950", "consumed": "2740", "included": "2000", "source": "entered"},
        {"equipment": "Canon iR C3326", "serial_number": "2JX04511", "meter": "Couleur",
         "previous_on": "2026-09-30", "previous_value": "8120", "read_on": "2026-10-31",
         "value": "8702", "consumed": "582", "included": "0", "source": "estimated"}],
    "vat": [{"rate": "20", "category": "S", "base": "344.00", "amount": "68.80",
             "exemption": None}],
    "total_net": "344.00", "total_vat": "68.80", "total_gross": "412.80", "paid": "0.00",
    "balance": "412.80", "credited": None, "deposits": [],
    "payment": {"method": "direct_debit", "text": None, "debit_on": "2026-11-16",
                "iban_masked": "FR76 •••• •••• •••• •••• ••01 89", "holder": "PHARMACIE DU PORT",
                "rum": "ADT-000412-001", "ics": "FR72ZZZ123456"},
    "texts": {"late_payment": LATE_PROFESSIONAL,
              "discount": "Pas d'escompte pour paiement anticipé", "footer": None,
              "vat_on_debits": True, "operation_nature": "services"},
    "commitment": None,
    "interlocutor": {"name": "Claire Morel", "phone": "+33297000012",
                     "email": "claire.morel@actif.example"},
}


def variant(**changes):
    invoice = copy.deepcopy(PHARMACY)
    invoice.update(changes)
    return invoice


def cents(amount):
    """12345 as the server writes it: "123.45"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def totals(invoice):
    """Sets the sums from the lines, VAT by rate on the sum of lines, half away from zero."""
    bases = {}
    for section in invoice["sections"]:
        for entry in section["lines"]:
            amount = round(float(entry["net"]) * 100)
            bases[entry["vat_rate"]] = bases.get(entry["vat_rate"], 0) + amount
    vat = []
    for rate, base in bases.items():
        product = base * round(float(rate) * 100)
        amount = (abs(product) + 5000) // 10000 * (1 if product >= 0 else -1)
        vat.append({"rate": rate, "category": "S" if float(rate) else "AE", "base": cents(base),
                    "amount": cents(amount), "exemption": None})
    net = sum(bases.values())
    tax = sum(round(float(entry["amount"]) * 100) for entry in vat)
    invoice.update(vat=vat, total_net=cents(net), total_vat=cents(tax),
                   total_gross=cents(net + tax), balance=cents(net + tax), paid="0.00")
    return invoice


def individual():
    invoice = variant(
        id=13, number="F-2026-03188", contract_number="C-2026-0511", readings=[],
        customer_number="1000-000511",
        buyer={"name": "M. Yann Kervella", "trading_name": None, "contact": None, "service": None,
               "address_1": "Résidence des Îles, bâtiment C", "address_2": "8 rue du Four",
               "postcode": "56470", "city": "La Trinité-sur-Mer", "country": "FR",
               "siren": None, "vat_number": None, "professional": False},
        delivery_address={"name": "Mme Soazig Kervella", "address_1": "3 impasse du Moulin",
                          "address_2": None, "postcode": "56340", "city": "Carnac",
                          "country": "FR"},
        sections=[{"code": "subscription", "title": None, "lines": [
                      line("Fibre Famille 500 Mb/s", "1", "24.99", "24.99",
                           "Du 01/11 au 30/11/2026")]},
                  {"code": "third_party", "title": None, "lines": [
                      line("Numéros surtaxés (2 appels)", "1", "3.20", "3.20")]},
                  {"code": "one_off", "title": None, "lines": [
                      line("Livre numérique", "1", "9.48", "9.48", rate="5.5")]}],
        payment={"method": "transfer", "text": None, "debit_on": None, "iban_masked": None,
                 "holder": None, "rum": None, "ics": None},
        commitment={"until": "2027-12-31"})
    invoice["texts"] = dict(invoice["texts"], late_payment=LATE_INDIVIDUAL,
                            operation_nature="mixed",
                            footer="Service clients : 02 97 00 00 01, du lundi au vendredi de "
                                   "8 h 30 à 18 h. Médiateur des communications électroniques : "
                                   "mediation-telecom.org.")
    return totals(invoice)


def credit_note():
    invoice = variant(
        id=14, kind="credit_note", number="A-2026-00021", payment_due_on=None, readings=[],
        credited={"number": "F-2026-03121", "issued_on": "2026-10-01"},
        sections=[{"code": "adjustment", "title": None, "lines": [
            line("Fibre Pro 1 Gb/s, interruption de service", "-1", "59.00", "-59.00",
                 "Du 03/10 au 31/10/2026"),
            line("Forfait mobile 50 Go 5G", "-62", "19.90", "-1233.80")]}],
        payment={"method": "direct_debit", "text": "Le montant sera prélevé à l'échéance.",
                 "debit_on": None, "iban_masked": None, "holder": None,
                 "rum": None, "ics": None})
    return totals(invoice)


def long_invoice(n_lines=120):
    """Amounts that differ, some negative, so that a wrong carried total cannot look right."""
    lines = []
    for i in range(n_lines):
        amount = (i * 7919 + 1234) % 20000 - (3000 if i % 17 == 5 else 0)
        lines.append(line(f"Poste {i + 1:03d} – forfait illimité", "1", cents(amount),
                          cents(amount), f"02 97 00 {i // 100:02d} {i % 100:02d}"
                          if i % 3 == 0 else None))
    third = n_lines // 3
    invoice = variant(
        id=15, number="F-2026-03190", sections=[
            {"code": "subscription", "title": None, "lines": lines[:third]},
            {"code": "usage", "title": None, "lines": lines[third:2 * third]},
            {"code": "other", "title": "Site de Ploërmel", "lines": lines[2 * third:]}])
    return totals(invoice)


def draft():
    return variant(id=16, status="draft", number=None, issued_on=None, payment_due_on=None)


def extremes():
    """Everything too long and too large at once."""
    invoice = variant(
        id=17, number="F-2026-EXTREME-0000000000000000001", readings=[], purchase_order="BC/2026/7",
        sections=[{"code": "subscription", "title": "Une section au titre si long qu'elle ne peut "
                   "tenir sur une seule ligne de la page et doit donc continuer sur la suivante",
                   "lines": [
                       line("Interconnexion " + "très haut débit " * 12 + "FIN-LIBELLÉ", "1234567.5",
                            "1234567.123456", "999999999999.99", "détail " * 60 + "FIN-DÉTAIL",
                            unit="Go"),
                       line("X" * 150, "1", "-12.5", "-12.50", rate="8.5"),
                       line("Autoliquidée", "1", "10", "10.00", rate="0"),
                       line("mot " * 2600 + "FIN-ROMAN", "1", "1.00", "1.00")]}],
        delivery_address={"name": "ENTREPÔT " * 6, "address_1": "1 rue " + "de la Paix " * 9,
                          "address_2": None, "postcode": "97410", "city": "Saint-Pierre",
                          "country": "FR"})
    invoice["seller"] = dict(SELLER, name="Société Coopérative d'Intérêt Collectif des Réseaux et "
                             "Télécommunications du Grand Ouest Atlantique", tagline="Mot " * 40,
                             brand_color="#f6d32d")
    invoice["buyer"] = dict(invoice["buyer"], name="SYNDICAT INTERCOMMUNAL À VOCATION UNIQUE POUR "
                            "LA GESTION DES EAUX ET DE L'ASSAINISSEMENT DE LA PRESQU'ÎLE",
                            address_2="Bâtiment administratif, troisième étage, porte 12, "
                                      "escalier B au fond de la cour")
    return totals(invoice)


def settled():
    """A final invoice after a deposit and a payment, still owing something."""
    invoice = variant(
        id=18, kind="final", number="F-2026-03191", readings=[], purchase_order="BC-7781",
        deposits=[{"number": "F-2026-02001", "issued_on": "2026-08-03", "amount": "100.00"}],
        paid="150.00", balance="262.80", commitment={"ended": True},
        payment={"method": "cheque", "text": "Merci de joindre le talon.", "debit_on": None,
                 "iban_masked": None, "holder": None, "rum": None, "ics": None})
    return invoice


def empty():
    return totals(variant(id=19, number="F-2026-03192", sections=[], readings=[]))


ALL = {
    "pharmacy": PHARMACY,
    "individual": individual(),
    "credit-note": credit_note(),
    "long": long_invoice(),
    "draft": draft(),
    "extremes": extremes(),
    "settled": settled(),
    "empty": empty(),
}

if __name__ == "__main__":
    import json
    import pathlib
    import sys

    for name, invoice in ALL.items():
        path = pathlib.Path(sys.argv[1]) / f"{name}.json"
        path.write_text(json.dumps(invoice, ensure_ascii=False, indent=1), encoding="utf-8")
