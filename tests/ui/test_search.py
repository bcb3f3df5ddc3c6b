"""Search anything: Ctrl+K, a phone in any form, a name mistyped, Enter opens (SRCH-01, TICK-06, MLINE-02, ROLE-08)."""

import os
import re

import gi

from driver import Application, query, run, wait_for, wait_query

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ENTRY = "Tout chercher"
PICTURES = os.environ.get("SOFTWHERE_UI_PICTURES")

app = None


def picture(name):
    if PICTURES:
        app.screenshot(os.path.join(PICTURES, name + ".png"))


def hits():
    """The names of the rows shown now, in their order."""
    found = app.seek(role="list", name="Fiches trouvées")
    return [row.name for row in found.children] if found else []


def first_hit(expected):
    return wait_for(f"{expected!r} first", lambda: (hits() or [""])[0] if re.search(expected, (hits() or [""])[0]) else None)


def open_search():
    app.key("ctrl+k")
    app.entry(ENTRY)


def closed():
    wait_for("the search is closed", lambda: app.seek(role="list", name="Fiches trouvées") is None)


def nothing_was_opened_yet():
    """Ctrl+K says what can be searched while nothing was opened (SRCH-01)"""
    query("DELETE FROM softwhere.recent_record")
    open_search()
    app.wait_text("Tout chercher")
    app.wait_text(re.compile("un téléphone sous toutes ses formes"))
    picture("empty")


def a_phone_in_another_form_opens_its_customer():
    """A mobile typed with +33 and spaces finds the contact; Enter opens the customer (TICK-06, MLINE-02)"""
    phone, name, customer = query(
        "SELECT p.mobile_phone, concat_ws(' ', p.first_name, p.last_name), c.legal_name FROM softwhere.contact AS p"
        " JOIN softwhere.customer AS c ON c.id = p.customer_id WHERE p.mobile_phone LIKE '+33%'"
        " AND (SELECT count(*) FROM softwhere.contact AS o WHERE o.mobile_phone = p.mobile_phone) = 1 ORDER BY p.id LIMIT 1").split("|")
    app.type(f"{phone[:3]} (0){phone[3]} {phone[4:6]} {phone[6:8]} {phone[8:10]} {phone[10:]}")
    first_hit(f"^{name}, Contact, 0{phone[3]} ")
    picture("phone")
    app.key("Return")
    closed()
    app.wait_text(re.compile("client depuis"))
    app.find(role="label", text=customer)


def a_mistyped_name_is_found():
    """"clinic saint vincen" leads to Clinique Saint-Vincent (SRCH-01)"""
    open_search()
    app.type("clinic saint vincen")
    first_hit("^Clinique Saint-Vincent, Client")
    picture("typo")


def enter_before_the_answer_opens_it_too():
    """Who types an invoice number and Enter at once has the invoice"""
    number = query("SELECT number FROM softwhere.invoice WHERE number IS NOT NULL ORDER BY id LIMIT 1")
    app.key("ctrl+a")
    app.type(number)
    app.key("Return")
    closed()
    app.find(role="label", text=number)
    wait_query("1", "SELECT count(*) FROM softwhere.recent_record WHERE user_name = 'adv' AND page = 'invoice'")


def what_was_opened_is_offered():
    """An empty search offers what was opened lately, chosen with the arrows"""
    open_search()
    app.wait_text("Ouverts récemment")
    wait_for("two records", lambda: len(hits()) >= 2)
    assert "Facture" in hits()[0] and "Client" in hits()[1], hits()
    picture("recent")
    app.key("Down", "Return")
    closed()
    app.wait_text(re.compile("client depuis"))


def nothing_found_is_said():
    """What leads nowhere is said, and Escape closes"""
    open_search()
    app.type("zzzzqqqq 99887766")
    app.wait_text("Rien trouvé")
    picture("nothing")
    app.key("Escape")
    wait_for("the search is closed", lambda: not app.shows("Rien trouvé"))


