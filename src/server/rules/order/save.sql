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

CREATE FUNCTION api.sales_order_cancel(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_lock(p_id, NULL);
  PERFORM rules.sim_release(sim_card_id, 'order cancelled') FROM order_line WHERE sales_order_id = p_id AND sim_card_id IS NOT NULL;
  UPDATE order_line SET sim_card_id = NULL WHERE sales_order_id = p_id AND sim_card_id IS NOT NULL;
  UPDATE sales_order SET status = 'cancelled' WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION api.sales_order_cancel(bigint) IS 'Cancels a draft order; its SIM cards are free again. SW002 SW003 SW007 once validated: its lines are terminated one by one then. Role sw_adv.';
