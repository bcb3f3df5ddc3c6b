-- A SIM card takes the place of another (MLINE-17…19); number and offers stay.

CREATE FUNCTION rules.line_swap_sim_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_sim bigint := (p_data ->> 'sim_card_id')::bigint;
BEGIN
  IF v_sim IS NULL THEN
    PERFORM rules.required('sim_card_id');
  ELSIF rules.number_kind(p_line.number) = 'fixed' THEN
    PERFORM rules.invalid('number', 'line_without_sim', 'a fixed line has no SIM card');
  END IF;
  PERFORM rules.sim_reserve(v_sim, p_line, 'sim_card_id');
  RETURN jsonb_strip_nulls(jsonb_build_object('sim_card_id', v_sim, 'cause', NULLIF(btrim(p_data ->> 'cause'), '')));
END
$$;
COMMENT ON FUNCTION rules.line_swap_sim_check(softwhere.service_line, jsonb, date) IS 'A card from stock, held for the line until the operator answers. SW004, SW005.';

CREATE FUNCTION rules.line_swap_sim_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.sim_follow(p_line.id, 'replaced', p_request.data ->> 'cause');
  PERFORM rules.sim_move((p_request.data ->> 'sim_card_id')::bigint, 'active', NULL);
  UPDATE service_line SET last_request_id = p_request.id WHERE id = p_line.id;
END
$$;
COMMENT ON FUNCTION rules.line_swap_sim_apply(softwhere.service_line, softwhere.line_request) IS 'The old card is replaced, the new one active.';

CREATE FUNCTION api.line_swap_sim(p_id bigint, p_sim_card_id bigint, p_cause text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.line_ask_each('line_swap_sim', ARRAY[p_id], jsonb_build_object('sim_card_id', p_sim_card_id, 'cause', p_cause), NULL)
$$;
COMMENT ON FUNCTION api.line_swap_sim(bigint, bigint, text) IS
  'Replaces the SIM card of a line by one from stock, p_cause for the history (lost, broken). One result, as api.line_activate. Roles sw_adv, sw_support, sw_staging.';

CREATE FUNCTION api.sim_swap(p_number text, p_iccid text, p_cause text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_number text;
  v_line bigint;
  v_sim bigint;
BEGIN
  PERFORM rules.require(VARIADIC a.roles) FROM rules.line_action AS a WHERE a.action = 'line_swap_sim';
  IF COALESCE(btrim(p_number), '') = '' THEN
    PERFORM rules.required('number');
  ELSIF COALESCE(btrim(p_iccid), '') = '' THEN
    PERFORM rules.required('iccid');
  END IF;
  v_number := rules.normalised('line_number', p_number, 'number');
  SELECT l.id INTO v_line FROM service_line AS l WHERE l.number = v_number AND l.activity NOT IN ('terminated', 'obsolete');
  IF v_line IS NULL THEN
    PERFORM rules.fail('SW002', 'number', 'there is no such line');
  END IF;
  SELECT s.id INTO v_sim FROM sim_card AS s WHERE s.iccid = rules.normalised('iccid', p_iccid, 'iccid');
  IF v_sim IS NULL THEN
    PERFORM rules.fail('SW002', 'iccid', 'there is no such SIM card');
  END IF;
  RETURN QUERY SELECT * FROM rules.line_ask_each('line_swap_sim', ARRAY[v_line], jsonb_build_object('sim_card_id', v_sim, 'cause', p_cause), NULL);
END
$$;
COMMENT ON FUNCTION api.sim_swap(text, text, text) IS
  'The SIM swap of the administration (MLINE-17…19): the number as +33… or any other form, the ICCID of the new card. Errors SW002, SW004, SW005 on number or iccid; else one result, as api.line_activate. Roles sw_adv, sw_support, sw_staging.';
