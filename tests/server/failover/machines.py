"""Two machines of data/server on this one: PostgreSQL and PgBouncer each, the sample's files with other folders and ports."""

import configparser
import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

from psql import wait_until

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
SAMPLE = os.path.join(SOURCE, "data", "server")
BIN = "/usr/lib/postgresql/15/bin"
USER = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def as_user(*command, **more):
    """Runs a command as who may run PostgreSQL, which refuses root."""
    prefix = ["runuser", "-u", USER, "--"] if os.getuid() == 0 else []
    done = subprocess.run(prefix + list(command), cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, **more)
    if done.returncode:
        raise RuntimeError(f"{command[:3]} failed: {done.stdout[-1500:]}")
    return done.stdout.strip()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def write(path, text, mode=0o600):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)
    if os.getuid() == 0:
        shutil.chown(path, USER)


def sample(name, *replacements):
    """The text of a file of the sample; each replacement must apply, else the sample is not what is tested."""
    with open(os.path.join(SAMPLE, name), encoding="utf-8") as file:
        text = file.read()
    for old, new in replacements:
        if old not in text:
            raise RuntimeError(f"{name} no longer says {old}")
        text = text.replace(old, new)
    return text


def make_certificates(folder, addresses):
    """Runs the recipe of data/server/README.md, its first sh block, once a name; an address, where there is one, is certified beside it."""
    recipe = re.search(r"```sh\n(openssl req -x509.*?)```", sample("README.md"), re.S).group(1)
    authority, server = recipe.split("openssl req -new", 1)
    for number, (name, address) in enumerate(addresses.items()):
        text = (authority if number == 0 else "") + "openssl req -new" + server.replace("db1", name)
        if address:
            text = text.replace("DNS:", f"IP:{address},DNS:")
        subprocess.run(["sh", "-e", "-c", text], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if os.getuid() == 0:
        for name in os.listdir(folder):
            shutil.chown(os.path.join(folder, name), USER)


class Machine:
    """One of the two: its folders lie under @root, which USER can enter."""

    def __init__(self, root, name):
        self.name, self.folder = name, os.path.join(root, name)
        self.data, self.socket = os.path.join(self.folder, "data"), os.path.join(self.folder, "run")
        self.port, self.pool_port = free_port(), free_port()
        for folder in (self.folder, self.socket):
            os.mkdir(folder, 0o755)
            if os.getuid() == 0:
                shutil.chown(folder, USER)
        for kind in ("crt", "key"):
            path = os.path.join(self.folder, "server." + kind)
            shutil.copy(os.path.join(root, f"{name}.{kind}"), path)
            os.chmod(path, 0o600)
            if os.getuid() == 0:
                shutil.chown(path, USER)
        self.pooler = None

    @property
    def certificates(self):
        return ("/etc/softwhere/server", os.path.join(self.folder, "server"))

    def configure(self):
        folder = self.folder
        write(f"{folder}/sample.conf", sample("postgresql.conf", ("shared_buffers = 512MB", "shared_buffers = 32MB")))
        write(f"{folder}/replication.conf", sample("replication.conf", self.certificates, ("listen_addresses = '*'", "listen_addresses = '127.0.0.1'"),
                                                   ("wal_keep_size = 4GB", "wal_keep_size = 256MB")))
        # Alone, a machine has nobody to wait for. dynamic_shared_memory_type: containers often have a small /dev/shm.
        write(f"{self.data}/postgresql.conf", f"""include '{folder}/sample.conf'\ninclude '{folder}/replication.conf'
port = {self.port}\nunix_socket_directories = '{self.socket}'\ncluster_name = '{self.name}'\ndynamic_shared_memory_type = mmap\n""")
        network = [("10.0.0.0/24", "127.0.0.1/32"), ("0.0.0.0/0", "127.0.0.1/32")]
        write(f"{self.data}/pg_hba.conf", sample("pg_hba.conf", *network))
        # The test, too, administers: as root it is somebody else than who runs the server.
        me = pwd.getpwuid(os.getuid()).pw_name
        write(f"{self.data}/pg_ident.conf", sample("pg_ident.conf", ("softwhere    postgres ", f"softwhere    {USER} ")) +
              (f"softwhere {me} postgres\n" if me != USER else ""))

    def start(self):
        as_user(f"{BIN}/pg_ctl", "-D", self.data, "-l", f"{self.folder}/log", "-w", "-t", "60", "-s", "start")

    def stop(self, mode="fast"):
        if os.path.exists(f"{self.data}/postmaster.pid"):
            as_user(f"{BIN}/pg_ctl", "-D", self.data, "-w", "-s", "-m", mode, "stop")

    def start_pooler(self):
        folder = self.folder
        text = sample("pgbouncer.ini", self.certificates, ("/var/run/postgresql port=5432", f"{self.socket} port={self.port}"),
                      ("listen_addr = *", "listen_addr = 127.0.0.1"), ("listen_port = 6432", f"listen_port = {self.pool_port}"),
                      ("unix_socket_dir = /var/run/postgresql", f"unix_socket_dir = {self.socket}"),
                      ("/etc/pgbouncer/userlist.txt", f"{folder}/userlist.txt"))
        write(f"{folder}/userlist.txt", "")
        write(f"{folder}/pgbouncer.ini", text + f"\nlogfile = {folder}/pgbouncer.log\npidfile = {folder}/pgbouncer.pid\n")
        as_user("/usr/sbin/pgbouncer", "-q", "-d", f"{folder}/pgbouncer.ini")

        def says_its_number():
            with contextlib.suppress(FileNotFoundError, ValueError), open(f"{folder}/pgbouncer.pid", encoding="ascii") as file:
                self.pooler = int(file.read())
            return self.pooler
        wait_until(says_its_number)

    def reconnect_pooler(self):
        """The line of README.md after a promotion."""
        as_user("psql", "-X", "-q", "-h", self.socket, "-p", str(self.pool_port), "-U", "pgbouncer", "-d", "pgbouncer", "-c", "RECONNECT")

    def die(self):
        """As when the machine loses its power: nothing is written any more, nobody is told."""
        if self.pooler:
            os.kill(self.pooler, signal.SIGKILL)
            self.pooler = None
        self.stop("immediate")

    def sql(self, text, database="softwhere"):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.socket, "-p", str(self.port), "-U", "postgres",
                               "-d", database], input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stderr.strip()}\n{text[:300]}")
        return done.stdout.strip()


