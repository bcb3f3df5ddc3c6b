-- Invoices made by hand: drafts and their lines, issuing, deleting; errors on the field concerned.
BEGIN;
SELECT plan(33);
\ir ../lib/billing.sql
SELECT pg_temp.site('{"payment_method": "direct_debit"}') AS s \gset
SELECT customer_id AS k FROM softwhere.billing_site WHERE id = :s \gset
CREATE FUNCTION pg_temp.save(p jsonb) RETURNS bigint LANGUAGE sql AS $$ SELECT api.invoice_save_draft(p) $$;

SELECT pg_temp.save(format('{"customer_id": %s, "billing_site_id": %s, "purchase_order": "BC 42", "lines": [
  {"label": "Routeur", "quantity": "2", "unit_price": "149.90"}, {"label": "Livre", "unit_price": 9.48, "vat_rate": "5.5", "section": "one_off"}]}', :k, :s)::jsonb) AS d \gset
SELECT results_eq('SELECT kind, status, number, issued_on, payment_method, total_net, total_vat, total_gross FROM softwhere.invoice WHERE id = ' || :d,
  $$VALUES ('manual', 'draft', NULL::text, NULL::date, 'direct_debit', 309.28, 60.48, 369.76)$$, 'a draft: totals, no number, no date');
SELECT is((SELECT array_agg(row_version) FROM softwhere.invoice WHERE id = :d), '{1}', 'first version');
SELECT (api.invoice_record(:d) #>> '{lines,0,id}')::bigint AS l \gset
SELECT is(api.invoice_record(:d) -> 'next_actions' @> '[{"action": "invoice_issue", "allowed": true, "missing": []}, {"action": "invoice_delete_draft"}]', true, 'it can be issued or deleted');
SELECT is(api.invoice_record(:d) #>> '{lines,0,unit_price}', '149.900000', 'amounts are text');

-- Changing it.
SELECT is(pg_temp.save(format('{"id": %s, "row_version": 1, "lines": [{"id": %s, "quantity": 1}, {"label": "Pose", "unit_price": 60, "quantity": "1.5", "unit": "h", "detail": "  "}]}', :d, :l)::jsonb), :d::bigint, 'changed');
SELECT results_eq('SELECT label, quantity, unit, net, detail FROM softwhere.invoice_line WHERE invoice_id = ' || :d || ' ORDER BY id',
  $$VALUES ('Routeur', 1::numeric, '', 149.90, NULL), ('Livre', 1, '', 9.48, NULL), ('Pose', 1.5, 'h', 90.00, NULL)$$, 'only what was sent');
SELECT is((SELECT concat_ws(' ', total_net, purchase_order, row_version) FROM softwhere.invoice WHERE id = :d), '249.38 BC 42 2', 'totals follow');
SELECT pg_temp.save(format('{"id": %s, "lines": [{"id": %s, "deleted": true}]}', :d, :l)::jsonb) AS ignored \gset
SELECT is((SELECT total_net FROM softwhere.invoice WHERE id = :d), 99.48, 'a line removed');
-- What a record shows may come back with it.
SELECT is(pg_temp.error_of(format('SELECT pg_temp.save(%L)', api.invoice_record(:d) - '{lines,vat,payments,credit_notes,attachments,next_actions}'::text[])), 'no error', 'a record comes back unchanged');

SELECT is(pg_temp.error_of(format('SELECT pg_temp.save(''%s'')', v.data)), v.error, v.error)
  FROM (VALUES (format('{"id": %s, "row_version": 2}', :d), 'SW001 row_version'), ('{"id": 0}', 'SW002'),
               (format('{"customer_id": %s}', :k), 'SW004 billing_site_id'), ('{"kind": "manual"}', 'SW004 customer_id'),
               (format('{"customer_id": %s, "billing_site_id": %s, "kind": "periodic"}', :k, :s), 'SW005 kind'),
               (format('{"customer_id": %s, "billing_site_id": %s}', :k + 1, :s), 'SW005 billing_site_id'),
               (format('{"id": %s, "period_start_on": "2031-02-01", "period_end_on": "2031-01-31"}', :d), 'SW005 period_end_on'),
               (format('{"id": %s, "period_start_on": "tomorrow"}', :d), 'SW005 period_start_on'),
               (format('{"id": %s, "issued_on": "2031-01-01"}', :d), 'SW005 issued_on'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": "1"}, {"label": "", "unit_price": "1"}]}', :d), 'SW004 lines[1].label'),
               (format('{"id": %s, "lines": [{"label": "x"}]}', :d), 'SW004 lines[0].unit_price'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": "dix"}]}', :d), 'SW005 lines[0].unit_price'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": 1, "quantity": 0}]}', :d), 'SW005 lines[0].quantity'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": 1, "vat_rate": 19.6}]}', :d), 'SW005 lines[0].vat_rate'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": 1, "section": "y"}]}', :d), 'SW005 lines[0].section'),
               (format('{"id": %s, "lines": [{"label": "x", "unit_price": 1, "net": 5}]}', :d), 'SW005 lines[0].net'),
               (format('{"id": %s, "lines": [{"id": %s, "label": "x"}]}', :d, :l), 'SW002 lines[0].id')) AS v (data, error);

SELECT pg_temp.save(format('{"customer_id": %s, "billing_site_id": %s}', :k, :s)::jsonb) AS e \gset
SELECT is(pg_temp.error_of('SELECT api.invoice_issue(' || :e || ')'), 'SW004 lines', 'an empty invoice is not issued');
SELECT is((SELECT missing FROM api.invoice_next_action WHERE invoice_id = :e AND action = 'invoice_issue'), '{lines}', 'and the button says so');
SELECT api.invoice_delete_draft(:e);
SELECT is((SELECT count(*) FROM softwhere.invoice WHERE id = :e), 0::bigint, 'deleted');

-- Issued: date, number, terms, snapshots.
SELECT pg_temp.today('2031-03-14');
SELECT is(api.invoice_issue(:d), :d::bigint, 'issued');
SELECT results_eq('SELECT status, number, issued_on, payment_due_on, mandate_id IS NOT NULL, seller_party_id IS NOT NULL, buyer_party_id IS NOT NULL FROM softwhere.invoice WHERE id = ' || :d,
  $$VALUES ('issued', 'F-2031-00001', '2031-03-14'::date, '2031-04-15'::date, true, true, true)$$, 'debited after 30 days, moved over Easter (11 to 14 April) to a TARGET day');
SELECT is(pg_temp.error_of('SELECT api.invoice_issue(' || :d || ')'), 'SW008', 'once');
SELECT is((SELECT string_agg(to_char(rules.next_target_day(d::date), 'MM-DD'), ' ') FROM unnest('{2031-01-01,2031-04-11,2031-05-01,2031-12-25,2032-01-01,2032-07-14}'::date[]) AS d),
  '01-02 04-15 05-02 12-29 01-02 07-14', 'TARGET days');
SELECT * FROM finish();
ROLLBACK;
