-- Requests for lines, carried to operators by whoever speaks their language.

CREATE FUNCTION api.operator_requests(p_provider text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv', 'sw_courier');
  RETURN jsonb_build_object('requests', COALESCE((SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM (
    SELECT r.id, r.action, r.operator_data AS data, r.effective_on, l.external_id, r.note
      FROM line_request AS r JOIN service_line AS l ON l.id = r.line_id
     WHERE r.provider = p_provider AND r.status = 'queued' ORDER BY r.id LIMIT 500) AS t), '[]'));
END
$$;
COMMENT ON FUNCTION api.operator_requests(text) IS
  'Requests waiting to be sent to a provider, the oldest first: {requests: [{id, action, data (as the operator accepts it), effective_on, external_id of the line, note}]}. Roles sw_adv, sw_courier.';

CREATE FUNCTION api.operator_request_note(p_id bigint, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv', 'sw_courier');
  UPDATE line_request SET note = left(p_note, 500) WHERE id = p_id AND note IS DISTINCT FROM left(p_note, 500);
END
$$;
COMMENT ON FUNCTION api.operator_request_note(bigint, text) IS
  'What happened on the way to the operator, for whoever asked: the request stays as it is. Roles sw_adv, sw_courier.';
