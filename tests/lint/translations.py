#!/usr/bin/python3
"""Every file with a sentence is in po/POTFILES, and po/fr.po translates every sentence, in French spaces."""

import re
import subprocess
import tempfile

from common import ROOT, c_code, files, read, verdict

C_CALL = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*(NULL,\s*)?\"")
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dcgettext:2", "g_dngettext:2,3",
            "g_dpgettext2:2c,3"]


def has_sentences(path):
    text = read(path)
    if path.suffix in (".c", ".h"):
        return C_CALL.search(c_code(text))
    if path.suffix == ".ui":
        return re.search(r'translatable="(yes|true|1)"', text)
    return True


def potfiles():
    lines = (line.strip() for line in read("po/POTFILES").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def fresh_template(target):
    """Extracts the sentences as the build does; returns what xgettext complains of."""
    command = ["xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES", f"--output={target}",
               "--directory=.", *(f"--keyword={k}" for k in KEYWORDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [done.stderr] if done.returncode else []


def check_french():
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        problems = fresh_template(template.name)
        if problems:
            return problems
        for command in (["msgfmt", "--check", "--output-file=/dev/null", "po/fr.po"],
                        ["msgcmp", "po/fr.po", template.name]):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                problems += [line for line in done.stderr.splitlines() if "warning:" not in line]
    return problems


def check_spaces():
    """What French puts a space before, or after, never stands alone on a line."""
    sentences = re.findall(r'^msgstr(?:\[\d\])? ((?:"[^\n]*"\n)+)', read("po/fr.po"), re.MULTILINE)
    return [f"po/fr.po breaks at a space that holds together: {sentence.strip()}"
            for sentence in sentences if re.search(r"« | »| [;!?]| :(?!\w)", sentence)]


def main():
    candidates = files(".c", ".h", ".ui", under="src")
    candidates += files(".desktop.in", ".metainfo.xml.in", ".gschema.xml", under="data")
    speaking = [str(path) for path in candidates if has_sentences(path)]
    if not speaking:
        verdict([], 0, "files with sentences")
    if not (ROOT / "po/POTFILES").exists():
        verdict(["po/POTFILES is missing"], len(speaking), "files with sentences")
    listed = potfiles()
    problems = [f"po/POTFILES lacks {path}" for path in speaking if path not in listed]
    problems += [f"po/POTFILES names {path}, which does not exist"
                 for path in listed if not (ROOT / path).exists()]
    problems += [f"po/POTFILES names {path} twice" for path in sorted({p for p in listed if listed.count(p) > 1})]
    if not problems:
        problems = check_french() + check_spaces()
    verdict(problems, len(speaking), "files with sentences")


main()
