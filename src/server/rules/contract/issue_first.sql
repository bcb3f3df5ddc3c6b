-- The button of step start_billing: first invoice (WF-14, WF-36, WF-39, WF-40). The schedule calls the same rules.bill for thousands.

CREATE FUNCTION api.contract_issue_first_invoice(p_contract_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require_action('contract_issue_first_invoice');
  RETURN (rules.bill(ARRAY[p_contract_id], 'first', rules.today()))[1];
END
$$;
COMMENT ON FUNCTION api.contract_issue_first_invoice(bigint) IS
  'Issues the first invoice (WF-14, WF-36, WF-39, WF-40): the subscriptions from the effective date on, what is billed once, initial readings; then arc T2. Never before the due day. Returns the invoice. Errors SW002 SW003 SW006 SW007 SW012 SW015. Roles: sw_adv, sw_accounting.';
