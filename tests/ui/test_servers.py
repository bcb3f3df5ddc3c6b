"""The servers a person may log in to: added after a trial, verified by a certificate, changed, forgotten (ACCT-01)."""

import configparser
import contextlib
import glob
import os
import re
import subprocess
import sys
import tempfile
from urllib.parse import parse_qs, urlsplit

from driver import Application, run, wait_for

FAKES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fakes")
NOT_SECURE = re.compile("^La connexion à ce serveur n’est pas sûre")
ANSWERS = "Le serveur répond"
TITLE = "Notre entreprise"

app = None
folder = None
port = None


def access(login):
    """Where the demonstration listens, and the password of one of its logins."""
    ini = configparser.ConfigParser(interpolation=None)
    ini.read(os.environ["SOFTWHERE_DEMO_INI"])
    uri = urlsplit(ini[login]["uri"])
    return parse_qs(uri.query)["host"][0], uri.password


def settings(name):
    return os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), "softwhere", name)


def remembered():
    with open(settings("servers.ini"), encoding="utf-8") as file:
        return file.read()


def certificate(name, issuer=None):
    """A certificate of localhost, signed by an authority of this folder or, without one, an authority."""
    base = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
            "-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}"]
    if issuer:
        base += ["-CA", f"{issuer}.crt", "-CAkey", f"{issuer}.key", "-addext", f"subjectAltName=DNS:{name}",
                 "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(base, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def behind_tls():
    """The demonstration as a server of the network would show itself: on localhost, with a certificate of the house."""
    global folder, port
    with tempfile.TemporaryDirectory() as folder:
        certificate("house")
        certificate("localhost", "house")
        certificate("stranger")
        fake = subprocess.Popen([sys.executable, os.path.join(FAKES, "tls.py"), access("adv")[0], f"{folder}/localhost.crt",
                                 f"{folder}/localhost.key"], stdout=subprocess.PIPE, text=True)
        port = fake.stdout.readline().strip()
        try:
            yield
        finally:
            fake.kill()
            fake.wait()


def start_again():
    """Another start of the program, which finds what the one before left."""
    global app
    if app is not None:
        app.__exit__(None, None, None)  # with its complaints, if any
    app = Application(login=None)


def closed():
    wait_for("the dialog closed", lambda: app.seek(role="dialog") is None)


def a_server_is_added():
    """A server is tried before it is remembered; one that is not there is told on its row"""
    app.select(app.find(role="list item", name=re.compile("^Ajouter un serveur")))
    app.key("Return")
    dialog = app.find(role="dialog")
    app.fill("Nom à retenir", TITLE, dialog)
    app.fill("Serveur", "/nowhere", dialog)
    app.press(re.compile("^Ajouter"), dialog)
    app.wait_text("Aucun serveur ne répond à cette adresse.", dialog)
    app.fill("Port", "70000", dialog)
    app.fill("Serveur", access("adv")[0], dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text(re.compile("^Un port est un nombre"), dialog)
    app.fill("Port", "5432", dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text(ANSWERS, dialog)
    # Two hosts, as where a standby may take over: each is tried and named.
    app.fill("Serveur", "db1, db2:99999", dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text(re.compile("^« db2:99999 » : un port est un nombre"), dialog)
    app.fill("Serveur", "/nowhere, " + access("adv")[0], dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text("/nowhere : Aucun serveur ne répond à cette adresse.", dialog)
    app.press(re.compile("^Ajouter"), dialog)
    closed()


def a_wrong_password_is_told():
    """A wrong password is told, and the name typed stays"""
    app.fill("Nom d’utilisateur", "adv")
    app.fill("Mot de passe", "not this one")
    app.press(re.compile("connecter"))
    app.wait_text("Le nom d’utilisateur ou le mot de passe est faux.")
    app.holds("Nom d’utilisateur", "adv")


def a_server_must_prove_who_it_is():
    """Over the network a server nobody vouches for is refused; the certificate of its authority lets it in"""
    app.press("Modifier ce serveur")
    dialog = app.find(role="dialog")
    app.holds("Nom à retenir", TITLE, dialog)
    app.holds("Serveur", "/nowhere, " + access("adv")[0], dialog)
    app.fill("Serveur", f"localhost:{port}", dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text(NOT_SECURE, dialog)
    for name, refusal in ((f"{folder}/nothing.crt", "Ce fichier ne peut pas être lu"),
                          (os.path.abspath(__file__), re.compile("^Ce fichier ne contient aucun certificat")),
                          (f"{folder}/house.key", re.compile("^Ce fichier contient une clé privée"))):
        app.fill("Certificat de l’autorité", name, dialog)
        app.press(re.compile("^Essayer"), dialog)
        app.wait_text(refusal, dialog)
    # Another authority vouches for others; the right one not for another name of the same machine.
    app.fill("Certificat de l’autorité", f"{folder}/stranger.crt", dialog)
    app.press(re.compile("^Essayer"), dialog)
    app.wait_text(NOT_SECURE, dialog)
    app.fill("Certificat de l’autorité", f"{folder}/house.crt", dialog)
    app.fill("Serveur", f"127.0.0.1:{port}", dialog)
    app.press(re.compile("^Enregistrer"), dialog)
    app.wait_text(NOT_SECURE, dialog)
    app.fill("Serveur", f"localhost:{port}", dialog)
    app.press(re.compile("^Enregistrer"), dialog)
    closed()
    assert "sslmode='verify-full'" in remembered(), remembered()


def it_stays_trusted():
    """What was kept does not need the file any more, nor the name to be typed again"""
    os.unlink(f"{folder}/house.crt")
    start_again()
    app.holds("Nom d’utilisateur", "")
    app.fill("Nom d’utilisateur", "adv")
    app.fill("Mot de passe", access("adv")[1])
    app.press(re.compile("connecter"))
    app.wait_text("Claire Morel")
    assert len(glob.glob(settings("authorities/*.crt"))) == 2  # also of the one that was only tried


def a_server_is_forgotten():
    """A server that is no more leaves the list, and the way to add one is there again"""
    start_again()
    app.holds("Nom d’utilisateur", "adv")
    app.press("Modifier ce serveur")
    app.press(re.compile("^Oublier"), app.find(role="dialog"))
    closed()
    app.find(role="list item", name=re.compile("^Ajouter un serveur"))
    assert "server" not in remembered(), remembered()


with behind_tls():
    start_again()
    try:
        run(a_server_is_added, a_wrong_password_is_told, a_server_must_prove_who_it_is, it_stays_trusted,
            a_server_is_forgotten)
    finally:
        app.__exit__(*sys.exc_info())
