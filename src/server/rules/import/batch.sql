-- A file on its way in: begun, filled by chunks, its columns guessed.

CREATE FUNCTION rules.import_of_caller(p_id bigint) RETURNS softwhere.import
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_import import;
BEGIN
  PERFORM rules.require('sw_adv');
  SELECT * INTO v_import FROM import
   WHERE id = p_id AND (created_by = rules.caller() OR rules.has_role('sw_admin')) FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF v_import.status = 'applied' THEN
    PERFORM rules.fail('SW007', NULL, 'this file has been imported already');
  END IF;
  RETURN v_import;
END
$$;
COMMENT ON FUNCTION rules.import_of_caller(bigint) IS 'The import, locked, if it is the caller''s and not over: SW002, SW003, SW007.';

CREATE FUNCTION api.import_begin(p_data jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_row import;
BEGIN
  PERFORM rules.require('sw_adv');
  PERFORM rules.input_id(p_data);
  PERFORM rules.refuse_unknown_keys(p_data, '{target,file_name,encoding,supplier,header}');
  v_row := jsonb_populate_record(NULL::import, rules.default_row('import'));
  v_row := jsonb_populate_record(v_row, rules.read_input('import', p_data, '{target,file_name,encoding,supplier}', p_is_new => true, p_filled => '{target}'));
  v_row.supplier := COALESCE(v_row.supplier, '');
  IF v_row.target NOT IN (SELECT target FROM rules.import_field()) THEN
    PERFORM rules.invalid('target', 'unknown_word', 'this cannot be imported');
  ELSIF jsonb_typeof(p_data -> 'header') IS DISTINCT FROM 'array' OR jsonb_array_length(p_data -> 'header') NOT BETWEEN 1 AND 200 THEN
    PERFORM rules.invalid('header', 'invalid_value', 'the titles of 1 to 200 columns are expected');
  END IF;
  v_row.header := ARRAY(SELECT left(t, 200) FROM jsonb_array_elements_text(p_data -> 'header') WITH ORDINALITY AS e (t, n) ORDER BY n);
  v_row.created_by := rules.caller();
  -- Files that were left on the way.
  DELETE FROM import WHERE status <> 'applied' AND created_by = v_row.created_by AND created_at < rules.now() - interval '7 days';
  v_row.target := COALESCE(v_row.target, rules.import_guess_target(v_row));
  v_row.mapping := rules.import_guess(v_row);
  RETURN jsonb_build_object('id', rules.write_row('import', NULL, to_jsonb(v_row) - 'id'), 'target', v_row.target, 'mapping', v_row.mapping);
END
$$;
COMMENT ON FUNCTION api.import_begin(jsonb) IS
  'Begins the import of a file: target (absent: what its columns look like), file_name, encoding, header [titles of the columns], supplier (whose files these are). Returns {id, target, mapping}: the columns recognised. SW003 SW004 SW005. Sales administration.';
SELECT rules.let_call('api.import_begin(jsonb)', 'sw_adv');

CREATE FUNCTION rules.import_guess(p_import softwhere.import) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(
    (SELECT mapping FROM import_mapping
      WHERE target = p_import.target AND supplier = rules.import_fold(p_import.supplier)
        AND header = ARRAY(SELECT rules.import_fold(h) FROM unnest(p_import.header) WITH ORDINALITY AS u (h, n) ORDER BY n)),
    -- Each column is one field and each field one column, the first that fits.
    (SELECT jsonb_object_agg(field, jsonb_build_object('column', column_no))
       FROM (SELECT DISTINCT ON (column_no) field, column_no
               FROM (SELECT DISTINCT ON (f.field) f.field, h.n - 1 AS column_no, f.position
                       FROM rules.import_field() WITH ORDINALITY AS f (target, field, kind, required, title, synonyms, position)
                       JOIN unnest(p_import.header) WITH ORDINALITY AS h (title, n)
                         ON rules.import_fold(h.title) = ANY (string_to_array(f.synonyms, '|') || rules.import_fold(f.field) || f.field)
                      WHERE f.target = p_import.target
                      ORDER BY f.field, h.n) AS first_column
              ORDER BY column_no, position) AS first_field),
    '{}')
$$;
COMMENT ON FUNCTION rules.import_guess(softwhere.import) IS
  'Which column is which field: as the same titles of the same supplier were last time, else by the words of the titles.';

CREATE FUNCTION rules.import_guess_target(p_import softwhere.import) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT t.target
    FROM (SELECT DISTINCT ON (f.target) f.target, f.position, rules.import_guess(jsonb_populate_record(p_import, jsonb_build_object('target', f.target))) AS mapping
            FROM rules.import_field() WITH ORDINALITY AS f (target, field, kind, required, title, synonyms, position) ORDER BY f.target, f.position) AS t,
         LATERAL (SELECT count(*) FILTER (WHERE required AND t.mapping ? field) AS met, count(*) FILTER (WHERE required AND NOT t.mapping ? field) AS missing
                    FROM rules.import_field() AS f WHERE f.target = t.target) AS needed
   ORDER BY t.mapping <> '{}' DESC, needed.missing = 0 DESC, (SELECT count(*) FROM jsonb_object_keys(t.mapping)) DESC, needed.met DESC, t.position LIMIT 1
$$;
COMMENT ON FUNCTION rules.import_guess_target(softwhere.import) IS
  'What a file holds: what most of its columns are columns of, among that of which no column is missing, if there is any.';

CREATE FUNCTION api.import_add(p_id bigint, p_line_numbers bigint[], p_lines text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_import import := rules.import_of_caller(p_id);
BEGIN
  IF v_import.status <> 'loading' THEN
    PERFORM rules.fail('SW007', NULL, 'the file has been read to its end');
  ELSIF COALESCE(cardinality(p_lines) NOT BETWEEN 1 AND 10000 OR cardinality(p_lines) <> cardinality(p_line_numbers), true)
     OR array_position(p_lines, NULL) IS NOT NULL THEN
    PERFORM rules.invalid('lines', 'invalid_value', 'one to 10 000 lines with their numbers are expected');
  ELSIF EXISTS (SELECT FROM unnest(p_lines) AS l WHERE length(l) > 100000) THEN
    PERFORM rules.invalid('lines', 'too_long', 'a line is too long');
  ELSIF COALESCE((SELECT max(line_no) FROM import_line WHERE import_id = p_id), 0) + cardinality(p_lines) > 1000000 THEN
    PERFORM rules.invalid('lines', 'too_many_lines', 'a file has at most a million lines');
  END IF;
  INSERT INTO import_line (import_id, line_no, cells)
  SELECT p_id, n, string_to_array(l, E'\x1e') FROM unnest(p_line_numbers, p_lines) AS u (n, l);
EXCEPTION WHEN unique_violation OR check_violation OR not_null_violation OR numeric_value_out_of_range THEN
  PERFORM rules.invalid('lines', 'invalid_value', 'each line has a number of its own');
END
$$;
COMMENT ON FUNCTION api.import_add(bigint, bigint[], text[]) IS
  'Adds lines of the file: their numbers in the file, and their cells joined by U+001E. At most 10 000 a call. SW002 SW003 SW005 SW007. Sales administration.';
SELECT rules.let_call('api.import_add(bigint, bigint[], text[])', 'sw_adv');

CREATE FUNCTION api.import_discard(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  DELETE FROM import WHERE id = (rules.import_of_caller(p_id)).id;
END
$$;
COMMENT ON FUNCTION api.import_discard(bigint) IS 'Forgets a file that was not imported. SW002 SW003 SW007. Sales administration.';
SELECT rules.let_call('api.import_discard(bigint)', 'sw_adv');
