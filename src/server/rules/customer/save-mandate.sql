-- The SEPA mandate of a billing site being saved, flattened on the site as mandate_* (SITE-08…13, DOMAIN 3.1).

CREATE FUNCTION rules.mandate_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{mandate_id,mandate_row_version,mandate_holder,mandate_rum,mandate_scheme,mandate_recurrent,mandate_signed_on,mandate_signed_place,mandate_iban,mandate_bic,mandate_status}'::text[];
COMMENT ON FUNCTION rules.mandate_keys() IS 'Keys of a submitted site that are about its mandate.';

CREATE FUNCTION rules.mandate_input(p_data jsonb, p_shown_iban text) RETURNS jsonb
LANGUAGE sql IMMUTABLE
SET search_path = rules, pg_temp
AS $$
  -- The masked IBAN coming back is one nobody touched.
  SELECT COALESCE(jsonb_object_agg(substr(key, 9), value), '{}') FROM jsonb_each(p_data)
   WHERE key = ANY (rules.mandate_keys()) AND NOT (key = 'mandate_iban' AND value #>> '{}' IS NOT DISTINCT FROM p_shown_iban)
$$;
COMMENT ON FUNCTION rules.mandate_input(jsonb, text) IS 'The mandate_* keys without their prefix.';

CREATE FUNCTION rules.mandate_write(p_customer_id bigint, p_site_id bigint, p_data jsonb, p_prefix text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_prefix text := p_prefix || 'mandate_';
  v_old mandate;
  v_row mandate;
  v_input jsonb;
BEGIN
  SELECT * INTO v_old FROM mandate WHERE billing_site_id = p_site_id AND status <> 'revoked'
   ORDER BY status = 'active' DESC, id DESC LIMIT 1 FOR UPDATE;
  v_input := rules.mandate_input(p_data, rules.iban_masked(v_old.iban));
  IF NOT EXISTS (SELECT FROM jsonb_each_text(v_input) WHERE btrim(value) <> '' AND key IN ('iban', 'bic', 'rum', 'signed_on'))
     AND v_old.id IS NULL THEN
    RETURN;
  END IF;

  -- An explicit empty id with bank data asks for a new mandate in the place of the present one.
  IF v_old.id IS NOT NULL AND v_input ? 'id' AND v_input ->> 'id' IS NULL AND COALESCE(v_input ->> 'iban', '') <> '' THEN
    UPDATE mandate SET status = 'revoked' WHERE id = v_old.id;
    v_old := NULL;
  ELSIF v_input ->> 'id' <> COALESCE(v_old.id::text, '') THEN
    PERFORM rules.fail('SW002', v_prefix || 'id', 'record not found');
  ELSIF v_old.id IS NOT NULL THEN
    PERFORM rules.check_version(v_input, v_old.row_version, v_prefix);
  END IF;

  v_row := rules.mandate_read(v_old, v_input, p_customer_id, v_prefix);
  v_row.billing_site_id := p_site_id;
  v_row.customer_id := p_customer_id;
  PERFORM rules.mandate_check(v_row, v_prefix);
  IF v_row IS DISTINCT FROM v_old THEN
    PERFORM rules.write_row('mandate', v_old.id, to_jsonb(v_row) - 'id', v_prefix);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.mandate_write(bigint, bigint, jsonb, text) IS
  'Creates, changes or (mandate_id null with a new IBAN) replaces the mandate of a site; errors on p_prefix || mandate_column.';

CREATE FUNCTION rules.mandate_read(p_old softwhere.mandate, p_input jsonb, p_customer_id bigint, p_prefix text) RETURNS softwhere.mandate
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_is_new boolean := p_old.id IS NULL;
  v_row mandate := CASE WHEN v_is_new THEN jsonb_populate_record(NULL::mandate, rules.default_row('mandate')) ELSE p_old END;
BEGIN
  v_row := jsonb_populate_record(v_row, rules.read_input('mandate', p_input,
    '{holder,rum,scheme,recurrent,signed_on,signed_place,iban,bic,status}', '{"rum": "rum", "iban": "iban", "bic": "bic"}',
    p_prefix, v_is_new, '{holder,rum}'));
  v_row.holder := COALESCE(v_row.holder, (SELECT legal_name FROM customer WHERE id = p_customer_id));
  v_row.rum := COALESCE(v_row.rum, p_old.rum, rules.next_rum(p_customer_id));
  RETURN v_row;
END
$$;
COMMENT ON FUNCTION rules.mandate_read(softwhere.mandate, jsonb, bigint, text) IS
  'The mandate with what was typed; the holder is the customer and the reference generated unless given.';

CREATE FUNCTION rules.next_rum(p_customer_id bigint) RETURNS text
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_template text := (SELECT template FROM number_series WHERE code = 'mandate');
  v_number int := (SELECT count(*) + 1 FROM mandate WHERE customer_id = p_customer_id);
  v_rum text;
BEGIN
  LOOP
    v_rum := upper(rules.format_number(v_template, lpad(p_customer_id::text, 6, '0'), rules.today(), v_number));
    EXIT WHEN NOT EXISTS (SELECT FROM mandate WHERE rum = v_rum);
    v_number := v_number + 1;
  END LOOP;
  RETURN v_rum;
END
$$;
COMMENT ON FUNCTION rules.next_rum(bigint) IS 'A free mandate reference: ADT-000042-001 is the first of the customer with id 42.';

CREATE FUNCTION rules.mandate_check(p_row softwhere.mandate, p_prefix text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_row.iban IS NULL THEN
    PERFORM rules.required(p_prefix || 'iban');
  ELSIF p_row.signed_on IS NULL THEN
    PERFORM rules.required(p_prefix || 'signed_on');
  ELSIF p_row.signed_on > rules.today() THEN
    PERFORM rules.invalid(p_prefix || 'signed_on', 'in_the_future', 'this date is in the future');
  ELSIF p_row.scheme = 'b2b' AND (SELECT legal_kind FROM customer WHERE id = p_row.customer_id) = 'individual' THEN
    PERFORM rules.invalid(p_prefix || 'scheme', 'b2b_for_individual', 'a B2B mandate is for professionals');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.mandate_check(softwhere.mandate, text) IS
  'A mandate is signed, not tomorrow, has an IBAN, and B2B is not for consumers: SW004, SW005.';
