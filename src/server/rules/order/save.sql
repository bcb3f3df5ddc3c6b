-- What mobile and service orders share.

CREATE FUNCTION rules.order_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{customer_id,billing_site_id,contract_id,seller,ordered_on,confirmation_email,comment}'::text[];
COMMENT ON FUNCTION rules.order_keys() IS 'Keys of an order a save may write.';

CREATE FUNCTION rules.order_lock(p_id bigint, p_kind text) RETURNS softwhere.sales_order
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
BEGIN
  SELECT * INTO v_order FROM sales_order WHERE id = p_id AND kind = COALESCE(p_kind, kind) FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF v_order.status <> 'draft' THEN
    PERFORM rules.fail('SW007', 'status', format('order %s is %s', v_order.number, v_order.status));
  END IF;
  RETURN v_order;
END
$$;
COMMENT ON FUNCTION rules.order_lock(bigint, text) IS 'A draft order, locked: SW002, SW007 once it is validated or cancelled.';

CREATE FUNCTION rules.order_save(p_data jsonb, p_kind text, p_nested text[]) RETURNS softwhere.sales_order
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
BEGIN
  PERFORM rules.refuse_read_only(p_data, 'api.sales_order', rules.order_keys() || p_nested || '{missing}', '');
  IF rules.input_id(p_data) IS NOT NULL THEN
    v_order := rules.order_lock(rules.input_id(p_data), p_kind);
    PERFORM rules.check_version(p_data, v_order.row_version);
    IF p_data ->> 'customer_id' <> v_order.customer_id::text THEN
      PERFORM rules.fail('SW013', 'customer_id', 'an order stays with its customer');
    END IF;
  ELSE
    v_order := jsonb_populate_record(NULL::sales_order, rules.default_row('sales_order') || jsonb_build_object('kind', p_kind, 'ordered_on', rules.today(),
      'created_by', rules.caller(), 'seller', (SELECT role_name FROM app_user WHERE role_name = rules.caller())));
  END IF;
  v_order := jsonb_populate_record(v_order, rules.read_input('sales_order', p_data, rules.order_keys(), '{"confirmation_email": "email"}', '', v_order.id IS NULL));
  IF v_order.customer_id IS NULL THEN
    PERFORM rules.required('customer_id');
  ELSIF v_order.billing_site_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM billing_site WHERE (id, customer_id) = (v_order.billing_site_id, v_order.customer_id)) THEN
    PERFORM rules.invalid('billing_site_id', 'site_of_another_customer', 'this billing site is not one of the customer');
  ELSIF v_order.contract_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM contract WHERE (id, customer_id) = (v_order.contract_id, v_order.customer_id) AND rules.is_live(step)) THEN
    PERFORM rules.invalid('contract_id', 'contract_not_available', 'this is no live contract of the customer');
  END IF;
  IF v_order.id IS NULL THEN
    v_order.number := rules.next_number('order', rules.today());
  END IF;
  v_order.id := rules.write_row('sales_order', v_order.id, to_jsonb(v_order));
  RETURN v_order;
END
$$;
COMMENT ON FUNCTION rules.order_save(jsonb, text, text[]) IS 'Creates or changes the head of a draft order; the seller is the caller unless said.';

CREATE FUNCTION rules.order_recipient(p_order softwhere.sales_order) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT COALESCE(p_order.confirmation_email,
    (SELECT email FROM contact WHERE customer_id = p_order.customer_id AND is_billing_manager AND email IS NOT NULL ORDER BY id LIMIT 1),
    (SELECT email FROM customer WHERE id = p_order.customer_id))
$$;
COMMENT ON FUNCTION rules.order_recipient(softwhere.sales_order) IS 'Who gets the confirmation: the address on the order, the billing manager, the account.';

CREATE FUNCTION rules.order_close(p_order softwhere.sales_order) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE sales_order SET status = 'validated', validated_at = clock_timestamp(), validated_by = rules.caller() WHERE id = p_order.id;
  PERFORM rules.queue_mail('order_confirmation', 'sales_order', p_order.id, p_order.customer_id, rules.order_recipient(p_order), 'validated',
    jsonb_build_object('number', p_order.number, 'kind', p_order.kind));
END
$$;
COMMENT ON FUNCTION rules.order_close(softwhere.sales_order) IS 'The order is validated and its confirmation queued (MORD-18).';

