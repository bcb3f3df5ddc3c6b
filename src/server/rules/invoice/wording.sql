-- The words lines carry. French whatever the interface speaks: an invoice is a document for a French customer (DECISIONS).

CREATE FUNCTION rules.french_number(p_value numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE WHEN p_value < 0 THEN '-' ELSE '' END
      || replace(to_char(trunc(abs(p_value)), 'FM999,999,999,999,990'), ',', U&'\202F')
      || CASE WHEN p_value = trunc(p_value) THEN '' ELSE ',' || split_part(trim_scale(abs(p_value))::text, '.', 2) END
$$;
COMMENT ON FUNCTION rules.french_number(numeric) IS 'A quantity as French text: 12 345,5 with a narrow no-break space.';

CREATE FUNCTION rules.french_price(p_value numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
  SELECT CASE WHEN round(p_value, 2) = p_value
              THEN replace(replace(to_char(p_value, 'FM999,999,999,990.00'), ',', U&'\202F'), '.', ',')
              ELSE rules.french_number(p_value) END || U&'\00A0€'
$$;
COMMENT ON FUNCTION rules.french_price(numeric) IS 'A price as French text: 1 234,50 €.';

CREATE FUNCTION rules.span_wording(p_from_on date, p_to_on date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE
    WHEN p_from_on IS NULL OR p_to_on IS NULL THEN NULL
    WHEN p_from_on = p_to_on THEN 'le ' || to_char(p_to_on, 'DD/MM/YYYY')
    WHEN date_trunc('year', p_from_on) = date_trunc('year', p_to_on)
      THEN 'du ' || to_char(p_from_on, 'DD/MM') || ' au ' || to_char(p_to_on, 'DD/MM/YYYY')
    ELSE 'du ' || to_char(p_from_on, 'DD/MM/YYYY') || ' au ' || to_char(p_to_on, 'DD/MM/YYYY')
  END
$$;
COMMENT ON FUNCTION rules.span_wording(date, date) IS 'A period as French text: du 01/11 au 30/11/2026.';

CREATE FUNCTION rules.proration_wording
  (p_from_on date, p_to_on date, p_unit_price numeric, p_price_months int, p_num bigint, p_den bigint)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
  SELECT 'prorata '
      || CASE WHEN date_trunc('month', p_from_on) = date_trunc('month', p_to_on)
                   AND p_num * rules.month_length(p_to_on) = (p_to_on - p_from_on + 1) * p_den
              THEN (p_to_on - p_from_on + 1) || '/' || rules.month_length(p_to_on) || ' jours'
              ELSE rules.french_number(round(p_num::numeric / p_den, 4)) || ' mois' END
      || ', ' || rules.french_price(p_unit_price)
      || CASE p_price_months WHEN 1 THEN ' par mois' WHEN 3 THEN ' par trimestre' WHEN 6 THEN ' par semestre' ELSE ' par an' END
$$;
COMMENT ON FUNCTION rules.proration_wording(date, date, numeric, int, bigint, bigint) IS
  'How a prorated net was reached, in French: prorata 12/28 jours, 19,99 € par mois.';
