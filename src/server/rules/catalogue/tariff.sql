-- Price grids of calls: versions whose days never overlap.

CREATE FUNCTION rules.check_grid_overlap(p_grid_id bigint, p_versions jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_path text;
BEGIN
  SELECT s.value ->> 'path' INTO v_path
    FROM tariff_grid_version AS v
    JOIN jsonb_array_elements(p_versions) AS s ON (s.value ->> 'id')::bigint = v.id
    JOIN tariff_grid_version AS o ON o.tariff_grid_id = v.tariff_grid_id AND o.id <> v.id
     AND daterange(o.valid_from_on, o.valid_until_on, '[]') && daterange(v.valid_from_on, v.valid_until_on, '[]')
   WHERE v.tariff_grid_id = p_grid_id ORDER BY v.valid_from_on DESC LIMIT 1;
  IF FOUND THEN
    PERFORM rules.invalid(v_path || 'valid_from_on', 'tariff_grid_version_no_overlap', 'another version is valid on these days');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_grid_overlap(bigint, jsonb) IS 'SW005 on the version, of those just saved [{id, path}], that shares a day with another.';

CREATE FUNCTION api.tariff_grid_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_version record;
  v_saved jsonb := '[]';
  v_field text; v_message text; v_detail text; v_hint text; v_reason text; v_path text;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  v_id := rules.save_record('tariff_grid', 'api.tariff_grid', p_data, '{code,label,active}', '{}', '{versions}');
  -- Two versions may change their common bound in one save: judged together, at the end.
  SET CONSTRAINTS softwhere.tariff_grid_version_no_overlap DEFERRED;
  FOR v_version IN
    SELECT * FROM rules.save_children('tariff_grid_version', 'api.tariff_grid_version', p_data, 'versions', '{valid_from_on,valid_until_on}',
                                      jsonb_build_object('tariff_grid_id', v_id), '{prices,period,fixed}')
  LOOP
    v_saved := v_saved || jsonb_build_object('id', v_version.id, 'path', v_version.path);
    PERFORM rules.save_children('tariff_price', 'api.tariff_price', v_version.entry, 'prices',
      '{number_type,prefix,destination,category,zone,connection_price,unit_price,unit,first_step_s,next_step_s,minimum_s,included}',
      jsonb_build_object('tariff_grid_version_id', v_version.id), p_path => v_version.path);
  END LOOP;
  PERFORM rules.check_grid_overlap(v_id, v_saved);
  SET CONSTRAINTS softwhere.tariff_grid_version_no_overlap IMMEDIATE;
  RETURN v_id;
EXCEPTION WHEN SQLSTATE 'SW005' THEN
  GET STACKED DIAGNOSTICS v_field = COLUMN_NAME, v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT,
    v_reason = CONSTRAINT_NAME;
  IF v_reason <> 'tariff_version_begun' THEN
    RAISE;
  END IF;
  -- The guard knows the version, not where it is in what was sent.
  SELECT e.path INTO v_path FROM rules.entries(p_data, 'versions', '') AS e WHERE rules.input_id(e.entry, e.path) = v_detail::bigint;
  PERFORM rules.fail('SW005', v_path || v_field, v_message, v_detail, v_hint, v_reason);
END
$$;
COMMENT ON FUNCTION api.tariff_grid_save(jsonb) IS
  'Creates or changes a grid: columns of api.tariff_grid, versions [{valid_from_on, valid_until_on, prices [{prefix, destination, unit_price …}]}]. SW005 tariff_grid_version_no_overlap when two versions share a day, tariff_version_begun on prices and past days of one that has begun. SW001 SW002 SW003 SW004 SW012. Roles sw_adv, sw_accounting.';

CREATE FUNCTION api.tariff_price_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint := rules.input_id(p_data);
  v_grid_id bigint;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  -- Who edits the grid at the same time is met here, and told.
  SELECT g.id INTO v_grid_id FROM tariff_grid AS g JOIN tariff_grid_version AS v ON v.tariff_grid_id = g.id
   WHERE v.id = COALESCE((SELECT tariff_grid_version_id FROM tariff_price WHERE id = v_id), (p_data ->> 'tariff_grid_version_id')::bigint)
     FOR UPDATE OF g;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'tariff_grid_version_id', 'record not found');
  ELSIF rules.is_deleted(p_data) THEN
    PERFORM rules.check_version(p_data, (SELECT row_version FROM tariff_price WHERE id = v_id));
    DELETE FROM tariff_price WHERE id = v_id;
    RETURN v_id;
  END IF;
  RETURN rules.save_record('tariff_price', 'api.tariff_price', p_data,
    CASE WHEN v_id IS NULL THEN '{tariff_grid_version_id}'::text[] ELSE '{}' END
    || '{number_type,prefix,destination,category,zone,connection_price,unit_price,unit,first_step_s,next_step_s,minimum_s,included}'::text[]);
