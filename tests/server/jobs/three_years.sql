-- Sixty contracts of all kinds over three years: day by day, stepping softwhere.today, and in one catch-up. Invoices, lines,
-- VAT, contracts, readings and events must be the same (issue 2, 7; WF-23…31).
BEGIN;
SELECT plan(22);
\ir ../lib/billing.sql
UPDATE softwhere.parameter SET bill_first_automatically = true, bill_final_automatically = true;

-- Whoever reads the meters reads them on the day: 13 units a day, the second meter of a machine 5.
CREATE FUNCTION pg_temp.read_on_the_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.value := 1000 + (NEW.due_on - '2031-01-01'::date) * CASE (SELECT label FROM softwhere.meter WHERE id = NEW.meter_id) WHEN 'Noir' THEN 13 ELSE 5 END;
  NEW.read_on := NEW.due_on;
  NEW.source := 'entered';
  NEW.consumed := NEW.value - (SELECT max(value) FROM softwhere.meter_reading WHERE meter_id = NEW.meter_id);
  RETURN NEW;
END $$;
CREATE TRIGGER read_on_the_day BEFORE INSERT ON softwhere.meter_reading FOR EACH ROW EXECUTE FUNCTION pg_temp.read_on_the_day();

CREATE FUNCTION pg_temp.pick(p_n bigint, VARIADIC p_values text[]) RETURNS text LANGUAGE sql AS $$
  SELECT p_values[1 + p_n % cardinality(p_values)] $$;
SELECT count(pg_temp.contract(jsonb_strip_nulls(jsonb_build_object(
    'effective', e.effective_on, 'end', (e.effective_on + pg_temp.pick(n / 3, '1 year', '18 months', '2 years', '45 days')::interval)::date - 1,
    'months', pg_temp.pick(n, '1', '1', '3', '12', '6')::int, 'tacit', n % 3 <> 0, 'renewal_months', pg_temp.pick(n / 2, '12', '1', '24')::int,
    'site', pg_temp.site(jsonb_build_object('period_format', pg_temp.pick(n, 'current_month', 'current_month', 'anniversary', 'next_month', 'previous_month'),
                           'payment_method', pg_temp.pick(n, 'transfer', 'direct_debit'), 'legal_name', 'Client ' || n)),
    'meters', CASE WHEN n % 7 = 0 THEN '[{"included": 100, "tranches": [[500, 0.02], [null, 0.01]]}, {"label": "Couleur", "committed": 50, "tranches": [[null, 0.1]]}]'::jsonb END)),
  jsonb_build_array('{"price": 29.9}'::jsonb, jsonb_build_object('price', 120, 'months', 12, 'quantity', 1 + n % 4, 'vat', pg_temp.pick(n, '20', '5.5')),
    jsonb_build_object('label', 'Ajout', 'price', 7.77, 'from', e.effective_on + 40, 'to', e.effective_on + 200, 'prorate_end', n % 2 = 0),
    jsonb_build_object('label', 'Frais', 'price', 49, 'recurring', false, 'from', CASE WHEN n % 2 = 0 THEN e.effective_on + 70 END))))
  FROM generate_series(1, 60) AS n
 CROSS JOIN LATERAL (SELECT pg_temp.pick(n, '2031-01-01', '2031-01-31', '2031-02-28', '2032-02-29', '2031-03-15', '2031-08-30', '2031-01-31')::date AS effective_on) AS e \gset
SELECT min(id) AS first FROM softwhere.contract WHERE number LIKE 'TC-%' \gset
UPDATE softwhere.contract SET next_periodicity_months = 3 WHERE periodicity_months = 1 AND (id - :first) % 5 = 0;

-- All that came out, without ids and instants.
CREATE FUNCTION pg_temp.outcome() RETURNS TABLE (what text, row_count bigint, digest text) LANGUAGE sql AS $$
  SELECT what, count(*), md5(string_agg(entry, E'\n' ORDER BY entry COLLATE "C"))
    FROM (
      SELECT 'invoices', (to_jsonb(i) - '{id,created_at,issued_at,seller_party_id,buyer_party_id,row_version}'::text[])::text FROM softwhere.invoice AS i
      UNION ALL SELECT 'lines', i.number || (to_jsonb(l) - '{id,invoice_id,meter_reading_id}'::text[])::text
                  FROM softwhere.invoice_line AS l JOIN softwhere.invoice AS i ON i.id = l.invoice_id
      UNION ALL SELECT 'vat', i.number || (to_jsonb(v) - 'invoice_id')::text FROM softwhere.invoice_vat AS v JOIN softwhere.invoice AS i ON i.id = v.invoice_id
      UNION ALL SELECT 'contracts', (to_jsonb(c) - '{updated_at,created_at}'::text[])::text FROM softwhere.contract AS c
      UNION ALL SELECT 'items', (to_jsonb(i) - 'row_version')::text FROM softwhere.contract_item AS i
      UNION ALL SELECT 'readings', (to_jsonb(r) - '{id,recorded_at}'::text[])::text FROM softwhere.meter_reading AS r
      UNION ALL SELECT 'events', (to_jsonb(e) - '{id,occurred_at}'::text[])::text FROM softwhere.contract_event AS e
    ) AS o (what, entry)
   GROUP BY what
$$;

