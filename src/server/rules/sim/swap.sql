-- What the SIM swap of the administration shows while it is typed (MLINE-17…19); api.sim_swap does it.

CREATE FUNCTION rules.sim_swap_problem(p_line softwhere.service_line, p_sim softwhere.sim_card) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT CASE
    WHEN p_sim.operator_id <> (rules.line_operator(p_line)).id THEN 'sim_of_another_operator'
    WHEN p_sim.state <> 'in_stock' AND NOT (p_sim.state = 'reserved' AND p_sim.line_id IS NOT DISTINCT FROM p_line.id) THEN 'sim_not_available' END
$$;
COMMENT ON FUNCTION rules.sim_swap_problem(softwhere.service_line, softwhere.sim_card) IS
  'Why a card cannot replace that of a line, as rules.sim_hold would say: sim_of_another_operator, sim_not_available; null when it can.';

CREATE FUNCTION api.sim_swap_preview(p_number text, p_iccid text) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_number text := rules.phone_e164(p_number);
  v_iccid text := rtrim(upper(regexp_replace(COALESCE(p_iccid, ''), '[^0-9A-Za-z]', '', 'g')), 'F');
  v_line service_line;
  v_sim sim_card;
  v_result jsonb := '{}';
BEGIN
  SELECT * INTO v_line FROM service_line WHERE number = v_number AND activity NOT IN ('terminated', 'obsolete');
  IF FOUND THEN
    v_result := jsonb_build_object('line', (
      SELECT jsonb_build_object('id', l.id, 'number', l.number, 'user_name', l.user_name, 'customer_name', l.customer_name, 'operator_name', l.operator_name,
                                'state', l.state, 'subscription', l.subscription,
                                'iccid', (SELECT iccid FROM sim_card WHERE line_id = l.id AND state IN ('active', 'suspended')))
        FROM api.line AS l WHERE l.id = v_line.id));
  ELSIF COALESCE(btrim(p_number), '') <> '' THEN
    v_result := jsonb_build_object('number_problem', CASE WHEN rules.is_line_number(v_number) THEN 'SW002' ELSE 'invalid_line_number' END);
  END IF;
  SELECT * INTO v_sim FROM sim_card WHERE iccid = v_iccid;
  IF FOUND THEN
    v_result := v_result || jsonb_build_object('sim_card', jsonb_build_object('id', v_sim.id, 'iccid', v_sim.iccid, 'state', v_sim.state, 'batch', v_sim.batch,
                  'operator_name', (SELECT name FROM operator WHERE id = v_sim.operator_id)));
    IF v_line.id IS NOT NULL THEN
      v_result := v_result || jsonb_build_object('iccid_problem', rules.sim_swap_problem(v_line, v_sim));
    END IF;
  ELSIF v_iccid <> '' THEN
    v_result := v_result || jsonb_build_object('iccid_problem', CASE WHEN rules.is_iccid(v_iccid) THEN 'SW002' ELSE 'invalid_iccid' END);
  END IF;
  RETURN v_result;
END
$$;
COMMENT ON FUNCTION api.sim_swap_preview(text, text) IS
  'What is typed for a SIM swap, before it is asked: line {id, number, user_name, customer_name, operator_name, state, subscription, iccid (the card in use)}, sim_card {id, iccid, state, batch, operator_name}; number_problem, iccid_problem: a reason, or SW002 when there is none. Office.';
SELECT rules.let_call('api.sim_swap_preview(text, text)', VARIADIC rules.office());
