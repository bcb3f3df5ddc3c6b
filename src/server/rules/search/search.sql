-- Search anything: what a person typed, wherever it leads (SRCH-01, TICK-06, MLINE-02).
-- Matches are ranked by kind: 0 the number, 10 the name, 15 a number that begins so, 18 one that ends so, 20 a name that begins
-- so, 30 words of the name, 40 words of the record, 50 and more words that resemble. Each stage asks one index and stops early.

CREATE TYPE rules.search_hit AS (entity text, entity_id bigint, rank real, found_kind text, found text);
COMMENT ON TYPE rules.search_hit IS 'A record search found, how well, and the number by which.';

-- PL/pgSQL keeps plans from one search to the next; a query in SQL would be planned at each.
CREATE FUNCTION rules.search_by_number(p_text text) RETURNS SETOF rules.search_hit
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT f.entity, f.entity_id, f.rank::real, f.kind, CASE WHEN f.kind LIKE 'iban%' THEN right(f.key, 4) ELSE f.key END COLLATE "default"
    FROM rules.search_typed_keys(p_text) AS t
   CROSS JOIN LATERAL (
     (SELECT c.entity, c.entity_id, CASE WHEN c.key = t.key THEN 0 ELSE 15 END, c.kind, c.key
        FROM rules.search_code AS c WHERE c.key >= t.key AND c.key < t.key_end ORDER BY c.key LIMIT 40)
     UNION ALL
     (SELECT c.entity, c.entity_id, 18, c.kind, c.key
        FROM rules.search_code AS c WHERE c.reversed >= t.reversed AND c.reversed < t.reversed_end ORDER BY c.reversed LIMIT 40)
   ) AS f (entity, entity_id, rank, kind, key);
END
$$;
COMMENT ON FUNCTION rules.search_by_number(text) IS 'Records with a number that is, begins or ends like the text; phones in any form. Of an IBAN the last four are shown.';

CREATE FUNCTION rules.search_by_name(p_name text) RETURNS SETOF rules.search_hit
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT entity, entity_id, CASE WHEN name = p_name THEN 10 ELSE 20 END, NULL, NULL
    FROM search_entry WHERE name >= p_name AND name < p_name || U&'\+10FFFF' ORDER BY name LIMIT 60
$$;
COMMENT ON FUNCTION rules.search_by_name(text) IS 'Records whose name is or begins like p_name (folded).';

CREATE FUNCTION rules.search_by_words(p_query tsquery, p_name text, p_exact boolean) RETURNS SETOF rules.search_hit
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
-- A plan for any query knows not how rare its words are: two hundred rows would seem quicker to meet by reading the table.
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  RETURN QUERY
  SELECT e.entity, e.entity_id, (
         CASE WHEN array_to_tsvector(string_to_array(name, ' ')) @@ p_query THEN 0 ELSE 10 END
         + CASE WHEN p_exact THEN 30 ELSE 50 + 10 * (1 - word_similarity(p_name, name)) END)::real, NULL::text, NULL::text
    FROM (SELECT s.entity, s.entity_id, s.name FROM search_entry AS s WHERE s.words @@ p_query LIMIT 200) AS e;
END
$$;
COMMENT ON FUNCTION rules.search_by_words(tsquery, text, boolean) IS 'Records with the words of a query, those of their name before the others.';

-- Loads pg_trgm: until then its parameter, set below, is a superuser's.
SELECT show_limit();

CREATE FUNCTION rules.search_similar_words(p_word text) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
SET pg_trgm.similarity_threshold = 0.25
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  RETURN QUERY
  WITH known AS (
    -- The words of everybody are the office's; others have those of the records they see.
    SELECT word, sound FROM search_word
     WHERE sound % rules.search_sound(p_word) OR length(p_word) > 3 AND word LIKE '%' || p_word || '%'
    UNION
    SELECT w, rules.search_sound(w) FROM search_entry, unnest(tsvector_to_array(words)) AS w
     WHERE NOT (SELECT rules.has_role(VARIADIC rules.office()))
       AND w ~ '^[[:alpha:]]{3,}$'),
  near AS (
    SELECT word, CASE WHEN word LIKE '%' || p_word || '%' THEN 1 ELSE
             LEAST(levenshtein_less_equal(t.sound, k.sound, 2), levenshtein_less_equal(t.sound, left(k.sound, length(t.sound)), 2),
                   levenshtein_less_equal(t.sound, left(k.sound, length(t.sound) + 1), 2)) END AS distance
      FROM known AS k, rules.search_sound(p_word) AS t (sound))
  SELECT word FROM near
   WHERE distance <= CASE WHEN length(p_word) < 5 THEN 1 ELSE 2 END
   ORDER BY distance, levenshtein(left(word, 64), left(p_word, 64)), word LIMIT 12;
END
$$;
COMMENT ON FUNCTION rules.search_similar_words(text) IS 'Words of the records the caller sees that may be meant by a folded word, at most two mistakes away (one below five letters), nearest first.';

