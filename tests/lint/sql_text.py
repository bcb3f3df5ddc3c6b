#!/usr/bin/python3
"""SQL lives in src/server; in C only model/ composes it: the queries of lists, and calls of api functions."""

import re

from common import c_strings, files, read, verdict

SQL = re.compile(r"\b(SELECT\s|INSERT\s+INTO|UPDATE\s+[\w.]+\s+SET|DELETE\s+FROM|ORDER\s+BY|WHERE\s|"
                 r"FROM\s+(api|softwhere|rules|jobs)\.|LISTEN\s|NOTIFY\s)")


def main():
    problems = []
    sources = files(".c", ".h", ".ui", under="src")
    for path in sources:
        if path.parts[1] == "model":
            continue
        text = read(path)
        strings = c_strings(text) if path.suffix != ".ui" else enumerate(text.splitlines(), 1)
        problems += [f"{path}:{line}: SQL outside src/server and model/: {content.strip()[:70]}"
                     for line, content in strings if SQL.search(content)]
    verdict(problems, len(sources), "files")


main()
