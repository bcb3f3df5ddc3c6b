-- A site of installation with what stands there.

CREATE FUNCTION api.service_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(s) - 'search_text' FROM api.service AS s WHERE s.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN v_record || jsonb_build_object(
    'equipment', (SELECT COALESCE(jsonb_agg(to_jsonb(e) - 'search_text' ORDER BY e.label, e.id), '[]') FROM api.equipment AS e WHERE e.service_id = p_id),
    'events', (SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.id DESC), '[]')
                 FROM (SELECT * FROM api.equipment_event WHERE service_id = p_id ORDER BY id DESC LIMIT 200) AS v));
END
$$;
COMMENT ON FUNCTION api.service_record(bigint) IS
  'Columns of api.service, equipment (machines at the site) and events (their latest 200 movements). SW002. Every role, its own rows.';
