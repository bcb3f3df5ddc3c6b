-- Tells listening clients what changed: NOTIFY softwhere, 'customer:12'. Never business data.

CREATE FUNCTION rules.tell_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_entity text := TG_ARGV[0];
  v_ids bigint[];
BEGIN
  IF TG_ARGV[1] = '' THEN
    v_ids := NULL;
  ELSE
    -- 51 rows are enough to know that there are more than 50.
    EXECUTE format('SELECT array_agg(DISTINCT id) FROM (SELECT %I AS id FROM changed LIMIT 51) AS c', TG_ARGV[1]) INTO v_ids;
    IF v_ids IS NULL OR v_ids = ARRAY[NULL::bigint] THEN
      RETURN NULL;
    END IF;
  END IF;

  IF v_ids IS NULL OR cardinality(v_ids) > 50 THEN
    PERFORM pg_notify('softwhere', v_entity || ':*');
  ELSE
    PERFORM pg_notify('softwhere', v_entity || ':' || id) FROM unnest(v_ids) AS id WHERE id IS NOT NULL;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.tell_change() IS
  'Statement trigger: one notice entity:id per record changed, one entity:* above 50. NOTIFY locks at commit, so bulk work tells once.';

CREATE FUNCTION rules.watch(p_table regclass, p_entity text, p_id_column text DEFAULT 'id') RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  v_event text;
  v_name text;
BEGIN
  FOREACH v_event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
    -- zz: after every trigger that may still refuse the change.
    v_name := 'zz_watch_' || p_entity || '_' || lower(v_event);
    EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules.tell_change(%L, %L)',
      v_name, v_event, p_table, CASE v_event WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, p_entity, p_id_column);
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.watch(regclass, text, text) IS
  'Puts a table on the change feed as p_entity; p_id_column holds the id of that entity (customer_id for its contacts), empty for entity:*.';
