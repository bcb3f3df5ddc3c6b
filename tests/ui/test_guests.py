"""What is not allowed is not offered: a partner and a customer read their own share, support and technicians do
their part and no more (ROLE-01…08, ACCS-02)."""

import re

from driver import EDITABLE, Application, query, run, wait_for

SHARED = ["Clients", "Contrats", "Commandes", "Parc", "Matériels", "Lignes", "Opérations", "Cartes SIM", "Factures"]
RELATIONS = {"Clients": "customer", "Contrats": "contract", "Parc": "service", "Matériels": "equipment", "Lignes": "line",
             "Opérations": "line_request", "Cartes SIM": "sim_card", "Factures": "invoice"}
CHANGES = re.compile("^(Nouve|Ajouter|Supprimer|Retirer|Importer|Remplacer|Facturer|Enregistrer un paiement|Activer|Valider)")

app = None


def pages():
    """The titles of the sidebar, without their badges."""
    items = app.find_all(role="list item", within=app.find(role="list", name="Pages"))
    return [item.name.split(",")[0] for item in items]


def offered():
    """The buttons that would change something."""
    return [node.name for node in app.find_all(role="push button") if CHANGES.match(node.name or "")]


def heard():
    """Waits until the program has heard every key so far: the search that opens for one more has them all behind it."""
    app.key("ctrl+k")
    app.entry("Tout chercher")
    app.key("Escape")
    wait_for("the search is closed", lambda: app.seek(name="Tout chercher", where=lambda node: EDITABLE in node.interfaces) is None)


def typing_changes(name):
    """Whether a person who clicks on that field and types gets what they typed."""
    before = app.entry(name).content
    app.point(app.entry(name))
    app.type("9")
    app.key("Tab")
    heard()
    return app.entry(name).content != before


def reads_their_share(login):
    """Every page lists what the server shows this login, and offers nothing it would refuse."""
    global app
    with Application(login=login) as app:
        app.find(role="list", name="Pages")
        assert pages() == SHARED, pages()
        for title, relation in RELATIONS.items():
            app.open_page(title)
            count = int(query(f"SET ROLE {login}; SELECT count(*) FROM api.{relation}").split()[-1])
            wait_for(f"{count} rows of {title}", lambda: app.shows(re.compile(f"sur {count}$")) if count else
                     not app.shows(re.compile("sur [0-9]+$")))
            assert not offered(), (title, offered())
        name = query(f"SET ROLE {login}; SELECT legal_name FROM api.customer ORDER BY id LIMIT 1").split("\n")[-1]
        app.open_page("Clients")
        app.click_row(name)
        app.holds("Raison sociale", name)
        assert not typing_changes("Raison sociale")
        assert not offered(), offered()
        app.key("ctrl+n")
        app.key("ctrl+s")
        heard()
        app.holds("Raison sociale", name)
        number = query(f"SET ROLE {login}; SELECT number FROM api.contract WHERE step = 'periodic_billing' ORDER BY id LIMIT 1").split("\n")[-1]
        app.open_page("Contrats")
        app.click_row(number)
        app.find(role="text", name="Intitulé")
        assert not typing_changes("Intitulé")
        assert not offered(), offered()
        assert not app.shows("À faire avant l’étape suivante")


def a_partner_reads():
    """A partner reads the customers they brought, and changes nothing"""
    reads_their_share("partenaire")


def a_customer_reads():
    """A customer reads their own account, and changes nothing"""
    reads_their_share("client")


def a_technician_keeps_machines():
    """A technician writes on machines, and only reads contracts and customers"""
    global app
    with Application(login="technicien") as app:
        app.find(role="list", name="Pages")
        app.open_page("Contrats")
        app.wait_text(re.compile("sur [0-9]+$"))
        assert not [name for name in offered() if name == "Nouveau contrat"]
        app.open_page("Matériels")
        app.find(role="push button", name="Nouveau matériel")
        app.click_row(query("SELECT label FROM api.equipment GROUP BY 1 HAVING count(*) = 1 ORDER BY 1 LIMIT 1"))
        app.find(role="text", name="Numéro de série")
        assert typing_changes("Numéro de série")


run(a_partner_reads, a_customer_reads, a_technician_keeps_machines)
