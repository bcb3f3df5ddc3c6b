"""Filters kept under a name: found again on another desk, shared with a role, whose members use them and change
nothing of them (SRCH-01, ROLE-01)."""

import base64
import hashlib
import hmac
import os
import re
import secrets
import tempfile

from driver import Application, query, run, wait_for, wait_query

NAME = "Presqu'île de tous"
REMOVE = f"Retirer le filtre « {NAME} »"
NARROWED = "Retirer le filtre « Ville : sene »"
COUNT = "SELECT count(*) FROM softwhere.saved_filter WHERE name = :'name'"
SHARED = "SELECT md5(f::text) FROM softwhere.saved_filter AS f WHERE name = :'name' AND role_name = 'adv'"


def verifier(password):
    """What the client sends in place of a password (RFC 5803)."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 4096)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    words = [base64.b64encode(part).decode() for part in (salt, stored, hmac.digest(salted, b"Server Key", "sha256"))]
    return f"SCRAM-SHA-256$4096:{words[0]}${words[1]}:{words[2]}"


def colleague(login, group):
    """Gives the office another login; returns where the application finds it."""
    password = secrets.token_hex(12)
    query("SET ROLE admin; SELECT api.user_save(jsonb_build_object('role_name', :'login', 'display_name', :'login', "
          "'roles', jsonb_build_array(:'group'), 'password', :'verifier'))",
          login=login, group=group, verifier=verifier(password))
    with open(os.environ["SOFTWHERE_DEMO_INI"], encoding="utf-8") as file:
        uri = re.search(r"^\[adv\]\nuri=(.*)$", file.read(), re.M)[1]
    path = os.path.join(os.environ["HOME"], login + ".ini")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"[{login}]\nuri={re.sub('//[^@]*@', f'//{login}:{password}@', uri)}\n")
    os.chmod(path, 0o600)
    return {"SOFTWHERE_DEMO": path}


class Desk:
    """The application on a computer on which nobody worked before."""

    def __init__(self, login, environment=None):
        self.home = tempfile.TemporaryDirectory(prefix="softwhere-desk.")  # pylint: disable=consider-using-with
        kept = {name: "" for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
        self.app = Application(login=login, env={**kept, "HOME": self.home.name, **(environment or {})})

    def __enter__(self):
        app = self.app.__enter__()
        app.wait_text("Agence des Remparts")
        return app

    def __exit__(self, *reason):
        try:
            self.app.__exit__(*reason)
        finally:
            self.home.cleanup()


def open_filters(app):
    app.press("Filtres")
    app.find(role="push button", name="Ville")


def narrow(app, city):
    open_filters(app)
    app.press("Ville")
    app.fill("Contient", city)
    app.press("Appliquer")
    app.find(name=f"Retirer le filtre « Ville : {city} »")


def keep(app, shared_with=None):
    app.press("Enregistrer ce filtre")
    wait_for("the name has the focus", lambda: app.entry("Nom").focused)
    app.fill("Nom", NAME)
    if shared_with is not None:
        app.choose("Partagé avec", shared_with)
    app.press("Enregistrer")


def uses(app):
    """Chooses the filter: the list is narrowed to what it says."""
    app.press(NAME)
    app.find(name=NARROWED)
    app.wait_gone("Agence des Remparts")
    total = query("SELECT count(*) FROM api.customer WHERE city = 'Séné'")
    app.wait_text(f"1 – {total} sur {total}")


def it_is_shared():
    """A filter is kept under a name, for a role"""
    with Desk("adv") as app:
        narrow(app, "sene")
        keep(app, "ADV")
        wait_query("sw_adv", "SELECT shared_with FROM softwhere.saved_filter WHERE name = :'name'", name=NAME)


def it_is_on_every_desk_of_its_owner():
    """Its owner finds it on another desk, may remove it there, and the list is as it was left"""
    with Desk("adv") as app:
        open_filters(app)
        app.find(name=REMOVE)
        uses(app)


def saved_again_it_is_replaced():
    """Saved under its own name it is replaced, once that was said; removed, it can be brought back"""
    said = "Vous avez déjà un filtre de ce nom : enregistrez de nouveau pour le remplacer."
    told = "SELECT conditions ->> 'filters', shared_with FROM softwhere.saved_filter WHERE name = :'name'"
    before = query(told, name=NAME)
    with Desk("adv") as app:
        narrow(app, "vannes")
        keep(app)
        app.wait_text(said)
        assert query(told, name=NAME) == before, "nothing was replaced yet"
        app.press("Enregistrer")
        app.wait_text("Filtre enregistré")
        replaced = query(told, name=NAME)
        assert "vannes" in replaced and replaced.endswith("|") and "\n" not in replaced, replaced
        open_filters(app)
        app.press(REMOVE)
        wait_query("0", COUNT, name=NAME)
        app.press("Rétablir")
        wait_query(replaced, told, name=NAME)
        app.press("Retirer le filtre « Ville : vannes »")
        narrow(app, "sene")
        keep(app, "ADV")
        app.wait_text(said)
        app.press("Enregistrer")
        wait_query(before, told, name=NAME)


def colleagues_use_it():
    """A colleague of that role sees whose it is, uses it, and cannot remove it"""
    with Desk("maelle", maelle) as app:
        open_filters(app)
        app.find(role="push button", name=NAME)
        app.wait_text("Claire Morel")
        assert app.seek(name=REMOVE) is None, "offered to who does not own it"
        uses(app)


def colleagues_change_nothing_of_it():
    """What a colleague makes of it is their own, under the same name too"""
    shared = query(SHARED, name=NAME)
    assert shared
    with Desk("maelle", maelle) as app:
        open_filters(app)
        uses(app)
        app.press(NARROWED)
        app.wait_text("Agence des Remparts")
        narrow(app, "vannes")
        keep(app)
        wait_query("2", COUNT, name=NAME)
        open_filters(app)
        app.press(REMOVE)
        wait_query("1", COUNT, name=NAME)
    assert query(SHARED, name=NAME) == shared


def others_do_not_see_it():
    """Another role does not"""
    with Desk("compta") as app:
        open_filters(app)
        assert app.seek(role="push button", name=NAME) is None


def it_goes_for_all():
    """Removed by its owner, it is gone for the others"""
    with Desk("adv") as app:
        open_filters(app)
        app.press(REMOVE)
        wait_query("0", COUNT, name=NAME)
    with Desk("maelle", maelle) as app:
        open_filters(app)
        assert app.seek(role="push button", name=NAME) is None


maelle = colleague("maelle", "sw_adv")
run(it_is_shared, it_is_on_every_desk_of_its_owner, saved_again_it_is_replaced, colleagues_use_it,
    colleagues_change_nothing_of_it, others_do_not_see_it, it_goes_for_all)
