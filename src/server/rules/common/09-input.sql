-- What clients send to save functions (jsonb, keys = columns of the view), checked field by field, and written.

CREATE FUNCTION rules.invalid(p_field text, p_reason text, p_message text) RETURNS void
LANGUAGE plpgsql
SET search_path = rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW005', p_field, p_message, p_reason => p_reason);
END
$$;
COMMENT ON FUNCTION rules.invalid(text, text, text) IS
  'Raises SW005 on a field; p_reason says why to the client, which has a sentence for each (README, reasons).';

CREATE FUNCTION rules.required(p_field text) RETURNS void
LANGUAGE plpgsql
SET search_path = rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW004', p_field, 'a value is required');
END
$$;
COMMENT ON FUNCTION rules.required(text) IS 'Raises SW004 on a field.';

-- Without a search path of its own, which costs more than what it does: all it calls is named with its schema.
CREATE FUNCTION rules.normal(p_kind text, p_value text) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
  -- Identifiers are typed with spaces, dots and dashes of all sorts.
  v_code text := upper(CASE WHEN p_value ~ '^[0-9A-Z]*$' THEN p_value ELSE regexp_replace(p_value, '[\s\u00a0\u202f\u2009.-]', '', 'g') END);
  v_value text;
  v_valid boolean;
BEGIN
  CASE p_kind
    -- Those that arrive by the ten thousand first.
    WHEN 'line_number' THEN v_value := rules.phone_e164(p_value); v_valid := rules.is_line_number(v_value);
    WHEN 'iccid' THEN v_value := rtrim(v_code, 'F'); v_valid := rules.is_iccid(v_value);
    WHEN 'phone' THEN v_value := rules.phone_e164(p_value); v_valid := v_value IS NOT NULL;
    WHEN 'email' THEN v_value := p_value; v_valid := rules.is_email(v_value);
    WHEN 'siren' THEN v_value := v_code; v_valid := rules.is_siren(v_value);
    WHEN 'siret' THEN v_value := v_code; v_valid := rules.is_siret(v_value);
    WHEN 'vat' THEN v_value := v_code; v_valid := rules.is_vat(v_value);
    WHEN 'ape' THEN v_value := rules.ape_normalised(p_value); v_valid := v_value ~ '^[0-9]{2}\.[0-9]{2}[A-Z]$';
    WHEN 'rna' THEN v_value := v_code; v_valid := rules.is_rna(v_value);
    WHEN 'iban' THEN v_value := v_code; v_valid := rules.is_iban(v_value);
    WHEN 'bic' THEN v_value := v_code; v_valid := rules.is_bic(v_value);
    WHEN 'ics' THEN v_value := v_code; v_valid := rules.is_ics(v_value);
    WHEN 'rum' THEN v_value := upper(p_value); v_valid := rules.is_rum(v_value);
    WHEN 'imei' THEN v_value := v_code; v_valid := rules.is_imei(v_value);
    WHEN 'rio' THEN v_value := v_code; v_valid := rules.is_rio(v_value);
  END CASE;
  RETURN CASE WHEN v_valid THEN v_value END;
END
$$;
COMMENT ON FUNCTION rules.normal(text, text) IS
  'A value of a kind (phone email siren siret vat ape rna iban bic ics rum imei iccid line_number rio) as it is stored; null when it is none.';

CREATE FUNCTION rules.normalised(p_kind text, p_value text, p_field text) RETURNS text
LANGUAGE plpgsql
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_value text := rules.normal(p_kind, p_value);
BEGIN
  IF v_value IS NULL THEN
    PERFORM rules.invalid(p_field, 'invalid_' || p_kind, format('%s is not valid', p_kind));
  END IF;
  RETURN v_value;
END
$$;
COMMENT ON FUNCTION rules.normalised(text, text, text) IS 'rules.normal(), or SW005 invalid_<kind> on the field.';

