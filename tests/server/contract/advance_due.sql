-- T3 and T4, the loop of periodic billing: WF-16…19, WF-23…29.
BEGIN;
SELECT plan(24);
\ir ../lib/contract.sql

SELECT pg_temp.contract_in('periodic_billing', '{"effective_on": "2026-01-31", "end_on": "2026-04-30"}') AS id \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step due_invoice', 'WF-17: no due invoice, no arc');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET next_due_on = '2026-03-31', anchor_count = 2 WHERE id = %s$$, :id)), 'SW006 step due_invoice', 'nor by hand');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET anchor_on = '2026-01-30' WHERE id = %s$$, :id)), 'SW016 next_due_on', 'the anchor cannot be moved');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET periodicity_months = 3 WHERE id = %s$$, :id)), 'SW016 periodicity_months', 'nor the period of the cycle');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET end_on = '2027-04-30' WHERE id = %s$$, :id)), 'SW016 end_on', 'nor the end, later');
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-28 2026-04-30', 'first due date: 28 February');
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-03-31 2026-04-30', 'WF-28: back to the step, 31 March: anchors never drift');
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step due_invoice', 'one invoice, one arc');
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-04-30 2026-04-30', 'a due date on the last day of service still counts');
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-04-30', 'WF-25: nothing more falls due, end of contract');
SELECT results_eq(format($$SELECT action, from_step, to_step, deadline_on FROM softwhere.contract_event WHERE contract_id = %s AND kind = 'transition' ORDER BY id$$, :id), $$ VALUES
  ('contract_start', 'creation', 'start_billing', '2026-01-11'::date), ('contract_issue_first_invoice', 'start_billing', 'periodic_billing', '2026-01-31'),
  ('contract_issue_due_invoice', 'periodic_billing', 'periodic_billing', '2026-02-28'), ('contract_issue_due_invoice', 'periodic_billing', 'periodic_billing', '2026-03-31'),
  ('contract_issue_due_invoice', 'periodic_billing', 'end_of_contract', '2026-04-30') $$, 'each arc is in the journal with its deadline');

-- Tacit renewal.
SELECT pg_temp.contract_in('periodic_billing', '{"end_on": "2026-02-28", "tacit_renewal": true}') AS id \gset
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-03-01 2027-02-28', 'WF-27: the end moves by 12 months');
SELECT results_eq(format($$SELECT data FROM softwhere.contract_event WHERE contract_id = %s AND kind = 'renewal'$$, :id),
  $$ VALUES ('{"previous_end_on": "2026-02-28", "end_on": "2027-02-28"}'::jsonb) $$, 'and the journal keeps the previous end');
SELECT pg_temp.contract_in('periodic_billing', '{"end_on": "2026-02-14", "tacit_renewal": true, "renewal_months": 1, "periodicity_months": 3}') AS id \gset
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-04-01 2026-04-14', 'renewed as often as the period needs');
SELECT is((SELECT count(*) FROM softwhere.contract_event WHERE contract_id = :id AND kind = 'renewal'), 1::bigint, 'in one event');

-- With meters (worked example of the domain notes).
SELECT pg_temp.metered_contract('{"end_on": "2026-03-31"}') AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SET LOCAL softwhere.today = '2026-02-01';
SELECT pg_temp.invoice(:id, 'periodic', '2026-02-01') AS invoice \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step reading', 'WF-16: readings before the due invoice');
SELECT is((SELECT missing FROM rules.contract_billing_missing(ARRAY[:id]::bigint[], '2026-01-31')),
  ARRAY['not_due:2026-02-01'] || ARRAY(SELECT 'reading:' || id FROM softwhere.meter_reading WHERE contract_id = :id AND value IS NULL ORDER BY id), 'said beforehand');
DELETE FROM softwhere.meter_reading WHERE contract_id = :id AND value IS NULL AND meter_id = (SELECT max(id) FROM softwhere.meter WHERE contract_id = :id);
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step reading', 'all of them');
-- Readings are entered before the invoice: this one was only there to try the guard.
UPDATE softwhere.meter_reading SET value = 250, read_on = '2026-02-01', source = 'entered', consumed = 150 WHERE contract_id = :id AND value IS NULL;
SELECT is(rules.contract_advance(ARRAY[:id]::bigint[]), 1::bigint, 'readings done, the contract loops');
SELECT results_eq(format($$SELECT kind, due_on, count(*) FROM softwhere.meter_reading WHERE contract_id = %s AND value IS NULL GROUP BY 1, 2$$, :id),
  $$ VALUES ('periodic', '2026-03-01'::date, 2::bigint) $$, 'WF-29: lines for the next due date');
SET LOCAL softwhere.today = '2026-03-01';
SELECT pg_temp.read_all(:id, 300);
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-03-31', 'WF-25: 1 April is after the end');
SELECT results_eq(format($$SELECT kind, due_on, count(*) FROM softwhere.meter_reading WHERE contract_id = %s AND value IS NULL GROUP BY 1, 2$$, :id),
  $$ VALUES ('balance', '2026-03-31'::date, 2::bigint) $$, 'WF-26: lines for the balance');

-- Together.
SET LOCAL softwhere.today = '2026-01-01';
SELECT pg_temp.contract_in('periodic_billing') AS a \gset
SELECT pg_temp.contract_in('periodic_billing') AS b \gset
SELECT pg_temp.invoice(:a, 'periodic', '2026-02-01') AS invoice \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s, %s]::bigint[])', :a, :b)), 'SW006 step due_invoice', 'one contract without invoice stops its batch');
SELECT is(pg_temp.state_of(:a), 'periodic_billing 2026-02-01 2026-12-31', 'which is undone as a whole');

SELECT * FROM finish();
ROLLBACK;
