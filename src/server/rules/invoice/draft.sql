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
         mandate_id = CASE WHEN payment_method = 'direct_debit' THEN v_site.mandate_id END,
         seller_party_id = COALESCE(seller_party_id, rules.party(rules.seller_content())),
         buyer_party_id = v_site.party_id,
         row_version = row_version + 1
   WHERE id = p_invoice_id
  RETURNING * INTO v;
  RETURN v;
END
$$;
COMMENT ON FUNCTION rules.issue_draft(bigint) IS 'Gives a draft its date (never before the last of its series), number and snapshots. It can never change afterwards.';

CREATE FUNCTION rules.draft_save_line(p_invoice invoice, p_line jsonb, p_index int) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_field text := format('lines[%s].', p_index);
  v invoice_line;
BEGIN
  IF p_line ->> 'id' IS NOT NULL THEN
    SELECT * INTO v FROM invoice_line WHERE id = (p_line ->> 'id')::bigint AND invoice_id = p_invoice.id;
    IF v.id IS NULL THEN
      PERFORM rules.fail('SW002', v_field || 'id', 'this line does not belong to the invoice');
    ELSIF (p_line ->> 'deleted')::boolean THEN
      DELETE FROM invoice_line WHERE id = v.id;
      RETURN;
    END IF;
  ELSE
    v.position := p_index + 1;
    v.section := 'other';
    v.quantity := 1;
    v.unit := '';
    v.vat_rate := CASE WHEN (SELECT vat_franchise FROM company) THEN 0
                       ELSE (SELECT vat_rate FROM billing_site WHERE id = p_invoice.billing_site_id) END;
  END IF;
  v := jsonb_populate_record(v, p_line - '{id,invoice_id,customer_id,net,contract_item_id,meter_reading_id,credited_line_id}'::text[]);
  IF COALESCE(btrim(v.label), '') = '' THEN
    PERFORM rules.fail('SW004', v_field || 'label', 'a line says what it bills');
  ELSIF v.unit_price IS NULL THEN
    PERFORM rules.fail('SW004', v_field || 'unit_price', 'a price is required');
  ELSIF COALESCE(v.quantity, 0) = 0 THEN
    PERFORM rules.fail('SW005', v_field || 'quantity', 'the quantity cannot be zero');
  ELSIF v.vat_rate IS NULL OR v.vat_rate NOT IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0) THEN
    PERFORM rules.fail('SW005', v_field || 'vat_rate', 'this is not a French VAT rate');
  END IF;
  v.net := round(v.quantity * v.unit_price, 2);
  IF v.id IS NULL THEN
    INSERT INTO invoice_line (invoice_id, customer_id, position, section, label, detail, quantity, unit, unit_price, vat_rate, net,
        period_start_on, period_end_on)
    VALUES (p_invoice.id, p_invoice.customer_id, v.position, v.section, btrim(v.label), NULLIF(btrim(v.detail), ''), v.quantity,
        COALESCE(v.unit, ''), v.unit_price, v.vat_rate, v.net, v.period_start_on, v.period_end_on);
  ELSE
    UPDATE invoice_line
       SET (position, section, label, detail, quantity, unit, unit_price, vat_rate, net, period_start_on, period_end_on)
         = (v.position, v.section, btrim(v.label), NULLIF(btrim(v.detail), ''), v.quantity, COALESCE(v.unit, ''), v.unit_price,
            v.vat_rate, v.net, v.period_start_on, v.period_end_on)
     WHERE id = v.id;
  END IF;
END
$$;
COMMENT ON FUNCTION rules.draft_save_line(invoice, jsonb, int) IS 'Inserts, changes or removes one line of a draft; errors name lines[n].field.';

CREATE FUNCTION rules.draft_for_update(p_id bigint, p_row_version int) RETURNS invoice
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
  ELSIF p_row_version <> v.row_version THEN
    PERFORM rules.fail('SW001', NULL, 'this invoice was changed meanwhile by someone else');
  END IF;
  RETURN v;
END
$$;
COMMENT ON FUNCTION rules.draft_for_update(bigint, int) IS 'Locks a draft. Errors SW001 SW002 SW008.';

