-- Which actions a contract offers now, what is missing for each, and whether the caller may: the buttons of the record are data.

CREATE FUNCTION rules.signature_only() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = softwhere, pg_temp
AS $$ SELECT signature_only FROM parameter $$;
COMMENT ON FUNCTION rules.signature_only() IS 'Whether the signature alone starts a contract, read for every caller.';

CREATE FUNCTION rules.contract_action_missing(c softwhere.contract, p_action text) RETURNS text[]
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN CASE p_action
    WHEN 'contract_start' THEN
      rules.start_missing(c.issued_on, c.sent_on, c.signed_on, c.effective_on, c.end_on, c.periodicity_months, rules.signature_only(),
        EXISTS (SELECT FROM contract_equipment AS e WHERE e.contract_id = c.id),
        EXISTS (SELECT FROM contract_item AS i WHERE i.contract_id = c.id))
    WHEN 'contract_issue_first_invoice' THEN (SELECT missing FROM rules.contract_billing_missing(ARRAY[c.id], rules.today()))
    WHEN 'contract_issue_due_invoice' THEN (SELECT missing FROM rules.contract_billing_missing(ARRAY[c.id], rules.today()))
    WHEN 'contract_issue_final_invoice' THEN
      CASE WHEN NOT rules.final_is_issued(c.id)
           THEN (SELECT missing FROM rules.contract_billing_missing(ARRAY[c.id], rules.today())) END
    WHEN 'contract_close' THEN rules.close_missing(c.id, c.end_on, rules.today())
    WHEN 'contract_refuse_renewal' THEN CASE WHEN c.tacit_renewal THEN '{}'::text[] END
    WHEN 'contract_terminate' THEN CASE WHEN NOT rules.final_is_issued(c.id) THEN '{}'::text[] END
    ELSE '{}'
  END;
END
$$;
COMMENT ON FUNCTION rules.contract_action_missing(softwhere.contract, text) IS
  'Codes of what the action still needs; null when it does not apply to the contract as it stands.';

CREATE VIEW api.contract_next_action WITH (security_invoker = true) AS
SELECT c.id AS contract_id, a.action, a.label,
       m.missing = '{}' AND rules.has_role(VARIADIC a.roles) AS allowed,
       m.missing,
       a.is_primary AND NOT m.missing @> '{final_invoice}' AS is_primary,
       a.position
  FROM softwhere.contract AS c
  JOIN rules.contract_action AS a ON c.step = ANY (a.steps)
 CROSS JOIN LATERAL rules.contract_action_missing(c, a.action) AS m (missing)
 WHERE m.missing IS NOT NULL AND (SELECT rules.has_role(VARIADIC rules.office()));
COMMENT ON VIEW api.contract_next_action IS
  'Actions a contract offers the office in its step, in the order of position: action is the api function to call with the id, allowed when the caller''s role may and nothing is missing. One primary action a step; contract_cancel last. missing: codes such as signed_on, equipment, reading:<id>, not_due:<date>, unpaid_invoice:<id>.';
