-- Orders of services (SORD-01…07): they become items of a contract.
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
SELECT plan(19);
SELECT api.offer_save('{"kind": "service", "code": "WIFI", "label": "Wi-Fi managé", "price": "25", "valid_from_on": "2020-01-01"}') AS wifi \gset
SELECT api.offer_save('{"kind": "service", "code": "POSE", "label": "Pose", "price": "120", "recurring": false, "valid_from_on": "2020-01-01"}') AS pose \gset
SELECT api.offer_save('{"kind": "subscription", "code": "MOB", "label": "Forfait", "price": "10", "valid_from_on": "2020-01-01"}') AS mob \gset
SELECT pg_temp.contract_in('periodic_billing') AS contract \gset
CREATE FUNCTION pg_temp.ordered(p_services jsonb, p jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.service_order_save(%L)', jsonb_build_object('customer_id', current_setting('test.customer_id')::bigint, 'services', p_services) || p), 't_adv')
$$;
SELECT is(pg_temp.ordered(jsonb_build_array(s)), e, e || ' ' || s)
  FROM (VALUES (jsonb_build_object('offer_id', :wifi), 'nothing'), ('{}', 'SW004 services[0].offer_id'), ('{"offer_id": 0}', 'SW005 services[0].offer_id order_service_offer_id_fkey'),
    (jsonb_build_object('offer_id', :mob), 'SW005 services[0].offer_id not_a_service'), (jsonb_build_object('offer_id', :wifi, 'quantity', '0'), 'SW005 services[0].quantity order_service_quantity_positive'),
    (jsonb_build_object('offer_id', :wifi, 'price', '-1'), 'SW005 services[0].price order_service_price_not_negative'),
    (jsonb_build_object('offer_id', :wifi, 'starts_on', '2026-02-01', 'ends_on', '2026-01-01'), 'SW005 services[0].ends_on order_service_ends_after_start'),
    (jsonb_build_object('offer_id', :wifi, 'starts_on', '2026-02-01', 'ends_on', '2026-08-31'), 'nothing'),
    (jsonb_build_object('offer_id', :pose, 'ends_on', '2026-08-31'), 'SW005 services[0].ends_on end_of_one_off')) AS t (s, e);
SELECT is(pg_temp.ordered('[]', '{"customer_id": null}'), 'SW004 customer_id', 'for somebody');

SELECT api.service_order_save(jsonb_build_object('customer_id', :customer_id, 'services', jsonb_build_array(
  jsonb_build_object('offer_id', :wifi, 'quantity', '3', 'price', '22.50', 'starts_on', '2026-02-01', 'ends_on', '2026-07-31'), jsonb_build_object('offer_id', :pose)))) AS one \gset
SELECT is(api.sales_order_record(:one) -> 'missing', '["contract_id", "confirmation_email"]', 'what is missing');
SELECT is(pg_temp.error_of(format('SELECT api.service_order_validate(%s)', :one)), 'SW006 status contract_id,confirmation_email', 'refused until it is there');
SELECT api.service_order_save(jsonb_build_object('id', :one, 'contract_id', :contract, 'confirmation_email', 'achats@t1.example'));
SELECT api.service_order_validate(:one);
SELECT is((SELECT array_agg((label, trim_scale(quantity), unit_price::numeric(8,2), subscribed_on, ends_on, recurring, origin)::text ORDER BY position) FROM api.contract_item WHERE contract_id = :contract AND origin IS NOT NULL),
  ARRAY['("Wi-Fi managé",3,22.50,2026-02-01,2026-07-31,t,CDE-2026-00001)', '(Pose,1,120.00,2026-01-01,,f,CDE-2026-00001)'], 'items of the contract, from and until their days');
SELECT is((SELECT count(*) FROM api.order_service AS s JOIN api.contract_item AS i ON i.id = s.contract_item_id AND i.offer_id = s.offer_id WHERE s.sales_order_id = :one), 2::bigint, 'each known to its order');
SELECT is((SELECT recipient FROM api.outbox WHERE entity_id = :one), 'achats@t1.example', 'confirmed to the address on the order');
SELECT is(pg_temp.error_of(format('SELECT api.mobile_order_validate(%s)', :one)), 'SW002 id', 'it is no mobile order');
SELECT is((SELECT string_agg(status, ',') FROM api.sales_order), 'validated', 'validated');
SELECT is(pg_temp.refusal(format('UPDATE softwhere.outbox SET status = ''sent'''), 't_admin'), '42501', 'nobody writes the outbox');
SELECT is(pg_temp.refusal('SELECT count(*) FROM api.outbox', 't_customer'), '42501', 'customers do not read it');
SELECT * FROM finish();
ROLLBACK;
