"""Working beside colleagues: their changes come by themselves, who else has the record open is shown, and what
two people saved is merged field by field (issue 3, Live; TICK-06, ROLE-01)."""

import configparser
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "server", "lib"))
from psql import Session  # noqa: E402
from driver import Application, query, run, wait_for, wait_query  # noqa: E402

NAME = "Agence des Remparts"
OPEN_TOO = "Sophie Guillou a aussi cette fiche ouverte"

app = None
logins = configparser.ConfigParser(interpolation=None)
logins.read(os.environ["SOFTWHERE_DEMO_INI"])
customer = query("SELECT id FROM softwhere.customer WHERE legal_name = :'name'", name=NAME)


def colleague(login):
    return Session(login, uri=logins[login]["uri"])


def save_as_accounting(**values):
    pairs = ", ".join(f"'{key}', :'{key}'" for key in values)
    query(f"SET ROLE compta; SELECT api.customer_save(jsonb_build_object('id', :id, {pairs}))", id=customer, **values)


def section(title):
    return app.find(role="list", name=title)


def typing(name, text, title):
    app.fill(name, text, section(title))


def places(name):
    """At which rows of the list, -1 for the last, some cell holds `name`."""
    rows = [row for row in app.find(role="tree table").walk() if row.role == "table row"][1:]  # under the titles
    found = [number for number, row in enumerate(rows) if any(cell.name == name for cell in row.walk())]
    return [-1 if number == len(rows) - 1 else number for number in found]


def a_row_follows():
    """What a colleague changes shows in the list by itself, and the row goes to its place"""
    app.find(role="label", text="Armor Électricité")
    app.click_row(NAME)
    app.wait_text("8 rue Porte Poterne")
    save_as_accounting(legal_name="Zénith des Remparts")
    wait_for("the last row", lambda: places("Zénith des Remparts") == [-1])
    assert places(NAME) == []
    save_as_accounting(legal_name=NAME)
    wait_for("the first row", lambda: places(NAME) == [0])
    app.wait_gone("Zénith des Remparts")


def rows_come_and_go():
    """A customer a colleague creates appears in its place, and disappears when they remove it"""
    query("SET ROLE compta; SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\": \"Ajonc d’Or\"}')")
    app.find(role="label", text="Ajonc d’Or")
    query("DELETE FROM softwhere.customer WHERE legal_name = 'Ajonc d’Or'")
    app.wait_gone("Ajonc d’Or")


def the_record_follows():
    """The open record shows what a colleague saves, and keeps what is typed in it"""
    save_as_accounting(address_2="Bâtiment B")
    app.holds("Complément d’adresse", "Bâtiment B", section("Adresse"))
    typing("Enseigne", "Remparts Immobilier", "Identité")
    save_as_accounting(city="Séné", postcode="56860")
    app.wait_text(re.compile("^Séné$"))  # under the title: the record was read again
    app.holds("Enseigne", "Remparts Immobilier", section("Identité"))
    app.save()
    app.holds("Ville", "Séné", section("Adresse"))
    app.holds("Enseigne", "Remparts Immobilier", section("Identité"))
    wait_query("Remparts Immobilier|Séné", "SELECT trading_name, city FROM api.customer WHERE id = :id", id=customer)


def presence_comes_and_goes():
    """Who opens the same record is named under its title, and no more once they leave it"""
    assert not app.shows(OPEN_TOO)
    sophie = colleague("compta")
    here = sophie.run(f"SELECT api.presence_enter('customer', {customer})")
    assert here == '["Claire Morel"]', here
    app.find(role="label", text=OPEN_TOO)
    luc = colleague("support")
    luc.run(f"SELECT api.presence_enter('customer', {customer})")
    app.find(role="label", text="Luc Delaunay et Sophie Guillou ont aussi cette fiche ouverte")
    sophie.run(f"SELECT api.presence_leave('customer', {customer})")
    app.find(role="label", text="Luc Delaunay a aussi cette fiche ouverte")
    luc.run(f"SELECT api.presence_leave('customer', {customer})")
    app.wait_gone(re.compile("a aussi cette fiche ouverte"))
    sophie.close()
    luc.close()


