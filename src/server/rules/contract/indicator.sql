-- Deadline and indicator of each step (IND-01…04). Inlined into api.contract: no table read, no clock of their own.

CREATE FUNCTION rules.contract_deadline
  (p_step text, p_created_on date, p_creation_days int, p_effective_on date, p_next_due_on date, p_end_on date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_step
  WHEN 'creation' THEN LEAST(p_effective_on, p_created_on + p_creation_days)
  WHEN 'start_billing' THEN p_effective_on
  WHEN 'periodic_billing' THEN p_next_due_on
  WHEN 'end_of_contract' THEN p_end_on
END;
COMMENT ON FUNCTION rules.contract_deadline(text, date, int, date, date, date) IS
  'Day by which a contract should leave its step (WF-12, WF-13, WF-15, WF-18, WF-19); null in terminal steps.';

CREATE FUNCTION rules.contract_indicator(p_deadline_on date, p_today date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_deadline_on IS NULL THEN NULL
  WHEN p_today < p_deadline_on THEN 'ok'
  WHEN p_today = p_deadline_on THEN 'warning'
  ELSE 'alert'
END;
COMMENT ON FUNCTION rules.contract_indicator(date, date) IS
  'ok before the deadline, warning on the day (the last one before alert), alert after it; null without deadline (IND-02, IND-03, IND-04).';

CREATE FUNCTION rules.creation_days() RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = softwhere, pg_temp
AS $$ SELECT creation_days FROM parameter $$;
COMMENT ON FUNCTION rules.creation_days() IS
  'Days a contract may stay in creation, read for every caller: the parameters themselves are not theirs to see.';