CREATE FUNCTION api.invoice_save_draft(p_invoice jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  IF p_invoice ->> 'id' IS NOT NULL THEN
    v := rules.draft_for_update((p_invoice ->> 'id')::bigint, (p_invoice ->> 'row_version')::int);
  ELSE
    v.kind := 'manual';
  END IF;
  v := jsonb_populate_record(v, (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each(p_invoice)
    WHERE key IN ('kind', 'contract_id', 'customer_id', 'billing_site_id', 'period_start_on', 'period_end_on', 'payment_method', 'purchase_order')));
  IF v.kind IS NULL OR v.kind NOT IN ('manual', 'deposit') THEN
    PERFORM rules.fail('SW005', 'kind', 'only manual and deposit invoices are made by hand');
  ELSIF v.customer_id IS NULL THEN
    PERFORM rules.fail('SW004', 'customer_id', 'a customer is required');
  ELSIF v.billing_site_id IS NULL THEN
    PERFORM rules.fail('SW004', 'billing_site_id', 'a billing site is required');
  ELSIF NOT EXISTS (SELECT FROM billing_site WHERE id = v.billing_site_id AND customer_id = v.customer_id) THEN
    PERFORM rules.fail('SW005', 'billing_site_id', 'this billing site does not belong to the customer');
  ELSIF v.contract_id IS NOT NULL AND NOT EXISTS (SELECT FROM contract WHERE id = v.contract_id AND customer_id = v.customer_id) THEN
    PERFORM rules.fail('SW005', 'contract_id', 'this contract does not belong to the customer');
  ELSIF v.period_end_on < v.period_start_on THEN
    PERFORM rules.fail('SW005', 'period_end_on', 'the period ends before it begins');
  END IF;
  v.payment_method := COALESCE(v.payment_method, (SELECT payment_method FROM billing_site WHERE id = v.billing_site_id));

  IF v.id IS NULL THEN
    INSERT INTO invoice (kind, contract_id, customer_id, billing_site_id, period_start_on, period_end_on, payment_method,
        purchase_order, created_by)
    VALUES (v.kind, v.contract_id, v.customer_id, v.billing_site_id, v.period_start_on, v.period_end_on, v.payment_method,
        v.purchase_order, rules.caller())
    RETURNING * INTO v;
  ELSE
    UPDATE invoice
       SET (kind, contract_id, customer_id, billing_site_id, period_start_on, period_end_on, payment_method, purchase_order, row_version)
         = (v.kind, v.contract_id, v.customer_id, v.billing_site_id, v.period_start_on, v.period_end_on, v.payment_method,
            v.purchase_order, v.row_version + 1)
     WHERE id = v.id;
    UPDATE invoice_line SET customer_id = v.customer_id WHERE invoice_id = v.id AND customer_id <> v.customer_id;
  END IF;
  PERFORM rules.draft_save_line(v, l.value, (l.ordinality - 1)::int)
     FROM jsonb_array_elements(COALESCE(p_invoice -> 'lines', '[]')) WITH ORDINALITY AS l;
  PERFORM rules.draft_vat(v.id);
  PERFORM rules.draft_totals(v.id);
  RETURN v.id;
END
$$;
COMMENT ON FUNCTION api.invoice_save_draft(jsonb) IS
  'Creates (no id) or changes a draft: kind manual or deposit, customer_id, billing_site_id, contract_id, payment_method, purchase_order, period_*; nested lines {id, position, section, label, detail, quantity, unit, unit_price, vat_rate, deleted}, prices in € excl. VAT. Returns the id. Errors SW001 SW002 SW003 SW004 SW005 SW008. Roles: sw_accounting, sw_adv.';

CREATE FUNCTION api.invoice_issue(p_invoice_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  v := rules.draft_for_update(p_invoice_id, NULL);
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
  PERFORM rules.draft_for_update(p_invoice_id, NULL);
  DELETE FROM invoice WHERE id = p_invoice_id;
END
$$;
COMMENT ON FUNCTION api.invoice_delete_draft(bigint) IS 'Deletes a draft; it has no number, so none is missing. Errors SW002 SW003 SW008. Roles: sw_accounting, sw_adv.';
