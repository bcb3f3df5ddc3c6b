"""Patroni promotes the standby by itself when the primary dies in the middle of 200 invoices, nobody being there, and the old primary
follows the new one when it comes back. From data/server/patroni.yml, with etcd, PgBouncer and TLS that knows the names (issue: Failover).
TAP on standard output; needs SOFTWHERE_TEST_DIR, a server with demonstration logins, which is stopped and copied."""

import contextlib
import json
import os
import pwd
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import check, equal, finish, wait_until  # noqa: E402

from invoices import DIES_AFTER, INVOICES, Issuing, check_invoices, make_contracts  # noqa: E402
from machines import USER, Pair, free_port, sample, write  # noqa: E402

# The lease of the primary (ttl) runs out, then the standby is asked and promoted.
PATIENCE = 90
started = time.monotonic()


def start_as_user(log, *command):
    """A program that runs on, as who may run PostgreSQL; a group of its own."""
    prefix = ["setpriv", "--reuid", USER, "--regid", USER, "--init-groups", "--"] if os.getuid() == 0 else []
    with open(log, "ab") as out:
        # The home of another user holds nothing for them.
        return subprocess.Popen(prefix + list(command), cwd="/", env={**os.environ, "HOME": os.path.dirname(log)}, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)


def kill(process):
    if process and process.poll() is None:
        process.send_signal(signal.SIGKILL)
        process.wait()


