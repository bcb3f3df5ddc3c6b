-- The reseller's identity, as documents print it (BRAND-02…05, INVT-03, INVT-05).

CREATE VIEW api.company WITH (security_invoker = true) AS
SELECT id, name, tagline, welcome_message, address_1, address_2, postcode, city, country, phone, email, website, legal_form,
       share_capital, rcs_city, siret, ape, vat_number, vat_on_debits, vat_franchise, vat_group, bank_name, iban, bic, ics,
       brand_color, logo_media_type, late_text_professional, late_text_individual, discount_text, invoice_footer,
       contact_name, contact_phone, contact_email, row_version
  FROM softwhere.company;
COMMENT ON VIEW api.company IS 'The reseller: one row, without the logo''s bytes. Everybody; its bank account is printed on every invoice.';

CREATE FUNCTION rules.company_check(p_company softwhere.company) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_company.name = '' THEN
    PERFORM rules.required('name');
  ELSIF p_company.country = 'FR' AND NOT rules.is_postcode_fr(p_company.postcode) THEN
    PERFORM rules.invalid('postcode', 'invalid_postcode', 'a French postcode has five digits');
  ELSIF p_company.vat_number LIKE 'FR%' AND substr(p_company.vat_number, 5) <> left(p_company.siret, 9) THEN
    PERFORM rules.invalid('vat_number', 'vat_is_not_of_siren', 'this VAT number belongs to another SIREN');
  ELSIF p_company.share_capital < 0 THEN
    PERFORM rules.invalid('share_capital', 'negative', 'this cannot be negative');
  ELSIF p_company.ape IS NOT NULL AND NOT EXISTS (SELECT FROM activity_code WHERE code = p_company.ape) THEN
    PERFORM rules.invalid('ape', 'unknown_ape', 'this code is not in the nomenclature');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.company_check(softwhere.company) IS 'What the fields of the company must have in common: SW004, SW005.';

CREATE FUNCTION api.company_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old company;
  v_company company;
  v_keys text[] := '{name,tagline,welcome_message,address_1,address_2,postcode,city,country,phone,email,website,legal_form,share_capital,rcs_city,siret,ape,vat_number,vat_on_debits,vat_franchise,vat_group,bank_name,iban,bic,ics,brand_color,late_text_professional,late_text_individual,discount_text,invoice_footer,contact_name,contact_phone,contact_email}';
  v_kinds jsonb := '{"phone": "phone", "email": "email", "siret": "siret", "ape": "ape", "vat_number": "vat", "iban": "iban", "bic": "bic", "ics": "ics", "contact_phone": "phone", "contact_email": "email"}';
BEGIN
  PERFORM rules.require('sw_admin');
  SELECT * INTO STRICT v_old FROM company FOR UPDATE;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version}', (SELECT to_jsonb(c) FROM api.company AS c));
  PERFORM rules.check_version(p_data, v_old.row_version);
  v_company := jsonb_populate_record(v_old, rules.read_input('company', p_data, v_keys, v_kinds));
  v_company := jsonb_populate_record(v_company, rules.place(to_jsonb(v_old), to_jsonb(v_company), p_data));
  PERFORM rules.company_check(v_company);
  PERFORM rules.write_row('company', 1, to_jsonb(v_company) - '{id,logo,logo_media_type}'::text[]);
  RETURN 1;
END
$$;
COMMENT ON FUNCTION api.company_save(jsonb) IS
  'Changes the reseller''s identity; keys are columns of api.company. SW001 SW003 SW004 SW005. Returns its id, 1. Administrator.';
SELECT rules.let_call('api.company_save(jsonb)', 'sw_admin');

CREATE FUNCTION api.company_record(p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.numbers_as_text(to_jsonb(r)) FROM api.company AS r WHERE r.id = p_id $$;
COMMENT ON FUNCTION api.company_record(bigint) IS
  'The one row of api.company (id 1) as a form reads it again after a conflict; amounts as text. Administrator, sales administration, accounting.';
SELECT rules.let_call('api.company_record(bigint)', 'sw_adv', 'sw_accounting');

CREATE FUNCTION api.company_logo_save(p_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_type text := rules.media_type(p_content, 'logo');
BEGIN
  PERFORM rules.require('sw_admin');
  IF p_content IS NOT NULL AND (v_type IS NULL OR v_type NOT IN ('image/png', 'image/jpeg')) THEN
    PERFORM rules.fail('SW014', 'logo', 'a logo is a PNG or JPEG picture', p_reason => 'file_type');
  ELSIF length(p_content) > 1048576 THEN
    PERFORM rules.fail('SW014', 'logo', 'a logo has at most 1 MB', '1048576', p_reason => 'file_size');
  END IF;
  UPDATE company SET logo = p_content, logo_media_type = v_type;
END
$$;
COMMENT ON FUNCTION api.company_logo_save(bytea) IS
  'Sets the logo, PNG or JPEG of at most 1 MB; null removes it (BRAND-02). SW003 SW014. Administrator.';
SELECT rules.let_call('api.company_logo_save(bytea)', 'sw_admin');

CREATE FUNCTION api.company_logo() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT jsonb_build_object('type', logo_media_type, 'bytes', translate(encode(logo, 'base64'), E'\n', '')) FROM company WHERE logo IS NOT NULL $$;
COMMENT ON FUNCTION api.company_logo() IS 'The logo as {type, bytes in base64}, null when there is none. Everybody.';
SELECT rules.let_call('api.company_logo()', VARIADIC rules.office() || '{sw_partner,sw_customer}');

SELECT rules.versioned('softwhere.company');
SELECT rules.journal('softwhere.company', 'company');
SELECT rules.watch('softwhere.company', 'administration', '');
SELECT rules.let_read('softwhere.company', rules.office() || '{sw_partner,sw_customer}');
