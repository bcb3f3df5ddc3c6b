-- → terminated, definitively (MLINE-13, MLINE-14); and terminated → obsolete, out of the lists.

CREATE FUNCTION rules.line_terminate_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT jsonb_strip_nulls(jsonb_build_object('cause', NULLIF(btrim(p_data ->> 'cause'), ''))) $$;
COMMENT ON FUNCTION rules.line_terminate_check(softwhere.service_line, jsonb, date) IS 'Nothing more is needed: the client asked once.';

CREATE FUNCTION rules.line_terminate_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- What else was under way has no object any more.
  PERFORM rules.line_request_drop(id, 'cancelled', NULL) FROM line_request
    WHERE line_id = p_line.id AND id <> p_request.id AND status IN ('queued', 'sent', 'accepted');
  -- What was to go on after that day, without end or to a day of its own.
  UPDATE line_offer SET ends_on = rules.line_offer_last_day(starts_on, p_request.effective_on)
   WHERE line_id = p_line.id AND (ends_on IS NULL OR ends_on > rules.line_offer_last_day(starts_on, p_request.effective_on));
  UPDATE service_line SET activity = 'terminated', restriction = 'none', terminated_on = p_request.effective_on, last_request_id = p_request.id
   WHERE id = p_line.id;
  PERFORM rules.sim_follow(p_line.id, 'terminated', p_request.data ->> 'cause');
  PERFORM rules.sim_release(id, p_request.data ->> 'cause') FROM sim_card WHERE line_id = p_line.id AND state = 'reserved';
END
$$;
COMMENT ON FUNCTION rules.line_terminate_apply(softwhere.service_line, softwhere.line_request) IS
  'Ends the line on this day, its offers the day before at the latest; its SIM card with it, other requests are cancelled.';

CREATE FUNCTION api.line_terminate(p_ids bigint[], p_cause text DEFAULT NULL, p_effective_on date DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_terminate', p_ids, jsonb_build_object('cause', p_cause), p_effective_on) $$;
COMMENT ON FUNCTION api.line_terminate(bigint[], text, date) IS
  'Terminates lines, which cannot be undone: the client asks once (definitive in api.line_next_action). A result a line, as api.line_activate. Role sw_adv.';

CREATE FUNCTION rules.line_archive_check(p_line softwhere.service_line, p_data jsonb, p_on date) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT '{}'::jsonb $$;
COMMENT ON FUNCTION rules.line_archive_check(softwhere.service_line, jsonb, date) IS 'Nothing more is needed.';

CREATE FUNCTION rules.line_archive_apply(p_line softwhere.service_line, p_request softwhere.line_request) RETURNS void
LANGUAGE sql
SET search_path = softwhere, pg_temp
AS $$ UPDATE service_line SET activity = 'obsolete', last_request_id = p_request.id WHERE id = p_line.id $$;
COMMENT ON FUNCTION rules.line_archive_apply(softwhere.service_line, softwhere.line_request) IS 'The line leaves the lists of every day.';

CREATE FUNCTION api.line_archive(p_ids bigint[])
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_ask_each('line_archive', p_ids, '{}', NULL) $$;
COMMENT ON FUNCTION api.line_archive(bigint[]) IS 'Makes terminated lines obsolete (LINE-05). A result a line, as api.line_activate. Role sw_adv.';
