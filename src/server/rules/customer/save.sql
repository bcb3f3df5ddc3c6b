-- Creating and changing a customer with its contacts and billing sites, in one call.

CREATE FUNCTION rules.customer_number(p_on date) RETURNS text
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_number text;
BEGIN
  -- Numbers typed by hand may already hold the next one.
  LOOP
    v_number := rules.next_number('customer', p_on);
    EXIT WHEN NOT EXISTS (SELECT FROM customer WHERE number = v_number);
  END LOOP;
  RETURN v_number;
END
$$;
COMMENT ON FUNCTION rules.customer_number(date) IS 'The next customer number nobody has.';

CREATE FUNCTION rules.customer_write(p_id bigint, p_data jsonb) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{number,legal_kind,legal_name,trading_name,partner_type,status,white_label,introducer_id,title,first_name,last_name,address_1,address_2,postcode,city,country,latitude,longitude,email,phone,mobile_phone,birth_on,birth_city,birth_country,siren,siret,ape,vat_number,legal_form,rna,declared_on,published_on,journal_notice,court_register}';
  v_kinds jsonb := '{"email": "email", "phone": "phone", "mobile_phone": "phone", "siren": "siren", "siret": "siret", "ape": "ape", "vat_number": "vat", "rna": "rna"}';
  v_old customer;
  v_row customer;
  v_input jsonb;
BEGIN
  IF p_id IS NULL THEN
    v_old := jsonb_populate_record(NULL::customer, rules.default_row('customer'));
    v_old.created_on := rules.today();
    v_old.created_by := rules.caller();
    v_old.updated_by := rules.caller();
  ELSE
    SELECT * INTO v_old FROM customer WHERE id = p_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', 'id', 'record not found');
    END IF;
    PERFORM rules.check_version(p_data, v_old.row_version);
  END IF;

  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version,contacts,sites,segment_ids}', rules.customer_shown(p_id, p_data));
  v_input := rules.read_input('customer', p_data, v_keys, v_kinds, p_is_new => p_id IS NULL, p_filled => '{number,legal_name}');
  v_row := jsonb_populate_record(v_old, v_input);
  v_row := rules.customer_kind(v_row, v_input);
  v_row := rules.customer_complete(v_old, v_row, v_input);
  PERFORM rules.customer_check(v_row);
  IF v_row.number IS NULL THEN
    v_row.number := COALESCE(v_old.number, rules.customer_number(v_row.created_on));
  END IF;
  IF v_row IS NOT DISTINCT FROM v_old THEN
    RETURN p_id;
  END IF;
  RETURN rules.write_row('customer', p_id, to_jsonb(v_row) - '{id,search_text}'::text[]);
END
$$;
COMMENT ON FUNCTION rules.customer_write(bigint, jsonb) IS
  'Checks and writes the customer''s own columns; a new one when p_id is null. Locks it until commit. Returns the id.';

CREATE FUNCTION rules.customer_shown(p_id bigint, p_data jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Only a record read and sent back whole has these.
  RETURN CASE WHEN p_id IS NOT NULL AND p_data ? 'created_on' THEN api.customer_record(p_id) ELSE '{}' END;
END
$$;
COMMENT ON FUNCTION rules.customer_shown(bigint, jsonb) IS
  'What may come back unchanged: a record read, edited and sent back whole is welcome, also with what is not the customer''s to change.';

CREATE FUNCTION rules.customer_write_segments(p_customer_id bigint, p_data jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  IF NOT p_data ? 'segment_ids' THEN
    RETURN;
  ELSIF jsonb_typeof(p_data -> 'segment_ids') NOT IN ('array', 'null')
     OR EXISTS (SELECT FROM jsonb_array_elements_text(NULLIF(p_data -> 'segment_ids', 'null')) AS e WHERE COALESCE(e !~ '^[0-9]{1,18}$', true)) THEN
    PERFORM rules.invalid('segment_ids', 'invalid_value', 'an array of ids is expected');
  END IF;
  v_ids := ARRAY(SELECT DISTINCT e::bigint FROM jsonb_array_elements_text(NULLIF(p_data -> 'segment_ids', 'null')) AS e);
  IF EXISTS (SELECT FROM unnest(v_ids) AS i WHERE i NOT IN (SELECT id FROM segment)) THEN
    PERFORM rules.fail('SW002', 'segment_ids', 'record not found');
  END IF;
  DELETE FROM customer_segment WHERE customer_id = p_customer_id AND segment_id <> ALL (v_ids);
  INSERT INTO customer_segment SELECT p_customer_id, i FROM unnest(v_ids) AS i ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION rules.customer_write_segments(bigint, jsonb) IS 'Replaces the segments of a customer by segment_ids, when it is there.';

CREATE FUNCTION rules.customer_parts(p_customer_id bigint) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT string_agg(concat_ws(' ', kind, id, version), ',' ORDER BY kind, id)
    FROM (SELECT 'contact' AS kind, id, row_version AS version FROM contact WHERE customer_id = p_customer_id
          UNION ALL SELECT 'site', id, row_version FROM billing_site WHERE customer_id = p_customer_id
          UNION ALL SELECT 'mandate', id, row_version FROM mandate WHERE customer_id = p_customer_id
          UNION ALL SELECT 'segment', segment_id, 0 FROM customer_segment WHERE customer_id = p_customer_id) AS parts
$$;
COMMENT ON FUNCTION rules.customer_parts(bigint) IS 'The versions of what is saved with a customer, to tell whether any of it changed.';

CREATE FUNCTION api.customer_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_row jsonb;
  v_index int;
  v_parts text;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting', 'sw_support');
  v_id := rules.customer_write(rules.input_id(p_data), p_data);
  v_parts := rules.customer_parts(v_id);
  PERFORM rules.customer_write_segments(v_id, p_data);
  v_index := 0;
  FOR v_row IN SELECT * FROM rules.input_array(p_data, 'contacts') LOOP
    PERFORM rules.contact_write(v_id, v_row, format('contacts[%s].', v_index));
    v_index := v_index + 1;
  END LOOP;
  v_index := 0;
  FOR v_row IN SELECT * FROM rules.input_array(p_data, 'sites') LOOP
    PERFORM rules.site_write(v_id, v_row, format('sites[%s].', v_index));
    v_index := v_index + 1;
  END LOOP;
  IF rules.input_id(p_data) IS NOT NULL AND rules.customer_parts(v_id) IS DISTINCT FROM v_parts THEN
    -- A new version: whoever saves these too, from an older record, must learn of it.
    UPDATE customer SET updated_at = clock_timestamp() WHERE id = v_id;
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.customer_save(jsonb) IS
  'Creates (no id) or changes a customer: columns of api.customer, contacts [columns of api.contact], sites [columns of api.billing_site], segment_ids (replaces the set). Only keys present change; nested rows with "deleted": true go. Returns the id. SW001 SW002 SW003 SW004 SW005 SW012 SW013 on the field, contacts[0].email for nested ones. Administrator, sales administration, accounting; support but for sites.';
SELECT rules.let_call('api.customer_save(jsonb)', 'sw_adv', 'sw_accounting', 'sw_support');
