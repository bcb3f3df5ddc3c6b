-- Invoices made by hand: manual ones and deposits. Edited as drafts without number, then issued for good.

CREATE FUNCTION rules.draft_vat(p_invoice_id bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  DELETE FROM invoice_vat WHERE invoice_id = p_invoice_id;
  INSERT INTO invoice_vat (invoice_id, customer_id, rate, category, base, amount, exemption)
  SELECT i.id, i.customer_id, l.vat_rate, rules.vat_category(l.vat_rate, c.vat_franchise, s.vat_exemption), sum(l.net),
         round(sum(l.net) * l.vat_rate / 100, 2), rules.vat_exemption(l.vat_rate, c.vat_franchise, s.vat_exemption)
    FROM invoice AS i JOIN billing_site AS s ON s.id = i.billing_site_id JOIN invoice_line AS l ON l.invoice_id = i.id
   CROSS JOIN company AS c
   WHERE i.id = p_invoice_id
   GROUP BY i.id, i.customer_id, l.vat_rate, c.vat_franchise, s.vat_exemption;
END
$$;
COMMENT ON FUNCTION rules.draft_vat(bigint) IS 'Computes the VAT of a draft anew, per rate on the sum of its lines (BR-CO-17).';

CREATE FUNCTION rules.draft_totals(p_invoice_id bigint) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE invoice SET total_net = t.net, total_vat = t.vat, total_gross = t.net + t.vat, balance = t.net + t.vat
    FROM (SELECT COALESCE(sum(base), 0) AS net, COALESCE(sum(amount), 0) AS vat FROM invoice_vat WHERE invoice_id = p_invoice_id) AS t
   WHERE id = p_invoice_id
$$;
COMMENT ON FUNCTION rules.draft_totals(bigint) IS 'Sums the VAT rows of a draft into its totals.';

CREATE FUNCTION rules.issue_draft(p_invoice_id bigint) RETURNS invoice
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
  v_site record;
  v_series text;
  v_issued_on date;
BEGIN
  PERFORM rules.draft_totals(p_invoice_id);
  SELECT * INTO v FROM invoice WHERE id = p_invoice_id;
  v_series := CASE v.kind WHEN 'credit_note' THEN 'credit_note' ELSE 'invoice' END;
  v_issued_on := GREATEST(rules.series_last_on(v_series), rules.today());
  IF v.kind <> 'credit_note' THEN
    PERFORM rules.check_exemption(ARRAY[v.billing_site_id]);
  END IF;
  SELECT COALESCE(s.payment_days, p.payment_days) AS payment_days, p.prenotification_days,
         CASE v.kind WHEN 'credit_note' THEN v.buyer_party_id ELSE b.party_id END AS party_id, b.mandate_id
    INTO v_site
    FROM billing_site AS s CROSS JOIN parameter AS p CROSS JOIN rules.buyer_parties(ARRAY[v.billing_site_id]) AS b
   WHERE s.id = v.billing_site_id;

  UPDATE invoice
     SET number = rules.next_number(v_series, v_issued_on),
         status = CASE WHEN total_gross = 0 THEN 'paid' ELSE 'issued' END,
         issued_on = v_issued_on, issued_at = clock_timestamp(), issued_by = rules.caller(),
         payment_due_on = CASE v.kind WHEN 'credit_note' THEN v_issued_on ELSE rules.payment_due_on(v_issued_on,
           v_site.payment_days, payment_method = 'direct_debit', v_site.prenotification_days) END,
         mandate_id = CASE WHEN payment_method = 'direct_debit' AND v.kind <> 'credit_note' THEN v_site.mandate_id END,
         seller_party_id = COALESCE(seller_party_id, rules.party(rules.seller_content())),
         buyer_party_id = v_site.party_id,
         row_version = row_version + 1
   WHERE id = p_invoice_id
  RETURNING * INTO v;
  RETURN v;
END
$$;
COMMENT ON FUNCTION rules.issue_draft(bigint) IS 'Gives a draft its date (never before the last of its series), number and snapshots. It can never change afterwards.';

CREATE FUNCTION rules.draft_save_line(p_invoice invoice, p_data jsonb, p_prefix text, p_position int) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{position,section,label,detail,quantity,unit,unit_price,vat_rate,period_start_on,period_end_on}';
  v_id bigint := rules.input_id(p_data, p_prefix);
  v_row jsonb := (SELECT to_jsonb(l) FROM invoice_line AS l WHERE l.id = v_id AND l.invoice_id = p_invoice.id);
  v invoice_line;
BEGIN
  IF v_id IS NOT NULL AND v_row IS NULL THEN
    PERFORM rules.fail('SW002', p_prefix || 'id', 'this line does not belong to the invoice');
  ELSIF rules.is_deleted(p_data) THEN
    DELETE FROM invoice_line WHERE id = v_id;
    RETURN;
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,deleted}',
    COALESCE((SELECT to_jsonb(l) FROM api.invoice_line AS l WHERE l.id = v_id), '{}'), p_prefix);
  v_row := COALESCE(v_row, rules.default_row('invoice_line') || jsonb_build_object('invoice_id', p_invoice.id, 'position', p_position,
             'vat_rate', CASE WHEN (SELECT vat_franchise FROM company) THEN 0
                              ELSE (SELECT vat_rate FROM billing_site WHERE id = p_invoice.billing_site_id) END))
           || jsonb_build_object('customer_id', p_invoice.customer_id)
           || rules.read_input('invoice_line', p_data, v_keys, '{}', p_prefix, v_id IS NULL);
  v := jsonb_populate_record(NULL::invoice_line, v_row);
  IF v.label IS NULL THEN
    PERFORM rules.required(p_prefix || 'label');
  ELSIF v.unit_price IS NULL THEN
    PERFORM rules.required(p_prefix || 'unit_price');
  ELSIF v.quantity = 0 OR abs(v.quantity * v.unit_price) >= 1e11 THEN
    PERFORM rules.invalid(p_prefix || 'quantity', 'invalid_value', 'this quantity makes no amount');
  ELSIF v.vat_rate NOT IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0) THEN
    PERFORM rules.invalid(p_prefix || 'vat_rate', 'invalid_value', 'this is not a French VAT rate');
  ELSIF v.period_end_on < v.period_start_on THEN
    PERFORM rules.invalid(p_prefix || 'period_end_on', 'invalid_value', 'the period ends before it begins');
  END IF;
  PERFORM rules.write_row('invoice_line', v_id, v_row || jsonb_build_object('net', round(v.quantity * v.unit_price, 2)), p_prefix);
