-- Meters of an attached machine and their price bands. A tariff is frozen with the contract.

SELECT rules.versioned('softwhere.meter');

CREATE FUNCTION rules.meter_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{label,unit,digits,included_volume,committed_volume,vat_rate,position}'::text[];
COMMENT ON FUNCTION rules.meter_keys() IS 'Keys of a meter a save may write, beside its tranches.';

CREATE FUNCTION rules.check_tranches(p_meter jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_bound numeric := 0;
  v_tranche meter_tranche;
  v_path text;
  v_entry jsonb;
BEGIN
  FOR v_path, v_entry IN SELECT e.path, e.entry FROM rules.entries(p_meter, 'tranches', p_path) AS e LOOP
    PERFORM rules.refuse_unknown_keys(v_entry, '{up_to,unit_price}', '{}', v_path);
    v_tranche := jsonb_populate_record(NULL::meter_tranche,
      rules.read_input('meter_tranche', v_entry, '{up_to,unit_price}', '{}', v_path));
    IF v_tranche.unit_price IS NULL THEN
      PERFORM rules.required(v_path || 'unit_price');
    ELSIF v_tranche.unit_price < 0 THEN
      PERFORM rules.invalid(v_path || 'unit_price', 'negative', 'a price is not negative');
    ELSIF v_bound IS NULL OR v_tranche.up_to <= v_bound THEN
      PERFORM rules.invalid(v_path || 'up_to', 'tranches_do_not_grow', 'bounds grow from one band to the next, and only the last has none');
    END IF;
    v_bound := v_tranche.up_to;
  END LOOP;
  IF v_bound > 0 THEN
    PERFORM rules.invalid(v_path || 'up_to', 'last_tranche_has_a_bound', 'the last band has no bound');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_tranches(jsonb, text) IS 'Bands must be strictly increasing, the last one without bound (up_to null). SW004, SW005.';

CREATE FUNCTION rules.meter_tariff(p_meter_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('up_to', up_to, 'unit_price', unit_price) ORDER BY up_to NULLS LAST), '[]')
    FROM meter_tranche WHERE meter_id = p_meter_id
$$;
COMMENT ON FUNCTION rules.meter_tariff(bigint) IS 'Price bands of a meter, in order.';

