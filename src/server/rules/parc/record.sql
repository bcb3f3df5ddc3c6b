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
    'figures', (SELECT jsonb_build_object('active_lines', count(*) FILTER (WHERE l.activity = 'active'), 'monthly_net', COALESCE(sum(o.monthly_net), 0.00)::text)
                  FROM service_line AS l
                  LEFT JOIN (SELECT f.line_id, sum(round(f.quantity * f.price / f.price_months, 2)) AS monthly_net FROM line_offer AS f
                              WHERE f.customer_id = (v_record ->> 'customer_id')::bigint AND (SELECT rules.today()) BETWEEN f.starts_on AND COALESCE(f.ends_on, 'infinity')
                              GROUP BY f.line_id) AS o ON o.line_id = l.id
                 WHERE l.service_id = p_id),
    'lines_by_activity', (SELECT COALESCE(jsonb_agg(jsonb_build_object('state', a.state, 'operator_name', p.name, 'lines', a.lines) ORDER BY a.lines DESC, a.state), '[]')
                            FROM (SELECT rules.line_state(l.activity, l.restriction) AS state, COALESCE(l.operator_id, (v_record ->> 'operator_id')::bigint) AS operator_id, count(*) AS lines
                                    FROM service_line AS l WHERE l.service_id = p_id GROUP BY 1, 2) AS a
                            LEFT JOIN operator AS p ON p.id = a.operator_id),
    'equipment', (SELECT COALESCE(jsonb_agg(to_jsonb(e) - 'search_text' ORDER BY e.label, e.id), '[]') FROM api.equipment AS e WHERE e.service_id = p_id),
    'events', (SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.id DESC), '[]')
                 FROM (SELECT * FROM api.equipment_event WHERE service_id = p_id ORDER BY id DESC LIMIT 200) AS v),
    'history', (SELECT COALESCE(jsonb_agg(to_jsonb(h) ORDER BY h.id DESC), '[]')
                  FROM (SELECT * FROM api.change WHERE entity = 'service' AND entity_id = p_id ORDER BY id DESC LIMIT 200) AS h));
END
$$;
COMMENT ON FUNCTION api.service_record(bigint) IS
  'Columns of api.service, figures (active_lines, monthly_net in € excl. VAT as text), lines_by_activity (lines of each state and operator), equipment (machines at the site), events (their latest 200 movements), history (latest 200 changes; the office only). SW002. Every role, its own rows.';
