"""Who has a record open: colleagues see each other come, go and vanish; partners and customers see nothing and are not seen
(ROLE-01, ROLE-08). Logs in as the people of the demonstration. TAP on standard output; needs SOFTWHERE_TEST_URI."""

import configparser
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import Session, check, equal, finish, wait_until  # noqa: E402

logins = configparser.ConfigParser(interpolation=None)
logins.read(os.environ["SOFTWHERE_DEMO_INI"])
admin = Session("superuser")


class Person:
    def __init__(self, login):
        self.session = Session(login, uri=logins[login]["uri"])
        who = json.loads(self.session.run("SELECT api.session()"))
        self.name, self.position = who["display_name"], who["position"]
        self.pid = self.session.run("SELECT pg_backend_pid()")

    def enter(self, entity, record):
        return json.loads(self.session.run(f"SELECT api.presence_enter('{entity}', {record})"))

    def leave(self, entity, record):
        self.session.run(f"SELECT api.presence_leave('{entity}', {record})")

    def told(self):
        answer = json.loads(self.session.run(f"SELECT api.changes_since('{self.position}')"))
        self.position = answer["position"]
        return answer["changes"]

    def locks(self):
        return int(admin.run(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = {self.pid}"))


claire, sophie, claire_again = Person("adv"), Person("compta"), Person("adv")
partner, buyer = Person("partenaire"), Person("client")
contract, customer = admin.run("SELECT id, customer_id FROM softwhere.contract WHERE customer_id = 23 LIMIT 1").split("|")

equal(claire.enter("contract", contract), [], "alone")
equal(claire.told(), {}, "and nobody is disturbed")
equal(sophie.enter("contract", contract), [claire.name], "who comes sees who is there")
equal(claire.told(), {"presence": [int(contract)]}, "who is there is told")
equal(claire.enter("contract", contract), [sophie.name], "and sees who came")
equal(claire.locks(), 1, "asking again holds nothing more")
equal(sophie.enter("customer", contract), [], "the same number of another kind is another record")
equal(claire_again.enter("contract", contract), [sophie.name], "one's own other window is nobody else")
claire.leave("contract", contract)
equal(sophie.enter("contract", contract), [claire.name], "a colleague is there as long as one of their windows is")
claire_again.leave("contract", contract)
claire_again.leave("contract", contract)
equal(sophie.enter("contract", contract), [], "gone")
equal(sophie.told().get("presence"), [int(contract)], "and told so")

claire.enter("contract", contract)
admin.run(f"SELECT pg_terminate_backend({claire.pid})")
check(wait_until(lambda: sophie.enter("contract", contract) == []), "a client that dies disappears by itself")

equal(buyer.enter("customer", 23), [], "a customer sees nobody on their own record")
equal(buyer.locks(), 0, "nor is seen")
equal(sophie.enter("customer", 23), [], "not even by the office")
sophie.leave("customer", contract)
equal(partner.enter("contract", contract), [], "a partner sees nobody")
equal(partner.told(), {}, "nor that somebody came")
sophie.leave("contract", contract)
sophie.leave("customer", 23)
equal(sophie.locks(), 0, "whoever leaves holds nothing")
equal(sophie.enter("contract", 999999999), [], "a record that does not exist has nobody")
equal(sophie.locks(), 0, "and takes no lock")
check("SW005" in sophie.session.run("SELECT api.presence_enter('pg_class', 1)"), "nor is there anybody on what is no record")

# Everybody may read pg_locks and compute a hash.
sophie.enter("contract", contract)
guess = partner.session.run(f"""
  SELECT count(*) FROM pg_locks AS l,
         LATERAL (VALUES (({contract})::bigint), (hashtext('contract:{contract}')::bigint), (hashtextextended('contract:{contract}', 0)),
                         (('x' || left(encode(sha256('contract:{contract}'), 'hex'), 16))::bit(64)::bigint)) AS k (guess)
   WHERE locktype = 'advisory' AND ((l.classid::bigint << 32) | l.objid::bigint = k.guess OR l.objid::bigint = k.guess)""")
equal(guess, "0", "the lock does not say which record it is of")
check(partner.session.run("SELECT presence_secret FROM softwhere.live_state").startswith("ERROR"), "nor may others learn how it is made")
finish()
