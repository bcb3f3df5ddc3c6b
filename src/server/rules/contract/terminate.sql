-- Early termination, outside the drawing of the workflow: the end moves forward, and the contract reaches it by its usual
-- arc when billed, or at once when nothing more falls due before it.

CREATE FUNCTION rules.contract_bring_end_forward(p_contract softwhere.contract, p_end_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_over boolean := p_contract.step = 'periodic_billing' AND p_contract.next_due_on > p_end_on;
BEGIN
  UPDATE contract
     SET end_on = p_end_on, tacit_renewal = false,
         step = CASE WHEN v_over THEN 'end_of_contract' ELSE step END,
         step_entered_on = CASE WHEN v_over THEN rules.today() ELSE step_entered_on END,
         next_due_on = CASE WHEN v_over THEN NULL ELSE next_due_on END,
         updated_at = clock_timestamp(), updated_by = rules.caller(), row_version = row_version + 1
   WHERE id = p_contract.id;
  -- Reading lines after the new end become those of the balance: an index already typed is not lost.
  UPDATE meter_reading SET kind = 'balance', due_on = p_end_on, row_version = row_version + 1
   WHERE contract_id = p_contract.id AND due_on > p_end_on AND kind IN ('periodic', 'balance');
  PERFORM rules.create_reading_lines(ARRAY[p_contract.id], 'balance');
END
$$;
COMMENT ON FUNCTION rules.contract_bring_end_forward(softwhere.contract, date) IS
  'Ends a contract on p_end_on without renewal; it moves to end_of_contract at once when its next due date lies beyond.';

CREATE FUNCTION rules.final_is_issued(p_contract_id bigint) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT EXISTS (SELECT FROM invoice WHERE contract_id = p_contract_id AND kind = 'final' AND status <> 'draft') $$;
COMMENT ON FUNCTION rules.final_is_issued(bigint) IS 'Whether the last invoice of the contract is out (WF-21).';

CREATE FUNCTION api.contract_terminate(p_id bigint, p_end_on date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  PERFORM rules.require_action('contract_terminate');
  v_contract := rules.contract_lock(p_id);
  IF v_contract.step NOT IN ('start_billing', 'periodic_billing', 'end_of_contract') OR rules.final_is_issued(p_id) THEN
    PERFORM rules.fail('SW007', 'step', 'only a started contract without final invoice is terminated');
  ELSIF p_end_on IS NULL THEN
    PERFORM rules.fail('SW004', 'end_on', 'the last day of service is required');
  ELSIF p_end_on <= v_contract.effective_on OR p_end_on > v_contract.end_on THEN
    PERFORM rules.invalid('end_on', 'end_outside_contract',
      format('the last day of service is after %s and not after %s', v_contract.effective_on, v_contract.end_on));
  ELSIF EXISTS (SELECT FROM meter_reading AS r JOIN invoice AS i ON i.contract_id = r.contract_id AND i.due_period_on = r.due_on
                 WHERE r.contract_id = p_id AND r.kind = 'periodic' AND i.kind = 'periodic' AND i.status <> 'draft'
                   AND r.due_on > p_end_on) THEN
    PERFORM rules.invalid('end_on', 'meters_invoiced_beyond', 'meters were already invoiced beyond this day');
  END IF;
  PERFORM rules.contract_bring_end_forward(v_contract, p_end_on);
END
$$;
COMMENT ON FUNCTION api.contract_terminate(bigint, date) IS
  'Ends a started contract before its time, p_end_on being the last day of service; renewal stops. What was invoiced beyond is settled by the final invoice. SW005 when the day is not within the contract, SW007 from another step. Role sw_adv.';
