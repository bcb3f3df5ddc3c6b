#!/usr/bin/python3
"""ORDER files list every SQL file of rules/ and jobs/ once; src/server/README.md names files that exist."""

import re

from common import ROOT, files, read, verdict


def check(folder):
    path = f"src/server/{folder}/ORDER"
    present = [str(p.relative_to("src/server")) for p in files(".sql", under=f"src/server/{folder}")]
    # Run last and as superuser, by softwhere-server itself.
    present = [name for name in present if name != "jobs/schedule.sql"]
    if not present:
        return []
    if not (ROOT / path).exists():
        return [f"{path} is missing"]
    listed = [line.split("#")[0].strip() for line in read(path).splitlines()]
    listed = [name for name in listed if name and name != "jobs/schedule.sql"]
    problems = [f"{path} lacks {name}" for name in present if name not in listed]
    problems += [f"{path} names {name}, which does not exist" for name in listed if name not in present]
    problems += [f"{path} names {name} twice" for name in sorted({n for n in listed if listed.count(n) > 1})]
    return problems


def main():
    problems = check("rules") + check("jobs")
    for name in re.findall(r"`((?:rules|jobs|migrations|consistency)/[\w./-]+)`", read("src/server/README.md")):
        if not (ROOT / "src/server" / name).exists():
            problems.append(f"src/server/README.md names {name}, which does not exist")
    names = [p.name for p in files(".sql", under="src/server/migrations")]
    problems += [f"migrations/{name} is not named NNNN-words.sql"
                 for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.sql", name)]
    numbers = [name[:4] for name in names]
    problems += [f"two migrations have number {n}" for n in sorted({n for n in numbers if numbers.count(n) > 1})]
    verdict(problems, len(files(".sql", under="src/server")), "SQL files")


main()
