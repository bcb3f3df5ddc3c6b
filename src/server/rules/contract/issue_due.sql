-- The button of step periodic_billing: due invoice (WF-16, WF-17, WF-37). The schedule calls the same rules.bill for thousands.

CREATE FUNCTION api.contract_issue_due_invoice(p_contract_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require_action('contract_issue_due_invoice');
  RETURN (rules.bill(ARRAY[p_contract_id], 'periodic', rules.today()))[1];
END
$$;
COMMENT ON FUNCTION api.contract_issue_due_invoice(bigint) IS
  'Issues the due invoice (WF-16, WF-17, WF-37): the period to come and the consumption of the past one; then arc T3 or T4. Never before the due day. Returns the invoice. Errors SW002 SW003 SW006 SW007 SW012 SW015. Roles: sw_adv, sw_accounting.';
