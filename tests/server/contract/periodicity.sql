-- WF-31: a billing period changed after creation applies from the next cycle.
BEGIN;
SELECT plan(14);
\ir ../lib/contract.sql

SELECT pg_temp.contract() AS id \gset
SELECT api.contract_save(jsonb_build_object('id', :id, 'periodicity_months', 3));
SELECT results_eq(format('SELECT periodicity_months, next_periodicity_months FROM softwhere.contract WHERE id = %s', :id), $$ VALUES (3, NULL::int) $$, 'in creation it simply changes');
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "next_periodicity_months": 6}')$$, :id)), 'SW005 next_periodicity_months', 'and there is no next period yet');

SELECT pg_temp.contract_in('start_billing') AS id \gset
SELECT api.contract_save(jsonb_build_object('id', :id, 'periodicity_months', 3));
SELECT results_eq(format('SELECT periodicity_months, next_periodicity_months FROM softwhere.contract WHERE id = %s', :id), $$ VALUES (1, 3) $$, 'once started, it waits');
SELECT pg_temp.first_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-01 2026-12-31', 'the first cycle keeps its period');

SELECT pg_temp.contract_in('periodic_billing', '{"effective_on": "2026-01-31"}') AS id \gset
SELECT api.contract_save(jsonb_build_object('id', :id, 'periodicity_months', 3));
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-28 2026-12-31', 'the present due date stays');
SELECT is((SELECT data FROM softwhere.contract_event WHERE contract_id = :id ORDER BY id DESC LIMIT 1), '{"periodicity_months": 1, "next_periodicity_months": 3}'::jsonb, 'the journal keeps the request');
SELECT api.contract_save(jsonb_build_object('id', :id, 'periodicity_months', 1));
SELECT is((SELECT next_periodicity_months FROM softwhere.contract WHERE id = :id), 3, 'sending the present period back changes nothing');
SELECT api.contract_save(jsonb_build_object('id', :id, 'next_periodicity_months', NULL));
SELECT is((SELECT next_periodicity_months FROM softwhere.contract WHERE id = :id), NULL, 'the request can be withdrawn');
SELECT api.contract_save(jsonb_build_object('id', :id, 'next_periodicity_months', 3));
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-05-28 2026-12-31', 'from the next cycle: 28 February + 3 months');
SELECT results_eq(format('SELECT periodicity_months, next_periodicity_months, anchor_on, anchor_count FROM softwhere.contract WHERE id = %s', :id),
  $$ VALUES (3, NULL::int, '2026-02-28'::date, 1) $$, 'the due date is the new anchor');
SELECT is((SELECT data FROM softwhere.contract_event WHERE contract_id = :id AND kind = 'periodicity_change' ORDER BY id DESC LIMIT 1), '{"periodicity_months": 3, "next_periodicity_months": null}'::jsonb, 'the journal keeps the change');
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-08-28 2026-12-31', 'and goes on from there');
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "periodicity_months": 2}')$$, :id)), 'SW005 next_periodicity_months', 'only the periods of the catalogue');
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "periodicity_months": 6}')$$, pg_temp.contract_in('end_of_contract'))), 'SW016 periodicity_months', 'a contract at its end has no next period');

SELECT * FROM finish();
ROLLBACK;
