-- Records what changed in change_feed, and wakes listening clients: NOTIFY softwhere, without payload, since PostgreSQL lets
-- every login listen to every channel. They then ask api.changes_since(), which shows each what they may see.

CREATE FUNCTION rules.tell(p_entity text, p_id bigint DEFAULT 0, p_customer_id bigint DEFAULT 0) RETURNS void
LANGUAGE sql
SET search_path = softwhere, pg_temp
AS $$
  INSERT INTO change_feed (entity, entity_id, customer_id) VALUES (p_entity, p_id, p_customer_id) ON CONFLICT DO NOTHING;
  SELECT pg_notify('softwhere', '');
$$;
COMMENT ON FUNCTION rules.tell(text, bigint, bigint) IS
  'Puts one change on the feed: entity * for everything, id 0 for any record of it, p_customer_id for those of other houses who may learn of it.';

CREATE FUNCTION rules.tell_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_rows text := format('(SELECT %s AS id, %s AS customer_id FROM %%s LIMIT 1001)',
    COALESCE(quote_ident(NULLIF(TG_ARGV[1], '')), '0'), COALESCE(quote_ident(NULLIF(TG_ARGV[2], '')), '0'));
  v_told bigint;
BEGIN
  -- Changes of 50 records are told one by one; of more, or of so many rows that counting them would cost, as a whole.
  EXECUTE format($q$
    WITH concerned AS MATERIALIZED (%s),
         size AS (SELECT count(DISTINCT id) <= 50 AND (SELECT count(*) FROM (SELECT FROM changed LIMIT 1001) AS c) <= 1000 AS few FROM concerned)
    INSERT INTO change_feed (entity, entity_id, customer_id)
    SELECT DISTINCT $1, CASE WHEN few THEN id ELSE 0 END, CASE WHEN few THEN COALESCE(customer_id, 0) ELSE 0 END
      FROM concerned CROSS JOIN size WHERE id IS NOT NULL
        ON CONFLICT DO NOTHING $q$,
    -- A row that went from one customer to another concerns both.
    format(v_rows, 'changed') || CASE TG_OP WHEN 'UPDATE' THEN ' UNION ' || format(v_rows, 'before') ELSE '' END)
    USING TG_ARGV[0];
  GET DIAGNOSTICS v_told = ROW_COUNT;
  IF v_told > 0 THEN
    PERFORM pg_notify('softwhere', '');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.tell_change() IS
  'Statement trigger: a row of change_feed per record changed, one for all of them above 50. NOTIFY locks at commit and equal notices collapse: one a transaction.';

CREATE FUNCTION rules.watch(p_table regclass, p_entity text, p_id_column text DEFAULT 'id') RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  v_event text;
  v_customer_column text := CASE
    WHEN p_table = 'softwhere.customer'::regclass THEN 'id'
    WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = p_table AND attname = 'customer_id' AND NOT attisdropped) THEN 'customer_id'
    ELSE '' END;
BEGIN
  FOREACH v_event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
    -- zz: after every trigger that may still refuse the change.
    EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION rules.tell_change(%L, %L, %L)',
      'zz_watch_' || p_entity || '_' || lower(v_event), v_event, p_table,
      CASE v_event WHEN 'INSERT' THEN 'NEW TABLE AS changed' WHEN 'DELETE' THEN 'OLD TABLE AS changed'
                   ELSE 'NEW TABLE AS changed OLD TABLE AS before' END,
      p_entity, p_id_column, v_customer_column);
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.watch(regclass, text, text) IS
  'Puts a table on the change feed as p_entity; p_id_column holds the id of that entity (customer_id for its contacts), empty for all of them. A column customer_id says whom among partners and customers a change concerns.';
