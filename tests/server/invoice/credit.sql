-- Credit notes: whole, partial, never more than was invoiced; VAT to the cent.
BEGIN;
SELECT plan(26);
\ir ../lib/billing.sql
CREATE FUNCTION pg_temp.state(p_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', status, total_net, total_vat, total_gross, paid, balance) FROM softwhere.invoice WHERE id = p_id $$;
CREATE FUNCTION pg_temp.invoice(p_items jsonb) RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_temp.bill(pg_temp.contract('{"effective": "2031-01-01"}', p_items)) $$;

-- All of it.
SELECT pg_temp.invoice('[{"price": 30, "quantity": 2}, {"price": 9.99, "vat": 5.5}]') AS i \gset
SELECT api.invoice_credit(:i) AS n \gset
SELECT is(pg_temp.state(:n), 'paid -69.99 -12.55 -82.54 -82.54 0.00', 'the credit note mirrors the invoice and is settled with it');
SELECT is(pg_temp.state(:i), 'cancelled 69.99 12.55 82.54 82.54 0.00', 'the invoice, without a cent received, is cancelled');
SELECT results_eq(format('SELECT kind, number, credited_invoice_id, issued_on FROM softwhere.invoice WHERE id = %s', :n),
  format('VALUES (''credit_note'', ''AV-2031-00001'', %s::bigint, ''2031-01-01''::date)', :i), 'issued and numbered at once, it names what it credits');
SELECT results_eq(format('SELECT label, trim_scale(quantity), trim_scale(unit_price), net FROM softwhere.invoice_line WHERE invoice_id = %s ORDER BY position', :n),
  $$VALUES ('Fibre Pro', -2::numeric, 30::numeric, -60.00), ('Fibre Pro', -1, 9.99, -9.99)$$, 'negative quantities, the same prices');
SELECT results_eq(format('SELECT invoice_id, amount, method, credit_note_id FROM softwhere.payment WHERE credit_note_id = %s ORDER BY id', :n),
  format('VALUES (%s::bigint, 82.54, ''credit_note'', %s::bigint), (%s, -82.54, ''credit_note'', %s)', :i, :n, :n, :n), 'each settles the other');
SELECT is((SELECT api.invoice_document(:n) -> 'credited'), (SELECT jsonb_build_object('number', number, 'issued_on', issued_on) FROM softwhere.invoice WHERE id = :i),
  'the document references number and date');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_credit(%s)', :i)), 'SW010 lines 0.00', 'nothing is left');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_credit(%s)', :n)), 'SW007 status', 'a credit note is not credited');

-- Line by line: 3 × 0.99 at 20 % is 0.59 of VAT, not 0.60.
SELECT pg_temp.invoice('[{"price": 0.99}, {"price": 0.99}, {"price": 0.99}]') AS i \gset
SELECT array_agg(id ORDER BY id) AS lines FROM softwhere.invoice_line WHERE invoice_id = :i \gset
SELECT api.invoice_credit(:i, format('[{"line_id": %s, "quantity": 1}]', (:'lines'::bigint[])[1])::jsonb) AS n1 \gset
SELECT api.invoice_credit(:i, format('[{"line_id": %s, "net": "0.99"}]', (:'lines'::bigint[])[2])::jsonb) AS n2 \gset
SELECT is((SELECT string_agg(total_vat::text, ' ' ORDER BY id) FROM softwhere.invoice WHERE id IN (:n1, :n2)), '-0.20 -0.20', 'two partial credits');
SELECT is(pg_temp.state(:i), 'issued 2.97 0.59 3.56 2.38 1.18', 'the rest is still due');
SELECT api.invoice_credit(:i) AS n3 \gset
SELECT is(pg_temp.state(:n3), 'paid -0.99 -0.19 -1.18 -1.18 0.00', 'the last one takes back the VAT that is left');
SELECT is(pg_temp.state(:i), 'cancelled 2.97 0.59 3.56 3.56 0.00', 'together exactly the invoice');

-- Part of a line, by quantity and by amount.
SELECT pg_temp.invoice('[{"price": 19.99, "quantity": 3}]') AS i \gset
SELECT id AS l FROM softwhere.invoice_line WHERE invoice_id = :i \gset
SELECT is(pg_temp.error_of(format('SELECT api.invoice_credit(%s, ''[%s]'')', :i, v.line)), v.error, v.line)
  FROM (VALUES (format('{"line_id": %s, "quantity": 4}', :l), 'SW010 lines[0].quantity 59.97'), (format('{"line_id": %s, "net": 59.98}', :l), 'SW010 lines[0].net 59.97'),
               (format('{"line_id": %s, "net": -1}', :l), 'SW005 lines[0].net'), (format('{"line_id": %s, "net": 0}', :l), 'SW005 lines[0].net'),
               (format('{"line_id": %s}', :l), 'SW004 lines[0].net'), ('{"line_id": 0, "net": 1}', 'SW002 lines[0].line_id'),
               (format('{"line_id": %s, "net": 1}, {"line_id": %s, "net": 1}', :l, :l), 'SW002 lines[0].line_id')) AS v (line, error);
SELECT api.invoice_credit(:i, format('[{"line_id": %s, "quantity": 1}]', :l)::jsonb) AS n \gset
SELECT is(pg_temp.state(:n), 'paid -19.99 -4.00 -23.99 -23.99 0.00', 'one of three');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_credit(%s, ''[{"line_id": %s, "net": 39.99}]'')', :i, :l)), 'SW010 lines[0].net 39.98', 'never more than remains creditable');
-- Half paid, then the rest credited: the surplus stays due to the customer.
SELECT api.invoice_pay(:i, 40, '2031-01-01', 'transfer') AS ignored \gset
SELECT api.invoice_credit(:i) AS n \gset
SELECT is(pg_temp.state(:n), 'issued -39.98 -7.99 -47.97 -7.97 -40.00', 'the credit note settles what was due and keeps what was paid');
SELECT is(pg_temp.state(:i), 'paid 59.97 11.99 71.96 71.96 0.00', 'paid, not cancelled: money came in');

-- A deposit of the contract is deducted once, at its rate, less what was credited of it.
SELECT pg_temp.contract('{"effective": "2031-02-01"}', '[{"price": 100}]') AS c \gset
SELECT api.invoice_save_draft(jsonb_build_object('kind', 'deposit', 'customer_id', customer_id, 'billing_site_id', billing_site_id, 'contract_id', id,
         'lines', '[{"label": "Acompte sur installation", "unit_price": "40"}]'::jsonb)) AS d FROM softwhere.contract WHERE id = :c \gset
SELECT api.invoice_issue(:d) AS ignored \gset
SELECT id AS l FROM softwhere.invoice_line WHERE invoice_id = :d \gset
SELECT api.invoice_credit(:d, format('[{"line_id": %s, "net": 10}]', :l)::jsonb) AS ignored \gset
SELECT pg_temp.bill(:c) AS i \gset
SELECT is((SELECT string_agg(net::text, ' ' ORDER BY position) FROM softwhere.invoice_line WHERE invoice_id = :i), '100.00 -30.00', 'deducted');
SELECT is((SELECT api.invoice_document(:i) -> 'deposits' -> 0 ->> 'number'), (SELECT number FROM softwhere.invoice WHERE id = :d), 'and named');
SELECT pg_temp.bill(:c) AS i \gset
SELECT is((SELECT total_net FROM softwhere.invoice WHERE id = :i), 100.00, 'once');
SELECT * FROM finish();
ROLLBACK;
