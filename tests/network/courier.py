#!/usr/bin/python3
"""The courier between a fake operator and a real server: everything, nothing new, cut in the middle, out of order, faults, and what
it may not do (LINE-07, LINE-08, L-13).

    courier.py COURIER CFAST

beside a throw-away server (SOFTWHERE_TEST_URI). TAP on standard output."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "server", "lib"))
from psql import URI, Session, check, equal, finish, wait_until  # noqa: E402

COURIER, CFAST = sys.argv[1:3]
admin = Session("admin")
secrets = tempfile.mkdtemp(prefix="softwhere-courier.")

WORLD = """SELECT md5(string_agg(concat_ws('|', l.external_id, s.external_id, l.number, l.activity, l.first_name, l.last_name, k.iccid, o.external_id, o.code,
    o.price, o.purchase_price, o.starts_on, o.ends_on), E'\\n' ORDER BY l.external_id, o.external_id))
  FROM softwhere.service_line AS l JOIN softwhere.service AS s ON s.id = l.service_id
  LEFT JOIN softwhere.sim_card AS k ON k.line_id = l.id JOIN softwhere.line_offer AS o ON o.line_id = l.id"""


class Operator:
    """The fake and its commands."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.executable, CFAST, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = "http://127.0.0.1:" + self.process.stdout.readline().split()[1]

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def secret(name, text, mode=0o600):
    path = os.path.join(secrets, name)
    if os.path.exists(path):
        os.remove(path)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, mode), "w") as file:
        file.write(text)
    os.chmod(path, mode)


def courier(*arguments, provider="cfast"):
    """Runs one round; its status and what it said."""
    done = subprocess.run([COURIER, "--sync", provider, "--once", "--secrets", secrets, *arguments], capture_output=True, text=True,
                          timeout=300, check=False)
    return done.returncode, done.stderr


def counts():
    return admin.run("SELECT concat_ws(' ', status, created, changed, same) FROM softwhere.sync_run ORDER BY id DESC LIMIT 1")


def start_anew():
    """No line, no run: as before the first synchronisation."""
    admin.run("""SET session_replication_role = replica;
      TRUNCATE softwhere.sim_card, softwhere.sim_event, softwhere.line_offer, softwhere.line_request, softwhere.service_line, softwhere.service, softwhere.sync_run,
        softwhere.sync_task, softwhere.sync_answer, softwhere.sync_object, softwhere.sync_anomaly, softwhere.provider_account CASCADE;
      UPDATE softwhere.provider SET synchronised_until = NULL; SET session_replication_role = DEFAULT""")


def point_at(operator):
    admin.run(f"UPDATE softwhere.provider SET base_url = '{operator.url}', active = true WHERE code = 'cfast'")


def everything(operator):
    """100 lines × 12 changes; again nothing."""
    status, said = courier("--full")
    equal(status, 0, "a synchronisation ends well")
    check("105 new" in said, "and says what it did", said)
    equal(admin.run("SELECT count(*) FROM softwhere.line_offer WHERE kind = 'subscription'"), "1300", "12 changes of 100 lines are 1300 plans")
    equal(admin.run("SELECT count(*) FROM (SELECT line_id FROM softwhere.line_offer WHERE kind = 'subscription' AND rules.today() BETWEEN starts_on"
                    " AND COALESCE(ends_on, 'infinity') GROUP BY line_id HAVING count(*) = 1) AS t"), "100", "one active subscription each (LINE-07)")
    equal(admin.run("SELECT count(*) FROM (SELECT starts_on, lag(ends_on) OVER (PARTITION BY line_id ORDER BY starts_on) AS e FROM softwhere.line_offer"
                    " WHERE kind = 'subscription') AS t WHERE e IS NOT NULL AND starts_on <> e + 1"), "0", "the timeline is in order (LINE-08)")
    equal(admin.run("SELECT string_agg(DISTINCT code, ' ' ORDER BY code) FROM softwhere.sync_anomaly WHERE resolved_at IS NULL"), "unknown_article",
          "what the catalogue does not know is told")
    world = admin.run(WORLD)
    equal(courier("--full")[0], 0, "again")
    equal(counts(), "done 0 0 100", "the second changes nothing")
    equal(admin.run(WORLD), world, "not a row")
    operator.say("count")
    equal(courier()[0], 0, "only what changed")
    equal(operator.say("count"), "1", "is one question when nothing did")
    operator.say("change 77 99.00")
    equal(courier()[0], 0, "a price changes there")
    equal(counts(), "done 0 1 39", "one line changes here, those of its customer are looked at")
    equal(admin.run("SELECT l.number || ' ' || r.status FROM api.line_request AS r JOIN api.line AS l ON l.id = r.line_id WHERE r.action = 'line_synchronise'"),
          "+33749000077 applied", "and its journal tells")
    return world


def cut_and_resumed(operator, world):
    start_anew()
    operator.say("after 4")
    status, said = courier("--full")
    equal(status, 69, "an operator that is cut in the middle: status 69")
    check("goes on next time" in said, "and it is said", said)
    part = int(admin.run("SELECT count(*) FROM softwhere.service_line"))
    check(0 <= part < 100, "part of it is here", part)
    operator.say("well")
    operator.say("count")
    equal(courier("--full")[0], 0, "the next one goes on")
    questions = 2 + 2 + 5 + 1
    check(int(operator.say("count")) < questions, "and does not ask again what was answered")
    equal(admin.run("SELECT count(*) FROM softwhere.sync_run"), "1", "it is the same run")
    equal(admin.run(WORLD), world, "cut and resumed ends as in one go")


