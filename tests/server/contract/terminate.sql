-- Early termination: the end moves forward, the contract reaches it by its usual arc or at once.
BEGIN;
SELECT plan(18);
\ir ../lib/contract.sql

SELECT pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true}') AS id \gset
SELECT is(pg_temp.error_of(format('SELECT api.contract_terminate(%s, %L)', :id, end_on)), error, name)
  FROM (VALUES (NULL, 'SW004 end_on', 'a day is needed'), ('2026-01-01', 'SW005 end_on', 'after the effective date'),
               ('2027-01-01', 'SW005 end_on', 'not after the present end'), ('2026-12-31', 'no error', 'the present end stops the renewal')) AS c (end_on, error, name);
SELECT is(pg_temp.error_of(format($$SELECT api.contract_terminate(%s, '2026-01-15')$$, pg_temp.contract_in(step))), error, 'from ' || step)
  FROM (VALUES ('creation', 'SW007 step'), ('start_billing', 'no error'), ('periodic_billing', 'no error'), ('end_of_contract', 'no error'), ('closed', 'SW007 step'), ('cancelled', 'SW007 step')) AS c (step, error);

SELECT api.contract_terminate(:id, '2026-03-15');
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-01 2026-03-15', 'due dates before the new end are still billed');
SELECT is((SELECT tacit_renewal FROM softwhere.contract WHERE id = :id), false, 'no renewal any more');
SELECT is((SELECT data FROM softwhere.contract_event WHERE contract_id = :id AND kind = 'termination'), '{"previous_end_on": "2026-12-31", "end_on": "2026-03-15"}'::jsonb, 'the journal says so');
SELECT pg_temp.due_invoice(:id);
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-03-15', 'then the contract ends by its usual arc');

SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SELECT api.contract_terminate(:id, '2026-01-20');
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-01-20', 'nothing falls due before the new end: at once');
SELECT results_eq(format($$SELECT kind, due_on, count(*) FROM softwhere.meter_reading WHERE contract_id = %s AND value IS NULL GROUP BY 1, 2$$, :id),
  $$ VALUES ('balance', '2026-01-20'::date, 2::bigint) $$, 'the lines of the due date become those of the balance');
SELECT is((SELECT action FROM softwhere.contract_event WHERE contract_id = :id AND kind = 'transition' ORDER BY id DESC LIMIT 1), 'contract_terminate', 'the arc is in the journal');
SELECT pg_temp.invoice(:id, 'final', '2026-01-20') AS final \gset
SELECT is(pg_temp.error_of(format($$SELECT api.contract_terminate(%s, '2026-01-15')$$, :id)), 'SW007 step', 'not after the final invoice');

SELECT * FROM finish();
ROLLBACK;
