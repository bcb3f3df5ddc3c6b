-- The billing schedule (COMPTA-01). Walks the due dates, oldest first; all contracts of one date are billed in one batch.
-- Day by day or in one catch-up, the result is the same: each due date is billed as if the run had happened on it.

CREATE FUNCTION jobs.record_failure(p_run bigint, p_contract_id bigint, p_kind text, p_due_on date, p_code text, p_message text, p_detail text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_is_new boolean;
BEGIN
  INSERT INTO job_failure AS f (job_run_id, contract_id, customer_id, due_on, kind, code, message, detail)
  SELECT p_run, c.id, c.customer_id, p_due_on, p_kind, p_code, p_message, NULLIF(p_detail, '') FROM contract AS c WHERE c.id = p_contract_id
  ON CONFLICT (contract_id, kind, due_on) WHERE resolved_at IS NULL DO UPDATE
    SET code = excluded.code, message = excluded.message, detail = excluded.detail, last_failed_at = excluded.last_failed_at,
        attempts = f.attempts + 1
  RETURNING attempts = 1 INTO v_is_new;
  RETURN v_is_new;
END
$$;
COMMENT ON FUNCTION jobs.record_failure(bigint, bigint, text, date, text, text, text) IS
  'Opens a failure, or counts one more attempt on the one still open. Returns whether it is new.';

CREATE FUNCTION jobs.bill_batch
  (p_run bigint, p_contract_ids bigint[], p_kind text, p_due_on date, p_on date, OUT invoices int, OUT failed bigint[], OUT new_failures int)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_half int := cardinality(p_contract_ids) / 2;
  v_low record;
  v_high record;
  v_code text;
  v_message text;
  v_detail text;
BEGIN
  failed := '{}';
  new_failures := 0;
  BEGIN
    invoices := cardinality(rules.bill(p_contract_ids, p_kind, p_on));
    RETURN;
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_code = RETURNED_SQLSTATE, v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
  END;
  IF v_half = 0 THEN
    invoices := 0;
    failed := p_contract_ids;
    new_failures := jobs.record_failure(p_run, p_contract_ids[1], p_kind, p_due_on, v_code, v_message, v_detail)::int;
    RETURN;
  END IF;
  -- Somewhere in here is the one to blame: it must not hold up the others.
  v_low := jobs.bill_batch(p_run, p_contract_ids[:v_half], p_kind, p_due_on, p_on);
  v_high := jobs.bill_batch(p_run, p_contract_ids[v_half + 1:], p_kind, p_due_on, p_on);
  invoices := v_low.invoices + v_high.invoices;
  failed := v_low.failed || v_high.failed;
  new_failures := v_low.new_failures + v_high.new_failures;
END
$$;
COMMENT ON FUNCTION jobs.bill_batch(bigint, bigint[], text, date, date) IS
  'Bills a batch; when it fails, its halves, until the failing contract is alone and goes to job_failure.';

CREATE FUNCTION jobs.run_due
  (p_until date, OUT invoices int, OUT failures int, OUT waiting int, OUT first_due_on date, OUT last_due_on date, OUT job_run_id bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  -- Enough for set-based speed, few enough for the memory of one statement.
  c_batch CONSTANT int := 50000;
  v_today date := rules.today();
  v_setting text := COALESCE(current_setting('softwhere.today', true), '');
  v_series_last_on date;
  v_batch record;
  v_done record;
  v_failed bigint[] := '{}';
  v_new_failures int := 0;
  v_transitions int := 0;
BEGIN
  -- One run at a time: the next waits, then finds nothing left to do.
  PERFORM pg_advisory_xact_lock(hashtext('jobs.run_due'));
  invoices := 0;
  IF EXISTS (SELECT FROM jobs.billable(p_until) AS b WHERE NOT b.waits) THEN
    INSERT INTO job_run (job, until_on) VALUES ('run_due', p_until) RETURNING id INTO job_run_id;
    -- From here on nobody else issues in the series: what its last day makes late stays late.
    v_series_last_on := COALESCE(rules.series_last_on('invoice'), '-infinity');
  END IF;
  WHILE job_run_id IS NOT NULL LOOP
    SELECT b.* INTO v_batch FROM jobs.next_batch(v_series_last_on, v_today, p_until, v_failed) AS b;
    EXIT WHEN NOT FOUND;
    first_due_on := LEAST(first_due_on, v_batch.due_on);
    last_due_on := GREATEST(last_due_on, v_batch.due_on);
    PERFORM set_config('softwhere.today', v_batch.business_on::text, true);
    FOR v_start IN 1 .. cardinality(v_batch.contract_ids) BY c_batch LOOP
      v_done := jobs.bill_batch(job_run_id, v_batch.contract_ids[v_start : v_start + c_batch - 1], v_batch.kind, v_batch.due_on, v_batch.business_on);
      invoices := invoices + v_done.invoices;
      v_transitions := v_transitions + CASE v_batch.kind WHEN 'final' THEN 0 ELSE v_done.invoices END;
      v_failed := v_failed || v_done.failed;
      v_new_failures := v_new_failures + v_done.new_failures;
      IF v_done.invoices > 0 THEN
        v_series_last_on := GREATEST(v_series_last_on, v_batch.business_on);
      END IF;
    END LOOP;
  END LOOP;
  PERFORM set_config('softwhere.today', v_setting, true);

  failures := cardinality(v_failed);
  SELECT count(*) INTO waiting FROM jobs.billable(p_until) AS b WHERE b.waits;
  IF invoices + v_new_failures > 0 THEN
    UPDATE job_run AS r
       SET finished_at = clock_timestamp(), invoices = run_due.invoices, transitions = v_transitions, failures = run_due.failures
     WHERE r.id = job_run_id;
  ELSIF job_run_id IS NOT NULL THEN
    -- The same failures as an hour ago are no news.
    DELETE FROM job_run WHERE id = job_run_id;
    job_run_id := NULL;
  END IF;
END
$$;
COMMENT ON FUNCTION jobs.run_due(date) IS
  'Does all that the schedule would have done up to p_until (a future date simulates): due invoices, renewals, steps; first and final invoices when the parameters say so. waiting: metered contracts held up by a missing reading. One job_run row when something was done. Called hourly by pg_cron; superuser, sw_scheduler, sw_test.';
