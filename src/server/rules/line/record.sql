-- One line with all its page shows, in one round trip.

CREATE FUNCTION api.line_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(l) - 'search_text' FROM api.line AS l WHERE l.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  -- A statement of its own: the permission on purchase prices is checked even where nothing is read.
  IF rules.sees_margin() THEN
    v_record := v_record || jsonb_build_object('margin',
      (SELECT to_jsonb(m) - '{id,customer_id,number}'::text[] FROM api.line_margin AS m WHERE m.id = p_id));
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'locked', CASE WHEN v_record ->> 'activity' = 'under_construction' THEN '[]'::jsonb ELSE '["number", "first_name", "last_name", "activity", "offers"]' END,
    'offers', (SELECT COALESCE(jsonb_agg(to_jsonb(o) ORDER BY o.starts_on > rules.today() DESC, o.is_current DESC, o.kind DESC, o.starts_on DESC, o.id DESC), '[]') FROM api.line_offer AS o WHERE o.line_id = p_id),
    'sim_cards', (SELECT COALESCE(jsonb_agg(to_jsonb(s) - '{search_text,customer_name,number}'::text[] ORDER BY s.state_entered_on DESC, s.id DESC), '[]') FROM api.sim_card AS s WHERE s.line_id = p_id),
    'equipment', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', e.id, 'label', e.label, 'serial_number', e.serial_number, 'imei', e.imei, 'state', e.state) ORDER BY e.id), '[]')
                    FROM equipment AS e WHERE e.line_id = p_id),
    'requests', (SELECT COALESCE(jsonb_agg(to_jsonb(r) - '{search_text,number,user_name,customer_name}'::text[] ORDER BY r.id DESC), '[]')
                   FROM (SELECT * FROM api.line_request WHERE line_id = p_id ORDER BY id DESC LIMIT 200) AS r),
    'next_actions', (SELECT COALESCE(jsonb_agg(to_jsonb(a) - 'line_id' ORDER BY a.position), '[]') FROM api.line_next_action AS a WHERE a.line_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.line_record(bigint) IS
  'Columns of api.line, locked (fields only a request changes), offers (those to come, today''s, then history), sim_cards, equipment, requests (latest 200), next_actions; for managers margin. Amounts as text. SW002. Every role, its own rows.';

CREATE FUNCTION api.line_request_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(r) - 'search_text' FROM api.line_request AS r WHERE r.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'line', (SELECT to_jsonb(l) - 'search_text' FROM api.line AS l WHERE l.id = (v_record ->> 'line_id')::bigint),
    'next_actions', (SELECT COALESCE(jsonb_agg(to_jsonb(a) - 'request_id' ORDER BY a.position), '[]') FROM api.line_request_next_action AS a WHERE a.request_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.line_request_record(bigint) IS
  'Columns of api.line_request, line (those of api.line) and next_actions. Amounts as text. SW002. Every role, its own rows.';
