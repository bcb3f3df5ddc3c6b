-- Machines of a contract with their meters and tranches. Machines may join a started contract, never leave it.

SELECT rules.versioned(t) FROM unnest('{softwhere.equipment,softwhere.contract_equipment}'::regclass[]) AS t;

CREATE FUNCTION rules.attach_equipment(p_contract softwhere.contract, p_values jsonb, p_path text) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_link contract_equipment := jsonb_populate_record(NULL::contract_equipment,
    rules.read_input('contract_equipment', p_values, '{equipment_id,position}', '{}', p_path, true));
  v_equipment equipment := jsonb_populate_record(NULL::equipment, rules.default_row('equipment'));
BEGIN
  IF p_contract.step = 'end_of_contract' THEN
    PERFORM rules.fail('SW016', p_path || 'equipment_id', 'a contract at its end takes no more equipment');
  END IF;
  IF v_link.equipment_id IS NOT NULL THEN
    SELECT * INTO v_equipment FROM equipment WHERE id = v_link.equipment_id FOR UPDATE;
    IF v_equipment.id IS NULL OR v_equipment.customer_id <> p_contract.customer_id
       OR v_equipment.state NOT IN ('in_stock', 'under_contract', 'in_service_off_contract') THEN
      PERFORM rules.invalid(p_path || 'equipment_id', 'equipment_not_available', 'this machine is not available to the customer');
    ELSIF EXISTS (SELECT FROM contract_equipment WHERE contract_id = p_contract.id AND equipment_id = v_equipment.id) THEN
      PERFORM rules.fail('SW012', p_path || 'equipment_id', 'this machine is already attached');
    END IF;
  ELSE
    v_equipment.customer_id := p_contract.customer_id;
  END IF;
  v_equipment.id := rules.write_row('equipment', v_equipment.id, to_jsonb(v_equipment)
    || rules.read_input('equipment', jsonb_strip_nulls(p_values), '{kind,label,serial_number}', '{}', p_path, true), p_path);
  INSERT INTO contract_equipment (contract_id, customer_id, equipment_id, position)
  VALUES (p_contract.id, p_contract.customer_id, v_equipment.id,
          COALESCE(v_link.position, (SELECT COALESCE(max(position) + 1, 0) FROM contract_equipment WHERE contract_id = p_contract.id)))
  RETURNING id INTO v_link.id;
  RETURN v_link.id;
END
$$;
COMMENT ON FUNCTION rules.attach_equipment(softwhere.contract, jsonb, text) IS
  'Attaches an existing machine (equipment_id) or a new one (label, serial_number, kind); returns the contract_equipment id.';

CREATE FUNCTION rules.change_equipment(p_contract softwhere.contract, p_values jsonb, p_path text) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_link contract_equipment;
BEGIN
  SELECT * INTO v_link FROM contract_equipment
   WHERE id = rules.input_id(p_values, p_path) AND contract_id = p_contract.id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', p_path || 'id', 'this machine is not in the contract');
  END IF;
  -- Its label and serial number may have been changed in the parc.
  PERFORM rules.check_version(p_values, v_link.row_version + (SELECT e.row_version FROM equipment AS e WHERE e.id = v_link.equipment_id), p_path);
  IF rules.is_deleted(p_values) THEN
    IF p_contract.step <> 'creation' THEN
      PERFORM rules.fail('SW016', p_path || 'deleted', 'equipment stays with its contract once it has started');
    END IF;
    DELETE FROM contract_equipment WHERE id = v_link.id;
    RETURN NULL;
  END IF;
  IF p_values ? 'position' THEN
    PERFORM rules.write_row('contract_equipment', v_link.id,
      rules.read_input('contract_equipment', p_values, '{position}', '{}', p_path), p_path);
  END IF;
  IF p_values ?| '{kind,label,serial_number}' THEN
    PERFORM rules.write_row('equipment', v_link.equipment_id,
      rules.read_input('equipment', p_values, '{kind,label,serial_number}', '{}', p_path), p_path);
  END IF;
  RETURN v_link.id;
END
$$;
COMMENT ON FUNCTION rules.change_equipment(softwhere.contract, jsonb, text) IS
  'Changes or, in creation, detaches an attached machine; returns the contract_equipment id, null when detached.';

CREATE FUNCTION rules.save_equipment(p_contract softwhere.contract, p_values jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_link_id bigint;
BEGIN
  PERFORM rules.refuse_read_only(p_values, 'api.contract_equipment', '{equipment_id,position,kind,label,serial_number,meters,deleted}', p_path);
  IF rules.input_id(p_values, p_path) IS NOT NULL THEN
    v_link_id := rules.change_equipment(p_contract, p_values, p_path);
  ELSIF NOT rules.is_deleted(p_values) THEN
    v_link_id := rules.attach_equipment(p_contract, p_values, p_path);
  END IF;
  IF v_link_id IS NOT NULL THEN
    PERFORM rules.save_meter(p_contract, v_link_id, e.entry, e.path) FROM rules.entries(p_values, 'meters', p_path) AS e;
  END IF;
END
$$;
COMMENT ON FUNCTION rules.save_equipment(softwhere.contract, jsonb, text) IS
  'One entry of equipment: without id attached, "deleted" detached (in creation), else changed; its meters follow.';
