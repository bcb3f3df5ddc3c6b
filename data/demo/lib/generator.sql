-- Choices that look random and never change: everything is derived from MD5 of a seed and a row number.
-- The schema demo lives only while a demonstration is loaded. Functions that return a table are one query
-- each, which the planner joins into the statement that calls them.

CREATE SCHEMA demo;
-- The office calls some of it while it plays its part.
GRANT USAGE ON SCHEMA demo TO PUBLIC;

CREATE FUNCTION demo.as_user(p_login text) RETURNS void
LANGUAGE sql
AS $$ SELECT set_config('role', p_login, true) $$;
COMMENT ON FUNCTION demo.as_user(text) IS 'From now on p_login asks; none is the superuser again.';

CREATE FUNCTION demo.pick(p_seed text, p_n bigint, p_count bigint) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT (('x' || substr(md5(p_seed || ':' || p_n), 1, 8))::bit(32)::bigint % p_count)::int
$$;
COMMENT ON FUNCTION demo.pick(text, bigint, bigint) IS 'A number from 0 to p_count - 1, always the same for the same seed and row.';

CREATE FUNCTION demo.one_of(p_seed text, p_n bigint, p_values text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT p_values[1 + demo.pick(p_seed, p_n, cardinality(p_values))]
$$;

CREATE FUNCTION demo.digits(p_seed text, p_n bigint, p_length int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT right(lpad(('x' || substr(md5(p_seed || ':' || p_n), 1, 15))::bit(60)::bigint::text, 18, '0'), p_length)
$$;

CREATE FUNCTION demo.slug(p_text text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT btrim(regexp_replace(rules.fold(p_text), '[^a-z0-9]+', '-', 'g'), '-')
$$;
COMMENT ON FUNCTION demo.slug(text) IS 'A name as it would appear in an Internet domain.';

--- Identifiers of companies and banks (valid keys, invented owners) ---------------------------------

CREATE FUNCTION demo.luhn_key(p_digits text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT ((10 - sum(CASE WHEN (length(p_digits) - i) % 2 = 0
                         THEN d * 2 - CASE WHEN d > 4 THEN 9 ELSE 0 END
                         ELSE d END) % 10) % 10)::text
    FROM (SELECT i, substr(p_digits, i, 1)::int AS d FROM generate_series(1, length(p_digits)) AS i) AS t
$$;
COMMENT ON FUNCTION demo.luhn_key(text) IS 'The digit that makes p_digits followed by it pass the Luhn test.';

CREATE FUNCTION demo.siren(p_seed text, p_n bigint, p_prefix text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT t.digits || demo.luhn_key(t.digits)
    FROM (SELECT p_prefix || demo.digits(p_seed || ' siren', p_n, 8 - length(p_prefix)) AS digits) AS t
$$;

CREATE FUNCTION demo.siret(p_siren text, p_establishment int DEFAULT 1) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT t.digits || demo.luhn_key(t.digits)
    FROM (SELECT p_siren || lpad(p_establishment::text, 4, '0') AS digits) AS t
$$;

CREATE FUNCTION demo.vat_number(p_siren text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT 'FR' || lpad(((12 + 3 * (p_siren::bigint % 97)) % 97)::text, 2, '0') || p_siren
$$;

CREATE FUNCTION demo.iban(p_bank text, p_branch text, p_account text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT 'FR' || lpad((98 - (t.rib || '152700')::numeric % 97)::text, 2, '0') || t.rib
    FROM (SELECT p_bank || p_branch || p_account
              || lpad((97 - (89 * p_bank::numeric + 15 * p_branch::numeric + 3 * p_account::numeric) % 97)::text, 2, '0')
                 AS rib) AS t
$$;
COMMENT ON FUNCTION demo.iban(text, text, text) IS 'French IBAN of a bank (5 digits), branch (5) and account (11 digits), with RIB key and IBAN key.';

CREATE TABLE demo.bank AS
SELECT * FROM (VALUES
  (0, 'Banque de l''Océan', '99011', 'BDLOFRP2'),
  (1, 'Caisse Bretonne', '99012', 'CABRFR2RXXX'),
  (2, 'Crédit du Ponant', '99013', 'CRPOFRPPXXX'),
  (3, 'Banque des Deux Rives', '99014', 'BDDRFR22'),
  (4, 'Société Armoricaine de Banque', '99015', 'SABAFRPP560')
) AS t (id, name, code, bic);

CREATE UNIQUE INDEX ON demo.bank (id);

CREATE FUNCTION demo.bank_account(p_seed text, p_n bigint) RETURNS TABLE (iban text, bic text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT demo.iban(code, '0' || demo.digits(p_seed || ' branch', p_n, 4), demo.digits(p_seed || ' account', p_n, 11)), bank.bic
    FROM demo.bank WHERE id = demo.pick(p_seed || ' bank', p_n, 5)
$$;

--- Telephones: the ranges the regulator keeps for works of fiction -----------------------------------

CREATE FUNCTION demo.phone(p_seed text, p_n bigint, p_postcode text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT '+33' || CASE
      WHEN p_postcode ~ '^(75|77|78|91|92|93|94|95)' THEN '19900'
      WHEN p_postcode ~ '^(02|08|10|21|25|39|51|52|54|55|57|58|59|60|62|67|68|70|71|80|88|89|90)' THEN '35301'
      WHEN p_postcode ~ '^(01|03|04|05|06|07|11|13|15|20|26|30|34|38|42|43|48|63|66|69|73|74|83|84)' THEN '46571'
      WHEN p_postcode ~ '^(09|12|16|17|19|23|24|31|32|33|40|46|47|64|65|79|81|82|86|87)' THEN '53649'
      ELSE '26191' END || demo.digits(p_seed || ' phone', p_n, 4)
$$;

CREATE FUNCTION demo.mobile_phone(p_seed text, p_n bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT '+3363998' || demo.digits(p_seed || ' mobile', p_n, 4)
$$;

CREATE FUNCTION demo.assert(p_true boolean, p_sentence text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  IF p_true IS NOT TRUE THEN
    RAISE EXCEPTION 'the demonstration is inconsistent: %', p_sentence;
  END IF;
END
$$;