END
$$;
COMMENT ON FUNCTION rules.draft_save_line(invoice, jsonb, text, int) IS 'Inserts, changes or removes one line of a draft; errors name p_prefix || field.';

CREATE FUNCTION rules.draft_for_update(p_id bigint) RETURNS invoice
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
BEGIN
  SELECT * INTO v FROM invoice WHERE id = p_id FOR UPDATE;
  IF v.id IS NULL THEN
    PERFORM rules.fail('SW002', NULL, 'there is no such invoice');
  ELSIF v.status <> 'draft' THEN
    PERFORM rules.fail('SW008', NULL, 'an issued invoice cannot change; issue a credit note');
  END IF;
  RETURN v;
END
$$;
COMMENT ON FUNCTION rules.draft_for_update(bigint) IS 'Locks a draft. Errors SW002 SW008.';

CREATE FUNCTION rules.check_draft(p_invoice invoice) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_invoice.kind NOT IN ('manual', 'deposit') THEN
    PERFORM rules.invalid('kind', 'invalid_value', 'only manual and deposit invoices are made by hand');
  ELSIF p_invoice.customer_id IS NULL THEN
    PERFORM rules.required('customer_id');
  ELSIF p_invoice.billing_site_id IS NULL THEN
    PERFORM rules.required('billing_site_id');
  ELSIF NOT EXISTS (SELECT FROM billing_site WHERE id = p_invoice.billing_site_id AND customer_id = p_invoice.customer_id) THEN
    PERFORM rules.invalid('billing_site_id', 'invalid_value', 'this billing site does not belong to the customer');
  ELSIF p_invoice.contract_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM contract WHERE id = p_invoice.contract_id AND customer_id = p_invoice.customer_id) THEN
    PERFORM rules.invalid('contract_id', 'invalid_value', 'this contract does not belong to the customer');
  ELSIF p_invoice.period_end_on < p_invoice.period_start_on THEN
    PERFORM rules.invalid('period_end_on', 'invalid_value', 'the period ends before it begins');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_draft(invoice) IS 'What the fields of a draft must have in common: SW004, SW005.';

