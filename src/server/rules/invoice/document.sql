-- Everything an invoice prints, in one jsonb: what documents/ draws. An issued invoice is shown as it was issued: parties and
-- texts come from the snapshots, never from today's records. Amounts are text with a dot, dates ISO.

CREATE FUNCTION rules.amount_text(p_value numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN scale(trim_scale(p_value)) < 2 THEN round(p_value, 2) ELSE trim_scale(p_value) END::text;
COMMENT ON FUNCTION rules.amount_text(numeric) IS 'A price or an amount with at least its cents: 59.00, 0.0065.';

CREATE FUNCTION rules.document_sections(p_invoice_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('code', s.section, 'title', NULL, 'lines', s.lines) ORDER BY s.rank), '[]')
    FROM (SELECT l.section,
                 array_position('{subscription,usage,meter,one_off,third_party,other,adjustment}', l.section) AS rank,
                 jsonb_agg(jsonb_build_object(
                   'label', l.label, 'detail', NULLIF(concat_ws(' · ', l.detail, rules.span_wording(l.period_start_on, l.period_end_on)), ''),
                   'quantity', trim_scale(l.quantity)::text, 'unit', l.unit, 'unit_price', rules.amount_text(l.unit_price),
                   'vat_rate', trim_scale(l.vat_rate)::text, 'net', l.net::text) ORDER BY l.position, l.id) AS lines
            FROM invoice_line AS l WHERE l.invoice_id = p_invoice_id
           GROUP BY l.section) AS s
$$;
COMMENT ON FUNCTION rules.document_sections(bigint) IS 'The lines of an invoice by section, in the order of the telecom decree of 31 December 2013.';

CREATE FUNCTION rules.document_readings(p_contract_id bigint, p_kind text, p_due_on date) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object(
           'equipment', e.label, 'serial_number', e.serial_number, 'meter', m.label, 'previous_on', b.read_on,
           'previous_value', trim_scale(b.value)::text, 'read_on', r.read_on, 'value', trim_scale(r.value)::text,
           'consumed', trim_scale(COALESCE(r.consumed, r.value - b.value))::text, 'included', trim_scale(COALESCE(l.included, 0))::text,
           'source', r.source) ORDER BY ce.position, ce.id, m.position, m.id), '[]')
    FROM meter_reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN contract_equipment AS ce ON ce.id = m.contract_equipment_id
    JOIN equipment AS e ON e.id = ce.equipment_id
    LEFT JOIN LATERAL (
      SELECT p.read_on, p.value FROM meter_reading AS p
       WHERE p.meter_id = r.meter_id AND p.id <> r.id AND p.value IS NOT NULL AND p.due_on <= r.due_on AND r.kind <> 'initial'
       ORDER BY p.due_on DESC, p.id DESC LIMIT 1) AS b ON true
    LEFT JOIN LATERAL (
      SELECT sum(x.quantity) AS included
        FROM invoice AS i JOIN invoice_line AS x ON x.invoice_id = i.id
       WHERE i.contract_id = p_contract_id AND i.due_period_on = p_due_on AND i.kind = p_kind AND x.meter_reading_id = r.id
         AND x.unit_price = 0 AND x.unit <> '') AS l ON true
   WHERE r.contract_id = p_contract_id AND r.due_on = p_due_on AND r.value IS NOT NULL
     AND r.kind = CASE p_kind WHEN 'first' THEN 'initial' WHEN 'periodic' THEN 'periodic' WHEN 'final' THEN 'balance' END
$$;
COMMENT ON FUNCTION rules.document_readings(bigint, text, date) IS 'The readings a contract invoice bills, with the previous ones.';

CREATE FUNCTION rules.operation_nature(p_invoice_id bigint) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  -- One-off items are goods delivered or work done; nothing says which, so goods are named only beside services.
  SELECT CASE WHEN bool_or(section = 'one_off') AND bool_or(section IN ('subscription', 'usage', 'meter', 'third_party')) THEN 'mixed'
              WHEN bool_and(section = 'one_off') THEN 'goods' ELSE 'services' END
    FROM invoice_line WHERE invoice_id = p_invoice_id AND section NOT IN ('adjustment', 'other')
$$;
COMMENT ON FUNCTION rules.operation_nature(bigint) IS 'Deliveries of goods, services or both (CGI ann. II 242 nonies A, 8° bis).';