def out_of_order(operator, world):
    start_anew()
    operator.say("shuffle 5")
    operator.say("duplicate on")
    equal(courier("--full")[0], 0, "shuffled, twice, at any pace")
    equal(admin.run(WORLD), world, "out of order ends as in order")
    operator.say("shuffle 0")
    operator.say("duplicate off")


def killed(operator, world):
    """The courier dies without a word; nobody is locked out, nothing is lost."""
    start_anew()
    operator.say("slow 300")
    process = subprocess.Popen([COURIER, "--sync", "cfast", "--once", "--full", "--secrets", secrets], stderr=subprocess.DEVNULL)
    check(wait_until(lambda: int(admin.run("SELECT count(*) FROM softwhere.sync_task WHERE is_done") or 0) > 1), "it is at work")
    status, said = courier("--full")
    equal(status, 75, "a second one is told to wait: status 75")
    check("synchronising" in said, "and why", said)
    process.kill()
    process.wait()
    operator.say("well")
    check(wait_until(lambda: admin.run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1") == "0"), "its lock is gone with it")
    equal(courier("--full")[0], 0, "the next one takes it up")
    equal(admin.run(WORLD), world, "killed and taken up ends as in one go")


def faults(operator):
    """What cannot be read below the list is told, the rest arrives; a list that cannot be read ends the run."""
    start_anew()
    operator.say("only /services/9000-000002/")
    operator.say("fault malformed 0")
    equal(courier("--full")[0], 0, "one parc answers nonsense: the others arrive")
    equal(admin.run("SELECT count(*) FROM softwhere.service_line"), "80", "all of them")
    equal(admin.run("SELECT code || ' ' || external_id FROM softwhere.sync_anomaly WHERE code = 'unreadable' AND resolved_at IS NULL"), "unreadable 9000-000002", "it is told")
    operator.say("well")
    equal(courier("--full")[0], 0, "once it is mended")
    equal(admin.run("SELECT count(*) FROM softwhere.service_line"), "100", "its lines are there")
    equal(admin.run("SELECT count(*) FROM softwhere.sync_anomaly WHERE code = 'unreadable' AND resolved_at IS NULL"), "0", "and it is settled")
    for fault, status in (("malformed", 69), ("401", 77), ("redirect", 69)):
        operator.say(f"fault {fault} 0")
        equal(courier("--full")[0], status, f"a list that is {fault}: status {status}")
        operator.say("well")
    check(re.fullmatch("failed 0 0 .*", counts()), "the run says it failed", counts())


def set_up(operator):
    """What is missing or open to others is said, with a status a script can read; requests wait and say why."""
    secret("cfast", "hidden", 0o644)
    status, said = courier()
    check(status == 77 and "0600" in said, "a secret others may read is refused: 77", said)
    secret("cfast", "hidden")
    os.remove(os.path.join(secrets, "database"))
    equal(courier()[0], 78, "no database named: 78")
    secret("database", URI.replace("postgres@", "nobody-known@") if "@" in URI else URI)
    set_database()
    equal(courier(provider="elsewhere")[0], 64, "a provider nobody knows: 64")
    admin.run(f"UPDATE softwhere.provider SET active = true, base_url = '{operator.url}' WHERE code = 'alphalink'")
    status, said = courier(provider="alphalink")
    check(status == 78 and "resellers only" in said, "Alphalink says what is not known: 78 (CATA-07)", said)
    admin.run("UPDATE softwhere.provider SET active = false WHERE code = 'cfast'")
    equal(courier()[0], 78, "a provider out of use: 78")
    point_at(operator)
    admin.run("UPDATE softwhere.operator SET provider = 'cfast'")
    admin.run("SELECT api.line_terminate(ARRAY[(SELECT min(id) FROM softwhere.service_line)])")
    status, said = courier()
    check(status == 0 and "line_terminate" in said, "requests are looked at", said)
    check(admin.run("SELECT note FROM softwhere.line_request WHERE action = 'line_terminate'").startswith("CFAST tells of lines"), "and say why they wait")
    check("hidden" not in said, "nothing secret is said", said)
    denied = subprocess.run(["psql", "-X", "-d", open(os.path.join(secrets, "database"), encoding="utf8").read(), "-c", "SELECT * FROM softwhere.customer"],
                            capture_output=True, text=True, check=False)
    check("permission denied" in denied.stderr, "its login reads no customer", denied.stderr)


def set_database():
    admin.run("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'courier') THEN CREATE ROLE courier LOGIN IN ROLE sw_courier PASSWORD 'Port3faix'; END IF; END $$")
    secret("database", re.sub(r"//[^@/]*@?/", "//courier:Port3faix@/", URI, count=1))


def main():
    admin.run("""INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
      SELECT 'CLI-' || n, 'company', 'Client ' || n, '2026-01-01', 't', 't' FROM generate_series(1, 2) AS n""")
    admin.run("INSERT INTO softwhere.operator (name, provider) VALUES ('Orange', 'manual') ON CONFLICT DO NOTHING")
    set_database()
    operator = Operator("--lines", "100", "--references", "CLI-1,CLI-2")
    point_at(operator)
    world = everything(operator)
    operator.close()
    operator = Operator("--lines", "100", "--references", "CLI-1,CLI-2")
    point_at(operator)
    cut_and_resumed(operator, world)
    out_of_order(operator, world)
    killed(operator, world)
    faults(operator)
    set_up(operator)
    operator.close()
    admin.close()
    shutil.rmtree(secrets)
    finish()


main()
