-- Reading what clients send, and writing what they read.

CREATE FUNCTION rules.numbers_as_text(p_value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  -- Through its text, at once: walking the tree takes ten times as long. Escaped backslashes and quotes step aside as control
  -- characters, which JSON text never holds, so that each quote opens or closes a string; numbers are in every other piece.
  SELECT replace(replace(string_agg(CASE WHEN n % 2 = 1 AND piece LIKE '%.%' THEN regexp_replace(piece, '-?[0-9]+\.[0-9]+', '"\&"', 'g')
                                         ELSE piece END, '"' ORDER BY n), E'\x02', '\"'), E'\x01', '\\')::jsonb
    FROM string_to_table(replace(replace(p_value::text, '\\', E'\x01'), '\"', E'\x02'), '"') WITH ORDINALITY AS t (piece, n)
$$;
COMMENT ON FUNCTION rules.numbers_as_text(jsonb) IS
  'Turns every number with decimals into text, so that no amount ever passes through a binary float on its way to a client.';

CREATE FUNCTION rules.fold(p_text text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN lower(softwhere.unaccent('softwhere.unaccent', COALESCE(p_text, '')));
COMMENT ON FUNCTION rules.fold(text) IS 'Lower case without accents: what search compares.';
