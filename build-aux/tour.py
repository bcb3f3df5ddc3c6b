#!/usr/bin/python3
"""Visits every page of the demonstration: pictures of each, a month of billing, the invoices as PDF.

Called by `build-aux/run --tour DIR` on a display and beside a server of its own:
  NN-page-list.png, NN-page.png   the window on each page of the registry: its list, and a record open
  NN-page-dark.png, -phone.png    the record in the dark and at 360 pixels, of the pages people live in
  NN-search.png                   Ctrl+K
  F-2026-00001.pdf                each invoice the schedule issued in the month after today

The pages are those of src/shell/sw-page-registry.c: a new one is visited without a word here.
"""

import datetime
import gettext
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "ui"))
from driver import Application, plain, query, wait_for  # noqa: E402

WIDE = (1440, 900)
PHONE = (360, 780)
PATIENCE = 60  # s
# Reading what is on the screen takes the longer the more has been shown: the program is started anew after so many pages.
PAGES_AT_A_TIME = 3
LIVED_IN = ("customers", "contracts", "orders", "lines", "invoices")
ENTRY = re.compile(r'\{\s*"([a-z-]+)",\s*"[^"]*",\s*(?:N_ \("[^"]*"\)|NULL),\s*N_ \("([^"]*)"\)')

# The record to open, of those the list shows: what is written in its row, the best first. Others open their first.
BEST = {
    "contracts": "SELECT number FROM api.contract ORDER BY indicator = 'alert' AND step = 'periodic_billing' DESC, "
                 "metered DESC, number DESC",
    "orders": "SELECT number FROM api.sales_order ORDER BY kind = 'mobile' DESC, number",
    "invoices": "SELECT number FROM api.invoice WHERE number IS NOT NULL ORDER BY kind = 'periodic' DESC, number DESC",
}


def registry():
    """(name, French title) of each page."""
    french = gettext.translation("softwhere", os.environ["SOFTWHERE_LOCALEDIR"], ["fr"])
    source = (ROOT / "src/shell/sw-page-registry.c").read_text(encoding="utf-8")
    return [(name, plain(french.gettext(title))) for name, title in ENTRY.findall(source)]


class Tour:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    @staticmethod
    def application(login="admin", **environment):
        app = Application(login=login, env=environment)
        app.resize(*WIDE)
        app.find(role="list item", where=lambda node: node.parent.name == "Pages", cap=PATIENCE)
        return app

    def picture(self, app, name):
        self.settle(app)
        self.count += 1
        path = self.folder / f"{self.count:02}-{name}.png"
        app.screenshot(str(path))
        print(f"tour: {path.name}", flush=True)

    @staticmethod
    def settle(app):
        """Waits until what is on the screen is the same twice in a row."""
        seen = [None]

        def same():
            before, seen[0] = seen[0], [(node.role, node.name) for node in app.nodes()]
            return before == seen[0]

        wait_for("the window at rest", same, PATIENCE)

    def open_page(self, app, page, title):
        """Its list, with rows when it is a list; TRUE then."""
        app.open_page(title)
        self.settle(app)
        return app.seek(role="table row") is not None

    @staticmethod
    def open_record(app, page):
        """Of a row that is to be seen without scrolling, so that the list stays as it is."""
        bottom = app.frame.extents[3]
        rows = [row for row in app.find_all(role="table row") if 0 < row.extents[1] < bottom - 80
                and any(child.role == "table cell" for child in row.children)]
        texts = {plain(node.name): row for row in reversed(rows) for node in row.walk() if node.role == "label"}
        best = query(BEST[page]).splitlines() if page in BEST else []
        row = next((texts[text] for text in map(plain, best) if text in texts), rows[0])
        app.point(row)
        app.find(role="push button", name="Fermer la fiche", cap=PATIENCE)

    def light(self):
        pages = registry()
        for start in range(0, len(pages), PAGES_AT_A_TIME):
            with self.application() as app:
                for page, title in pages[start:start + PAGES_AT_A_TIME]:
                    if self.open_page(app, page, title):
                        self.picture(app, page + "-list")
                        self.open_record(app, page)
                    self.picture(app, page)
                    if page == "administration":
                        self.sections(app)

    def search(self):
        with self.application() as app:
            app.key("ctrl+k")
            app.fill("Tout chercher", "clinic sain")
            app.find(role="list", name="Fiches trouvées", cap=PATIENCE)
            self.picture(app, "search")

    def sections(self, app):
        """The other sections of the administration."""
        first = app.find(role="list item", where=lambda node: node.name and node.parent.name != "Pages")
        names = [row.name for row in first.parent.children]
        for name in names[1:]:
            app.select(app.find(role="list item", name=name))
            self.picture(app, "administration-" + slug(name))

    def other_looks(self):
        pages = [entry for entry in registry() if entry[0] in LIVED_IN]
        with self.application(ADW_DEBUG_COLOR_SCHEME="prefer-dark") as app:
            for page, title in pages:
                self.open_page(app, page, title)
                self.open_record(app, page)
                self.picture(app, page + "-dark")
        with self.application() as app:
            for page, title in pages:
                app.resize(*WIDE)  # where the pages are to be seen
                self.open_page(app, page, title)
                self.open_record(app, page)
                app.resize(*PHONE)
                self.picture(app, page + "-phone")

    def month(self):
        """What the schedule would have done a month from now, and its invoices as PDF."""
        today = datetime.date.fromisoformat(query("SELECT rules.today()"))
        until = today + datetime.timedelta(days=31)
        before = query("SELECT COALESCE(max(id), 0) FROM softwhere.invoice")
        query(f"SET softwhere.today = '{until}'; SELECT jobs.run_due('{until}')")
        ids = query(f"SELECT id FROM softwhere.invoice WHERE id > {before} AND number IS NOT NULL ORDER BY id").split()
        print(f"tour: {len(ids)} invoices issued by {until}", flush=True)
        if not ids:
            raise SystemExit("tour: the schedule issued nothing in a month")
        program = ROOT_BUILD / "src" / "documents" / "softwhere-document"
        subprocess.run([str(program), "--output", str(self.folder),
                        *(argument for i in ids for argument in ("--invoice", i))],
                       env={**os.environ, "SOFTWHERE_URI": os.environ["SOFTWHERE_TEST_URI"]}, check=True)


def slug(text):
    """A name for a file: "Échéancier" is echeancier."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", folded).strip("-")


ROOT_BUILD = pathlib.Path(os.environ.get("SOFTWHERE_BUILD_DIR", ROOT / "_build"))


def main():
    tour = Tour(sys.argv[1])
    tour.light()
    tour.search()
    tour.other_looks()
    tour.month()


if __name__ == "__main__":
    main()
