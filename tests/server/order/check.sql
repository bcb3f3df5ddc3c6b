-- What a form of an order shows while it is typed: problems of a line all at once, what the operator gets, amounts, cards
-- from stock in order, bundles; errors of validating on the line they concern (MORD-04…14, MORD-18, CHAR-01).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SET LOCAL softwhere.today = '2026-09-01';
SELECT plan(30);
UPDATE softwhere.customer SET email = 'contact@t1.example' WHERE id = :customer_id;
SELECT api.offer_save('{"kind": "equipment", "equipment_kind": "terminal", "code": "A55", "label": "Galaxy A55", "price": "349", "recurring": false, "valid_from_on": "2020-01-01"}') AS a55 \gset
SELECT api.offer_save('{"kind": "service", "code": "WIFI", "label": "Wi-Fi managé", "price": "25", "valid_from_on": "2020-01-01"}') AS wifi \gset
SELECT pg_temp.offer('OR15', '15', jsonb_build_object('commitment_months', 24, 'catalogue_id', (SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :orange))))) AS or15 \gset
SELECT pg_temp.offer('ORYEAR', '60', '{"kind": "option", "option_family": "other", "price_months": "12"}') AS oryear \gset
CREATE TEMPORARY TABLE card AS SELECT n, pg_temp.sim(n, :orange) AS id FROM generate_series(1, 4) AS n;
GRANT SELECT ON card TO PUBLIC;
UPDATE softwhere.sim_card SET received_on = '2026-01-01' WHERE id = (SELECT id FROM card WHERE n = 3);
UPDATE softwhere.sim_card SET received_on = '2026-02-01' WHERE id IN (SELECT id FROM card WHERE n IN (1, 4));
CREATE FUNCTION pg_temp.problems(p jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT api.order_line_check(p) -> 'problems' $$;
SELECT set_config('role', 't_adv', true) AS ignored \gset

-- Problems, all at once.
SELECT is(pg_temp.problems(p), e, p::text)
  FROM (VALUES ('{}'::jsonb, '{}'::jsonb), ('{"last_name": "!!"}', '{"last_name": "nothing_for_operator"}'),
    ('{"ports_in": true, "number": "0612345678", "rio": "01 p123456 36q", "port_on": "2026-09-07"}', '{}'),
    ('{"ports_in": true, "number": "0612345679", "rio": "01P12345636Q", "port_on": "2026-09-06"}', '{"rio": "rio_key", "port_on": "port_too_early"}'),
    ('{"ports_in": false, "number": "0612345679", "rio": "01P12345636Q", "port_on": "2026-09-06"}', '{}'),
    ('{"ports_in": true, "port_on": "2026-10-29"}', '{}'), ('{"ports_in": true, "port_on": "2026-10-30"}', '{"port_on": "port_too_late"}'),
    ('{"ports_in": true, "port_on": "2026-09-12"}', '{"port_on": "port_not_a_working_day"}')) AS t (p, e);
SELECT is(pg_temp.problems(jsonb_build_object('sim_card_id', (SELECT id FROM card WHERE n = 1), 'offer_id', :p10)), '{"sim_card_id": "sim_of_another_operator"}', 'a card of another network');
SELECT is(pg_temp.problems(jsonb_build_object('sim_card_id', (SELECT id FROM card WHERE n = 1), 'offer_id', :or15)), '{}', 'one of its own');

-- What is shown beside.
SELECT is(api.order_line_check(jsonb_build_object('offer_id', :or15)) -> 'option_ids', (SELECT jsonb_agg(id ORDER BY id) FROM api.offer_options(:or15)), 'the options its subscription takes');
SELECT is(api.order_line_check('{}') -> 'option_ids', 'null', 'none is known to be refused before there is one');
SELECT is(api.order_line_check('{"first_name": "Éloïse", "last_name": "Le Bœuf-Ñandú"}') ->> 'operator_last_name', 'LE BOEUF NANDU', 'the name the operator gets');
SELECT is(api.order_line_check('{"ports_in": true, "number": "0612345678", "rio": "01P12345636Q"}') -> 'rio' ->> 'valid', 'true', 'a RIO that is right');
SELECT is(concat_ws(' ', c ->> 'price', c ->> 'commitment_months', (c ->> 'operator_id')::bigint = :orange, c ->> 'port_first_on'), '15.000000 24 t 2026-09-07',
          'price and commitment of the catalogue, whose cards fit, the first day of portability')
  FROM api.order_line_check(jsonb_build_object('offer_id', :or15)) AS c;
SELECT is((c ->> 'monthly_net') || ' ' || (c ->> 'one_off_net'), '18.50 299.00', 'less the discount, with a twelfth of the yearly option; the terminal once')
  FROM api.order_line_check(jsonb_build_object('offer_id', :or15, 'discount_percent', '10', 'options', jsonb_build_array(jsonb_build_object('offer_id', :oryear)),
         'terminal_offer_id', :a55, 'terminal_price', '299')) AS c;
SELECT is(api.order_line_check(jsonb_build_object('terminal_offer_id', :a55, 'terminal_sale_mode', 'loan')) ->> 'one_off_net', '0', 'lent, a terminal costs nothing');

-- Cards of the stock, oldest first.
SELECT is((SELECT array_agg(n ORDER BY o) FROM api.sim_cards_free(:or15, NULL, 10) WITH ORDINALITY AS f (id, iccid, operator_name, o) JOIN card USING (id)), '{3,1,4,2}', 'oldest first, then by number');
SELECT is((SELECT array_agg(n ORDER BY n) FROM api.sim_cards_free(:or15, NULL, 2, ARRAY[(SELECT id FROM card WHERE n = 3)]) JOIN card USING (id)), '{1,4}', 'as many as asked, but those in hand');
SELECT is((SELECT count(*) FROM api.sim_cards_free(NULL)), 0::bigint, 'none while nobody knows the operator');
SELECT is((SELECT count(*) FROM api.sim_cards_free(:p10, NULL, 10)), 0::bigint, 'none of another one');
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'mobile', 'operator_id', :orange)) AS site \gset
SELECT is((SELECT count(*) FROM api.sim_cards_free(:p10, :site, 10)), 4::bigint, 'the site of installation decides first');

