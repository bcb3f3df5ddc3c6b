#!/usr/bin/python3
"""60 000 lines taken over from the fake operator by the courier, beside merely fetching the very pages it asked
for: curl, as many at once, the same fake, the same run. The ratio is what taking them over adds; 1 is the operator's own pace.

    sync.py COURIER CFAST        SOFTWHERE_BENCH_LINES (60000) makes it smaller, SOFTWHERE_BENCH_DELAY (0) lets each answer wait so
                                 many milliseconds, as those of a real system do

beside a throw-away server (SOFTWHERE_TEST_URI). First everything is new, then everything is told again and nothing changed."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

URI = os.environ["SOFTWHERE_TEST_URI"]
COURIER, CFAST = sys.argv[1:3]
LINES = int(os.environ.get("SOFTWHERE_BENCH_LINES", "60000"))
DELAY = int(os.environ.get("SOFTWHERE_BENCH_DELAY", "0"))
CUSTOMERS = -(-LINES // 60)
CHANGES = 2  # of plan, of each line: three subscriptions, and an option for one line in three
AT_ONCE = 6  # as src/network/sw-sync.c
PATHS = {"customers": "/customers", "sites": "/customers/{key}/sites", "services": "/sites/{key}/services", "lines": "/services/{key}/lines"}


def psql(sql):
    return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", URI], input=sql, capture_output=True, text=True, check=True).stdout.strip()


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return time.monotonic() - start


def set_up(folder, url):
    psql(f"""INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
      SELECT 'B-' || n, 'company', 'Client ' || n, '2026-01-01', 'bench', 'bench' FROM generate_series(1, {CUSTOMERS}) AS n;
      INSERT INTO softwhere.operator (name) VALUES ('Orange');
      SELECT api.offer_save(jsonb_build_object('kind', 'subscription', 'code', 'PLAN-' || n, 'label', 'Forfait', 'price', '10', 'valid_from_on', '2015-01-01')) FROM generate_series(1, 5) AS n;
      UPDATE softwhere.provider SET base_url = '{url}', active = true WHERE code = 'cfast';
      CREATE ROLE bench_courier LOGIN IN ROLE sw_courier PASSWORD 'Port3faix'; VACUUM ANALYZE softwhere.customer""")
    for name, text in (("database", re.sub(r"//[^@/]*@?/", "//bench_courier:Port3faix@/", URI, count=1)), ("cfast", "hidden")):
        with os.fdopen(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(text)


def bare(folder, url):
    """Seconds to fetch what the courier asked for, in its order, connections kept."""
    questions = psql("SELECT resource || ' ' || key || ' ' || page FROM softwhere.sync_task WHERE run_id = (SELECT min(id) FROM softwhere.sync_run) ORDER BY id").splitlines()
    with open(os.path.join(folder, "pages"), "w", encoding="utf8") as file:
        for question in questions:
            resource, key, page = question.split(" ")
            file.write(f'url = "{url}{PATHS[resource].format(key=key)}?page={page}&pageSize=100"\noutput = "/dev/null"\n')
    taken = sorted(seconds(["curl", "-sS", "--fail", "-Z", "--parallel-max", str(AT_ONCE), "-K", file.name]) for _ in range(3))
    return len(questions), taken[1]


def main():
    folder = tempfile.mkdtemp(prefix="softwhere-bench.")
    fake = subprocess.Popen([sys.executable, CFAST, "--lines", str(LINES), "--changes", str(CHANGES), "--references", ",".join(f"B-{n}" for n in range(1, CUSTOMERS + 1))],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = "http://127.0.0.1:" + fake.stdout.readline().split()[1]
        fake.stdin.write(f"slow {DELAY}\n")
        fake.stdin.flush()
        set_up(folder, url)
        courier = [COURIER, "--sync", "cfast", "--once", "--full", "--secrets", folder]
        new, again = seconds(courier), seconds(courier)
        pages, floor = bare(folder, url)
        lines, offers = psql("SELECT count(DISTINCT line_id), count(*) FROM softwhere.line_offer").split("|")
        print(f"{lines} lines with {offers} offers, {pages} pages of {DELAY} ms: fetched only {floor:.1f} s, taken over {new:.1f} s (ratio {new / floor:.2f}, {int(lines) / new:.0f} lines/s), "
              f"told again, nothing changed {again:.1f} s (ratio {again / floor:.2f})")
    finally:
        fake.stdin.close()
        fake.wait()
        shutil.rmtree(folder)


main()
