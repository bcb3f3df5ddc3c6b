-- Who reads and who does what with contracts.

SELECT rules.let_office_read(t)
  FROM unnest('{softwhere.contract,softwhere.contract_search,softwhere.contract_item,softwhere.equipment,softwhere.contract_equipment,softwhere.meter,softwhere.meter_tranche,softwhere.meter_reading,softwhere.contract_event,softwhere.contract_type,softwhere.contract_arc}'::regclass[]) AS t;
SELECT rules.let_customers_read(t, 'customer_id')
  FROM unnest('{softwhere.contract,softwhere.contract_search,softwhere.contract_item,softwhere.equipment,softwhere.contract_equipment,softwhere.meter,softwhere.meter_tranche,softwhere.meter_reading}'::regclass[]) AS t;
-- The journal holds what colleagues wrote to each other: none of it for the customer, whose record then shows no event.
SELECT rules.let_customers_read('softwhere.contract_event', 'customer_id', NULL, 'pg_has_role(rules.caller(), ''sw_partner'', ''MEMBER'')');
SELECT rules.let_read('softwhere.contract_type', '{sw_partner,sw_customer}');

GRANT SELECT ON rules.contract_action TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment, sw_technician,
  sw_partner, sw_customer;
GRANT EXECUTE ON FUNCTION rules.creation_days(), rules.signature_only() TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting,
  sw_deployment, sw_technician, sw_partner, sw_customer;

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}') FROM unnest('{api.contract_record(bigint)}'::regprocedure[]) AS f;
SELECT rules.let_call('api.contract_save(jsonb)', 'sw_adv');
SELECT rules.let_call('api.contract_start(bigint)', 'sw_adv');
SELECT rules.let_call('api.contract_close(bigint)', 'sw_adv', 'sw_accounting');
SELECT rules.let_call('api.contract_cancel(bigint, text)', 'sw_adv');
SELECT rules.let_call('api.contract_refuse_renewal(bigint)', 'sw_adv');
SELECT rules.let_call('api.contract_terminate(bigint, date)', 'sw_adv');
SELECT rules.let_call('api.meter_reading_record(bigint, numeric, date, text, boolean)',
  'sw_adv', 'sw_accounting', 'sw_support', 'sw_staging', 'sw_deployment', 'sw_technician');

SELECT rules.watch('softwhere.contract', 'contract');
-- Their record lists them, and adds them up.
SELECT rules.watch('softwhere.contract', 'customer', 'customer_id');
SELECT rules.watch(t, 'contract', 'contract_id')
  FROM unnest('{softwhere.contract_item,softwhere.contract_equipment,softwhere.meter,softwhere.meter_reading}'::regclass[]) AS t;
SELECT rules.journal(('softwhere.' || t)::regclass, t) FROM unnest('{contract_item,contract_equipment,meter}'::text[]) AS t;
