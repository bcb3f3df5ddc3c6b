-- The dry run and the import itself are the same run: the dry one writes nothing, or is rolled back, but for what each line would do.

CREATE FUNCTION rules.import_cells(p_target text, p_mapping jsonb)
RETURNS TABLE (field text, kind text, required boolean, column_no int, value text)
LANGUAGE sql STABLE
SET search_path = rules, pg_catalog
AS $$
  SELECT f.field, f.kind, f.required, (m.place ->> 'column')::int + 1, m.place ->> 'value'
    FROM rules.import_field() AS f
    LEFT JOIN jsonb_each(p_mapping) AS m (field, place) ON m.field = f.field
   WHERE f.target = p_target AND (m.field IS NOT NULL OR f.required)
$$;
COMMENT ON FUNCTION rules.import_cells(text, jsonb) IS 'Where the fields of a target are found: a column of cells (from 1), or one value for every line.';

CREATE FUNCTION rules.import_check_mapping(p_import softwhere.import, p_mapping jsonb) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_field text;
BEGIN
  IF jsonb_typeof(p_mapping) IS DISTINCT FROM 'object' THEN
    PERFORM rules.invalid('mapping', 'invalid_value', 'an object is expected');
  END IF;
  SELECT m.field INTO v_field FROM jsonb_each(p_mapping) AS m (field, place)
   WHERE m.field NOT IN (SELECT field FROM rules.import_field() WHERE target = p_import.target)
      OR jsonb_typeof(place) <> 'object'
      OR NOT (place ? 'value' AND jsonb_typeof(place -> 'value') = 'string'
              OR COALESCE(place ->> 'column', '') ~ '^[0-9]{1,3}$' AND (place ->> 'column')::int < cardinality(p_import.header))
   ORDER BY 1 LIMIT 1;
  IF FOUND THEN
    PERFORM rules.invalid('mapping.' || v_field, 'invalid_value', format('%s is not where the mapping says', v_field));
  END IF;
  SELECT field INTO v_field FROM rules.import_cells(p_import.target, p_mapping)
   WHERE required AND column_no IS NULL AND value IS NULL LIMIT 1;
  IF FOUND THEN
    PERFORM rules.required('mapping.' || v_field);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.import_check_mapping(softwhere.import, jsonb) IS
  'Each place of a mapping is a column of the file or a value, and required fields have one: SW004, SW005 on mapping.<field>.';

