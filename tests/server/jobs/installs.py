"""Two databases of one cluster installed at the same moment: roles are the cluster's. TAP on standard output."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from psql import URI, Session, check, equal, finish, wait_until  # noqa: E402

INSTALLER = os.path.join(HERE, "..", "..", "..", "src", "server", "softwhere-server")
NAMES = ("installed_one", "installed_two")

main = Session("main")
main.run("DROP OWNED BY sw_courier; DROP ROLE sw_courier")  # so that both have one to make
for name in NAMES:
    main.run(f"CREATE DATABASE {name} TEMPLATE template0")

# Nobody gets further than where roles are made before both are there.
gate = Session("gate")
gate.run("BEGIN; LOCK TABLE pg_catalog.pg_authid IN SHARE ROW EXCLUSIVE MODE")
installs = [subprocess.Popen([INSTALLER, "install", URI.replace("/softwhere?", f"/{name}?")], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for name in NAMES]
check(wait_until(lambda: main.run(f"""SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
        WHERE NOT l.granted AND a.datname IN {NAMES}""") == "2"), "both wait where roles are made")
gate.run("COMMIT")
for name, install in zip(NAMES, installs):
    said, _ = install.communicate(timeout=300)
    equal((install.returncode, said if install.returncode else ""), (0, ""), f"{name} is installed")
equal(main.run("SELECT count(*) FROM pg_roles WHERE rolname = 'sw_courier'"), "1", "the role is there once")
for name in NAMES:
    one = Session(name, uri=URI.replace("/softwhere?", f"/{name}?"))
    equal(one.run("SELECT count(*) > 0 FROM api.customer"), "f", f"{name} answers, empty")
    one.close()
    main.run(f"DROP DATABASE {name}")
gate.close()
main.close()
finish()
