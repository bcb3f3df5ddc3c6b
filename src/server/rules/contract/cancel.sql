-- T6: any live step → cancelled.

CREATE FUNCTION api.contract_cancel(p_id bigint, p_justification text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  PERFORM rules.require_action('contract_cancel');
  v_contract := rules.contract_lock(p_id);
  IF NOT rules.is_live(v_contract.step) THEN
    PERFORM rules.fail('SW007', 'step', format('a contract already %s cannot be cancelled', v_contract.step));
  END IF;
  IF COALESCE(btrim(p_justification), '') = '' THEN
    PERFORM rules.fail('SW009', 'justification', 'say why the contract is cancelled');
  END IF;
  -- Issued invoices stay: they are credited one by one, if at all.
  DELETE FROM invoice WHERE id IN (SELECT id FROM rules.contract_invoices(p_id) WHERE status = 'draft');
  DELETE FROM meter_reading WHERE contract_id = p_id AND value IS NULL;
  UPDATE contract
     SET step = 'cancelled', step_entered_on = rules.today(), cancel_justification = btrim(p_justification), next_due_on = NULL,
         updated_at = clock_timestamp(), updated_by = rules.caller(), row_version = row_version + 1
   WHERE id = p_id;
  PERFORM rules.release_equipment(ARRAY[p_id]);
END
$$;
COMMENT ON FUNCTION api.contract_cancel(bigint, text) IS
  'Cancels a live contract (T6, WF-08): drafts and open reading lines go, equipment is freed, issued invoices stay. SW009 without justification, SW007 from closed or cancelled. Role sw_adv.';
