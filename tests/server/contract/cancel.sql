-- T6, any live step → cancelled: WF-07, WF-08, WF-32.
BEGIN;
SELECT plan(22);
\ir ../lib/contract.sql

SELECT is(pg_temp.error_of(format('SELECT api.contract_cancel(%s, %L)', pg_temp.contract(), why)), 'SW009 justification', format('justification %L', why))
  FROM unnest(ARRAY[NULL, '', '   ']) AS why;
SELECT is(pg_temp.error_of(format($$SELECT api.contract_cancel(%s, 'erreur')$$, pg_temp.contract_in(step))), 'no error', 'from ' || step)
  FROM unnest('{creation,start_billing,periodic_billing,end_of_contract}'::text[]) AS step;
SELECT is(pg_temp.error_of(format($$SELECT api.contract_cancel(%s, 'erreur')$$, pg_temp.contract_in(step))), 'SW007 step', 'not from ' || step)
  FROM unnest('{closed,cancelled}'::text[]) AS step;
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'cancelled' WHERE id = %s$$, pg_temp.contract())), '23514', 'by hand, the justification is needed as well');

SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SELECT pg_temp.invoice(:id, 'periodic', '2026-02-01', 'draft') AS draft \gset
SELECT api.contract_cancel(:id, '  Client parti  ');
SELECT is(pg_temp.state_of(:id), 'cancelled 2026-12-31', 'no next due date any more');
SELECT is((SELECT cancel_justification FROM api.contract WHERE id = :id), 'Client parti', 'the reason is kept');
SELECT is((SELECT reason FROM softwhere.contract_event WHERE contract_id = :id ORDER BY id DESC LIMIT 1), 'Client parti', 'in the journal too');
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE id = :draft), 0::bigint, 'drafts go');
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE contract_id = :id), 1::bigint, 'issued invoices stay');
SELECT is((SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = :id AND value IS NULL), 0::bigint, 'open reading lines go');
SELECT is((SELECT count(*) FROM softwhere.meter_reading WHERE contract_id = :id), 2::bigint, 'readings done stay');
SELECT is((SELECT e.state FROM softwhere.equipment AS e JOIN softwhere.contract_equipment AS h ON h.equipment_id = e.id WHERE h.contract_id = :id),
  'in_service_off_contract', 'WF-32: its machine is freed');
SELECT is((SELECT count(*) FROM api.contract_next_action WHERE contract_id = :id), 0::bigint, 'nothing more to do');
SELECT is((SELECT indicator FROM api.contract WHERE id = :id), NULL, 'no indicator');

SELECT pg_temp.contract() AS id \gset
SELECT api.contract_cancel(:id, 'erreur');
SELECT is((SELECT e.state FROM softwhere.equipment AS e JOIN softwhere.contract_equipment AS h ON h.equipment_id = e.id WHERE h.contract_id = :id),
  'in_stock', 'a machine that never was under contract stays in stock');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET step = 'creation', cancel_justification = NULL WHERE id = %s$$, :id)), 'SW007 step', 'cancelled is the end');

SELECT * FROM finish();
ROLLBACK;
