-- A contract and all that hangs on it, in one round trip.

CREATE FUNCTION rules.contract_equipment_json(p_contract_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(jsonb_agg(to_jsonb(h) || jsonb_build_object('meters',
           (SELECT COALESCE(jsonb_agg(to_jsonb(m) ORDER BY m.position, m.id), '[]')
              FROM api.meter AS m WHERE m.contract_equipment_id = h.id)) ORDER BY h.position, h.id), '[]')
    FROM api.contract_equipment AS h WHERE h.contract_id = p_contract_id
$$;
COMMENT ON FUNCTION rules.contract_equipment_json(bigint) IS 'Machines of a contract with their meters and tranches.';

CREATE FUNCTION rules.contract_invoices_json(p_contract_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(jsonb_agg(to_jsonb(i) ORDER BY i.issued_on DESC NULLS FIRST, i.id DESC), '[]')
    FROM (SELECT id, number, kind, status, due_period_on, period_start_on, period_end_on, issued_on, payment_due_on,
                 total_net, total_vat, total_gross, balance,
                 COALESCE(status = 'issued' AND balance > 0 AND payment_due_on < rules.today(), false) AS overdue
            FROM rules.contract_invoices(p_contract_id)) AS i
$$;
COMMENT ON FUNCTION rules.contract_invoices_json(bigint) IS 'Invoices of a contract, newest first (WF-35).';

CREATE FUNCTION rules.contract_locked(p_step text) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = rules, pg_temp
AS $$
  SELECT CASE
    WHEN p_step = 'creation' THEN '{}'::text[]
    WHEN rules.is_live(p_step) THEN rules.contract_frozen() || '{end_on}'::text[]
    ELSE rules.contract_keys() || '{items,equipment}'::text[]
  END
$$;
COMMENT ON FUNCTION rules.contract_locked(text) IS
  'Fields a form need not offer in this step, because a save would refuse them.';

CREATE FUNCTION api.contract_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(c) - 'search_text' FROM api.contract AS c WHERE c.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', NULL, format('there is no contract %s', p_id));
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'locked', rules.contract_locked(v_record ->> 'step'),
    'items', (SELECT COALESCE(jsonb_agg(to_jsonb(i) ORDER BY i.position, i.id), '[]') FROM api.contract_item AS i WHERE i.contract_id = p_id),
    'equipment', rules.contract_equipment_json(p_id),
    'readings', (SELECT COALESCE(jsonb_agg(to_jsonb(r) ORDER BY r.due_on DESC, rules.reading_rank(r.kind) DESC, r.id), '[]')
                   FROM api.meter_reading AS r WHERE r.contract_id = p_id),
    'invoices', rules.contract_invoices_json(p_id),
    'events', (SELECT COALESCE(jsonb_agg(to_jsonb(e) ORDER BY e.id DESC), '[]')
                 FROM (SELECT * FROM api.contract_event WHERE contract_id = p_id ORDER BY id DESC LIMIT 200) AS e),
    'attachments', (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.id), '[]')
                      FROM (SELECT id, name, media_type, size, created_at, created_by FROM attachment
                             WHERE entity = 'contract' AND entity_id = p_id) AS a),
    'next_actions', (SELECT COALESCE(jsonb_agg(to_jsonb(a) - 'contract_id' ORDER BY a.position), '[]')
                       FROM api.contract_next_action AS a WHERE a.contract_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.contract_record(bigint) IS
  'Columns of api.contract and items, equipment (meters, tranches), readings, invoices, events (latest 200), attachments, next_actions, locked (fields a save would refuse now). Amounts are text. SW002 when there is none or it may not be seen. Every role, its own rows.';
