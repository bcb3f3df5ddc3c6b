-- Requests for lines that the operator accepted for a later day.

CREATE FUNCTION jobs.apply_line_requests(p_until date) RETURNS int
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.apply_line_requests(p_until) $$;
COMMENT ON FUNCTION jobs.apply_line_requests(date) IS
  'Makes lines what accepted requests say, once their day has come; returns how many. One that its line no longer allows is refused with the reason.';

GRANT EXECUTE ON FUNCTION jobs.apply_line_requests(date) TO sw_scheduler, sw_test;
