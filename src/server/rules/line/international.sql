-- The international option of a line (MLINE-07, MLINE-08): one of the options of that family, or none.

CREATE FUNCTION rules.line_international_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_option bigint := (p_data ->> 'offer_id')::bigint;
  v_entry jsonb;
BEGIN
  IF v_option IS NULL THEN
    RETURN '{"offer_id": null}';
  END IF;
  v_entry := rules.line_check_offer(v_option, 'option', p_on, p_data, '');
  IF (SELECT option_family FROM offer WHERE id = v_option) IS DISTINCT FROM 'international' THEN
    PERFORM rules.invalid('offer_id', 'not_international', 'this is no international option');
  ELSIF NOT rules.option_fits(v_option, (SELECT offer_id FROM line_offer WHERE line_id = p_line.id AND kind = 'subscription' AND ends_on IS NULL)) THEN
    PERFORM rules.invalid('offer_id', 'option_not_compatible', 'the subscription of the line does not take this option');
  END IF;
  RETURN v_entry;
END
$$;
COMMENT ON FUNCTION rules.line_international_check(softwhere.service_line, jsonb, date) IS 'An international option the subscription takes, or none. SW005.';

CREATE FUNCTION rules.line_international_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE line_offer SET ends_on = p_request.effective_on - 1
   WHERE line_id = p_line.id AND kind = 'option' AND option_family = 'international' AND ends_on IS NULL
     AND offer_id IS DISTINCT FROM (p_request.data ->> 'offer_id')::bigint;
  IF p_request.data ->> 'offer_id' IS NOT NULL
     AND NOT EXISTS (SELECT FROM line_offer WHERE line_id = p_line.id AND offer_id = (p_request.data ->> 'offer_id')::bigint AND ends_on IS NULL) THEN
    PERFORM rules.line_begin_offer(p_line, p_request.data, p_request.effective_on, p_request.id);
  END IF;
  UPDATE service_line SET last_request_id = p_request.id WHERE id = p_line.id;
END
$$;
COMMENT ON FUNCTION rules.line_international_apply(softwhere.service_line, softwhere.line_request) IS 'Ends the former international option the day before and begins the new one.';

CREATE FUNCTION api.line_international(p_ids bigint[], p_offer_id bigint, p_effective_on date DEFAULT NULL, p_price text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.line_ask_each('line_international', p_ids, jsonb_build_object('offer_id', p_offer_id, 'price', p_price), p_effective_on)
$$;
COMMENT ON FUNCTION api.line_international(bigint[], bigint, date, text) IS
  'Gives lines the international option p_offer_id (null: none) at p_price (null: the catalogue''s). A result a line, as api.line_activate. Roles sw_adv, sw_support.';
