-- Days on which banks settle: what a direct debit must fall on (DOMAIN 3.4).

CREATE FUNCTION rules.easter(p_year int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  -- Anonymous Gregorian algorithm (Meeus, Astronomical Algorithms).
  SELECT make_date(p_year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
    FROM (SELECT p_year % 19 AS a, p_year / 100 AS b, p_year % 100 AS c) AS s1,
         LATERAL (SELECT (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30 AS h) AS s2,
         LATERAL (SELECT (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7 AS l) AS s3,
         LATERAL (SELECT (a + 11 * h + 22 * l) / 451 AS m) AS s4
$$;
COMMENT ON FUNCTION rules.easter(int) IS 'Easter Sunday of a year.';

CREATE FUNCTION rules.next_target_day(p_on date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
  -- Closed at most four days in a row: Good Friday to Easter Monday.
  SELECT min(day)
    FROM (SELECT p_on + n AS day FROM generate_series(0, 6) AS n) AS d
   WHERE extract(isodow FROM day) < 6
     AND to_char(day, 'MM-DD') NOT IN ('01-01', '05-01', '12-25', '12-26')
     AND day - rules.easter(extract(year FROM day)::int) NOT IN (-2, 1)
$$;
COMMENT ON FUNCTION rules.next_target_day(date) IS
  'p_on or the next day on which TARGET settles: no weekend, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.';
