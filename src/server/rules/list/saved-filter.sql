-- Filters under a name, and the columns of a list, kept for each person: found again at another desk.

CREATE FUNCTION rules.list_columns(p_list text) RETURNS text[]
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_columns text[];
BEGIN
  SELECT array_agg(a.attname::text) INTO v_columns
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
   WHERE c.relnamespace = 'api'::regnamespace AND c.relkind = 'v' AND c.relname = p_list;
  IF v_columns IS NULL THEN
    PERFORM rules.invalid('list', 'invalid_value', 'there is no such list');
  END IF;
  RETURN v_columns;
END
$$;
COMMENT ON FUNCTION rules.list_columns(text) IS 'The columns of a view of api. Error SW005.';

CREATE FUNCTION rules.check_filter(p_list text, p_conditions jsonb) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_columns text[] := rules.list_columns(p_list);
  v_filter jsonb;
BEGIN
  IF COALESCE(jsonb_typeof(p_conditions), '') <> 'object' OR jsonb_typeof(COALESCE(p_conditions -> 'filters', '[]')) <> 'array' THEN
    PERFORM rules.invalid('conditions', 'invalid_value', 'a filter is an object with an array of filters');
  ELSIF length(p_conditions::text) > 10000 THEN
    PERFORM rules.invalid('conditions', 'too_long', 'this filter is too long');
  END IF;
  PERFORM rules.refuse_unknown_keys(p_conditions, '{search,quick,sort,descending,filters}', '{}', 'conditions.');
  IF COALESCE(p_conditions ->> 'sort', '') <> ALL (v_columns || ''::text) THEN
    PERFORM rules.invalid('conditions.sort', 'unknown_field', 'the list has no such column');
  END IF;
  FOR v_filter IN SELECT * FROM jsonb_array_elements(COALESCE(p_conditions -> 'filters', '[]')) LOOP
    IF COALESCE(v_filter ->> 'column' <> ALL (v_columns), true) THEN
      PERFORM rules.invalid('conditions.filters', 'unknown_field', 'the list has no such column');
    ELSIF COALESCE(v_filter ->> 'operator' <> ALL ('{equal,in,contains,between,null,not-null}'), true)
       OR COALESCE(jsonb_typeof(v_filter -> 'values') <> 'array', true)
       OR EXISTS (SELECT FROM jsonb_array_elements(v_filter -> 'values') AS e WHERE jsonb_typeof(e) <> 'string') THEN
      PERFORM rules.invalid('conditions.filters', 'invalid_value', 'a condition has a known operator and an array of texts');
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.check_filter(text, jsonb) IS
  'SW005 unless the conditions of a saved filter name columns of the list and known operators: {search, quick, sort, descending, filters: [{column, operator, values}]}.';

CREATE FUNCTION rules.check_shared_with(p_role text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
BEGIN
  IF p_role IS NULL THEN
    RETURN;
  ELSIF p_role <> ALL (rules.office()) THEN
    PERFORM rules.invalid('shared_with', 'invalid_value', 'filters are shared with a role of the office');
  ELSIF NOT rules.has_role(VARIADIC rules.office()) THEN
    PERFORM rules.fail('SW003', 'shared_with', 'this is not allowed for your role');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_shared_with(text) IS 'Filters are shared within the office. Errors SW003 SW005.';

CREATE FUNCTION rules.own_filter(p_data jsonb) RETURNS softwhere.saved_filter
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint := rules.input_id(p_data);
  v saved_filter;
BEGIN
  SELECT * INTO v FROM saved_filter WHERE id = v_id AND role_name = rules.caller() FOR UPDATE;
  IF NOT FOUND AND v_id IS NOT NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  PERFORM rules.check_version(p_data, v.row_version);
  RETURN v;
END
$$;
COMMENT ON FUNCTION rules.own_filter(jsonb) IS 'The saved filter of the caller that p_data names, locked; nothing when it is new. Errors SW001 SW002.';

CREATE FUNCTION api.saved_filter_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old saved_filter := rules.own_filter(p_data);
  v_new saved_filter;
  v_input jsonb;
BEGIN
  IF rules.is_deleted(p_data) THEN
    DELETE FROM saved_filter WHERE id = v_old.id;
    RETURN v_old.id;
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, '{id,row_version,list,name,conditions,shared_with,is_default,deleted}');
  v_input := rules.read_input('saved_filter', p_data, '{list,name,shared_with,is_default}', p_is_new => v_old.id IS NULL);
  v_new := jsonb_populate_record(v_old, CASE WHEN v_old.id IS NULL THEN '{"is_default": false, "row_version": 1}' ELSE '{}' END::jsonb
    || v_input || jsonb_build_object('conditions', COALESCE(p_data -> 'conditions', v_old.conditions), 'role_name', rules.caller()));
  IF v_new.name IS NULL OR v_new.list IS NULL THEN
    PERFORM rules.required(CASE WHEN v_new.name IS NULL THEN 'name' ELSE 'list' END);
  ELSIF length(v_new.name) > 80 THEN
    PERFORM rules.invalid('name', 'too_long', 'this is too long');
  END IF;
  PERFORM rules.check_filter(v_new.list, v_new.conditions);
  PERFORM rules.check_shared_with(v_new.shared_with);
  IF v_new.is_default THEN
    UPDATE saved_filter SET is_default = false WHERE role_name = v_new.role_name AND list = v_new.list AND is_default AND id IS DISTINCT FROM v_old.id;
  END IF;
  v_new.created_at := COALESCE(v_old.created_at, clock_timestamp());
  RETURN rules.write_row('saved_filter', v_old.id, to_jsonb(v_new) - 'id');
