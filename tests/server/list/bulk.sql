-- Actions on many records: each row for itself.
BEGIN;
\ir ../lib/billing.sql
SELECT plan(12);

SELECT pg_temp.site() AS s1, pg_temp.site() AS s2 \gset
SELECT (SELECT customer_id FROM softwhere.billing_site WHERE id = :s1) AS c1, (SELECT customer_id FROM softwhere.billing_site WHERE id = :s2) AS c2 \gset
INSERT INTO softwhere.segment (kind, name) VALUES ('sector', 'Bulk A'), ('sector', 'Bulk B');
SELECT id AS a FROM softwhere.segment WHERE name = 'Bulk A' \gset
SELECT id AS b FROM softwhere.segment WHERE name = 'Bulk B' \gset

SET LOCAL ROLE sw_adv;
SELECT is((SELECT string_agg(format('%s %s', ok, code), ',') FROM api.customers_add_segment(ARRAY[:c1, -1, :c2], :a)), 't ,f SW002,t ',
  'a row that fails says why, the others pass');
SELECT api.customers_add_segment(ARRAY[:c1], :b) \g /dev/null
SELECT is((SELECT segments FROM api.customer WHERE id = :c1), 'Bulk A, Bulk B', 'segments are added to those there are');
SELECT is((SELECT field || ' ' || code FROM api.customers_add_segment(ARRAY[:c1], 0)), 'segment_ids SW002', 'an error has its field');
SELECT is((SELECT bool_and(ok) FROM api.customers_set_status(ARRAY[:c1, :c2], 'active')), true, 'a status for all');
SELECT is((SELECT count(*)::int FROM api.customer WHERE id IN (:c1, :c2) AND status = 'active'), 2, 'is written');
SELECT is((SELECT code FROM api.customers_set_status(ARRAY[:c1], 'asleep')), 'SW005', 'or refused');
SET LOCAL ROLE sw_support;
SELECT throws_ok(format('SELECT * FROM api.customers_set_status(ARRAY[%s], ''active'')', :c1), '42501', NULL, 'only for those who may');
RESET ROLE;

SELECT pg_temp.contract(jsonb_build_object('effective', '2031-01-01', 'site', :s1)) AS k1 \gset
SET LOCAL ROLE sw_adv;
SELECT is((SELECT code FROM api.contracts_issue_due(ARRAY[:k1])), 'SW007', 'a contract without first invoice has none that is due');
SELECT api.contract_issue_first_invoice(:k1) AS i1 \gset
SELECT is((SELECT ok FROM api.invoices_pay(ARRAY[:i1], '2031-01-01', 'transfer')), true, 'an invoice is paid in full');
SELECT is((SELECT status || ' ' || balance FROM api.invoice WHERE id = :i1), 'paid 0.00', 'and settled');
SELECT is((SELECT ok FROM api.invoices_pay(ARRAY[:i1], '2031-01-01', 'transfer')), false, 'once');
SELECT is((SELECT count(*)::int FROM api.contracts_issue_due('{}')), 0, 'nothing to do is no error');
SELECT * FROM finish();
ROLLBACK;