def a_failure_is_told_and_can_be_tried_again():
    """A search the server refuses says so and can be tried again"""
    query("ALTER FUNCTION api.search(text, int) RENAME TO search_away")
    try:
        open_search()
        app.wait_text("La recherche a échoué")
        picture("failed")
    finally:
        query("ALTER FUNCTION api.search_away(text, int) RENAME TO search")
    app.press("Réessayer")
    app.wait_text("Ouverts récemment")
    app.key("Escape")
    closed()


def shell(method, *arguments):
    """What the program answers GNOME Shell on the session bus."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("fr.softwhere.Softwhere", "/fr/softwhere/Softwhere/SearchProvider", "org.gnome.Shell.SearchProvider2", method,
                         GLib.Variant(*arguments), None, Gio.DBusCallFlags.NO_AUTO_START, 20000, None).unpack()


def gnome_shell_finds_and_opens():
    """GNOME Shell is answered on the session bus, and a result opens the record (SRCH-01)"""
    found, = shell("GetInitialResultSet", "(as)", (["clinique", "saint"],))
    assert found, "nothing found"
    assert shell("GetSubsearchResultSet", "(asas)", (found, ["clinique", "saint", "vincent"]))[0]
    found, = shell("GetInitialResultSet", "(as)", (["clinique", "saint-vincent"],))
    metas, = shell("GetResultMetas", "(as)", (found[:1],))
    assert metas[0]["name"] == "Clinique Saint-Vincent" and metas[0]["description"].startswith("Client · 1000-"), metas
    shell("ActivateResult", "(sasu)", (found[0], ["clinique"], 0))
    wait_query("Clinique Saint-Vincent", "SELECT c.legal_name FROM softwhere.recent_record AS r JOIN softwhere.customer AS c ON c.id = r.record_id"
               " WHERE page = 'customer' AND user_name = 'adv' ORDER BY opened_at DESC LIMIT 1")
    shell("LaunchSearch", "(asu)", (["clinique"], 0))
    first_hit("Clinique")
    app.key("Escape")
    closed()


def gnome_shell_gets_nothing_from_nobody():
    """While nobody is logged in GNOME Shell is told nothing"""
    global app
    app.close()
    with Application(login=None) as app:
        app.find(role="frame")
        assert shell("GetInitialResultSet", "(as)", (["clinique"],)) == ([],)
        assert shell("GetResultMetas", "(as)", (["customer:3"],)) == ([],)


def a_phone_shows_it_whole():
    """At 360 pixels the search fits"""
    app.resize(360, 700)
    open_search()
    app.type("clinique")
    first_hit("Clinique")
    picture("narrow")
    app.key("Escape")
    closed()


def a_partner_finds_their_own_only():
    """A partner finds the customers they brought and no others (ROLE-08, ACCS-02)"""
    global app
    foreign = query("SELECT c.legal_name FROM softwhere.customer AS c WHERE c.introducer_id IS DISTINCT FROM (SELECT introducer_id FROM"
                    " softwhere.app_user WHERE role_name = 'partenaire') AND legal_kind = 'company' ORDER BY id LIMIT 1")
    own = query("SELECT c.legal_name FROM softwhere.customer AS c WHERE c.introducer_id = (SELECT introducer_id FROM"
                " softwhere.app_user WHERE role_name = 'partenaire') ORDER BY id LIMIT 1")
    with Application(login="partenaire") as app:
        app.find(role="list", name="Pages")
        open_search()
        app.type(own)
        first_hit("^" + re.escape(own))
        app.key("ctrl+a")
        app.type(foreign)
        wait_for("another answer", lambda: app.shows("Rien trouvé") or hits() and not hits()[0].startswith(own))
        assert not any(foreign in hit for hit in hits()), hits()
        app.key("Escape")


with Application() as app:
    app.wait_text(re.compile("^1000-"))
    run(nothing_was_opened_yet, a_phone_in_another_form_opens_its_customer, a_mistyped_name_is_found,
        enter_before_the_answer_opens_it_too, what_was_opened_is_offered, nothing_found_is_said,
        a_failure_is_told_and_can_be_tried_again, gnome_shell_finds_and_opens, a_phone_shows_it_whole,
        gnome_shell_gets_nothing_from_nobody, a_partner_finds_their_own_only)
