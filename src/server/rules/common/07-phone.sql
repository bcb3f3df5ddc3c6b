-- Phone numbers (DOMAIN 1.4, 1.5).

CREATE FUNCTION rules.phone_e164(p_phone text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  -- Spaces of every width, and what people put between digits. Hardly a regular expression here: a session keeps 32 of them
  -- compiled, and numbers arrive by the ten thousand.
  v_phone text := p_phone;
BEGIN
  IF translate(v_phone, '0123456789', '') <> '' THEN
    v_phone := translate(replace(v_phone, '(0)', ''), E' \t\r\n\u00a0\u202f\u2009./()-', '');
    IF translate(v_phone, '+0123456789', '') <> '' THEN
      v_phone := regexp_replace(v_phone, '\s', '', 'g');
    END IF;
  END IF;
  v_phone := CASE WHEN left(v_phone, 2) = '00' THEN '+' || substr(v_phone, 3) ELSE v_phone END;
  v_phone := CASE WHEN left(v_phone, 4) = '+330' THEN '+33' || substr(v_phone, 5) ELSE v_phone END;
  IF translate(substr(v_phone, 2), '0123456789', '') <> '' THEN
    RETURN NULL;
  END IF;
  v_phone := CASE
    WHEN left(v_phone, 1) = '+' THEN CASE WHEN length(v_phone) BETWEEN 8 AND 16 AND substr(v_phone, 2, 1) <> '0' THEN v_phone END
    WHEN left(v_phone, 4) = '0700' AND length(v_phone) = 14 THEN '+33' || substr(v_phone, 2)
    WHEN left(v_phone, 2) = '33' AND length(v_phone) = 11 AND substr(v_phone, 3, 1) <> '0' THEN '+' || v_phone
    WHEN left(v_phone, 1) <> '0' OR length(v_phone) <> 10 THEN NULL
    WHEN left(v_phone, 4) IN ('0590', '0690', '0691') THEN '+590' || substr(v_phone, 2)
    WHEN left(v_phone, 4) IN ('0594', '0694') THEN '+594' || substr(v_phone, 2)
    WHEN left(v_phone, 4) IN ('0596', '0696') THEN '+596' || substr(v_phone, 2)
    -- 06 39 98 is metropolitan: kept for fiction, and for demonstrations.
    WHEN left(v_phone, 4) IN ('0262', '0269', '0639', '0692', '0693') AND left(v_phone, 6) <> '063998' THEN '+262' || substr(v_phone, 2)
    ELSE '+33' || substr(v_phone, 2)
  END;
  -- France: nine digits, or thirteen for machines (0700); 0700 on ten digits is no number.
  IF left(v_phone, 3) = '+33' AND NOT (length(v_phone) = 12 AND substr(v_phone, 4, 1) <> '0' AND substr(v_phone, 4, 3) <> '700'
                                       OR length(v_phone) = 16 AND substr(v_phone, 4, 3) = '700') THEN
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
