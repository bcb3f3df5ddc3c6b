#!/usr/bin/python3
"""softwhere-document against a server with the small demonstration.

usage: with-server --demo small -- test_server.py PROGRAM
"""

import configparser
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = None
WORK = None
LOOKED_AT = 40  # reading every file of the demonstration back would prove no more


def sql(statement):
    """Rows of text, as the superuser sees them."""
    done = subprocess.run(
        [ROOT / "build-aux" / "local-server", "psql", "--dir", os.environ["SOFTWHERE_TEST_DIR"],
         "--", "-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", statement],
        check=True, capture_output=True, text=True)
    return [row.split("\t") for row in done.stdout.splitlines()]


def login(role):
    logins = configparser.ConfigParser(interpolation=None)
    logins.read(os.environ["SOFTWHERE_DEMO_INI"])
    return logins[role]["uri"]


def run(role, *arguments, **environment):
    """The program as somebody of the demonstration, the password out of its arguments."""
    everything = {**os.environ, "SOFTWHERE_URI": login(role), **environment}
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          env=everything)


def text_of(pdf):
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True,
                          text=True).stdout
    text = text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")
    return re.sub(r"\s+", " ", text)


def french(amount):
    sign, whole, cents = re.fullmatch(r"(-?)(\d+)\.(\d\d)", amount).groups()
    return f"{sign}{int(whole):,}".replace(",", " ") + f",{cents} €"


class Server(unittest.TestCase):
    def folder(self):
        return pathlib.Path(tempfile.mkdtemp(dir=WORK))

    def test_every_invoice_issued(self):
        """One file an invoice issued since a day, named and filled after it."""
        first = sql("SELECT min(issued_on) + 1 FROM softwhere.invoice")[0][0]
        issued = sql(f"""
            SELECT i.id, i.number, i.total_gross, i.kind, c.legal_name
              FROM softwhere.invoice AS i JOIN softwhere.customer AS c ON c.id = i.customer_id
             WHERE i.issued_on >= '{first}' AND i.number IS NOT NULL
             ORDER BY i.issued_on DESC, i.number""")
        self.assertGreater(len(issued), 200)  # more than a page and a batch
        folder = self.folder()
        done = run("compta", "--issued-from", first, "--output", folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        numbered = [path.name for path in folder.iterdir() if not path.name.startswith("Brouillon")]
        self.assertEqual(sorted(numbered), sorted(f"{row[1]}.pdf" for row in issued))
        for _, number, gross, kind, name in issued[:LOOKED_AT]:
            text = text_of(folder / f"{number}.pdf")
            self.assertIn(number, text)
            self.assertIn(french(gross), text)
            self.assertIn(name.split()[0], text)
            self.assertIn("AVOIR" if kind == "credit_note" else "FACTURE", text)
            self.assertIn("RCS", text)

    def test_one_invoice(self):
        identifier, number = sql("""SELECT id, number FROM softwhere.invoice
            WHERE number IS NOT NULL ORDER BY id LIMIT 1""")[0]
        pdf = self.folder() / "one.pdf"
        done = run("adv", "--invoice", identifier, "--output", pdf)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(number, text_of(pdf))

    def test_password_from_the_environment(self):
        uri = login("compta")
        password = re.search(r"://[^:/@]+:([^@]+)@", uri)[1]
        bare = uri.replace(f":{password}@", "@")
        identifier = sql("SELECT min(id) FROM softwhere.invoice")[0][0]
        pdf = self.folder() / "one.pdf"
        done = run("compta", bare, "--invoice", identifier, "--output", pdf, SOFTWHERE_URI="",
                   PGPASSWORD=password)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(pdf.exists())

    def test_password_as_argument_is_refused(self):
        pdf = self.folder() / "one.pdf"
        done = run("compta", login("compta"), "--invoice", "1", "--output", pdf)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("can be read by others", done.stderr)
        self.assertFalse(pdf.exists())

    def test_wrong_password_is_not_repeated(self):
        uri = re.sub(r"(://[^:/@]+:)[^@]+@", r"\1wr0ng-secret@", login("compta"))
        done = run("compta", "--invoice", "1", "--output", self.folder() / "one.pdf",
                   SOFTWHERE_URI=uri)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn("wr0ng-secret", done.stderr + done.stdout)

    def test_invoices_of_others_stay_unseen(self):
        """A customer's login prints its own invoices and nobody else's."""
        own = [row[0] for row in sql("SET ROLE client; SELECT id FROM api.invoice ORDER BY id")]
        self.assertGreater(len(own), 0)
        other = sql(f"""SELECT min(id) FROM softwhere.invoice
            WHERE status <> 'draft' AND id <> ALL ('{{{",".join(own)}}}')""")[0][0]
        folder = self.folder()
        self.assertEqual(run("client", "--invoice", own[0], "--output", folder).returncode, 0)
        self.assertEqual(len(list(folder.iterdir())), 1)
        done = run("client", "--invoice", own[0], "--invoice", other, "--output", folder)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("1 of 2 invoices do not exist or may not be seen", done.stderr)

    def test_unknown_invoice(self):
        done = run("compta", "--invoice", "999999999", "--output", self.folder() / "one.pdf")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("1 of 1 invoices do not exist", done.stderr)

    def test_bad_arguments(self):
        done = run("compta", "--invoice", "twelve", "--output", self.folder() / "one.pdf")
        self.assertIn("--invoice", done.stderr)
        done = run("compta", "--issued-from", "2026-13-45", "--output", self.folder())
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    with tempfile.TemporaryDirectory(prefix="softwhere-documents-") as folder:
        WORK = folder
        unittest.main()
