-- The stock of SIM cards.

CREATE VIEW api.sim_card WITH (security_invoker = true) AS
SELECT s.id, s.iccid, s.operator_id, (SELECT o.name FROM softwhere.operator AS o WHERE o.id = s.operator_id) AS operator_name,
       s.form, s.imsi, s.batch, s.received_on, s.state, s.state_entered_on, s.state_reason,
       s.line_id, (SELECT l.number FROM softwhere.service_line AS l WHERE l.id = s.line_id) AS number,
       s.customer_id, (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = s.customer_id) AS customer_name,
       s.row_version, lower(s.iccid || ' ' || COALESCE(s.imsi, '') || ' ' || COALESCE(s.batch, '')) AS search_text
  FROM softwhere.sim_card AS s;
COMMENT ON VIEW api.sim_card IS
  'SIM cards: in_stock, reserved, active, suspended, terminated, replaced or defective, with their line and customer. Every role, its own rows.';

CREATE VIEW api.sim_code WITH (security_invoker = true) AS
SELECT id, iccid, pin, puk_1, puk_2 FROM softwhere.sim_card;
COMMENT ON VIEW api.sim_code IS 'Codes of SIM cards. Office; for anybody else a permission error.';

CREATE VIEW api.sim_event WITH (security_invoker = true) AS
SELECT v.id, v.sim_card_id, s.iccid, v.line_id, (SELECT l.number FROM softwhere.service_line AS l WHERE l.id = v.line_id) AS number, v.customer_id,
       v.from_state, v.to_state, v.reason, v.occurred_on, v.occurred_at, v.occurred_by
  FROM softwhere.sim_event AS v JOIN softwhere.sim_card AS s ON s.id = v.sim_card_id;
COMMENT ON VIEW api.sim_event IS 'History of SIM cards. Office; partners and customers see what concerns them.';

CREATE VIEW api.sim_stock WITH (security_invoker = true) AS
SELECT o.id, o.name AS operator_name,
       count(s.id) FILTER (WHERE s.state = 'in_stock') AS in_stock, count(s.id) FILTER (WHERE s.state = 'reserved') AS reserved,
       count(s.id) FILTER (WHERE s.state = 'active') AS active, count(s.id) FILTER (WHERE s.state = 'suspended') AS suspended,
       count(s.id) FILTER (WHERE s.state = 'terminated') AS terminated, count(s.id) FILTER (WHERE s.state = 'replaced') AS replaced,
       count(s.id) FILTER (WHERE s.state = 'defective') AS defective, o.sim_alert_level,
       count(s.id) FILTER (WHERE s.state = 'in_stock') < o.sim_alert_level AS is_low, count(s.id) > 0 OR o.sim_alert_level > 0 AS has_cards
  FROM softwhere.operator AS o LEFT JOIN softwhere.sim_card AS s ON s.operator_id = o.id
 GROUP BY o.id, o.name, o.sim_alert_level;
COMMENT ON VIEW api.sim_stock IS 'SIM cards of each operator by state; is_low when fewer are in stock than sim_alert_level; has_cards when there are or should be any. Office.';

CREATE FUNCTION api.sim_card_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old sim_card;
  v_id bigint;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_staging');
  SELECT * INTO v_old FROM sim_card WHERE id = rules.input_id(p_data);
  v_id := rules.save_record('sim_card', 'api.sim_card', p_data, '{iccid,operator_id,form,imsi,pin,puk_1,puk_2,batch,received_on}',
    jsonb_build_object('state_entered_on', rules.today(), 'received_on', rules.today()), '{next_states}', '{"iccid": "iccid"}');
  IF v_old.state <> 'in_stock' AND (v_old.iccid, v_old.operator_id) IS DISTINCT FROM (SELECT (iccid, operator_id) FROM sim_card WHERE id = v_id) THEN
    PERFORM rules.fail('SW016', 'iccid', 'the number of a card that left the stock does not change');
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.sim_card_save(jsonb) IS
  'Creates (in stock) or changes a SIM card: columns of api.sim_card and pin, puk_1, puk_2; states change by api.sim_card_set_state, orders and lines. SW001 SW002 SW003 SW004 SW005 SW012 SW016. Roles sw_adv, sw_staging.';

