-- Who reads lines, who asks what for them.

SELECT rules.let_office_read(t) FROM unnest('{softwhere.service_line,softwhere.line_request,softwhere.line_arc}'::regclass[]) AS t;
SELECT rules.let_office_read_but_cost('softwhere.line_offer');
SELECT rules.let_customers_read(t, 'customer_id') FROM unnest('{softwhere.service_line,softwhere.line_request}'::regclass[]) AS t;
SELECT rules.let_customers_read('softwhere.line_offer', 'customer_id', rules.columns_but('softwhere.line_offer', 'purchase_price'));
SELECT rules.let_read('softwhere.line_arc', '{sw_partner,sw_customer}');

DO $$
DECLARE
  v_everyone text := array_to_string(rules.office() || '{sw_partner,sw_customer}', ', ');
  v_action record;
  v_function regprocedure;
BEGIN
  EXECUTE 'GRANT SELECT ON rules.line_action, rules.line_request_action TO ' || v_everyone;
  -- One place says who may: the table of actions.
  FOR v_action IN SELECT action, roles FROM rules.line_action UNION ALL SELECT action, roles FROM rules.line_request_action LOOP
    SELECT oid::regprocedure INTO STRICT v_function FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND proname = v_action.action;
    PERFORM rules.let_call(v_function, VARIADIC v_action.roles);
  END LOOP;
END
$$;
SELECT rules.let_call('api.sim_swap(text, text, text)', VARIADIC (SELECT roles FROM rules.line_action WHERE action = 'line_swap_sim'));
SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest('{api.line_record(bigint),api.line_request_record(bigint),api.customer_parc(bigint),api.service_parc(bigint),api.line_histories(bigint[])}'::regprocedure[]) AS f;
SELECT rules.let_call(f, VARIADIC rules.office()) FROM unnest('{api.operator_text(text),"api.offer_options(bigint,text)"}'::regprocedure[]) AS f;
SELECT rules.let_call('api.line_save(jsonb)', 'sw_adv', 'sw_support');

SELECT rules.versioned(t) FROM unnest('{softwhere.service_line,softwhere.line_request}'::regclass[]) AS t;
SELECT rules.watch('softwhere.service_line', 'line');
SELECT rules.watch('softwhere.line_request', 'line_request');
SELECT rules.watch(t, 'line', 'line_id') FROM unnest('{softwhere.line_offer,softwhere.line_request}'::regclass[]) AS t;
-- Requests are the journal of a line; what is changed without one is kept here.
CREATE TRIGGER log_change_update AFTER UPDATE ON softwhere.service_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION rules.log_change('line');
