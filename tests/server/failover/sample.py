"""Patroni itself accepts its sample of data/server, and the samples agree with each other (issue: Failover). TAP on standard output."""

import os
import re
import socket
import subprocess
import sys
import tempfile

import yaml

os.environ.setdefault("SOFTWHERE_TEST_URI", "none")  # no server is asked anything here
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import check, equal, finish  # noqa: E402

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "data", "server")


def read(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as file:
        return file.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def validated(text, folder):
    """What Patroni says of @text on this machine, where db1 to db3 are."""
    text = re.sub(r"db[123]\.example\.com", "127.0.0.2", text).replace("/var/lib/postgresql/15/main", f"{folder}/main")
    for listen in ("0.0.0.0:8008", "0.0.0.0:5432"):
        text = text.replace(listen, f"127.0.0.1:{free_port()}")
    # Whether etcd listens is asked too.
    with socket.create_server(("127.0.0.2", 0)) as etcd:
        text = text.replace(":2379", f":{etcd.getsockname()[1]}")
        path = os.path.join(folder, "patroni.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run(["patroni", "--validate-config", path], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.remove(path)
    return done.returncode, done.stdout.strip()


def settings(text):
    """name = value of a PostgreSQL configuration file."""
    return {m[1]: m[2].strip("'") for m in re.finditer(r"^(\w+) *= *('[^']*'|\S+)", text, re.M)}


sample = read("patroni.yml")
with tempfile.TemporaryDirectory(prefix="softwhere-patroni.") as scratch:
    equal(validated(sample, scratch), (0, ""), "Patroni accepts the sample")
    check(validated(sample.replace("scope: softwhere", ""), scratch)[0] != 0, "and not one without a scope")

patroni = yaml.safe_load(sample)
there = patroni["postgresql"]["parameters"] | patroni["bootstrap"]["dcs"]["postgresql"]["parameters"]
plain = settings(read("postgresql.conf")) | settings(read("replication.conf"))
names = sorted(set(there) & set(plain))
equal({n: str(there[n]) for n in names}, {n: plain[n] for n in names}, "Patroni and the plain files set the same")
check({"max_connections", "max_worker_processes", "wal_log_hints", "idle_in_transaction_session_timeout"} <= set(names), "what a standby and the desktop need is in both", names)
lines = [" ".join(line.split()) for line in read("pg_hba.conf").split("\n") if line and not line.startswith("#")]
# Beside the people, Patroni itself comes in, on its own machine and on the other.
ours = [" ".join(line.split()) for line in patroni["postgresql"]["pg_hba"] if "rewinder" not in line and "local   replication" not in line]
equal([line.replace(" map=softwhere", "") for line in ours], [line.replace(" map=softwhere", "") for line in lines], "the same people may connect")
pooler = settings(read("pgbouncer.ini"))
check(int(pooler["max_db_connections"]) < int(plain["max_connections"]), "PostgreSQL has room for all of PgBouncer", pooler["max_db_connections"])
equal(patroni["bootstrap"]["dcs"]["synchronous_mode"], True, "an answered commit is on both")
finish()
