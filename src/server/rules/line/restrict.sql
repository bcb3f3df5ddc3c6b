-- active → restricted: calls in, out or both are barred, for instance for non-payment (MLINE-09…11).

CREATE FUNCTION rules.line_restrict_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF COALESCE(p_data ->> 'direction', '') NOT IN ('incoming', 'outgoing', 'both') THEN
    PERFORM rules.invalid('direction', 'line_restriction_is_known', 'incoming, outgoing or both');
  ELSIF p_data ->> 'direction' = p_line.restriction THEN
    PERFORM rules.fail('SW012', 'direction', 'the line is restricted this way already', p_reason => 'restricted_already');
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object('direction', p_data ->> 'direction', 'cause', NULLIF(btrim(p_data ->> 'cause'), '')));
END
$$;
COMMENT ON FUNCTION rules.line_restrict_check(softwhere.service_line, jsonb, date) IS 'Incoming, outgoing or both, and not so already. SW005, SW012.';

CREATE FUNCTION rules.line_restrict_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE service_line SET restriction = p_request.data ->> 'direction', last_request_id = p_request.id WHERE id = p_line.id;
  PERFORM rules.sim_follow(p_line.id, CASE p_request.data ->> 'direction' WHEN 'both' THEN 'suspended' ELSE 'active' END, p_request.data ->> 'cause');
END
$$;
COMMENT ON FUNCTION rules.line_restrict_apply(softwhere.service_line, softwhere.line_request) IS 'Restricts the line; barred both ways, its SIM card is suspended.';

CREATE FUNCTION api.line_restrict(p_ids bigint[], p_direction text, p_cause text DEFAULT NULL, p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.line_ask_each('line_restrict', p_ids, jsonb_build_object('direction', p_direction, 'cause', p_cause), p_effective_on)
$$;
COMMENT ON FUNCTION api.line_restrict(bigint[], text, text, date) IS
  'Restricts lines: p_direction incoming, outgoing or both, p_cause for the history. A result a line, as api.line_activate. Roles sw_adv, sw_support, sw_accounting.';
