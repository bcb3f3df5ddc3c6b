"""Logins: of the office in Administration, of a customer from its menu (ROLE-01, ROLE-08, ICUST-07…09)."""

import os
import re
import subprocess
from urllib.parse import urlsplit

from driver import Application, query, run, wait_for, wait_query

CUSTOMER = "SELECT %s FROM softwhere.customer WHERE id = (SELECT min(id) FROM softwhere.customer WHERE status = 'active')"
app = None


def dialog():
    return app.find(role="dialog")


def sees_as(login, password, sql):
    """What somebody who logs in with that password reads; the refusal when they may not."""
    where = urlsplit(os.environ["SOFTWHERE_TEST_URI"])
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-w", "-c", sql, f"{where.path.lstrip('/')}"],
                          env={**os.environ, "PGUSER": login, "PGPASSWORD": password, "PGHOST": HOST, "PGPORT": PORT},
                          capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else done.stderr


def a_wrong_login_is_told():
    """What is wrong is told on its row, and nothing typed is lost"""
    app.open_page("Administration")
    app.point(app.find(role="list item", name=re.compile("^Utilisateurs|^Personnes")))
    app.click_row("Ajouter un utilisateur")
    app.fill("Identifiant", "Maëlle Guégan", dialog())
    app.fill("Nom", "Maëlle Guégan", dialog())
    app.press("Enregistrer", dialog())
    app.wait_text(re.compile("^Un identifiant a des lettres minuscules"))
    app.holds("Nom", "Maëlle Guégan", dialog())


def a_colleague_gets_a_login():
    """The login works with the password shown, which nothing keeps; the journal does not know it (ROLE-01)"""
    app.password = password = app.entry("Mot de passe", dialog()).content
    assert re.fullmatch("([a-z2-9]{4}-){3}[a-z2-9]{4}", password), "a password that can be read aloud"
    app.fill("Identifiant", "maelle.guegan", dialog())
    app.choose("Rôle", "Comptabilité", dialog())
    app.press("Enregistrer", dialog())
    wait_query("Maëlle Guégan|{sw_accounting}", "SELECT display_name, roles FROM api.app_user WHERE role_name = 'maelle.guegan'")
    app.wait_text("maelle.guegan")
    assert sees_as("maelle.guegan", password, "SELECT api.session() ->> 'user_name'") == "maelle.guegan"
    assert query("SELECT count(*) FROM softwhere.change_log WHERE changes::text LIKE :'p'", p=f"%{password}%") == "0"


def the_login_is_locked():
    """Taken back, it no longer logs in, and the list says so"""
    app.click_row("Maëlle Guégan")
    assert app.entry("Nouveau mot de passe", dialog()).content == ""
    app.switch("Peut se connecter", dialog())
    app.press("Enregistrer", dialog())
    wait_query("f", "SELECT active FROM api.app_user WHERE role_name = 'maelle.guegan'")
    app.wait_text("Accès fermé")
    assert "not permitted to log in" in sees_as("maelle.guegan", app.password, "SELECT 1")


def a_customer_gets_its_own():
    """From its menu: its number is the login proposed; a mail names it; it sees itself only (ICUST-07, ICUST-09)"""
    name, number, app.customer = query(CUSTOMER % "legal_name, lower(number), id").split("|")
    app.open_page("Clients")
    app.fill("Nom, téléphone, SIRET, ville…", name)
    app.click_row(name)
    app.holds("Raison sociale", name)
    app.press("Autres actions")
    app.press(re.compile("^Accès du client…"))
    app.holds("Identifiant", number, dialog())
    password = app.entry("Mot de passe", dialog()).content
    app.fill("E-mail", "acces@client.example", dialog())
    app.switch("Envoyer l’identifiant par e-mail", dialog())
    app.press("Enregistrer", dialog())
    wait_query("acces@client.example", "SELECT recipient FROM softwhere.outbox WHERE template = 'credentials'")
    wait_for("its rows only", lambda: sees_as(number, password, "SELECT id FROM api.customer") == app.customer)
    app.find(role="label", text=number, within=dialog())
    app.click_row("Ajouter un identifiant", dialog())
    assert app.entry("Identifiant", dialog()).content == "", "one login a number"


HOST, PORT = query("SELECT current_setting('unix_socket_directories') || ' ' || current_setting('port')").split()
with Application(login="admin") as app:
    run(a_wrong_login_is_told, a_colleague_gets_a_login, the_login_is_locked, a_customer_gets_its_own)
