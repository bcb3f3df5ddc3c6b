-- T1, creation → start_billing.
BEGIN;
SELECT plan(25);
\ir ../lib/contract.sql

SELECT pg_temp.contract() AS id \gset
SELECT lives_ok(format('SELECT api.contract_start(%s)', :id), 'a complete contract starts');
SELECT is(pg_temp.state_of(:id), 'start_billing 2026-12-31', 'it waits for its first invoice (WF-03)');
SELECT is((SELECT e.state FROM softwhere.equipment AS e JOIN softwhere.contract_equipment AS h ON h.equipment_id = e.id WHERE h.contract_id = :id),
  'under_contract', 'its machine is under contract');
SELECT is((SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = :id), 0::bigint, 'without meters, no reading line');
SELECT results_eq(format('SELECT kind, action, from_step, to_step, deadline_on, indicator FROM softwhere.contract_event WHERE contract_id = %s', :id),
  $$ VALUES ('transition', 'contract_start', 'creation', 'start_billing', '2026-01-01'::date, 'warning') $$, 'the journal keeps the deadline and indicator of the step left (WF-22)');
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', :id)), 'SW007 step', 'a second click is refused');
SELECT is(pg_temp.error_of('SELECT api.contract_start(-1)'), 'SW002', 'a contract that is not there');

-- Each missing condition, alone.
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', pg_temp.contract(jsonb_build_object(missing, NULL)))),
    'SW006 step ' || missing, format('%s is missing (WF-09, WF-10)', missing))
  FROM unnest('{issued_on,sent_on,signed_on,effective_on,end_on,periodicity_months}'::text[]) AS missing;
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', pg_temp.contract('{"equipment": []}'))), 'SW006 step equipment', 'equipment is missing (WF-11)');
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', pg_temp.contract('{"items": []}'))), 'SW006 step items', 'an item is missing');
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', pg_temp.contract('{"items": [], "equipment": [], "signed_on": null}'))),
  'SW006 step signed_on,equipment,items', 'all that is missing is said at once');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'start_billing' WHERE id = %s$$, pg_temp.contract('{"items": []}'))),
  'SW006 step items', 'a superuser''s own UPDATE meets the same conditions');

SET LOCAL softwhere.today = '2026-01-01';
UPDATE softwhere.parameter SET signature_only = true;
SELECT lives_ok(format('SELECT api.contract_start(%s)', pg_temp.contract('{"issued_on": null, "sent_on": null}')), 'the signature alone suffices when the reseller says so');
SELECT is(pg_temp.error_of(format('SELECT api.contract_start(%s)', pg_temp.contract('{"issued_on": null, "sent_on": null, "signed_on": null}'))), 'SW006 step signed_on', 'but it does need that');

-- WF-30.
SELECT pg_temp.metered_contract('{"effective_on": "2026-01-15"}') AS id \gset
SELECT api.contract_start(:id);
SELECT results_eq(format('SELECT m.label, r.kind, r.due_on, r.value FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = %s ORDER BY m.position', :id),
  $$ VALUES ('Noir et blanc', 'initial', '2026-01-15'::date, NULL::numeric), ('Couleur', 'initial', '2026-01-15', NULL) $$, 'WF-30: one initial reading line per meter, at the effective date');
SELECT is(rules.create_reading_lines(ARRAY[:id]::bigint[], 'initial'), 0::bigint, 'created once');

SELECT is(rules.contract_start(ARRAY[pg_temp.contract(), pg_temp.contract()]), 2::bigint, 'contracts start together');
SELECT is(pg_temp.error_of(format('SELECT rules.contract_start(ARRAY[%s, %s])', pg_temp.contract(), :id)), 'SW007 step', 'all of them or none');

-- Frozen from now on.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract SET %I = %L WHERE id = %s', c, v, :id)), 'SW016 ' || c, c || ' is frozen')
  FROM (VALUES ('effective_on', '2026-02-01'), ('signed_on', '2025-12-31')) AS f (c, v);

SELECT * FROM finish();
ROLLBACK;
