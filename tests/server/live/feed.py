"""The change feed: what it says of each change, that nothing is skipped or told twice whatever the order of commits, what
partners and customers learn, what a listener overhears, how it is trimmed (ROLE-01, ROLE-08). TAP on standard output; needs
SOFTWHERE_TEST_URI, and commits."""

import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import Session, check, equal, finish  # noqa: E402

ANY = [0]
admin = Session("admin")


def position():
    return admin.run("SELECT pg_current_snapshot()")


class Client:
    """Asks what changed, as one role, from where it stopped."""

    def __init__(self, role=None):
        self.session = Session(role or "reader")
        if role:
            self.session.run(f"SET ROLE {role}")
        self.position = self.session.run("SELECT api.session() ->> 'position'")

    def ask(self):
        answer = json.loads(self.session.run(f"SELECT api.changes_since('{self.position}')"))
        self.position = answer["position"]
        return answer["changes"]


def customer(name, **values):
    values = dict(legal_kind="company", legal_name=name, **values)
    return int(admin.run(f"SELECT api.customer_save('{json.dumps(values)}')"))


def what_is_told():
    reader = Client()
    equal(reader.ask(), {}, "nothing happened: nothing is told")
    one = customer("Feed", contacts=[{"last_name": "A"}, {"last_name": "B"}])
    equal(reader.ask(), {"customer": [one]}, "a customer saved with two contacts is told once")
    equal(reader.ask(), {}, "and not again")
    admin.run("UPDATE softwhere.company SET tagline = tagline")
    equal(reader.ask(), {"administration": ANY}, "settings are told as a whole")
    admin.run("UPDATE softwhere.customer SET city = 'Vannes' WHERE false")
    equal(reader.ask(), {}, "a statement that changed no row says nothing")
    admin.run(f"""INSERT INTO softwhere.contact (customer_id, last_name) SELECT {one}, 'C' || n FROM generate_series(1, 60) AS n""")
    equal(reader.ask(), {"customer": [one]}, "sixty contacts of one customer are one customer")
    admin.run("""INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
                 SELECT 'FEED' || n, 'company', 'Feed', '2026-01-01', 't', 't' FROM generate_series(1, 51) AS n""")
    equal(reader.ask(), {"customer": ANY}, "above fifty records, all of them")
    equal(admin.run("SELECT count(*) FROM softwhere.change_feed WHERE xid = (SELECT xid FROM softwhere.change_feed ORDER BY xid DESC LIMIT 1)"),
          "1", "in one row")
    two = admin.run("DELETE FROM softwhere.customer WHERE number IN ('FEED1', 'FEED2') RETURNING id").split()
    equal(reader.ask(), {"customer": sorted(map(int, two))}, "two deleted, two told")
    admin.run(f"BEGIN; SAVEPOINT a; UPDATE softwhere.customer SET city = 'Auray' WHERE id = {one}; ROLLBACK TO a; COMMIT")
    equal(reader.ask(), {}, "what was rolled back never happened")


def out_of_order():
    """The first to begin is the last to commit: a feed that remembers the highest number would never show it."""
    reader, late, early = Client(), Session("late"), Session("early")
    one, two = customer("Late"), customer("Early")
    reader.ask()
    late.run(f"BEGIN; UPDATE softwhere.customer SET city = 'Late' WHERE id = {one}")
    early.run(f"UPDATE softwhere.customer SET city = 'Early' WHERE id = {two}")
    equal(reader.ask(), {"customer": [two]}, "the later transaction is seen first")
    equal(reader.ask(), {}, "once")
    late.run("COMMIT")
    equal(reader.ask(), {"customer": [one]}, "the earlier one is seen when it commits")
    equal(reader.ask(), {}, "once, too")
    late.close()
    early.close()


def at_random():
    """Nine people commit in any order, some give up, while three clients ask at moments of their own."""
    rng = random.Random(20261123)
    people = [Session(f"person {n}") for n in range(9)]
    readers = [Client() for _ in range(3)]
    told = [[] for _ in readers]
    open_ids, committed, next_id = {}, [], 0
    for _ in range(900):
        turn = rng.randrange(len(people) + len(readers))
        if turn >= len(people):
            told[turn - len(people)] += readers[turn - len(people)].ask().get("test", [])
        elif turn not in open_ids:
            open_ids[turn] = []
            people[turn].run("BEGIN")
        elif rng.random() < 0.6:
            next_id += 1
            if rng.random() < 0.2:
                people[turn].run(f"SAVEPOINT s; SELECT rules.tell('test', {next_id}); ROLLBACK TO s")
            else:
                people[turn].run(f"SAVEPOINT s; SELECT rules.tell('test', {next_id}); RELEASE s")
                open_ids[turn].append(next_id)
        else:
            keep = rng.random() < 0.8
            people[turn].run("COMMIT" if keep else "ROLLBACK")
            committed += open_ids.pop(turn) if keep else (open_ids.pop(turn) and [])
    for person in people:
        person.run("ROLLBACK")
    for reader, ids in zip(readers, told):
        ids += reader.ask().get("test", [])
    check(len(committed) > 100, "enough was committed to mean something", len(committed))
    for number, ids in enumerate(told, 1):
        equal(sorted(ids), sorted(committed), f"client {number} was told every committed change exactly once")
    for session in people:
        session.close()


def draft(customer_id):
    site = admin.run(f"SELECT id FROM softwhere.billing_site WHERE customer_id = {customer_id}")
    return int(admin.run(f"""SELECT api.invoice_save_draft(jsonb_build_object('customer_id', {customer_id}, 'billing_site_id', {site},
                               'lines', '[{{"label": "Fibre", "quantity": "1", "unit_price": "30", "vat_rate": "20"}}]'::jsonb))"""))