CREATE FUNCTION rules.document(p_invoice invoice, p_contract contract, p_customer_number text, p_seller jsonb, p_buyer jsonb) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'id', p_invoice.id, 'kind', p_invoice.kind, 'status', p_invoice.status, 'number', p_invoice.number,
    'issued_on', p_invoice.issued_on, 'payment_due_on', p_invoice.payment_due_on, 'contract_number', p_contract.number,
    'customer_number', p_customer_number, 'period_start_on', p_invoice.period_start_on, 'period_end_on', p_invoice.period_end_on,
    'purchase_order', p_invoice.purchase_order,
    'seller', p_seller -> 'seller', 'buyer', p_buyer -> 'buyer', 'delivery_address', p_buyer -> 'delivery_address',
    'sections', rules.document_sections(p_invoice.id),
    'readings', rules.document_readings(p_invoice.contract_id, p_invoice.kind, p_invoice.due_period_on),
    'vat', (SELECT COALESCE(jsonb_agg(jsonb_build_object('rate', trim_scale(v.rate)::text, 'category', v.category, 'base', v.base::text,
              'amount', v.amount::text, 'exemption', v.exemption) ORDER BY v.rate DESC), '[]') FROM invoice_vat AS v WHERE v.invoice_id = p_invoice.id),
    'total_net', p_invoice.total_net::text, 'total_vat', p_invoice.total_vat::text, 'total_gross', p_invoice.total_gross::text,
    'paid', p_invoice.paid::text, 'balance', p_invoice.balance::text,
    'credited', (SELECT jsonb_build_object('number', c.number, 'issued_on', c.issued_on) FROM invoice AS c WHERE c.id = p_invoice.credited_invoice_id),
    'deposits', (SELECT COALESCE(jsonb_agg(jsonb_build_object('number', d.number, 'issued_on', d.issued_on, 'amount', d.total_gross::text) ORDER BY d.id), '[]')
                   FROM deposit_deduction AS x JOIN invoice AS d ON d.id = x.deposit_id WHERE x.invoice_id = p_invoice.id),
    'payment', jsonb_build_object('method', p_invoice.payment_method,
      'text', CASE WHEN p_buyer #>> '{payment,method}' = p_invoice.payment_method THEN p_buyer #>> '{payment,text}'
                   ELSE (SELECT m.invoice_text FROM payment_method AS m WHERE m.code = p_invoice.payment_method) END,
      'debit_on', CASE WHEN p_invoice.mandate_id IS NOT NULL THEN p_invoice.payment_due_on END)
      || CASE WHEN p_invoice.payment_method = 'direct_debit'
              THEN jsonb_build_object('iban_masked', p_buyer #> '{payment,iban_masked}', 'holder', p_buyer #> '{payment,holder}',
                     'rum', p_buyer #> '{payment,rum}', 'ics', p_seller #> '{seller,ics}')
              ELSE '{"iban_masked": null, "holder": null, "rum": null, "ics": null}' END,
    'texts', jsonb_build_object(
      'late_payment', CASE WHEN (p_buyer #>> '{buyer,professional}')::boolean THEN p_seller #> '{texts,late_professional}'
                           ELSE p_seller #> '{texts,late_individual}' END,
      'discount', p_seller #> '{texts,discount}', 'footer', p_seller #> '{texts,footer}',
      'vat_on_debits', p_seller #> '{texts,vat_on_debits}', 'operation_nature', rules.operation_nature(p_invoice.id)),
    -- Telecom invoices of consumers say how long the commitment lasts, or that it is over (DOMAIN 4.2).
    'commitment', CASE
      WHEN p_contract.id IS NULL OR p_contract.end_on IS NULL OR (p_buyer #>> '{buyer,professional}')::boolean THEN NULL
      WHEN p_invoice.issued_on > p_contract.end_on OR p_invoice.kind = 'final' THEN '{"ended": true}'
      ELSE jsonb_build_object('until', p_contract.end_on) END,
    'interlocutor', p_seller -> 'interlocutor')
$$;
COMMENT ON FUNCTION rules.document(invoice, contract, text, jsonb, jsonb) IS 'The document of one invoice from its row, its contract and its snapshots.';

CREATE FUNCTION api.invoice_documents(p_ids bigint[]) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT rules.document(i.*::invoice, c.*::contract, k.number, COALESCE(s.content, rules.seller_content()),
           COALESCE(b.content, (SELECT content FROM rules.buyers(ARRAY[i.billing_site_id]))))
    FROM unnest(p_ids) WITH ORDINALITY AS asked (id, rank)
    JOIN invoice AS i USING (id)
    JOIN customer AS k ON k.id = i.customer_id
    LEFT JOIN contract AS c ON c.id = i.contract_id
    LEFT JOIN document_party AS s ON s.id = i.seller_party_id
    LEFT JOIN document_party AS b ON b.id = i.buyer_party_id
   WHERE rules.has_role(VARIADIC rules.office())
      OR (i.status <> 'draft' AND i.customer_id = ANY ((SELECT rules.my_customer_ids())::bigint[]))
   ORDER BY asked.rank
$$;
COMMENT ON FUNCTION api.invoice_documents(bigint[]) IS
  'What many invoices print, in the order asked, one round trip; those the caller may not see are left out. See api.invoice_document.';

CREATE FUNCTION api.invoice_document(p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT d FROM api.invoice_documents(ARRAY[p_id]) AS d $$;
COMMENT ON FUNCTION api.invoice_document(bigint) IS
  'Everything an invoice prints: parties and texts as they were at issue, lines by section, readings, VAT, payment, commitment. Amounts are text with a dot, dates ISO. Null when there is none the caller may see. Office; partners and customers their own.';
