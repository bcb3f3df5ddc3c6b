-- Meters on invoices (WF-16, WF-26, WF-29, WF-30, WF-40): price bands, included and committed volumes, initial index.
BEGIN;
SELECT plan(19);
\ir ../lib/billing.sql
-- A contract has an item; this one never falls due.
\set no_item '[{"recurring": false, "from": "2039-01-01"}]'

-- Price bands are cumulative: 0-1000 at 0.02, 1000-5000 at 0.01, above at 0.005.
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2031-04-15", "meters": [{"tranches": [[1000, 0.02], [5000, 0.01], [null, 0.005]]}]}', :'no_item') AS c \gset
SELECT id AS m FROM softwhere.meter WHERE contract_id = :c \gset
SELECT is((SELECT string_agg(trim_scale(quantity) || ' × ' || trim_scale(unit_price), ', ' ORDER BY lower_bound) FROM rules.tranche_charges(:m, v.from_units, v.to_units)),
          v.charges, format('units %s to %s', v.from_units, v.to_units))
  FROM (VALUES (0, 0, NULL), (0, 1000, '1000 × 0.02'), (0, 1001, '1000 × 0.02, 1 × 0.01'), (0, 7000, '1000 × 0.02, 4000 × 0.01, 2000 × 0.005'),
               (900, 1100, '100 × 0.02, 100 × 0.01'), (5000, 5000, NULL), (0, -30, '-30 × 0.02')) AS v (from_units, to_units, charges);

SELECT is(pg_temp.error_of('SELECT api.contract_issue_first_invoice(' || :c || ')'),
  'SW006 readings reading:' || (SELECT id FROM softwhere.meter_reading WHERE contract_id = :c), 'no first invoice without the initial index');
SELECT pg_temp.read_meters(:c, 12345);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Relevé initial : Canon iR C3326 – Noir|1|0|0.00'],
  'the first invoice shows the initial index, free (WF-40, reading a)');
SELECT pg_temp.today('2031-02-01');
SELECT is(pg_temp.error_of('SELECT api.contract_issue_due_invoice(' || :c || ')'),
  'SW006 readings reading:' || (SELECT id FROM softwhere.meter_reading WHERE contract_id = :c AND value IS NULL), 'no due invoice without the reading (WF-16)');
SELECT pg_temp.read_meters(:c, 19345);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY[
  U&'Canon iR C3326 – Noir, de 1 à 1\202F000|1000|0.02|20.00', U&'Canon iR C3326 – Noir, de 1\202F001 à 5\202F000|4000|0.01|40.00',
  U&'Canon iR C3326 – Noir, au-delà de 5\202F000|2000|0.005|10.00'], 'consumption in arrears, band by band');
SELECT results_eq($$SELECT DISTINCT period_start_on, period_end_on FROM softwhere.invoice_line WHERE invoice_id = (SELECT max(id) FROM softwhere.invoice)$$,
  $$VALUES ('2031-01-01'::date, '2031-01-31'::date)$$, 'of the month before');
-- Nothing consumed: the invoice exists all the same, and says so.
SELECT pg_temp.read_meters(:c, 19345);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Aucun montant à facturer pour cette période|1|0|0.00'], 'nothing consumed');

-- Included volume per month of the period, two meters, quarterly; the balance after half a month.
SELECT pg_temp.today('2031-01-01');
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2031-04-15", "months": 3, "meters": [
  {"label": "Noir", "included": 1000, "tranches": [[null, 0.01]]}, {"label": "Couleur", "tranches": [[null, 0.1]]}]}') AS c \gset
SELECT pg_temp.read_meters(:c, 0, 0);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT pg_temp.read_meters(:c, 3500, 20);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Fibre Pro|1|15|15.00',
  'Canon iR C3326 – Noir, volume inclus|3000|0|0.00', 'Canon iR C3326 – Noir|500|0.01|5.00', 'Canon iR C3326 – Couleur|20|0.1|2.00'],
  'included volume of three months, subscription until the end');
SELECT pg_temp.read_meters(:c, 4100, 20);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')',
  ARRAY['Canon iR C3326 – Noir, volume inclus|494.51|0|0.00', 'Canon iR C3326 – Noir|105.49|0.01|1.05'],
  'the balance: included volume of 15 days of the quarter of 91');

-- Committed volume: billed in advance, then only what goes beyond (WF-40, reading b).
SELECT pg_temp.today('2031-01-01');
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2031-03-15", "meters": [{"committed": 1000, "included": 100, "tranches": [[1500, 0.02], [null, 0.01]]}]}', :'no_item') AS c \gset
SELECT pg_temp.read_meters(:c, 500);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Relevé initial : Canon iR C3326 – Noir|1|0|0.00',
  'Canon iR C3326 – Noir, volume engagé|1000|0.02|20.00'], 'the first invoice bills the committed volume of the month to come');
SELECT pg_temp.read_meters(:c, 2600);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Canon iR C3326 – Noir, volume inclus|100|0|0.00',
  U&'Canon iR C3326 – Noir, de 1 à 1\202F500|500|0.02|10.00', U&'Canon iR C3326 – Noir, au-delà de 1\202F500|500|0.01|5.00',
  'Canon iR C3326 – Noir, volume engagé|1000|0.02|20.00'], '2100 consumed: 100 free, 1000 prepaid, 1000 beyond');
SELECT pg_temp.read_meters(:c, 2700);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Canon iR C3326 – Noir, volume inclus|100|0|0.00',
  'Canon iR C3326 – Noir, volume engagé|483.87|0.02|9.68'], 'less consumed than committed is not refunded; the last half month commits for 15 of 31 days');
SELECT pg_temp.read_meters(:c, 3300);
SELECT pg_temp.bill(:c) AS ignored \gset
SELECT results_eq('SELECT * FROM pg_temp.latest_lines(' || :c || ')', ARRAY['Canon iR C3326 – Noir, volume inclus|48.39|0|0.00',
  U&'Canon iR C3326 – Noir, de 1 à 1\202F500|67.74|0.02|1.35'], 'the balance bills what goes beyond the prepaid 483.87');
SELECT * FROM finish();
ROLLBACK;
