-- Offers and price grids from a file, written by their own save functions (CSV-02…04, OFFER-*).

CREATE FUNCTION rules.import_save
  (p_save regprocedure, p_table regclass, p_id bigint, p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_before jsonb;
  v_after jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t) - %L::text[] FROM %s AS t WHERE id = $1', '{row_version}', p_table) INTO v_before USING p_id;
  EXECUTE format('SELECT %s($1)', p_save::oid::regproc)
     INTO record_id USING p_data || CASE WHEN p_id IS NOT NULL THEN jsonb_build_object('id', p_id) ELSE '{}' END;
  EXECUTE format('SELECT to_jsonb(t) - %L::text[] FROM %s AS t WHERE id = $1', '{row_version}', p_table) INTO v_after USING record_id;
  outcome := CASE WHEN p_id IS NULL THEN 'create' WHEN v_before = v_after THEN 'same' ELSE 'change' END;
END
$$;
COMMENT ON FUNCTION rules.import_save(regprocedure, regclass, bigint, jsonb) IS 'Saves one record with its save function and says what that did.';

CREATE FUNCTION rules.import_offer(p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  SELECT s.outcome, s.record_id INTO outcome, record_id
    FROM rules.import_save('api.offer_save(jsonb)', 'offer', (SELECT id FROM offer WHERE code = p_data ->> 'code'), p_data) AS s;
END
$$;
COMMENT ON FUNCTION rules.import_offer(jsonb) IS 'One line of offers: known by the code. What was sold keeps its price.';

CREATE FUNCTION rules.import_tariff(p_data jsonb, OUT outcome text, OUT record_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_grid bigint := (SELECT id FROM tariff_grid WHERE code = p_data ->> 'grid');
  v_version bigint := (SELECT id FROM tariff_grid_version WHERE tariff_grid_id = v_grid AND valid_from_on = (p_data ->> 'valid_from_on')::date);
  v_row jsonb := p_data - '{grid,valid_from_on,valid_until_on}'::text[];
  v_old jsonb;
BEGIN
  SELECT to_jsonb(t) INTO v_old FROM tariff_price AS t
   WHERE tariff_grid_version_id = v_version AND number_type = COALESCE(v_row ->> 'number_type', 'e164')
     AND category = COALESCE(v_row ->> 'category', 'voice') AND prefix = v_row ->> 'prefix';
  record_id := api.tariff_grid_save(
    CASE WHEN v_grid IS NULL THEN jsonb_build_object('code', p_data ->> 'grid', 'label', p_data ->> 'grid') ELSE jsonb_build_object('id', v_grid) END
    || jsonb_build_object('versions', jsonb_build_array(
         CASE WHEN v_version IS NULL THEN p_data - 'grid' - ARRAY(SELECT jsonb_object_keys(v_row)) ELSE jsonb_build_object('id', v_version) END
         || jsonb_build_object('prices', jsonb_build_array(
              v_row || CASE WHEN v_old IS NULL THEN '{}' ELSE jsonb_build_object('id', v_old -> 'id') END)))));
  outcome := CASE WHEN v_old IS NULL THEN 'create'
                  WHEN v_old - 'row_version' = (SELECT to_jsonb(t) - 'row_version' FROM tariff_price AS t WHERE id = (v_old ->> 'id')::bigint) THEN 'same'
                  ELSE 'change' END;
END
$$;
COMMENT ON FUNCTION rules.import_tariff(jsonb) IS
  'One line of a price grid: the grid by its code, its version by the first day, the price by type of number, category and prefix; what is not there is made.';