CREATE FUNCTION api.sim_card_set_state(p_ids bigint[], p_state text, p_reason text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, code text, message text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_state text;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_staging');
  FOR id IN SELECT k.id FROM unnest(p_ids) WITH ORDINALITY AS k (id, n) GROUP BY k.id ORDER BY min(k.n) LOOP
    SELECT s.state INTO v_state FROM sim_card AS s WHERE s.id = sim_card_set_state.id FOR UPDATE;
    IF NOT FOUND THEN
      code := 'SW002'; message := 'record not found';
    ELSIF NOT EXISTS (SELECT FROM sim_arc AS a WHERE (a.from_state, a.to_state) = (v_state, p_state) AND a.by_hand) THEN
      code := 'SW007'; message := format('from %s to %s is impossible', v_state, p_state);
    ELSE
      PERFORM rules.sim_move(sim_card_set_state.id, p_state, p_reason);
      code := NULL; message := NULL;
    END IF;
    ok := code IS NULL;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION api.sim_card_set_state(bigint[], text, text) IS
  'Manages SIM cards by hand (SIM-02): defective, in_stock again, terminated; the rest is done by orders and lines. A result a card, code SW002 or SW007 when refused. Roles sw_adv, sw_staging.';

CREATE FUNCTION api.sim_card_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(s) - 'search_text' FROM api.sim_card AS s WHERE s.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  -- A statement of its own: the permission on codes is checked even where nothing is read.
  IF rules.has_role(VARIADIC rules.office()) THEN
    v_record := v_record || (SELECT to_jsonb(c) FROM api.sim_code AS c WHERE c.id = p_id);
  END IF;
  RETURN v_record || jsonb_build_object(
    'events', (SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.id DESC), '[]') FROM api.sim_event AS v WHERE v.sim_card_id = p_id),
    -- What the page offers beside the states given by hand.
    'may_swap', v_record ->> 'state' IN ('active', 'suspended')
                AND (SELECT rules.has_role(VARIADIC a.roles) FROM rules.line_action AS a WHERE a.action = 'line_swap_sim'),
    'next_states', (SELECT COALESCE(jsonb_agg(a.to_state ORDER BY a.to_state), '[]') FROM sim_arc AS a
                     WHERE a.from_state = v_record ->> 'state' AND a.by_hand AND rules.has_role('sw_adv', 'sw_staging')));
END
$$;
COMMENT ON FUNCTION api.sim_card_record(bigint) IS
  'Columns of api.sim_card, codes for the office, events (history, newest first), next_states the caller may give it by hand, may_swap: the caller may replace it on its line. SW002. Every role, its own rows.';

SELECT rules.let_office_read(t) FROM unnest('{softwhere.sim_card,softwhere.sim_event,softwhere.sim_arc}'::regclass[]) AS t;
SELECT rules.let_customers_read('softwhere.sim_card', 'customer_id', rules.columns_but('softwhere.sim_card', 'pin', 'puk_1', 'puk_2'));
SELECT rules.let_customers_read('softwhere.sim_event', 'customer_id');
SELECT rules.let_read('softwhere.sim_arc', '{sw_partner,sw_customer}');
SELECT rules.let_call('api.sim_card_record(bigint)', VARIADIC rules.office() || '{sw_partner,sw_customer}');
SELECT rules.let_call(f, 'sw_adv', 'sw_staging')
  FROM unnest('{api.sim_card_save(jsonb),"api.sim_card_set_state(bigint[],text,text)"}'::regprocedure[]) AS f;
SELECT rules.versioned('softwhere.sim_card');
SELECT rules.watch('softwhere.sim_card', 'sim_card');
