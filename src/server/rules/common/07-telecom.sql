-- Identifiers of telecom (DOMAIN 1, 2.7). Each answers true, false, or null for null; input is normalised: upper case, no space.

-- No regular expressions in these three: they run for each line of a parc, and captures cost ten times as much.
-- Not STRICT, which with CASE would keep it from becoming part of the queries it is in.
CREATE FUNCTION rules.phone_national(p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN left(p_phone, 3) = '+33' THEN '0' || substr(p_phone, 4)
  WHEN left(p_phone, 4) IN ('+590', '+594', '+596', '+262') THEN '0' || substr(p_phone, 5)
  ELSE p_phone END;
COMMENT ON FUNCTION rules.phone_national(text) IS 'A French E.164 number as it is dialled in France; a foreign one unchanged.';

-- One expression, of immutable functions only and not STRICT: so a query takes it in, without a call for each of thousands of rows.
CREATE FUNCTION rules.phone_shown(p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN left(p_phone, 3) = '+33' AND length(p_phone) = 12 THEN
    '0' || substr(p_phone, 4, 1) || ' ' || substr(p_phone, 5, 2) || ' ' || substr(p_phone, 7, 2) || ' ' || substr(p_phone, 9, 2) || ' ' || substr(p_phone, 11)
  WHEN left(p_phone, 3) = '+33' AND length(p_phone) = 16 THEN
    '0' || substr(p_phone, 4, 3) || ' ' || substr(p_phone, 7, 4) || ' ' || substr(p_phone, 11, 4) || ' ' || substr(p_phone, 15)
  WHEN left(p_phone, 4) IN ('+590', '+594', '+596', '+262') AND length(p_phone) = 13 THEN
    '0' || substr(p_phone, 5, 1) || ' ' || substr(p_phone, 6, 2) || ' ' || substr(p_phone, 8, 2) || ' ' || substr(p_phone, 10, 2) || ' ' || substr(p_phone, 12)
  ELSE rules.phone_national(p_phone) END;
COMMENT ON FUNCTION rules.phone_shown(text) IS '06 12 34 56 78, 0700 1234 5678 90: how a number is written for people.';

CREATE FUNCTION rules.number_kind(p_phone text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
  RETURN CASE
    WHEN left(p_phone, 1) <> '+' OR translate(substr(p_phone, 2), '0123456789', '') <> '' THEN NULL
    WHEN left(p_phone, 6) = '+33700' THEN CASE WHEN length(p_phone) = 16 THEN 'm2m' END
    WHEN left(p_phone, 3) = '+33' THEN
      CASE WHEN length(p_phone) <> 12 OR substr(p_phone, 4, 1) = '0' THEN NULL
           WHEN substr(p_phone, 4, 1) IN ('6', '7') THEN 'mobile'
           WHEN substr(p_phone, 4, 1) = '8' THEN 'special'
           ELSE 'fixed' END
    WHEN length(p_phone) <> 13 THEN NULL
    WHEN left(p_phone, 7) IN ('+590690', '+590691', '+594694', '+596696', '+262639', '+262692', '+262693') THEN 'mobile'
    WHEN left(p_phone, 7) IN ('+590590', '+594594', '+596596', '+262262', '+262269') THEN 'fixed' END;
END
$$;
COMMENT ON FUNCTION rules.number_kind(text) IS
  'fixed, mobile, m2m (14 digits) or special (08) for an E.164 number of the French plan; null for any other.';

-- Not STRICT, so that it becomes part of what calls it.
CREATE FUNCTION rules.is_line_number(p_phone text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN COALESCE(rules.number_kind(p_phone) IN ('fixed', 'mobile', 'm2m'), false);
COMMENT ON FUNCTION rules.is_line_number(text) IS
  'Whether a line may have this E.164 number (LINE-02): 01-05, 06, 07, 09, overseas, 0700 on 14 digits. No 08 nor short number.';

-- Neither STRICT nor with a SET: PostgreSQL writes it into the queries of thousands of cards.
CREATE FUNCTION rules.is_iccid(p_iccid text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_iccid ~ '^89[0-9]{17,18}$' AND rules.is_luhn(p_iccid);
COMMENT ON FUNCTION rules.is_iccid(text) IS 'Number of a SIM card (E.118): 89, 19 or 20 digits with a Luhn key.';

CREATE FUNCTION rules.is_imei(p_imei text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT p_imei ~ '^[0-9]{15}$' AND rules.is_luhn(p_imei) $$;
COMMENT ON FUNCTION rules.is_imei(text) IS 'Number of a handset: 15 digits with a Luhn key.';

CREATE FUNCTION rules.is_rio(p_rio text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN p_rio ~ '^[0-9A-Z]{2}[EPFGMNRSTUVWXYZA][0-9A-Z]{6}[0-9A-Z+]{3}$';
COMMENT ON FUNCTION rules.is_rio(text) IS 'The form of a RIO: operator, quality, contract, key. Its key is judged with the number: rules.rio_problem().';

CREATE FUNCTION rules.rio_key(p_prefix text, p_national text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
DECLARE
  v_alphabet text := 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+';
  a int := 0; b int := 0; c int := 0; p int;
BEGIN
  -- Arcep, décision 2012-0576: three sums over the first nine characters of the RIO and the ten digits of the number.
  FOR i IN 1 .. length(p_prefix || p_national) LOOP
    p := strpos(v_alphabet, substr(p_prefix || p_national, i, 1)) - 1;
    a := (a + p) % 37;
    b := (2 * b + p) % 37;
    c := (4 * c + p) % 37;
  END LOOP;
  RETURN substr(v_alphabet, a + 1, 1) || substr(v_alphabet, b + 1, 1) || substr(v_alphabet, c + 1, 1);
END
$$;
COMMENT ON FUNCTION rules.rio_key(text, text) IS 'The key of a RIO: of its first nine characters and the national number of ten digits.';

CREATE FUNCTION rules.rio_problem(p_rio text, p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE
    WHEN NOT rules.is_rio(p_rio) THEN 'invalid_rio'
    -- Not defined for machine numbers of 14 digits: a person has to ask.
    WHEN length(rules.phone_national(p_phone)) <> 10 OR COALESCE(rules.number_kind(p_phone), 'none') NOT IN ('fixed', 'mobile') THEN 'rio_number'
    WHEN (substr(p_rio, 3, 1) IN ('P', 'E')) <> (rules.number_kind(p_phone) = 'mobile') OR substr(p_rio, 3, 1) = 'A' THEN 'rio_quality'
    WHEN rules.rio_key(left(p_rio, 9), rules.phone_national(p_phone)) <> right(p_rio, 3) THEN 'rio_key' END
$$;
COMMENT ON FUNCTION rules.rio_problem(text, text) IS
  'What is wrong with a RIO for an E.164 number (MORD-07): invalid_rio, rio_number (not checkable), rio_quality (mobile or fixed), rio_key; null when it is right.';

CREATE FUNCTION rules.operator_text(p_text text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT btrim(regexp_replace(upper(unaccent('softwhere.unaccent', p_text)), '[^A-Z0-9]+', ' ', 'g'))
$$;
COMMENT ON FUNCTION rules.operator_text(text) IS
  'A name as operators take it (CHAR-01): capitals, digits and single spaces, accents and ligatures spelt out. Never stored in place of the name.';
