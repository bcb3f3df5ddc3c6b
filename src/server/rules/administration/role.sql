-- What each group role may do (ROLE-01), read from the grants: nothing to keep in step with them.

CREATE FUNCTION rules.role_domain() RETURNS TABLE (domain text, edits text[], closes text[])
LANGUAGE sql IMMUTABLE
AS $$
  VALUES
    ('customer', '{customer_save,customers_add_segment,segment_save}'::text[], '{customers_set_status,customer_delete}'::text[]),
    ('contract', '{contract_save,contract_add_bundle}', '{contract_start,contract_refuse_renewal,contract_terminate,contract_cancel,contract_close}'),
    ('order', '{mobile_order_save,service_order_save}', '{mobile_order_validate,service_order_validate,sales_order_cancel}'),
    ('service', '{service_save}', '{}'),
    ('equipment', '{equipment_save}', '{equipment_set_state}'),
    ('line', '{line_save}', '{line_archive}'),
    ('line_request', '{line_activate,line_change_user,line_change_offer,line_international,line_restrict,line_reactivate,line_deactivate,line_terminate,line_swap_sim,sim_swap}',
     '{line_request_send,line_request_accept,line_request_refuse,line_request_cancel}'),
    ('sim_card', '{sim_card_save}', '{sim_card_set_state}'),
    ('import', '{import_begin,import_add,import_check,import_discard}', '{import_apply}'),
    ('sync', '{sync_start,sync_add,provider_account_link,operator_requests,operator_request_note}', '{sync_end,sync_anomaly_settle}'),
    ('offer', '{offer_save,bundle_save,catalogue_save}', '{}'),
    ('tariff_grid', '{tariff_grid_save,tariff_grid_copy,tariff_price_save}', '{}'),
    ('invoice', '{invoice_save_draft,invoice_delete_draft}',
     '{invoice_issue,invoice_credit,contract_issue_first_invoice,contract_issue_due_invoice,contract_issue_final_invoice,contracts_issue_due,job_failure_retry}'),
    ('payment', '{invoice_pay,invoices_pay}', '{invoice_payment_cancel}'),
    ('meter_reading', '{meter_reading_record}', '{}'),
    ('note', '{note_add,note_delete,attachment_add,attachment_delete}', '{}'),
    ('setting', '{company_save,company_logo_save,parameter_save,number_series_save,payment_method_save,operator_save,provider_save}', '{}'),
    ('login', '{user_save,guest_save,introducer_save}', '{}')
$$;
COMMENT ON FUNCTION rules.role_domain() IS
  'The functions that change something, by what they change; closes are those a thing waits for, or that end it.';

CREATE FUNCTION rules.role_may_call(p_role text, p_functions text[]) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
  SELECT EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND proname = ANY (p_functions)
                    AND has_function_privilege(p_role, oid, 'EXECUTE'))
$$;
COMMENT ON FUNCTION rules.role_may_call(text, text[]) IS 'Whether a group role may call one of these functions of api.';

CREATE FUNCTION rules.role_rights() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = rules, pg_catalog
AS $$
  SELECT jsonb_agg(jsonb_build_object(
           'role', r,
           'sees', CASE WHEN r = ANY (rules.managers()) THEN 'everything' WHEN r = ANY (rules.office()) THEN 'all_but_margins'
                        WHEN r = 'sw_partner' THEN 'own_customers' ELSE 'own_account' END,
           'edits', ARRAY(SELECT domain FROM rules.role_domain() WITH ORDINALITY AS d (domain, edits, closes, n) WHERE rules.role_may_call(r, edits) ORDER BY d.n),
           'closes', ARRAY(SELECT domain FROM rules.role_domain() WITH ORDINALITY AS d (domain, edits, closes, n) WHERE rules.role_may_call(r, closes) ORDER BY d.n))
         ORDER BY o)
    FROM unnest(rules.office() || '{sw_partner,sw_customer}'::text[]) WITH ORDINALITY AS t (r, o)
$$;
COMMENT ON FUNCTION rules.role_rights() IS
  'For each group role: role, sees (everything, all_but_margins, own_customers, own_account), edits and closes (domains of rules.role_domain).';
