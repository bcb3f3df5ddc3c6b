-- Dates of a contract: pure functions, no table, no clock. Bodies without SET clause, so that the planner inlines them.

CREATE FUNCTION rules.due_date(p_anchor_on date, p_count int, p_months int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (p_anchor_on + make_interval(months => p_count * p_months))::date;
COMMENT ON FUNCTION rules.due_date(date, int, int) IS
  'Due date number p_count: always counted from the anchor, so that 31 Jan gives 28 Feb, then 31 Mar.';

CREATE FUNCTION rules.renewed_end(p_end_on date, p_months int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((p_end_on + 1) + make_interval(months => p_months))::date - 1;
COMMENT ON FUNCTION rules.renewed_end(date, int) IS
  'Last day of service after one tacit renewal: +1 day, +p_months, -1 day, so that the last day of February stays the last.';

CREATE FUNCTION rules.renewed_end_reaching(p_end_on date, p_months int, p_due_on date) RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
DECLARE
  c_most CONSTANT int := 1200; -- a century of months
BEGIN
  IF p_months < 1 THEN
    RAISE 'a renewal of % months', p_months USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- One renewal may be shorter than a billing period, hence the loop; a date that is none, or of another era, must end it.
  FOR v_count IN 0 .. c_most LOOP
    IF (p_due_on > p_end_on) IS NOT TRUE THEN
      RETURN p_end_on;
    END IF;
    p_end_on := rules.renewed_end(p_end_on, p_months);
  END LOOP;
  RAISE '% renewals do not reach %', c_most, p_due_on USING ERRCODE = 'invalid_parameter_value';
END
$$;
COMMENT ON FUNCTION rules.renewed_end_reaching(date, int, date) IS
  'Renews p_end_on by p_months as often as needed for p_due_on not to be after it (WF-27). 22023 after 1200 times, or for less than a month.';

CREATE FUNCTION rules.following_due_date
  (p_due_on date, p_anchor_on date, p_anchor_count int, p_months int, p_next_months int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_next_months IS NULL THEN rules.due_date(p_anchor_on, p_anchor_count + 1, p_months)
  ELSE rules.due_date(p_due_on, 1, p_next_months)
END;
COMMENT ON FUNCTION rules.following_due_date(date, date, int, int, int) IS
  'The due date after p_due_on (number p_anchor_count of the anchor). A period changed meanwhile starts its own count at p_due_on (WF-31).';

CREATE FUNCTION rules.period_end
  (p_due_on date, p_anchor_on date, p_anchor_count int, p_months int, p_next_months int, p_end_on date, p_tacit_renewal boolean)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_tacit_renewal THEN rules.following_due_date(p_due_on, p_anchor_on, p_anchor_count, p_months, p_next_months) - 1
  ELSE LEAST(rules.following_due_date(p_due_on, p_anchor_on, p_anchor_count, p_months, p_next_months) - 1, p_end_on)
END;
COMMENT ON FUNCTION rules.period_end(date, date, int, int, int, date, boolean) IS
  'Last day covered by the invoice of p_due_on when billing in advance: the eve of the following due date, or the end of a contract that is not renewed.';
