-- Files of thousands of lines are read, checked and written by a few statements over all their lines at once:
--   import_row   a line each, its cells read as fields (text for the columns), bad when one cannot be
--   import_plan  what each would do, made by rules.import_<target>_plan() from import_row
-- and then written by rules.import_<target>_write(). bad is {field, code, reason, detail}. Both are temporary tables.

CREATE FUNCTION rules.import_in_sets(p_target text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN p_target IN ('service', 'line', 'sim');
COMMENT ON FUNCTION rules.import_in_sets(text) IS 'Whether the lines of a target are imported all at once, and not one after the other by its save function.';

CREATE FUNCTION rules.import_stage(p_import softwhere.import) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_field record;
  v_read record;
  v_columns text := '';
  v_joins text := '';
  v_bad text := '';
BEGIN
  CREATE TEMPORARY TABLE import_file ON COMMIT DROP AS
  SELECT id, line_no, cells FROM import_line WHERE import_id = p_import.id AND outcome IS DISTINCT FROM 'left_out';
  ANALYZE import_file;
  CREATE TEMPORARY TABLE import_cell (field text, cell text, value text, reason text) ON COMMIT DROP;
  FOR v_field IN
    SELECT f.field, f.kind, f.required, c.column_no, c.value, 'c' || f.n AS alias
      FROM rules.import_field() WITH ORDINALITY AS f (target, field, kind, required, title, synonyms, n)
      LEFT JOIN rules.import_cells(p_import.target, p_import.mapping) AS c USING (field)
     WHERE f.target = p_import.target ORDER BY f.n
  LOOP
    IF v_field.column_no IS NOT NULL THEN
      -- Each different cell is read once: a file has few operators, offers and days.
      EXECUTE format('INSERT INTO import_cell SELECT %L, cell, r.value, r.reason
          FROM (SELECT DISTINCT cells[%s] AS cell FROM import_file) AS d, rules.import_read(%L, cell) AS r
         WHERE r.value IS NOT NULL OR r.reason IS NOT NULL', v_field.field, v_field.column_no, v_field.kind);
      v_columns := v_columns || format(', %s.value AS %I', v_field.alias, v_field.field);
      v_joins := v_joins || format(' LEFT JOIN import_cell AS %1$s ON %1$s.field = %2$L AND %1$s.cell = l.cells[%3$s]', v_field.alias, v_field.field, v_field.column_no);
      v_bad := v_bad || format(' WHEN %1$s.reason IS NOT NULL THEN ARRAY[%2$L, ''SW005'', %1$s.reason]', v_field.alias, v_field.field)
        || CASE WHEN v_field.required THEN format(' WHEN %s.value IS NULL THEN ARRAY[%L, ''SW004'']', v_field.alias, v_field.field) ELSE '' END;
    ELSE
      v_read := rules.import_read(v_field.kind, v_field.value);
      IF v_read.reason IS NOT NULL OR v_field.required AND v_read.value IS NULL THEN
        PERFORM rules.invalid('mapping.' || v_field.field, COALESCE(v_read.reason, 'invalid_value'), 'the value for every line cannot be read');
      END IF;
      v_columns := v_columns || format(', %L::text AS %I', v_read.value, v_field.field);
    END IF;
  END LOOP;
  ANALYZE import_cell;
  EXECUTE format('CREATE TEMPORARY TABLE import_row ON COMMIT DROP AS
      SELECT l.id AS line_id, l.line_no %s, %s AS bad FROM import_file AS l %s',
    v_columns, CASE WHEN v_bad = '' THEN 'NULL::text[]' ELSE 'CASE' || v_bad || ' END' END, v_joins);
  DROP TABLE import_file, import_cell;
END
$$;
COMMENT ON FUNCTION rules.import_stage(softwhere.import) IS
  'Makes import_row: every field of the target as text, null when the cell is empty; bad says why a cell cannot be read or is missing.';

CREATE FUNCTION rules.import_twins() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE import_plan AS p
     SET twin = t.first_id, outcome = 'same',
         bad = CASE WHEN to_jsonb(p) - '{line_id,line_no,twin}'::text[] <> to_jsonb(f) - '{line_id,line_no,twin}'::text[]
                    THEN ARRAY[p.known_field, 'SW012', 'twice_in_file', f.line_no::text] END
    FROM (SELECT line_id, first_value(line_id) OVER (PARTITION BY known_by ORDER BY line_no) AS first_id FROM import_plan WHERE bad IS NULL) AS t
    JOIN import_plan AS f ON f.line_id = t.first_id
   WHERE p.line_id = t.line_id AND t.first_id <> t.line_id;
END
$$;
COMMENT ON FUNCTION rules.import_twins() IS
  'Two lines of a file for one record (import_plan.known_by): the second changes nothing when it is the same, else it is refused and says which was first.';

CREATE FUNCTION rules.import_report(p_import_id bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE import_line AS l
     SET outcome = n.outcome, record_id = n.record_id, field = n.bad[1], code = n.bad[2], reason = n.bad[3], detail = n.bad[4]
    FROM (SELECT p.line_id, p.bad, COALESCE(p.record_id, t.record_id) AS record_id, CASE WHEN p.bad IS NULL THEN p.outcome ELSE 'refused' END AS outcome
            FROM import_plan AS p LEFT JOIN import_plan AS t ON t.line_id = p.twin) AS n
   WHERE l.id = n.line_id AND l.import_id = p_import_id
     AND (l.outcome, l.record_id, l.field, l.code, l.reason, l.detail) IS DISTINCT FROM (n.outcome, n.record_id, n.bad[1], n.bad[2], n.bad[3], n.bad[4]);
END
$$;
COMMENT ON FUNCTION rules.import_report(bigint) IS 'Writes to the lines of the file what import_plan says of them.';

CREATE FUNCTION rules.import_set_run(p_import softwhere.import, p_write boolean) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.import_progress(0.05);
  PERFORM rules.import_stage(p_import);
  PERFORM rules.import_progress(CASE WHEN p_write THEN 0.15 ELSE 0.4 END);
  EXECUTE format('SELECT rules.import_%I_plan()', p_import.target);
  ANALYZE import_plan (record_id, outcome);
  PERFORM rules.import_progress(CASE WHEN p_write THEN 0.3 ELSE 0.8 END);
  IF p_write AND NOT EXISTS (SELECT FROM import_plan WHERE bad IS NOT NULL) THEN
    EXECUTE format('SELECT rules.import_%I_write()', p_import.target);
  END IF;
  PERFORM rules.import_progress(0.9);
  PERFORM rules.import_report(p_import.id);
  DROP TABLE import_row, import_plan;
END
$$;
COMMENT ON FUNCTION rules.import_set_run(softwhere.import, boolean) IS
  'Says what each line of a file would do and, with p_write and no refused line, does it.';

CREATE FUNCTION rules.import_progress(p_part double precision) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  -- A notice leaves at once, in the middle of the transaction.
  RAISE NOTICE USING ERRCODE = 'SWPRG', MESSAGE = round(p_part::numeric, 3)::text;
END
$$;
COMMENT ON FUNCTION rules.import_progress(double precision) IS 'Tells the client that waits which part of the work is done, 0 to 1: a notice SWPRG.';