CREATE FUNCTION rules.typed(p_type text, p_value text, p_field text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- "tomorrow" and 03/02/2026 are dates to PostgreSQL; clients send ISO.
  IF p_type = 'date' AND p_value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' OR p_value ~* '^\s*[+-]?(nan|inf)' AND p_type <> 'text' THEN
    RAISE invalid_text_representation;
  END IF;
  EXECUTE format('SELECT $1::%s', p_type) USING p_value;
EXCEPTION WHEN data_exception THEN
  PERFORM rules.invalid(p_field, CASE WHEN p_type IN ('date', 'boolean') THEN 'invalid_' || p_type
                                      WHEN p_type IN ('integer', 'bigint') THEN 'invalid_integer' ELSE 'invalid_number' END,
    format('this is no %s', p_type));
END
$$;
COMMENT ON FUNCTION rules.typed(text, text, text) IS 'Raises SW005 (invalid_date, invalid_boolean, invalid_integer, invalid_number) on the field unless the value can be cast.';

CREATE FUNCTION rules.read_input
  (p_table regclass, p_data jsonb, p_keys text[], p_kinds jsonb DEFAULT '{}', p_prefix text DEFAULT '', p_is_new boolean DEFAULT false,
   p_filled text[] DEFAULT '{}')
RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_result jsonb := '{}';
  v_column record;
  v_field text;
  v_text text;
BEGIN
  FOR v_column IN
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS mandatory, a.atthasdef AS has_default
      FROM pg_attribute AS a
     WHERE a.attrelid = p_table AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (p_keys) AND p_data ? a.attname
     ORDER BY a.attnum
  LOOP
    v_field := p_prefix || v_column.name;
    v_text := NULLIF(btrim(p_data ->> v_column.name, E' \t\r\n\u00a0'), '');
    IF jsonb_typeof(p_data -> v_column.name) IN ('object', 'array') THEN
      PERFORM rules.invalid(v_field, 'invalid_value', 'a single value is expected');
    ELSIF v_text IS NULL THEN
      CONTINUE WHEN v_column.mandatory AND v_column.has_default AND p_is_new;
      IF v_column.mandatory AND v_column.name <> ALL (p_filled) THEN
        PERFORM rules.required(v_field);
      END IF;
    ELSIF length(v_text) > 2000 THEN
      PERFORM rules.invalid(v_field, 'too_long', 'this is too long');
    ELSIF p_kinds ? v_column.name THEN
      v_text := rules.normalised(p_kinds ->> v_column.name, v_text, v_field);
    ELSIF v_column.type <> 'text' THEN
      PERFORM rules.typed(v_column.type, v_text, v_field);
    END IF;
    v_result := v_result || jsonb_build_object(v_column.name, v_text);
  END LOOP;
  RETURN v_result;
END
$$;
COMMENT ON FUNCTION rules.read_input(regclass, jsonb, text[], jsonb, text, boolean, text[]) IS
  'The keys of p_data that are in p_keys, trimmed (empty is null), cast to the columns of the table as a trial, normalised by p_kinds {column: kind}; SW004, SW005 on p_prefix || column. Null for a column with default is left out of a new row; mandatory columns of p_filled may be null, the caller fills them.';

CREATE FUNCTION rules.refuse_unknown_keys(p_data jsonb, p_keys text[], p_shown jsonb DEFAULT '{}', p_prefix text DEFAULT '') RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_key text;
BEGIN
  SELECT key INTO v_key
    FROM jsonb_object_keys(p_data) AS key
   WHERE key <> ALL (p_keys) AND NOT (p_shown ? key AND (p_shown ->> key) IS NOT DISTINCT FROM (p_data ->> key))
   ORDER BY key LIMIT 1;
  IF FOUND THEN
    IF p_shown ? v_key THEN
      PERFORM rules.invalid(p_prefix || v_key, 'read_only', format('the field %s%s is read only', p_prefix, v_key));
    END IF;
    PERFORM rules.invalid(p_prefix || v_key, 'unknown_field', format('there is no field %s%s', p_prefix, v_key));
  END IF;
END
$$;
COMMENT ON FUNCTION rules.refuse_unknown_keys(jsonb, text[], jsonb, text) IS
  'SW005 on the first key that is not in p_keys; a read-only column of p_shown (the row as the view shows it) may come back unchanged.';

CREATE FUNCTION rules.input_array(p_data jsonb, p_key text) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
BEGIN
  IF COALESCE(jsonb_typeof(p_data -> p_key), 'null') = 'null' THEN
    RETURN;
  ELSIF jsonb_typeof(p_data -> p_key) <> 'array' OR EXISTS (SELECT FROM jsonb_array_elements(p_data -> p_key) AS e WHERE jsonb_typeof(e) <> 'object') THEN
    PERFORM rules.invalid(p_key, 'invalid_value', 'an array of objects is expected');
  END IF;
  RETURN QUERY SELECT * FROM jsonb_array_elements(p_data -> p_key);
END
$$;
COMMENT ON FUNCTION rules.input_array(jsonb, text) IS 'The nested rows under a key, none when it is absent; SW005 unless an array of objects.';

CREATE FUNCTION rules.input_id(p_data jsonb, p_prefix text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
BEGIN
  IF jsonb_typeof(p_data) IS DISTINCT FROM 'object' THEN
    PERFORM rules.invalid(p_prefix, 'invalid_value', 'an object is expected');
  ELSIF (p_data ->> 'id') !~ '^[0-9]{1,18}$' THEN
    PERFORM rules.fail('SW002', p_prefix || 'id', 'record not found');
  END IF;
  RETURN (p_data ->> 'id')::bigint;
END
$$;
COMMENT ON FUNCTION rules.input_id(jsonb, text) IS 'The id of what is saved, null when it is new; SW005 when p_data is no object.';

CREATE FUNCTION rules.id_in(p_data jsonb, p_key text) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN p_data ->> p_key ~ '^[0-9]{1,18}$' THEN (p_data ->> p_key)::bigint END;
COMMENT ON FUNCTION rules.id_in(jsonb, text) IS 'An id among what is saved, before it is checked: null unless it can be one.';

CREATE FUNCTION rules.is_deleted(p_data jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN COALESCE(p_data ->> 'deleted' = 'true', false);
COMMENT ON FUNCTION rules.is_deleted(jsonb) IS 'Whether a nested row asks to be removed.';

CREATE FUNCTION rules.check_version(p_data jsonb, p_current int, p_prefix text DEFAULT '') RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
BEGIN
  IF (p_data ->> 'row_version') <> p_current::text THEN
    PERFORM rules.fail('SW001', p_prefix || 'row_version', 'the record was changed meanwhile by someone else');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_version(jsonb, int, text) IS 'SW001 when the row_version sent is not the current one; none sent is not checked.';

CREATE FUNCTION rules.default_row(p_table regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, pg_temp
AS $$
DECLARE
  v_row jsonb;
BEGIN
  EXECUTE (SELECT format('SELECT jsonb_build_object(%s)', string_agg(format('%L, %s', a.attname, pg_get_expr(d.adbin, d.adrelid)), ', '))
             FROM pg_attribute AS a JOIN pg_attrdef AS d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
            WHERE a.attrelid = p_table AND NOT a.attisdropped)
     INTO v_row;
  RETURN v_row;
END
$$;
COMMENT ON FUNCTION rules.default_row(regclass) IS 'The defaults of a table, so that they are written once, in the migration.';

CREATE FUNCTION rules.fail_constraint(p_table regclass, p_constraint text, p_state text, p_message text, p_prefix text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_field text;
BEGIN
  SELECT a.attname INTO v_field
    FROM (SELECT conrelid AS rel, conkey AS keys FROM pg_constraint WHERE conrelid = p_table AND conname = p_constraint
          UNION ALL
          SELECT indrelid, indkey::int2[] FROM pg_index WHERE indrelid = p_table AND indexrelid::regclass::text LIKE '%' || p_constraint) AS c
    JOIN pg_attribute AS a ON a.attrelid = c.rel AND a.attnum = ANY (c.keys)
   ORDER BY a.attnum DESC LIMIT 1;
  PERFORM rules.fail(CASE p_state WHEN '23505' THEN 'SW012' ELSE 'SW005' END, p_prefix || COALESCE(v_field, ''), p_message,
    p_reason => p_constraint);
END
$$;
COMMENT ON FUNCTION rules.fail_constraint(regclass, text, text, text, text) IS
  'Turns a broken constraint into SW012 (unique) or SW005 (others) on the last column it concerns.';

CREATE FUNCTION rules.write_row(p_table regclass, p_id bigint, p_row jsonb, p_prefix text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_columns text;
  v_id bigint;
  v_constraint text;
  v_column text;
BEGIN
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO v_columns
    FROM pg_attribute AS a
   WHERE a.attrelid = p_table AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND p_row ? a.attname
     AND a.attname NOT IN ('row_version', 'search_text');
  IF p_id IS NULL THEN
    EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1) RETURNING id', p_table, v_columns)
       INTO v_id USING p_row;
  ELSE
    EXECUTE format('UPDATE %1$s AS t SET (%2$s) = ROW(%3$s) FROM jsonb_populate_record(NULL::%1$s, $1) AS n WHERE t.id = $2 RETURNING t.id',
                   p_table, v_columns, regexp_replace(v_columns, '(^|, )', '\1n.', 'g'))
       INTO v_id USING p_row, p_id;
  END IF;
  RETURN v_id;
EXCEPTION
  WHEN check_violation OR unique_violation OR foreign_key_violation OR exclusion_violation THEN
    GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
    PERFORM rules.fail_constraint(p_table, v_constraint, SQLSTATE, SQLERRM, p_prefix);
    RETURN NULL;
  WHEN not_null_violation THEN
    GET STACKED DIAGNOSTICS v_column = COLUMN_NAME;
    PERFORM rules.required(p_prefix || v_column);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.write_row(regclass, bigint, jsonb, text) IS
  'Inserts (p_id null) or updates the row of a table with a key id; broken constraints become SW004, SW005, SW012 on the field. Triggers raise row_version. Returns the id.';