CREATE FUNCTION api.invoice_save_draft(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{kind,contract_id,customer_id,billing_site_id,period_start_on,period_end_on,payment_method,purchase_order}';
  v_id bigint;
  v_row jsonb;
  v invoice;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  v_id := rules.input_id(p_data);
  IF v_id IS NULL THEN
    v_row := rules.default_row('invoice') || jsonb_build_object('kind', 'manual', 'created_by', rules.caller());
  ELSE
    v_row := to_jsonb(rules.draft_for_update(v_id));
    PERFORM rules.check_version(p_data, (v_row ->> 'row_version')::int);
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || '{id,row_version,lines}',
    COALESCE((SELECT rules.numbers_as_text(to_jsonb(i)) FROM api.invoice AS i WHERE i.id = v_id), '{}'));
  v_row := v_row || rules.read_input('invoice', p_data, v_keys, p_is_new => v_id IS NULL);
  v := jsonb_populate_record(NULL::invoice, v_row);
  PERFORM rules.check_draft(v);
  v.payment_method := COALESCE(v.payment_method, (SELECT payment_method FROM billing_site WHERE id = v.billing_site_id));
  v.id := rules.write_row('invoice', v_id, to_jsonb(v) - 'id');
  UPDATE invoice_line SET customer_id = v.customer_id WHERE invoice_id = v.id AND customer_id <> v.customer_id;
  PERFORM rules.draft_save_line(v, l.value, format('lines[%s].', l.ordinality - 1), l.ordinality::int)
     FROM rules.input_array(p_data, 'lines') WITH ORDINALITY AS l (value, ordinality);
  PERFORM rules.draft_vat(v.id);
  PERFORM rules.draft_totals(v.id);
  IF v_id IS NOT NULL THEN
    UPDATE invoice SET row_version = row_version + 1 WHERE id = v_id;
  END IF;
  RETURN v.id;
END
$$;
COMMENT ON FUNCTION api.invoice_save_draft(jsonb) IS
  'Creates (no id) or changes a draft: kind manual or deposit, customer_id, billing_site_id, contract_id, payment_method, purchase_order, period_*; nested lines {id, position, section, label, detail, quantity, unit, unit_price, vat_rate, period_*, deleted}, prices in € excl. VAT. Returns the id. Errors SW001 SW002 SW003 SW004 SW005 SW008. Roles: sw_accounting, sw_adv.';

CREATE FUNCTION api.invoice_issue(p_invoice_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  v := rules.draft_for_update(p_invoice_id);
  IF NOT EXISTS (SELECT FROM invoice_line WHERE invoice_id = v.id) THEN
    PERFORM rules.fail('SW004', 'lines', 'an invoice needs a line');
  END IF;
  PERFORM rules.draft_vat(v.id);
  PERFORM rules.issue_draft(v.id);
  RETURN v.id;
END
$$;
COMMENT ON FUNCTION api.invoice_issue(bigint) IS
  'Issues a draft on the business date: number, payment due date, snapshots; it never changes afterwards. Returns the id. Errors SW002 SW003 SW004 SW008. Roles: sw_accounting, sw_adv.';

CREATE FUNCTION api.invoice_delete_draft(p_invoice_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  PERFORM rules.draft_for_update(p_invoice_id);
  DELETE FROM invoice WHERE id = p_invoice_id;
END
$$;
COMMENT ON FUNCTION api.invoice_delete_draft(bigint) IS 'Deletes a draft; it has no number, so none is missing. Errors SW002 SW003 SW008. Roles: sw_accounting, sw_adv.';
