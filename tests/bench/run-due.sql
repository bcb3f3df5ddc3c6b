-- Bills :contracts contracts of 5 items due the same day with jobs.run_due, then inserts the very same invoices, lines and VAT
-- rows, ready made, into identical tables: same columns, checks, indexes, foreign keys and triggers, same number of rows before.
-- The ratio of the two is what composing, numbering, snapshots, the journal and moving the contracts on leave of the floor.
-- One round to warm up, then :rounds measured; run by run-due on a throw-away server.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

-- Straight into the tables: the state after a first invoice, without taking 100 000 contracts through their arcs.
ALTER TABLE softwhere.contract DISABLE TRIGGER USER;
ALTER TABLE softwhere.contract_item DISABLE TRIGGER USER;
ALTER TABLE softwhere.customer DISABLE TRIGGER USER;
ALTER TABLE softwhere.billing_site DISABLE TRIGGER USER;
INSERT INTO softwhere.customer (number, legal_kind, legal_name, address_1, postcode, city, created_on, created_by, updated_by)
SELECT 'B-' || n, 'company', 'Client ' || n, n || ' rue du Port', '56000', 'Vannes', '2031-01-01', 'bench', 'bench'
  FROM generate_series(1, :contracts) AS n;
INSERT INTO softwhere.billing_site (customer_id, name) SELECT id, 'Siège' FROM softwhere.customer ORDER BY id;
INSERT INTO softwhere.contract (number, customer_id, billing_site_id, contract_type, step, step_entered_on, created_on, issued_on, sent_on,
    signed_on, effective_on, end_on, periodicity_months, tacit_renewal, anchor_on, anchor_count, next_due_on, created_by, updated_by)
SELECT 'BC-' || s.id, s.customer_id, s.id, 'standard', 'periodic_billing', d, d, d, d, d, d, d + 1000, 1, true, d, 1, d + 31, 'bench', 'bench'
  FROM softwhere.billing_site AS s, (SELECT date '2031-01-01') AS jan (d) ORDER BY s.id;
INSERT INTO softwhere.contract_item (contract_id, customer_id, position, label, description, quantity, unit_price, vat_rate,
    billed_with_contract, billed_until_on)
SELECT c.id, c.customer_id, n, 'Abonnement ' || n, CASE n WHEN 1 THEN 'Site de Vannes' END, n, 9.99 + n, CASE n WHEN 5 THEN 5.5 END, true, '2031-01-31'
  FROM softwhere.contract AS c, generate_series(1, 5) AS n ORDER BY c.id, n;
INSERT INTO softwhere.invoice (kind, status, number, contract_id, customer_id, billing_site_id, due_period_on, period_start_on,
    period_end_on, issued_on, payment_due_on, payment_method, total_net, total_vat, total_gross, balance, created_by)
SELECT 'first', 'issued', 'B-' || id, id, customer_id, billing_site_id, '2031-01-01', '2031-01-01', '2031-01-31', '2031-01-01',
       '2031-01-31', 'transfer', 10, 2, 12, 12, 'bench'
  FROM softwhere.contract ORDER BY id;
ALTER TABLE softwhere.contract ENABLE TRIGGER USER;
ALTER TABLE softwhere.contract_item ENABLE TRIGGER USER;
ALTER TABLE softwhere.customer ENABLE TRIGGER USER;
ALTER TABLE softwhere.billing_site ENABLE TRIGGER USER;

CREATE SCHEMA bench;
CREATE TABLE bench.invoice (LIKE softwhere.invoice INCLUDING ALL);
CREATE TABLE bench.invoice_line (LIKE softwhere.invoice_line INCLUDING ALL);
CREATE TABLE bench.invoice_vat (LIKE softwhere.invoice_vat INCLUDING ALL);
SELECT format('ALTER TABLE bench.%I ADD %s', r.relname,
         replace(replace(pg_get_constraintdef(c.oid), 'REFERENCES softwhere.invoice(', 'REFERENCES bench.invoice('),
                 'REFERENCES invoice(', 'REFERENCES bench.invoice('))
  FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = c.conrelid
 WHERE c.contype = 'f' AND r.relnamespace = 'softwhere'::regnamespace AND r.relname IN ('invoice', 'invoice_line', 'invoice_vat')
 ORDER BY r.relname \gexec