class Etcd:
    """One of the three: what matters here is who reads it."""

    def __init__(self, folder):
        client, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        self.host = client.removeprefix("http://")
        self.process = start_as_user(f"{folder}/etcd.log", "etcd", "--name", "etcd", "--data-dir", f"{folder}/etcd", "--listen-client-urls", client,
                                     "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                                     "--initial-cluster", f"etcd={peer}")


class Watched:
    """A machine whose PostgreSQL is Patroni's."""

    def __init__(self, pair, machine, address, etcd):
        self.machine, self.address, self.port, self.patroni = machine, address, free_port(), None
        self.file, self.log = f"{machine.folder}/patroni.yml", f"{machine.folder}/patroni.log"
        me = pwd.getpwuid(os.getuid()).pw_name
        write(self.file, sample(
            "patroni.yml", machine.certificates, ("name: db1", f"name: {machine.name}"),
            ("0.0.0.0:8008", f"{address}:{self.port}"), ("db1.example.com:8008", f"{address}:{self.port}"),
            ("[db1.example.com:2379, db2.example.com:2379, db3.example.com:2379]", f"[{etcd.host}]"),
            ("listen: 0.0.0.0:5432", f"listen: {address}:{machine.port}"), ("db1.example.com:5432", f"{address}:{machine.port}"),
            ("/var/lib/postgresql/15/main", machine.data), ("/var/lib/postgresql/patroni.pgpass", f"{machine.folder}/patroni.pgpass"),
            ("/var/run/postgresql", machine.socket), ("-p 6432", f"-p {machine.pool_port}"), ("-p 5432", f"-p {machine.port}"),
            ("/etc/softwhere/ca.crt", pair.authority), ("change me", pair.secret), ("10.0.0.0/24  ", "127.0.0.0/8  "),
            ("wal_keep_size: 4GB", "wal_keep_size: 256MB"), ("mode: automatic", 'mode: "off"'),
            # The test, too, administers, as another user than who runs the server.
            ("postgres                 peer", "postgres                 peer map=softwhere"),
            ("    - softwhere postgres pgbouncer\n", "".join(f"    - softwhere {user} {role}\n" for user in {USER, me} for role in ("postgres", "pgbouncer"))),
            # Containers often have a small /dev/shm.
            ("    lc_messages: C\n", "    lc_messages: C\n    dynamic_shared_memory_type: mmap\n    shared_buffers: 32MB\n")))
        write(self.log, "")

    def start(self):
        self.patroni = start_as_user(self.log, "patroni", self.file)

    def die(self):
        """The machine loses its power: nobody stops anything in order."""
        kill(self.patroni)
        self.machine.die()

    def answers(self, path):
        """Whether Patroni answers yes at such a path of its own port."""
        try:
            with urllib.request.urlopen(f"http://{self.address}:{self.port}/{path}", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def state(self):
        with contextlib.suppress(urllib.error.URLError, OSError):
            with urllib.request.urlopen(f"http://{self.address}:{self.port}/cluster", timeout=5) as answer:
                return [(m["name"], m["role"], m["state"]) for m in json.load(answer)["members"]]
        with open(self.log, encoding="utf-8") as log:
            return log.read()[-1500:]


def prepare(pair):
    """db1 as README.md leaves it to Patroni: the roles it needs, and replication.conf away."""
    one = pair.one
    one.configure()
    write(f"{one.data}/postgresql.auto.conf", "synchronous_standby_names = ''\n")
    one.start()
    with open(os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "server", "pgbouncer.sql"), encoding="utf-8") as file:
        one.sql(file.read())
    pair.secret = uuid.uuid4().hex
    rewinder = sample("README.md").split("CREATE ROLE rewinder", 1)[1].split("```", 1)[0]
    one.sql(f"CREATE ROLE replicator REPLICATION LOGIN PASSWORD '{pair.secret}'; CREATE ROLE rewinder{rewinder}; ALTER ROLE rewinder PASSWORD '{pair.secret}'", "postgres")
    one.stop()
    write(f"{one.data}/postgresql.auto.conf", "")
    write(f"{one.data}/postgresql.conf", f"include '{one.folder}/sample.conf'\n")


def start_both(pair, one, two):
    one.start()
    if not check(wait_until(lambda: one.answers("primary"), PATIENCE), "Patroni takes over the data folder as it is", one.state()):
        raise RuntimeError("no primary")
    pair.one.start_pooler()
    two.start()
    if not check(wait_until(lambda: two.answers("synchronous"), PATIENCE), "and copies it to a synchronous standby", two.state()):
        raise RuntimeError("no standby")
    pair.two.start_pooler()


def take_over(pair, one, two):
    issuing = Issuing(pair.host("admin"), make_contracts(pair.one))
    if not issuing.wait(DIES_AFTER):
        raise RuntimeError("no invoice was issued")
    one.die()
    known, died = dict(issuing.acknowledged), time.monotonic()
    check(wait_until(lambda: two.answers("primary"), PATIENCE), "the standby promotes itself", two.state())
    print(f"# promoted {time.monotonic() - died:.1f} s after the primary died", flush=True)
    check(issuing.wait(INVOICES), "and the work goes on through its PgBouncer, nobody being there", (len(issuing.acknowledged), issuing.faults))
    print(f"# all answered after {time.monotonic() - died:.1f} s", flush=True)
    issuing.finish()
    check_invoices(pair.two, issuing, known)


def come_back(one, two):
    one.start()
    check(wait_until(lambda: one.answers("synchronous"), PATIENCE), "the old primary comes back as the synchronous standby of the new one", one.state())
    equal(two.machine.sql("SELECT count(*) FROM softwhere.invoice"), one.machine.sql("SELECT count(*) FROM softwhere.invoice"), "with the same invoices")


def main():
    pair = Pair({"db1": "127.0.0.2", "db2": "127.0.0.3"})
    etcd, watched = None, []
    try:
        prepare(pair)
        etcd = Etcd(pair.one.folder)
        watched = [Watched(pair, pair.one, "127.0.0.2", etcd), Watched(pair, pair.two, "127.0.0.3", etcd)]
        start_both(pair, *watched)
        print(f"# two machines after {time.monotonic() - started:.1f} s", flush=True)
        take_over(pair, *watched)
        come_back(*watched)
        print(f"# {time.monotonic() - started:.1f} s", flush=True)
    finally:
        for one in watched:
            kill(one.patroni)
        kill(etcd and etcd.process)
        pair.remove()
    finish()


main()
