-- Orders as clients read them.

CREATE VIEW api.sales_order WITH (security_invoker = true) AS
SELECT o.id, o.number, o.kind, o.customer_id, c.legal_name AS customer_name, o.billing_site_id, o.contract_id,
       (SELECT k.number FROM softwhere.contract AS k WHERE k.id = o.contract_id) AS contract_number,
       o.seller, (SELECT u.display_name FROM softwhere.app_user AS u WHERE u.role_name = o.seller) AS seller_name, o.status,
       (SELECT count(*) FROM softwhere.order_line AS l WHERE l.sales_order_id = o.id)
         + (SELECT count(*) FROM softwhere.order_service AS s WHERE s.sales_order_id = o.id) AS line_count,
       (SELECT count(*) FROM softwhere.order_line AS l JOIN softwhere.service_line AS s ON s.id = l.line_id
         WHERE l.sales_order_id = o.id AND s.activity <> 'under_construction') AS open_line_count,
       o.monthly_net, o.one_off_net, o.ordered_on, o.confirmation_email, o.comment, o.created_at, o.created_by, o.validated_at, o.validated_by,
       o.cancelled_at, o.cancelled_by, o.cancel_reason,
       rules.fold(concat_ws(' ', o.number, c.legal_name, o.comment)) AS search_text, o.row_version
  FROM softwhere.sales_order AS o LEFT JOIN softwhere.customer AS c ON c.id = o.customer_id;
COMMENT ON VIEW api.sales_order IS
  'Orders of mobile lines or services: draft, validated or cancelled; line_count lines or services, of which open_line_count lines are open at their operator; monthly_net and one_off_net in € excl. VAT. Office; partners and customers see their validated ones.';

CREATE VIEW api.order_line WITH (security_invoker = true) AS
SELECT l.id, l.sales_order_id, l.customer_id, l.position, l.service_id, (SELECT s.name FROM softwhere.service AS s WHERE s.id = l.service_id) AS service_name,
       l.first_name, l.last_name, NULLIF(concat_ws(' ', l.first_name, l.last_name), '') AS user_name, l.sim_card_id, (SELECT s.iccid FROM softwhere.sim_card AS s WHERE s.id = l.sim_card_id) AS iccid,
       l.commitment_type, l.commitment_months, l.ports_in, l.number, rules.phone_shown(l.number) AS number_shown, l.rio, l.port_on,
       l.terminal_offer_id, l.terminal_label, l.terminal_sale_mode, l.terminal_purchase_mode, l.terminal_price, l.offer_id, l.offer_label, l.price,
       l.throughput_mbps, l.discount_percent, l.monthly_net, l.one_off_net, l.special_conditions, l.billing_conditions, l.tariff_grid_id, l.tariff_grid_label,
       l.line_id, (SELECT rules.line_state(s.activity, s.restriction) FROM softwhere.service_line AS s WHERE s.id = l.line_id) AS line_state, l.row_version
  FROM softwhere.order_line AS l;
COMMENT ON VIEW api.order_line IS
  'Mobile lines of orders: prices in € excl. VAT (null: the catalogue''s), discount_percent on the subscription; monthly_net with its options, one_off_net the terminal; line_id and line_state once validated.';

CREATE VIEW api.order_line_option WITH (security_invoker = true) AS
SELECT id, order_line_id, customer_id, offer_id, offer_label, price, throughput_mbps, row_version FROM softwhere.order_line_option;
COMMENT ON VIEW api.order_line_option IS 'Options of ordered lines: price in € excl. VAT (null: the catalogue''s), throughput in Mbit/s.';

CREATE VIEW api.order_service WITH (security_invoker = true) AS
SELECT s.id, s.sales_order_id, s.customer_id, s.position, s.offer_id, s.offer_label, s.quantity, s.price, s.starts_on, s.ends_on, s.contract_item_id, s.row_version
  FROM softwhere.order_service AS s;
COMMENT ON VIEW api.order_service IS 'Services and equipment of orders: price in € excl. VAT (null: the catalogue''s); contract_item_id once validated.';

