#!/usr/bin/python3
"""The error codes the server raises, the table of src/server/README.md and the client's are one set."""

import re

from common import ROOT, c_code, files, read, verdict


def main():
    sql = set()
    sources = [path for path in files(".sql", under="src/server")]
    for path in sources:
        sql |= set(re.findall(r"'(SW\d{3})'", re.sub(r"--[^\n]*", "", read(path))))
    sets = {
        "raised in src/server": sql,
        "explained in src/server/README.md":
            set(re.findall(r"^\| (SW\d{3}) \|", read("src/server/README.md"), re.M)),
    }
    messages = "src/model/sw-rule-messages.c"
    if (ROOT / messages).exists():
        sets[f"told to people in {messages}"] = set(re.findall(r'"(SW\d{3})"', c_code(read(messages))))
    every = sorted(set().union(*sets.values()))
    problems = [f"{code} is not {where}" for code in every for where, codes in sets.items() if code not in codes]
    verdict(problems, len(every), "error codes")


main()
