-- T2, start_billing → periodic_billing or end_of_contract, once the first invoice is issued.
BEGIN;
SELECT plan(18);
\ir ../lib/contract.sql

SELECT pg_temp.contract_in('start_billing') AS id \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step first_invoice', 'WF-14: no first invoice, no arc');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'periodic_billing', anchor_on = '2026-01-01', anchor_count = 1, next_due_on = '2026-02-01' WHERE id = %s$$, :id)),
  'SW006 step first_invoice', 'nor by a superuser''s own UPDATE');
SELECT pg_temp.invoice(:id, 'first', '2026-01-01', 'draft') AS draft \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step first_invoice', 'a draft is no invoice');
DELETE FROM softwhere.invoice WHERE id = :draft;
SELECT pg_temp.invoice(:id, 'first', '2026-01-02') AS other \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step first_invoice', 'nor is the invoice of another day');

SELECT pg_temp.contract_in('start_billing') AS id \gset
SELECT is(pg_temp.first_invoice(:id), 1::bigint, 'the first invoice moves the contract');
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-01 2026-12-31', 'WF-23: next due date = effective date + period');
SELECT results_eq(format('SELECT action, from_step, to_step, data FROM softwhere.contract_event WHERE contract_id = %s ORDER BY id DESC LIMIT 1', :id),
  $$ VALUES ('contract_issue_first_invoice', 'start_billing', 'periodic_billing', '{"next_due_on": "2026-02-01"}'::jsonb) $$, 'the journal says so');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'start_billing', next_due_on = NULL WHERE id = %s$$, :id)), 'SW007 step', 'there is no way back');

-- The schedule cannot be chosen freely, even with an invoice.
SELECT pg_temp.contract_in('start_billing') AS id \gset
SELECT pg_temp.invoice(:id, 'first', '2026-01-01') AS invoice \gset
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'periodic_billing', anchor_on = '2026-01-01', anchor_count = 1, next_due_on = '2026-03-01' WHERE id = %s$$, :id)),
  'SW016 next_due_on', 'another next due date is refused');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'end_of_contract' WHERE id = %s$$, :id)), 'SW016 next_due_on', 'the end before its time too');

-- A contract no longer than its period.
SELECT pg_temp.contract_in('start_billing', '{"periodicity_months": 12}') AS id \gset
SELECT pg_temp.first_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-12-31', 'WF-25: an annual contract billed once a year goes to its end');
SELECT pg_temp.contract_in('start_billing', '{"periodicity_months": 12, "tacit_renewal": true}') AS id \gset
SELECT pg_temp.first_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2027-01-01 2027-12-31', 'WF-27: unless it renews itself');

-- With meters.
SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.invoice(:id, 'first', '2026-01-01') AS invoice \gset
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', :id)), 'SW006 step reading', 'initial readings come first');
UPDATE softwhere.meter_reading SET value = 100, read_on = '2026-01-01', source = 'entered', consumed = 0 WHERE contract_id = :id;
SELECT is(rules.contract_advance(ARRAY[:id]::bigint[]), 1::bigint, 'then the contract advances');
SELECT results_eq(format($$SELECT kind, due_on, count(*) FROM softwhere.meter_reading WHERE contract_id = %s AND value IS NULL GROUP BY 1, 2$$, :id),
  $$ VALUES ('periodic', '2026-02-01'::date, 2::bigint) $$, 'WF-29: reading lines for the next due date');

SELECT pg_temp.metered_contract('{"periodicity_months": 12}') AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SELECT results_eq(format($$SELECT kind, due_on, count(*) FROM softwhere.meter_reading WHERE contract_id = %s AND value IS NULL GROUP BY 1, 2$$, :id),
  $$ VALUES ('balance', '2026-12-31'::date, 2::bigint) $$, 'WF-26: or for the balance, at the end');

SELECT is(rules.contract_advance('{}'::bigint[]), 0::bigint, 'no contract, nothing to do');
SELECT is(pg_temp.error_of(format('SELECT rules.contract_advance(ARRAY[%s]::bigint[])', pg_temp.contract())), 'SW007 step', 'a contract in creation does not advance');

SELECT * FROM finish();
ROLLBACK;
