-- The schedule (COMPTA-01, WF-16, WF-23…28): due dates oldest first, what waits, what fails and never holds up the others.
BEGIN;
SELECT plan(40);
\ir ../lib/billing.sql
CREATE FUNCTION pg_temp.run(p_until date) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', invoices, failures, waiting, first_due_on, last_due_on) FROM jobs.run_due(p_until) $$;
CREATE FUNCTION pg_temp.dues(p_contract_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', kind, issued_on), ', ' ORDER BY id) FROM softwhere.invoice WHERE contract_id = p_contract_id $$;
SELECT count(*) AS runs FROM softwhere.job_run \gset

SELECT is(pg_temp.run('2031-01-01'), '0 0 0', 'nothing to do');
SELECT is((SELECT count(*) FROM softwhere.job_run), :runs::bigint, 'and nothing recorded');

-- First and final invoices wait for their button, unless the parameters say otherwise.
SELECT pg_temp.contract('{"effective": "2031-01-10", "end": "2031-04-20"}') AS c \gset
SELECT is(pg_temp.run('2031-12-31'), '0 0 0', 'the first invoice is a button (WF-36)');
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT is(pg_temp.run('2031-02-09'), '0 0 0', 'the eve of the due date');
SELECT is(pg_temp.run('2031-12-31'), '3 0 0 2031-02-10 2031-04-10', 'three due dates caught up, to the end');
SELECT is(pg_temp.dues(:c), 'first 2031-01-10, periodic 2031-02-10, periodic 2031-03-10, periodic 2031-04-10', 'each dated its due day');
SELECT is((SELECT concat_ws(' ', step, step_entered_on) FROM softwhere.contract WHERE id = :c), 'end_of_contract 2031-04-10', 'the final invoice is a button too (WF-38)');
SELECT is((SELECT rules.today()), '2031-01-10'::date, 'the business date is put back');
SELECT results_eq($$SELECT job, until_on, invoices, transitions, failures, finished_at IS NOT NULL FROM softwhere.job_run ORDER BY id DESC LIMIT 1$$,
  $$VALUES ('run_due', '2031-12-31'::date, 3, 3, 0, true)$$, 'one job_run row');
SELECT is(pg_temp.run('2031-12-31'), '0 0 0', 'again: nothing left');
UPDATE softwhere.parameter SET bill_first_automatically = true, bill_final_automatically = true;
SELECT pg_temp.contract('{"effective": "2031-06-01", "end": "2031-07-15"}') AS d \gset
SELECT is(pg_temp.run('2031-06-01'), '2 0 0 2031-04-20 2031-06-01', 'the parameters hand over the others');
SELECT is(pg_temp.run('2031-12-31'), '2 0 0 2031-07-01 2031-07-15', 'periodic, then final');
SELECT is(pg_temp.dues(:d), 'first 2031-06-01, periodic 2031-07-01, final 2031-07-15', 'a whole life without a hand');

-- Tacit renewal on the way (WF-27), for ever.
SELECT pg_temp.contract('{"effective": "2031-08-31", "end": "2031-10-30", "tacit": true, "renewal_months": 2}') AS r \gset
SELECT is(pg_temp.run('2032-03-01'), '7 0 0 2031-08-31 2032-02-29', 'renewed as often as needed');
SELECT is(pg_temp.dues(:r), 'first 2031-08-31, periodic 2031-09-30, periodic 2031-10-31, periodic 2031-11-30, periodic 2031-12-31, periodic 2032-01-31, periodic 2032-02-29', 'anchors that never drift');
SELECT is((SELECT count(*) FROM softwhere.contract_event WHERE contract_id = :r AND kind = 'renewal'), 3::bigint, 'three renewals journaled');
SELECT api.contract_terminate(:r, '2032-03-30');

-- A metered contract without its reading waits: no failure, no invoice, the others go on.
SELECT pg_temp.contract('{"effective": "2032-04-01", "end": "2033-03-31", "meters": [{"tranches": [[null, 0.01]]}]}') AS m \gset
SELECT pg_temp.contract('{"effective": "2032-04-01", "end": "2033-03-31"}') AS n \gset
SELECT is(split_part(pg_temp.run('2032-04-01'), ' 2', 1), '2 0 1', 'the meter waits');
SELECT is(pg_temp.dues(:m), NULL, 'no invoice');
SELECT pg_temp.read_meters(:m, 100);
SELECT is(pg_temp.run('2032-04-01'), '1 0 0 2032-04-01 2032-04-01', 'read: billed');

-- One poisoned contract among many. Its items overflow the amount of an invoice.
SELECT array_agg(pg_temp.contract('{"effective": "2032-05-01", "end": "2033-04-30"}', CASE n WHEN 13 THEN '[{"price": 9999999999, "quantity": 9999999999}]' ELSE '[{}]' END::jsonb) ORDER BY n) AS many
  FROM generate_series(1, 40) AS n \gset
SELECT (:'many'::bigint[])[13] AS bad \gset
SELECT pg_temp.contract('{"effective": "2032-05-02", "end": "2033-05-01"}') AS later \gset
SELECT is(pg_temp.run('2032-05-02'), '41 1 1 2032-05-01 2032-05-02', 'all but one (and the meter of May waits), the next day too');
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE contract_id = ANY (:'many'::bigint[])), 39::bigint, 'thirty-nine invoices');
SELECT is((SELECT count(*) - count(DISTINCT number) + max(right(number, 5)::int) - count(*) FROM softwhere.invoice WHERE number LIKE 'F-2032-%'), 0::bigint, 'no gap in the numbers after the retries');
SELECT results_eq('SELECT contract_id, kind, due_on, code, attempts, resolved_at IS NULL FROM softwhere.job_failure',
  format('VALUES (%s::bigint, ''first'', ''2032-05-01''::date, ''22003'', 1, true)', :bad), 'the failure: which, what, since when');
