-- Customers, contacts and billing sites from a file: found again by what identifies them, written by their own save functions.

CREATE FUNCTION rules.import_customers(p_key text) RETURNS bigint[]
LANGUAGE plpgsql STABLE
SET enable_seqscan = off   -- the statistics know nothing of the customers this import has made so far
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[] := ARRAY(SELECT id FROM customer WHERE number = p_key);
  v_digits text := regexp_replace(p_key, '[^0-9]', '', 'g');
BEGIN
  IF v_ids = '{}' AND length(v_digits) = 14 THEN
    v_ids := ARRAY(SELECT id FROM customer WHERE siren = left(v_digits, 9) AND siret = v_digits);
  END IF;
  IF v_ids = '{}' THEN
    v_ids := ARRAY(SELECT id FROM customer WHERE search_text LIKE '%' || rules.import_like(p_key) || '%'
                      AND rules.import_fold(p_key) IN (rules.import_fold(legal_name), rules.import_fold(trading_name)));
  END IF;
  RETURN v_ids;
END
$$;
COMMENT ON FUNCTION rules.import_customers(text) IS 'The customers a file may mean: with this number, else this SIRET, else this name.';

CREATE FUNCTION rules.import_find_customer(p_key text, p_field text DEFAULT 'customer') RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[] := rules.import_customers(p_key);
BEGIN
  IF cardinality(v_ids) > 1 THEN
    PERFORM rules.invalid(p_field, 'several_fit', 'several customers fit');
  ELSIF v_ids = '{}' AND p_field = 'customer' THEN
    PERFORM rules.fail('SW002', p_field, 'no such customer');
  END IF;
  RETURN v_ids[1];
END
$$;
COMMENT ON FUNCTION rules.import_find_customer(text, text) IS
  'The customer with this number, SIRET or name; SW002 when there is none, SW005 several_fit when a name is shared.';

CREATE FUNCTION rules.import_like(p_text text) RETURNS text
LANGUAGE sql STABLE
SET search_path = rules, pg_catalog
AS $$ SELECT regexp_replace(rules.fold(p_text), '([%_\\])', '\\\1', 'g') $$;
COMMENT ON FUNCTION rules.import_like(text) IS 'A folded text to be found by LIKE as it is.';

CREATE FUNCTION rules.import_customer_number() RETURNS text
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_left text[] := NULLIF(current_setting('softwhere.import_numbers', true), '')::text[];
  v_number text;
BEGIN
  LOOP
    -- Emptied when a run begins, and taken back with a line that is refused.
    IF v_left IS NULL OR v_left = '{}' THEN
      v_left := rules.next_numbers('customer', rules.today(), 100);
    END IF;
    v_number := v_left[1];
    v_left := v_left[2:];
    EXIT WHEN NOT EXISTS (SELECT FROM customer WHERE number = v_number);
  END LOOP;
  PERFORM set_config('softwhere.import_numbers', v_left::text, true);
  RETURN v_number;
END
$$;
COMMENT ON FUNCTION rules.import_customer_number() IS
  'The next customer number nobody has, of a hundred taken together: a counter counted one by one within a transaction gets slower with each. rules.import_numbers_back() gives back what is left.';

CREATE FUNCTION rules.import_numbers_back() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.return_numbers('customer', rules.today(), cardinality(NULLIF(current_setting('softwhere.import_numbers', true), '')::text[]));
  PERFORM set_config('softwhere.import_numbers', '', true);
END
$$;
COMMENT ON FUNCTION rules.import_numbers_back() IS 'Gives back the customer numbers taken and not used.';

