-- Lines as they are entered: numbers of every form, users, offers; and who may (LINE-01…13).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(60);

SELECT pg_temp.line(1, '{"number": "+33 (0)6.12.34.56.78", "external_id": "L-9001", "cfast_account": "1000-42"}') AS one \gset
SELECT is((number, number_shown, number_kind, user_name, operator_name, activity, restriction, state, hide_called_numbers, subscription, monthly_net, cfast_account, kind)::text,
  '(+33612345678,"06 12 34 56 78",mobile,"Zoé L''Épée",Actif,under_construction,none,under_construction,t,"Offre P10",10.00,1000-42,mobile)', 'a line as entered') FROM api.line WHERE id = :one;
SELECT is((SELECT count(*) FROM api.line WHERE search_text LIKE '%' || rules.fold(typed) || '%'), 1::bigint, 'found by ' || typed)
  FROM unnest('{0612345678,+33612345678,33612345678,0033612345678,06 12 34 56 78,12 34 56,épée,Société T1,L-9001}'::text[]) AS typed;

CREATE FUNCTION pg_temp.saved(p jsonb, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.line_save(%L)', jsonb_build_object('service_id', current_setting('test.service_id')::bigint, 'last_name', 'X') || p), p_role)
$$;
SELECT is(pg_temp.saved(jsonb_build_object('number', n)), e, 'number ' || n)
  FROM (VALUES ('0687654321', 'nothing'), ('0787654321', 'nothing'), ('0987654321', 'nothing'), ('0123456789', 'nothing'), ('0700 12345 67890', 'nothing'),
    ('0690123456', 'nothing'), ('0612345678', 'SW012 number line_number_once'), ('0033 6 12 34 56 78', 'SW012 number line_number_once'),
    ('061234567', 'SW005 number invalid_line_number'), ('0700123456', 'SW005 number invalid_line_number'), ('0800123456', 'SW005 number invalid_line_number'),
    ('3631', 'SW005 number invalid_line_number'), ('+49 1511 2345678', 'SW005 number invalid_line_number')) AS t (n, e);
SELECT is(pg_temp.saved(p), e, p::text)
  FROM (VALUES ('{}'::jsonb, 'nothing'), ('{"service_id": null}', 'SW004 service_id'), ('{"service_id": 0}', 'SW004 customer_id'),
    ('{"activity": "asleep"}', 'SW005 activity line_activity_is_known'), ('{"activity": "active"}', 'SW004 number'),
    ('{"activity": "active", "number": "0687654321"}', 'nothing'), ('{"last_name": "!!!"}', 'SW005 last_name nothing_for_operator'),
    ('{"restriction": "both"}', 'SW005 restriction unknown_field'), ('{"external_id": "L-9001"}', 'SW012 external_id line_external_id_unique'),
    ('{"hide_called_numbers": "no way"}', 'SW005 hide_called_numbers invalid_boolean'), ('{"offers": [{}]}', 'SW004 offers[0].offer_id'),
    ('{"offers": [{"offer_id": 0}]}', 'SW002 offers[0].offer_id')) AS t (p, e);
SELECT is(pg_temp.saved(jsonb_build_object('offers', jsonb_build_array(o))), e, o::text || ' ' || e)
  FROM (VALUES (jsonb_build_object('offer_id', :p10), 'nothing'), (jsonb_build_object('offer_id', :p10, 'price', '-1'), 'SW005 offers[0].price line_offer_price_not_negative'),
    (jsonb_build_object('offer_id', :data), 'SW004 offers[0].throughput_mbps'), (jsonb_build_object('offer_id', :data, 'throughput_mbps', '100'), 'nothing'),
    (jsonb_build_object('offer_id', :p10, 'starts_on', '2026-11-01', 'ends_on', '2026-10-01'), 'SW005 offers[0].ends_on line_offer_ends_after_start')) AS t (o, e);
SELECT is(pg_temp.saved(jsonb_build_object('offers', jsonb_build_array(jsonb_build_object('offer_id', :p10), jsonb_build_object('offer_id', :p20)))),
  'SW005 offers[1].line_id line_offer_one_subscription', 'one subscription at a time');
SELECT is(pg_temp.saved('{}', r), e, r)
  FROM (VALUES ('t_admin', 'nothing'), ('t_support', 'nothing'), ('t_accounting', '42501'), ('t_technician', '42501'), ('t_partner', '42501'), ('t_customer', '42501')) AS t (r, e);

-- Under construction everything may be mended; once open, only what no operator knows.
SELECT api.line_save(jsonb_build_object('id', :one, 'row_version', (SELECT row_version FROM api.line WHERE id = :one), 'last_name', 'Le Bris', 'offers',
  jsonb_build_array(jsonb_build_object('id', (SELECT id FROM api.line_offer WHERE line_id = :one), 'price', '8.50'))));
SELECT is((user_name, monthly_net)::text, '("Zoé Le Bris",8.50)', 'mended while under construction') FROM api.line WHERE id = :one;
SELECT api.line_activate(ARRAY[:one]);
SELECT is(pg_temp.saved(jsonb_build_object('id', :one) || p), e, 'once open: ' || p::text)
  FROM (VALUES ('{"last_name": "Autre"}'::jsonb, 'SW016 last_name'), ('{"number": "0600000009", "last_name": "Le Bris"}', 'SW016 number'),
    ('{"activity": "inactive", "last_name": "Le Bris"}', 'SW016 activity'), ('{"hide_called_numbers": false, "last_name": "Le Bris"}', 'nothing'),
    (jsonb_build_object('last_name', 'Le Bris', 'offers', jsonb_build_array(jsonb_build_object('offer_id', :p20))), 'SW016 offers'),
    ('{"row_version": 1}', 'SW001 row_version')) AS t (p, e);
SELECT is(pg_temp.saved('{"id": 0}'), 'SW002 id', 'no such line');
SELECT is(pg_temp.refusal(format('UPDATE softwhere.line_offer SET price = 1 WHERE line_id = %s', :one)), 'SW016 price', 'what was agreed does not change, even by hand');
SELECT is(pg_temp.refusal(format('DELETE FROM softwhere.line_offer WHERE line_id = %s', :one)), 'SW016 offers', 'nor vanish');

-- A line taken over from another system arrives with its past.
SELECT pg_temp.line(2, jsonb_build_object('activity', 'active', 'offers', jsonb_build_array(
  jsonb_build_object('offer_id', :p10, 'starts_on', '2025-01-01', 'ends_on', '2025-12-31', 'price', '9'), jsonb_build_object('offer_id', :p20, 'starts_on', '2026-01-01')))) AS taken \gset
SELECT is((SELECT string_agg(concat_ws(' ', code, price::int, starts_on, ends_on), ', ' ORDER BY starts_on) FROM api.line_offer WHERE line_id = :taken),
  'P10 9 2025-01-01 2025-12-31, P20 20 2026-01-01', 'with its history');
SELECT is((SELECT (activity, subscription)::text FROM api.line WHERE id = :taken), '(active,"Offre P20")', 'and one active subscription');
SELECT api.line_save(jsonb_build_object('id', :taken, 'hide_called_numbers', false));
SELECT is((SELECT jsonb_agg(changes) FROM softwhere.change_log WHERE entity = 'line' AND entity_id = :taken), '[{"hide_called_numbers": [true, false]}]', 'the journal knows what changed without a request');

SELECT * FROM finish();
ROLLBACK;
