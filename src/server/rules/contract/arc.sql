-- The state machine as data: which arcs exist, what takes them, and who may.

CREATE VIEW rules.contract_action (action, label, roles, steps, is_primary, position) AS VALUES
  ('contract_start', 'Start billing', '{sw_adv}'::text[], '{creation}'::text[], true, 1),
  ('contract_issue_first_invoice', 'Issue the first invoice', '{sw_adv,sw_accounting}', '{start_billing}', true, 2),
  ('contract_issue_due_invoice', 'Issue the due invoice', '{sw_adv,sw_accounting}', '{periodic_billing}', true, 3),
  ('contract_issue_final_invoice', 'Issue the final invoice', '{sw_adv,sw_accounting}', '{end_of_contract}', true, 4),
  ('contract_close', 'Close the contract', '{sw_adv,sw_accounting}', '{end_of_contract}', true, 5),
  ('contract_refuse_renewal', 'Refuse the renewal', '{sw_adv}', '{start_billing,periodic_billing}', false, 6),
  ('contract_terminate', 'Terminate early', '{sw_adv}', '{start_billing,periodic_billing,end_of_contract}', false, 7),
  ('contract_cancel', 'Cancel the contract', '{sw_adv}', '{creation,start_billing,periodic_billing,end_of_contract}', false, 8);
COMMENT ON VIEW rules.contract_action IS
  'What can be done to a contract, in which steps and by which roles (sw_admin always may).';

CREATE FUNCTION rules.require_action(p_action text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, rules
AS $$
BEGIN
  PERFORM rules.require(VARIADIC roles) FROM rules.contract_action WHERE action = p_action;
  IF NOT FOUND THEN
    RAISE 'unknown contract action %', p_action;
  END IF;
END
$$;
COMMENT ON FUNCTION rules.require_action(text) IS 'Raises SW003 unless the caller may do this to a contract.';

DELETE FROM softwhere.contract_arc;
INSERT INTO softwhere.contract_arc (from_step, to_step, action, roles)
SELECT arc.from_step, arc.to_step, arc.action, contract_action.roles
  FROM (VALUES
    ('creation', 'start_billing', 'contract_start'),
    ('start_billing', 'periodic_billing', 'contract_issue_first_invoice'),
    ('start_billing', 'end_of_contract', 'contract_issue_first_invoice'),
    ('periodic_billing', 'periodic_billing', 'contract_issue_due_invoice'),
    ('periodic_billing', 'end_of_contract', 'contract_issue_due_invoice'),
    ('periodic_billing', 'end_of_contract', 'contract_refuse_renewal'),
    ('periodic_billing', 'end_of_contract', 'contract_terminate'),
    ('end_of_contract', 'closed', 'contract_close'),
    ('creation', 'cancelled', 'contract_cancel'),
    ('start_billing', 'cancelled', 'contract_cancel'),
    ('periodic_billing', 'cancelled', 'contract_cancel'),
    ('end_of_contract', 'cancelled', 'contract_cancel')
  ) AS arc (from_step, to_step, action)
  JOIN rules.contract_action USING (action);
