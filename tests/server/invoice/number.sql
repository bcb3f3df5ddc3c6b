-- Numbers without gap, dates that rise with them, late issue (INVT-04, WF-17, DOMAIN 4.3 and 5.4, 7).
BEGIN;
SELECT plan(16);
\ir ../lib/billing.sql
CREATE FUNCTION pg_temp.number_of(p_invoice_id bigint) RETURNS text LANGUAGE sql AS $$ SELECT number FROM softwhere.invoice WHERE id = p_invoice_id $$;

SELECT pg_temp.contract('{"effective": "2031-01-10", "end": "2033-01-09"}') AS a \gset
SELECT pg_temp.contract('{"effective": "2031-01-10", "end": "2033-01-09"}') AS b \gset
SELECT pg_temp.contract('{"effective": "2031-01-20", "end": "2033-01-09"}') AS c \gset
SELECT is(pg_temp.error_of('SELECT api.contract_issue_first_invoice(' || :a || ')'), 'SW015 due_on not_due:2031-01-10', 'never before the due day: a future date would be out of order');
SELECT pg_temp.today('2031-01-10');
SELECT pg_temp.bill(:a) AS ignored \gset
SELECT is((SELECT number || ' ' || issued_on FROM softwhere.invoice WHERE contract_id = :a), 'F-2031-00001 2031-01-10', 'first number, issue date = due date');

-- A rollback gives the number back.
SAVEPOINT before;
SELECT pg_temp.bill(:b) AS ignored \gset
SELECT is((SELECT number FROM softwhere.invoice WHERE contract_id = :b), 'F-2031-00002', 'taken');
ROLLBACK TO before;
SELECT is(pg_temp.error_of('SELECT api.contract_issue_due_invoice(' || :b || ')'), 'SW007 step', 'a refusal takes none');
SELECT pg_temp.bill(:b) AS ignored \gset
SELECT is((SELECT number FROM softwhere.invoice WHERE contract_id = :b), 'F-2031-00002', 'taken again: no gap');

-- Late, with nothing issued since: the due date is kept, the series still rises.
SELECT pg_temp.today('2031-01-25');
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT is((SELECT number || ' ' || issued_on FROM softwhere.invoice WHERE contract_id = :c), 'F-2031-00003 2031-01-20', 'issued on the 25th, dated the 20th: nothing came between');
SELECT is((SELECT count(*) FROM softwhere.contract_event WHERE kind = 'late_issue'), 0::bigint, 'and not called late');
-- Late, with later invoices in the series: today's date, and the journal says so.
SELECT pg_temp.contract('{"effective": "2031-01-15", "end": "2033-01-14"}') AS d \gset
SELECT pg_temp.bill(:d) AS ignored \gset
SELECT is((SELECT concat_ws(' ', number, due_period_on, issued_on, payment_due_on) FROM softwhere.invoice WHERE contract_id = :d),
  'F-2031-00004 2031-01-15 2031-01-25 2031-02-24', 'the series had gone past the 15th: dated today, due from there');
SELECT results_eq($$SELECT contract_id, data, occurred_on FROM softwhere.contract_event WHERE kind = 'late_issue'$$,
  format($$VALUES (%s::bigint, '{"kind": "first", "due_on": "2031-01-15", "issued_on": "2031-01-25"}'::jsonb, '2031-01-25'::date)$$, :d), 'a late_issue event');
SELECT is((SELECT next_due_on FROM softwhere.contract WHERE id = :d), '2031-02-15'::date, 'the next due date does not drift');

-- Each year its own count; December is not issued after January.
SELECT pg_temp.contract('{"effective": "2031-12-31", "end": "2033-12-30"}') AS e \gset
SELECT pg_temp.contract('{"effective": "2032-01-02", "end": "2034-01-01"}') AS f \gset
SELECT pg_temp.today('2032-01-03');
SELECT pg_temp.bill(:f) AS ignored \gset
SELECT is((SELECT number || ' ' || issued_on FROM softwhere.invoice WHERE contract_id = :f), 'F-2032-00001 2032-01-02', 'the count begins anew');
SELECT pg_temp.bill(:e) AS ignored \gset
SELECT is((SELECT number || ' ' || issued_on FROM softwhere.invoice WHERE contract_id = :e), 'F-2032-00002 2032-01-03', 'no number of 2031 once 2032 has begun');

-- Credit notes have a series of their own.
SELECT api.invoice_credit(id) AS n FROM softwhere.invoice WHERE contract_id = :a \gset
SELECT is(pg_temp.number_of(:n), 'AV-2032-00001', 'credit notes have a series of their own');
SELECT is((SELECT count(*) - count(DISTINCT number) FROM softwhere.invoice), 0::bigint, 'all different');
-- Another template, with the month.
UPDATE softwhere.number_series SET template = '{SERIE}{AA}{MM}-{N:3}' WHERE code = 'invoice';
SELECT pg_temp.contract('{"effective": "2032-03-01", "end": "2034-02-28"}') AS g \gset
SELECT pg_temp.bill(:g) AS ignored \gset
SELECT is((SELECT number FROM softwhere.invoice WHERE contract_id = :g), 'F3203-003', 'the nomenclature of the reseller (INVT-04)');
SELECT is((SELECT array_agg(x) FROM unnest(rules.format_numbers('A-{N:2}', 'F', '2032-01-01', 98, 4)) AS x), '{A-98,A-99,A-100,A-101}'::text[], 'padding never cuts');
SELECT * FROM finish();
ROLLBACK;