CREATE FUNCTION rules.order_line_figures(p_line softwhere.order_line, p_options softwhere.order_line_option[], OUT monthly_net numeric, OUT one_off_net numeric)
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT COALESCE((SELECT round(round(COALESCE(p_line.price, f.price) * (1 - COALESCE(p_line.discount_percent, 0) / 100), 6) / f.price_months, 2)
                     FROM offer AS f WHERE f.id = p_line.offer_id), 0)
         + COALESCE((SELECT sum(round(COALESCE(o.price, f.price) / f.price_months, 2)) FROM unnest(p_options) AS o JOIN offer AS f ON f.id = o.offer_id), 0),
         COALESCE((SELECT round(COALESCE(p_line.terminal_price, f.price), 2) FROM offer AS f
                    WHERE f.id = p_line.terminal_offer_id AND NOT f.recurring AND COALESCE(p_line.terminal_sale_mode, 'sale') <> 'loan'), 0)
$$;
COMMENT ON FUNCTION rules.order_line_figures(softwhere.order_line, softwhere.order_line_option[]) IS
  'What an ordered line costs a month (subscription less discount, options) and once (terminal), € excl. VAT.';

CREATE FUNCTION rules.order_figures(p_id bigint) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE order_line_option AS o SET offer_label = f.label
    FROM order_line AS l, offer AS f WHERE l.sales_order_id = p_id AND o.order_line_id = l.id AND f.id = o.offer_id AND o.offer_label IS DISTINCT FROM f.label;
  UPDATE order_service AS s SET offer_label = f.label FROM offer AS f WHERE s.sales_order_id = p_id AND f.id = s.offer_id AND s.offer_label IS DISTINCT FROM f.label;
  UPDATE order_line AS l SET offer_label = n.offer_label, terminal_label = n.terminal_label, tariff_grid_label = n.grid_label, monthly_net = n.monthly_net, one_off_net = n.one_off_net
    FROM (SELECT l.id, f.label AS offer_label, t.label AS terminal_label, g.label AS grid_label, a.*
            FROM order_line AS l LEFT JOIN offer AS f ON f.id = l.offer_id LEFT JOIN offer AS t ON t.id = l.terminal_offer_id
            LEFT JOIN tariff_grid AS g ON g.id = l.tariff_grid_id
           CROSS JOIN LATERAL rules.order_line_figures(l, ARRAY(SELECT o FROM order_line_option AS o WHERE o.order_line_id = l.id)) AS a
           WHERE l.sales_order_id = p_id) AS n
   WHERE l.id = n.id
     AND (l.offer_label, l.terminal_label, l.tariff_grid_label, l.monthly_net, l.one_off_net) IS DISTINCT FROM (n.offer_label, n.terminal_label, n.grid_label, n.monthly_net, n.one_off_net);
  UPDATE sales_order AS o SET monthly_net = n.monthly_net, one_off_net = n.one_off_net
    FROM (SELECT COALESCE(sum(monthly_net), 0) AS monthly_net, COALESCE(sum(one_off_net), 0) AS one_off_net
            FROM (SELECT monthly_net, one_off_net FROM order_line WHERE sales_order_id = p_id
                  UNION ALL
                  SELECT CASE WHEN f.recurring THEN round(s.quantity * COALESCE(s.price, f.price) / f.price_months, 2) END,
                         CASE WHEN NOT f.recurring THEN round(s.quantity * COALESCE(s.price, f.price), 2) END
                    FROM order_service AS s JOIN offer AS f ON f.id = s.offer_id WHERE s.sales_order_id = p_id) AS t) AS n
   WHERE o.id = p_id AND (o.monthly_net, o.one_off_net) IS DISTINCT FROM (n.monthly_net, n.one_off_net)
$$;
COMMENT ON FUNCTION rules.order_figures(bigint) IS 'Labels and amounts of an order as the catalogue has them now; after validation they stay what they were.';

CREATE FUNCTION api.sales_order_cancel(p_id bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_lock(p_id, NULL);
  IF COALESCE(btrim(p_reason), '') = '' THEN
    PERFORM rules.fail('SW009', 'reason', 'say why the order is given up');
  END IF;
  PERFORM rules.sim_release(sim_card_id, 'order cancelled') FROM order_line WHERE sales_order_id = p_id AND sim_card_id IS NOT NULL;
  UPDATE order_line SET sim_card_id = NULL WHERE sales_order_id = p_id AND sim_card_id IS NOT NULL;
  UPDATE sales_order SET status = 'cancelled', cancelled_at = clock_timestamp(), cancelled_by = rules.caller(), cancel_reason = btrim(p_reason) WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION api.sales_order_cancel(bigint, text) IS 'Cancels a draft order; its SIM cards are free again. SW002 SW003, SW009 without a reason, SW007 once validated: its lines are terminated one by one then. Role sw_adv.';
