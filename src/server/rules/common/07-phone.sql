-- Phone numbers (DOMAIN 1.4, 1.5).

CREATE FUNCTION rules.phone_e164(p_phone text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
DECLARE
  -- Spaces of every width, and what people put between digits.
  v_phone text := regexp_replace(replace(p_phone, '(0)', ''), '[\s\u00a0\u202f\u2009./()-]', '', 'g');
BEGIN
  v_phone := regexp_replace(v_phone, '^00', '+');
  v_phone := regexp_replace(v_phone, '^\+330', '+33');
  v_phone := CASE
    WHEN v_phone ~ '^0700[0-9]{10}$' THEN '+33' || substr(v_phone, 2)
    WHEN v_phone ~ '^0(590|690|691)[0-9]{6}$' THEN '+590' || substr(v_phone, 2)
    WHEN v_phone ~ '^0[56]94[0-9]{6}$' THEN '+594' || substr(v_phone, 2)
    WHEN v_phone ~ '^0[56]96[0-9]{6}$' THEN '+596' || substr(v_phone, 2)
    WHEN v_phone ~ '^0(262|269|639|692|693)[0-9]{6}$' THEN '+262' || substr(v_phone, 2)
    WHEN v_phone ~ '^0[1-9][0-9]{8}$' THEN '+33' || substr(v_phone, 2)
    WHEN v_phone ~ '^33[1-9][0-9]{8}$' THEN '+' || v_phone
    WHEN v_phone ~ '^\+[1-9][0-9]{6,14}$' THEN v_phone
  END;
  -- France: nine digits, or thirteen for machines (0700); 0700 on ten digits is no number.
  IF v_phone LIKE '+33%' AND v_phone !~ '^\+33(?!700)[1-9][0-9]{8}$' AND v_phone !~ '^\+33700[0-9]{10}$' THEN
    RETURN NULL;
  END IF;
  RETURN v_phone;
END
$$;
COMMENT ON FUNCTION rules.phone_e164(text) IS
  '"06 12 34 56 78", "+33 (0)6…", "0033…", overseas prefixes, 14-digit machine numbers and foreign "+…" to E.164; null when it is no full number.';

CREATE FUNCTION rules.phone_search(p_phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ltrim(p_phone, '+') || CASE
  WHEN p_phone LIKE '+33%' THEN ' 0' || substr(p_phone, 4)
  WHEN p_phone ~ '^\+(590|594|596|262)' THEN ' 0' || substr(p_phone, 5)
  ELSE '' END;
COMMENT ON FUNCTION rules.phone_search(text) IS 'The digits of an E.164 number, international and national, so that either way of typing finds it.';
