"""What the checks of this folder share: the files of the project, C without its comments, a verdict."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
_SKIPPED = {".git", ".cache", "__pycache__"}


def files(*suffixes, under="."):
    """Files of the project with one of the suffixes, sorted, as paths relative to its root."""
    found = []
    for folder, names, leaves in os.walk(ROOT / under):
        names[:] = sorted(n for n in names if n not in _SKIPPED and not n.startswith("_build"))
        found += [pathlib.Path(folder, leaf).relative_to(ROOT)
                  for leaf in leaves if leaf.endswith(suffixes)]
    return sorted(found)


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


_C_TOKENS = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def c_code(text):
    """C with comments blanked out; line numbers stay true."""
    return _C_TOKENS.sub(lambda m: _blank(m[0]) if m[0][0] == "/" else m[0], text)


def c_strings(text):
    """(line number, contents) of each string literal outside comments."""
    for match in _C_TOKENS.finditer(text):
        if match[0][0] == '"':
            yield text.count("\n", 0, match.start()) + 1, match[0][1:-1]


def c_functions(text):
    """(name, first line, body lines, body) of each function written with its braces in column 0."""
    code = c_code(text)
    for match in re.finditer(r"^(\w+) \([^;{}]*\)\s*\n\{\n(.*?)^\}", code, re.S | re.M):
        first = code.count("\n", 0, match.start(2)) + 1
        yield match[1], first, match[2].count("\n"), match[2]


def verdict(problems, looked_at, what):
    """Prints what is wrong and ends the program; a check that looked at nothing says so."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s) in {looked_at} {what}")
    sys.exit(1 if problems else 0)
