-- T5, end_of_contract → closed: WF-19, WF-20, WF-21, WF-32.
BEGIN;
SELECT plan(15);
\ir ../lib/contract.sql

SELECT pg_temp.contract_in('end_of_contract') AS id \gset
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), 'SW006 step final_invoice,not_due:2026-01-31', 'no final invoice and before the end');
SET LOCAL softwhere.today = '2026-01-31';
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), 'SW006 step final_invoice', 'WF-21: the final invoice');
SELECT pg_temp.invoice(:id, 'final', '2026-01-31', 'draft') AS draft \gset
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), format('SW006 step final_invoice,draft_invoice:%s', :draft), 'a draft is not issued');
DELETE FROM softwhere.invoice WHERE id = :draft;
SELECT pg_temp.invoice(:id, 'final', '2026-01-31') AS final \gset
SELECT pg_temp.invoice(:id, 'periodic', '2026-01-15', 'issued', 12) AS unpaid \gset
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), format('SW006 step unpaid_invoice:%s', :unpaid), 'WF-20: every invoice settled');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'closed' WHERE id = %s$$, :id)), format('SW006 step unpaid_invoice:%s', :unpaid), 'by hand too');

SELECT pg_temp.contract_in('end_of_contract') AS id \gset
SELECT pg_temp.invoice(:id, 'final', '2026-01-31') AS final \gset
SET LOCAL softwhere.today = '2026-01-30';
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), 'SW006 step not_due:2026-01-31', 'WF-19: not before the end');
SET LOCAL softwhere.today = '2026-01-31';
SELECT lives_ok(format('SELECT api.contract_close(%s)', :id), 'all fulfilled: closed');
SELECT is(pg_temp.state_of(:id), 'closed 2026-01-31', 'WF-06');
SELECT is((SELECT e.state FROM softwhere.equipment AS e JOIN softwhere.contract_equipment AS h ON h.equipment_id = e.id WHERE h.contract_id = :id),
  'in_service_off_contract', 'WF-32: its machine stays in service off contract');
SELECT results_eq(format('SELECT indicator, deadline_on FROM api.contract WHERE id = %s', :id), $$ VALUES (NULL::text, NULL::date) $$, 'closed: no indicator');
SELECT is(pg_temp.error_of(format('SELECT api.contract_close(%s)', :id)), 'SW007 step', 'once');
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "title": "x"}')$$, :id)), 'SW007 step', 'a closed contract does not change');

-- Machines of other live contracts, or no longer under contract, are left alone.
SELECT pg_temp.contract_in('end_of_contract') AS id \gset
SELECT equipment_id AS shared FROM softwhere.contract_equipment WHERE contract_id = :id \gset
SELECT api.contract_start(pg_temp.contract(jsonb_build_object('equipment', jsonb_build_array(jsonb_build_object('equipment_id', :shared)))));
SELECT api.contract_save(jsonb_build_object('id', pg_temp.contract(), 'title', 'autre'));
SELECT pg_temp.invoice(:id, 'final', '2026-01-31') AS final \gset
SELECT api.contract_close(:id);
SELECT is((SELECT state FROM softwhere.equipment WHERE id = :shared), 'under_contract', 'held by another live contract: stays under contract');
SELECT pg_temp.contract_in('end_of_contract') AS id \gset
SELECT equipment_id AS dead FROM softwhere.contract_equipment WHERE contract_id = :id \gset
UPDATE softwhere.equipment SET state = 'dead' WHERE id = :dead;
SELECT pg_temp.invoice(:id, 'final', '2026-01-31') AS final \gset
SET LOCAL softwhere.today = '2026-02-05';
SELECT api.contract_close(:id);
SELECT is((SELECT state FROM softwhere.equipment WHERE id = :dead), 'dead', 'a dead machine stays dead');
SELECT results_eq(format($$SELECT action, deadline_on, indicator FROM softwhere.contract_event WHERE contract_id = %s ORDER BY id DESC LIMIT 1$$, :id),
  $$ VALUES ('contract_close', '2026-01-31'::date, 'alert') $$, 'the journal says it was late');

SELECT * FROM finish();
ROLLBACK;
