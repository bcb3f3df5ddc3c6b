-- Working days, and the days on which a number may be ported (MORD-08).

CREATE FUNCTION rules.is_holiday(p_on date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT to_char(p_on, 'MM-DD') IN ('01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25')
      -- Easter Monday, Ascension, Whit Monday.
      OR p_on - rules.easter(extract(year FROM p_on)::int) IN (1, 39, 50)
$$;
COMMENT ON FUNCTION rules.is_holiday(date) IS 'The eleven public holidays of metropolitan France (Code du travail, L3133-1).';

CREATE FUNCTION rules.is_working_day(p_on date, p_with_saturday boolean DEFAULT false) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT extract(isodow FROM p_on) < CASE WHEN p_with_saturday THEN 7 ELSE 6 END AND NOT rules.is_holiday(p_on) $$;
COMMENT ON FUNCTION rules.is_working_day(date, boolean) IS 'Monday to Friday, or Saturday, and no public holiday.';

CREATE FUNCTION rules.port_date_problem(p_port_on date, p_ordered_on date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT CASE
    WHEN p_port_on < p_ordered_on + portability_min_days THEN 'port_too_early'
    WHEN p_port_on > p_ordered_on + portability_max_days THEN 'port_too_late'
    WHEN NOT rules.is_working_day(p_port_on, portability_on_saturday) THEN 'port_not_a_working_day' END
    FROM parameter
$$;
COMMENT ON FUNCTION rules.port_date_problem(date, date) IS
  'Why a number cannot be ported that day, ordered on p_ordered_on: port_too_early, port_too_late (calendar days, 6 to 58 unless the parameters say otherwise), port_not_a_working_day; null when it can.';

CREATE FUNCTION api.portability_window() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object('first_on', min(d), 'last_on', max(d), 'days', jsonb_agg(d ORDER BY d))
    FROM (SELECT rules.today() + n AS d FROM parameter, generate_series(portability_min_days, portability_max_days) AS n) AS t
   WHERE rules.port_date_problem(d, rules.today()) IS NULL
$$;
COMMENT ON FUNCTION api.portability_window() IS 'The days on which a number ordered today may be ported: first_on, last_on, days. Office.';

CREATE FUNCTION api.rio_check(p_rio text, p_number text) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_rio text := upper(regexp_replace(COALESCE(p_rio, ''), '[\s\u00a0\u202f.-]', '', 'g'));
  v_number text := rules.phone_e164(p_number);
  v_problem text := CASE WHEN v_number IS NULL THEN 'invalid_line_number' ELSE rules.rio_problem(v_rio, v_number) END;
BEGIN
  RETURN jsonb_build_object('rio', v_rio, 'number', v_number, 'valid', v_problem IS NULL, 'reason', v_problem,
    'operator_code', CASE WHEN rules.is_rio(v_rio) THEN left(v_rio, 2) END,
    'quality', CASE WHEN rules.is_rio(v_rio) THEN CASE substr(v_rio, 3, 1) WHEN 'P' THEN 'mobile' WHEN 'E' THEN 'mobile_business' WHEN 'A' THEN 'special' ELSE 'fixed' END END);
END
$$;
COMMENT ON FUNCTION api.rio_check(text, text) IS
  'Verifies a RIO against the number to port, while it is typed: {rio, number, valid, reason (invalid_rio, rio_number, rio_quality, rio_key, invalid_line_number), operator_code, quality}. Office.';
