-- What the office sees of the schedule, and the button of a failure.

CREATE VIEW api.job_run WITH (security_invoker = true) AS
SELECT id, job, until_on, started_at, finished_at, invoices, transitions, failures FROM softwhere.job_run;
COMMENT ON VIEW api.job_run IS 'Runs of the schedule that did something: invoices issued, contracts moved on, failures. Office.';

CREATE VIEW api.job_failure WITH (security_invoker = true) AS
SELECT f.id, f.job_run_id, f.contract_id, c.number AS contract_number, f.customer_id, k.legal_name AS customer_name, f.kind, f.due_on,
       f.code, f.message, f.detail, f.first_failed_at, f.last_failed_at, f.attempts, f.resolved_at, f.resolved_at IS NULL AS open
  FROM softwhere.job_failure AS f
  LEFT JOIN softwhere.contract AS c ON c.id = f.contract_id
  LEFT JOIN softwhere.customer AS k ON k.id = f.customer_id;
COMMENT ON VIEW api.job_failure IS
  'Contracts the schedule could not bill: code is the SQLSTATE, message and detail what was said. Tried again hourly; resolved_at once it worked, by schedule or by hand. Office.';

CREATE FUNCTION api.job_failure_retry(p_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v job_failure;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  SELECT * INTO v FROM job_failure WHERE id = p_id FOR UPDATE;
  IF v.id IS NULL THEN
    PERFORM rules.fail('SW002', NULL, 'there is no such failure');
  ELSIF v.resolved_at IS NOT NULL THEN
    PERFORM rules.fail('SW012', NULL, 'this was billed meanwhile');
  END IF;
  RETURN (rules.bill(ARRAY[v.contract_id], v.kind, rules.today()))[1];
END
$$;
COMMENT ON FUNCTION api.job_failure_retry(bigint) IS
  'Bills the contract of a failure now and returns the invoice; when it fails again, the error says why. Errors SW002 SW003 SW012 and those of billing. Roles: sw_accounting, sw_adv.';

GRANT SELECT ON api.job_run, api.job_failure TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment, sw_technician;
SELECT rules.let_call('api.job_failure_retry(bigint)', 'sw_accounting', 'sw_adv');
SELECT rules.let_office_read(t::regclass) FROM unnest('{softwhere.job_run,softwhere.job_failure}'::text[]) AS t;
SELECT rules.watch('softwhere.job_run', 'administration', '');
SELECT rules.watch('softwhere.job_failure', 'administration', '');

GRANT EXECUTE ON FUNCTION jobs.run_due(date), rules.today() TO sw_scheduler, sw_test;
