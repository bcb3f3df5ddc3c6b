-- Saving a record that has no rule of its own beyond its columns: what most save functions begin with.

CREATE FUNCTION rules.columns_but(p_table regclass, VARIADIC p_columns text[]) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
   WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped AND attname <> ALL (p_columns)
$$;
COMMENT ON FUNCTION rules.columns_but(regclass, text[]) IS 'The columns of a table except some: what is granted when a column is for few.';

CREATE FUNCTION rules.save_record
  (p_table regclass, p_view regclass, p_data jsonb, p_keys text[], p_fixed jsonb DEFAULT '{}', p_nested text[] DEFAULT '{}',
   p_kinds jsonb DEFAULT '{}', p_path text DEFAULT '')
RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint := rules.input_id(p_data, p_path);
  v_row jsonb;
BEGIN
  PERFORM rules.refuse_read_only(p_data, p_view, p_keys || p_nested || '{deleted}', p_path);
  IF v_id IS NULL THEN
    RETURN rules.write_row(p_table, NULL, rules.default_row(p_table) || p_fixed
      || rules.read_input(p_table, p_data, p_keys, p_kinds, p_path, true), p_path);
  END IF;
  EXECUTE format('SELECT to_jsonb(t) FROM %s AS t WHERE id = $1 FOR UPDATE', p_table) INTO v_row USING v_id;
  -- A row of another parent is none of this record's.
  IF v_row IS NULL OR NOT v_row @> (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each(p_fixed) WHERE key LIKE '%\_id') THEN
    PERFORM rules.fail('SW002', p_path || 'id', 'record not found');
  END IF;
  PERFORM rules.check_version(p_data, (v_row ->> 'row_version')::int, p_path);
  v_row := rules.read_input(p_table, p_data, p_keys, p_kinds, p_path);
  IF v_row <> '{}' THEN
    PERFORM rules.write_row(p_table, v_id, v_row, p_path);
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.save_record(regclass, regclass, jsonb, text[], jsonb, text[], jsonb, text) IS
  'Creates or changes one row: p_keys may be written, p_nested are arrays read elsewhere, p_fixed are columns of a new row that are not asked for (its *_id must match those of an old one). SW001 SW002 SW004 SW005 SW012 on p_path || column. Returns the id.';

CREATE FUNCTION rules.save_children
  (p_table regclass, p_view regclass, p_data jsonb, p_key text, p_keys text[], p_fixed jsonb, p_nested text[] DEFAULT '{}',
   p_kinds jsonb DEFAULT '{}', p_path text DEFAULT '')
RETURNS TABLE (id bigint, path text, entry jsonb)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_parent text := (SELECT string_agg(format('%I = %s', f.key, f.value), ' AND ') FROM jsonb_each_text(p_fixed) AS f WHERE f.key LIKE '%\_id');
  v_gone bigint;
BEGIN
  FOR path, entry IN SELECT e.path, e.entry FROM rules.entries(p_data, p_key, p_path) AS e LOOP
    IF NOT rules.is_deleted(entry) THEN
      id := rules.save_record(p_table, p_view, entry, p_keys, p_fixed, p_nested, p_kinds, path);
      RETURN NEXT;
    ELSIF rules.input_id(entry, path) IS NOT NULL THEN
      BEGIN
        EXECUTE format('DELETE FROM %s WHERE id = $1 AND %s RETURNING id', p_table, v_parent) INTO v_gone USING rules.input_id(entry, path);
      EXCEPTION WHEN foreign_key_violation THEN
        PERFORM rules.fail('SW013', path || 'deleted', 'this is still in use elsewhere');
      END;
      IF v_gone IS NULL THEN
        PERFORM rules.fail('SW002', path || 'id', 'record not found');
      END IF;
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.save_children(regclass, regclass, jsonb, text, text[], jsonb, text[], jsonb, text) IS
  'The rows of the array p_key of a save: without id added, "deleted" removed (SW013 when used), else changed. p_fixed names their parent. Returns those that remain, with the path of their fields.';
