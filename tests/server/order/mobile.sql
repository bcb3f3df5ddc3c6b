-- Mobile orders: five lines in one go, SIM cards from stock, two ported in; validated all or nothing; confirmation queued (MORD-01…18).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SET LOCAL softwhere.today = '2026-09-01';
SELECT plan(61);
UPDATE softwhere.customer SET email = 'contact@t1.example' WHERE id = :customer_id;
SELECT api.tariff_grid_save('{"code": "STD", "label": "Standard"}') AS grid \gset
SELECT api.offer_save('{"kind": "equipment", "equipment_kind": "terminal", "code": "A55", "label": "Galaxy A55", "price": "349", "recurring": false, "valid_from_on": "2020-01-01"}') AS a55 \gset
SELECT pg_temp.offer('OR15', '15', jsonb_build_object('catalogue_id', (SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :orange))))) AS or15 \gset
SELECT pg_temp.offer('ORDATA', '3', jsonb_build_object('kind', 'option', 'data_gb', '5', 'option_family', 'data')) AS ordata \gset
CREATE TEMPORARY TABLE card AS SELECT n, pg_temp.sim(n, :orange) AS id FROM generate_series(1, 6) AS n;
SELECT pg_temp.contract() AS contract \gset

CREATE FUNCTION pg_temp.ordered(p_lines jsonb, p jsonb DEFAULT '{}', p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.mobile_order_save(%L)', jsonb_build_object('customer_id', current_setting('test.customer_id')::bigint, 'lines', p_lines) || p), p_role)
$$;

-- The draft: what is filled in is checked, the rest may wait (MORD-16).
SELECT is(pg_temp.ordered(jsonb_build_array(l)), e, l::text)
  FROM (VALUES ('{}'::jsonb, 'nothing'), ('{"last_name": "!!"}', 'SW005 lines[0].last_name nothing_for_operator'), ('{"number": "12"}', 'SW005 lines[0].number invalid_line_number'),
    ('{"rio": "zz"}', 'SW005 lines[0].rio invalid_rio'), ('{"ports_in": true, "number": "0612345678", "rio": "01P12345636Q", "port_on": "2026-09-07"}', 'nothing'),
    ('{"ports_in": true, "number": "0612345679", "rio": "01P12345636Q"}', 'SW005 lines[0].rio rio_key'), ('{"ports_in": true, "number": "0123456789", "rio": "01P12345636Q"}', 'SW005 lines[0].rio rio_quality'),
    ('{"ports_in": true, "number": "0700 12345 67890", "rio": "01P12345636Q"}', 'SW005 lines[0].rio rio_number'), ('{"ports_in": true, "rio": "01P12345636Q"}', 'nothing'),
    ('{"ports_in": true, "port_on": "2026-09-06"}', 'SW005 lines[0].port_on port_too_early'), ('{"ports_in": true, "port_on": "2026-10-30"}', 'SW005 lines[0].port_on port_too_late'),
    ('{"ports_in": true, "port_on": "2026-10-29"}', 'nothing'), ('{"ports_in": true, "port_on": "2026-09-12"}', 'SW005 lines[0].port_on port_not_a_working_day'),
    ('{"ports_in": false, "port_on": "2026-09-06"}', 'nothing'), ('{"commitment_type": "new"}', 'SW004 lines[0].commitment_months'), ('{"commitment_type": "new", "commitment_months": 24}', 'nothing'),
    ('{"commitment_type": "eternal"}', 'SW005 lines[0].commitment_type order_line_commitment_type_is_known'), ('{"discount_percent": "101"}', 'SW005 lines[0].discount_percent order_line_discount_is_a_percentage'),
    ('{"terminal_sale_mode": "theft"}', 'SW005 lines[0].terminal_sale_mode order_line_terminal_sale_mode_is_known'), ('{"price": "-1"}', 'SW005 lines[0].price order_line_price_not_negative'),
    ('{"colour": "red"}', 'SW005 lines[0].colour unknown_field'), ('{"service_id": 0}', 'SW005 lines[0].service_id order_line_service_id_fkey'), ('{"sim_card_id": 0}', 'SW005 lines[0].sim_card_id order_line_sim_card_id_fkey')) AS t (l, e);
SELECT is(pg_temp.ordered(jsonb_build_array(l)), e, e)
  FROM (VALUES (jsonb_build_object('offer_id', :ordata), 'SW005 lines[0].offer_id not_a_subscription'), (jsonb_build_object('terminal_offer_id', :or15), 'SW005 lines[0].terminal_offer_id not_a_terminal'),
    (jsonb_build_object('offer_id', :or15, 'options', jsonb_build_array(jsonb_build_object('offer_id', :ordata))), 'SW004 lines[0].options[0].throughput_mbps'),
    (jsonb_build_object('offer_id', :p10, 'options', jsonb_build_array(jsonb_build_object('offer_id', :ordata, 'throughput_mbps', '100'))), 'SW005 lines[0].options[0].offer_id option_not_compatible'),
    (jsonb_build_object('offer_id', :p10, 'sim_card_id', (SELECT id FROM card WHERE n = 1)), 'SW005 lines[0].sim_card_id sim_of_another_operator')) AS t (l, e);
SELECT is(pg_temp.ordered('[]', '{"confirmation_email": "nobody"}'), 'SW005 confirmation_email invalid_email', 'an address');
SELECT is(pg_temp.ordered('[]', '{"contract_id": 0}'), 'SW005 contract_id contract_not_available', 'a contract of the customer');
SELECT is(pg_temp.ordered('[]', '{}', r), '42501', r || ' does not order') FROM unnest('{t_support,t_partner,t_customer}'::text[]) AS r;

-- Five lines, two ported in.
SELECT set_config('role', 't_adv', true) AS ignored \gset
SELECT api.mobile_order_save(jsonb_build_object('customer_id', :customer_id, 'contract_id', :contract, 'comment', 'Flotte', 'lines', (SELECT jsonb_agg(jsonb_build_object('position', n, 'first_name', 'User', 'last_name', 'Nº ' || n,
    'sim_card_id', id, 'offer_id', :or15, 'commitment_type', 'new', 'commitment_months', 24, 'tariff_grid_id', :grid, 'billing_conditions', 'Terme à échoir')
  || CASE n WHEN 1 THEN jsonb_build_object('ports_in', true, 'number', '0612345678', 'rio', '01P12345636Q', 'port_on', '2026-09-07')
            WHEN 2 THEN jsonb_build_object('ports_in', true, 'number', '0788990011', 'rio', '02EA1B2C3E1T', 'port_on', '2026-10-29')
            WHEN 3 THEN jsonb_build_object('price', '14.00', 'discount_percent', '50', 'special_conditions', 'Remise 12 mois', 'options', jsonb_build_array(jsonb_build_object('offer_id', :ordata, 'throughput_mbps', '300')))
            WHEN 4 THEN jsonb_build_object('terminal_offer_id', :a55, 'terminal_sale_mode', 'sale', 'terminal_purchase_mode', 'stock', 'terminal_price', '299') ELSE '{}' END ORDER BY n) FROM card WHERE n <= 5))) AS one \gset
RESET ROLE;
SELECT is((number, seller, status, line_count, ordered_on)::text, '(CDE-2026-00001,t_adv,draft,5,2026-09-01)', 'the order, sold by who entered it (MORD-03)') FROM api.sales_order WHERE id = :one;
SELECT is((SELECT string_agg(state, ',') FROM (SELECT DISTINCT state FROM softwhere.sim_card JOIN card USING (id) WHERE n <= 5) AS s), 'reserved', 'its SIM cards are held from the draft on (MORD-05)');
SELECT is(pg_temp.ordered(jsonb_build_array(jsonb_build_object('sim_card_id', (SELECT id FROM card WHERE n = 1)))), 'SW012 lines[0].sim_card_id order_line_sim_card_once', 'nobody else orders them');
SELECT is(api.sales_order_record(:one) -> 'missing', '[]', 'nothing is missing');

-- A card is exchanged, a line given up: both cards are free again.
SELECT api.mobile_order_save(jsonb_build_object('id', :one, 'lines', jsonb_build_array(jsonb_build_object('id', (SELECT id FROM softwhere.order_line WHERE sales_order_id = :one AND position = 5), 'sim_card_id', (SELECT id FROM card WHERE n = 6)))));
SELECT is((SELECT string_agg(n || ' ' || state, ', ' ORDER BY n) FROM softwhere.sim_card JOIN card USING (id) WHERE n >= 5), '5 in_stock, 6 reserved', 'the card given back is free');
SELECT api.mobile_order_save(jsonb_build_object('customer_id', :customer_id, 'lines', jsonb_build_array(jsonb_build_object('sim_card_id', (SELECT id FROM card WHERE n = 5)), '{}'::jsonb))) AS two \gset
SELECT is(api.sales_order_record(:two) -> 'missing', '["seller", "line_user:1", "line_offer:1", "line_user:2", "line_sim:2", "line_offer:2"]', 'what an order lacks, line by line');
SELECT is(pg_temp.error_of(format('SELECT api.mobile_order_validate(%s)', :two)), 'SW006 status seller,line_user:1,line_offer:1,line_user:2,line_sim:2,line_offer:2', 'and it is not validated');
SELECT api.mobile_order_save(jsonb_build_object('id', :two, 'lines', jsonb_build_array(jsonb_build_object('id', (SELECT min(id) FROM softwhere.order_line WHERE sales_order_id = :two), 'deleted', true))));
SELECT is((SELECT state FROM softwhere.sim_card JOIN card USING (id) WHERE n = 5), 'in_stock', 'the card of a line given up is free');
SELECT api.mobile_order_save(jsonb_build_object('id', :two, 'lines', jsonb_build_array(jsonb_build_object('sim_card_id', (SELECT id FROM card WHERE n = 5)))));
SELECT is(pg_temp.error_of(format('SELECT api.sales_order_cancel(%s, '' '')', :two)), 'SW009 reason', 'an order is given up for a reason');
SELECT api.sales_order_cancel(:two, 'Doublon');
SELECT is((status, cancel_reason, cancelled_by IS NULL, cancelled_at IS NULL)::text, '(cancelled,Doublon,f,f)', 'which is kept') FROM api.sales_order WHERE id = :two;
SELECT is((SELECT state FROM softwhere.sim_card JOIN card USING (id) WHERE n = 5), 'in_stock', 'and those of an order cancelled');

-- Validated.
SELECT api.mobile_order_validate(:one);
SELECT is((SELECT string_agg(concat_ws(' ', number, user_name, activity, subscription, monthly_net, committed_until_on, (SELECT state FROM api.sim_card AS s WHERE s.line_id = l.id)), ', ' ORDER BY id) FROM api.line AS l),
  '+33612345678 User Nº 1 under_construction Offre OR15 15.00 2028-09-06 reserved, +33788990011 User Nº 2 under_construction Offre OR15 15.00 2028-10-28 reserved, '
  'User Nº 3 under_construction Offre OR15 10.00 2028-08-31 reserved, User Nº 4 under_construction Offre OR15 15.00 2028-08-31 reserved, User Nº 5 under_construction Offre OR15 15.00 2028-08-31 reserved',
  'five lines under construction') FROM (SELECT) AS s;
SELECT is((SELECT string_agg(concat_ws(' ', action, status, effective_on, operator_data ->> 'rio'), ', ' ORDER BY id) FROM api.line_request),
  'line_activate queued 2026-09-07 01P12345636Q, line_activate queued 2026-10-29 02EA1B2C3E1T, line_activate queued 2026-09-01, line_activate queued 2026-09-01, line_activate queued 2026-09-01', 'asked of the operator, ported on their day');
SELECT is((SELECT array_agg((template, entity_id, recipient, milestone, status)::text) FROM api.outbox), ARRAY[format('(order_confirmation,%s,contact@t1.example,validated,queued)', :one)], 'the confirmation waits to be sent (MORD-18)');
SELECT is(rules.queue_mail('order_confirmation', 'sales_order', :one, :customer_id, 'Contact@T1.example', 'validated', '{}'), NULL, 'once');
SELECT is((SELECT string_agg(concat_ws(' ', label, unit_price::numeric(8,2), recurring, description), ', ' ORDER BY position) FROM api.contract_item WHERE contract_id = :contract AND origin = 'CDE-2026-00001'),
  'Offre OR15 15.00 t 06 12 34 56 78 User Nº 1, Offre OR15 15.00 t 07 88 99 00 11 User Nº 2, Offre OR15 7.00 t User Nº 3, Offre ORDATA 3.00 t User Nº 3, Offre OR15 15.00 t User Nº 4, Galaxy A55 299.00 f User Nº 4, Offre OR15 15.00 t User Nº 5',
  'and the contract bills them');
SELECT is((SELECT count(*) FROM softwhere.service WHERE customer_id = :customer_id AND operator_id = :orange), 1::bigint, 'in one mobile parc of that operator');
SELECT is((status, line_count, open_line_count)::text, '(validated,5,0)', 'the order') FROM api.sales_order WHERE id = :one;
SELECT is(pg_temp.error_of(format(q, :one)), 'SW007 status', q)
  FROM unnest(ARRAY['SELECT api.mobile_order_validate(%s)', 'SELECT api.sales_order_cancel(%s, ''x'')', 'SELECT api.mobile_order_save(jsonb_build_object(''id'', %s))']) AS q;
SELECT is(pg_temp.ordered('[{"number": "0612345678"}]'), 'SW012 lines[0].number line_number_once', 'the number is ours now');

-- The operator answers.
SET LOCAL softwhere.today = '2026-09-07';
SELECT is((SELECT status FROM api.line_request_accept(ARRAY(SELECT id FROM api.line_request WHERE number = '+33612345678'))), 'applied', 'ported');
SELECT is((SELECT (l.activity, s.state)::text FROM api.line AS l JOIN softwhere.sim_card AS s ON s.line_id = l.id WHERE l.number = '+33612345678'), '(active,active)', 'line and card are live');
SELECT is((open_line_count)::text, '1', 'the order follows') FROM api.sales_order WHERE id = :one;
SELECT is((SELECT status FROM api.line_request_refuse(ARRAY(SELECT id FROM api.line_request WHERE number = '+33788990011'), 'RIO incorrect')), 'refused', 'the other is refused');
SELECT is((SELECT refusal FROM api.line_request WHERE number = '+33788990011'), 'RIO incorrect', 'with the reason');

-- Partners and customers: theirs, once validated.
UPDATE softwhere.app_user SET customer_id = :customer_id WHERE role_name = 't_customer';
SELECT api.mobile_order_save(jsonb_build_object('customer_id', :customer_id, 'lines', '[{}]'::jsonb));
SET LOCAL ROLE t_customer;
SELECT is((SELECT count(*) || ' ' || (SELECT count(*) FROM api.order_line) || ' ' || (SELECT count(*) FROM api.order_line_option) FROM api.sales_order), '1 5 1', 'a customer sees their validated order, no draft');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
