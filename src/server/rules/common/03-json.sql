-- Reading what clients send, and writing what they read.

CREATE FUNCTION rules.numbers_as_text(p_value jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
BEGIN
  RETURN CASE jsonb_typeof(p_value)
    WHEN 'object' THEN
      (SELECT COALESCE(jsonb_object_agg(key, rules.numbers_as_text(value)), '{}') FROM jsonb_each(p_value))
    WHEN 'array' THEN
      (SELECT COALESCE(jsonb_agg(rules.numbers_as_text(value) ORDER BY ordinality), '[]')
         FROM jsonb_array_elements(p_value) WITH ORDINALITY)
    WHEN 'number' THEN
      CASE WHEN p_value::text ~ '[.eE]' THEN to_jsonb(p_value #>> '{}') ELSE p_value END
    ELSE p_value
  END;
END
$$;
COMMENT ON FUNCTION rules.numbers_as_text(jsonb) IS
  'Turns every number with decimals into text, so that no amount ever passes through a binary float on its way to a client.';

CREATE FUNCTION rules.fold(p_text text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN lower(softwhere.unaccent('softwhere.unaccent', COALESCE(p_text, '')));
COMMENT ON FUNCTION rules.fold(text) IS 'Lower case without accents: what search compares.';