class Pair:
    """db1 from the prepared server of tests/with-server, db2 copied from it as README.md says."""

    def __init__(self, addresses=None):
        """@addresses: those by which the machines call each other, where no name service knows their names."""
        server = os.environ["SOFTWHERE_TEST_DIR"]
        self.root = tempfile.mkdtemp(prefix="softwhere-failover.")
        os.chmod(self.root, 0o711)
        make_certificates(self.root, addresses or {"db1": None, "db2": None})
        self.authority = os.path.join(self.root, "ca.crt")
        os.chmod(self.authority, 0o644)
        self.logins = configparser.ConfigParser(interpolation=None)
        self.logins.read(os.environ["SOFTWHERE_DEMO_INI"])
        subprocess.run([os.path.join(SOURCE, "build-aux", "local-server"), "stop", "--dir", server], check=True, stderr=subprocess.DEVNULL)
        self.one, self.two = Machine(self.root, "db1"), Machine(self.root, "db2")
        cluster = os.path.join(os.path.realpath(server), "cluster")
        as_user("cp", "-a", cluster, self.one.data)

    def host(self, login="admin", pooled=True, names=("db1.example.com", "db2.example.com"), machines=None):
        """A connection string as a desktop has it; hostaddr stands for the name service."""
        machines = machines or (self.one, self.two)
        password = re.search(r":([0-9a-f]+)@", self.logins[login]["uri"]).group(1)
        ports = ",".join(str(m.pool_port if pooled else m.port) for m in machines)
        return (f"host={','.join(names[:len(machines)])} hostaddr={','.join(['127.0.0.1'] * len(machines))} port={ports} dbname=softwhere user={login} "
                f"password={password} sslmode=verify-full sslrootcert={self.authority} target_session_attrs=read-write connect_timeout=5")

    def remove(self):
        for machine in (self.one, self.two):
            try:
                machine.die()
            except (RuntimeError, ProcessLookupError) as error:
                print(f"# {error}", file=sys.stderr)
        shutil.rmtree(self.root, ignore_errors=True)
