-- What makes up a contract is journaled like a customer's sheet, once the contract has started (GDPR-01, CRM-02).
BEGIN;
SELECT plan(10);
\ir ../lib/contract.sql
CREATE FUNCTION pg_temp.log() RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(' ', entity, action, COALESCE(changes ->> 'ends_on', changes -> 'label' ->> 1, changes -> 'position' ->> 1)) FROM softwhere.change_log
   WHERE customer_id = current_setting('test.customer_id')::bigint AND entity IN ('contract_item', 'contract_equipment', 'meter') ORDER BY id
$$;

SELECT pg_temp.metered_contract() AS c \gset
SELECT item.id AS i, item.row_version AS v FROM softwhere.contract_item AS item WHERE contract_id = :c \gset
SELECT api.contract_save(jsonb_build_object('id', id, 'row_version', row_version, 'items', jsonb_build_array(jsonb_build_object('id', :i, 'row_version', :v, 'label', 'Fibre'))))
  FROM softwhere.contract WHERE id = :c \g /dev/null
SELECT is_empty('SELECT * FROM pg_temp.log()', 'a contract being drawn up is no news');
SELECT api.contract_start(:c) \g /dev/null
SELECT is_empty('SELECT * FROM pg_temp.log()', 'nor is its start: that is in its own journal');

SELECT api.contract_save(jsonb_build_object('id', id, 'row_version', row_version, 'items', jsonb_build_array(
    jsonb_build_object('id', i, 'row_version', item_version, 'ends_on', '2026-06-30'), jsonb_build_object('label', 'Voix', 'unit_price', '9.00', 'subscribed_on', '2026-03-01')),
    'equipment', jsonb_build_array(jsonb_build_object('label', 'Copieur 2', 'meters', jsonb_build_array(jsonb_build_object('label', 'Scan'))))))
  FROM softwhere.contract, (SELECT id AS i, row_version AS item_version FROM softwhere.contract_item WHERE id = :i) AS item WHERE id = :c \g /dev/null
SELECT set_eq('SELECT * FROM pg_temp.log()', ARRAY['contract_item update [null, "2026-06-30"]', 'contract_item insert Voix', 'contract_equipment insert 1', 'meter insert Scan'],
  'what ends, what joins');
SELECT is((SELECT changes FROM softwhere.change_log WHERE entity = 'contract_item' AND action = 'update' AND entity_id = :i), '{"ends_on": [null, "2026-06-30"]}',
  'field by field, before and after');
SELECT is((SELECT DISTINCT changed_by FROM softwhere.change_log WHERE entity IN ('contract_item', 'contract_equipment', 'meter')), session_user::text, 'by whom');

SELECT id AS voice, row_version AS v FROM softwhere.contract_item WHERE contract_id = :c AND label = 'Voix' \gset
SELECT api.contract_save(jsonb_build_object('id', id, 'row_version', row_version, 'items', jsonb_build_array(jsonb_build_object('id', :voice, 'row_version', :v, 'deleted', true))))
  FROM softwhere.contract WHERE id = :c \g /dev/null
SELECT is((SELECT changes -> 'label' FROM softwhere.change_log WHERE entity = 'contract_item' AND action = 'delete' AND entity_id = :voice), '["Voix", null]', 'what goes');

-- Billing writes on the items, and says so nowhere: the invoice does.
SELECT count(*) AS before FROM softwhere.change_log \gset
SELECT pg_temp.read_all(:c, 100) AS ignored \gset
SELECT api.contract_issue_first_invoice(:c) AS ignored \gset
SELECT is((SELECT billed_with_contract FROM softwhere.contract_item WHERE id = :i), true, 'billed');
SELECT is((SELECT count(*) FROM softwhere.change_log WHERE entity = 'contract_item' AND id > 0), 3::bigint, 'an invoice is no change of an item');
DELETE FROM softwhere.contract WHERE id = (SELECT pg_temp.contract());
SELECT is((SELECT count(*) FROM softwhere.change_log WHERE entity = 'contract_equipment'), 1::bigint, 'a draft thrown away leaves no trace');
SELECT pg_temp.contract() AS d \gset
SELECT api.contract_cancel(:d, 'Abandon') AS ignored \gset
SELECT is((SELECT count(*) FROM softwhere.change_log WHERE entity LIKE 'contract\_%' AND customer_id = :customer_id), 4::bigint, 'a cancelled one neither');
SELECT * FROM finish();
ROLLBACK;
