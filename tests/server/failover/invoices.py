"""Work that must not notice who is primary: invoices of contracts, issued by several sessions at once (WF-36)."""

import threading
import time
import uuid

import psycopg2

from psql import check, equal

INVOICES, WORKERS, DIES_AFTER = 200, 6, 60


def make_contracts(machine):
    """INVOICES contracts whose first invoice is due today."""
    return machine.sql(f"""
      WITH k AS (INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
                 VALUES ('CF-1', 'company', 'Relève', rules.today(), 't', 't') RETURNING id)
      INSERT INTO softwhere.billing_site (customer_id, name) SELECT id, 'Siège' FROM k;
      CREATE TEMPORARY TABLE made AS
      SELECT api.contract_save(jsonb_build_object('customer_id', s.customer_id, 'issued_on', rules.today(), 'sent_on', rules.today(),
               'signed_on', rules.today(), 'effective_on', rules.today(), 'end_on', (rules.today() + interval '2 years')::date - 1,
               'periodicity_months', 1, 'items', '[{{"label": "Fibre", "unit_price": "30"}}]'::jsonb, 'equipment', '[{{"label": "Routeur"}}]'::jsonb)) AS id
        FROM softwhere.billing_site AS s, generate_series(1, {INVOICES}) WHERE s.name = 'Siège';
      SELECT api.contract_start(id) FROM made \\g /dev/null
      SELECT id FROM made ORDER BY id""").split()


class Issuing:
    """Sessions that issue invoices until all are acknowledged, each asking again with the same key after a cut."""

    def __init__(self, conninfo, contracts):
        self.conninfo, self.waiting, self.acknowledged, self.cuts, self.faults = conninfo, list(contracts), {}, 0, []
        self.lock, self.changed = threading.Lock(), threading.Condition()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(WORKERS)]
        for thread in self.threads:
            thread.start()

    def work(self):
        connection = None
        while True:
            with self.lock:
                if not self.waiting or self.faults:
                    break
                contract = self.waiting.pop()
            key = str(uuid.uuid4())
            while contract not in self.acknowledged:
                try:
                    connection = connection or self.connect()
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT api.call(%s, 'contract_issue_first_invoice', jsonb_build_object('p_contract_id', %s::bigint))", (key, contract))
                        answer = cursor.fetchone()[0]
                    with self.changed:
                        self.acknowledged[contract] = answer
                        self.changed.notify_all()
                except (psycopg2.OperationalError, psycopg2.InterfaceError):
                    connection = None
                    self.cuts += 1
                    # A person, too, takes a moment to ask again.
                    time.sleep(0.05)
                except psycopg2.Error as error:
                    self.faults.append(str(error))
                    with self.changed:
                        self.changed.notify_all()
                    return
        if connection:
            connection.close()

    def connect(self):
        connection = psycopg2.connect(self.conninfo)
        connection.autocommit = True
        return connection

    def wait(self, number, seconds=60):
        with self.changed:
            return self.changed.wait_for(lambda: len(self.acknowledged) >= number or self.faults, seconds)

    def finish(self):
        for thread in self.threads:
            thread.join(60)


def check_invoices(machine, issuing, known):
    """On the new primary is all that was acknowledged, @known of it before the old one died."""
    there = dict(line.split("|") for line in machine.sql("SELECT contract_id, id FROM softwhere.invoice").split())
    equal(issuing.faults, [], "nobody met an error other than the cut")
    check(DIES_AFTER <= len(known) < INVOICES and issuing.cuts > 0, "the primary died in the middle", (len(known), issuing.cuts))
    lost = {contract for contract, invoice in known.items() if there.get(contract) != invoice}
    check(not lost, "every invoice acknowledged before is on the new primary", lost)
    equal({c: there.get(c) for c in issuing.acknowledged}, issuing.acknowledged, f"all {INVOICES} were acknowledged, with the invoice that is there")
    equal(machine.sql("SELECT count(*), count(DISTINCT contract_id), count(DISTINCT number) FROM softwhere.invoice"), f"{INVOICES}|{INVOICES}|{INVOICES}", "none twice")
    equal(machine.sql("SELECT max(right(number, 5)::int) - min(right(number, 5)::int) + 1 FROM softwhere.invoice"), str(INVOICES), "numbers without gap")
