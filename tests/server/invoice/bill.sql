-- The buttons of a contract (WF-14, WF-17, WF-20, WF-21, WF-36…38): when they may be pressed, once, and what they move.
BEGIN;
SELECT plan(31);
\ir ../lib/billing.sql
CREATE FUNCTION pg_temp.try(p_what text, p_contract_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.error_of(format('SELECT api.contract_issue_%s_invoice(%s)', p_what, p_contract_id)) $$;

SELECT pg_temp.contract('{"effective": "2031-01-31", "end": "2031-03-30", "step": "creation"}') AS c \gset
SELECT is(pg_temp.try(w, :c), 'SW007 step', w || ' in creation') FROM unnest('{first,due,final}'::text[]) AS w;
UPDATE softwhere.contract SET step = 'start_billing' WHERE id = :c;
SELECT is(pg_temp.try('first', 0), 'SW002 contract_id', 'no such contract');
SELECT is(pg_temp.try('first', :c), 'SW015 due_on not_due:2031-01-31', 'never before the effective date');
SELECT is(pg_temp.try(w, :c), 'SW007 step', w || ' before the first') FROM unnest('{due,final}'::text[]) AS w;

SELECT pg_temp.today('2031-01-31');
SELECT api.contract_issue_first_invoice(:c) AS i \gset
SELECT results_eq('SELECT kind, status, due_period_on, issued_on, payment_due_on, total_net, created_by FROM softwhere.invoice WHERE id = ' || :i,
  $$VALUES ('first', 'issued', '2031-01-31'::date, '2031-01-31'::date, '2031-03-02'::date, 0.97, 'postgres')$$, 'the first invoice: issue date = effective date');
SELECT results_eq('SELECT step, next_due_on, anchor_on, anchor_count FROM softwhere.contract WHERE id = ' || :c,
  $$VALUES ('periodic_billing', '2031-02-28'::date, '2031-01-31'::date, 1)$$, 'T2: next due date from the anchor');
SELECT is(pg_temp.try('first', :c), 'SW007 step', 'once');
SELECT is(pg_temp.try('due', :c), 'SW015 due_on not_due:2031-02-28', 'not before the due date');

SELECT pg_temp.today('2031-02-28');
SELECT api.contract_issue_due_invoice(:c) AS i \gset
SELECT results_eq('SELECT kind, due_period_on, issued_on, period_start_on, period_end_on FROM softwhere.invoice WHERE id = ' || :i,
  $$VALUES ('periodic', '2031-02-28'::date, '2031-02-28'::date, '2031-02-01'::date, '2031-02-28'::date)$$, 'issue date = due date (WF-17)');
SELECT is((SELECT concat_ws(' ', step, next_due_on) FROM softwhere.contract WHERE id = :c), 'end_of_contract', 'T4: 31 March lies after the end');
SELECT is(pg_temp.try('final', :c), 'SW015 due_on not_due:2031-03-30', 'the balance waits for the end');

-- Nothing left to bill: recorded without number (DOMAIN 5.4, 10). Here March is left.
SELECT pg_temp.today('2031-03-30');
SELECT api.contract_issue_final_invoice(:c) AS i \gset
SELECT is((SELECT concat_ws(' ', kind, number, status, total_net) FROM softwhere.invoice WHERE id = :i), 'final F-2031-00003 issued 29.03', 'the balance bills the month no due date reached');
SELECT is(pg_temp.try('final', :c), 'SW012 due_on', 'once, although the step stays until the contract is closed');

SELECT pg_temp.today('2031-01-01');
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2031-01-31"}') AS d \gset
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2031-01-31"}') AS e \gset
SELECT pg_temp.today('2031-03-31');
SELECT api.contract_issue_first_invoice(:d) AS ignored \gset
SELECT api.contract_issue_first_invoice(:e) AS ignored \gset
SELECT is((SELECT step FROM softwhere.contract WHERE id = :d), 'end_of_contract', 'a contract of one period goes straight to its end');
SELECT api.contract_issue_final_invoice(:d) AS i \gset
SELECT is((SELECT concat_ws(' ', kind, number, status, total_gross, balance) FROM softwhere.invoice WHERE id = :i), 'final paid 0.00 0.00', 'nothing left: no number');
SELECT is(api.invoice_record(:i) #>> '{lines,0,label}', 'Aucun montant à facturer pour cette période', 'but a line that says so');
UPDATE softwhere.parameter SET empty_balance_invoice = 'zero_invoice';
SELECT api.contract_issue_final_invoice(:e) AS i \gset
SELECT is((SELECT concat_ws(' ', kind, number, status, total_gross) FROM softwhere.invoice WHERE id = :i), 'final F-2031-00006 paid 0.00', 'or a numbered zero invoice, by parameter');

-- In bulk: all or nothing, contracts of one due date.
SELECT pg_temp.today('2031-04-01');
SELECT pg_temp.contract('{"effective": "2031-04-01"}') AS a \gset
SELECT pg_temp.contract('{"effective": "2031-04-02"}') AS b \gset
SELECT is(pg_temp.error_of(format('SELECT rules.bill(ARRAY[%s, %s], ''first'', ''2031-04-02'')', :a, :b)), 'P0001', 'one due date at a time');
SELECT is(pg_temp.error_of(format('SELECT rules.bill(ARRAY[%s, %s], ''first'', ''2031-04-02'')', :a, :c)), 'SW007 step', 'one in another step stops them all');
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE contract_id = :a), 0::bigint, 'nothing was issued');
SELECT is(rules.bill('{}', 'first', '2031-04-02'), '{}'::bigint[], 'none of none');
SELECT array_agg(pg_temp.contract('{"effective": "2031-04-01"}')) AS many FROM generate_series(1, 60) \gset
SELECT is(cardinality(rules.bill(:'many'::bigint[], 'first', '2031-04-01')), 60, 'sixty at once');
SELECT is((SELECT array_agg(number ORDER BY contract_id) FROM softwhere.invoice WHERE contract_id = ANY (:'many'::bigint[])),
  (SELECT array_agg('F-2031-' || lpad((6 + n)::text, 5, '0') ORDER BY n) FROM generate_series(1, 60) AS n), 'numbers in the order of the contracts');
