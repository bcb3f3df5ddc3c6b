-- Mobile orders (MORD-01…18): several lines, each with its SIM card held, its portability checked.

CREATE FUNCTION rules.check_portability(p_line softwhere.order_line, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_problem text;
BEGIN
  IF p_line.number IS NOT NULL AND EXISTS (SELECT FROM service_line WHERE number = p_line.number AND activity NOT IN ('terminated', 'obsolete')) THEN
    PERFORM rules.fail('SW012', p_path || 'number', 'a line of ours has this number', p_reason => 'line_number_once');
  ELSIF NOT p_line.ports_in THEN
    RETURN;
  END IF;
  v_problem := rules.rio_problem(p_line.rio, p_line.number);
  IF v_problem IS NOT NULL THEN
    PERFORM rules.invalid(p_path || 'rio', v_problem, 'this RIO is not that of the number');
  END IF;
  v_problem := rules.port_date_problem(p_line.port_on, rules.today());
  IF v_problem IS NOT NULL THEN
    PERFORM rules.invalid(p_path || 'port_on', v_problem, 'the operator does not take this day');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_portability(softwhere.order_line, text) IS
  'What is filled in is right: RIO and number together (MORD-07), the day within its window from today (MORD-08). SW005, SW012.';

CREATE FUNCTION rules.check_order_line(p_line softwhere.order_line, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_line.service_id IS NOT NULL AND NOT EXISTS (SELECT FROM service WHERE (id, customer_id) = (p_line.service_id, p_line.customer_id)) THEN
    PERFORM rules.invalid(p_path || 'service_id', 'service_of_another_customer', 'this site is not one of the customer');
  ELSIF p_line.last_name IS NOT NULL AND rules.operator_text(p_line.last_name) = '' THEN
    PERFORM rules.invalid(p_path || 'last_name', 'nothing_for_operator', 'operators accept none of these characters');
  ELSIF p_line.terminal_offer_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM offer WHERE id = p_line.terminal_offer_id AND kind = 'equipment') THEN
    PERFORM rules.invalid(p_path || 'terminal_offer_id', 'not_a_terminal', 'this is no terminal');
  ELSIF p_line.commitment_type <> 'none' AND p_line.commitment_months = 0 THEN
    PERFORM rules.required(p_path || 'commitment_months');
  END IF;
  IF p_line.offer_id IS NOT NULL THEN
    PERFORM rules.line_check_offer(p_line.offer_id, 'subscription', rules.today(), jsonb_strip_nulls(jsonb_build_object('throughput_mbps', p_line.throughput_mbps::text)), p_path);
  END IF;
  PERFORM rules.check_portability(p_line, p_path);
END
$$;
COMMENT ON FUNCTION rules.check_order_line(softwhere.order_line, text) IS 'What columns alone do not say about an ordered line, as far as it is filled in.';

CREATE FUNCTION rules.order_line_operator(p_line softwhere.order_line) RETURNS bigint
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT COALESCE((SELECT operator_id FROM service WHERE id = p_line.service_id),
    (SELECT c.operator_id FROM offer AS o JOIN catalogue AS c ON c.id = o.catalogue_id WHERE o.id = p_line.offer_id))
$$;
COMMENT ON FUNCTION rules.order_line_operator(softwhere.order_line) IS 'Whose network an ordered line will be on: its site''s, else its subscription''s; null when neither is known.';

CREATE FUNCTION rules.save_order_line(p_order softwhere.sales_order, p_id bigint, p_old softwhere.order_line, p_entry jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_line order_line;
  v_option record;
BEGIN
  -- One more line comes after the others.
  UPDATE order_line SET position = (SELECT max(position) + 1 FROM order_line WHERE sales_order_id = p_order.id) WHERE id = p_id AND position = 0;
  SELECT * INTO v_line FROM order_line WHERE id = p_id;
  PERFORM rules.check_order_line(v_line, p_path);
  -- The card it no longer has goes back before it takes another.
  IF p_old.sim_card_id IS DISTINCT FROM v_line.sim_card_id THEN
    PERFORM rules.sim_release(p_old.sim_card_id, NULL);
    IF v_line.sim_card_id IS NOT NULL THEN
      PERFORM rules.sim_hold(v_line.sim_card_id, p_order.customer_id, NULL, rules.order_line_operator(v_line), p_path || 'sim_card_id');
    END IF;
  END IF;
  FOR v_option IN
    SELECT * FROM rules.save_children('order_line_option', 'api.order_line_option', p_entry, 'options', '{offer_id,price,throughput_mbps}',
                                      jsonb_build_object('order_line_id', p_id) || jsonb_build_object('customer_id', p_order.customer_id), p_path => p_path)
  LOOP
    PERFORM rules.line_check_offer(o.offer_id, 'option', rules.today(), jsonb_strip_nulls(jsonb_build_object('throughput_mbps', o.throughput_mbps::text)), v_option.path)
       FROM order_line_option AS o WHERE o.id = v_option.id;
    IF NOT COALESCE(rules.option_fits((SELECT offer_id FROM order_line_option WHERE id = v_option.id), v_line.offer_id), true) THEN
      PERFORM rules.invalid(v_option.path || 'offer_id', 'option_not_compatible', 'the subscription does not take this option');
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.save_order_line(softwhere.sales_order, bigint, softwhere.order_line, jsonb, text) IS
  'After the row of an ordered line was written: checks it, holds its SIM card, writes its options.';

CREATE FUNCTION api.mobile_order_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
  v_entry record;
  v_old order_line;
  v_before jsonb;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_save(p_data, 'mobile', '{lines,services}');
  SELECT COALESCE(jsonb_object_agg(id, to_jsonb(l)), '{}') INTO v_before FROM order_line AS l WHERE sales_order_id = v_order.id;
  -- Cards of lines taken off the order.
  PERFORM rules.sim_release((v_before -> (e.entry ->> 'id') ->> 'sim_card_id')::bigint, NULL)
     FROM rules.entries(p_data, 'lines', '') AS e WHERE rules.is_deleted(e.entry);
  FOR v_entry IN
    SELECT * FROM rules.save_children('order_line', 'api.order_line', p_data, 'lines',
      '{position,service_id,first_name,last_name,sim_card_id,commitment_type,commitment_months,ports_in,number,rio,port_on,terminal_offer_id,terminal_sale_mode,terminal_purchase_mode,terminal_price,offer_id,price,throughput_mbps,discount_percent,special_conditions,billing_conditions,tariff_grid_id}',
      jsonb_build_object('sales_order_id', v_order.id, 'customer_id', v_order.customer_id), '{options}', '{"number": "line_number", "rio": "rio"}')
  LOOP
    v_old := jsonb_populate_record(NULL::order_line, v_before -> v_entry.id::text);
    PERFORM rules.save_order_line(v_order, v_entry.id, v_old, v_entry.entry, v_entry.path);
  END LOOP;
  PERFORM rules.order_figures(v_order.id);
  RETURN v_order.id;
END
$$;
COMMENT ON FUNCTION api.mobile_order_save(jsonb) IS
  'Creates or changes a draft of a mobile order: columns of api.sales_order, lines [columns of api.order_line, options [{offer_id, price, throughput_mbps}]]. A SIM card chosen is held at once (SW005 sim_not_available when somebody was faster); what is filled in is checked: RIO with its number, the day of portability, compatible options. SW001 SW002 SW003 SW004 SW005 SW007 SW012 SW013. Role sw_adv.';

CREATE FUNCTION rules.mobile_order_missing(p_order softwhere.sales_order) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT array_remove(ARRAY[
           CASE WHEN NOT EXISTS (SELECT FROM order_line WHERE sales_order_id = p_order.id) THEN 'order_lines' END,
           CASE WHEN p_order.seller IS NULL THEN 'seller' END,
           CASE WHEN rules.order_recipient(p_order) IS NULL THEN 'confirmation_email' END], NULL)
      || ARRAY(
           SELECT m.code || ':' || l.n
             FROM (SELECT o.*, row_number() OVER (ORDER BY o.position, o.id) AS n FROM order_line AS o WHERE o.sales_order_id = p_order.id) AS l
             LEFT JOIN offer AS f ON f.id = l.offer_id
             LEFT JOIN catalogue AS c ON c.id = f.catalogue_id
             LEFT JOIN service AS s ON s.id = l.service_id
             LEFT JOIN operator AS p ON p.id = COALESCE(s.operator_id, c.operator_id)
            CROSS JOIN LATERAL (VALUES
              (1, 'line_user', l.last_name IS NULL), (2, 'line_sim', l.sim_card_id IS NULL), (3, 'line_offer', l.offer_id IS NULL),
              -- A number is brought, or allotted by the operator; in our own network, by us.
              (4, 'line_number', l.number IS NULL AND (l.ports_in OR p.provider = 'internal')),
              (5, 'line_rio', l.ports_in AND (l.rio IS NULL OR rules.rio_problem(l.rio, l.number) IS NOT NULL)),
              (6, 'line_port_on', l.ports_in AND (l.port_on IS NULL OR rules.port_date_problem(l.port_on, rules.today()) IS NOT NULL))
            ) AS m (rank, code, is_missing)
            WHERE m.is_missing ORDER BY l.n, m.rank)
$$;
COMMENT ON FUNCTION rules.mobile_order_missing(softwhere.sales_order) IS
  'What a mobile order lacks to be validated: order_lines, seller, confirmation_email, and for its nth line line_user:n, line_sim:n, line_offer:n, line_number:n, line_rio:n, line_port_on:n.';

CREATE FUNCTION rules.order_line_service(p_line softwhere.order_line) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_operator bigint := (SELECT c.operator_id FROM offer AS o JOIN catalogue AS c ON c.id = o.catalogue_id WHERE o.id = p_line.offer_id);
  v_service bigint := p_line.service_id;
BEGIN
  IF v_service IS NULL THEN
    SELECT id INTO v_service FROM service
     WHERE customer_id = p_line.customer_id AND kind = 'mobile' AND activity = 'active' AND operator_id IS NOT DISTINCT FROM v_operator ORDER BY id LIMIT 1;
  END IF;
  IF v_service IS NULL THEN
    INSERT INTO service (number, customer_id, name, kind, operator_id, created_by)
    SELECT rules.next_number('service', rules.today()), c.id, c.legal_name, 'mobile', v_operator, rules.caller() FROM customer AS c WHERE c.id = p_line.customer_id
    RETURNING id INTO v_service;
  END IF;
  RETURN v_service;
END
$$;
COMMENT ON FUNCTION rules.order_line_service(softwhere.order_line) IS 'The mobile parc an ordered line joins: the one chosen, the customer''s of that operator, or a new one.';

CREATE FUNCTION rules.order_line_open(p_order softwhere.sales_order, p_line softwhere.order_line) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_on date := CASE WHEN p_line.ports_in THEN p_line.port_on ELSE rules.today() END;
  v_line service_line;
BEGIN
  INSERT INTO service_line (customer_id, service_id, number, first_name, last_name, committed_until_on, created_by)
  VALUES (p_line.customer_id, rules.order_line_service(p_line), p_line.number, p_line.first_name, p_line.last_name,
          CASE WHEN p_line.commitment_months > 0 THEN (v_on + make_interval(months => p_line.commitment_months))::date - 1 END, rules.caller())
  RETURNING * INTO v_line;
  PERFORM rules.line_begin_offer(v_line, rules.line_check_offer(p_line.offer_id, 'subscription', rules.today(), jsonb_strip_nulls(jsonb_build_object(
      'price', round(COALESCE(p_line.price, (SELECT price FROM offer WHERE id = p_line.offer_id)) * (1 - p_line.discount_percent / 100), 6)::text,
      'throughput_mbps', p_line.throughput_mbps::text)), ''), v_on, NULL);
  PERFORM rules.line_begin_offer(v_line, rules.line_check_offer(o.offer_id, 'option', rules.today(),
      jsonb_strip_nulls(jsonb_build_object('price', o.price::text, 'throughput_mbps', o.throughput_mbps::text)), ''), v_on, NULL)
     FROM order_line_option AS o WHERE o.order_line_id = p_line.id;
  UPDATE sim_card SET line_id = v_line.id WHERE id = p_line.sim_card_id;
  UPDATE order_line SET line_id = v_line.id WHERE id = p_line.id;
  PERFORM rules.line_ask('line_activate', v_line.id, jsonb_strip_nulls(jsonb_build_object('sim_card_id', p_line.sim_card_id, 'rio', p_line.rio)), v_on);
  IF p_order.contract_id IS NOT NULL THEN
    PERFORM rules.order_bill_line(p_order, v_line, p_line);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.order_line_open(softwhere.sales_order, softwhere.order_line) IS
  'An ordered line becomes one under construction, asked of the operator for today or the day of portability.';

CREATE FUNCTION rules.order_bill_line(p_order softwhere.sales_order, p_line softwhere.service_line, p_ordered softwhere.order_line) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract := rules.contract_lock(p_order.contract_id);
  v_item jsonb;
BEGIN
  FOR v_item IN
    SELECT jsonb_build_object('offer_id', o.offer_id, 'unit_price', o.price::text, 'subscribed_on', o.starts_on)
      FROM line_offer AS o WHERE o.line_id = p_line.id
    UNION ALL
    SELECT jsonb_build_object('offer_id', p_ordered.terminal_offer_id, 'unit_price', COALESCE(p_ordered.terminal_price, f.price)::text)
      FROM offer AS f WHERE f.id = p_ordered.terminal_offer_id AND COALESCE(p_ordered.terminal_sale_mode, 'sale') <> 'loan'
  LOOP
    -- In a contract not begun yet, everything begins with it.
    PERFORM rules.add_item(v_contract, CASE v_contract.step WHEN 'creation' THEN v_item - 'subscribed_on' ELSE v_item END
      || jsonb_build_object('description', concat_ws(' ', rules.phone_shown(p_line.number), p_line.first_name, p_line.last_name), 'origin', p_order.number), '');
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.order_bill_line(softwhere.sales_order, softwhere.service_line, softwhere.order_line) IS
  'What the line subscribes to and its terminal become items of the contract of the order.';

CREATE FUNCTION api.mobile_order_validate(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
  v_missing text[];
  v_line order_line;
  v_n int := 0;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_lock(p_id, 'mobile');
  v_missing := rules.mobile_order_missing(v_order);
  IF v_missing <> '{}' THEN
    PERFORM rules.fail('SW006', 'status', format('order %s: %s', v_order.number, array_to_string(v_missing, ', ')), array_to_string(v_missing, ','));
  END IF;
  PERFORM rules.order_figures(p_id);
  FOR v_line IN SELECT * FROM order_line WHERE sales_order_id = p_id ORDER BY position, id LOOP
    -- Since it was saved, days have passed and others have ordered: what is wrong now is said on its line.
    PERFORM rules.check_order_line(v_line, format('lines[%s].', v_n));
    PERFORM rules.order_line_open(v_order, v_line);
    v_n := v_n + 1;
  END LOOP;
  PERFORM rules.order_close(v_order);
END
$$;
COMMENT ON FUNCTION api.mobile_order_validate(bigint) IS
  'Validates a mobile order, all its lines or none: lines under construction, asked of their operator for today or the day of portability, items in the contract of the order, confirmation queued. SW006 lists what is missing (api.sales_order_record shows it before). SW002 SW003 SW005 SW007 SW012. Role sw_adv.';