def other_houses():
    admin.run("""INSERT INTO softwhere.introducer (name) VALUES ('Riou'), ('Autre');
      CREATE ROLE f_adv LOGIN IN ROLE sw_adv; CREATE ROLE f_partner LOGIN IN ROLE sw_partner; CREATE ROLE f_customer LOGIN IN ROLE sw_customer""")
    riou, autre = admin.run("SELECT id FROM softwhere.introducer WHERE name IN ('Riou', 'Autre') ORDER BY name DESC").split()
    mine, hers = customer("Mine", introducer_id=riou, sites=[{"name": "Siège"}]), customer("Hers", introducer_id=autre, sites=[{"name": "Siège"}])
    admin.run(f"""INSERT INTO softwhere.app_user (role_name, display_name, introducer_id, customer_id) VALUES
      ('f_adv', 'Claire', NULL, NULL), ('f_partner', 'Olivier', {riou}, NULL), ('f_customer', 'Anne', NULL, {hers})""")
    office, partner, buyer = Client("f_adv"), Client("f_partner"), Client("f_customer")

    def told():
        return office.ask(), partner.ask(), buyer.ask()

    admin.run(f"UPDATE softwhere.customer SET city = 'Auray' WHERE id = {hers}")
    equal(told(), ({"customer": [hers]}, {}, {"customer": ANY}), "of another's customer a partner learns nothing, of theirs no id")
    admin.run(f"UPDATE softwhere.customer SET city = 'Vannes' WHERE id = {mine}")
    equal(told(), ({"customer": [mine]}, {"customer": ANY}, {}), "nor does a customer of the partner's")
    number = draft(hers)
    equal(told(), ({"invoice": [number], "customer": [hers]}, {}, {"invoice": ANY, "customer": ANY}), "a draft shows its id to the office alone")
    admin.run(f"SELECT rules.tell('presence', {hers})")
    equal(told(), ({"presence": [hers]}, {}, {}), "presence is the office's")
    admin.run(f"UPDATE softwhere.customer SET introducer_id = {riou} WHERE id = {hers}")
    equal(partner.ask().get("*"), ANY, "a customer that comes to a partner changes what they see: everything is read again")
    equal(partner.session.run("SELECT count(*) FROM softwhere.change_feed").split(":")[0], "ERROR", "nobody reads the feed itself")
    equal(partner.session.run("SELECT rules.tell('*')").split(":")[0], "ERROR", "nor writes to it")
    return hers


def overheard(customer_id):
    listener = Session("listener")
    listener.run("SET ROLE f_partner")
    listener.run("LISTEN softwhere")
    admin.run(f"BEGIN; UPDATE softwhere.customer SET city = 'Brest' WHERE id = {customer_id};"
              "UPDATE softwhere.company SET tagline = tagline; COMMIT")
    heard = [line for line in listener.run("SELECT 1").splitlines() if "notification" in line]
    check(len(heard) == 1 and "payload" not in heard[0], "a transaction wakes listeners once and says nothing of what it did", heard)


def trimmed():
    reader, sleeper, long_gone = Client(), Client(), Client()
    one = customer("Trim")
    reader.ask()
    two = customer("Trim again")
    equal(admin.run("SELECT jobs.trim_change_feed('1 hour')"), "0", "recent changes are kept")
    admin.run("UPDATE softwhere.change_feed SET told_at = told_at - interval '1 day' WHERE xid <= (SELECT xid FROM softwhere.change_feed"
              f" WHERE entity = 'customer' AND entity_id = {one})")
    check(int(admin.run("SELECT jobs.trim_change_feed('1 hour')")) > 0, "older ones are forgotten")
    equal(reader.ask(), {"customer": [two]}, "who had seen those is told the rest")
    equal(sleeper.ask(), {"*": ANY}, "who had not reads everything again")
    three = customer("Trim more")
    equal(sleeper.ask(), {"customer": [three]}, "and from then on what changes")
    for n in range(3):
        customer(f"Trim {n}")
    admin.run("SELECT jobs.trim_change_feed('1 hour', 2)")
    equal(admin.run("SELECT count(*) FROM softwhere.change_feed"), "2", "the latest are kept, however many come in an hour")
    equal(long_gone.ask(), {"*": ANY}, "what is unknown is everything")
    sleeper.ask()
    admin.run("SELECT jobs.trim_change_feed('-1 hour')")
    equal(sleeper.ask(), {}, "an empty feed after a quiet night is no reason to read again")


def strange_positions():
    def ask(text):
        return admin.run(f"SELECT api.changes_since({text}) -> 'changes'")
    equal(ask("NULL"), '{"*": [0]}', "without a position, everything")
    equal(ask("'90000000:90000000:'"), '{"*": [0]}', "a position ahead of the server is that of another server: everything")
    check("SW005" in ask("'rubbish'"), "a position that is none is refused", ask("'rubbish'"))
    reader = Client()
    admin.run("INSERT INTO softwhere.change_feed (xid, entity, entity_id) VALUES ('90000000', 'customer', 1)")
    equal(reader.ask(), {}, "rows of a restored server whose numbers were higher are not told again and again")
    admin.run("DELETE FROM softwhere.change_feed WHERE xid = '90000000'")


def a_thousand():
    reader = Client()
    admin.run("SELECT rules.tell('test', n) FROM generate_series(1, 1000) AS n")
    equal(len(reader.ask()["test"]), 1000, "a thousand ids are told one by one")
    admin.run("SELECT rules.tell('test', n) FROM generate_series(1, 1001) AS n")
    equal(reader.ask(), {"test": ANY}, "more of them as a whole")


what_is_told()
out_of_order()
at_random()
overheard(other_houses())
a_thousand()
trimmed()
strange_positions()
finish()