END
$$;
COMMENT ON FUNCTION api.tariff_price_save(jsonb) IS
  'Adds a price to a version of a grid (tariff_grid_version_id), changes one, or removes it ("deleted"): columns of api.tariff_price (CSV-04). SW005 tariff_version_begun once the version has begun. SW001 SW002 SW003 SW004 SW005 SW012. Roles sw_adv, sw_accounting.';

CREATE FUNCTION api.tariff_price_record(p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT rules.numbers_as_text(to_jsonb(p) - 'search_text' || jsonb_build_object('fixed', v.fixed))
    FROM api.tariff_price AS p JOIN api.tariff_grid_version AS v ON v.id = p.tariff_grid_version_id WHERE p.id = p_id
$$;
COMMENT ON FUNCTION api.tariff_price_record(bigint) IS
  'One row of api.tariff_price, amounts as text, and fixed: its version has begun, it changes no more; null when there is none. Office.';

CREATE FUNCTION api.tariff_grid_copy(p_version_id bigint, p_valid_from_on date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old tariff_grid_version;
  v_id bigint;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  SELECT * INTO v_old FROM tariff_grid_version WHERE id = p_version_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF p_valid_from_on IS NULL THEN
    PERFORM rules.required('valid_from_on');
  ELSIF p_valid_from_on <= rules.today() AND rules.tariff_version_begun(v_old.valid_from_on, v_old.created_at) THEN
    PERFORM rules.invalid('valid_from_on', 'tariff_version_from_tomorrow', 'calls of today are billed with the version in force');
  ELSIF p_valid_from_on <= v_old.valid_from_on OR EXISTS (
      SELECT FROM tariff_grid_version WHERE tariff_grid_id = v_old.tariff_grid_id AND valid_from_on > v_old.valid_from_on
         AND COALESCE(valid_until_on, 'infinity') >= p_valid_from_on) THEN
    PERFORM rules.invalid('valid_from_on', 'tariff_grid_version_no_overlap', 'the new version begins after this one and before no other');
  END IF;
  UPDATE tariff_grid_version SET valid_until_on = p_valid_from_on - 1
   WHERE id = v_old.id AND (valid_until_on IS NULL OR valid_until_on >= p_valid_from_on);
  INSERT INTO tariff_grid_version (tariff_grid_id, valid_from_on) VALUES (v_old.tariff_grid_id, p_valid_from_on) RETURNING id INTO v_id;
  INSERT INTO tariff_price (tariff_grid_version_id, number_type, prefix, destination, category, zone, connection_price, unit_price, unit,
                            first_step_s, next_step_s, minimum_s, included)
  SELECT v_id, number_type, prefix, destination, category, zone, connection_price, unit_price, unit, first_step_s, next_step_s, minimum_s, included
    FROM tariff_price WHERE tariff_grid_version_id = v_old.id ORDER BY id;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.tariff_grid_copy(bigint, date) IS
  'Begins a new version on p_valid_from_on with the prices of version p_version_id, which ends the day before; returns its id. The prices of past days stay what they were. SW002 SW003 SW004 SW005. Roles sw_adv, sw_accounting.';

CREATE FUNCTION api.tariff_grid_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(g) - 'search_text' FROM api.tariff_grid AS g WHERE g.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object('versions', (
    SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.valid_from_on DESC), '[]')
      FROM api.tariff_grid_version AS v WHERE v.tariff_grid_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.tariff_grid_record(bigint) IS
  'Columns of api.tariff_grid, and versions, newest first, with how many prices each has: the prices themselves, thousands, are read by pages in api.tariff_price. SW002. Office.';
