"""What somebody is answered by a real connection of their own: rows, notices and errors with all they say."""

import datetime
import os
import re
import subprocess

MARK = "~answer~"


def ask(uri, statements, settings="-c statement_timeout=20s"):
    """One answer for each of @statements, in their order, over one connection of psql."""
    text = "\\set VERBOSITY verbose\n\\set SHOW_CONTEXT always\n" + "".join(f"{s}\n;\n\\echo {MARK}\n" for s in statements)
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-d", uri], input=text, text=True, errors="replace", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=dict(os.environ, PGOPTIONS=settings, PGAPPNAME="isolation"))
    answers = done.stdout.split(MARK + "\n")
    if len(answers) != len(statements) + 1:
        raise RuntimeError(f"the session ended at: {statements[len(answers) - 1][:500]}\n{answers[-1][:500]}")
    return answers[:-1]


INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::?\d\d)?)?")


def settled(answer, since):
    """@answer without what differs from run to run: order of rows, instants after @since, positions of the feed, the line."""
    def instant(match):
        text = re.sub(r"([+-]\d\d)$", r"\1:00", match.group().replace(" ", "T"))
        try:
            moment = datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", text))
        except ValueError:
            return match.group()
        return "<now>" if moment.replace(tzinfo=None) >= since else match.group()

    answer = INSTANT.sub(instant, answer)
    answer = re.sub(r'("position": ")[\d:,]+', r"\1<position>", answer)
    answer = re.sub(r"^psql:[^ ]*:\d+: ", "", answer, flags=re.M)
    return "\n".join(sorted(answer.split("\n")))