CREATE FUNCTION rules.import_customer(p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_version int;
BEGIN
  record_id := COALESCE((SELECT id FROM customer WHERE number = p_data ->> 'number'),
                        CASE WHEN NOT p_data ? 'number' THEN
                          (SELECT id FROM customer WHERE siret = regexp_replace(p_data ->> 'siret', '[^0-9]', '', 'g')
                                                     AND siren = left(regexp_replace(p_data ->> 'siret', '[^0-9]', '', 'g'), 9)) END);
  IF record_id IS NULL AND NOT p_data ?| '{number,siret}' THEN
    record_id := rules.import_find_customer(COALESCE(p_data ->> 'legal_name', concat_ws(' ', p_data ->> 'first_name', p_data ->> 'last_name')), 'legal_name');
    -- What it was found by, accents and capitals forgiven, is not what it should become.
    p_data := CASE WHEN record_id IS NULL THEN p_data ELSE p_data - 'legal_name' END;
  END IF;
  SELECT row_version INTO v_version FROM customer WHERE id = record_id;
  IF record_id IS NULL AND NOT p_data ? 'legal_kind' THEN
    p_data := p_data || jsonb_build_object('legal_kind', CASE WHEN p_data ?| '{legal_name,siret,siren}' THEN 'company' ELSE 'individual' END);
  END IF;
  IF record_id IS NULL AND NOT p_data ? 'number' THEN
    p_data := p_data || jsonb_build_object('number', rules.import_customer_number());
  END IF;
  record_id := api.customer_save(p_data || CASE WHEN record_id IS NOT NULL THEN jsonb_build_object('id', record_id) ELSE '{}' END);
  outcome := CASE WHEN v_version IS NULL THEN 'create'
                  WHEN v_version = (SELECT row_version FROM customer WHERE id = record_id) THEN 'same' ELSE 'change' END;
END
$$;
COMMENT ON FUNCTION rules.import_customer(jsonb) IS
  'One line of customers: known by its number, else its SIRET, else its name. Without a legal kind, a company when it has a company''s fields.';

CREATE FUNCTION rules.import_nested(p_customer_id bigint, p_nested text, p_table regclass, p_id bigint, p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_before text;
  v_after text;
BEGIN
  EXECUTE format('SELECT row_version::text FROM %s WHERE id = $1', p_table) INTO v_before USING p_id;
  v_before := concat(v_before, '/', (SELECT sum(row_version) FROM mandate WHERE billing_site_id = p_id AND p_nested = 'sites'));
  PERFORM api.customer_save(jsonb_build_object('id', p_customer_id, p_nested,
    jsonb_build_array(p_data || CASE WHEN p_id IS NOT NULL THEN jsonb_build_object('id', p_id) ELSE '{}' END)));
  IF p_id IS NULL THEN
    EXECUTE format('SELECT max(id) FROM %s WHERE customer_id = $1', p_table) INTO record_id USING p_customer_id;
    outcome := 'create';
    RETURN;
  END IF;
  EXECUTE format('SELECT row_version::text FROM %s WHERE id = $1', p_table) INTO v_after USING p_id;
  v_after := concat(v_after, '/', (SELECT sum(row_version) FROM mandate WHERE billing_site_id = p_id AND p_nested = 'sites'));
  record_id := p_id;
  outcome := CASE WHEN v_before = v_after THEN 'same' ELSE 'change' END;
END
$$;
COMMENT ON FUNCTION rules.import_nested(bigint, text, regclass, bigint, jsonb) IS 'Saves one contact or site of a customer and says what that did.';

CREATE FUNCTION rules.import_contact(p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_customer_id bigint := rules.import_find_customer(p_data ->> 'customer');
  v_id bigint;
BEGIN
  SELECT id INTO v_id FROM contact
   WHERE customer_id = v_customer_id
     AND (lower(email) = lower(p_data ->> 'email')
          OR rules.import_fold(concat_ws(' ', first_name, last_name)) = rules.import_fold(concat_ws(' ', p_data ->> 'first_name', p_data ->> 'last_name')))
   ORDER BY lower(email) = lower(p_data ->> 'email') DESC NULLS LAST, id LIMIT 1;
  SELECT n.outcome, n.record_id INTO outcome, record_id
    FROM rules.import_nested(v_customer_id, 'contacts', 'contact', v_id, p_data - 'customer') AS n;
END
$$;
COMMENT ON FUNCTION rules.import_contact(jsonb) IS 'One line of contacts: known by the e-mail, else by first and last name, among those of the customer.';

CREATE FUNCTION rules.import_site(p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_customer_id bigint := rules.import_find_customer(p_data ->> 'customer');
  v_id bigint := (SELECT min(id) FROM billing_site
                   WHERE customer_id = v_customer_id AND rules.import_fold(name) = rules.import_fold(p_data ->> 'name'));
BEGIN
  SELECT n.outcome, n.record_id INTO outcome, record_id
    FROM rules.import_nested(v_customer_id, 'sites', 'billing_site', v_id, p_data - 'customer') AS n;
END
$$;
COMMENT ON FUNCTION rules.import_site(jsonb) IS 'One line of billing sites with their mandate: known by the name, among those of the customer.';