CREATE FUNCTION rules.replace_tranches(p_meter softwhere.meter, p_values jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  DELETE FROM meter_tranche WHERE meter_id = p_meter.id;
  INSERT INTO meter_tranche (meter_id, customer_id, up_to, unit_price)
  SELECT p_meter.id, p_meter.customer_id, NULLIF(t ->> 'up_to', '')::numeric, (t ->> 'unit_price')::numeric
    FROM jsonb_array_elements(p_values -> 'tranches') AS t;
END
$$;
COMMENT ON FUNCTION rules.replace_tranches(softwhere.meter, jsonb) IS 'The submitted bands are the bands: they have no identity of their own.';

CREATE FUNCTION rules.check_meter_frozen(p_old softwhere.meter, p_new softwhere.meter, p_values jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_key text := CASE
    WHEN rules.is_deleted(p_values) THEN 'deleted'
    WHEN p_new.unit <> p_old.unit THEN 'unit'
    WHEN p_new.digits <> p_old.digits THEN 'digits'
    WHEN p_new.included_volume <> p_old.included_volume THEN 'included_volume'
    WHEN p_new.committed_volume <> p_old.committed_volume THEN 'committed_volume'
    WHEN p_new.vat_rate IS DISTINCT FROM p_old.vat_rate THEN 'vat_rate'
    WHEN jsonb_typeof(p_values -> 'tranches') = 'array' AND rules.meter_tariff(p_old.id) <>
         (SELECT COALESCE(jsonb_agg(jsonb_build_object('up_to', NULLIF(t ->> 'up_to', '')::numeric(14,2),
                                                       'unit_price', (t ->> 'unit_price')::numeric(16,6)) ORDER BY n), '[]')
            FROM jsonb_array_elements(p_values -> 'tranches') WITH ORDINALITY AS e (t, n)) THEN 'tranches'
  END;
BEGIN
  IF v_key IS NOT NULL THEN
    PERFORM rules.fail('SW016', p_path || v_key, 'the tariff of a meter is frozen once the contract has started');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_meter_frozen(softwhere.meter, softwhere.meter, jsonb, text) IS 'SW016 when the tariff of a meter would change.';

CREATE FUNCTION rules.save_meter(p_contract softwhere.contract, p_link_id bigint, p_values jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old meter;
  v_new meter;
BEGIN
  PERFORM rules.refuse_read_only(p_values, 'api.meter', rules.meter_keys() || '{tranches,deleted}', p_path);
  PERFORM rules.check_tranches(p_values, p_path);
  IF rules.input_id(p_values, p_path) IS NULL THEN
    IF rules.is_deleted(p_values) THEN
      RETURN;
    ELSIF p_contract.step = 'end_of_contract' THEN
      PERFORM rules.fail('SW016', p_path || 'label', 'a contract at its end takes no more meters');
    END IF;
    v_new := jsonb_populate_record(NULL::meter, rules.default_row('meter')
      || jsonb_build_object('contract_equipment_id', p_link_id, 'contract_id', p_contract.id, 'customer_id', p_contract.customer_id,
           'position', (SELECT COALESCE(max(position) + 1, 0) FROM meter WHERE contract_equipment_id = p_link_id))
      || rules.read_input('meter', jsonb_strip_nulls(p_values), rules.meter_keys(), '{}', p_path, true));
  ELSE
    SELECT * INTO v_old FROM meter
     WHERE id = rules.input_id(p_values, p_path) AND contract_equipment_id = p_link_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', p_path || 'id', 'this meter is not on the machine');
    END IF;
    PERFORM rules.check_version(p_values, v_old.row_version, p_path);
    v_new := jsonb_populate_record(v_old, rules.read_input('meter', p_values, rules.meter_keys(), '{}', p_path));
    IF p_contract.step <> 'creation' THEN
      PERFORM rules.check_meter_frozen(v_old, v_new, p_values, p_path);
    ELSIF rules.is_deleted(p_values) THEN
      DELETE FROM meter WHERE id = v_old.id;
      RETURN;
    END IF;
  END IF;
  v_new.id := rules.write_row('meter', v_new.id, to_jsonb(v_new), p_path);
  IF jsonb_typeof(p_values -> 'tranches') = 'array' THEN
    PERFORM rules.replace_tranches(v_new, p_values);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.save_meter(softwhere.contract, bigint, jsonb, text) IS
  'One entry of meters: without id added, "deleted" removed (in creation), else changed; tranches, when present, replace the bands.';

CREATE FUNCTION rules.settle_meters(p_contract softwhere.contract, p_metered_given boolean) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NOT p_contract.metered AND EXISTS (SELECT FROM meter WHERE contract_id = p_contract.id) THEN
    IF p_metered_given OR p_contract.step <> 'creation' THEN
      PERFORM rules.invalid('metered', 'meters_without_readings', 'meters need a contract with readings');
    END IF;
    UPDATE contract SET metered = true WHERE id = p_contract.id;
  ELSIF p_contract.step IN ('start_billing', 'periodic_billing') THEN
    -- Machines that joined a started contract.
    PERFORM rules.hold_equipment(ARRAY[p_contract.id]);
    INSERT INTO meter_reading (contract_id, customer_id, meter_id, kind, due_on)
    SELECT contract_id, customer_id, id, 'initial', GREATEST(p_contract.effective_on, rules.today())
      FROM meter AS m
     WHERE contract_id = p_contract.id AND p_contract.step = 'periodic_billing'
       AND NOT EXISTS (SELECT FROM meter_reading AS r WHERE r.meter_id = m.id) ORDER BY id;
    PERFORM rules.create_reading_lines(ARRAY[p_contract.id], 'initial');
    PERFORM rules.create_reading_lines(ARRAY[p_contract.id], 'periodic');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.settle_meters(softwhere.contract, boolean) IS
  'After the nested rows: meters make a contract in creation metered; those that join a started one get their reading lines.';