CREATE FUNCTION rules.search_query(p_words text[], p_similar boolean) RETURNS tsquery
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_word text;
  v_query tsquery;
  v_part text;
BEGIN
  FOREACH v_word IN ARRAY p_words LOOP
    v_part := quote_literal(v_word) || ':*';
    IF p_similar AND v_word ~ '^[[:alpha:]]{3,}$' THEN
      SELECT concat_ws(' | ', v_part, string_agg(quote_literal(s), ' | ')) INTO v_part FROM rules.search_similar_words(v_word) AS s;
    END IF;
    v_query := CASE WHEN v_query IS NULL THEN v_part::tsquery ELSE v_query && v_part::tsquery END;
  END LOOP;
  RETURN v_query;
END
$$;
COMMENT ON FUNCTION rules.search_query(text[], boolean) IS 'All these words, or beginnings of them; with p_similar, or words that resemble them.';

CREATE FUNCTION api.search(p_text text, p_limit int DEFAULT 20)
RETURNS TABLE (entity text, entity_id bigint, page text, record_id bigint, title text, subtitle text, found_kind text, found text, rank real)
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_text text := left(COALESCE(p_text, ''), 200);
  v_name text := rules.search_name(v_text);
  v_limit int := LEAST(GREATEST(COALESCE(p_limit, 20), 1), 50);
  -- Two letters begin half of all words: they count in a name's beginning only.
  v_words text[] := ARRAY(SELECT left(w, 64) FROM string_to_table(v_name, ' ') WITH ORDINALITY AS t (w, n) WHERE length(w) > 2 ORDER BY n LIMIT 8);
  v_hits rules.search_hit[];
BEGIN
  IF v_name = '' THEN
    RETURN QUERY
      SELECT i.entity, i.entity_id, i.page, i.page_id, i.title, i.subtitle, NULL::text, NULL::text, NULL::real
        FROM recent_record AS r JOIN rules.search_item AS i ON i.entity = r.page AND i.entity_id = r.record_id
       WHERE r.user_name = rules.caller() ORDER BY r.opened_at DESC LIMIT v_limit;
    RETURN;
  END IF;

  v_hits := ARRAY(SELECT h FROM rules.search_by_number(v_text) AS h) || ARRAY(SELECT h FROM rules.search_by_name(v_name) AS h);
  IF cardinality(v_words) > 0 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM rules.search_by_words(rules.search_query(v_words, false), v_name, true) AS h);
    -- Whoever wrote a number or a name as it is made no mistake.
    IF cardinality(v_hits) < v_limit AND NOT EXISTS (SELECT FROM unnest(v_hits) AS h WHERE h.rank <= 10) THEN
      v_hits := v_hits || ARRAY(SELECT h FROM rules.search_by_words(rules.search_query(v_words, true), v_name, false) AS h);
    END IF;
  END IF;

  RETURN QUERY
    SELECT b.entity, b.entity_id, i.page, i.page_id, i.title, i.subtitle, b.found_kind, b.found, b.rank
      FROM (SELECT DISTINCT ON (h.entity, h.entity_id) h.* FROM unnest(v_hits) AS h
             ORDER BY h.entity, h.entity_id, h.rank, length(h.found)) AS b
      JOIN rules.search_item AS i ON (i.entity, i.entity_id) = (b.entity, b.entity_id)
      LEFT JOIN recent_record AS r ON (r.user_name, r.page, r.record_id) = (rules.caller(), i.page, i.page_id)
     ORDER BY b.rank, r.opened_at DESC NULLS LAST, i.position, b.entity_id DESC
     LIMIT v_limit;
END
$$;
COMMENT ON FUNCTION api.search(text, int) IS
  'What a text leads to, best first, at most p_limit (20, up to 50) rows: numbers and phones in any form, by beginning or end; names and words without accents, one or two mistakes forgiven. For an empty text what the caller opened last. page and record_id: what to open; found: the number that matched, found_kind: what it is (phone siren siret vat number serial rum iban iban_end); rank: the less the better. Everybody, as far as they may read.';

CREATE FUNCTION api.record_opened(p_page text, p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO recent_record (user_name, page, record_id)
  SELECT rules.caller(), p_page, p_id WHERE p_id IS NOT NULL AND EXISTS (SELECT FROM search_source AS s WHERE s.entity = p_page AND s.page = p_page)
      ON CONFLICT (user_name, page, record_id) DO UPDATE SET opened_at = clock_timestamp();
  DELETE FROM recent_record
   WHERE user_name = rules.caller()
     AND opened_at < (SELECT opened_at FROM recent_record WHERE user_name = rules.caller() ORDER BY opened_at DESC OFFSET 29 LIMIT 1);
END
$$;
COMMENT ON FUNCTION api.record_opened(text, bigint) IS
  'Remembers that the caller opened a record, for an empty search and to rank equal matches; thirty are kept. A page search does not open is ignored. Everybody.';

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest(ARRAY['api.search(text, int)', 'api.record_opened(text, bigint)']::regprocedure[]) AS f;