END
$$;
COMMENT ON FUNCTION api.saved_filter_save(jsonb) IS
  'Creates, changes or ("deleted": true) removes a filter of the caller: list (a view of api), name, conditions {search, quick (the chip chosen), sort, descending, filters: [{column, operator, values}]}, shared_with (a group role of the office, or null), is_default. Returns the id. Errors SW001 SW002 SW003 SW004 SW005 SW012. Everybody.';

CREATE FUNCTION api.list_layout_save(p_list text, p_layout jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.list_columns(p_list);
  IF jsonb_typeof(p_layout) IS DISTINCT FROM 'array' OR length(p_layout::text) > 10000
     OR EXISTS (SELECT FROM jsonb_array_elements(p_layout) AS e
                 WHERE jsonb_typeof(e) <> 'object' OR COALESCE((e ->> 'column') !~ '^[a-z0-9_]{1,63}$', true)) THEN
    PERFORM rules.invalid('p_layout', 'invalid_value', 'a layout is an array of columns');
  END IF;
  INSERT INTO list_layout (role_name, list, layout) VALUES (rules.caller(), p_list, p_layout)
      ON CONFLICT (role_name, list) DO UPDATE SET layout = excluded.layout;
END
$$;
COMMENT ON FUNCTION api.list_layout_save(text, jsonb) IS
  'Keeps the columns the caller chose for a list: [{"column", "width" in pixels, "shown"}], in order. Error SW005. Everybody.';

SELECT rules.versioned('softwhere.saved_filter');
SELECT rules.let_read('softwhere.saved_filter', rules.office() || '{sw_partner,sw_customer}', NULL,
  'role_name = (SELECT rules.caller()) OR shared_with = ANY ((SELECT rules.my_roles())::text[])');
SELECT rules.let_read('softwhere.list_layout', rules.office() || '{sw_partner,sw_customer}', NULL, 'role_name = (SELECT rules.caller())');

CREATE VIEW api.saved_filter WITH (security_invoker = true) AS
SELECT f.id, f.list, f.name, f.conditions, f.shared_with, f.is_default AND f.role_name = (SELECT rules.caller()) AS is_default,
       f.role_name = (SELECT rules.caller()) AS is_own, COALESCE(u.display_name, f.role_name) AS owner_name, f.row_version
  FROM softwhere.saved_filter AS f
  LEFT JOIN softwhere.app_user AS u ON u.role_name = f.role_name;
COMMENT ON VIEW api.saved_filter IS 'The filters of the caller and those shared with a role of theirs.';

CREATE FUNCTION api.list_state(p_list text) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'layout', (SELECT layout FROM list_layout WHERE role_name = rules.caller() AND list = p_list),
    'filters', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'conditions', f.conditions::text,
                         'shared_with', f.shared_with, 'is_default', f.is_default, 'is_own', f.is_own, 'owner_name', f.owner_name,
                         'row_version', f.row_version) ORDER BY f.is_own DESC, rules.fold(f.name), f.id), '[]')
                  FROM api.saved_filter AS f WHERE f.list = p_list),
    'roles', (SELECT COALESCE(jsonb_agg(jsonb_build_object('code', r, 'label', rules.role_label(r)) ORDER BY n), '[]')
                FROM unnest(rules.office()) WITH ORDINALITY AS t (r, n) WHERE rules.has_role(VARIADIC rules.office())))
$$;
COMMENT ON FUNCTION api.list_state(text) IS
  'What the caller keeps of a list, in one round trip: layout (as saved, or null), filters (their own first, conditions as text), roles the caller may share with. Everybody.';

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest('{api.saved_filter_save(jsonb),"api.list_layout_save(text,jsonb)",api.list_state(text)}'::regprocedure[]) AS f;
