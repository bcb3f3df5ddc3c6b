-- Orders of services and equipment (SORD-01…07).

CREATE FUNCTION api.service_order_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
  v_entry record;
  v_offer offer;
  v_row order_service;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_save(p_data, 'service', '{services,lines}');
  FOR v_entry IN
    SELECT * FROM rules.save_children('order_service', 'api.order_service', p_data, 'services', '{position,offer_id,quantity,price,starts_on,ends_on}',
      jsonb_build_object('sales_order_id', v_order.id, 'customer_id', v_order.customer_id, 'starts_on', rules.today()))
  LOOP
    SELECT * INTO v_row FROM order_service WHERE id = v_entry.id;
    SELECT * INTO v_offer FROM offer WHERE id = v_row.offer_id;
    IF v_offer.kind NOT IN ('service', 'equipment') THEN
      PERFORM rules.invalid(v_entry.path || 'offer_id', 'not_a_service', 'subscriptions and options are ordered with their line');
    ELSIF NOT v_offer.recurring AND v_row.ends_on IS NOT NULL THEN
      PERFORM rules.invalid(v_entry.path || 'ends_on', 'end_of_one_off', 'what is sold once has no end');
    END IF;
    PERFORM rules.offer_as_item(v_offer.id, rules.today(), v_entry.path || 'offer_id');
    UPDATE order_service SET position = (SELECT max(position) + 1 FROM order_service WHERE sales_order_id = v_order.id) WHERE id = v_entry.id AND position = 0;
  END LOOP;
  PERFORM rules.order_figures(v_order.id);
  RETURN v_order.id;
END
$$;
COMMENT ON FUNCTION api.service_order_save(jsonb) IS
  'Creates or changes a draft of a service order: columns of api.sales_order, services [{offer_id, quantity, price (null: the catalogue''s), starts_on, ends_on (recurring ones)}]. SW001 SW002 SW003 SW004 SW005 SW007 SW013. Role sw_adv.';

CREATE FUNCTION rules.service_order_missing(p_order softwhere.sales_order) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN NOT EXISTS (SELECT FROM order_service WHERE sales_order_id = p_order.id) THEN 'order_services' END,
    CASE WHEN p_order.contract_id IS NULL OR NOT EXISTS (SELECT FROM contract WHERE id = p_order.contract_id AND rules.is_live(step)) THEN 'contract_id' END,
    CASE WHEN rules.order_recipient(p_order) IS NULL THEN 'confirmation_email' END], NULL)
$$;
COMMENT ON FUNCTION rules.service_order_missing(softwhere.sales_order) IS
  'What a service order lacks to be validated: order_services, contract_id (where it is billed), confirmation_email.';

CREATE FUNCTION api.service_order_validate(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_order sales_order;
  v_contract contract;
  v_missing text[];
  v_service order_service;
BEGIN
  PERFORM rules.require('sw_adv');
  v_order := rules.order_lock(p_id, 'service');
  v_missing := rules.service_order_missing(v_order);
  IF v_missing <> '{}' THEN
    PERFORM rules.fail('SW006', 'status', format('order %s: %s', v_order.number, array_to_string(v_missing, ', ')), array_to_string(v_missing, ','));
  END IF;
  PERFORM rules.order_figures(p_id);
  v_contract := rules.contract_lock(v_order.contract_id);
  FOR v_service IN SELECT * FROM order_service WHERE sales_order_id = p_id ORDER BY position, id LOOP
    PERFORM rules.add_item(v_contract, jsonb_strip_nulls(jsonb_build_object('offer_id', v_service.offer_id, 'quantity', v_service.quantity::text,
      'unit_price', v_service.price::text, 'subscribed_on', v_service.starts_on, 'ends_on', v_service.ends_on, 'origin', v_order.number)), '');
    UPDATE order_service SET contract_item_id = (SELECT max(id) FROM contract_item WHERE contract_id = v_contract.id) WHERE id = v_service.id;
  END LOOP;
  PERFORM rules.order_close(v_order);
END
$$;
COMMENT ON FUNCTION api.service_order_validate(bigint) IS
  'Validates a service order: its services become items of the contract, its confirmation is queued. SW006 lists what is missing. SW002 SW003 SW005 SW007. Role sw_adv.';
