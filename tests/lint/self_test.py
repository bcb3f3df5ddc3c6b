#!/usr/bin/python3
"""The checks find what they look for: each one is run on a small project with one fault of its kind."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
README = ("| room | what | may use |\n|---|---|---|\n| `base/` | x | GLib |\n| `model/` | x | base |\n"
          "| `widgets/` | x | base, model |\n| `pages/` | x | base, model, widgets |\n| `server/` | x | PostgreSQL |\n")
SOUND = {
    "src/README.md": README,
    "src/server/README.md": "| SW001 | conflict |\n",
    "src/server/rules/ORDER": "rules/a.sql\n",
    "src/server/rules/a.sql": "SELECT rules.fail('SW001');\n",
    "src/model/sw-rule-messages.c": 'static const char *codes[] = { "SW001" };\n',
    "src/base/sw-x.h": "",
    "src/model/sw-y.h": '#include "base/sw-x.h"\n',
    "src/widgets/sw-z.ui": '<interface><object class="GtkButton"><property name="label">a</property></object></interface>',
    "src/pages/common/c.h": "",
    "src/pages/p/p.c": '#include "pages/p/p.h"\n#include "pages/common/c.h"\n/* SELECT is a word of a comment */\n',
    "src/pages/p/p.h": "",
    "src/pages/q/q.h": "",
}
LONG = "int\nf (void)\n{\n" + "  g ();\n" * 101 + "}\n"
FAULTS = {
    "rooms.py": [("src/base/sw-x.h", '#include "model/sw-y.h"\n'), ("src/model/sw-y.h", "#include <gtk/gtk.h>\n"),
                 ("src/pages/p/p.c", '#include "pages/q/q.h"\n'),
                 ("src/pages/common/c.h", '#include "pages/q/q.h"\n'), ("src/model/sw-y.h", "#include <libpq-fe.h>\n")],
    "sizes.py": [("src/base/sw-x.c", LONG), ("src/base/sw-x.h", "\n" * 901),
                 ("src/server/rules/a.sql", "CREATE FUNCTION f() AS $$\n" + "x\n" * 101 + "$$;\n")],
    "sql_text.py": [("src/pages/p/p.c", 'const char *a = "SELECT 1 FROM x";\n')],
    "error_codes.py": [("src/server/rules/a.sql", "SELECT rules.fail('SW002');\n"),
                       ("src/server/README.md", ""), ("src/model/sw-rule-messages.c", "")],
    "order.py": [("src/server/rules/b.sql", ""), ("src/server/rules/ORDER", "rules/a.sql\nrules/c.sql\n"),
                 ("src/server/README.md", "`rules/gone.sql`")],
    "layers.py": [("src/server/rules/a.sql", "SELECT rules.fail('SW001'), cron.schedule();\n"),
                  ("src/server/migrations/0001-a.sql", "CREATE TABLE t (d date DEFAULT rules.today());\n")],
    "accessible.py": [
        ("src/widgets/sw-z.ui", '<interface><object class="GtkButton"><property name="icon-name">a</property></object></interface>'),
        ("src/widgets/sw-z.ui", '<interface><object class="AdwActionRow"><property name="title">a</property></object></interface>'),
        ("src/pages/p/p.c", 'static void\nf (void)\n{\n  gtk_button_new_from_icon_name ("x");\n}\n')],
    "deprecated.py": [("src/widgets/sw-z.ui", '<interface><object class="GtkTreeView"/></interface>'),
                      ("src/pages/p/p.c", "  gtk_widget_show (w);\n"), ("src/pages/p/p.c", "  adw_leaflet_new ();\n")],
    "translations.py": [("src/pages/p/p.c", 'f (_("Hello"));\n')],
}


def run(check, fault=None):
    """Exit status of a check on the sound project with one file replaced."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        shutil.copytree(HERE, root / "tests/lint", ignore=shutil.ignore_patterns("__pycache__"))
        for name, text in {**SOUND, **dict([fault] if fault else [])}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, root / "tests/lint" / check], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def main():
    wrong = 0
    for check, faults in FAULTS.items():
        for fault in [None, *faults]:
            status, said = run(check, fault)
            # 1 is the verdict; anything else is a check that broke.
            if status != (1 if fault else 0) or "problem(s)" not in said:
                wrong += 1
                print(f"{check} returned {status} for {fault}:\n{said}")
    print(f"{wrong} wrong verdict(s) in {sum(1 + len(f) for f in FAULTS.values())}")
    sys.exit(1 if wrong else 0)


main()