SELECT count(*) AS runs FROM softwhere.job_run \gset
SELECT is(pg_temp.run('2032-05-02'), '0 1 1 2032-05-01 2032-05-01', 'an hour later: the same');
SELECT is((SELECT attempts FROM softwhere.job_failure), 2, 'one row, two attempts');
SELECT is((SELECT count(*) FROM softwhere.job_run), :runs::bigint, 'no news, no run recorded');
SELECT id AS f FROM softwhere.job_failure \gset
SELECT pg_temp.today('2032-05-03');
SELECT is(left(pg_temp.error_of('SELECT api.job_failure_retry(' || :f || ')'), 5), '22003', 'the button says why');
ALTER TABLE softwhere.contract_item DISABLE TRIGGER USER;
UPDATE softwhere.contract_item SET quantity = 1, unit_price = 10 WHERE contract_id = :bad;
SELECT api.job_failure_retry(:f) AS i \gset
SELECT is((SELECT contract_id || ' ' || total_net FROM softwhere.invoice WHERE id = :i), :'bad' || ' 10.00', 'mended: billed');
SELECT isnt((SELECT resolved_at FROM softwhere.job_failure), NULL, 'and resolved');
SELECT is(pg_temp.error_of('SELECT api.job_failure_retry(' || :f || ')'), 'SW012', 'no second time');
SELECT is((SELECT string_agg(kind || ' ' || occurred_on, ', ') FROM softwhere.contract_event WHERE contract_id = :bad AND kind = 'late_issue'), 'late_issue 2032-05-03', 'late, and journaled so');

-- A failure that a person settles by the ordinary button is settled too.
UPDATE softwhere.contract_item SET unit_price = 9999999999, quantity = 9999999999 WHERE contract_id = :n;
SELECT is(pg_temp.run('2032-06-01'), '40 1 1 2032-06-01 2032-06-01', 'another one fails');
UPDATE softwhere.contract_item SET unit_price = 10, quantity = 1 WHERE contract_id = :n;
SELECT pg_temp.bill(:n) AS ignored \gset
SELECT is((SELECT count(*) FROM softwhere.job_failure WHERE resolved_at IS NULL), 0::bigint, 'resolved by the button');

-- A contract that is late stays late: the day it can be billed, dated then, the schedule catches up.
SELECT pg_temp.today('2032-08-15');
SELECT pg_temp.read_meters(:m, 200);
SELECT is(pg_temp.run('2032-08-15'), '86 0 1 2032-05-01 2032-08-02', 'two months of forty-one contracts, three of one, one of the meter');
SELECT is(pg_temp.dues(:m), 'first 2032-04-01, periodic 2032-08-15', 'one reading, one invoice, dated today: the series has gone past May');
SELECT is((SELECT count(*) FROM softwhere.contract_event WHERE kind = 'late_issue' AND occurred_on = '2032-08-15'), 1::bigint, 'the others kept their days');
SELECT pg_temp.read_meters(:m, 300);
SELECT is(pg_temp.run('2032-08-15'), '1 0 1 2032-06-01 2032-06-01', 'the reading of June bills June');
SELECT is((SELECT concat_ws(' ', due_period_on, issued_on) FROM softwhere.invoice WHERE contract_id = :m ORDER BY id DESC LIMIT 1), '2032-06-01 2032-08-15', 'today again');
SELECT is((SELECT next_due_on FROM softwhere.contract WHERE id = :m), '2032-07-01'::date, 'July is next');
SELECT is((SELECT count(*) FROM softwhere.invoice AS a JOIN softwhere.invoice AS b ON b.id > a.id AND b.issued_on < a.issued_on AND a.number IS NOT NULL AND b.number IS NOT NULL AND a.kind <> 'credit_note' AND b.kind <> 'credit_note'),
  0::bigint, 'dates never go back in the series');
SELECT * FROM finish();
ROLLBACK;
