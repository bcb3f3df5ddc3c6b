-- How search compares: words without accents, numbers without spaces, sounds without spelling.

CREATE FUNCTION rules.search_name(p_text text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN btrim(regexp_replace(rules.fold(p_text), '[^[:alnum:]]+', ' ', 'g'));
COMMENT ON FUNCTION rules.search_name(text) IS 'The words of a text, folded, a space between them.';

CREATE FUNCTION rules.search_words(p_text text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
-- A lexeme has 2 kB at most; nobody types 64 characters of one word. Records arrive by the ten thousand: no query here.
RETURN string_to_array(NULLIF(
  CASE WHEN length(p_text) <= 64 THEN rules.search_name(p_text) ELSE regexp_replace(rules.search_name(p_text), '([^ ]{64})[^ ]+', '\1', 'g') END, ''), ' ');
COMMENT ON FUNCTION rules.search_words(text) IS 'The words of a text, folded; null when it has none.';

CREATE FUNCTION rules.search_sound(p_word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
BEGIN
  -- Letters French does not pronounce, or writes in several ways: Philippe, Filipe; Dupont, Dupond; Nathalie, Natali.
  p_word := replace(replace(replace(p_word, 'ph', 'f'), 'eau', 'o'), 'au', 'o');
  p_word := replace(replace(regexp_replace(p_word, 'c(?=[eiy])', 's', 'g'), 'qu', 'k'), 'y', 'i');
  p_word := regexp_replace(regexp_replace(p_word, 'c(?!h)', 'k', 'g'), '(?<!c)h', '', 'g');
  p_word := regexp_replace(p_word, '(.)\1+', '\1', 'g');
  RETURN regexp_replace(p_word, '(?<=...)(es|[stxde])$', '');
END
$$;
COMMENT ON FUNCTION rules.search_sound(text) IS 'A folded word as it sounds, roughly: two spellings of a French name give the same.';

CREATE FUNCTION rules.search_key(p_kind text, p_value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_kind <> 'phone' THEN regexp_replace(upper(p_value), '[^0-9A-Z]', '', 'g')
  WHEN p_value LIKE '+33%' THEN '0' || substr(p_value, 4)
  WHEN p_value ~ '^\+(590|594|596|262)' THEN '0' || substr(p_value, 5)
  ELSE ltrim(p_value, '+') END;
COMMENT ON FUNCTION rules.search_key(text, text) IS 'A number as search_number keeps it: capitals and digits; phones (E.164) as they are dialled in France.';

CREATE FUNCTION rules.search_typed_keys(p_text text) RETURNS TABLE (key text, key_end text, reversed text, reversed_end text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
DECLARE
  v_text text := replace(p_text, '(0)', '');
  v_key text := regexp_replace(upper(v_text), '[^0-9A-Z]', '', 'g');
  v_abroad text := CASE WHEN v_key !~ '^[0-9]+$' THEN NULL
                        WHEN ltrim(v_text) LIKE '+%' THEN v_key
                        WHEN v_key LIKE '00%' THEN substr(v_key, 3)
                        -- Half of France dials 33 without a plus; it may as well begin a SIRET.
                        WHEN v_key LIKE '33%' AND length(v_key) BETWEEN 5 AND 11 THEN v_key END;
BEGIN
  IF v_key !~ '[0-9]' OR length(v_key) < 3 THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT DISTINCT k, k || '~', reverse(k), reverse(k) || '~' FROM unnest(ARRAY[v_key, CASE
      WHEN v_abroad LIKE '33%' THEN '0' || ltrim(substr(v_abroad, 3), '0')
      WHEN v_abroad ~ '^(590|594|596|262)' THEN '0' || substr(v_abroad, 4)
      ELSE v_abroad END]) AS k WHERE length(k) >= 3;
END
$$;
COMMENT ON FUNCTION rules.search_typed_keys(text) IS
  'The keys a typed text may be the beginning or the end of, with the bounds of what begins so, as plain columns (row security lets an index compare these and no expression); none unless it holds a digit. +33 6, 0033 6, 33 6 and 06 are the same.';
