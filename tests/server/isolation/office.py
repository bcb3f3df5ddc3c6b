"""What the office may not know and may not do (ROLE-01…07, LINE-14): each role logs in for real, reads every relation and calls every
function it may, in two databases where the secrets differ. Who may not see purchase prices or bank data must get the same answers in
both, errors and aggregates included; what a role changes is only what is its to change; what it may not call or write refuses.
TAP on standard output; needs SOFTWHERE_TEST_URI and the small demonstration. Argument: the seed to repeat a run with."""

import concurrent.futures
import configparser
import datetime
import json
import os
import random
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import check, finish  # noqa: E402

import person  # noqa: E402
import statements  # noqa: E402
import world  # noqa: E402
from outsiders import Finding, difference  # noqa: E402

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 20261123
WORLDS = ("isolation_one", "isolation_other")

# Secrets that differ: by triggers where search follows them, past them where nothing may change.
SECRETS = """UPDATE softwhere.mandate SET bic = left(bic, 6) || '{letter}{letter}' || substr(bic, 9),
  iban = left(iban, 4) || translate(substr(iban, 5, length(iban) - 8), '0123456789', '{digits}') || right(iban, 4);
UPDATE softwhere.offer SET purchase_price = COALESCE(purchase_price, 0) * {times} + 1"""
FROZEN = "UPDATE softwhere.line_offer SET purchase_price = COALESCE(purchase_price, 0) * {times} + 1;"
UNLIKE = ({"letter": "A", "digits": "1234567890", "times": 2}, {"letter": "B", "digits": "3456789012", "times": 5})

# Written by whoever changes anything: the journal, the feed, what finds records, the person's own.
COMMON = set("""change_log change_feed live_state request app_user saved_filter list_layout search_entry search_number search_word search_recent
number_series""".split())
OFFICE = set("note billing_site_stale".split())
IDENTITY = set("customer contact customer_segment attachment".split())
PARC = set("service service_line line_request".split())
SIM = set("sim_card sim_event".split())
# Machines; what finds a contract holds their serial numbers.
MACHINES = set("equipment equipment_event contract_search".split())
CATALOGUE = set("offer offer_option bundle bundle_item catalogue operator tariff_grid tariff_grid_version tariff_price".split())
CONTRACTS = set("contract contract_event contract_item contract_search meter_reading sales_order order_line".split())
BILLING = set("invoice invoice_line invoice_vat payment number_counter contract_item document_party billing_site_party".split())
# What each role may change besides, as "Who may what" of src/server/README.md tells.
ROLES = {"support": OFFICE | IDENTITY | PARC | SIM, "staging": OFFICE | MACHINES | SIM | {"line_request", "service_line"},
         "deploiement": OFFICE | MACHINES | {"service", "service_line"}, "technicien": OFFICE | MACHINES,
         # Last: what they see of the secrets they may write elsewhere, and the worlds part.
         "adv": OFFICE | IDENTITY | PARC | SIM | MACHINES | CATALOGUE | CONTRACTS | BILLING,
         "compta": OFFICE | IDENTITY | BILLING | CATALOGUE - {"bundle", "bundle_item", "catalogue", "operator"}}
SEES_COST = ("compta",)
# What finds an IBAN, for who may see it.
BANK = ("rules.search_code", "softwhere.search_number")
# The feed holds numbers of records, all of which the office may know; how they are gathered depends on when they were written.
FEED = ("api.changes_since",)
SEES_BANK = ("compta", "adv")

IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b|\b[A-Z]{4}FR[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")

logins = configparser.ConfigParser(interpolation=None)
logins.read(os.environ["SOFTWHERE_DEMO_INI"])


class Corpus(statements.Corpus):
    """Ids of every table, and forms that really save: the present row_version, one text changed."""

    def __init__(self, seed, ownership, database, login):
        super().__init__(seed, ownership, database, login, "0", amount=3)
        self.columns, self.versions = {}, {}
        for table, versioned, texts in world.rows("""
            SELECT relname, bool_or(attname = 'row_version'), string_agg(attname, ',' ORDER BY attnum) FILTER (WHERE atttypid = 'text'::regtype AND attgenerated = '')
              FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
             WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
             GROUP BY 1 HAVING bool_or(attname = 'id' AND atttypid = 'bigint'::regtype) ORDER BY 1""", database):
            self.columns[table] = texts.split(",") if texts else []
            version = "row_version" if versioned == "t" else "0"
            self.versions[table] = dict(world.rows(f"SELECT id, {version} FROM softwhere.{table} ORDER BY hashint8(id) LIMIT 40", database))
            self.ids[table], self.own_ids[table] = list(self.versions[table]), []
        # The name clients know it by.
        for known in (self.columns, self.versions, self.ids, self.own_ids):
            known["line"] = known["service_line"]

    def document(self, function, parameter):
        table = next((t for t in sorted(self.ids, key=len, reverse=True) if function.startswith(t + "_") and self.ids[t]), "customer")
        key = self.draw(self.ids[table], 1)[0]
        form = {"id": int(key), "row_version": int(self.versions[table][key])}
        names = [c for c in self.columns[table] if c in ("name", "title", "label", "last_name", "note", "comment")]
        changed = names[:2] + self.draw(self.columns[table], 2)
        return [json.dumps(d) for d in [{}, {"name": "volé", "label": "volé"}, [{"id": int(key)}], form] + [form | {c: "volé"} for c in dict.fromkeys(changed)]]


def forbidden(login, database):
    """Calls of what this login may not execute and writes of every table."""
    for schema, name, signature, arguments in world.rows(f"""
        SELECT n.nspname, p.proname, p.oid::regprocedure, (SELECT COALESCE(string_agg('NULL::' || format_type(t, NULL), ', ' ORDER BY o), '')
                  FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, o))
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('api', 'rules', 'jobs') AND NOT has_function_privilege('{login}', p.oid, 'EXECUTE') AND p.prokind = 'f'
           AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND p.provariadic = 0 ORDER BY 3""", database):
        yield signature, f"SELECT {schema}.{name}({arguments})"
    for (table,) in world.rows("SELECT oid::regclass FROM pg_class WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1", database):
        yield table, f"DELETE FROM {table} WHERE false"
        yield table, f"INSERT INTO {table} DEFAULT VALUES"


class Colleague:
    """What @login is answered in both worlds; @only: names to ask for, all unless given."""

    def __init__(self, ownership, login, only=None):
        self.login, self.ownership = login, ownership
        corpus = Corpus(random.Random(SEED), ownership, WORLDS[0], login)
        asked = [(name, text) for name, text in statements.relations(login, WORLDS[0]) if not name.startswith(("pg_catalog.", "information_schema."))]
        asked += [(name, text) for name, text, system in statements.functions(login, WORLDS[0], corpus) if not system]
        self.asked = [one for one in asked if not only or one[0] in only]
        self.refused = list(forbidden(login, WORLDS[0]))
        self.since = datetime.datetime.now() - datetime.timedelta(minutes=2)

    def everywhere(self, texts):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            return list(pool.map(lambda w: person.ask(world.database_uri(w, logins[self.login]["uri"]), texts), WORLDS))

    def may_differ(self, name, text):
        return name.startswith(FEED) or self.login in SEES_COST or self.login in SEES_BANK and (name in BANK or IBAN.search(text))

    def plain(self, answer):
        # Who may see a secret is answered otherwise, and rightly.
        if self.login in SEES_BANK:
            answer = IBAN.sub("<bank>", answer)
        return person.settled(answer, self.since)

    def run(self):
        before = self.ownership.fingerprint(WORLDS[0], "0", self.login)
        self.answers = self.everywhere([text for _, text in self.asked])
        after = self.ownership.fingerprint(WORLDS[0], "0", self.login)
        self.changed = {table for table in after if after[table] != before.get(table)} - COMMON
        found = [Finding(table, "changed what is not theirs to change", "", "") for table in sorted(self.changed - ROLES[self.login])]
        for (name, text), one, other in zip(self.asked, *self.answers):
            if "57014:" in one:
                found.append(Finding(name, "did not end", text, ""))
            elif one != other and not self.may_differ(name, text) and self.plain(one) != self.plain(other):
                found.append(Finding(name, "tells of a secret", text, difference(self.plain(one), self.plain(other))))
        # As a superuser would not be: each refusal is for the lack of the right, before anything is read.
        for (name, text), answer in zip(self.refused, person.ask(world.database_uri(WORLDS[0], logins[self.login]["uri"]), [t for _, t in self.refused])):
            if "42501:" not in answer:
                found.append(Finding(name, "did not refuse", text, answer))
        return found

    def differ(self):
        """Relations whose rows differ between the worlds."""
        return {name for (name, text), one, other in zip(self.asked, *self.answers) if "(" not in name and "count(*)" not in text and one != other
                and person.settled(one, self.since) != person.settled(other, self.since)}


def prepare():
    for name, unlike in zip(WORLDS, UNLIKE):
        world.copy(name, "softwhere")
        world.sql(SECRETS.format(**unlike), name)
        world.unguarded(FROZEN.format(**unlike), name)
    return world.Ownership(WORLDS[0])


def report(findings):
    for finding in findings[:40]:
        print("# " + str(finding).replace("\n", "\n# "), flush=True)


def works(ownership, login):
    who = Colleague(ownership, login)
    found = who.run()
    report(found)
    asked = len({name for name, _ in who.asked})
    print(f"# {login} changed: {' '.join(sorted(who.changed))}")
    check(not found, f"{login} learns no secret, changes only what is theirs: {asked} relations and functions in {len(who.asked)} statements, "
          f"{len(who.refused)} refusals", len(found))
    return who


# Faults made on purpose: what the fuzzer must say of them, and how they are made.
FAULTS = {
    "softwhere.offer": "GRANT SELECT ON softwhere.offer TO sw_support",
    "api.offer_leak(bigint)": "CREATE FUNCTION api.offer_leak(p_offer_id bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS "
                              "'BEGIN PERFORM FROM softwhere.offer WHERE id = p_offer_id AND purchase_price > 3 * price; "
                              "IF FOUND THEN RAISE ''too dear''; END IF; RAISE ''cheap''; END'",
    "api.mandate_leak(text)": "CREATE FUNCTION api.mandate_leak(p_iban text) RETURNS boolean LANGUAGE sql SECURITY DEFINER AS "
                              "'SELECT EXISTS (SELECT FROM softwhere.mandate WHERE iban = p_iban)'",
    "operator": "CREATE FUNCTION api.operator_spoil(p_operator_id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS "
                "'UPDATE softwhere.operator SET name = ''volé'' || id WHERE id = p_operator_id'",
    "softwhere.invoice": "GRANT DELETE ON softwhere.invoice TO sw_support",
}


def finds_faults(ownership):
    for database in WORLDS:
        world.sql(";\n".join(FAULTS.values()) + ";\nGRANT EXECUTE ON FUNCTION api.offer_leak(bigint), api.mandate_leak(text), api.operator_spoil(bigint) TO sw_support", database)
    only = ("softwhere.offer", "api.offer_leak(bigint)", "api.mandate_leak(text)", "api.operator_spoil(bigint)")
    found = {finding.what for finding in Colleague(ownership, "support", only).run()}
    check(set(FAULTS) <= found, "faults made on purpose are all found", found)


def main():
    started = time.monotonic()
    print(f"# seed {SEED}", flush=True)
    ownership = prepare()
    print(f"# prepared in {time.monotonic() - started:.1f} s", flush=True)
    seen = {}
    for login in ROLES:
        seen[login] = works(ownership, login).differ()
        print(f"# {time.monotonic() - started:.1f} s", flush=True)
    check({"api.offer_margin", "api.line_margin", "api.mandate"} <= seen["compta"], "accounting sees prices and bank data, so the worlds do differ", seen["compta"])
    check("api.mandate" in seen["adv"], "sales administration sees bank data", seen["adv"])
    finds_faults(ownership)
    print(f"# {time.monotonic() - started:.1f} s")
    world.drop(*WORLDS)
    finish()


main()
