"""The primary dies in the middle of 200 invoices and its standby is promoted: every acknowledged invoice is there, once, and the
numbers have no gap. From the files of data/server, through PgBouncer, over TLS that knows the names (issue: Failover, WF-36).
TAP on standard output; needs SOFTWHERE_TEST_DIR, a server with demonstration logins, which is stopped and copied."""

import os
import sys
import time
import uuid

import psycopg2

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import check, equal, finish, wait_until  # noqa: E402

from invoices import DIES_AFTER, INVOICES, Issuing, check_invoices, make_contracts  # noqa: E402
from machines import BIN, Pair, as_user, write  # noqa: E402

started = time.monotonic()


def refusal(conninfo):
    try:
        psycopg2.connect(conninfo).close()
        return "nothing"
    except psycopg2.OperationalError as error:
        return str(error).strip()


def asked(conninfo, statement):
    connection = psycopg2.connect(conninfo)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def start_primary(pair):
    one = pair.one
    one.configure()
    # Step 1 of the recipe: nobody to wait for yet.
    write(f"{one.data}/postgresql.auto.conf", "synchronous_standby_names = ''\n")
    one.start()
    with open(os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "server", "pgbouncer.sql"), encoding="utf-8") as file:
        one.sql(file.read())
    # A known password, made for this run.
    pair.secret = uuid.uuid4().hex
    one.sql(f"CREATE ROLE replicator REPLICATION LOGIN PASSWORD '{pair.secret}'")
    one.start_pooler()


def start_standby(pair):
    one, two = pair.one, pair.two
    passfile = f"{two.folder}/pgpass"
    write(passfile, f"db1.example.com:{one.port}:replication:replicator:{pair.secret}\n")
    as_user(f"{BIN}/pg_basebackup", "--pgdata", two.data, "--write-recovery-conf", "--slot", "db2", "--create-slot", "--checkpoint", "fast", "--dbname",
            f"host=db1.example.com hostaddr=127.0.0.1 port={one.port} user=replicator sslmode=verify-full sslrootcert={pair.authority} "
            f"application_name=db2 passfile={passfile}")
    two.configure()
    two.start()
    two.start_pooler()
    one.sql("ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf()")


def check_connections(pair):
    one, two = pair.one, pair.two
    direct = pair.host("adv", pooled=False, machines=(one,))
    equal(asked(direct, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), True, "TLS to the name in the certificate")
    check("does not match host name" in refusal(pair.host("adv", pooled=False, names=("other.example.com",), machines=(one,))),
          "a server with another name is refused")
    check("does not match host name" in refusal(pair.host("adv", names=("other.example.com",), machines=(one,))), "so is a PgBouncer")
    check("certificate verify failed" in refusal(direct.replace(pair.authority, f"{pair.root}/db2.crt")), "and one whose authority is unknown")
    check("no pg_hba.conf entry" in refusal(direct.replace("verify-full", "disable")), "nobody connects without TLS")
    check("required" in refusal(pair.host("adv", machines=(one,)).replace("verify-full", "disable")), "nor to PgBouncer")
    check("password authentication failed" in refusal(direct.replace("password=", "password=x")), "nor with another password")
    check("rejects connection" in refusal(direct.replace("user=adv", "user=postgres")), "nor as superuser from elsewhere")
    check(wait_until(lambda: one.sql("SELECT application_name || ' ' || sync_state FROM pg_stat_replication") == "db2 quorum"),
          "the standby is synchronous", one.sql("SELECT application_name || ' ' || sync_state FROM pg_stat_replication"))
    equal(asked(pair.host("adv"), "SELECT session_user || ' ' || current_setting('cluster_name')"), "adv db1", "PgBouncer passes the login on")
    equal(asked(pair.host("adv", names=("db2.example.com", "db1.example.com"), machines=(two, one)), "SELECT current_setting('cluster_name')"), "db1",
          "whose standby is first finds the primary")
    equal(asked(pair.host("adv"), "SELECT concat_ws(' ', current_setting('intervalstyle'), current_setting('idle_in_transaction_session_timeout'))"),
          "iso_8601 1min", "what PgBouncer does not pass on is set by the server")


def check_listening(pair):
    """LISTEN and prepared statements live through PgBouncer, since it pools sessions."""
    listener = psycopg2.connect(pair.host("adv"))
    listener.autocommit = True
    cursor = listener.cursor()
    cursor.execute("LISTEN softwhere")
    cursor.execute("PREPARE kept AS SELECT 1")
    asked(pair.host("admin"), "SELECT pg_notify('softwhere', '')")

    def heard():
        listener.poll()
        return bool(listener.notifies)
    check(wait_until(heard), "a listener behind PgBouncer hears", None)
    cursor.execute("EXECUTE kept")
    equal(cursor.fetchone()[0], 1, "and keeps its prepared statements")
    listener.close()


def promote(pair, issuing):
    """README.md: the primary is off, the standby is promoted, and alone it waits for nobody. Returns when that was."""
    if not issuing.wait(DIES_AFTER):
        raise RuntimeError("no invoice was issued")
    pair.one.die()
    known = dict(issuing.acknowledged)
    pair.two.sql("SELECT pg_promote() \\g /dev/null\nALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf()")
    pair.two.reconnect_pooler()
    return known, pair.two.sql("SELECT clock_timestamp()")


def main():
    pair = Pair()
    try:
        start_primary(pair)
        start_standby(pair)
        check_connections(pair)
        check_listening(pair)
        contracts = make_contracts(pair.one)
        # Every minute, on whichever machine is primary: pg_cron waits on a standby.
        pair.one.sql("SELECT cron.alter_job(jobid, schedule => '* * * * *') FROM cron.job WHERE jobname = 'softwhere-run-due' \\g /dev/null")
        print(f"# two machines and {len(contracts)} contracts after {time.monotonic() - started:.1f} s", flush=True)
        equal(pair.two.sql("SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'pg_cron%' AND datname IS NOT NULL"), "0",
              "pg_cron reads no jobs on a standby")
        issuing = Issuing(pair.host("admin"), contracts)
        known, promoted = promote(pair, issuing)
        check(issuing.wait(INVOICES), "the work goes on by itself", (len(issuing.acknowledged), issuing.faults))
        issuing.finish()
        check_invoices(pair.two, issuing, known)
        print(f"# {len(known)} before, {issuing.cuts} failed attempts, {time.monotonic() - started:.1f} s", flush=True)
        check(wait_until(lambda: pair.two.sql(f"SELECT count(*) > 0 FROM cron.job_run_details WHERE status = 'succeeded' AND start_time > '{promoted}'") == "t", 130),
              "the schedule runs on the new primary", pair.two.sql("SELECT * FROM cron.job_run_details ORDER BY runid DESC LIMIT 3"))
        print(f"# {time.monotonic() - started:.1f} s", flush=True)
    finally:
        pair.remove()
    finish()


main()
