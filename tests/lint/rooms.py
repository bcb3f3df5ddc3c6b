#!/usr/bin/python3
"""A room includes only what the table of src/README.md lets it use, as "room/file.h"."""

import re

from common import ROOT, c_code, files, read, verdict

# Libraries that only some rooms may speak to; any other system header is free.
LIBRARIES = {
    r"libpq|postgres_ext": {"postgres"},
    r"curl/": {"network"},
    r"gtk/|adwaita|gdk/|gsk/|shumate": {"widgets", "pages", "shell"},
}
GENERATED = re.compile(r"^(config\.h|[\w-]+-(resources|enums)\.h)$")


def allowed_rooms():
    """Room -> rooms it may include, read from the table a newcomer reads."""
    table = {}
    for line in read("src/README.md").splitlines():
        row = re.match(r"\| `(\w+)/` \|.*\| ([^|]*) \|$", line)
        if not row:
            continue
        named = set(re.findall(r"\w+", row[2])) & set(table)
        table[row[1]] = (set(table) if "all of the above" in row[2] else named) | {row[1]}
    return table


def check(path, table, rooms):
    room = path.parts[1] if len(path.parts) > 2 else None
    code = c_code(read(path))
    for number, line in enumerate(code.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if not include:
            continue
        target = include[2]
        where = f"{path}:{number}: "
        if include[1] == "<":
            for pattern, users in LIBRARIES.items():
                if room and re.match(pattern, target) and room not in users:
                    yield f"{where}only {', '.join(sorted(users))} may include <{target}>"
            continue
        if GENERATED.match(target):
            continue
        used = target.split("/")[0]
        if used not in rooms or not (ROOT / "src" / target).exists():
            yield f'{where}"{target}" is not written as "room/file.h"'
        elif room and used not in table.get(room, set()):
            yield f"{where}{room} may not use {used}"
        elif room == "pages" and used == "pages":
            # A folder is one page; common/ is what they share.
            other = target.split("/")[1]
            if other not in ("common", path.parts[2]) and "/" in target[len("pages/"):]:
                yield f'{where}a page includes another page: "{target}"'


def main():
    table = allowed_rooms()
    rooms = {p.name for p in (ROOT / "src").iterdir() if p.is_dir()}
    sources = files(".c", ".h", under="src")
    problems = [f"src/README.md: no row for {room}/" for room in sorted(rooms - set(table))]
    for path in sources:
        problems += check(path, table, rooms)
    verdict(problems, len(sources), "C files")


main()
