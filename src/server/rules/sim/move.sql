-- What orders and lines do to SIM cards.

CREATE FUNCTION rules.sim_move(p_id bigint, p_state text, p_reason text) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE sim_card
     SET state = p_state, state_entered_on = rules.today(), state_reason = p_reason,
         line_id = CASE WHEN p_state <> 'in_stock' THEN line_id END, customer_id = CASE WHEN p_state <> 'in_stock' THEN customer_id END
   WHERE id = p_id AND state <> p_state
$$;
COMMENT ON FUNCTION rules.sim_move(bigint, text, text) IS 'Gives a card another state; back in stock it belongs to nobody. Nothing when the card is null or so already.';

CREATE FUNCTION rules.sim_follow(p_line_id bigint, p_state text, p_reason text) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.sim_move(id, p_state, p_reason) FROM sim_card WHERE line_id = p_line_id AND state IN ('active', 'suspended') $$;
COMMENT ON FUNCTION rules.sim_follow(bigint, text, text) IS 'The live card of a line, if it has one, becomes what its line makes of it.';

CREATE FUNCTION rules.sim_hold(p_id bigint, p_customer_id bigint, p_line_id bigint, p_operator_id bigint, p_field text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_sim sim_card;
BEGIN
  -- Whoever comes second waits here and finds the card taken.
  SELECT * INTO v_sim FROM sim_card WHERE id = p_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', p_field, 'there is no such SIM card');
  ELSIF v_sim.operator_id <> p_operator_id THEN
    PERFORM rules.invalid(p_field, 'sim_of_another_operator', 'this SIM card belongs to another operator');
  ELSIF v_sim.state = 'reserved' AND v_sim.customer_id = p_customer_id AND v_sim.line_id IS NOT DISTINCT FROM p_line_id THEN
    RETURN;
  ELSIF v_sim.state <> 'in_stock' THEN
    PERFORM rules.fail('SW005', p_field, format('SIM card %s is %s', v_sim.iccid, v_sim.state), v_sim.iccid, p_reason => 'sim_not_available');
  END IF;
  UPDATE sim_card SET state = 'reserved', state_entered_on = rules.today(), state_reason = NULL, customer_id = p_customer_id, line_id = p_line_id
   WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION rules.sim_hold(bigint, bigint, bigint, bigint, text) IS
  'Reserves a card in stock for a customer and, once it exists, a line: SW002, SW005 sim_not_available (somebody was faster), sim_of_another_operator on p_field.';

CREATE FUNCTION rules.sim_reserve(p_id bigint, p_line softwhere.service_line, p_field text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_operator operator := rules.line_operator(p_line);
BEGIN
  PERFORM rules.sim_hold(p_id, p_line.customer_id, p_line.id, v_operator.id, p_field);
END
$$;
COMMENT ON FUNCTION rules.sim_reserve(bigint, softwhere.service_line, text) IS 'Reserves a card for a line.';

CREATE FUNCTION rules.sim_release(p_id bigint, p_reason text) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.sim_move(id, 'in_stock', p_reason) FROM sim_card WHERE id = p_id AND state = 'reserved' $$;
COMMENT ON FUNCTION rules.sim_release(bigint, text) IS 'A reserved card goes back to stock; others stay.';
