-- Who may bill, who sees which invoice: each role's rights, row-level security for a partner and a customer.
BEGIN;
SELECT plan(45);
\ir ../lib/billing.sql
INSERT INTO softwhere.introducer (name) VALUES ('Apporteur') RETURNING id AS introducer \gset
SELECT pg_temp.contract('{"effective": "2031-01-01"}') AS c \gset
SELECT pg_temp.contract('{"effective": "2031-01-01"}') AS other \gset
SELECT customer_id AS k, billing_site_id AS s FROM softwhere.contract WHERE id = :c \gset
UPDATE softwhere.customer SET introducer_id = :introducer WHERE id = :k;
SELECT pg_temp.bill(:c) AS i \gset
SELECT pg_temp.bill(:other) AS j \gset
SELECT api.invoice_pay(:i, 1, '2031-01-01', 'transfer') AS p \gset
SELECT api.invoice_save_draft(format('{"customer_id": %s, "billing_site_id": %s, "lines": [{"label": "x", "unit_price": 1}]}', :k, :s)::jsonb) AS d \gset
CREATE ROLE billing_partner IN ROLE sw_partner;
CREATE ROLE billing_customer IN ROLE sw_customer;
INSERT INTO softwhere.app_user (role_name, display_name, introducer_id, customer_id) VALUES ('billing_partner', 'P', :introducer, NULL), ('billing_customer', 'C', NULL, :k);
-- What a role gets when it tries.
CREATE FUNCTION pg_temp.as_role(p_role text, p_sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_error text;
BEGIN
  EXECUTE format('SET LOCAL ROLE %I', p_role);
  v_error := pg_temp.error_of(p_sql);
  RESET ROLE;
  RETURN v_error;
END $$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_temp TO PUBLIC;

SELECT is(pg_temp.as_role(r, v.sql), CASE WHEN r = ANY (v.roles) THEN 'no error' ELSE '42501' END, r || ': ' || v.sql)
  FROM unnest('{sw_admin,sw_adv,sw_accounting,sw_support,sw_technician,billing_partner,billing_customer}'::text[]) AS r,
       (VALUES (format('SELECT api.invoice_pay(%s, 1, ''2031-01-01'', ''transfer'')', :i), '{sw_admin,sw_adv,sw_accounting}'::text[]),
               (format('SELECT api.invoice_credit(%s)', :i), '{sw_admin,sw_adv,sw_accounting}'),
               (format('SELECT api.invoice_issue(%s)', :d), '{sw_admin,sw_adv,sw_accounting}'),
               (format('SELECT api.invoice_payment_cancel(%s)', :p), '{sw_admin,sw_accounting}')) AS v (sql, roles);
SELECT is(pg_temp.as_role('sw_adv', sql), '42501', 'nobody writes a table: ' || sql)
  FROM unnest('{UPDATE softwhere.invoice SET paid = 0,DELETE FROM softwhere.invoice_line,INSERT INTO softwhere.job_failure DEFAULT VALUES}'::text[]) AS sql;
SELECT is(pg_temp.as_role('sw_adv', 'SELECT rules.bill(ARRAY[' || :c || ']::bigint[], ''periodic'', ''2031-02-01'')'), '42501', 'nor calls the core past its door');
SELECT is(pg_temp.as_role(r, 'SELECT jobs.run_due(''2031-01-01'')'), CASE r WHEN 'sw_scheduler' THEN 'no error' ELSE '42501' END, r || ' and the schedule')
  FROM unnest('{sw_scheduler,sw_accounting}'::text[]) AS r;

SELECT is(pg_temp.as_role(r, 'SELECT count(*) FROM api.job_failure'), CASE r WHEN 'billing_customer' THEN '42501' ELSE 'no error' END, r || ' and its failures')
  FROM unnest('{sw_accounting,sw_support,billing_customer}'::text[]) AS r;

-- Rows.
CREATE FUNCTION pg_temp.sees(p_role text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_seen text;
BEGIN
  EXECUTE format('SET LOCAL ROLE %I', p_role);
  SELECT concat_ws(' ', (SELECT count(*) FROM api.invoice), (SELECT count(DISTINCT invoice_id) FROM api.invoice_line),
    (SELECT count(DISTINCT invoice_id) FROM api.invoice_vat), (SELECT count(*) FROM api.payment)) INTO v_seen;
  RESET ROLE;
  RETURN v_seen;
END $$;
SELECT is(pg_temp.sees('sw_support'), (SELECT concat_ws(' ', count(*), count(*), count(*), 1) FROM softwhere.invoice), 'the office sees everything');
SELECT is(pg_temp.sees('billing_customer'), '1 1 1 1', 'a customer: their issued invoice, not the draft');
SELECT is(pg_temp.sees('billing_partner'), '1 1 1 1', 'a partner: the invoices of their customers');
SELECT is(pg_temp.as_role('billing_customer', 'SELECT api.invoice_record(' || :j || ')'), 'SW002', 'somebody else''s record does not exist');
SET LOCAL ROLE billing_customer;
SELECT is((SELECT count(*) FROM api.invoice_documents(ARRAY[:i, :j, :d]::bigint[])), 1::bigint, 'documents: their own, no draft');
SELECT is((SELECT api.invoice_record(:i) -> 'next_actions' @> '[{"allowed": true}]'), false, 'no button for them');
SELECT is((SELECT api.invoice_document(:i) ->> 'number' IS NOT NULL), true, 'their document');
SET LOCAL ROLE sw_accounting;
SELECT is((SELECT api.invoice_record(:i) -> 'next_actions' @> '[{"action": "invoice_pay", "allowed": true}, {"action": "invoice_credit", "allowed": true}]'), true, 'buttons for the accountant');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
