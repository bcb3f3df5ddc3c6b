#!/usr/bin/python3
"""The desktop file and the metainfo of the build pass the validators that software centres use.

usage: desktop.py BUILD_FOLDER
"""

import pathlib
import subprocess
import sys

from common import files, verdict

VALIDATORS = {
    ".desktop": ["desktop-file-validate"],
    ".metainfo.xml": ["appstreamcli", "validate", "--no-net"],
}


def main():
    build = pathlib.Path(sys.argv[1])
    problems, looked_at = [], 0
    for suffix, command in VALIDATORS.items():
        for source in files(suffix, suffix + ".in", suffix + ".in.in", under="data"):
            name = source.name.split(suffix)[0] + suffix
            built = build / source.parent / name
            looked_at += 1
            if source.name == name:
                built = source
            if not built.exists():
                problems.append(f"{source}: the build did not make {built}")
                continue
            done = subprocess.run([*command, str(built)], capture_output=True, text=True, check=False)
            if done.returncode:
                problems.append(f"{source}: {done.stdout}{done.stderr}")
    verdict(problems, looked_at, "files")


main()
