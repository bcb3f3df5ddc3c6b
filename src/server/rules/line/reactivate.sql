-- restricted or inactive → active (MLINE-12), and active → inactive, on hold.

CREATE FUNCTION rules.line_reactivate_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT '{}'::jsonb $$;
COMMENT ON FUNCTION rules.line_reactivate_check(softwhere.service_line, jsonb, date) IS 'Nothing more is needed.';

CREATE FUNCTION rules.line_reactivate_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE service_line SET activity = 'active', restriction = 'none', last_request_id = p_request.id WHERE id = p_line.id;
  PERFORM rules.sim_follow(p_line.id, 'active', NULL);
END
$$;
COMMENT ON FUNCTION rules.line_reactivate_apply(softwhere.service_line, softwhere.line_request) IS 'Lifts every restriction, the SIM card works again.';

CREATE FUNCTION api.line_reactivate(p_ids bigint[], p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_reactivate', p_ids, '{}', p_effective_on) $$;
COMMENT ON FUNCTION api.line_reactivate(bigint[], date) IS
  'Restores restricted lines and lines on hold. A result a line, as api.line_activate. Roles sw_adv, sw_support, sw_accounting.';

CREATE FUNCTION rules.line_deactivate_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT jsonb_strip_nulls(jsonb_build_object('cause', NULLIF(btrim(p_data ->> 'cause'), ''))) $$;
COMMENT ON FUNCTION rules.line_deactivate_check(softwhere.service_line, jsonb, date) IS 'Nothing more is needed.';

CREATE FUNCTION rules.line_deactivate_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE service_line SET activity = 'inactive', restriction = 'none', last_request_id = p_request.id WHERE id = p_line.id;
  PERFORM rules.sim_follow(p_line.id, 'suspended', p_request.data ->> 'cause');
END
$$;
COMMENT ON FUNCTION rules.line_deactivate_apply(softwhere.service_line, softwhere.line_request) IS 'The line rests, with its SIM card; number and subscription stay.';

CREATE FUNCTION api.line_deactivate(p_ids bigint[], p_cause text DEFAULT NULL, p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_deactivate', p_ids, jsonb_build_object('cause', p_cause), p_effective_on) $$;
COMMENT ON FUNCTION api.line_deactivate(bigint[], text, date) IS 'Puts lines on hold (LINE-05 inactive). A result a line, as api.line_activate. Role sw_adv.';
