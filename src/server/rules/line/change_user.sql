-- The user of a line changes (MLINE-02…06): the true name here, what its characters allow at the operator (CHAR-01).

CREATE FUNCTION rules.line_change_user_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_first text := NULLIF(btrim(p_data ->> 'first_name'), '');
  v_last text := NULLIF(btrim(p_data ->> 'last_name'), '');
BEGIN
  IF v_last IS NULL THEN
    PERFORM rules.required('last_name');
  ELSIF length(v_last) > 200 OR length(v_first) > 200 THEN
    PERFORM rules.invalid('last_name', 'too_long', 'this is too long');
  ELSIF rules.operator_text(v_last) = '' THEN
    PERFORM rules.invalid('last_name', 'nothing_for_operator', 'operators accept none of these characters');
  END IF;
  RETURN jsonb_build_object('first_name', v_first, 'last_name', v_last);
END
$$;
COMMENT ON FUNCTION rules.line_change_user_check(softwhere.service_line, jsonb, date) IS 'A user has a last name the operator can write. SW004, SW005.';

CREATE FUNCTION rules.line_change_user_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE sql
SET search_path = softwhere, pg_temp
AS $$
  UPDATE service_line SET first_name = p_request.data ->> 'first_name', last_name = p_request.data ->> 'last_name', last_request_id = p_request.id
   WHERE id = p_line.id
$$;
COMMENT ON FUNCTION rules.line_change_user_apply(softwhere.service_line, softwhere.line_request) IS 'Writes the true name.';

CREATE FUNCTION api.line_change_user(p_ids bigint[], p_first_name text, p_last_name text, p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.line_ask_each('line_change_user', p_ids, jsonb_build_object('first_name', p_first_name, 'last_name', p_last_name), p_effective_on)
$$;
COMMENT ON FUNCTION api.line_change_user(bigint[], text, text, date) IS
  'Gives lines another user, today or on p_effective_on; see api.operator_text for what the operator gets. A result a line, as api.line_activate. Roles sw_adv, sw_support.';

CREATE FUNCTION api.operator_text(p_text text) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.operator_text(p_text) $$;
COMMENT ON FUNCTION api.operator_text(text) IS 'A name as it will be sent to operators (CHAR-01), to show beside the true one. Office.';
