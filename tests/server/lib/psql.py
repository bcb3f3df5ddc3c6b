"""Sessions of psql that stay open side by side, and TAP, for tests of what several people do at once."""

import os
import subprocess
import sys
import time

URI = os.environ["SOFTWHERE_TEST_URI"]
MARK = "~done~"


class Session:
    """One psql whose statements may be left running; @settings are given to PostgreSQL, @uri is a superuser's unless given."""

    def __init__(self, name, settings="", uri=URI):
        self.name = name
        env = dict(os.environ, PGAPPNAME=name, PGOPTIONS=f"-c client_min_messages=warning {settings}")
        self.psql = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-d", uri], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)

    def send(self, sql):
        self.psql.stdin.write(f"\\set VERBOSITY sqlstate\n{sql}\n;\n\\echo {MARK}\n")
        self.psql.stdin.flush()

    def answer(self):
        lines = []
        for line in self.psql.stdout:
            if line.strip() == MARK:
                return "\n".join(lines).strip()
            lines.append(line.strip())
        raise RuntimeError(f"{self.name} ended: {lines}")

    def run(self, sql):
        self.send(sql)
        return self.answer()

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


results = []


def check(condition, name, got=None):
    results.append(bool(condition))
    print(f"{'ok' if condition else 'not ok'} {len(results)} - {name}" + ("" if condition else f"  # got {got!r}"), flush=True)
    return bool(condition)


def equal(got, expected, name):
    check(got == expected, name, got)


def wait_until(condition, seconds=60):
    """Whether @condition came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def finish():
    print(f"1..{len(results)}")
    sys.exit(not results or not all(results))