CREATE FUNCTION api.sales_order_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(o) - 'search_text' FROM api.sales_order AS o WHERE o.id = p_id);
  v_missing text[] := '{}';
  v_kind text := v_record ->> 'kind';
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  IF v_record ->> 'status' = 'draft' THEN
    v_missing := (SELECT CASE v_kind WHEN 'mobile' THEN rules.mobile_order_missing(o) ELSE rules.service_order_missing(o) END FROM sales_order AS o WHERE o.id = p_id);
  END IF;
  IF rules.has_role(VARIADIC rules.office()) THEN
    v_record := v_record || jsonb_build_object(
      'recipient', (SELECT rules.order_recipient(o) FROM sales_order AS o WHERE o.id = p_id),
      'messages', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', m.id, 'template', m.template, 'recipient', m.recipient, 'status', m.status, 'attempts', m.attempts,
                     'last_error', m.last_error, 'queued_at', m.queued_at, 'sent_at', m.sent_at) ORDER BY m.id DESC), '[]')
                     FROM api.outbox AS m WHERE m.entity = 'sales_order' AND m.entity_id = p_id));
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'lines', (SELECT COALESCE(jsonb_agg(to_jsonb(l) || jsonb_build_object('options',
                (SELECT COALESCE(jsonb_agg(to_jsonb(p) ORDER BY p.id), '[]') FROM api.order_line_option AS p WHERE p.order_line_id = l.id)) ORDER BY l.position, l.id), '[]')
                FROM api.order_line AS l WHERE l.sales_order_id = p_id),
    'services', (SELECT COALESCE(jsonb_agg(to_jsonb(s) ORDER BY s.position, s.id), '[]') FROM api.order_service AS s WHERE s.sales_order_id = p_id),
    'editable', v_record ->> 'status' = 'draft' AND rules.has_role('sw_adv'),
    'missing', v_missing,
    'next_actions', CASE WHEN v_record ->> 'status' <> 'draft' OR NOT rules.has_role(VARIADIC rules.office()) THEN '[]' ELSE jsonb_build_array(
      jsonb_build_object('action', v_kind || '_order_validate', 'label', 'Validate the order', 'allowed', v_missing = '{}' AND rules.has_role('sw_adv'),
        'missing', v_missing, 'is_primary', true, 'position', 1),
      jsonb_build_object('action', 'sales_order_cancel', 'label', 'Cancel the order', 'allowed', rules.has_role('sw_adv'), 'missing', '[]'::jsonb,
        'is_primary', false, 'position', 2)) END));
END
$$;
COMMENT ON FUNCTION api.sales_order_record(bigint) IS
  'Columns of api.sales_order, lines with options, services, editable (a draft, by who may), missing (what validating still needs), next_actions; for the office recipient (who gets the confirmation) and messages (those queued or sent, newest first). Amounts as text. SW002. Every role, its own rows.';

SELECT rules.let_office_read(t) FROM unnest('{softwhere.sales_order,softwhere.order_line,softwhere.order_line_option,softwhere.order_service}'::regclass[]) AS t;
SELECT rules.let_customers_read('softwhere.sales_order', 'customer_id', NULL, 'status = ''validated''');
-- The policy of the order itself hides drafts and cancelled ones here too.
SELECT rules.let_customers_read(t, 'customer_id', NULL, 'sales_order_id IN (SELECT id FROM softwhere.sales_order)')
  FROM unnest('{softwhere.order_line,softwhere.order_service}'::regclass[]) AS t;
SELECT rules.let_customers_read('softwhere.order_line_option', 'customer_id', NULL, 'order_line_id IN (SELECT id FROM softwhere.order_line)');
SELECT rules.let_call('api.sales_order_record(bigint)', VARIADIC rules.office() || '{sw_partner,sw_customer}');
SELECT rules.let_call(f, VARIADIC rules.office()) FROM unnest('{api.portability_window(),"api.rio_check(text,text)",api.order_line_check(jsonb),"api.sim_cards_free(bigint,bigint,int,bigint[])",api.order_bundle(bigint),"rules.port_date_problem(date,date)"}'::regprocedure[]) AS f;
SELECT rules.let_call(f, 'sw_adv')
  FROM unnest('{api.mobile_order_save(jsonb),api.mobile_order_validate(bigint),api.service_order_save(jsonb),api.service_order_validate(bigint),"api.sales_order_cancel(bigint,text)"}'::regprocedure[]) AS f;
SELECT rules.versioned(t) FROM unnest('{softwhere.sales_order,softwhere.order_line,softwhere.order_line_option,softwhere.order_service}'::regclass[]) AS t;
SELECT rules.watch('softwhere.sales_order', 'sales_order');
-- Their record lists them.
SELECT rules.watch('softwhere.sales_order', 'customer', 'customer_id');
SELECT rules.watch(t, 'sales_order', 'sales_order_id') FROM unnest('{softwhere.order_line,softwhere.order_service}'::regclass[]) AS t;
SELECT rules.journal('softwhere.sales_order', 'sales_order');
