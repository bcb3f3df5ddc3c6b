-- Entries of search follow the records they are made from, a statement at a time. README, "How search finds a record".

CREATE FUNCTION rules.search_refresh(p_entity text, p_ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old_words text[] := ARRAY(SELECT DISTINCT w FROM search_entry AS e, unnest(tsvector_to_array(e.words)) AS w
                               WHERE e.entity = p_entity AND e.entity_id = ANY (p_ids));
  v_written bigint[];
  v_words text[];
BEGIN
  EXECUTE format($q$
    WITH item AS MATERIALIZED (SELECT v.* FROM unnest($2) AS k (id) JOIN rules.%I AS v ON v.entity_id = k.id),
    written AS (
      INSERT INTO search_entry AS e (entity, entity_id, customer_id, page_id, title, subtitle, name, words)
      SELECT $1, entity_id, customer_id, page_id, title, COALESCE(subtitle, ''), rules.search_name(title),
             COALESCE(array_to_tsvector(rules.search_words(text)), '')
        FROM item
          ON CONFLICT (entity, entity_id) DO UPDATE
         SET (customer_id, page_id, title, subtitle, name, words)
           = (excluded.customer_id, excluded.page_id, excluded.title, excluded.subtitle, excluded.name, excluded.words)),
    number AS (
      SELECT DISTINCT i.entity_id, i.customer_id, p.kind, rules.search_key(p.kind, substr(n, length(p.kind) + 2)) AS key
        FROM item AS i, unnest(i.numbers) AS n, split_part(n, ':', 1) AS p (kind)
       WHERE n IS NOT NULL),
    numbered AS (
      INSERT INTO search_number AS s (entity, entity_id, customer_id, kind, key)
      SELECT $1, entity_id, customer_id, kind, key FROM number WHERE key <> ''
          ON CONFLICT (entity, entity_id, kind, key) DO UPDATE SET customer_id = excluded.customer_id
       WHERE s.customer_id IS DISTINCT FROM excluded.customer_id),
    unnumbered AS (
      DELETE FROM search_number AS s
       WHERE s.entity = $1 AND s.entity_id = ANY ($2)
         AND NOT EXISTS (SELECT FROM number AS n WHERE (n.entity_id, n.kind, n.key) = (s.entity_id, s.kind, s.key)))
    SELECT array_agg(entity_id) FROM item $q$, 'search_' || p_entity)
  INTO v_written USING p_entity, p_ids;

  DELETE FROM search_entry WHERE entity = p_entity AND entity_id = ANY (ARRAY(SELECT unnest(p_ids) EXCEPT SELECT unnest(v_written)));

  v_words := ARRAY(SELECT DISTINCT w FROM search_entry AS e, unnest(tsvector_to_array(e.words)) AS w
                    WHERE e.entity = p_entity AND e.entity_id = ANY (v_written));
  INSERT INTO search_word (word, sound)
  SELECT w, rules.search_sound(w) FROM unnest(v_words) AS w
   WHERE w ~ '^[[:alpha:]]{3,}$' AND NOT EXISTS (SELECT FROM search_word AS s WHERE s.word = w)
      ON CONFLICT (word) DO NOTHING;
  -- A name that is erased must not live on among the words.
  DELETE FROM search_word AS w
   WHERE word = ANY (ARRAY(SELECT unnest(v_old_words) EXCEPT SELECT unnest(v_words))) AND NOT EXISTS (SELECT FROM search_entry AS e WHERE e.words @@ quote_literal(w.word)::tsquery);
END
$$;
COMMENT ON FUNCTION rules.search_refresh(text, bigint[]) IS
  'Writes the entries, numbers and words of these records of p_entity as the view rules.search_<entity> shows them now; what it no longer shows goes.';

-- Somebody else's table of that name in the same session does not count.
CREATE FUNCTION rules.search_waits() RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$ SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('pg_temp.search_waiting') AND relowner = current_user::regrole) $$;
COMMENT ON FUNCTION rules.search_waits() IS 'Whether entries are written later, all at once: between rules.search_wait() and rules.search_catch_up().';

CREATE FUNCTION rules.search_wait() RETURNS void
LANGUAGE sql
SET search_path = pg_catalog
AS $$ CREATE TEMPORARY TABLE search_waiting (entity text NOT NULL, entity_id bigint NOT NULL) ON COMMIT DROP $$;
COMMENT ON FUNCTION rules.search_wait() IS
  'From now on changes are noted, and their entries written by rules.search_catch_up(), which must follow in the same transaction: one refresh for thousands of rows written one by one.';

