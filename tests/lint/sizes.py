#!/usr/bin/python3
"""No file over 900 lines, no function over 100."""

import ast
import re

from common import c_functions, files, read, verdict

FILE_LINES, FUNCTION_LINES = 900, 100


def sql_functions(text):
    """The bodies between dollar quotes, named after the last object created before them."""
    for match in re.finditer(r"\$(\w*)\$(.*?)\$\1\$", text, re.S):
        heads = re.findall(r"(?:FUNCTION|PROCEDURE)\s+([\w.]+)", text[:match.start()])
        name = heads[-1] if heads else "block"
        yield name, text.count("\n", 0, match.start()) + 1, match[2].count("\n")


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno - node.lineno


def shell_functions(text):
    for match in re.finditer(r"^(\w+) \(\)\n\{\n(.*?)^\}", text, re.S | re.M):
        yield match[1], text.count("\n", 0, match.start()) + 1, match[2].count("\n")


def functions(path, text):
    if path.suffix in (".c", ".h"):
        return [(name, first, lines) for name, first, lines, _ in c_functions(text)]
    if path.suffix == ".sql":
        return sql_functions(text)
    if path.suffix == ".py":
        return python_functions(text)
    if text.startswith("#!") and "sh" in text.split("\n", 1)[0]:
        return shell_functions(text)
    return []


def main():
    problems = []
    written = files(".c", ".h", ".sql", ".py", ".ui", ".css", ".sh", ".md", "meson.build")
    written += [path for folder in ("build-aux", "tests", ".ci", "src/server")
                for path in files("", under=folder) if not path.suffix]
    for path in written:
        text = read(path)
        lines = text.count("\n")
        # Data of the demonstration is data, whatever its suffix.
        if lines > FILE_LINES and path.parts[0] != "data":
            problems.append(f"{path}: {lines} lines, {FILE_LINES} is the end")
        for name, first, length in functions(path, text):
            if length > FUNCTION_LINES:
                problems.append(f"{path}:{first}: {name} has {length} lines, {FUNCTION_LINES} is the end")
    verdict(problems, len(written), "files")


main()
