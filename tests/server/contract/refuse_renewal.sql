-- Refusing the tacit renewal; one already written down is undone while its notice runs.
BEGIN;
SELECT plan(13);
\ir ../lib/contract.sql

SELECT is(pg_temp.error_of(format('SELECT api.contract_refuse_renewal(%s)', pg_temp.contract_in('periodic_billing'))), 'SW007 tacit_renewal', 'nothing to refuse');
SELECT is(pg_temp.error_of(format('SELECT api.contract_refuse_renewal(%s)', pg_temp.contract('{"tacit_renewal": true}'))), 'SW007 tacit_renewal', 'in creation it is edited');

SELECT pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true}') AS id \gset
SELECT api.contract_refuse_renewal(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-01 2026-12-31', 'the contract runs to its end');
SELECT is((SELECT tacit_renewal FROM softwhere.contract WHERE id = :id), false, 'and no further');
SELECT is((SELECT kind FROM softwhere.contract_event WHERE contract_id = :id ORDER BY id DESC LIMIT 1), 'renewal_refused', 'the journal says so');

-- Billed once a year in advance: renewed a year early, within the notice.
SELECT pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true, "periodicity_months": 12, "notice_months": 3}') AS id \gset
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2027-01-01 2027-12-31', 'renewed by its first invoice');
SET LOCAL softwhere.today = '2026-09-30';
SELECT api.contract_refuse_renewal(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2026-12-31', 'refused on the last day of notice: the former end counts again, at once');
SELECT results_eq(format($$SELECT kind, action FROM softwhere.contract_event WHERE contract_id = %s ORDER BY id DESC LIMIT 2$$, :id),
  $$ VALUES ('transition', 'contract_refuse_renewal'), ('renewal_refused', NULL) $$, 'both in the journal');

SET LOCAL softwhere.today = '2026-01-01';
SELECT pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true, "periodicity_months": 12, "notice_months": 3}') AS id \gset
SET LOCAL softwhere.today = '2026-10-01';
SELECT api.contract_refuse_renewal(:id);
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2027-01-01 2027-12-31', 'a day later the renewal stands');
SELECT is((SELECT tacit_renewal FROM softwhere.contract WHERE id = :id), false, 'the next one is refused');
SELECT pg_temp.due_invoice(:id);
SELECT is(pg_temp.state_of(:id), 'end_of_contract 2027-12-31', 'and the contract ends then');
SET LOCAL softwhere.today = '2026-01-01';
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "tacit_renewal": false}')$$, pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true}'))),
  'SW016 tacit_renewal', 'saving is not refusing');
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "tacit_renewal": true}')$$, pg_temp.contract_in('periodic_billing'))),
  'no error', 'but a renewal may be agreed later');

SELECT * FROM finish();
ROLLBACK;
