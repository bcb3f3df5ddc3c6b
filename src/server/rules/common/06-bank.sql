-- Bank identifiers (DOMAIN 2.5, 3.1, 3.2). Each answers true, false, or null for null. Input is normalised: upper case, no space.

CREATE FUNCTION rules.mod_97(p_text text) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  -- numeric has no limit, so letters become A = 10 … Z = 35 and the remainder is taken at once.
  SELECT (string_agg(CASE WHEN c ~ '[A-Z]' THEN (ascii(c) - 55)::text ELSE c END, '' ORDER BY n)::numeric % 97)::int
    FROM regexp_split_to_table(p_text, '') WITH ORDINALITY AS t (c, n)
$$;
COMMENT ON FUNCTION rules.mod_97(text) IS 'Remainder by 97 of [0-9A-Z]+ with A = 10 … Z = 35 (ISO 7064).';

CREATE FUNCTION rules.is_iban(p_iban text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE WHEN p_iban !~ '^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$' THEN false
              ELSE rules.mod_97(substr(p_iban, 5) || left(p_iban, 4)) = 1
                   AND length(p_iban) = COALESCE(
                     (SELECT len FROM (VALUES
                        ('AD', 24), ('AT', 20), ('BE', 16), ('BG', 22), ('CH', 21), ('CY', 28), ('CZ', 24), ('DE', 22), ('DK', 18),
                        ('EE', 20), ('ES', 24), ('FI', 18), ('FR', 27), ('GB', 22), ('GI', 23), ('GR', 27), ('HR', 21), ('HU', 28),
                        ('IE', 22), ('IS', 26), ('IT', 27), ('LI', 21), ('LT', 20), ('LU', 20), ('LV', 21), ('MC', 27), ('MT', 31),
                        ('NL', 18), ('NO', 15), ('PL', 28), ('PT', 25), ('RO', 24), ('SE', 24), ('SI', 19), ('SK', 24), ('SM', 27),
                        ('VA', 22)) AS country (code, len)
                       WHERE code = left(p_iban, 2)), length(p_iban))
         END
$$;
COMMENT ON FUNCTION rules.is_iban(text) IS 'Key by 97, and the length of the country for the SEPA zone.';

CREATE FUNCTION rules.is_bic(p_bic text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT p_bic ~ '^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$' $$;
COMMENT ON FUNCTION rules.is_bic(text) IS 'Form of a BIC, 8 or 11 characters.';

CREATE FUNCTION rules.is_rum(p_rum text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT p_rum ~ '^[A-Z0-9+?/:().,''-]{1,35}$' AND p_rum !~ '^/|/$|//' $$;
COMMENT ON FUNCTION rules.is_rum(text) IS
  'Mandate reference: 1 to 35 characters of the SEPA set in upper case, without space; no slash at the ends, none doubled.';

CREATE FUNCTION rules.is_ics(p_ics text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT p_ics ~ '^[A-Z]{2}[0-9]{2}[0-9A-Z]{3}[0-9A-Z]{1,28}$'
     AND rules.mod_97(substr(p_ics, 8) || left(p_ics, 4)) = 1
     AND (p_ics NOT LIKE 'FR%' OR length(p_ics) = 13)
$$;
COMMENT ON FUNCTION rules.is_ics(text) IS 'SEPA creditor identifier: key by 97 over all but the three characters of the business code.';

CREATE FUNCTION rules.iban_masked(p_iban text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(p_iban, 4) || ' •••• •••• ' || right(p_iban, 4);
COMMENT ON FUNCTION rules.iban_masked(text) IS 'FR76 •••• •••• 0189: what those who may not see bank data see.';
