-- Every pair of steps by a superuser's own UPDATE: the whole matrix, and the doors around it.
BEGIN;
SELECT plan(84);
\ir ../lib/contract.sql

CREATE TEMPORARY TABLE sample AS
  SELECT step, pg_temp.contract_in(step) AS id
    FROM unnest('{creation,start_billing,periodic_billing,end_of_contract,closed,cancelled}'::text[]) AS step;

-- Allowed pairs are refused here for their missing conditions, never as impossible; all others are impossible.
SELECT is(
    pg_temp.error_of(format($$UPDATE softwhere.contract SET step = %L, cancel_justification = 'essai' WHERE id = %s$$, t.step, f.id)),
    CASE
      WHEN f.step = t.step THEN 'no error'
      WHEN t.step = 'cancelled' AND f.step <> 'closed' THEN 'no error'
      WHEN (f.step, t.step) = ('creation', 'start_billing') THEN 'no error'
      WHEN (f.step, t.step) IN (('start_billing', 'periodic_billing'), ('start_billing', 'end_of_contract')) THEN 'SW006 step first_invoice'
      WHEN (f.step, t.step) = ('periodic_billing', 'end_of_contract') THEN 'SW006 step due_invoice'
      WHEN (f.step, t.step) = ('end_of_contract', 'closed') THEN 'SW006 step final_invoice,not_due:2026-01-31'
      ELSE 'SW007 step'
    END, format('%s → %s', f.step, t.step))
  FROM sample AS f CROSS JOIN (SELECT DISTINCT step FROM sample) AS t
 ORDER BY f.step, t.step;

SELECT results_eq('SELECT from_step, to_step, action FROM softwhere.contract_arc ORDER BY 1, 2, 3', $$ VALUES
  ('creation', 'cancelled', 'contract_cancel'), ('creation', 'start_billing', 'contract_start'),
  ('end_of_contract', 'cancelled', 'contract_cancel'), ('end_of_contract', 'closed', 'contract_close'),
  ('periodic_billing', 'cancelled', 'contract_cancel'), ('periodic_billing', 'end_of_contract', 'contract_issue_due_invoice'),
  ('periodic_billing', 'end_of_contract', 'contract_refuse_renewal'), ('periodic_billing', 'end_of_contract', 'contract_terminate'),
  ('periodic_billing', 'periodic_billing', 'contract_issue_due_invoice'),
  ('start_billing', 'cancelled', 'contract_cancel'), ('start_billing', 'end_of_contract', 'contract_issue_first_invoice'),
  ('start_billing', 'periodic_billing', 'contract_issue_first_invoice') $$, 'the arcs of document 002');

-- Nobody is born half-way.
SELECT is(pg_temp.error_of(format($$INSERT INTO softwhere.contract (number, customer_id, billing_site_id, contract_type, step, step_entered_on, created_on, created_by, updated_by, cancel_justification)
  SELECT 'X', customer_id, billing_site_id, 'standard', %L, '2026-01-01', '2026-01-01', 'x', 'x', 'x' FROM softwhere.contract LIMIT 1$$, step)),
  CASE step WHEN 'creation' THEN 'no error' ELSE 'SW007 step' END, 'INSERT at ' || step) FROM sample ORDER BY id;
SELECT is(pg_temp.error_of($$INSERT INTO softwhere.contract (number, customer_id, billing_site_id, contract_type, next_due_on, step_entered_on, created_on, created_by, updated_by)
  SELECT 'X', customer_id, billing_site_id, 'standard', '2026-01-01', '2026-01-01', '2026-01-01', 'x', 'x' FROM softwhere.contract LIMIT 1$$), 'SW007 step', 'INSERT with a due date');

-- Frozen columns, one by one, in every step after creation.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract SET %I = %L WHERE id = %s', c, v, id)), 'SW016 ' || c, format('%s is frozen in %s', c, step))
  FROM sample, (VALUES ('number', 'autre'), ('contract_type', 'rental'), ('metered', 'true'), ('issued_on', '2025-11-30'), ('sent_on', '2025-12-03'),
                       ('signed_on', '2025-12-04'), ('effective_on', '2026-01-02'), ('created_on', '2025-12-31')) AS f (c, v)
 WHERE step IN ('start_billing', 'closed');
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract SET id = DEFAULT WHERE id = %s', id)), 'SW016 id', 'an id never changes') FROM sample WHERE step = 'creation';
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET customer_id = %s WHERE id = %s$$, pg_temp.customer('T2'), id)), 'SW016 customer_id', 'nor the customer of a started contract') FROM sample WHERE step = 'start_billing';
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET next_due_on = '2026-06-01' WHERE id = %s$$, id)),
  CASE step WHEN 'periodic_billing' THEN 'SW006 step due_invoice' ELSE 'SW007 step' END, 'no due date by hand in ' || step) FROM sample ORDER BY id;
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET end_on = '2026-02-15' WHERE id = %s$$, id)), 'SW016 end_on', 'no other end by hand in ' || step)
  FROM sample WHERE step IN ('end_of_contract', 'closed');
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract SET end_on = NULL WHERE id = %s$$, id)), 'SW016 end_on', 'nor none') FROM sample WHERE step = 'start_billing';

-- One bad row among many refuses them all; a replica session is no way round.
SELECT is(pg_temp.error_of($$UPDATE softwhere.contract SET step = 'closed'$$), 'SW007 step', 'a mass UPDATE');
SELECT is(pg_temp.error_of(format($$SET LOCAL session_replication_role = replica; UPDATE softwhere.contract SET step = 'closed' WHERE id = %s$$, id)), 'SW007 step', 'with triggers of replicas')
  FROM sample WHERE step = 'creation';

-- Items.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract_item SET %I = %L WHERE contract_id = %s', c, v, id)), 'SW016 ' || c, format('the %s of an item is frozen', c))
  FROM sample, (VALUES ('unit_price', '30'), ('quantity', '2'), ('label', 'x'), ('subscribed_on', '2026-05-01'), ('price_months', '3'), ('recurring', 'false'), ('vat_rate', '10')) AS f (c, v)
 WHERE step = 'start_billing';
SELECT is(pg_temp.error_of(format('DELETE FROM softwhere.contract_item WHERE contract_id = %s', id)), 'SW016', 'and stays') FROM sample WHERE step = 'start_billing';
SELECT is(pg_temp.error_of(format($$UPDATE softwhere.contract_item SET ends_on = '2026-05-31', billed_until_on = '2026-01-31' WHERE contract_id = %s$$, id)), 'no error', 'it ends, and is billed') FROM sample WHERE step = 'start_billing';
SELECT is(pg_temp.error_of(format('UPDATE softwhere.contract_item SET unit_price = 30 WHERE contract_id = %s', id)), 'no error', 'in creation it is free') FROM sample WHERE step = 'creation';
SELECT is(pg_temp.error_of(format('DELETE FROM softwhere.contract WHERE id = %s', id)), 'no error', 'a contract in creation goes with its items') FROM sample WHERE step = 'creation';

SELECT * FROM finish();
ROLLBACK;