SELECT is((SELECT count(DISTINCT (total_net, total_vat, issued_on, payment_due_on, period_end_on, seller_party_id)) FROM softwhere.invoice WHERE contract_id = ANY (:'many'::bigint[])),
  1::bigint, 'all alike');
-- One and many are the same code: the same contract billed alone gives the same lines.
SELECT api.contract_issue_first_invoice(:a) AS i \gset
SELECT results_eq('SELECT section, label, detail, quantity, unit_price, vat_rate, net, period_start_on, period_end_on FROM softwhere.invoice_line WHERE invoice_id = ' || :i,
  'SELECT section, label, detail, quantity, unit_price, vat_rate, net, period_start_on, period_end_on FROM softwhere.invoice_line WHERE invoice_id = (SELECT min(id) FROM softwhere.invoice WHERE contract_id = ANY (''' || :'many' || '''::bigint[]))',
  'one contract or sixty, the same lines');
-- What is due and its preview cost nothing: reading only.
SELECT is((SELECT string_agg(label || ' ' || net, ', ') FROM rules.due_lines(ARRAY(SELECT d FROM rules.due(ARRAY[:a]::bigint[]) AS d))), 'Fibre Pro 30.00', 'the lines of the next invoice can be read before it');
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE contract_id = :a), 1::bigint, 'without issuing it');
SELECT is((SELECT count(*) FROM softwhere.invoice AS i WHERE i.total_net <> (SELECT sum(net) FROM softwhere.invoice_line WHERE invoice_id = i.id)),
  0::bigint, 'totals are the sums of lines');
SELECT * FROM finish();
ROLLBACK;
