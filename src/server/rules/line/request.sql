-- What is asked for a line becomes a request: sent to the operator's provider, accepted or refused, applied on its day.
-- Each action has a file of its own with rules.<action>_check (what it needs, before asking) and rules.<action>_apply.

CREATE FUNCTION rules.line_lock(p_id bigint) RETURNS softwhere.service_line
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_line service_line;
BEGIN
  SELECT * INTO v_line FROM service_line WHERE id = p_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN v_line;
END
$$;
COMMENT ON FUNCTION rules.line_lock(bigint) IS 'The line, locked until the end of the transaction; SW002 when there is none.';

CREATE FUNCTION rules.line_operator(p_line softwhere.service_line) RETURNS softwhere.operator
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT o FROM operator AS o WHERE o.id = COALESCE(p_line.operator_id, (SELECT operator_id FROM service WHERE id = p_line.service_id))
$$;
COMMENT ON FUNCTION rules.line_operator(softwhere.service_line) IS 'The operator of a line: its own, else that of its service (PARC-03).';

CREATE FUNCTION rules.line_require_arc(p_line softwhere.service_line, p_action text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM line_arc WHERE (from_state, action) = (rules.line_state(p_line.activity, p_line.restriction), p_action)) THEN
    PERFORM rules.fail('SW007', 'activity', format('a line %s does not allow %s', rules.line_state(p_line.activity, p_line.restriction), p_action));
  END IF;
END
$$;
COMMENT ON FUNCTION rules.line_require_arc(softwhere.service_line, text) IS 'SW007 unless the action leaves the present state of the line.';

CREATE FUNCTION rules.line_request_lock(p_id bigint, p_action text) RETURNS softwhere.line_request
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  r line_request;
BEGIN
  SELECT * INTO r FROM line_request WHERE id = p_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF NOT EXISTS (SELECT FROM rules.line_request_action AS a WHERE a.action = p_action AND r.status = ANY (a.from_statuses)) THEN
    PERFORM rules.fail('SW007', 'status', format('this request is %s', r.status));
  END IF;
  RETURN r;
END
$$;
COMMENT ON FUNCTION rules.line_request_lock(bigint, text) IS 'The request, locked until the end of the transaction; SW002, and SW007 when its status does not allow the action.';

