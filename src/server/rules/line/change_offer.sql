-- Another subscription, other options, from a day on (MLINE-15, MLINE-16): what was ends the day before, two rows for each change.

CREATE FUNCTION rules.line_change_offer_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_result jsonb;
  v_entry record;
  v_options jsonb := '[]';
BEGIN
  v_result := rules.line_check_offer(rules.input_id(jsonb_build_object('id', p_data ->> 'offer_id')), 'subscription', p_on, p_data, '');
  IF EXISTS (SELECT FROM offer AS o JOIN catalogue AS c ON c.id = o.catalogue_id
              WHERE o.id = (v_result ->> 'offer_id')::bigint AND c.operator_id <> (rules.line_operator(p_line)).id) THEN
    PERFORM rules.invalid('offer_id', 'offer_of_another_operator', 'the operator of the line does not sell this offer');
  END IF;
  IF NOT p_data ? 'options' THEN
    RETURN v_result;
  END IF;
  FOR v_entry IN SELECT * FROM rules.entries(p_data, 'options', '') LOOP
    v_options := v_options || rules.line_check_offer(rules.input_id(jsonb_build_object('id', v_entry.entry ->> 'offer_id')), 'option', p_on, v_entry.entry, v_entry.path);
    IF NOT rules.option_fits((v_entry.entry ->> 'offer_id')::bigint, (v_result ->> 'offer_id')::bigint) THEN
      PERFORM rules.invalid(v_entry.path || 'offer_id', 'option_not_compatible', 'the subscription does not take this option');
    END IF;
  END LOOP;
  RETURN v_result || jsonb_build_object('options', v_options);
END
$$;
COMMENT ON FUNCTION rules.line_change_offer_check(softwhere.service_line, jsonb, date) IS
  'The new subscription and its options: on sale, of the operator of the line, compatible, with a throughput when they carry data. SW002, SW004, SW005.';

CREATE FUNCTION rules.line_change_offer_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_wanted jsonb := p_request.data -> 'options';
BEGIN
  -- Unless they are named, the options that fit the new subscription go on.
  UPDATE line_offer AS o SET ends_on = GREATEST(p_request.effective_on, o.starts_on) - 1
   WHERE o.line_id = p_line.id AND o.ends_on IS NULL
     AND (o.kind = 'subscription'
          OR v_wanted IS NULL AND NOT rules.option_fits(o.offer_id, (p_request.data ->> 'offer_id')::bigint)
          OR v_wanted IS NOT NULL AND NOT EXISTS (SELECT FROM jsonb_array_elements(v_wanted) AS w
               WHERE (w ->> 'offer_id')::bigint = o.offer_id AND (w ->> 'price')::numeric = o.price
                 AND COALESCE((w ->> 'quantity')::numeric, 1) = o.quantity));
  PERFORM rules.line_begin_offer(p_line, p_request.data, p_request.effective_on, p_request.id);
  PERFORM rules.line_begin_offer(p_line, w, p_request.effective_on, p_request.id)
     FROM jsonb_array_elements(COALESCE(v_wanted, '[]')) AS w
    WHERE NOT EXISTS (SELECT FROM line_offer AS o WHERE o.line_id = p_line.id AND o.offer_id = (w ->> 'offer_id')::bigint AND o.ends_on IS NULL);
  UPDATE service_line SET last_request_id = p_request.id WHERE id = p_line.id;
END
$$;
COMMENT ON FUNCTION rules.line_change_offer_apply(softwhere.service_line, softwhere.line_request) IS 'Ends what was, begins what is asked.';

CREATE FUNCTION api.line_change_offer(p_ids bigint[], p_offer jsonb, p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_change_offer', p_ids, p_offer, p_effective_on) $$;
COMMENT ON FUNCTION api.line_change_offer(bigint[], jsonb, date) IS
  'Gives lines another subscription from p_effective_on: {"offer_id", "price", "throughput_mbps", "options": [{"offer_id", "price", "throughput_mbps"}]}; without options those that fit go on, prices default to the catalogue''s. A result a line, as api.line_activate. Role sw_adv.';

CREATE FUNCTION api.offer_options(p_subscription_id bigint DEFAULT NULL, p_family text DEFAULT NULL)
RETURNS TABLE (id bigint, code text, label text, title text, option_family text, price numeric, price_months int, data_gb numeric, throughput_mbps numeric)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT o.id, o.code, o.label,
         CASE WHEN p_subscription_id IS NULL THEN concat_ws(' – ', o.label, (SELECT p.name FROM operator AS p WHERE p.id = o.operator_id)) ELSE o.label END,
         o.option_family, o.price, o.price_months, o.data_gb, o.throughput_mbps
    FROM api.offer AS o
   WHERE o.kind = 'option' AND o.on_sale AND (p_family IS NULL OR o.option_family = p_family)
     AND (p_subscription_id IS NULL OR rules.option_fits(o.id, p_subscription_id))
   ORDER BY o.label, o.id
$$;
COMMENT ON FUNCTION api.offer_options(bigint, text) IS
  'Options on sale: those a subscription takes, or of any when none is named; of one family (international) or all. title is the label, with the operator when no subscription says which. Prices in € excl. VAT for price_months months. Office.';
