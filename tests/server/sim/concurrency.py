"""Two people pick the same SIM card: one gets it, the other is told; never a card on two lines (SIM-*, MORD-05).

The second session waits on what the first holds, which is read in pg_stat_activity, never slept for. TAP on standard
output; needs SOFTWHERE_TEST_URI."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from psql import Session, check, finish, wait_until  # noqa: E402

admin = Session("admin")


def is_blocked(name):
    return admin.run(f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}' AND wait_event_type = 'Lock'") == "1"


def prepare():
    """A customer with two open lines at our own network, and the ids of both."""
    return [int(n) for n in admin.run("""
      WITH c AS (INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
                 SELECT 'SIM-' || count(*), 'company', 'Concurrence', '2026-01-01', 't', 't' FROM softwhere.customer RETURNING id)
      SELECT id AS customer FROM c \\gset
      SELECT api.operator_save(jsonb_build_object('name', 'Réseau ' || :customer, 'provider', 'internal')) AS operator \\gset
      SELECT api.service_save(jsonb_build_object('customer_id', :customer, 'kind', 'mobile', 'operator_id', :operator)) AS service \\gset
      SELECT string_agg(api.line_save(jsonb_build_object('service_id', :service, 'activity', 'active',
        'number', '06' || lpad((:customer * 10 + n)::text, 8, '0')))::text, ' ') FROM generate_series(1, 2) AS n""").split()]


def card(n):
    return int(admin.run(f"""SELECT api.sim_card_save(jsonb_build_object('iccid', (SELECT d || k FROM (SELECT '893309' || lpad('{n}', 12, '0') AS d) AS t,
      generate_series(0, 9) AS k WHERE rules.is_luhn(d || k))))"""))


def swap(line, sim):
    return f"SELECT concat_ws(' ', status, code, field, reason) FROM api.line_swap_sim({line}, {sim})"


def same_card(first_ends_with, expected):
    one, two = prepare()
    sim = card(1 if first_ends_with == "COMMIT" else 2)
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    got = first.run(swap(one, sim))
    check(got == "applied", f"the first takes the card ({first_ends_with})", got)
    second.send(swap(two, sim))
    check(wait_until(lambda: is_blocked("second")), "the second waits")
    first.run(first_ends_with)
    got = second.answer()
    check(got == expected, f"and is told: {expected}", got)
    lines = admin.run(f"SELECT string_agg(line_id::text, ' ') FROM softwhere.sim_card WHERE id = {sim} AND state = 'active'")
    check(lines == str(one if first_ends_with == "COMMIT" else two), "the card is on one line", lines)
    first.close()
    second.close()


def both_ways():
    """Each takes what the other wants next: PostgreSQL ends the embrace, and neither card is lost."""
    one, two = prepare()
    a, b = card(3), card(4)
    first, second = Session("first"), Session("second")
    first.run("BEGIN")
    second.run("BEGIN")
    first.run(swap(one, a))
    second.run(swap(two, b))
    first.send(swap(one, b))
    wait_until(lambda: is_blocked("first"))
    second.send(swap(two, a))
    answers = [second.answer(), first.answer()]
    check(sum("40P01" in answer for answer in answers) == 1, "one of two that wait for each other is ended", answers)
    first.run("COMMIT")
    second.run("COMMIT")
    live = admin.run(f"SELECT count(*) FROM softwhere.sim_card WHERE id IN ({a}, {b}) AND state = 'active'")
    check(live == "1", "and the other has its card", live)
    first.close()
    second.close()


same_card("COMMIT", "refused SW005 sim_card_id sim_not_available")
same_card("ROLLBACK", "applied")
both_ways()
admin.close()
finish()