SAVEPOINT start;
-- The schedule as it runs: hour after hour it finds nothing, day after day what falls due.
DO $$
BEGIN
  FOR v_day IN 0 .. 1095 LOOP
    PERFORM set_config('softwhere.today', ('2031-01-01'::date + v_day)::text, true);
    PERFORM jobs.run_due(rules.today());
  END LOOP;
END $$;
SELECT jsonb_object_agg(what, row_count || ' ' || digest) AS day_by_day, sum(row_count) FILTER (WHERE what = 'invoices') AS invoices FROM pg_temp.outcome() \gset
SELECT count(*) AS late FROM softwhere.contract_event WHERE kind = 'late_issue' \gset
SELECT is(:late, 0, 'nothing was late');
SELECT cmp_ok(:invoices, '>', 600, 'a fair number of invoices');
SELECT is((SELECT count(*) FROM softwhere.job_failure), 0::bigint, 'nothing failed');
SELECT is((SELECT count(*) FROM softwhere.contract WHERE step = 'start_billing'), 0::bigint, 'every contract was begun');
SELECT is((SELECT count(*) FROM softwhere.contract AS c WHERE step = 'end_of_contract'
             AND NOT EXISTS (SELECT FROM softwhere.invoice AS i WHERE i.contract_id = c.id AND i.kind = 'final')), 0::bigint, 'every contract that ended has its balance');
SELECT is((SELECT count(*) FROM softwhere.contract AS c JOIN softwhere.invoice AS i ON i.contract_id = c.id AND i.kind = 'periodic'
            WHERE i.issued_on <> i.due_period_on), 0::bigint, 'issue date = due date, always (WF-17)');
-- Due dates come from the anchor: 31 January gives the last day of every month.
SELECT is((SELECT count(*) FROM softwhere.contract AS c JOIN softwhere.invoice AS i ON i.contract_id = c.id AND i.kind = 'periodic'
            WHERE c.effective_on = '2031-01-31' AND c.anchor_on = c.effective_on AND i.due_period_on <> (date_trunc('month', i.due_period_on) + interval '1 month')::date - 1), 0::bigint,
          'anchors of 31 January stay on the last day of the month');
-- What a subscription cost over its life is what its days cost: nothing billed twice, nothing forgotten.
SELECT is((SELECT count(*) FROM (
    SELECT l.contract_item_id, min(l.period_start_on) AS from_on, max(l.period_end_on) AS to_on,
           sum((l.period_end_on - l.period_start_on + 1) * CASE WHEN l.section = 'adjustment' THEN -1 ELSE 1 END) AS days
      FROM softwhere.invoice_line AS l WHERE l.contract_item_id IS NOT NULL AND l.period_start_on IS NOT NULL GROUP BY l.contract_item_id) AS p
   WHERE p.days <> p.to_on - p.from_on + 1 AND NOT EXISTS (SELECT FROM softwhere.invoice_line AS l WHERE l.contract_item_id = p.contract_item_id AND l.section = 'adjustment')),
  0::bigint, 'every day of a subscription once');
SELECT is((SELECT count(*) FROM softwhere.contract AS c JOIN softwhere.contract_item AS i ON i.contract_id = c.id AND i.recurring AND i.ends_on IS NULL
            WHERE c.step = 'end_of_contract' AND c.end_on <> (SELECT max(l.period_end_on) FROM softwhere.invoice_line AS l WHERE l.contract_item_id = i.id)), 0::bigint,
          'ended contracts are billed to their last day');
SELECT is((SELECT count(*) FROM softwhere.contract_item AS i JOIN softwhere.contract AS c ON c.id = i.contract_id
            WHERE NOT i.recurring AND COALESCE(i.subscribed_on, c.effective_on) < LEAST(c.end_on, '2032-12-01')
              AND 1 <> (SELECT count(*) FROM softwhere.invoice_line AS l WHERE l.contract_item_id = i.id)), 0::bigint, 'one-off items once');
SELECT is((SELECT count(*) FROM softwhere.invoice AS i WHERE i.payment_method = 'direct_debit'
             AND (i.payment_due_on < i.issued_on + 14 OR i.payment_due_on <> rules.next_target_day(i.payment_due_on))), 0::bigint,
          'debits are announced 14 days ahead and fall on TARGET days');

ROLLBACK TO start;
SELECT pg_temp.today('2033-12-31');
SELECT is((SELECT failures FROM jobs.run_due('2033-12-31')), 0, 'the catch-up');
SELECT is((SELECT count(*) FROM softwhere.job_run WHERE until_on = '2033-12-31'), 1::bigint, 'is one run');
SELECT is(row_count || ' ' || digest, :'day_by_day'::jsonb ->> what, 'day by day or in one catch-up: ' || what) FROM pg_temp.outcome() ORDER BY what;

-- A simulation of the future from the first day gives the same invoices, too.
ROLLBACK TO start;
SELECT pg_temp.today('2031-01-01');
SELECT is((SELECT failures FROM jobs.run_due('2033-12-31')), 0, 'looking ahead');
SELECT is(row_count || ' ' || digest, :'day_by_day'::jsonb ->> what, 'simulated: ' || what) FROM pg_temp.outcome() WHERE what = 'invoices';
SELECT * FROM finish();
ROLLBACK;
