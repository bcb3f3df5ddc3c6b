-- How tests send a file as the client does. Include inside the transaction: \ir ../lib/import.sql

-- Sends a file (cells between semicolons, titles first) and returns the id of its import.
CREATE FUNCTION pg_temp.send(p_target text, p_file text, p_supplier text DEFAULT '') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_rows text[] := regexp_split_to_array(btrim(p_file, E'\n'), E'\n');
  v_id bigint;
BEGIN
  v_id := api.import_begin(jsonb_build_object('target', p_target, 'file_name', 'fichier.csv', 'encoding', 'UTF-8', 'supplier', p_supplier,
    'header', to_jsonb(string_to_array(v_rows[1], ';')))) ->> 'id';
  PERFORM api.import_add(v_id, ARRAY(SELECT n::bigint FROM generate_series(2, cardinality(v_rows)) AS n),
                         ARRAY(SELECT replace(r, ';', E'\x1e') FROM unnest(v_rows[2:]) AS r));
  RETURN v_id;
END $$;
CREATE FUNCTION pg_temp.mapping(p_id bigint) RETURNS jsonb LANGUAGE sql AS $$ SELECT mapping FROM api.import WHERE id = p_id $$;
-- "2 create, 3 refused siret SW005 invalid_siret": line by line.
CREATE FUNCTION pg_temp.outcomes(p_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', line_no, outcome, field, code, reason, detail), ', ' ORDER BY line_no) FROM api.import_line WHERE import_id = p_id $$;
-- Checks a file with the columns that were recognised: "3 create 1 refused".
CREATE FUNCTION pg_temp.checked(p_id bigint, p_leave_out boolean DEFAULT false) RETURNS text LANGUAGE sql AS $$
  SELECT (SELECT string_agg(value || ' ' || key, ' ' ORDER BY key)
            FROM jsonb_each_text(api.import_check(p_id, (SELECT mapping FROM api.import WHERE id = p_id), p_leave_out)) WHERE value <> '0') $$;
CREATE FUNCTION pg_temp.refused(p_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', line_no, field, code, reason), ', ' ORDER BY line_no) FROM api.import_line WHERE import_id = p_id AND outcome = 'refused' $$;
