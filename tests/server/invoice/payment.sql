-- Payments (COMPTA-02): partial, whole, too much, undone, paid back.
BEGIN;
SELECT plan(25);
\ir ../lib/billing.sql
CREATE FUNCTION pg_temp.state(p_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', status, paid, balance) FROM softwhere.invoice WHERE id = p_id $$;
SELECT pg_temp.contract('{"effective": "2031-01-01"}', '[{"price": 100}]') AS c \gset
SELECT pg_temp.bill(:c) AS i \gset
SELECT pg_temp.today('2031-01-10');

SELECT is(pg_temp.state(:i), 'issued 0.00 120.00', 'issued');
SELECT api.invoice_pay(:i, 50, '2031-01-08', 'transfer') AS p \gset
SELECT is(pg_temp.state(:i), 'issued 50.00 70.00', 'a partial payment');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_pay(%s, %s)', :i, v.rest)), v.error, v.rest)
  FROM (VALUES ('70.01, ''2031-01-09'', ''cheque''', 'SW010 amount 70.00'), ('0, ''2031-01-09'', ''cheque''', 'SW004 amount'),
               ('null, ''2031-01-09'', ''cheque''', 'SW004 amount'), ('-5, ''2031-01-09'', ''cheque''', 'SW005 amount'),
               ('1.005, ''2031-01-09'', ''cheque''', 'SW005 amount'), ('5, null, ''cheque''', 'SW004 paid_on'),
               ('5, ''2031-01-11'', ''cheque''', 'SW005 paid_on'), ('5, ''2031-01-09'', ''credit_note''', 'SW005 method'),
               ('5, ''2031-01-09'', null', 'SW005 method')) AS v (rest, error);
SELECT is(pg_temp.error_of('SELECT api.invoice_pay(0, 5, ''2031-01-09'', ''cheque'')'), 'SW002', 'no such invoice');
SELECT api.invoice_pay(:i, 70, '2031-01-09', 'cheque') AS q \gset
SELECT is(pg_temp.state(:i), 'paid 120.00 0.00', 'paid at balance 0');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_pay(%s, 1, ''2031-01-09'', ''cheque'')', :i)), 'SW010 amount 0.00', 'nothing more is due');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_pay(%s, 0, ''2031-01-09'', ''cheque'')', :i)), 'SW007 amount', 'nor nothing');

-- A returned debit.
SELECT api.invoice_payment_cancel(:q) AS u \gset
SELECT is(pg_temp.state(:i), 'issued 50.00 70.00', 'open again');
SELECT results_eq(format('SELECT amount, paid_on, method, cancelled_payment_id FROM softwhere.payment WHERE id = %s', :u),
  format('VALUES (-70.00, ''2031-01-10''::date, ''cheque'', %s::bigint)', :q), 'by a row of the opposite amount that names it');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_payment_cancel(%s)', :q)), 'SW012', 'once');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_payment_cancel(%s)', :u)), 'SW012', 'and not the undoing');
SELECT results_eq(format('SELECT cancelled FROM api.payment WHERE invoice_id = %s ORDER BY id', :i), ARRAY[false, true, false], 'the view tells which is undone');
SELECT api.invoice_pay(:i, 70, '2031-01-10', 'write_off') AS ignored \gset
SELECT is(pg_temp.state(:i), 'paid 120.00 0.00', 'written off');

-- A credit note on a paid invoice is money owed to the customer.
SELECT api.invoice_credit(:i) AS n \gset
SELECT is(pg_temp.state(:n), 'issued 0.00 -120.00', 'due to the customer');
SELECT is(pg_temp.error_of(format('SELECT api.invoice_pay(%s, 10, ''2031-01-10'', ''transfer'')', :n)), 'SW005 amount', 'paid back is negative');
SELECT api.invoice_pay(:n, -120, '2031-01-10', 'transfer') AS ignored \gset
SELECT is(pg_temp.state(:n), 'paid -120.00 0.00', 'paid back');
SELECT is(pg_temp.state(:i), 'paid 120.00 0.00', 'the invoice stays paid');
SELECT * FROM finish();
ROLLBACK;
