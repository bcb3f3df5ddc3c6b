"""A partner and a customer see only their own, and change nothing of anybody (ROLE-08, ACCS-02): they log in for real, read every
relation and call every function they may, with the ids, numbers and names of others. In a database where the others never
existed they must get the same answers, errors included. TAP on standard output; needs SOFTWHERE_TEST_URI and the small
demonstration. Argument: the seed to repeat a run with."""

import configparser
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import check, finish  # noqa: E402

import world  # noqa: E402
from outsiders import Outsider  # noqa: E402

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 20261123
BUYER = "SELECT customer_id FROM softwhere.app_user WHERE role_name = 'client'"
PARTNER = "SELECT id FROM softwhere.customer WHERE introducer_id = (SELECT introducer_id FROM softwhere.app_user WHERE role_name = 'partenaire')"

logins = configparser.ConfigParser(interpolation=None)
logins.read(os.environ["SOFTWHERE_DEMO_INI"])
started = time.monotonic()
print(f"# seed {SEED}", flush=True)


def ids(query, database="softwhere"):
    return ", ".join(r[0] for r in world.rows(query + " ORDER BY 1", database))


buyer, partner = ids(BUYER), ids(PARTNER)
partner_only = ids(f"SELECT id FROM ({PARTNER}) AS p WHERE id NOT IN ({buyer})")
check(buyer and partner_only, "the demonstration has a customer's login and a partner with other customers", (buyer, partner))
EVERYBODY = {"client": (buyer, list(world.MARKS.values())), "partenaire": (partner, [world.MARKS["others"]])}


def prepare():
    """isolation_there: everybody, marked; isolation_<login>: only those this login may see."""
    world.copy("isolation_there", "softwhere")
    ownership = world.Ownership("isolation_there")
    unmarked = ownership.mark("isolation_there", partner_only)
    for login, (mine, _) in EVERYBODY.items():
        world.copy(f"isolation_{login}", "isolation_there")
        ownership.forget_others(f"isolation_{login}", login, mine)
    return ownership, unmarked


def outsider(ownership, login, system=True):
    mine, marks = EVERYBODY[login]
    return Outsider(random.Random(SEED), ownership, login, logins[login]["uri"], mine, marks, "isolation_there", f"isolation_{login}", system)


def report(findings):
    for finding in findings[:40]:
        print("# " + str(finding).replace("\n", "\n# "), flush=True)


def sealed(ownership, login):
    who = outsider(ownership, login)
    found = who.run()
    report(found)
    asked = f"{who.relations} relations and {who.functions} functions in {len(who.asked)} statements"
    check(not found, f"{login} learns and changes nothing of others: {asked}", len(found))
    own = sum(1 for (name, text, _), answer in zip(who.asked, who.answers)
              if name in ("api.customer", "api.contract", "api.invoice") and "count(*)" not in text and answer.strip())
    check(own == 3, f"{login} sees their own customers, contracts and invoices", own)


# Faults made on purpose: what the fuzzer must say of them, and how they are made.
FAULTS = {
    "softwhere.contact": "CREATE POLICY leak ON softwhere.contact FOR SELECT TO sw_customer USING (true)",
    "api.leak_existence(text)": "CREATE FUNCTION api.leak_existence(p_name text) RETURNS boolean LANGUAGE sql SECURITY DEFINER AS "
                                "'SELECT EXISTS (SELECT FROM softwhere.customer WHERE legal_name = p_name)'",
    "api.leak_error(bigint)": "CREATE FUNCTION api.leak_error(p_contract_id bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS "
                              "'BEGIN PERFORM FROM softwhere.contract WHERE id = p_contract_id; "
                              "IF FOUND THEN RAISE ''this is not yours''; END IF; RAISE ''there is none''; END'",
    "contact": "CREATE FUNCTION api.customer_leak(p_customer_id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS "
            "'UPDATE softwhere.contact SET job = ''volé'' WHERE customer_id = p_customer_id'",
}


def finds_faults(ownership):
    """The fuzzer can fail: one open policy, one function that tells, one whose errors differ, one that writes."""
    for database in ("isolation_there", "isolation_client"):
        world.unguarded(";\n".join(FAULTS.values()) + ";\nGRANT EXECUTE ON FUNCTION api.leak_existence(text), api.leak_error(bigint), "
                        "api.customer_leak(bigint) TO sw_customer;", database)
    found = {finding.what for finding in outsider(ownership, "client", system=False).run()}
    check(set(FAULTS) <= found, "faults made on purpose are all found", found)


def main():
    ownership, unmarked = prepare()
    print(f"# prepared in {time.monotonic() - started:.1f} s; not marked: {' '.join('.'.join(u) for u in unmarked)}", flush=True)
    for login in EVERYBODY:
        sealed(ownership, login)
    finds_faults(ownership)
    print(f"# {time.monotonic() - started:.1f} s")
    world.drop("isolation_there", *(f"isolation_{login}" for login in EVERYBODY))
    finish()


main()