CREATE FUNCTION rules.line_request_apply(p_request_id bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  r line_request;
  v_line service_line;
BEGIN
  SELECT * INTO STRICT r FROM line_request WHERE id = p_request_id;
  v_line := rules.line_lock(r.line_id);
  -- Others may have been applied while this one waited.
  PERFORM rules.line_require_arc(v_line, r.action);
  EXECUTE format('SELECT rules.%I($1, $2)', r.action || '_apply') USING v_line, r;
  UPDATE line_request SET status = 'applied', applied_on = rules.today() WHERE id = r.id;
END
$$;
COMMENT ON FUNCTION rules.line_request_apply(bigint) IS 'Makes the line what an accepted request says: SW007 when its state no longer allows it.';

CREATE FUNCTION rules.line_request_accept(p_request_id bigint, p_data jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  r line_request;
BEGIN
  r := rules.line_request_lock(p_request_id, 'line_request_accept');
  UPDATE line_request SET status = 'accepted', data = data || p_data, answered_at = clock_timestamp(), answered_by = rules.caller() WHERE id = r.id;
  IF r.effective_on <= rules.today() THEN
    PERFORM rules.line_request_apply(r.id);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.line_request_accept(bigint, jsonb) IS 'The operator accepted: applied now, or on its day when that is later. p_data is what the answer adds, such as a number.';

CREATE FUNCTION rules.line_request_drop(p_request_id bigint, p_status text, p_refusal text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  r line_request;
BEGIN
  r := rules.line_request_lock(p_request_id, CASE p_status WHEN 'refused' THEN 'line_request_refuse' ELSE 'line_request_cancel' END);
  IF p_status = 'refused' AND COALESCE(btrim(p_refusal), '') = '' THEN
    PERFORM rules.fail('SW009', 'refusal', 'a reason is required');
  END IF;
  UPDATE line_request SET status = p_status, refusal = p_refusal, answered_at = clock_timestamp(), answered_by = rules.caller() WHERE id = r.id;
  PERFORM rules.sim_release((r.data ->> 'sim_card_id')::bigint, p_refusal);
END
$$;
COMMENT ON FUNCTION rules.line_request_drop(bigint, text, text) IS 'Refused (with a reason, SW009) or cancelled; the SIM card it held is free again. SW002, SW007.';

CREATE FUNCTION rules.line_ask(p_action text, p_line_id bigint, p_data jsonb, p_effective_on date) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_line service_line := rules.line_lock(p_line_id);
  v_operator operator := rules.line_operator(v_line);
  v_on date := COALESCE(p_effective_on, rules.today());
  -- What only concerns the reseller asks nobody.
  v_provider text := CASE WHEN p_action = 'line_archive' THEN 'internal' ELSE COALESCE(v_operator.provider, 'manual') END;
  v_data jsonb;
  v_id bigint;
BEGIN
  PERFORM rules.line_require_arc(v_line, p_action);
  IF v_on < rules.today() THEN
    PERFORM rules.invalid('effective_on', 'in_the_past', 'a request takes effect today at the earliest');
  ELSIF EXISTS (SELECT FROM line_request WHERE line_id = v_line.id AND action = p_action AND status IN ('queued', 'sent', 'accepted')) THEN
    PERFORM rules.fail('SW012', 'action', 'the same was asked already and is not done yet', p_reason => 'line_request_open_once');
  END IF;
  EXECUTE format('SELECT rules.%I($1, $2, $3)', p_action || '_check') INTO v_data USING v_line, p_data, v_on;
  INSERT INTO line_request (line_id, customer_id, action, data, operator_data, effective_on, provider, requested_by)
  VALUES (v_line.id, v_line.customer_id, p_action, v_data, rules.line_operator_data(v_line, p_action, v_data), v_on, v_provider, rules.caller())
  RETURNING id INTO v_id;
  IF v_provider = 'internal' THEN
    PERFORM rules.line_request_accept(v_id, '{}');
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.line_ask(text, bigint, jsonb, date) IS
  'Asks an action for one line: SW002, SW004, SW005, SW007, SW012 (asked already). At an internal provider it is accepted at once.';

CREATE FUNCTION rules.line_operator_data(p_line softwhere.service_line, p_action text, p_data jsonb) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'number', p_line.number,
    'first_name', CASE WHEN p_action IN ('line_activate', 'line_change_user') THEN rules.operator_text(COALESCE(p_data ->> 'first_name', p_line.first_name)) END,
    'last_name', CASE WHEN p_action IN ('line_activate', 'line_change_user') THEN rules.operator_text(COALESCE(p_data ->> 'last_name', p_line.last_name)) END,
    'iccid', (SELECT iccid FROM sim_card WHERE id = (p_data ->> 'sim_card_id')::bigint),
    'direction', p_data ->> 'direction',
    'rio', p_data ->> 'rio',
    'offer', (SELECT code FROM offer WHERE id = (p_data ->> 'offer_id')::bigint)))
$$;
COMMENT ON FUNCTION rules.line_operator_data(softwhere.service_line, text, jsonb) IS
  'What goes to the operator: E.164 number, user in the characters it accepts (CHAR-01), ICCID, direction, code of the offer.';

CREATE FUNCTION rules.line_ask_each(p_action text, p_ids bigint[], p_data jsonb, p_effective_on date)
RETURNS TABLE (id bigint, ok boolean, number text, request_id bigint, status text, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require(VARIADIC a.roles) FROM rules.line_action AS a WHERE a.action = p_action;
  FOR id, number IN
    SELECT k.id, l.number FROM (SELECT u.id, min(u.n) AS n FROM unnest(p_ids) WITH ORDINALITY AS u (id, n) GROUP BY u.id) AS k
      LEFT JOIN service_line AS l ON l.id = k.id ORDER BY k.n
  LOOP
    ok := true; code := NULL; field := NULL; message := NULL; detail := NULL; reason := NULL;
    BEGIN
      request_id := rules.line_ask(p_action, line_ask_each.id, p_data, p_effective_on);
      status := (SELECT r.status FROM line_request AS r WHERE r.id = request_id);
    EXCEPTION WHEN OTHERS THEN
      -- Only what the rules refuse is a result; a fault of the server is one of the whole call.
      IF SQLSTATE NOT LIKE 'SW%' THEN
        RAISE;
      END IF;
      GET STACKED DIAGNOSTICS field = COLUMN_NAME, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, reason = CONSTRAINT_NAME;
      ok := false; request_id := NULL; status := 'refused'; code := SQLSTATE;
      field := NULLIF(field, ''); detail := NULLIF(detail, ''); reason := NULLIF(reason, '');
    END;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.line_ask_each(text, bigint[], jsonb, date) IS
  'The same action for many lines, each on its own: a result a line in the order given, once each: ok with the request and its status, or the error. SW003 when the caller may not.';

-- Ends and begins of what a line subscribes to.

CREATE FUNCTION rules.line_check_offer(p_offer_id bigint, p_kind text, p_on date, p_data jsonb, p_path text) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_offer offer;
  v_input jsonb;
BEGIN
  IF p_offer_id IS NULL THEN
    PERFORM rules.required(p_path || 'offer_id');
  END IF;
  PERFORM rules.offer_as_item(p_offer_id, p_on, p_path || 'offer_id');
  SELECT * INTO v_offer FROM offer WHERE id = p_offer_id;
  IF v_offer.kind <> p_kind THEN
    PERFORM rules.invalid(p_path || 'offer_id', CASE p_kind WHEN 'option' THEN 'not_an_option' ELSE 'not_a_subscription' END, format('this offer is no %s', p_kind));
  END IF;
  v_input := rules.read_input('line_offer', p_data, '{price,quantity,throughput_mbps}', '{}', p_path, true);
  IF (v_input ->> 'price')::numeric < 0 THEN
    PERFORM rules.invalid(p_path || 'price', 'line_offer_price_not_negative', 'a price is not negative');
  ELSIF v_offer.data_gb IS NOT NULL AND COALESCE((v_input ->> 'throughput_mbps')::numeric, v_offer.throughput_mbps) IS NULL THEN
    PERFORM rules.required(p_path || 'throughput_mbps');
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object('offer_id', v_offer.id, 'label', v_offer.label, 'price', COALESCE(v_input -> 'price', to_jsonb(v_offer.price::text)),
    'quantity', v_input -> 'quantity', 'throughput_mbps', COALESCE(v_input -> 'throughput_mbps', to_jsonb(v_offer.throughput_mbps::text))));
END
$$;
COMMENT ON FUNCTION rules.line_check_offer(bigint, text, date, jsonb, text) IS
  'An offer for a line with its label, price and throughput, from the catalogue unless said; SW004 throughput_mbps for data (MORD-12), SW005 offer_not_on_sale, not_an_option, not_a_subscription on the path.';

CREATE FUNCTION rules.option_fits(p_option_id bigint, p_subscription_id bigint) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM offer_option WHERE offer_id = p_subscription_id)
              THEN EXISTS (SELECT FROM offer_option WHERE offer_id = p_subscription_id AND option_id = p_option_id)
              ELSE EXISTS (SELECT FROM offer AS o, offer AS s WHERE o.id = p_option_id AND s.id = p_subscription_id
                              AND (o.catalogue_id IS NULL OR o.catalogue_id IS NOT DISTINCT FROM s.catalogue_id)) END
$$;
COMMENT ON FUNCTION rules.option_fits(bigint, bigint) IS
  'Whether a subscription may carry an option: one of those it names; when it names none, any of its catalogue.';

CREATE FUNCTION rules.line_begin_offer(p_line softwhere.service_line, p_entry jsonb, p_on date, p_request_id bigint) RETURNS void
LANGUAGE sql
SET search_path = softwhere, pg_temp
AS $$
  INSERT INTO line_offer (line_id, customer_id, offer_id, kind, code, label, option_family, quantity, price, price_months, purchase_price,
                          data_gb, throughput_mbps, starts_on, request_id)
  SELECT p_line.id, p_line.customer_id, o.id, o.kind, o.code, o.label, o.option_family, COALESCE((p_entry ->> 'quantity')::numeric, 1),
         (p_entry ->> 'price')::numeric, o.price_months, o.purchase_price, o.data_gb, (p_entry ->> 'throughput_mbps')::numeric, p_on, p_request_id
    FROM offer AS o WHERE o.id = (p_entry ->> 'offer_id')::bigint
$$;
COMMENT ON FUNCTION rules.line_begin_offer(softwhere.service_line, jsonb, date, bigint) IS 'Copies an offer to a line, from p_on: the price agreed is its own from now on.';
