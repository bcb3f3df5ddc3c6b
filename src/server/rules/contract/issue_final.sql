-- The button of step end_of_contract: final invoice (WF-21, WF-38). The schedule calls the same rules.bill for thousands.

CREATE FUNCTION api.contract_issue_final_invoice(p_contract_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require_action('contract_issue_final_invoice');
  RETURN (rules.bill(ARRAY[p_contract_id], 'final', rules.today()))[1];
END
$$;
COMMENT ON FUNCTION api.contract_issue_final_invoice(bigint) IS
  'Issues the final invoice (WF-21, WF-38): what is left to bill or refund until the end date; nothing left is recorded as parameter.empty_balance_invoice says. Never before the due day. Returns the invoice. Errors SW002 SW003 SW006 SW007 SW012 SW015. Roles: sw_adv, sw_accounting.';
