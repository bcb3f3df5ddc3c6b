-- A customer with everything its page shows, in one round trip. In PL/pgSQL, which keeps its plans from one call to the next.

CREATE FUNCTION rules.customer_figures(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object(
      'monthly_net', c.monthly_net,
      'unpaid', c.unpaid,
      'live_contracts', (SELECT count(*) FROM contract WHERE customer_id = c.id AND rules.is_live(step)),
      'invoiced_12_months', (SELECT COALESCE(sum(total_net), 0.00) FROM invoice
                              WHERE customer_id = c.id AND status <> 'draft' AND issued_on > rules.today() - interval '12 months'))
      FROM api.customer AS c WHERE c.id = p_customer_id);
END
$$;
COMMENT ON FUNCTION rules.customer_figures(bigint) IS
  'Figures on top of the record, in €: monthly_net and invoiced_12_months excl. VAT, unpaid incl. VAT; live_contracts is a count.';

CREATE FUNCTION rules.customer_contracts(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT COALESCE(jsonb_agg(to_jsonb(k) ORDER BY k.live DESC, k.id DESC), '[]')
      FROM (SELECT id, number, title, contract_type, contract_type_label, metered, step, indicator, deadline_on, effective_on, end_on,
                   next_due_on, periodicity_months, monthly_net, rules.is_live(step) AS live
              FROM api.contract WHERE customer_id = p_customer_id) AS k);
END
$$;
COMMENT ON FUNCTION rules.customer_contracts(bigint) IS 'Contracts of a customer in short, live ones first; monthly_net in € excl. VAT.';

CREATE FUNCTION rules.customer_invoices(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT COALESCE(jsonb_agg(to_jsonb(v) ORDER BY v.issued_on DESC NULLS FIRST, v.id DESC), '[]')
      FROM (SELECT id, number, kind, status, state, contract_id, contract_number, issued_on, payment_due_on, total_net, total_gross, balance, overdue
              FROM api.invoice WHERE customer_id = p_customer_id
             ORDER BY issued_on DESC NULLS FIRST, id DESC LIMIT 50) AS v);
END
$$;
COMMENT ON FUNCTION rules.customer_invoices(bigint) IS 'The latest 50 invoices of a customer in short, drafts first; amounts in €.';

CREATE FUNCTION rules.customer_orders(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT COALESCE(jsonb_agg(to_jsonb(o) ORDER BY o.ordered_on DESC, o.id DESC), '[]')
      FROM (SELECT id, number, kind, status, ordered_on, line_count, open_line_count, monthly_net, one_off_net
              FROM api.sales_order WHERE customer_id = p_customer_id
             ORDER BY ordered_on DESC, id DESC LIMIT 50) AS o);
END
$$;
COMMENT ON FUNCTION rules.customer_orders(bigint) IS 'The latest 50 orders of a customer in short, as far as the caller sees them; amounts in € excl. VAT.';

CREATE FUNCTION api.customer_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(c) - 'search_text' FROM api.customer AS c WHERE c.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'contacts', (SELECT COALESCE(jsonb_agg(to_jsonb(c) ORDER BY c.is_billing_manager DESC, c.id), '[]') FROM api.contact AS c WHERE c.customer_id = p_id),
    'sites', (SELECT COALESCE(jsonb_agg(to_jsonb(s) ORDER BY s.status, s.id), '[]') FROM api.billing_site AS s WHERE s.customer_id = p_id),
    'segment_ids', (SELECT COALESCE(jsonb_agg(segment_id ORDER BY segment_id), '[]') FROM customer_segment WHERE customer_id = p_id),
    'notes', (SELECT COALESCE(jsonb_agg(to_jsonb(n) ORDER BY n.id DESC), '[]') FROM api.note AS n WHERE n.customer_id = p_id),
    'attachments', (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.id DESC), '[]') FROM api.attachment AS a
                     WHERE a.customer_id = p_id AND a.entity IN ('customer', 'billing_site', 'mandate')),
    'contracts', rules.customer_contracts(p_id),
    'invoices', rules.customer_invoices(p_id),
    'orders', rules.customer_orders(p_id),
    'history', (SELECT COALESCE(jsonb_agg(to_jsonb(h) ORDER BY h.id DESC), '[]')
                  FROM (SELECT * FROM api.change WHERE customer_id = p_id ORDER BY id DESC LIMIT 200) AS h),
    'parc', rules.customer_parc_totals(p_id),
    'figures', rules.customer_figures(p_id),
    'may_give_access', rules.has_role('sw_admin', 'sw_adv')));
END
$$;
COMMENT ON FUNCTION api.customer_record(bigint) IS
  'A customer: columns of api.customer, contacts, sites, segment_ids, notes, attachments, contracts, invoices and orders (latest 50), history (latest 200), parc (totals by kind), figures, may_give_access (whether the caller may). Amounts as text in €. SW002. Everybody, as far as they may see.';
SELECT rules.let_call('api.customer_record(bigint)', VARIADIC rules.office() || '{sw_partner,sw_customer}');
