-- Machines outside their contract: stock, attachment to a site.

CREATE FUNCTION api.equipment_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{customer_id,service_id,line_id,offer_id,kind,label,serial_number,imei,mac_address}';
  v_id bigint;
  v_old equipment;
  v_new equipment;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_staging', 'sw_deployment', 'sw_technician');
  SELECT * INTO v_old FROM equipment WHERE id = rules.input_id(p_data) FOR UPDATE;
  IF v_old.id IS NULL AND COALESCE(p_data ->> 'label', '') = '' AND rules.id_in(p_data, 'offer_id') IS NOT NULL THEN
    p_data := p_data || COALESCE((SELECT jsonb_build_object('label', label) FROM offer WHERE id = rules.id_in(p_data, 'offer_id') AND kind = 'equipment'), '{}');
  END IF;
  IF v_old.customer_id IS NULL AND NULLIF(p_data ->> 'customer_id', '') IS NULL THEN
    -- Whose site or line it is put at is its customer.
    p_data := p_data || COALESCE((SELECT jsonb_build_object('customer_id', customer_id) FROM service WHERE id = rules.id_in(p_data, 'service_id')),
                                 (SELECT jsonb_build_object('customer_id', customer_id) FROM service_line WHERE id = rules.id_in(p_data, 'line_id')), '{}');
  END IF;
  v_id := rules.save_record('equipment', 'api.equipment', p_data, v_keys, '{}', '{events,contracts,next_states,next_actions}', '{"imei": "imei"}');
  SELECT * INTO v_new FROM equipment WHERE id = v_id;
  IF v_new.service_id IS NOT NULL AND v_new.customer_id IS DISTINCT FROM (SELECT customer_id FROM service WHERE id = v_new.service_id) THEN
    PERFORM rules.invalid('service_id', 'service_of_another_customer', 'this site is not one of the customer');
  ELSIF v_new.line_id IS NOT NULL AND v_new.customer_id IS DISTINCT FROM (SELECT customer_id FROM service_line WHERE id = v_new.line_id) THEN
    PERFORM rules.invalid('line_id', 'line_of_another_customer', 'this line is not one of the customer');
  ELSIF v_old.customer_id IS DISTINCT FROM v_new.customer_id AND v_old.state IN ('under_contract', 'sold', 'dead') THEN
    PERFORM rules.fail('SW013', 'customer_id', 'this machine is held by its contract, sold or dead');
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.equipment_save(jsonb) IS
  'Creates (in stock) or changes a machine: columns of api.equipment but state, see api.equipment_set_state. The label defaults to that of offer_id, the customer of a free one to that of service_id or line_id. SW001 SW002 SW003 SW004 SW005 SW012 SW013. Roles sw_adv, sw_staging, sw_deployment, sw_technician.';

CREATE FUNCTION api.equipment_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(e) FROM api.equipment AS e WHERE e.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN v_record || jsonb_build_object(
    'events', (SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.id DESC), '[]') FROM api.equipment_event AS v WHERE v.equipment_id = p_id),
    'contracts', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'step', c.step) ORDER BY c.id DESC), '[]')
                    FROM contract_equipment AS h JOIN contract AS c ON c.id = h.contract_id WHERE h.equipment_id = p_id),
    'next_states', (SELECT COALESCE(jsonb_agg(a.to_state ORDER BY a.to_state), '[]') FROM equipment_arc AS a
                     WHERE a.from_state = v_record ->> 'state' AND a.by_hand
                       AND rules.has_role('sw_adv', 'sw_staging', 'sw_deployment', 'sw_technician')),
    'next_actions', (SELECT COALESCE(jsonb_agg(to_jsonb(n) - 'equipment_id' ORDER BY n.position), '[]') FROM api.equipment_next_action AS n WHERE n.equipment_id = p_id));
END
$$;
COMMENT ON FUNCTION api.equipment_record(bigint) IS
  'Columns of api.equipment, events (its history, newest first), contracts that hold or held it, next_states the caller may give it, next_actions (api.equipment_next_action). SW002. Every role, its own rows.';

CREATE FUNCTION rules.equipment_set_search() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  NEW.search_text := rules.fold(concat_ws(' ', NEW.label, NEW.serial_number, NEW.imei, NEW.mac_address,
    (SELECT concat_ws(' ', c.number, c.legal_name) FROM customer AS c WHERE c.id = NEW.customer_id)));
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.equipment_set_search() IS 'Row trigger: keeps equipment.search_text.';
CREATE TRIGGER z_search BEFORE INSERT OR UPDATE ON softwhere.equipment FOR EACH ROW EXECUTE FUNCTION rules.equipment_set_search();
-- Machines from before they were searched.
UPDATE softwhere.equipment SET search_text = '' WHERE search_text = '';
