-- Credit notes: the only correction of an issued invoice. Issued and numbered at once, in a series of their own.

CREATE FUNCTION rules.creditable_lines(p_invoice_id bigint)
RETURNS TABLE (line_id bigint, "position" int, section text, label text, detail text, quantity numeric, unit text,
  unit_price numeric, vat_rate numeric, net numeric, remaining numeric, period_start_on date, period_end_on date, contract_item_id bigint)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT l.id, l.position, l.section, l.label, l.detail, l.quantity, l.unit, l.unit_price, l.vat_rate, l.net,
         l.net + COALESCE((SELECT sum(c.net) FROM invoice_line AS c WHERE c.credited_line_id = l.id), 0),
         l.period_start_on, l.period_end_on, l.contract_item_id
    FROM invoice_line AS l WHERE l.invoice_id = p_invoice_id
$$;
COMMENT ON FUNCTION rules.creditable_lines(bigint) IS 'Lines of an invoice with what no credit note has taken back yet, in € excl. VAT.';

CREATE FUNCTION rules.credit_request(p_invoice_id bigint, p_lines jsonb)
RETURNS TABLE (line_id bigint, quantity numeric, net numeric)
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v record;
BEGIN
  IF p_lines IS NULL THEN
    RETURN QUERY SELECT l.line_id, CASE WHEN l.remaining = l.net THEN l.quantity ELSE 1 END, l.remaining
                   FROM rules.creditable_lines(p_invoice_id) AS l WHERE l.remaining <> 0;
    RETURN;
  ELSIF jsonb_typeof(p_lines) <> 'array' THEN
    PERFORM rules.fail('SW005', 'lines', 'lines is an array of {line_id, quantity or net}');
  END IF;
  FOR v IN
    SELECT (r.ordinality - 1)::int AS index, r.value ->> 'line_id' AS asked_line, l.*,
           (r.value ->> 'quantity')::numeric AS asked_quantity, (r.value ->> 'net')::numeric AS asked_net,
           count(*) OVER (PARTITION BY l.line_id) AS times
      FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS r
      LEFT JOIN rules.creditable_lines(p_invoice_id) AS l ON l.line_id = (r.value ->> 'line_id')::bigint
     ORDER BY r.ordinality
  LOOP
    IF v.line_id IS NULL OR v.times > 1 THEN
      PERFORM rules.fail('SW002', format('lines[%s].line_id', v.index), 'each line of the invoice may be named once');
    ELSIF num_nonnulls(v.asked_quantity, v.asked_net) <> 1 THEN
      PERFORM rules.fail('SW004', format('lines[%s].net', v.index), 'give either quantity or net');
    END IF;
    line_id := v.line_id;
    quantity := COALESCE(v.asked_quantity, CASE WHEN v.asked_net = v.net THEN v.quantity ELSE 1 END);
    net := COALESCE(round(v.asked_net, 2), round(v.net * v.asked_quantity / v.quantity, 2));
    IF net = 0 OR sign(net) <> sign(v.net) THEN
      PERFORM rules.fail('SW005', format('lines[%s].%s', v.index, CASE WHEN v.asked_net IS NULL THEN 'quantity' ELSE 'net' END),
        'nothing would be credited on this line');
    ELSIF abs(net) > abs(v.remaining) THEN
      PERFORM rules.fail('SW010', format('lines[%s].%s', v.index, CASE WHEN v.asked_net IS NULL THEN 'quantity' ELSE 'net' END),
        'more than remains of this line', v.remaining::text);
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.credit_request(bigint, jsonb) IS
  'What of each line is to be credited, checked against what remains; null asks for all of it. Errors SW002 SW004 SW005 SW010 on lines[n].';

