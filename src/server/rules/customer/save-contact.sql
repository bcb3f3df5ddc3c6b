-- One contact of a customer being saved (CONT-*).

CREATE FUNCTION rules.contact_write(p_customer_id bigint, p_data jsonb, p_prefix text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{title,first_name,last_name,phone,direct_phone,mobile_phone,job,email,is_billing_manager,is_site_manager}';
  v_id bigint := rules.input_id(p_data, p_prefix);
  v_row contact;
BEGIN
  IF v_id IS NULL THEN
    IF rules.is_deleted(p_data) THEN
      RETURN;
    END IF;
    v_row := jsonb_populate_record(NULL::contact, rules.default_row('contact'));
  ELSE
    SELECT * INTO v_row FROM contact WHERE id = v_id AND customer_id = p_customer_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', p_prefix || 'id', 'record not found');
    END IF;
    PERFORM rules.check_version(p_data, v_row.row_version, p_prefix);
  END IF;
  IF rules.is_deleted(p_data) THEN
    DELETE FROM contact WHERE id = v_id;
    RETURN;
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version,deleted}', jsonb_build_object('customer_id', p_customer_id), p_prefix);
  v_row := jsonb_populate_record(v_row, rules.read_input('contact', p_data, v_keys,
    '{"phone": "phone", "direct_phone": "phone", "mobile_phone": "phone", "email": "email"}', p_prefix, v_id IS NULL));
  v_row.customer_id := p_customer_id;
  PERFORM rules.contact_check(v_id, v_row, p_prefix);
  PERFORM rules.write_row('contact', v_id, to_jsonb(v_row) - 'id', p_prefix);
END
$$;
COMMENT ON FUNCTION rules.contact_write(bigint, jsonb, text) IS 'Inserts, changes or removes one contact; errors on p_prefix || column.';

CREATE FUNCTION rules.contact_check(p_id bigint, p_row softwhere.contact, p_prefix text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_row.last_name IS NULL THEN
    PERFORM rules.required(p_prefix || 'last_name');
  ELSIF p_row.email IS NULL AND (p_row.is_billing_manager OR p_row.is_site_manager) THEN
    -- Invoices go to the one, credentials to the other (ICUST-06, ICUST-08).
    PERFORM rules.required(p_prefix || 'email');
  ELSIF p_row.is_site_manager AND EXISTS (
          SELECT FROM contact WHERE is_site_manager AND lower(email) = lower(p_row.email) AND id IS DISTINCT FROM p_id) THEN
    PERFORM rules.fail('SW012', p_prefix || 'email', 'another site manager has this e-mail', p_reason => 'contact_site_manager_email_unique');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.contact_check(bigint, softwhere.contact, text) IS
  'A contact has a last name; managers have an e-mail, and a site manager''s is theirs alone (ICUST-08): SW004, SW012.';
