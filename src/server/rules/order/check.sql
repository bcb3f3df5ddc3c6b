-- What a form shows about a line of an order while it is typed, and what it offers.

CREATE FUNCTION rules.order_line_problems(p_line softwhere.order_line) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'number', CASE WHEN EXISTS (SELECT FROM service_line WHERE number = p_line.number AND activity NOT IN ('terminated', 'obsolete')) THEN 'line_number_once' END,
    'rio', CASE WHEN p_line.ports_in THEN rules.rio_problem(p_line.rio, p_line.number) END,
    'port_on', CASE WHEN p_line.ports_in THEN rules.port_date_problem(p_line.port_on, rules.today()) END,
    'last_name', CASE WHEN rules.operator_text(p_line.last_name) = '' THEN 'nothing_for_operator' END,
    'sim_card_id', (SELECT CASE
        WHEN EXISTS (SELECT FROM order_line AS o WHERE o.sim_card_id = s.id AND o.line_id IS NULL AND o.id IS DISTINCT FROM p_line.id) THEN 'order_line_sim_card_once'
        WHEN s.state NOT IN ('in_stock', 'reserved') THEN 'sim_not_available'
        WHEN s.operator_id <> rules.order_line_operator(p_line) THEN 'sim_of_another_operator' END
      FROM sim_card AS s WHERE s.id = p_line.sim_card_id)))
$$;
COMMENT ON FUNCTION rules.order_line_problems(softwhere.order_line) IS
  'What is wrong with what is filled in, by field: reasons as saving would raise them, all at once and without holding anything.';

