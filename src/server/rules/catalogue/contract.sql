-- What is sold becomes items of a contract: copies, so that a price changed later rewrites nothing.

CREATE FUNCTION rules.offer_as_item(p_offer_id bigint, p_on date, p_field text) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_offer offer;
BEGIN
  SELECT * INTO v_offer FROM offer WHERE id = p_offer_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', p_field, 'record not found');
  ELSIF p_on NOT BETWEEN v_offer.valid_from_on AND COALESCE(v_offer.valid_until_on, 'infinity') THEN
    PERFORM rules.invalid(p_field, 'offer_not_on_sale', 'this offer is not on sale on that day');
  END IF;
  RETURN jsonb_build_object('offer_id', v_offer.id, 'label', v_offer.label, 'unit_price', v_offer.price, 'vat_rate', v_offer.vat_rate,
    'recurring', v_offer.recurring, 'price_months', v_offer.price_months,
    'section', CASE WHEN v_offer.recurring THEN 'subscription' ELSE 'one_off' END);
END
$$;
COMMENT ON FUNCTION rules.offer_as_item(bigint, date, text) IS
  'An offer as columns of a contract item; SW002, SW005 offer_not_on_sale on p_field.';

CREATE FUNCTION api.contract_add_bundle(p_id bigint, p_bundle_id bigint) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
  v_items jsonb;
BEGIN
  PERFORM rules.require('sw_adv');
  v_contract := rules.contract_lock(p_id);
  IF NOT rules.is_live(v_contract.step) THEN
    PERFORM rules.fail('SW007', 'step', 'this contract does not change any more');
  END IF;
  SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('offer_id', i.offer_id, 'quantity', i.quantity, 'unit_price', i.price)) ORDER BY i.position, i.id)
    INTO v_items FROM bundle_item AS i JOIN bundle AS b ON b.id = i.bundle_id WHERE b.id = p_bundle_id AND b.active;
  IF v_items IS NULL THEN
    PERFORM rules.fail('SW002', 'bundle_id', 'there is no such bundle on sale');
  END IF;
  PERFORM rules.save_item(v_contract, item, 'items[].') FROM jsonb_array_elements(v_items) AS item;
  RETURN jsonb_array_length(v_items);
END
$$;
COMMENT ON FUNCTION api.contract_add_bundle(bigint, bigint) IS
  'Adds every offer of a bundle to a contract, with the bundle''s prices; in a started contract from today. Returns how many items. SW002 SW003 SW005 SW007. Role sw_adv.';
