-- Machines: every pair of states, their history, and the site they stand at (PARC-*, WF-32).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
SELECT plan(91);
SELECT pg_temp.customer('T2') AS other_id \gset
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'fixed', 'name', 'Auray')) AS service \gset
SELECT api.service_save(jsonb_build_object('customer_id', :other_id, 'kind', 'fixed')) AS their_service \gset

-- The whole matrix of states, by hand and by a superuser's UPDATE.
CREATE FUNCTION pg_temp.machine(p_state text) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO softwhere.equipment (label, state, customer_id) VALUES ('Routeur', p_state, current_setting('test.customer_id')::bigint) RETURNING id
$$;
CREATE FUNCTION pg_temp.by_hand(p_from text, p_to text) RETURNS text LANGUAGE sql AS $$
  SELECT COALESCE(code, 'moved') FROM api.equipment_set_state(ARRAY[pg_temp.machine(p_from)], p_to, 'essai')
$$;
CREATE FUNCTION pg_temp.states() RETURNS text[] LANGUAGE sql AS $$ SELECT '{in_stock,under_contract,in_service_off_contract,returned,dead,sold}'::text[] $$;
CREATE TEMPORARY TABLE allowed (from_state text, to_state text, hand boolean);
INSERT INTO allowed VALUES ('in_stock', 'under_contract', false), ('in_stock', 'in_service_off_contract', true), ('in_stock', 'returned', true), ('in_stock', 'dead', true),
  ('in_stock', 'sold', true), ('in_service_off_contract', 'under_contract', false), ('in_service_off_contract', 'in_stock', true), ('in_service_off_contract', 'returned', true),
  ('in_service_off_contract', 'dead', true), ('in_service_off_contract', 'sold', true), ('under_contract', 'in_service_off_contract', false),
  ('under_contract', 'returned', true), ('under_contract', 'dead', true), ('returned', 'in_stock', true), ('returned', 'dead', true);
SELECT is(pg_temp.by_hand(f, t), CASE WHEN EXISTS (SELECT FROM allowed WHERE (from_state, to_state) = (f, t) AND hand) THEN 'moved' ELSE 'SW007' END, format('%s to %s by hand', f, t))
  FROM unnest(pg_temp.states()) AS f, unnest(pg_temp.states()) AS t;
SELECT is(pg_temp.error_of(format('UPDATE softwhere.equipment SET state = %L WHERE id = %s', t, pg_temp.machine(f))),
          CASE WHEN f = t OR EXISTS (SELECT FROM allowed WHERE (from_state, to_state) = (f, t)) THEN 'no error' ELSE 'SW007 state' END, format('%s to %s by UPDATE', f, t))
  FROM unnest(pg_temp.states()) AS f, unnest(pg_temp.states()) AS t;

SELECT api.equipment_save(jsonb_build_object('label', 'Box Pro', 'serial_number', 'BX1', 'imei', '35 417803 685978 9', 'customer_id', :customer_id, 'service_id', :service)) AS box \gset
SELECT is((state, imei, service_name, customer_name)::text, '(in_stock,354178036859789,Auray,"Société T1")', 'a machine enters by the stock') FROM api.equipment WHERE id = :box;
SELECT is(pg_temp.refusal(format('SELECT api.equipment_save(%L)', p), 't_staging'), e, p::text)
  FROM (VALUES ('{"label": ""}'::jsonb, 'SW004 label'), ('{"label": "x", "imei": "490154203237519"}', 'SW005 imei invalid_imei'), ('{"label": "x", "imei": "354178036859789"}', 'SW012 imei equipment_imei_unique'),
    ('{"label": "x", "serial_number": "BX1"}', 'SW012 serial_number equipment_serial_number_unique')) AS t (p, e);
SELECT is(pg_temp.refusal(format('SELECT api.equipment_save(%L)', jsonb_build_object('id', :box, 'service_id', :their_service)), 't_staging'), 'SW005 service_id service_of_another_customer', 'at a site of its customer');
SELECT is((SELECT string_agg(COALESCE(code, 'moved'), ',') FROM api.equipment_set_state(ARRAY[:box, 0, :box], 'in_service_off_contract', 'Prêt')), 'moved,SW002', 'a result for each machine, once');
SELECT is((SELECT string_agg(COALESCE(code, 'moved'), ',') FROM api.equipment_set_state(ARRAY[:box], 'in_stock', 'Reprise')), 'moved', 'it comes back');
SELECT is((customer_id, service_id)::text, '(,)', 'to nobody') FROM api.equipment WHERE id = :box;
SELECT is((SELECT array_agg(concat_ws(' ', from_state, to_state, service_name, reason) ORDER BY id) FROM api.equipment_event WHERE equipment_id = :box),
  '{in_stock Auray,in_stock in_service_off_contract Auray Prêt,in_service_off_contract in_stock Reprise}', 'its history');
SELECT is(api.equipment_record(:box) -> 'next_states', '["dead", "in_service_off_contract", "returned", "sold"]', 'what may be done with it next');
SELECT is((SELECT string_agg(a ->> 'state' || ' ' || (a ->> 'allowed') || COALESCE(' ' || (a -> 'missing' ->> 0), ''), ', ') FROM jsonb_array_elements(api.equipment_record(:box) -> 'next_actions') AS a),
  'in_service_off_contract false customer_id, returned true, sold true, dead true', 'by whom and what is missing first');
SELECT is((SELECT count(*) FROM softwhere.equipment AS e, jsonb_array_elements(api.service_record(:service) -> 'equipment') WHERE e.id = :box), 0::bigint, 'the site does not show it any more');

SELECT api.equipment_save(jsonb_build_object('id', :box, 'service_id', :service));
SELECT is((state, customer_name)::text, '(in_stock,"Société T1")', 'put at a site it is its customer''s') FROM api.equipment WHERE id = :box;
SELECT is(pg_temp.refusal('SELECT api.equipment_save(''{"label": "x", "service_id": "abc"}'')', 't_staging'), 'SW005 service_id invalid_integer', 'a site is an id');
SELECT is((SELECT count(*) FROM api.equipment WHERE search_text LIKE '%bx1%' AND search_text LIKE '%societe t1%'), 1::bigint, 'found by its number and its customer');
UPDATE softwhere.customer SET legal_name = 'Pharmacie du Port' WHERE id = :customer_id;
SELECT is((SELECT count(*) FROM api.equipment WHERE search_text LIKE '%bx1%' AND search_text LIKE '%pharmacie du port%'), 1::bigint, 'and by the customer''s new name');

-- Contracts move machines through the same guard and leave the same history.
SELECT pg_temp.contract_in('periodic_billing') AS c \gset
SELECT is((SELECT array_agg(to_state ORDER BY v.id) FROM api.equipment_event AS v JOIN softwhere.contract_equipment AS h USING (equipment_id) WHERE h.contract_id = :c), '{in_stock,under_contract}', 'under contract');
SELECT is(pg_temp.refusal(format('SELECT api.equipment_set_state(ARRAY[%s], ''dead'')', :box), 't_support'), '42501', 'support does not move machines');
SELECT * FROM finish();
ROLLBACK;
