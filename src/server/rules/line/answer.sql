-- What becomes of requests: a person, or a connector, carries them to the operator and brings the answer.

CREATE FUNCTION rules.line_request_each(p_ids bigint[], p_what text, p_argument text)
RETURNS TABLE (id bigint, ok boolean, line_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  FOR id IN SELECT u.id FROM unnest(p_ids) WITH ORDINALITY AS u (id, n) GROUP BY u.id ORDER BY min(u.n) LOOP
    ok := true; code := NULL; field := NULL; message := NULL; detail := NULL; reason := NULL;
    BEGIN
      CASE p_what
        WHEN 'accept' THEN
          PERFORM rules.line_request_accept(line_request_each.id, COALESCE(p_argument, '{}')::jsonb);
        WHEN 'send' THEN
          PERFORM rules.line_request_lock(line_request_each.id, 'line_request_send');
          UPDATE line_request AS r SET status = 'sent', sent_at = clock_timestamp() WHERE r.id = line_request_each.id;
        ELSE
          PERFORM rules.line_request_drop(line_request_each.id, p_what, p_argument);
      END CASE;
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE NOT LIKE 'SW%' THEN
        RAISE;
      END IF;
      GET STACKED DIAGNOSTICS field = COLUMN_NAME, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, reason = CONSTRAINT_NAME;
      ok := false; code := SQLSTATE; field := NULLIF(field, ''); detail := NULLIF(detail, ''); reason := NULLIF(reason, '');
    END;
    SELECT r.line_id, r.status INTO line_id, status FROM line_request AS r WHERE r.id = line_request_each.id;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.line_request_each(bigint[], text, text) IS 'accept, send, refused or cancelled for many requests, each on its own.';

CREATE FUNCTION api.line_request_send(p_ids bigint[])
RETURNS TABLE (id bigint, ok boolean, line_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_request_each(p_ids, 'send', NULL) $$;
COMMENT ON FUNCTION api.line_request_send(bigint[]) IS 'Notes that queued requests left for the operator. A result a request. Roles sw_adv, sw_support, sw_staging.';

CREATE FUNCTION api.line_request_accept(p_ids bigint[], p_number text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, line_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_number IS NOT NULL AND cardinality(p_ids) > 1 THEN
    PERFORM rules.invalid('number', 'number_for_one_line', 'a number is for one line');
  END IF;
  RETURN QUERY SELECT * FROM rules.line_request_each(p_ids, 'accept',
    jsonb_strip_nulls(jsonb_build_object('number', CASE WHEN p_number IS NOT NULL THEN rules.normalised('line_number', p_number, 'number') END))::text);
END
$$;
COMMENT ON FUNCTION api.line_request_accept(bigint[], text) IS
  'The operator accepted: the line changes now, or on the day asked when that is later; p_number is what it allotted to a new line. A result a request, status applied or accepted, else code. Roles sw_adv, sw_support, sw_staging.';

CREATE FUNCTION api.line_request_refuse(p_ids bigint[], p_reason text)
RETURNS TABLE (id bigint, ok boolean, line_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_request_each(p_ids, 'refused', p_reason) $$;
COMMENT ON FUNCTION api.line_request_refuse(bigint[], text) IS
  'The operator refused, and why (SW009 without a reason); the SIM card held is free again. A result a request. Roles sw_adv, sw_support, sw_staging.';

CREATE FUNCTION api.line_request_cancel(p_ids bigint[])
RETURNS TABLE (id bigint, ok boolean, line_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT * FROM rules.line_request_each(p_ids, 'cancelled', NULL) $$;
COMMENT ON FUNCTION api.line_request_cancel(bigint[]) IS 'Takes back requests that are not applied. A result a request. Roles sw_adv, sw_support, sw_staging.';

CREATE FUNCTION rules.apply_line_requests(p_until date) RETURNS int
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_applied int := 0;
BEGIN
  FOR v_id IN SELECT id FROM line_request WHERE status = 'accepted' AND effective_on <= LEAST(p_until, rules.today()) ORDER BY effective_on, id LOOP
    BEGIN
      PERFORM rules.line_request_apply(v_id);
      v_applied := v_applied + 1;
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE NOT LIKE 'SW%' THEN
        RAISE;
      END IF;
      -- The line went another way meanwhile: said on the request, for whoever asked.
      PERFORM rules.line_request_drop(v_id, 'refused', SQLERRM);
    END;
  END LOOP;
  RETURN v_applied;
END
$$;
COMMENT ON FUNCTION rules.apply_line_requests(date) IS 'Applies accepted requests whose day has come; one that its line no longer allows is refused with the reason. Returns how many.';
