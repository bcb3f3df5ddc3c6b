-- Offers and bundles become items of contracts; what was sold keeps its price (CATA-*, OFFER-01).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
SELECT plan(20);

SELECT api.offer_save('{"kind": "subscription", "code": "FIBRE", "label": "Fibre Pro", "price": "59", "vat_rate": "20", "valid_from_on": "2025-01-01"}') AS fibre \gset
SELECT api.offer_save('{"kind": "service", "code": "MES", "label": "Mise en service", "price": "99", "recurring": false, "valid_from_on": "2025-01-01"}') AS setup \gset
SELECT api.offer_save('{"kind": "service", "code": "OLD", "label": "Ancien", "price": "1", "valid_from_on": "2025-01-01", "valid_until_on": "2025-12-31"}') AS old \gset

SELECT pg_temp.contract(jsonb_build_object('items', jsonb_build_array(jsonb_build_object('offer_id', :fibre), jsonb_build_object('offer_id', :setup, 'unit_price', '49', 'label', 'Mise en service offerte à moitié')))) AS one \gset
SELECT is((SELECT array_agg((label, unit_price, vat_rate, recurring, section)::text ORDER BY position) FROM api.contract_item WHERE contract_id = :one),
  ARRAY['("Fibre Pro",59.000000,20.00,t,subscription)', '("Mise en service offerte à moitié",49.000000,,f,one_off)'], 'an offer fills what the item does not say');
SELECT is((SELECT offer_id FROM api.contract_item WHERE contract_id = :one AND position = 0), :fibre::bigint, 'and is remembered');

SELECT api.offer_save(jsonb_build_object('id', :fibre, 'price', '65', 'label', 'Fibre Pro+'));
SELECT is((SELECT (label, unit_price)::text FROM api.contract_item WHERE contract_id = :one AND position = 0), '("Fibre Pro",59.000000)', 'a price change never rewrites what was sold');
SELECT pg_temp.contract(jsonb_build_object('items', jsonb_build_array(jsonb_build_object('offer_id', :fibre)))) AS two \gset
SELECT is((SELECT unit_price FROM api.contract_item WHERE contract_id = :two), 65::numeric, 'what is sold next has the new one');
SELECT is((api.offer_record(:fibre) ->> 'sold')::int, 2, 'the record tells how often it was sold');
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', jsonb_build_object('id', :fibre, 'kind', 'service'))), 'SW013 kind', 'and it stays what it is');

SELECT is(pg_temp.refusal(format('SELECT pg_temp.contract(%L)', jsonb_build_object('items', jsonb_build_array(jsonb_build_object('offer_id', :old))))),
  'SW005 items[0].offer_id offer_not_on_sale', 'an offer no longer on sale is refused on its row');
SELECT is(pg_temp.refusal(format('SELECT pg_temp.contract(%L)', '{"items": [{"offer_id": 0}]}')), 'SW002 items[0].offer_id', 'or one that is none');
SELECT is(pg_temp.refusal(format('SELECT pg_temp.contract(%L)', '{"items": [{"unit_price": "3"}]}')), 'SW004 items[0].label', 'without offer, the label is required as before');

-- Bundles, in one click.
SELECT api.bundle_save(jsonb_build_object('code', 'PACK', 'label', 'Pack agence', 'items', jsonb_build_array(
  jsonb_build_object('offer_id', :setup, 'price', '0', 'position', 1), jsonb_build_object('offer_id', :fibre, 'quantity', 2, 'position', 0)))) AS pack \gset
SELECT is((monthly_net, one_off_net)::text, '(130.00,0.00)', 'what a bundle costs') FROM api.bundle WHERE id = :pack;
SELECT is(jsonb_path_query_array(api.bundle_record(:pack), '$.items[*].label'), '["Fibre Pro+", "Mise en service"]', 'its offers in order');
SELECT is(api.contract_add_bundle(:one, :pack), 2, 'inserted');
SELECT is((SELECT array_agg((label, trim_scale(quantity), unit_price)::text ORDER BY position) FROM api.contract_item WHERE contract_id = :one AND position > 1),
  ARRAY['("Fibre Pro+",2,65.000000)', '("Mise en service",1,0.000000)'], 'as items with the bundle''s prices');
SELECT is(pg_temp.refusal(format('SELECT api.bundle_save(%L)', jsonb_build_object('id', :pack, 'items', jsonb_build_array(jsonb_build_object('offer_id', :fibre))))),
  'SW012 items[0].offer_id bundle_item_offer_once', 'an offer once a bundle');
SELECT api.bundle_save(jsonb_build_object('id', :pack, 'items', jsonb_build_array(jsonb_build_object('id', (SELECT id FROM api.bundle_item WHERE offer_id = :setup), 'deleted', true))));
SELECT is((SELECT count(*) FROM api.bundle_item WHERE bundle_id = :pack), 1::bigint, 'an offer leaves the bundle');
SELECT api.bundle_save(jsonb_build_object('id', :pack, 'items', jsonb_build_array(jsonb_build_object('offer_id', :setup))));
SELECT is(jsonb_path_query_array(api.bundle_record(:pack), '$.items[*].label'), '["Fibre Pro+", "Mise en service"]', 'one more comes after the others');
SELECT api.bundle_save(jsonb_build_object('id', :pack, 'active', false));
SELECT is(pg_temp.refusal(format('SELECT api.contract_add_bundle(%s, %s)', :one, :pack)), 'SW002 bundle_id', 'a bundle put aside is not sold');

-- Once the contract has started, what comes from an offer is frozen like the rest.
SELECT api.contract_start(:one);
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract_item SET offer_id = NULL WHERE contract_id = %s AND position = 0', :one)), 'SW016 offer_id', 'frozen for everybody');
SELECT is(pg_temp.error_of(format('DELETE FROM softwhere.offer WHERE id = %s', :fibre)), '23503', 'an offer that was sold does not vanish');
SELECT is(pg_temp.refusal(format('SELECT api.contract_add_bundle(%s, %s)', :one, :pack), 't_support'), '42501', 'bundles are sold by sales administration');

SELECT * FROM finish();
ROLLBACK;
