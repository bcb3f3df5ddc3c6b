#!/usr/bin/python3
"""What may name what in src/server: pg_cron stays in one file, migrations know nothing of the rules.

The rules are dropped and rebuilt at each upgrade; a table that needed one would be dropped with it.
"""

import re

from common import files, read, verdict

ABOUT_THE_SCHEDULER = {"src/server/jobs/schedule.sql", "src/server/upgrade/install.sql"}


def code(path):
    """SQL without its comments; COMMENT ON may name what it likes."""
    text = re.sub(r"--[^\n]*", "", read(path))
    return re.sub(r"COMMENT ON .*?;\s*$", lambda m: "\n" * m[0].count("\n"), text, flags=re.S | re.M)


def main():
    problems = []
    sources = files(".sql", under="src/server")
    for path in sources:
        for number, line in enumerate(code(path).splitlines(), 1):
            if str(path) not in ABOUT_THE_SCHEDULER and re.search(r"\b(pg_cron|cron\.\w)", line):
                problems.append(f"{path}:{number}: only jobs/schedule.sql names pg_cron")
            if path.parts[2] == "migrations" and re.search(r"\b(rules|api|jobs)\.\w", line):
                problems.append(f"{path}:{number}: a migration does not refer to what upgrades rebuild")
    verdict(problems, len(sources), "SQL files")


main()