CREATE FUNCTION rules.insert_credit_note(p_invoice invoice, p_lines jsonb) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_caller text := rules.caller();
BEGIN
  INSERT INTO invoice (kind, contract_id, customer_id, billing_site_id, due_period_on, period_start_on, period_end_on,
      payment_method, purchase_order, credited_invoice_id, seller_party_id, buyer_party_id, created_by)
  VALUES ('credit_note', p_invoice.contract_id, p_invoice.customer_id, p_invoice.billing_site_id, p_invoice.due_period_on,
      p_invoice.period_start_on, p_invoice.period_end_on, p_invoice.payment_method, p_invoice.purchase_order, p_invoice.id,
      rules.party(rules.seller_content()), p_invoice.buyer_party_id, v_caller)
  RETURNING id INTO v_id;

  INSERT INTO invoice_line (invoice_id, customer_id, position, section, label, detail, quantity, unit, unit_price, vat_rate, net,
      period_start_on, period_end_on, contract_item_id, credited_line_id)
  SELECT v_id, p_invoice.customer_id, l.position, l.section, l.label, l.detail, -r.quantity, l.unit,
         CASE WHEN round(r.quantity * l.unit_price, 2) = r.net THEN l.unit_price ELSE round(r.net / r.quantity, 6) END,
         l.vat_rate, -r.net, l.period_start_on, l.period_end_on, l.contract_item_id, l.line_id
    FROM rules.credit_request(p_invoice.id, p_lines) AS r JOIN rules.creditable_lines(p_invoice.id) AS l USING (line_id)
   ORDER BY l.position, l.line_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW010', 'lines', 'nothing remains to be credited on this invoice', '0.00');
  END IF;

  -- Several partial credits together take back exactly the VAT that was charged: the last one of a rate takes what is left.
  INSERT INTO invoice_vat (invoice_id, customer_id, rate, category, base, amount, exemption)
  SELECT v_id, p_invoice.customer_id, v.rate, v.category, c.base,
         CASE WHEN v.base + before.base + c.base = 0 THEN -(v.amount + before.amount)
              ELSE round(c.base * v.rate / 100, 2) END, v.exemption
    FROM (SELECT vat_rate AS rate, sum(net) AS base FROM invoice_line WHERE invoice_id = v_id GROUP BY vat_rate) AS c
    JOIN invoice_vat AS v ON v.invoice_id = p_invoice.id AND v.rate = c.rate
   CROSS JOIN LATERAL (
     SELECT COALESCE(sum(b.base), 0) AS base, COALESCE(sum(b.amount), 0) AS amount
       FROM invoice AS n JOIN invoice_vat AS b ON b.invoice_id = n.id
      WHERE n.credited_invoice_id = p_invoice.id AND n.status <> 'draft' AND b.rate = c.rate) AS before;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.insert_credit_note(invoice, jsonb) IS 'The draft of a credit note: lines, VAT; addressed as the invoice was.';

CREATE FUNCTION api.invoice_credit(p_invoice_id bigint, p_lines jsonb DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
  v_id bigint;
  v_note invoice;
  v_settled numeric;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  SELECT * INTO v FROM invoice WHERE id = p_invoice_id FOR NO KEY UPDATE;
  IF v.id IS NULL THEN
    PERFORM rules.fail('SW002', NULL, 'there is no such invoice');
  ELSIF v.status = 'draft' OR v.kind = 'credit_note' OR v.number IS NULL THEN
    PERFORM rules.fail('SW007', 'status', 'only an issued and numbered invoice can be credited');
  END IF;
  v_id := rules.insert_credit_note(v, p_lines);
  v_note := rules.issue_draft(v_id);
  -- What is still owed is settled at once; what was paid already stays due to the customer, as a negative balance.
  v_settled := CASE WHEN sign(v.balance) = -sign(v_note.total_gross)
                    THEN sign(v.balance) * LEAST(abs(v.balance), abs(v_note.total_gross)) ELSE 0 END;
  IF v_settled <> 0 THEN
    INSERT INTO payment (invoice_id, customer_id, amount, paid_on, method, credit_note_id, reference, created_by)
    VALUES (v.id, v.customer_id, v_settled, v_note.issued_on, 'credit_note', v_id, v_note.number, rules.caller()),
           (v_id, v.customer_id, -v_settled, v_note.issued_on, 'credit_note', v_id, v.number, rules.caller());
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.invoice_credit(bigint, jsonb) IS
  'Issues a credit note on an invoice: all that remains of it (null), or p_lines [{line_id, quantity | net}], amounts in € excl. VAT. Settles what is still owed; the rest is a negative balance to pay back. Returns the credit note. Errors SW002 SW003 SW004 SW005 SW007 SW010. Roles: sw_accounting, sw_adv.';
