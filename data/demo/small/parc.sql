-- Scenes of the parc: orders on their way, requests waiting for an operator, a lost card, a change asked for next month.

CREATE FUNCTION demo.rio(p_number text, p_n int) RETURNS text
LANGUAGE sql STABLE
AS $$ SELECT p || rules.rio_key(p, rules.phone_national(p_number)) FROM (SELECT '02P' || upper(substr(md5('rio ' || p_n), 1, 6)) AS p) AS t $$;
COMMENT ON FUNCTION demo.rio(text, int) IS 'A RIO with the key of a number.';

CREATE FUNCTION demo.free_card(p_nth int, p_operator text DEFAULT 'orange') RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT id FROM softwhere.sim_card WHERE state = 'in_stock' AND operator_id = (SELECT id FROM demo.operator WHERE code = p_operator) ORDER BY id OFFSET p_nth LIMIT 1
$$;

CREATE FUNCTION demo.working_day(p_days int) RETURNS date
LANGUAGE sql STABLE
AS $$
  SELECT min(d) FROM (SELECT rules.today() + n AS d FROM generate_series(p_days, p_days + 15) AS n) AS t WHERE rules.port_date_problem(d, rules.today()) IS NULL
$$;
COMMENT ON FUNCTION demo.working_day(int) IS 'The first day from p_days on that an operator takes for a portability.';

GRANT SELECT ON demo.cast_customer, demo.operator TO PUBLIC;
CREATE FUNCTION demo.order_mobile(p_customer text, p_lines jsonb) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM demo.as_user('adv');
  v_id := api.mobile_order_save(jsonb_build_object('customer_id', (SELECT c.customer_id FROM demo.cast_customer AS c WHERE c.code = p_customer), 'seller', 'adv', 'lines', p_lines));
  RETURN v_id;
END
$$;

DO $$
DECLARE
  v_plan bigint := (SELECT id FROM softwhere.offer WHERE code = 'MOBILE50');
  v_small_plan bigint := (SELECT id FROM softwhere.offer WHERE code = 'MOBILE20');
  v_option bigint := (SELECT id FROM softwhere.offer WHERE code = 'ORANGE-EUROPE');
  v_terminal bigint := (SELECT id FROM softwhere.offer WHERE code = 'XCOVER-7');
  v_grid bigint := (SELECT id FROM softwhere.tariff_grid WHERE code = 'STD');
  v_order bigint;
  v_today text := demo.today()::text;
