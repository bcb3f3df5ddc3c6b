-- The record in one round trip, its amounts as text; search; the journal of edits by hand; versions.
BEGIN;
SELECT plan(20);
\ir ../lib/contract.sql

SELECT pg_temp.metered_contract('{"title": "Copieur de l''accueil"}') AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SELECT api.contract_record(:id) AS record \gset
SELECT is((SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(:'record'::jsonb) AS k
            WHERE k NOT IN (SELECT attname FROM pg_attribute WHERE attrelid = 'api.contract'::regclass)),
  '{attachments,equipment,events,invoices,items,locked,next_actions,readings}'::text[], 'the columns of the view and what hangs on it');
SELECT is(:'record'::jsonb #>> '{items,0,unit_price}', '20.000000', 'prices keep their decimals');
SELECT is(jsonb_typeof(:'record'::jsonb #> '{items,0,unit_price}'), 'string', 'as text');
SELECT is(jsonb_typeof(:'record'::jsonb #> '{items,0,id}'), 'number', 'ids are numbers');
SELECT is(:'record'::jsonb #>> '{equipment,0,meters,0,tranches,1,unit_price}', '0.008000', 'meters and bands are nested');
SELECT is(jsonb_path_query_array(:'record'::jsonb, '$.readings[*].is_open'), '[true, true, false, false]', 'readings: newest first, open ones flagged');
SELECT is(:'record'::jsonb #>> '{invoices,0,kind}', 'first', 'invoices (WF-35)');
SELECT is(:'record'::jsonb #>> '{events,0,action}', 'contract_issue_first_invoice', 'events: newest first');
SELECT is(:'record'::jsonb #>> '{next_actions,0,action}', 'contract_issue_due_invoice', 'next actions');
SELECT is(pg_temp.error_of('SELECT api.contract_record(-1)'), 'SW002', 'a record that is not there');
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', api.contract_record(:id))), 'no error', 'a record sent back as it came is accepted');

-- Search.
SELECT is((SELECT array_agg(id) FROM api.contract WHERE search_text LIKE '%' || rules.fold(q) || '%'), ARRAY[:id]::bigint[], 'found by ' || q)
  FROM unnest('{COPIEUR DE L''ACCUEIL,copieur}'::text[]) AS q;
SELECT api.contract_save(jsonb_build_object('id', :id, 'equipment', jsonb_build_array(jsonb_build_object('id', (SELECT id FROM softwhere.contract_equipment WHERE contract_id = :id), 'serial_number', '2JX04511'))));
SELECT is((SELECT array_agg(id) FROM api.contract WHERE search_text LIKE '%2jx04511%'), ARRAY[:id]::bigint[], 'by a serial number given later');
UPDATE softwhere.customer SET legal_name = 'Pharmacie du Châtelet' WHERE id = :customer_id;
SELECT is((SELECT array_agg(id) FROM api.contract WHERE search_text LIKE '%chatelet%'), ARRAY[:id]::bigint[], 'by the new name of its customer');
UPDATE softwhere.contract SET title = 'Autre' WHERE id = :id;
SELECT is((SELECT count(*) FROM api.contract WHERE search_text LIKE '%accueil%'), 0::bigint, 'not by its former title');

-- Versions and the journal do not depend on the way of writing.
SELECT row_version AS version FROM softwhere.contract WHERE id = :id \gset
UPDATE softwhere.contract SET title = 'Encore' WHERE id = :id;
SELECT is((SELECT row_version FROM softwhere.contract WHERE id = :id), :version + 1, 'a change by hand is a new version');
UPDATE softwhere.contract SET title = 'Encore' WHERE id = :id;
SELECT is((SELECT row_version FROM softwhere.contract WHERE id = :id), :version + 1, 'no change is none');
UPDATE softwhere.contract SET step = 'cancelled', cancel_justification = 'à la main' WHERE id = :id;
SELECT is((SELECT action || ': ' || reason FROM softwhere.contract_event WHERE contract_id = :id ORDER BY id DESC LIMIT 1), 'contract_cancel: à la main', 'an arc typed by hand is in the journal');
SELECT is((SELECT count(*) FROM softwhere.contract_event AS e WHERE NOT EXISTS (SELECT FROM softwhere.contract AS c WHERE c.id = e.contract_id)), 0::bigint, 'no event without contract');

SELECT * FROM finish();
ROLLBACK;
