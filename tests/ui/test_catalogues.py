"""Catalogues, owner – technology – operator, and the options of an offer; support reads (CATA-01…07, OFFER-05, MORD-12)."""

import re

from accessible import State
from driver import Application, query, run, wait_for, wait_query

NAMED = ("SELECT string_agg(o.code, ',' ORDER BY o.code) FROM softwhere.offer_option AS k JOIN softwhere.offer AS o ON o.id = k.option_id "
         "JOIN softwhere.offer AS f ON f.id = k.offer_id WHERE f.code = 'MOBILE20'")

app = None


def the_six_are_there():
    """The six catalogues of the reseller are listed, each with its offers (CATA-02…07)"""
    app.wait_text("Clients")
    app.open_page("Catalogues")
    names = query("SELECT name FROM api.catalogue ORDER BY position").splitlines()
    tops = [app.find(role="label", text=name).extents[1] for name in names]
    assert tops == sorted(tops), list(zip(tops, names))
    app.point(app.find(role="label", text="Actif telecom – Mobile – Orange"))
    app.wait_text("Option monde", app.find(role="list", name="Offres"))


def a_catalogue_is_made():
    """A combination that exists is told on its field; another gets its name from its three parts (CATA-01)"""
    app.press("Nouveau catalogue")
    app.holds("Propriétaire", "")
    app.fill("Propriétaire", "Actif telecom")
    app.choose("Technologie", "Mobile")
    app.choose("Opérateur", "Orange")
    app.press("Enregistrer")
    app.wait_text("Ce catalogue existe déjà.")
    app.choose("Technologie", "Cybersécurité")
    app.save()
    wait_query("Actif telecom – Cybersécurité – Orange", "SELECT name FROM api.catalogue ORDER BY id DESC LIMIT 1")
    app.choose("Opérateur", "Bouygues")
    app.save()
    wait_query("Actif telecom – Cybersécurité – Bouygues", "SELECT name FROM api.catalogue ORDER BY id DESC LIMIT 1")
    app.fill("Nom (vide : propriétaire – technologie – opérateur)", "Sécurité Orange")
    app.fill("Place dans la liste (vide : à la fin)", "0")
    app.save()
    wait_query("Sécurité Orange", "SELECT name FROM api.catalogue ORDER BY id DESC LIMIT 1")
    wait_for("it is the first", lambda: app.find(role="label", text="Sécurité Orange").extents[1]
             < app.find(role="label", text="Actif telecom – Mobile – Orange").extents[1])


def its_options_are_chosen():
    """An option leaves a subscription and comes back, chosen among those of its catalogue"""
    before = query(NAMED)
    app.open_page("Offres")
    app.fill("Code, libellé, marque…", query("SELECT label FROM softwhere.offer WHERE code = 'MOBILE20'"))
    app.point(app.find(role="label", text="MOBILE20"))
    options = app.find(role="list", name="Options possibles")
    assert app.entry("Libellé").has_state(State.EDITABLE)
    row = app.find(role="list item", name="Option monde", within=options)
    app.press(re.compile("^Retirer|^Supprimer"), row)
    app.save()
    wait_query(",".join(code for code in before.split(",") if code != "ORANGE-MONDE"), NAMED)
    app.press(re.compile("^Ajouter une option"))
    row = app.find(role="list item", name="Nouveau", within=app.find(role="list", name="Options possibles"))
    app.look_up("Option", "Option monde", row)
    app.save()
    wait_query(before, NAMED)


def support_reads():
    """Support reads offers and changes none; what offers cost and the structure are not for it"""
    with Application(login="support") as other:
        other.wait_text("Clients")
        pages = [node.name for node in other.find_all(role="list item", where=lambda node: node.parent.name == "Pages")]
        assert "Offres" in pages and "Catalogues" not in pages and "Packs" not in pages and "Grilles tarifaires" not in pages, pages
        other.open_page("Offres")
        other.point(other.find(role="label", text="Adresse IP fixe"))
        other.wait_text("fois vendue")
        assert other.seek(name="Nouvelle offre") is None
        assert other.seek(text="Prix d’achat HT") is None and other.seek(text="marge HT") is None
        assert not other.entry("Libellé").has_state(State.EDITABLE)


with Application(login="adv") as app:
    run(the_six_are_there, a_catalogue_is_made, its_options_are_chosen)
run(support_reads)