CREATE FUNCTION rules.import_line_data(p_fields jsonb, p_cells text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_data jsonb := '{}';
  v_cell record;
  v_value text;
BEGIN
  FOR v_cell IN SELECT * FROM jsonb_to_recordset(p_fields) AS f (field text, kind text, required boolean, column_no int, value text) LOOP
    v_value := rules.import_value(v_cell.kind, COALESCE(v_cell.value, p_cells[v_cell.column_no]), v_cell.field);
    IF v_value IS NULL AND v_cell.required THEN
      PERFORM rules.required(v_cell.field);
    ELSIF v_value IS NOT NULL THEN
      -- An empty cell says nothing: it never erases what is there.
      v_data := v_data || jsonb_build_object(v_cell.field, v_value);
    END IF;
  END LOOP;
  RETURN v_data;
END
$$;
COMMENT ON FUNCTION rules.import_line_data(jsonb, text[]) IS
  'A line as {field: value}, by the rows of rules.import_cells; empty cells are left out. SW004, SW005 on the field.';

CREATE FUNCTION rules.import_run(p_import_id bigint, p_write boolean) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_import import;
  v_fields jsonb;
  v_line import_line;
  v_detail text;
  v_lines int;
  v_done int := 0;
BEGIN
  SELECT * INTO v_import FROM import WHERE id = p_import_id;
  IF rules.import_in_sets(v_import.target) THEN
    PERFORM rules.import_set_run(v_import, p_write);
    RETURN;
  END IF;
  SELECT jsonb_agg(to_jsonb(c)) INTO v_fields FROM rules.import_cells(v_import.target, v_import.mapping) AS c;
  SELECT count(*) INTO v_lines FROM import_line WHERE import_id = p_import_id AND outcome IS DISTINCT FROM 'left_out';
  PERFORM rules.search_wait(), set_config('softwhere.import_numbers', '', true);
  FOR v_line IN
    SELECT * FROM import_line WHERE import_id = p_import_id AND outcome IS DISTINCT FROM 'left_out' ORDER BY line_no
  LOOP
    SELECT NULL, NULL, NULL INTO v_line.field, v_line.code, v_line.reason;
    v_detail := NULL;
    BEGIN
      EXECUTE format('SELECT outcome, record_id FROM rules.import_%I($1)', v_import.target)
         INTO v_line.outcome, v_line.record_id
        USING rules.import_line_data(v_fields, v_line.cells);
    EXCEPTION WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS v_line.field = COLUMN_NAME, v_line.reason = CONSTRAINT_NAME, v_detail = PG_EXCEPTION_DETAIL;
      -- What is not the line's fault (a deadlock, a full disk) stops the run.
      IF left(SQLSTATE, 2) NOT IN ('SW', '22', '23') THEN
        RAISE;
      END IF;
      v_line.outcome := 'refused';
      v_line.code := SQLSTATE;
      -- The field as the file knows it, without its place in the record that holds it.
      v_line.field := regexp_replace(v_line.field, '^.*\.', '');
    END;
    UPDATE import_line
       SET outcome = v_line.outcome, record_id = v_line.record_id, field = NULLIF(v_line.field, ''), code = v_line.code,
           reason = NULLIF(v_line.reason, ''), detail = NULLIF(v_detail, '')
     WHERE id = v_line.id;
    v_done := v_done + 1;
    IF v_done % 50 = 0 THEN
      PERFORM rules.import_progress(v_done::float8 / v_lines);
    END IF;
  END LOOP;
  PERFORM rules.import_numbers_back();
  PERFORM rules.search_catch_up();
END
$$;
COMMENT ON FUNCTION rules.import_run(bigint, boolean) IS
  'Lines all at once, or each through rules.import_<target>(jsonb), which returns outcome and record_id and is undone when it refuses. p_write false: those all at once write nothing.';

CREATE FUNCTION rules.import_counts(p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT '{"create": 0, "change": 0, "same": 0, "refused": 0, "left_out": 0}'::jsonb
         || COALESCE((SELECT jsonb_object_agg(outcome, n)
                        FROM (SELECT outcome, count(*) AS n FROM import_line WHERE import_id = p_id AND outcome IS NOT NULL GROUP BY outcome) AS c), '{}')
$$;
COMMENT ON FUNCTION rules.import_counts(bigint) IS 'How many lines create, change, change nothing, are refused or left out.';

CREATE FUNCTION api.import_check(p_id bigint, p_mapping jsonb, p_leave_out boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_import import := rules.import_of_caller(p_id);
  v_lines import_line[];
BEGIN
  PERFORM rules.import_check_mapping(v_import, p_mapping);
  UPDATE import_line SET outcome = CASE WHEN p_leave_out AND outcome = 'refused' THEN 'left_out' END
   WHERE import_id = p_id AND outcome IS NOT NULL AND NOT (p_leave_out AND outcome = 'left_out');
  UPDATE import SET mapping = p_mapping, status = 'checked' WHERE id = p_id;
  IF rules.import_in_sets(v_import.target) THEN
    PERFORM rules.import_run(p_id, false);
    RETURN rules.import_counts(p_id);
  END IF;
  BEGIN
    PERFORM rules.import_run(p_id, true);
    v_lines := ARRAY(SELECT l FROM import_line AS l WHERE import_id = p_id AND outcome <> 'left_out');
    RAISE EXCEPTION USING ERRCODE = 'SWDRY';
  EXCEPTION WHEN SQLSTATE 'SWDRY' THEN
    -- Variables outlive what is rolled back here.
    UPDATE import_line AS l
       SET outcome = n.outcome, field = n.field, code = n.code, reason = n.reason, detail = n.detail,
           record_id = CASE WHEN n.outcome <> 'create' THEN n.record_id END
      FROM unnest(v_lines) AS n WHERE l.id = n.id;
  END;
  RETURN rules.import_counts(p_id);
END
$$;
COMMENT ON FUNCTION api.import_check(bigint, jsonb, boolean) IS
  'The dry run: says what each line would do (api.import_line). p_mapping: {field: {"column": n} | {"value": text}}; p_leave_out: lines refused by the last check are left out from now on. Returns {create, change, same, refused, left_out}. SW002 SW003 SW004 SW005 SW007. Sales administration.';
SELECT rules.let_call('api.import_check(bigint, jsonb, boolean)', 'sw_adv');

CREATE FUNCTION api.import_apply(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_import import := rules.import_of_caller(p_id);
  v_counts jsonb;
BEGIN
  IF v_import.status <> 'checked' THEN
    PERFORM rules.fail('SW007', NULL, 'the file has not been checked');
  END IF;
  -- Two people with the same file: the second finds what the first brought in.
  PERFORM pg_advisory_xact_lock(hashtext('softwhere.import'), hashtext(v_import.target));
  PERFORM rules.import_run(p_id, true);
  v_counts := rules.import_counts(p_id);
  IF (v_counts ->> 'refused')::int > 0 THEN
    PERFORM rules.fail('SW006', NULL, 'lines are refused: all or nothing is imported', 'refused_lines:' || (v_counts ->> 'refused'));
  END IF;
  UPDATE import SET status = 'applied', applied_at = clock_timestamp() WHERE id = p_id;
  INSERT INTO import_mapping (target, supplier, header, mapping)
  VALUES (v_import.target, rules.import_fold(v_import.supplier),
          ARRAY(SELECT rules.import_fold(h) FROM unnest(v_import.header) WITH ORDINALITY AS u (h, n) ORDER BY n), v_import.mapping)
      ON CONFLICT (target, supplier, header) DO UPDATE SET mapping = EXCLUDED.mapping, used_at = clock_timestamp();
  RETURN v_counts;
END
$$;
COMMENT ON FUNCTION api.import_apply(bigint) IS
  'Imports a file that was checked, all of it or nothing; remembers its mapping. Returns {create, change, same, refused, left_out}. SW002 SW003 SW006 (refused_lines:n) SW007. Sales administration.';
SELECT rules.let_call('api.import_apply(bigint)', 'sw_adv');