BEGIN
  -- Three weeks ago: five lines for the lawyers, two of them brought along; the operator opened three and refused one.
  PERFORM set_config('softwhere.today', (demo.today() - 21)::text, false);
  v_order := demo.order_mobile('avocats', jsonb_build_array(
    jsonb_build_object('position', 1, 'first_name', 'Chloé', 'last_name', 'Kermarrec', 'sim_card_id', demo.free_card(0), 'offer_id', v_plan, 'commitment_type', 'new', 'commitment_months', 24,
      'ports_in', true, 'number', '+33639985501', 'rio', demo.rio('+33639985501', 1), 'port_on', demo.working_day(7), 'tariff_grid_id', v_grid),
    jsonb_build_object('position', 2, 'first_name', 'Yves', 'last_name', 'Le Gal', 'sim_card_id', demo.free_card(1), 'offer_id', v_plan, 'commitment_type', 'new', 'commitment_months', 24,
      'ports_in', true, 'number', '+33639985502', 'rio', demo.rio('+33639985502', 2), 'port_on', demo.working_day(8), 'tariff_grid_id', v_grid),
    jsonb_build_object('position', 3, 'first_name', 'Inès', 'last_name', 'Cloarec', 'sim_card_id', demo.free_card(2), 'offer_id', v_small_plan, 'discount_percent', '10',
      'special_conditions', 'Remise fidélité', 'terminal_offer_id', v_terminal, 'terminal_sale_mode', 'sale', 'terminal_purchase_mode', 'stock', 'terminal_price', '299.00'),
    jsonb_build_object('position', 4, 'last_name', 'Standard de nuit', 'sim_card_id', demo.free_card(3), 'offer_id', v_small_plan),
    jsonb_build_object('position', 5, 'first_name', 'Hugo', 'last_name', 'Masson', 'sim_card_id', demo.free_card(4), 'offer_id', v_plan,
      'options', jsonb_build_array(jsonb_build_object('offer_id', v_option)))));
  PERFORM api.mobile_order_validate(v_order);
  PERFORM demo.as_user('staging');
  PERFORM api.line_request_send(ARRAY(SELECT r.id FROM api.line_request AS r JOIN api.order_line AS l ON l.line_id = r.line_id WHERE l.sales_order_id = v_order ORDER BY r.id));
  PERFORM set_config('softwhere.today', (demo.today() - 10)::text, false);
  PERFORM api.line_request_accept(ARRAY[r.id], COALESCE(r.number, '+3363998551' || l.position))
     FROM api.line_request AS r JOIN api.order_line AS l ON l.line_id = r.line_id WHERE l.sales_order_id = v_order AND l.position IN (1, 3, 4) ORDER BY r.id;
  PERFORM api.line_request_refuse(ARRAY(SELECT r.id FROM api.line_request AS r JOIN api.order_line AS l ON l.line_id = r.line_id WHERE l.sales_order_id = v_order AND l.position = 2),
    'RIO incorrect : demander un relevé d''identité opérateur récent');

  PERFORM set_config('softwhere.today', v_today, false);
  -- A lost card, replaced this morning; the operator has not answered.
  PERFORM demo.as_user('support');
  PERFORM api.line_swap_sim((SELECT min(l.id) FROM api.line AS l JOIN softwhere.customer AS c ON c.id = l.customer_id WHERE c.legal_name = 'Kermarrec Avocats' AND l.state = 'active'), demo.free_card(0), 'Perdue');
  PERFORM api.line_change_user(ARRAY(SELECT min(l.id) FROM api.line AS l JOIN softwhere.customer AS c ON c.id = l.customer_id WHERE c.legal_name = 'Taxis de la Rabine' AND l.kind = 'mobile' AND l.state = 'active'),
    'Soizic', 'Le Guével');
  -- Who does not pay is restricted.
  PERFORM demo.as_user('compta');
  PERFORM api.line_restrict(ARRAY(SELECT l.id FROM api.line AS l JOIN softwhere.customer AS c ON c.id = l.customer_id
    WHERE c.legal_name = 'SARL Kerguelen Transport' AND l.kind = 'mobile' AND l.state = 'active' ORDER BY l.id LIMIT 6), 'outgoing', 'Impayé');
  -- A bigger plan from the first of next month.
  PERFORM demo.as_user('adv');
  PERFORM api.line_change_offer(ARRAY(SELECT l.id FROM api.line AS l JOIN softwhere.customer AS c ON c.id = l.customer_id
    WHERE c.legal_name = 'Kermarrec Avocats' AND l.state = 'active' ORDER BY l.id DESC LIMIT 1), jsonb_build_object('offer_id', v_plan), demo.month(1));
  -- Two drafts on somebody's desk.
  v_order := demo.order_mobile('intersport', jsonb_build_array(
    jsonb_build_object('position', 1, 'first_name', 'Sandrine', 'last_name', 'Huet', 'sim_card_id', demo.free_card(1), 'offer_id', v_plan, 'ports_in', true, 'number', '+33639985503',
      'rio', demo.rio('+33639985503', 3), 'port_on', demo.working_day(12)),
    jsonb_build_object('position', 2, 'last_name', 'Réserve', 'offer_id', v_small_plan)));
  PERFORM api.service_order_save(jsonb_build_object('customer_id', (SELECT customer_id FROM demo.cast_customer WHERE code = 'plage'), 'seller', 'adv', 'comment', 'Saison prochaine',
    'services', jsonb_build_array(jsonb_build_object('offer_id', (SELECT id FROM softwhere.offer WHERE code = 'SECOURS'), 'quantity', '2', 'starts_on', demo.month(2), 'ends_on', demo.month(8) - 1))));
  PERFORM demo.as_user('none');
  PERFORM set_config('softwhere.today', current_setting('demo.was_today'), false);
END
$$;