-- A bundle in one click.
SELECT api.bundle_save(jsonb_build_object('code', 'PACK', 'label', 'Pack', 'items', jsonb_build_array(jsonb_build_object('offer_id', :or15, 'position', 1, 'price', '12'),
  jsonb_build_object('offer_id', :oryear, 'position', 2), jsonb_build_object('offer_id', :a55, 'position', 3, 'price', '99'), jsonb_build_object('offer_id', :wifi, 'position', 4, 'quantity', '2')))) AS pack \gset
SELECT is(api.order_bundle(:pack) -> 'line', jsonb_build_object('offer_id', :or15, 'offer_label', 'Offre OR15', 'price', '12.000000', 'terminal_offer_id', :a55, 'terminal_label', 'Galaxy A55',
  'terminal_price', '99.000000', 'terminal_sale_mode', 'sale', 'options', jsonb_build_array(jsonb_build_object('offer_id', :oryear, 'offer_label', 'Offre ORYEAR', 'price', NULL, 'throughput_mbps', NULL))), 'what a line takes of it');
SELECT is(jsonb_path_query_array(api.order_bundle(:pack), '$.services[*].offer_label'), '["Galaxy A55", "Wi-Fi managé"]', 'what a service order takes of it');
SELECT is(pg_temp.error_of('SELECT api.order_bundle(0)'), 'SW002 bundle_id', 'no such bundle');

-- Labels and amounts stay as they were sold; validating tells on which line it fails.
SELECT api.mobile_order_save(jsonb_build_object('customer_id', :customer_id, 'lines', (SELECT jsonb_agg(jsonb_build_object('last_name', 'U' || n, 'offer_id', :or15, 'sim_card_id', id,
  'ports_in', true, 'number', '061234567' || CASE n WHEN 1 THEN 8 ELSE 9 END, 'rio', CASE n WHEN 1 THEN '01P12345636Q' ELSE '01P123456' || rules.rio_key('01P123456', '0612345679') END, 'port_on', '2026-09-07') ORDER BY n) FROM card WHERE n <= 2))) AS one \gset
SELECT is((SELECT array_agg(position ORDER BY position) FROM api.order_line WHERE sales_order_id = :one), '{1,2}', 'lines in the order they were typed');
SELECT is((monthly_net, one_off_net)::text, '(30.00,0.00)', 'its amounts') FROM api.sales_order WHERE id = :one;
RESET ROLE;
SELECT set_config('softwhere.today', '2026-09-02', true) AS ignored \gset
SELECT is(api.sales_order_record(:one) -> 'missing', '["line_port_on:1", "line_port_on:2"]', 'the next day, the day of portability is too soon');
SELECT set_config('softwhere.today', '2026-09-01', true) AS ignored \gset
SELECT pg_temp.line(1, '{"number": "0612345679"}') AS taken \gset
SELECT is(pg_temp.refusal(format('SELECT api.mobile_order_validate(%s)', :one), 't_adv'), 'SW012 lines[1].number line_number_once', 'a number somebody else has opened meanwhile: on its line');
SELECT is((SELECT count(*) FROM softwhere.order_line WHERE sales_order_id = :one AND line_id IS NOT NULL), 0::bigint, 'all or nothing');
SELECT * FROM finish();
ROLLBACK;
