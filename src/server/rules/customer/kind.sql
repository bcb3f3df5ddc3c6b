-- Legal kinds (SHEET-02…05, ACCT-04): which fields each has, and what must be true of them together.

CREATE FUNCTION rules.fields_not_of_kind(p_legal_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE WHEN p_legal_kind <> 'individual' THEN '{birth_on,birth_city,birth_country}'::text[] ELSE '{}' END
      || CASE WHEN p_legal_kind <> 'association' THEN '{rna,declared_on,published_on,journal_notice,court_register}'::text[] ELSE '{}' END
      || CASE WHEN p_legal_kind = 'individual' THEN '{siren,siret,ape,vat_number,legal_form,trading_name}'::text[] ELSE '{}' END
$$;
COMMENT ON FUNCTION rules.fields_not_of_kind(text) IS
  'Fields a legal kind does not have: birth is of individuals, the declaration of associations, the SIRET of everybody but individuals.';

CREATE FUNCTION rules.fields_rare_for_kind(p_legal_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_legal_kind IN ('company', 'public_body', 'association') THEN '{title,first_name,last_name}'::text[] ELSE '{}' END;
COMMENT ON FUNCTION rules.fields_rare_for_kind(text) IS
  'Fields a legal kind may have, and hardly ever has: the name of a person is a contact''s, where the customer is none.';

CREATE FUNCTION rules.customer_kind(p_row softwhere.customer, p_input jsonb) RETURNS softwhere.customer
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_foreign text[] := rules.fields_not_of_kind(p_row.legal_kind);
  v_field text;
BEGIN
  SELECT key INTO v_field FROM jsonb_each_text(p_input) WHERE key = ANY (v_foreign) AND value IS NOT NULL ORDER BY key LIMIT 1;
  IF FOUND THEN
    PERFORM rules.invalid(v_field, 'not_for_legal_kind', format('a customer of kind %s has no such field', p_row.legal_kind));
  END IF;
  -- When the kind changes, what the former one had goes; the journal keeps it.
  RETURN jsonb_populate_record(p_row, (SELECT COALESCE(jsonb_object_agg(f, NULL), '{}') FROM unnest(v_foreign) AS f));
END
$$;
COMMENT ON FUNCTION rules.customer_kind(softwhere.customer, jsonb) IS
  'Refuses typed fields the legal kind does not have (SW005 not_for_legal_kind) and empties those left from another kind.';

CREATE FUNCTION rules.customer_complete(p_old softwhere.customer, p_row softwhere.customer, p_input jsonb) RETURNS softwhere.customer
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_name text := NULLIF(concat_ws(' ', p_row.first_name, p_row.last_name), '');
BEGIN
  -- A person's account is called by their name, unless it was given another one.
  IF p_row.legal_kind IN ('individual', 'liberal_profession') AND v_name IS NOT NULL AND p_row.last_name IS NOT NULL
     AND (p_row.legal_name IS NULL
          OR NOT p_input ? 'legal_name' AND p_old.legal_name = concat_ws(' ', p_old.first_name, p_old.last_name)) THEN
    p_row.legal_name := v_name;
  END IF;
  -- The SIRET says the SIREN, and so does the VAT number of a French company.
  IF p_row.siret IS NOT NULL AND NOT (p_input ? 'siren' AND p_row.siren IS NOT NULL) THEN
    p_row.siren := left(p_row.siret, 9);
  ELSIF p_row.siren IS NULL AND p_row.vat_number ~ '^FR..(?!000)' THEN
    p_row.siren := substr(p_row.vat_number, 5);
  END IF;
  RETURN jsonb_populate_record(p_row, rules.place(to_jsonb(p_old), to_jsonb(p_row), p_input));
END
$$;
COMMENT ON FUNCTION rules.customer_complete(softwhere.customer, softwhere.customer, jsonb) IS
  'Fills what follows from what was typed: a person''s legal name, the SIREN, the city and its place on the map.';

CREATE FUNCTION rules.customer_check(p_row softwhere.customer) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_row.legal_kind IS NULL THEN
    PERFORM rules.required('legal_kind');
  ELSIF p_row.legal_name IS NULL THEN
    PERFORM rules.required(CASE WHEN p_row.legal_kind IN ('individual', 'liberal_profession') THEN 'last_name' ELSE 'legal_name' END);
  ELSIF p_row.country = 'FR' AND NOT rules.is_postcode_fr(p_row.postcode) THEN
    PERFORM rules.invalid('postcode', 'invalid_postcode', 'a French postcode has five digits');
  ELSIF length(p_row.number) > 35 THEN
    PERFORM rules.invalid('number', 'too_long', 'a customer number has at most 35 characters');
  ELSIF p_row.latitude NOT BETWEEN -90 AND 90 THEN
    PERFORM rules.invalid('latitude', 'out_of_range', 'a latitude is between -90 and 90 degrees');
  ELSIF p_row.longitude NOT BETWEEN -180 AND 180 THEN
    PERFORM rules.invalid('longitude', 'out_of_range', 'a longitude is between -180 and 180 degrees');
  ELSIF p_row.birth_on > rules.today() THEN
    PERFORM rules.invalid('birth_on', 'in_the_future', 'this date is in the future');
  ELSIF p_row.birth_on < '1900-01-01' THEN
    PERFORM rules.invalid('birth_on', 'too_old', 'this date is too long ago');
  END IF;
  PERFORM rules.customer_check_register(p_row);
END
$$;
COMMENT ON FUNCTION rules.customer_check(softwhere.customer) IS 'What must be true of a customer, whatever the kind: SW004, SW005.';

CREATE FUNCTION rules.customer_check_register(p_row softwhere.customer) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_row.siren <> left(p_row.siret, 9) THEN
    PERFORM rules.invalid('siret', 'siret_is_not_of_siren', 'this SIRET belongs to another SIREN');
  ELSIF p_row.vat_number LIKE 'FR%' AND substr(p_row.vat_number, 5) <> p_row.siren THEN
    PERFORM rules.invalid('vat_number', 'vat_is_not_of_siren', 'this VAT number belongs to another SIREN');
  ELSIF p_row.ape IS NOT NULL AND NOT EXISTS (SELECT FROM activity_code WHERE code = p_row.ape) THEN
    PERFORM rules.invalid('ape', 'unknown_ape', 'this code is not in the nomenclature');
  ELSIF p_row.declared_on < '1901-07-01' THEN
    PERFORM rules.invalid('declared_on', 'before_law_of_1901', 'no association was declared before the law of 1 July 1901');
  ELSIF p_row.declared_on > rules.today() THEN
    PERFORM rules.invalid('declared_on', 'in_the_future', 'this date is in the future');
  ELSIF p_row.published_on > rules.today() THEN
    PERFORM rules.invalid('published_on', 'in_the_future', 'this date is in the future');
  ELSIF p_row.published_on < p_row.declared_on THEN
    PERFORM rules.invalid('published_on', 'customer_published_after_declared', 'the Official Journal publishes after the declaration');
  ELSIF p_row.published_on < '1901-07-01' THEN
    PERFORM rules.invalid('published_on', 'before_law_of_1901', 'no association was published before the law of 1 July 1901');
  ELSIF length(p_row.journal_notice) > 30 THEN
    PERFORM rules.invalid('journal_notice', 'too_long', 'an announcement number has at most 30 characters');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.customer_check_register(softwhere.customer) IS
  'SIRET, VAT number, APE and the dates of an association agree with each other (DOMAIN 2.2 to 2.6): SW005.';
