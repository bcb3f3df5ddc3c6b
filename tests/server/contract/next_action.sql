-- What the record offers: one primary action a step, what is missing for it, cancel last. WF-36, WF-37, WF-38.
BEGIN;
SELECT plan(22);
\ir ../lib/contract.sql

CREATE FUNCTION pg_temp.actions(p_contract_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat(CASE WHEN is_primary THEN '*' END, replace(action, 'contract_', ''), CASE WHEN NOT allowed THEN '!' END,
           CASE WHEN missing <> '{}' THEN '(' || array_to_string(missing, ',') || ')' END), ' ' ORDER BY position)
    FROM api.contract_next_action WHERE contract_id = p_contract_id
$$;

SELECT is(pg_temp.actions(pg_temp.contract()), '*start cancel', 'creation, complete');
SELECT is(pg_temp.actions(pg_temp.contract('{"signed_on": null, "items": [], "equipment": []}')), '*start!(signed_on,equipment,items) cancel', 'creation, incomplete');
SELECT is(pg_temp.actions(pg_temp.contract_in('start_billing')), '*issue_first_invoice terminate cancel', 'WF-36: start billing');
SELECT is(pg_temp.actions(pg_temp.contract_in('start_billing', '{"effective_on": "2026-01-02"}')), '*issue_first_invoice!(not_due:2026-01-02) terminate cancel', 'not before the effective date');
SELECT is(pg_temp.actions(pg_temp.contract_in('periodic_billing')), '*issue_due_invoice!(not_due:2026-02-01) terminate cancel', 'WF-37: periodic billing');
SELECT is(pg_temp.actions(pg_temp.contract_in('periodic_billing', '{"tacit_renewal": true}')), '*issue_due_invoice!(not_due:2026-02-01) refuse_renewal terminate cancel', 'with a renewal to refuse');
SELECT is(pg_temp.actions(pg_temp.contract_in('end_of_contract')), '*issue_final_invoice!(not_due:2026-01-31) close!(final_invoice,not_due:2026-01-31) terminate cancel', 'WF-38: end of contract');
SELECT pg_temp.contract_in('end_of_contract') AS id \gset
SELECT pg_temp.invoice(:id, 'final', '2026-01-31') AS final \gset
SELECT is(pg_temp.actions(:id), '*close!(not_due:2026-01-31) cancel', 'once the final invoice is out, closing is next');
SET LOCAL softwhere.today = '2026-01-31';
SELECT is(pg_temp.actions(:id), '*close cancel', 'on the last day');
SET LOCAL softwhere.today = '2026-01-01';
SELECT is(pg_temp.actions(pg_temp.contract_in(step)), NULL, step || ': nothing') FROM unnest('{closed,cancelled}'::text[]) AS step;

SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT is((SELECT missing FROM api.contract_next_action WHERE contract_id = :id AND is_primary),
  ARRAY(SELECT 'reading:' || id FROM softwhere.meter_reading WHERE contract_id = :id ORDER BY id), 'WF-16: each reading to be done is named');

-- The buttons do what they say, and what one refuses is what it showed.
SELECT pg_temp.contract_in('start_billing') AS id \gset
SELECT isnt(api.contract_issue_first_invoice(:id), NULL, 'the first invoice');
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-02-01 2026-12-31', 'moves the contract');
SET LOCAL softwhere.today = '2026-02-01';
SELECT isnt(api.contract_issue_due_invoice(:id), NULL, 'the due invoice');
SELECT is(pg_temp.state_of(:id), 'periodic_billing 2026-03-01 2026-12-31', 'loops');

-- Allowed depends on who asks, missing does not.
SET LOCAL softwhere.today = '2026-01-01';
SELECT pg_temp.contract_in('start_billing') AS id \gset
CREATE FUNCTION pg_temp.allowed_to(p_role text, p_contract_id bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_allowed text;
BEGIN
  PERFORM set_config('role', p_role, true);
  v_allowed := (SELECT string_agg(action, ' ' ORDER BY position) FROM api.contract_next_action WHERE contract_id = p_contract_id AND allowed);
  PERFORM set_config('role', 'none', true);
  RETURN v_allowed;
END $$;
SELECT is(pg_temp.allowed_to(role_name, :id), expected, role_name) FROM (VALUES
    ('sw_admin', 'contract_issue_first_invoice contract_terminate contract_cancel'),
    ('sw_adv', 'contract_issue_first_invoice contract_terminate contract_cancel'),
    ('sw_accounting', 'contract_issue_first_invoice'), ('sw_support', NULL), ('sw_technician', NULL)) AS c (role_name, expected);
SELECT is((SELECT count(*) FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND proname = ANY (SELECT action FROM rules.contract_action)),
  (SELECT count(*) FROM rules.contract_action), 'each action is an api function');

SELECT * FROM finish();
ROLLBACK;
