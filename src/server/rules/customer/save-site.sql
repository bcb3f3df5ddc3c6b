-- One billing site of a customer being saved, with its mandate (SITE-*, ICUST-10…13).

CREATE FUNCTION rules.site_write(p_customer_id bigint, p_data jsonb, p_prefix text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{name,status,vat_rate,vat_exemption,periodicity_months,period_format,payment_method,payment_days,block_reminders,no_detailed_invoice,billing_email,purchase_order,billing_name,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_country,delivery_name,delivery_address_1,delivery_address_2,delivery_postcode,delivery_city,delivery_country}';
  v_id bigint := rules.input_id(p_data, p_prefix);
  v_row billing_site;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  IF v_id IS NULL THEN
    IF rules.is_deleted(p_data) THEN
      RETURN;
    END IF;
    v_row := jsonb_populate_record(NULL::billing_site, rules.default_row('billing_site'));
    v_row.customer_id := p_customer_id;
  ELSE
    SELECT * INTO v_row FROM billing_site WHERE id = v_id AND customer_id = p_customer_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', p_prefix || 'id', 'record not found');
    END IF;
    PERFORM rules.check_version(p_data, v_row.row_version, p_prefix);
  END IF;
  IF rules.is_deleted(p_data) THEN
    PERFORM rules.site_delete(v_id, p_prefix);
    RETURN;
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || rules.mandate_keys() || '{id,row_version,deleted}',
    jsonb_build_object('customer_id', p_customer_id)
      || COALESCE((SELECT to_jsonb(s) FROM api.billing_site AS s WHERE s.id = v_id), '{}'), p_prefix);
  v_row := rules.site_read(v_row, p_data, v_keys, p_prefix);
  v_id := rules.write_row('billing_site', v_id, to_jsonb(v_row) - 'id', p_prefix);
  PERFORM rules.mandate_write(p_customer_id, v_id, p_data, p_prefix);
  PERFORM rules.site_check_payment(v_id, p_prefix);
END
$$;
COMMENT ON FUNCTION rules.site_write(bigint, jsonb, text) IS
  'Inserts, changes or removes one billing site and its mandate; errors on p_prefix || column. Administrator, sales administration, accounting.';

CREATE FUNCTION rules.site_read(p_row softwhere.billing_site, p_data jsonb, p_keys text[], p_prefix text) RETURNS softwhere.billing_site
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old jsonb := to_jsonb(p_row);
  v_side text;
  v_row jsonb;
BEGIN
  p_row := jsonb_populate_record(p_row, rules.read_input('billing_site', p_data, p_keys, '{"billing_email": "email"}', p_prefix,
    p_row.id IS NULL, '{name}'));
  p_row.name := COALESCE(p_row.name, (SELECT legal_name FROM customer WHERE id = p_row.customer_id));
  FOREACH v_side IN ARRAY ARRAY['billing_', 'delivery_'] LOOP
    v_row := to_jsonb(p_row);
    IF COALESCE(v_row ->> (v_side || 'country'), 'FR') = 'FR' AND NOT rules.is_postcode_fr(v_row ->> (v_side || 'postcode')) THEN
      PERFORM rules.invalid(p_prefix || v_side || 'postcode', 'invalid_postcode', 'a French postcode has five digits');
    END IF;
    p_row := jsonb_populate_record(p_row, rules.place(v_old, v_row, p_data, v_side));
  END LOOP;
  RETURN p_row;
END
$$;
COMMENT ON FUNCTION rules.site_read(softwhere.billing_site, jsonb, text[], text) IS
  'The site with what was typed, its postcodes checked and their cities filled.';

CREATE FUNCTION rules.site_check_payment(p_site_id bigint, p_prefix text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF (SELECT payment_method FROM billing_site WHERE id = p_site_id) = 'direct_debit'
     AND NOT EXISTS (SELECT FROM mandate WHERE billing_site_id = p_site_id AND status = 'active') THEN
    IF EXISTS (SELECT FROM mandate WHERE billing_site_id = p_site_id AND status = 'suspended') THEN
      PERFORM rules.invalid(p_prefix || 'mandate_status', 'direct_debit_without_mandate', 'direct debit needs an active mandate');
    END IF;
    PERFORM rules.fail('SW004', p_prefix || 'mandate_iban', 'direct debit needs an active mandate', p_reason => 'direct_debit_without_mandate');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.site_check_payment(bigint, text) IS 'A site paid by direct debit has an active mandate: SW004 on mandate_iban, SW005 on mandate_status.';

CREATE FUNCTION rules.site_delete(p_site_id bigint, p_prefix text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  DELETE FROM mandate WHERE billing_site_id = p_site_id;
  DELETE FROM attachment WHERE entity = 'billing_site' AND entity_id = p_site_id;
  DELETE FROM billing_site WHERE id = p_site_id;
EXCEPTION WHEN foreign_key_violation THEN
  PERFORM rules.fail('SW013', p_prefix || 'deleted', 'contracts or invoices use this site: terminate it instead');
END
$$;
COMMENT ON FUNCTION rules.site_delete(bigint, text) IS 'Removes a site nothing was ever billed for; SW013 otherwise.';