CREATE FUNCTION rules.search_catch_up() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_waiting record;
BEGIN
  FOR v_waiting IN SELECT entity, array_agg(DISTINCT entity_id) AS ids FROM pg_temp.search_waiting GROUP BY entity ORDER BY entity LOOP
    PERFORM rules.search_refresh(v_waiting.entity, v_waiting.ids);
  END LOOP;
  DROP TABLE pg_temp.search_waiting;
END
$$;
COMMENT ON FUNCTION rules.search_catch_up() IS 'Writes the entries of what changed since rules.search_wait().';

CREATE FUNCTION rules.search_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_changed text := CASE TG_OP
    WHEN 'INSERT' THEN format('SELECT %s FROM new_rows', TG_ARGV[1])
    WHEN 'DELETE' THEN format('SELECT %s FROM old_rows', TG_ARGV[1])
    -- Both ways: a row that moved is news where it was, too.
    ELSE format('(SELECT %1$s FROM new_rows EXCEPT SELECT %1$s FROM old_rows) UNION ALL (SELECT %1$s FROM old_rows EXCEPT SELECT %1$s FROM new_rows)',
                TG_ARGV[1]) END;
  v_ids bigint[];
BEGIN
  EXECUTE format('WITH changed AS (%s) SELECT array_agg(DISTINCT id) FROM (%s) AS q (id)', v_changed, TG_ARGV[2]) INTO v_ids;
  IF v_ids IS NULL THEN
    RETURN NULL;
  ELSIF rules.search_waits() THEN
    INSERT INTO pg_temp.search_waiting SELECT TG_ARGV[0], unnest(v_ids);
  ELSE
    PERFORM rules.search_refresh(TG_ARGV[0], v_ids);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.search_changed() IS
  'Statement trigger: refreshes the entries of an entity. Arguments: the entity, the columns that matter, a query of the ids over "changed" (those columns of the rows that changed).';

CREATE FUNCTION rules.search_follow(p_entity text, p_table regclass, p_columns text[], p_ids text DEFAULT NULL, p_events text[] DEFAULT '{INSERT,UPDATE,DELETE}') RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  v_event record;
BEGIN
  FOR v_event IN
    SELECT * FROM (VALUES ('INSERT', 'NEW TABLE AS new_rows'), ('DELETE', 'OLD TABLE AS old_rows'),
                          ('UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows')) AS e (name, tables)
     WHERE name = ANY (p_events)
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION rules.search_changed(%L, %L, %L)',
      format('search_%s_%s', p_entity, lower(v_event.name)), v_event.name, p_table, v_event.tables, p_entity,
      array_to_string(p_columns, ', '), COALESCE(p_ids, format('SELECT %I FROM changed', p_columns[1])));
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.search_follow(text, regclass, text[], text, text[]) IS
  'Refreshes the entries of p_entity when p_columns of p_table change. The first column is the id of the entity; otherwise p_ids is a query of them over "changed". p_events: a row the records point at is followed by UPDATE alone; there are none when it comes or goes.';

CREATE FUNCTION rules.searchable(p_entity text, p_page text, p_position int) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_view regclass := to_regclass('rules.search_' || p_entity);
  v_digest text := md5(pg_get_viewdef(v_view));
  v_before text;
  v_ids bigint[];
BEGIN
  SELECT digest INTO v_before FROM search_source WHERE entity = p_entity;
  INSERT INTO search_source (entity, page, position, digest) VALUES (p_entity, p_page, p_position, v_digest)
      ON CONFLICT (entity) DO UPDATE SET (page, position, digest) = (excluded.page, excluded.position, excluded.digest);
  IF v_digest IS DISTINCT FROM v_before AND v_view IS NOT NULL THEN
    EXECUTE format('SELECT array_agg(id) FROM (SELECT entity_id FROM %s UNION SELECT entity_id FROM search_entry WHERE entity = $1) AS t (id)', v_view)
       INTO v_ids USING p_entity;
    PERFORM rules.search_refresh(p_entity, v_ids) WHERE v_ids IS NOT NULL;
  END IF;
END
$$;
COMMENT ON FUNCTION rules.searchable(text, text, int) IS
  'Lets search find what the view rules.search_<entity> shows (without such a view: what rules.search_item shows), opened by p_page; the smaller p_position comes first among equal matches. Entries are made anew when the view changed.';