CREATE FUNCTION api.order_line_check(p_line jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_line order_line;
  v_options order_line_option[];
  v_offer offer;
  v_window jsonb := api.portability_window();
BEGIN
  v_line := jsonb_populate_record(NULL::order_line, p_line - 'options' || jsonb_build_object(
    'number', rules.phone_e164(p_line ->> 'number'), 'rio', upper(regexp_replace(p_line ->> 'rio', '[\s\u00a0\u202f.-]', '', 'g'))));
  v_options := ARRAY(SELECT jsonb_populate_record(NULL::order_line_option, o) FROM jsonb_array_elements(COALESCE(p_line -> 'options', '[]')) AS o);
  -- Column by column: purchase prices are not for everybody.
  SELECT catalogue_id, commitment_months, price, price_months, throughput_mbps, data_gb
    INTO v_offer.catalogue_id, v_offer.commitment_months, v_offer.price, v_offer.price_months, v_offer.throughput_mbps, v_offer.data_gb
    FROM offer WHERE id = v_line.offer_id;
  RETURN rules.numbers_as_text(jsonb_build_object(
    'problems', rules.order_line_problems(v_line),
    'operator_first_name', rules.operator_text(v_line.first_name), 'operator_last_name', rules.operator_text(v_line.last_name),
    'rio', CASE WHEN v_line.ports_in AND v_line.rio IS NOT NULL AND v_line.number IS NOT NULL THEN api.rio_check(v_line.rio, v_line.number) END,
    'port_first_on', v_window -> 'first_on', 'port_last_on', v_window -> 'last_on',
    'operator_id', rules.order_line_operator(v_line), 'catalogue_id', v_offer.catalogue_id,
    'option_ids', CASE WHEN v_line.offer_id IS NOT NULL THEN (SELECT COALESCE(jsonb_agg(o.id ORDER BY o.id), '[]') FROM api.offer_options(v_line.offer_id) AS o) END,
    'price', v_offer.price, 'price_months', v_offer.price_months, 'commitment_months', v_offer.commitment_months,
    'carries_data', v_offer.data_gb IS NOT NULL OR v_offer.throughput_mbps IS NOT NULL, 'throughput_mbps', v_offer.throughput_mbps,
    'terminal_price', (SELECT price FROM offer WHERE id = v_line.terminal_offer_id))
    || (SELECT to_jsonb(f) FROM rules.order_line_figures(v_line, v_options) AS f));
END
$$;
COMMENT ON FUNCTION api.order_line_check(jsonb) IS
  'What a form shows about an ordered line while it is typed (columns of api.order_line, options [{offer_id, price}]): problems {field: reason}, operator_first_name and operator_last_name (as the operator gets them, CHAR-01), rio (as api.rio_check), port_first_on, port_last_on, operator_id (whose SIM cards fit), option_ids (the options the subscription takes), of the catalogue its catalogue_id, price, price_months, commitment_months, throughput_mbps, carries_data and terminal_price, monthly_net and one_off_net. Amounts as text, € excl. VAT. Nothing is held or written. Office.';

CREATE FUNCTION api.sim_cards_free(p_offer_id bigint, p_service_id bigint DEFAULT NULL, p_count int DEFAULT 1, p_except bigint[] DEFAULT '{}')
RETURNS TABLE (id bigint, iccid text, operator_name text)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT s.id, s.iccid, o.name
    FROM sim_card AS s JOIN operator AS o ON o.id = s.operator_id
   WHERE s.state = 'in_stock' AND s.id <> ALL (p_except)
     AND s.operator_id = rules.order_line_operator(jsonb_populate_record(NULL::order_line, jsonb_build_object('offer_id', p_offer_id, 'service_id', p_service_id)))
   ORDER BY s.received_on, s.iccid
   LIMIT LEAST(GREATEST(p_count, 0), 1000)
$$;
COMMENT ON FUNCTION api.sim_cards_free(bigint, bigint, int, bigint[]) IS
  'The next SIM cards in stock of the operator of a subscription or a site, oldest first, but for those of p_except: proposals, held when the order is saved. At most 1000. Office.';

CREATE FUNCTION api.order_bundle(p_bundle_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_line jsonb;
  v_options jsonb;
  v_services jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM bundle WHERE id = p_bundle_id AND active) THEN
    PERFORM rules.fail('SW002', 'bundle_id', 'there is no such bundle on sale');
  END IF;
  -- A line has one subscription and one terminal: the first of each.
  SELECT COALESCE((SELECT jsonb_build_object('offer_id', i.offer_id, 'offer_label', i.label, 'price', i.price)
                     FROM api.bundle_item AS i WHERE i.bundle_id = p_bundle_id AND i.kind = 'subscription' ORDER BY i.position, i.id LIMIT 1), '{}')
      || COALESCE((SELECT jsonb_build_object('terminal_offer_id', i.offer_id, 'terminal_label', i.label, 'terminal_price', i.price, 'terminal_sale_mode', 'sale')
                     FROM api.bundle_item AS i WHERE i.bundle_id = p_bundle_id AND i.kind = 'equipment' ORDER BY i.position, i.id LIMIT 1), '{}') INTO v_line;
  SELECT COALESCE(jsonb_agg(jsonb_build_object('offer_id', i.offer_id, 'offer_label', i.label, 'price', i.price, 'throughput_mbps', f.throughput_mbps) ORDER BY i.position, i.id), '[]')
    INTO v_options FROM api.bundle_item AS i JOIN offer AS f ON f.id = i.offer_id WHERE i.bundle_id = p_bundle_id AND i.kind = 'option';
  SELECT COALESCE(jsonb_agg(jsonb_build_object('offer_id', i.offer_id, 'offer_label', i.label, 'quantity', i.quantity, 'price', i.price, 'starts_on', rules.today())
                            ORDER BY i.position, i.id), '[]')
    INTO v_services FROM api.bundle_item AS i WHERE i.bundle_id = p_bundle_id AND i.kind IN ('service', 'equipment');
  RETURN rules.numbers_as_text(jsonb_build_object('line', v_line || jsonb_build_object('options', v_options), 'services', v_services));
END
$$;
COMMENT ON FUNCTION api.order_bundle(bigint) IS
  'A bundle as an order takes it in one click: line (subscription, options, terminal of a mobile line) and services (of a service order), as the save functions take them, with labels. SW002 when it is not on sale. Office.';
