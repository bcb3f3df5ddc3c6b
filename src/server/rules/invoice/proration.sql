-- How many months of a price a span of days is worth (DOMAIN 5.2). Fractions stay fractions until the cent: price × num / den
-- is rounded once. Bodies without SET clause, so that the planner inlines them.

CREATE FUNCTION rules.month_length(p_on date) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_part('day', date_trunc('month', p_on::timestamp) + interval '1 month - 1 day')::int;
COMMENT ON FUNCTION rules.month_length(date) IS 'Days of the calendar month of p_on, 28 to 31.';

CREATE FUNCTION rules.calendar_months(p_from_on date, p_to_on date)
RETURNS TABLE (num bigint, den bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT f.whole * f.length * t.length + (f.length - f.day + 1) * t.length + t.day * f.length, f.length * t.length
    FROM (SELECT date_part('day', p_from_on::timestamp)::bigint AS day, rules.month_length(p_from_on)::bigint AS length,
                 ((date_part('year', p_to_on::timestamp) - date_part('year', p_from_on::timestamp)) * 12
                   + date_part('month', p_to_on::timestamp) - date_part('month', p_from_on::timestamp) - 1)::bigint AS whole) AS f,
         (SELECT date_part('day', p_to_on::timestamp)::bigint AS day, rules.month_length(p_to_on)::bigint AS length) AS t
$$;
COMMENT ON FUNCTION rules.calendar_months(date, date) IS
  'Months from p_from_on to p_to_on, both included, as a fraction: each calendar month counts its own days (28 to 31).';

CREATE FUNCTION rules.billed_months
  (p_from_on date, p_to_on date, p_window_from_on date, p_window_to_on date, p_months int, p_by_period boolean)
RETURNS TABLE (num bigint, den bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
           WHEN p_from_on = p_window_from_on AND p_to_on = p_window_to_on THEN p_months::bigint
           WHEN NOT p_by_period OR p_to_on < p_window_from_on THEN c.num
           WHEN p_from_on >= p_window_from_on THEN (p_to_on - p_from_on + 1)::bigint * p_months
           ELSE b.num * (p_window_to_on - p_window_from_on + 1) + (p_to_on - p_window_from_on + 1) * p_months * b.den
         END,
         CASE
           WHEN p_from_on = p_window_from_on AND p_to_on = p_window_to_on THEN 1
           WHEN NOT p_by_period OR p_to_on < p_window_from_on THEN c.den
           WHEN p_from_on >= p_window_from_on THEN (p_window_to_on - p_window_from_on + 1)::bigint
           ELSE b.den * (p_window_to_on - p_window_from_on + 1)
         END
    FROM rules.calendar_months(p_from_on, p_to_on) AS c, rules.calendar_months(p_from_on, p_window_from_on - 1) AS b
$$;
COMMENT ON FUNCTION rules.billed_months(date, date, date, date, int, boolean) IS
  'Months of a price due for p_from_on…p_to_on, as a fraction. The window is the billing period and is worth p_months, always. Part of it: by calendar month, or by days of the window when p_by_period; what lies before the window always by calendar month.';

CREATE FUNCTION rules.prorated(p_quantity numeric, p_unit_price numeric, p_price_months int, p_num bigint, p_den bigint)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_num = p_den * p_price_months THEN round(p_quantity * p_unit_price, 2)
  ELSE round(p_quantity * p_unit_price * p_num / (p_den * p_price_months), 2)
END;
COMMENT ON FUNCTION rules.prorated(numeric, numeric, int, bigint, bigint) IS
  'Net of a line in €: quantity × price of p_price_months months × p_num / p_den months, rounded once, half away from zero.';
