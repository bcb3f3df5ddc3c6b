-- Who reads and who changes the parc.

SELECT rules.let_office_read(t) FROM unnest('{softwhere.service,softwhere.equipment_event,softwhere.equipment_arc}'::regclass[]) AS t;
SELECT rules.let_customers_read(t, 'customer_id') FROM unnest('{softwhere.service,softwhere.equipment_event}'::regclass[]) AS t;
SELECT rules.let_read('softwhere.equipment_arc', '{sw_partner,sw_customer}');
-- Names of operators; how requests reach them is the office's.
SELECT rules.let_read('softwhere.operator', '{sw_partner,sw_customer}', '{id,name}');

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest('{api.service_record(bigint),api.equipment_record(bigint)}'::regprocedure[]) AS f;
SELECT rules.let_call('api.service_save(jsonb)', 'sw_adv', 'sw_support', 'sw_deployment');
SELECT rules.let_call(f, 'sw_adv', 'sw_staging', 'sw_deployment', 'sw_technician')
  FROM unnest('{api.equipment_save(jsonb),"api.equipment_set_state(bigint[],text,text)"}'::regprocedure[]) AS f;

SELECT rules.versioned('softwhere.service');
SELECT rules.journal('softwhere.service', 'service');
SELECT rules.watch('softwhere.service', 'service');
SELECT rules.watch('softwhere.equipment', 'equipment');
