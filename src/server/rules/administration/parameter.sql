-- How the rules behave (parameter), what each way to pay prints (INVT-06), and business introducers (ACCT-10).

CREATE VIEW api.parameter WITH (security_invoker = true) AS
SELECT id, creation_days, signature_only, empty_balance_invoice, bill_first_automatically, bill_final_automatically, proration_basis,
       renewal_months, notice_months, payment_days, prenotification_days, attachment_max_bytes,
       portability_min_days, portability_max_days, portability_on_saturday, row_version
  FROM softwhere.parameter;
COMMENT ON VIEW api.parameter IS 'Parameters of the rules, one row; days, months, bytes. Office.';

CREATE FUNCTION api.parameter_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{creation_days,signature_only,empty_balance_invoice,bill_first_automatically,bill_final_automatically,proration_basis,renewal_months,notice_months,payment_days,prenotification_days,attachment_max_bytes,portability_min_days,portability_max_days,portability_on_saturday}';
  v_parameter parameter;
  v_input jsonb;
BEGIN
  PERFORM rules.require('sw_admin');
  SELECT * INTO STRICT v_parameter FROM parameter FOR UPDATE;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version}');
  PERFORM rules.check_version(p_data, v_parameter.row_version);
  v_input := rules.read_input('parameter', p_data, v_keys);
  IF v_input <> '{}' THEN
    PERFORM rules.write_row('parameter', 1, v_input);
  END IF;
  RETURN 1;
END
$$;
COMMENT ON FUNCTION api.parameter_save(jsonb) IS 'Changes parameters; keys are columns of api.parameter. SW001 SW003 SW004 SW005. Returns its id, 1. Administrator.';
SELECT rules.let_call('api.parameter_save(jsonb)', 'sw_admin');

CREATE FUNCTION api.parameter_record(p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.numbers_as_text(to_jsonb(r)) FROM api.parameter AS r WHERE r.id = p_id $$;
COMMENT ON FUNCTION api.parameter_record(bigint) IS
  'The one row of api.parameter (id 1) as a form reads it again after a conflict; amounts as text. Administrator, sales administration, accounting.';
SELECT rules.let_call('api.parameter_record(bigint)', 'sw_adv', 'sw_accounting');

CREATE VIEW api.payment_method WITH (security_invoker = true) AS
SELECT code, label, invoice_text, position, row_version FROM softwhere.payment_method;
COMMENT ON VIEW api.payment_method IS 'Ways to pay and what each prints on invoices. Everybody.';

CREATE FUNCTION api.payment_method_save(p_data jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_method payment_method;
BEGIN
  PERFORM rules.require('sw_accounting');
  SELECT * INTO v_method FROM payment_method WHERE code = p_data ->> 'code' FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'code', 'record not found');
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, '{code,label,invoice_text,position,row_version}');
  PERFORM rules.check_version(p_data, v_method.row_version);
  v_method := jsonb_populate_record(v_method, rules.read_input('payment_method', p_data, '{label,invoice_text,position}'));
  UPDATE payment_method SET label = v_method.label, invoice_text = v_method.invoice_text, position = v_method.position
   WHERE code = v_method.code;
END
$$;
COMMENT ON FUNCTION api.payment_method_save(jsonb) IS
  'Changes label, invoice_text or position of the way to pay named by code. SW001 SW002 SW003 SW004. Administrator, accounting.';
SELECT rules.let_call('api.payment_method_save(jsonb)', 'sw_accounting');

CREATE VIEW api.introducer WITH (security_invoker = true) AS
SELECT i.id, i.name, i.email, i.phone, i.commission_rate, i.active,
       (SELECT count(*) FROM softwhere.customer AS c WHERE c.introducer_id = i.id) AS customer_count,
       rules.fold(i.name) AS search_text, i.row_version
  FROM softwhere.introducer AS i;
COMMENT ON VIEW api.introducer IS 'Business introducers, who are also the partners; commission in %. Office; a partner sees their own row.';

CREATE FUNCTION api.introducer_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{name,email,phone,commission_rate,active}';
  v_id bigint;
  v_introducer introducer;
BEGIN
  PERFORM rules.require('sw_admin');
  v_id := rules.input_id(p_data);
  IF v_id IS NOT NULL THEN
    SELECT * INTO v_introducer FROM introducer WHERE id = v_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', 'id', 'record not found');
    END IF;
    PERFORM rules.check_version(p_data, v_introducer.row_version);
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version}',
    COALESCE((SELECT to_jsonb(i) FROM api.introducer AS i WHERE id = v_id), '{}'));
  v_introducer := jsonb_populate_record(
    CASE WHEN v_id IS NULL THEN jsonb_populate_record(NULL::introducer, rules.default_row('introducer')) ELSE v_introducer END,
    rules.read_input('introducer', p_data, v_keys, '{"email": "email", "phone": "phone"}', p_is_new => v_id IS NULL));
  RETURN rules.write_row('introducer', v_id, to_jsonb(v_introducer) - 'id');
END
$$;
COMMENT ON FUNCTION api.introducer_save(jsonb) IS
  'Creates or changes a business introducer: id, name, email, phone, commission_rate in %, active, row_version. SW001 SW002 SW003 SW004 SW005. Administrator (ROLE-02).';
SELECT rules.let_call('api.introducer_save(jsonb)', 'sw_admin');

SELECT rules.versioned('softwhere.parameter');
SELECT rules.versioned('softwhere.payment_method');
SELECT rules.versioned('softwhere.introducer');
SELECT rules.journal('softwhere.parameter', 'parameter');
SELECT rules.journal('softwhere.payment_method', 'payment_method');
SELECT rules.journal('softwhere.introducer', 'introducer');
SELECT rules.watch('softwhere.parameter', 'administration', '');
SELECT rules.watch('softwhere.payment_method', 'administration', '');
SELECT rules.watch('softwhere.introducer', 'administration', '');
SELECT rules.let_office_read('softwhere.parameter');
SELECT rules.let_read('softwhere.payment_method', rules.office() || '{sw_partner,sw_customer}');
SELECT rules.let_office_read('softwhere.introducer');
-- A partner reads the name their customers carry; a customer does not read what they bring in.
SELECT rules.let_read('softwhere.introducer', '{sw_partner,sw_customer}', NULL,
  'id = (SELECT rules.my_introducer_id())');
