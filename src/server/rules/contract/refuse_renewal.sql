-- "Dénonciation": the tacit renewal is refused.

CREATE FUNCTION rules.refusable_end(p_contract softwhere.contract, p_today date) RETURNS date
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  -- Billing in advance renews up to one period early: within the notice, the end before that renewal still counts.
  SELECT COALESCE(min((data ->> 'previous_end_on')::date), p_contract.end_on)
    FROM contract_event
   WHERE contract_id = p_contract.id AND kind = 'renewal'
     AND p_today <= ((data ->> 'previous_end_on')::date - make_interval(months => p_contract.notice_months))::date
$$;
COMMENT ON FUNCTION rules.refusable_end(softwhere.contract, date) IS
  'The end a refusal leads to: that of before an early renewal while its notice still runs, else the present one.';

CREATE FUNCTION api.contract_refuse_renewal(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  PERFORM rules.require_action('contract_refuse_renewal');
  v_contract := rules.contract_lock(p_id);
  IF v_contract.step NOT IN ('start_billing', 'periodic_billing') OR NOT v_contract.tacit_renewal THEN
    PERFORM rules.fail('SW007', 'tacit_renewal', 'this contract does not renew itself');
  END IF;
  PERFORM rules.contract_bring_end_forward(v_contract, rules.refusable_end(v_contract, rules.today()));
END
$$;
COMMENT ON FUNCTION api.contract_refuse_renewal(bigint) IS
  'Stops the tacit renewal. A renewal already written down is undone while the notice before the former end still runs. SW007 when there is nothing to refuse. Role sw_adv.';
