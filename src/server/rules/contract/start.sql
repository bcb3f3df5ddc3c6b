-- T1: creation → start_billing.

CREATE FUNCTION rules.contract_start(p_contract_ids bigint[]) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_today date := rules.today();
  v_caller text := rules.caller();
  v_count bigint;
BEGIN
  UPDATE contract
     SET step = 'start_billing', step_entered_on = v_today,
         updated_at = clock_timestamp(), updated_by = v_caller, row_version = row_version + 1
   WHERE id = ANY (p_contract_ids) AND step = 'creation';
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count <> cardinality(p_contract_ids) THEN
    PERFORM rules.fail('SW007', 'step', 'only a contract in creation starts');
  END IF;
  PERFORM rules.hold_equipment(p_contract_ids);
  PERFORM rules.create_reading_lines(p_contract_ids, 'initial');
  RETURN v_count;
END
$$;
COMMENT ON FUNCTION rules.contract_start(bigint[]) IS
  'Starts contracts: the guard checks their conditions, equipment goes under contract, meters get their initial reading lines (WF-30). Returns how many.';

CREATE FUNCTION api.contract_start(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require_action('contract_start');
  PERFORM rules.contract_lock(p_id);
  PERFORM rules.contract_start(ARRAY[p_id]);
END
$$;
COMMENT ON FUNCTION api.contract_start(bigint) IS
  'Starts the billing of a contract in creation (T1). SW006 with the missing codes in the detail (issued_on, sent_on, signed_on, effective_on, end_on, periodicity_months, equipment, items), SW007 from another step. Role sw_adv.';
