-- T5: end_of_contract → closed.

CREATE FUNCTION api.contract_close(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  PERFORM rules.require_action('contract_close');
  v_contract := rules.contract_lock(p_id);
  IF v_contract.step <> 'end_of_contract' THEN
    PERFORM rules.fail('SW007', 'step', 'only a contract at its end is closed');
  END IF;
  UPDATE contract
     SET step = 'closed', step_entered_on = rules.today(),
         updated_at = clock_timestamp(), updated_by = rules.caller(), row_version = row_version + 1
   WHERE id = p_id;
  PERFORM rules.release_equipment(ARRAY[p_id]);
END
$$;
COMMENT ON FUNCTION api.contract_close(bigint) IS
  'Closes a contract at its end (T5) and frees its equipment. SW006 with the missing codes in the detail (final_invoice, not_due:<end>, draft_invoice:<id>, unpaid_invoice:<id>), SW007 from another step. Roles sw_adv, sw_accounting.';
