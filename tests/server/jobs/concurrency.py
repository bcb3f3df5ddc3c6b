"""Two people and the schedule at once: an invoice is issued exactly once, numbers have no gap (INVT-04, WF-36, WF-37).

Each case opens two sessions, lets the second wait on what the first holds, and looks at what both got. Waiting is read in
pg_stat_activity, never slept for. TAP on standard output; needs SOFTWHERE_TEST_URI."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import psql  # noqa: E402
from psql import check, finish, wait_until  # noqa: E402


def Session(name):
    return psql.Session(name, "-c softwhere.today=2031-06-01")


admin = Session("admin")


def wait_until_blocked(name):
    return wait_until(lambda: admin.run(
        f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}' AND wait_event_type = 'Lock'") == "1")


def contract():
    """A contract at 30 € a month, its first invoice due on 2031-06-01."""
    return admin.run("""
      WITH k AS (INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
                 SELECT 'CC-' || count(*), 'company', 'Concurrence', '2031-06-01', 't', 't' FROM softwhere.customer RETURNING id)
      INSERT INTO softwhere.billing_site (customer_id, name) SELECT id, 'Siège' FROM k;
      SELECT api.contract_save(jsonb_build_object('customer_id', customer_id, 'issued_on', '2031-06-01', 'sent_on', '2031-06-01',
        'signed_on', '2031-06-01', 'effective_on', '2031-06-01', 'end_on', '2033-05-31', 'periodicity_months', 1,
        'items', '[{"label": "Fibre", "unit_price": "30"}]'::jsonb, 'equipment', '[{"label": "Routeur"}]'::jsonb))
        FROM softwhere.billing_site ORDER BY id DESC LIMIT 1 \\gset
      SELECT api.contract_start(:contract_save) \\g /dev/null
      SELECT :contract_save""")


def numbers():
    return admin.run("SELECT string_agg(number, ' ' ORDER BY number) FROM softwhere.invoice WHERE kind <> 'credit_note'").split()


def without_gap():
    taken = [int(number[-5:]) for number in numbers()]
    return taken == list(range(1, len(taken) + 1))


def same_button():
    one = contract()
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    first.run(f"SELECT api.contract_issue_first_invoice({one}) IS NOT NULL")
    second.send(f"SELECT api.contract_issue_first_invoice({one})")
    check(wait_until_blocked("second"), "the second click waits for the first", None)
    first.run("COMMIT")
    got = second.answer()
    check("SW007" in got, "and is told that the step has moved on", got)
    count = admin.run(f"SELECT count(*) FROM softwhere.invoice WHERE contract_id = {one}")
    check(count == "1", "one invoice", count)
    first.close()
    second.close()


def rolled_back():
    one, other = contract(), contract()
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    taken = first.run(f"SELECT api.contract_issue_first_invoice({one}) AS id \\gset\nSELECT number FROM softwhere.invoice WHERE id = :id")
    second.send(f"SELECT api.contract_issue_first_invoice({other}) AS id \\gset\nSELECT number FROM softwhere.invoice WHERE id = :id")
    check(wait_until_blocked("second"), "another contract waits for the number", None)
    first.run("ROLLBACK")
    got = second.answer()
    check(got == taken, "a rollback gives the number to the next", (taken, got))
    second.run(f"SELECT api.contract_issue_first_invoice({one}) \\g /dev/null")
    check(without_gap(), "no gap", numbers())
    first.close()
    second.close()


def button_and_schedule():
    one = contract()
    admin.run(f"SELECT api.contract_issue_first_invoice({one}) \\g /dev/null")
    first, second = Session("first"), Session("second")
    first.run("SET softwhere.today = '2031-07-01'")
    first.run("BEGIN")
    first.run(f"SELECT api.contract_issue_due_invoice({one}) \\g /dev/null")
    second.run("SET softwhere.today = '2031-07-01'")
    second.send("SELECT failures FROM jobs.run_due('2031-07-01')")
    check(wait_until_blocked("second"), "the schedule waits for the button", None)
    first.run("COMMIT")
    got = second.answer()
    count = admin.run(f"SELECT count(*) FROM softwhere.invoice WHERE contract_id = {one} AND due_period_on = '2031-07-01'")
    check(count == "1", "exactly one invoice", (got, count))
    check(got == "0", "nothing failed", got)
    check(without_gap(), "no gap", numbers())
    first.close()
    second.close()


def two_schedules():
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    issued = first.run("SELECT invoices FROM jobs.run_due('2031-08-01')")
    second.send("SELECT invoices FROM jobs.run_due('2031-08-01')")
    check(wait_until_blocked("second"), "two runs do not overlap", None)
    first.run("COMMIT")
    got = second.answer()
    check(int(issued) > 0 and got == "0", "the second finds nothing left", (issued, got))
    check(without_gap(), "no gap", numbers())
    first.close()
    second.close()


def two_payments():
    invoice = admin.run("SELECT min(id) FROM softwhere.invoice WHERE balance = 36")
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    first.run(f"SELECT api.invoice_pay({invoice}, 36, '2031-06-01', 'transfer') \\g /dev/null")
    second.send(f"SELECT api.invoice_pay({invoice}, 36, '2031-06-01', 'transfer')")
    check(wait_until_blocked("second"), "the second payment waits", None)
    first.run("COMMIT")
    got = second.answer()
    check("SW010" in got, "and finds nothing due", got)
    first.close()
    second.close()


for case in (same_button, rolled_back, button_and_schedule, two_schedules, two_payments):
    case()
admin.close()
finish()