SELECT replace(pg_get_triggerdef(t.oid), ' ON softwhere.', ' ON bench.')
  FROM pg_trigger AS t JOIN pg_class AS r ON r.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND r.relnamespace = 'softwhere'::regnamespace AND r.relname IN ('invoice', 'invoice_line', 'invoice_vat')
 ORDER BY r.relname, t.tgname \gexec
INSERT INTO bench.invoice OVERRIDING SYSTEM VALUE SELECT * FROM softwhere.invoice ORDER BY id;
CREATE TABLE bench.ready_invoice (LIKE softwhere.invoice);
CREATE TABLE bench.ready_line (LIKE softwhere.invoice_line);
CREATE TABLE bench.ready_vat (LIKE softwhere.invoice_vat);
CREATE TABLE bench.result (round int, billing interval, floor interval);

CREATE PROCEDURE bench.round(p_round int, p_due_on date) LANGUAGE plpgsql AS $$
DECLARE
  v_start timestamptz := clock_timestamp();
  v_billing interval;
  v_count int;
BEGIN
  v_count := (jobs.run_due(p_due_on)).invoices;
  COMMIT;
  v_billing := clock_timestamp() - v_start;
  IF v_count <> (SELECT count(*) FROM softwhere.contract) THEN
    RAISE '% invoices instead of one a contract', v_count;
  END IF;
  TRUNCATE bench.ready_invoice, bench.ready_line, bench.ready_vat;
  INSERT INTO bench.ready_invoice SELECT * FROM softwhere.invoice WHERE due_period_on = p_due_on ORDER BY id;
  INSERT INTO bench.ready_line SELECT l.* FROM softwhere.invoice_line AS l JOIN bench.ready_invoice AS i ON i.id = l.invoice_id ORDER BY l.id;
  INSERT INTO bench.ready_vat SELECT v.* FROM softwhere.invoice_vat AS v JOIN bench.ready_invoice AS i ON i.id = v.invoice_id;
  COMMIT;
  v_start := clock_timestamp();
  PERFORM set_config('softwhere.issuing', pg_current_xact_id()::text, true);   -- as billing does: the guard of lines has nothing to ask
  INSERT INTO bench.invoice OVERRIDING SYSTEM VALUE SELECT * FROM bench.ready_invoice;
  INSERT INTO bench.invoice_line OVERRIDING SYSTEM VALUE SELECT * FROM bench.ready_line;
  INSERT INTO bench.invoice_vat SELECT * FROM bench.ready_vat;
  COMMIT;
  INSERT INTO bench.result VALUES (p_round, v_billing, clock_timestamp() - v_start);
END
$$;
VACUUM ANALYZE;
CALL bench.round(0, '2031-02-01');

SELECT unnest(ARRAY['VACUUM ANALYZE', format('CALL bench.round(%s, %L)', n, ('2031-02-01'::date + make_interval(months => n))::date)])
  FROM generate_series(1, :rounds) AS n \gexec

SELECT format('%s contracts, round %s: run_due %s s (%s invoices/s), floor %s s (%s invoices/s)', :contracts, round,
         round(extract(epoch FROM billing), 1), round(:contracts / extract(epoch FROM billing)),
         round(extract(epoch FROM floor), 1), round(:contracts / extract(epoch FROM floor)))
  FROM bench.result WHERE round > 0 ORDER BY round;
SELECT format('run_due: %s %% of the floor (median of %s rounds; goal 60)',
         round(100 * percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM floor) / extract(epoch FROM billing))), :rounds)
  FROM bench.result WHERE round > 0;
