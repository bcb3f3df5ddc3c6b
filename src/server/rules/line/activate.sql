-- under_construction → active: the operator opens the line, with its number and SIM card.

CREATE FUNCTION rules.line_activate_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_sim bigint := COALESCE((p_data ->> 'sim_card_id')::bigint, (SELECT id FROM sim_card WHERE line_id = p_line.id AND state = 'reserved'));
BEGIN
  IF NOT EXISTS (SELECT FROM line_offer WHERE line_id = p_line.id AND kind = 'subscription') THEN
    PERFORM rules.required('offers');
  END IF;
  IF v_sim IS NOT NULL THEN
    PERFORM rules.sim_reserve(v_sim, p_line, 'sim_card_id');
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object('sim_card_id', v_sim, 'rio', p_data ->> 'rio'));
END
$$;
COMMENT ON FUNCTION rules.line_activate_check(softwhere.service_line, jsonb, date) IS 'A line to open needs a subscription; its SIM card is reserved. SW004, SW005.';

CREATE FUNCTION rules.line_activate_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_number text := p_line.number;
BEGIN
  IF COALESCE(p_request.data ->> 'number', '') <> '' THEN
    v_number := rules.normalised('line_number', p_request.data ->> 'number', 'number');
  END IF;
  IF v_number IS NULL THEN
    PERFORM rules.required('number');
  ELSIF EXISTS (SELECT FROM service_line WHERE number = v_number AND id <> p_line.id AND activity NOT IN ('terminated', 'obsolete')) THEN
    PERFORM rules.fail('SW012', 'number', 'another line has this number', p_reason => 'line_number_once');
  END IF;
  -- What it subscribes to counts from its first day. Still under construction: the rows are free.
  UPDATE line_offer SET starts_on = p_request.effective_on WHERE line_id = p_line.id AND ends_on IS NULL AND starts_on <> p_request.effective_on;
  UPDATE service_line SET activity = 'active', number = v_number, activated_on = p_request.effective_on, terminated_on = NULL, last_request_id = p_request.id
   WHERE id = p_line.id;
  PERFORM rules.sim_move((p_request.data ->> 'sim_card_id')::bigint, 'active', NULL);
END
$$;
COMMENT ON FUNCTION rules.line_activate_apply(softwhere.service_line, softwhere.line_request) IS
  'Opens the line: the number the operator gave, offers from this day, SIM card active. SW004 number, SW005, SW012.';

CREATE FUNCTION api.line_activate(p_ids bigint[], p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_activate', p_ids, '{}', p_effective_on) $$;
COMMENT ON FUNCTION api.line_activate(bigint[], date) IS
  'Asks the operator to open lines under construction, today or on p_effective_on. A result a line: status of the request, or refused with code, field, reason, message. Roles sw_adv, sw_staging.';
