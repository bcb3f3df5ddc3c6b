-- An issued invoice never changes and never disappears, whoever tries (WF-34; CGI 286-I-3 bis): SW008.
BEGIN;
SELECT plan(34);
\ir ../lib/billing.sql
SELECT pg_temp.contract('{"effective": "2031-01-01"}', '[{"price": 30}, {"price": 10, "vat": 5.5}]') AS c \gset
SELECT pg_temp.bill(:c) AS i \gset
SELECT min(id) AS l FROM softwhere.invoice_line WHERE invoice_id = :i \gset

-- As superuser, by hand: every column but paid, balance, status and row_version.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.invoice SET %s WHERE id = %s', v.change, :i)), 'SW008', v.change)
  FROM (VALUES ('number = ''F-2031-99999'''), ('issued_on = issued_on + 1'), ('payment_due_on = payment_due_on + 1'), ('due_period_on = due_period_on + 1'),
               ('period_start_on = null'), ('total_net = total_net + 1, total_gross = total_gross + 1, balance = balance + 1'),
               ('kind = ''manual'''), ('customer_id = customer_id + 1'), ('purchase_order = ''BC 1'''), ('buyer_party_id = null'),
               ('status = ''draft'', number = null'), ('status = ''cancelled'', balance = 0'), ('issued_by = ''nobody''')) AS v (change);
SELECT is(pg_temp.error_of(format('UPDATE softwhere.invoice SET paid = total_gross, balance = 0, status = ''paid'' WHERE id = %s', :i)), 'SW008 paid',
  'paid without a payment');
SELECT is(pg_temp.error_of(v.sql), 'SW008 lines', v.name)
  FROM (VALUES (format('UPDATE softwhere.invoice_line SET label = ''autre'' WHERE id = %s', :l), 'a line reworded'),
               (format('UPDATE softwhere.invoice_line SET net = 0 WHERE id = %s', :l), 'a line made free'),
               (format('DELETE FROM softwhere.invoice_line WHERE id = %s', :l), 'a line deleted'),
               (format('INSERT INTO softwhere.invoice_line (invoice_id, customer_id, position, label, unit_price, vat_rate, net) SELECT id, customer_id, 9, ''ajout'', 0, 20, 0 FROM softwhere.invoice WHERE id = %s', :i), 'a line added'),
               (format('UPDATE softwhere.invoice_vat SET amount = 0 WHERE invoice_id = %s', :i), 'VAT changed'),
               (format('DELETE FROM softwhere.invoice_vat WHERE invoice_id = %s', :i), 'VAT deleted')) AS v (sql, name);
SELECT is(pg_temp.error_of(format('DELETE FROM softwhere.invoice WHERE id = %s', :i)), 'SW008', 'deleted');
SELECT is(pg_temp.error_of('TRUNCATE softwhere.' || t || ' CASCADE'), 'SW008', t || ' truncated')
  FROM unnest('{invoice,invoice_line,invoice_vat,payment,document_party}'::text[]) AS t;
SELECT is(pg_temp.error_of('UPDATE softwhere.document_party SET content = ''{}'''), 'SW008', 'snapshots stay');
SELECT api.invoice_pay(:i, 1, '2031-01-01', 'transfer') AS p \gset
SELECT is(pg_temp.error_of(format('UPDATE softwhere.payment SET amount = 2 WHERE id = %s', :p)), 'SW008', 'payments stay');
SELECT is(pg_temp.error_of(format('DELETE FROM softwhere.payment WHERE id = %s', :p)), 'SW008', 'and do not disappear');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_save_draft(''{"id": %s, "purchase_order": "x"}'')', :i)), 'SW008', 'not through the form either');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_delete_draft(%s)', :i)), 'SW008', 'nor its delete button');

-- A draft is free, but does not slip into the workflow of a contract.
SELECT api.invoice_save_draft(jsonb_build_object('customer_id', customer_id, 'billing_site_id', billing_site_id, 'contract_id', id,
         'lines', '[{"label": "Câble", "unit_price": "5"}]'::jsonb)) AS d FROM softwhere.contract WHERE id = :c \gset
SELECT is(pg_temp.error_of(format('UPDATE softwhere.invoice SET kind = ''periodic'', due_period_on = ''2031-02-01'' WHERE id = %s', :d)), 'SW008 kind',
  'a draft does not become the due invoice');
SELECT is(pg_temp.error_of(format('UPDATE softwhere.invoice SET status = ''issued'', number = ''F-2031-X'', issued_on = ''2031-01-01'', payment_due_on = ''2031-01-01'', total_net = 1, total_gross = 2, balance = 2 WHERE id = %s', :d)),
  'SW008 total_net', 'nor an invoice whose totals are not its lines''');
SELECT ok((SELECT number IS NULL FROM softwhere.invoice WHERE id = :d), 'a draft carries no number');
SELECT * FROM finish();
ROLLBACK;