def a_dead_client_goes():
    """A colleague whose machine died is not there for ever"""
    sophie = colleague("compta")
    sophie.run(f"SELECT api.presence_enter('customer', {customer})")
    app.find(role="label", text=OPEN_TOO)
    sophie.psql.kill()
    sophie.psql.wait()
    app.wait_gone(OPEN_TOO, cap=60)


def going_elsewhere_is_leaving():
    """Whoever looks at another page is gone for the others, unless something typed waits for them"""
    sophie = colleague("compta")

    def seen():
        return sophie.run(f"SELECT api.presence_enter('customer', {customer})")

    wait_for("Claire on the record", lambda: seen() == '["Claire Morel"]')
    app.open_page("Contrats")
    wait_for("Claire gone", lambda: seen() == "[]")
    app.open_page("Clients")
    wait_for("Claire back", lambda: seen() == '["Claire Morel"]')
    typing("Enseigne", "Remparts et Cie", "Identité")
    app.find(role="push button", name="Enregistrer")
    app.open_page("Contrats")
    app.find(role="label", text=re.compile("^C-2"))
    assert seen() == '["Claire Morel"]'
    app.open_page("Clients")
    app.save()
    sophie.close()


def both_changed_the_same():
    """Fields both changed are asked about one by one; everything else of both is kept"""
    typing("Enseigne", "De Claire", "Identité")
    typing("Adresse", "1 rue de Claire", "Adresse")
    typing("E-mail", "claire@remparts.example", "Coordonnées")
    save_as_accounting(trading_name="De Sophie", address_1="2 rue de Sophie", phone="02 61 91 61 20")
    app.press("Enregistrer")
    app.wait_text("Quelqu’un d’autre a changé la même chose")
    for text in ("De Claire", "De Sophie", "1 rue de Claire", "2 rue de Sophie"):
        app.find(role="label", text=text)
    assert app.seek(role="check box", name=re.compile("sophie@|claire@")) is None, "asked about what only one changed"
    app.point(app.find(role="check box", name=re.compile("2 rue de Sophie")))
    app.press("Enregistrer")
    wait_query("De Claire|2 rue de Sophie|claire@remparts.example|+33261916120",
               "SELECT trading_name, address_1, email, phone FROM api.customer WHERE id = :id", id=customer)
    app.holds("Adresse", "2 rue de Sophie", section("Adresse"))


def a_contact_removed_meanwhile():
    """A contact one removes while the other works on it is asked about, and comes back if they insist"""
    contact = query("SELECT id FROM api.contact WHERE customer_id = :id ORDER BY id LIMIT 1", id=customer)
    name = query("SELECT last_name FROM api.contact WHERE id = :contact", contact=contact)
    contacts = section("Contacts")
    app.point(app.find(role="label", text=re.compile(f" {name}$"), within=contacts))
    app.fill("Fonction", "Présidence", section("Contacts"))
    query("""SET ROLE compta; SELECT api.customer_save(jsonb_build_object('id', :id, 'contacts',
               jsonb_build_array(jsonb_build_object('id', :contact, 'deleted', true))))""", id=customer, contact=contact)
    app.press("Enregistrer")
    app.wait_text("Quelqu’un d’autre a changé la même chose")
    app.find(role="label", text="suppression")
    app.press("Enregistrer")
    wait_query(f"{name}|Présidence", "SELECT last_name, job FROM api.contact WHERE customer_id = :id", id=customer)


with Application(login="adv") as app:
    run(a_row_follows, rows_come_and_go, the_record_follows, presence_comes_and_goes, a_dead_client_goes,
        going_elsewhere_is_leaving, both_changed_the_same, a_contact_removed_meanwhile)
