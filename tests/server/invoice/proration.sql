-- Proration to the cent (DOMAIN 5.2, WF-39, SITE-06, PROD-11): pure functions first, then what invoices say.
BEGIN;
SELECT plan(43);
\ir ../lib/billing.sql

-- The vectors of the specification: price a month, span, net.
SELECT is((SELECT rules.prorated(1, v.price, 1, m.num, m.den) FROM rules.calendar_months(v.from_on, v.to_on) AS m), v.net,
          format('%s from %s to %s', v.price, v.from_on, v.to_on))
  FROM (VALUES (19.99, '2026-02-17'::date, '2026-02-28'::date, 8.57), (35.00, '2026-03-01', '2026-03-10', 11.29),
               (20.00, '2026-04-15', '2026-04-30', 10.67), (30.00, '2026-04-15', '2026-04-30', 16.00),
               (29.90, '2028-02-15', '2028-02-29', 15.47), (9.99, '2026-07-01', '2026-07-31', 9.99)) AS v (price, from_on, to_on, net);
-- Exact halves round away from zero, also where 1/31 has no end.
SELECT is((SELECT rules.prorated(1, 0.155, 1, m.num, m.den) FROM rules.calendar_months('2031-01-05', '2031-01-05') AS m), 0.01, 'half a cent of 1/31');
SELECT is((SELECT rules.prorated(-1, 0.155, 1, m.num, m.den) FROM rules.calendar_months('2031-01-05', '2031-01-05') AS m), -0.01, 'half a cent refunded');
SELECT is((SELECT round(m.num::numeric / m.den, 6) FROM rules.calendar_months(v.from_on, v.to_on) AS m), v.months,
          format('months from %s to %s', v.from_on, v.to_on))
  FROM (VALUES ('2031-01-01'::date, '2031-12-31'::date, 12::numeric), ('2031-12-15', '2032-01-14', round(17 / 31.0 + 14 / 31.0, 6)),
               ('2032-02-29', '2032-02-29', round(1 / 29.0, 6)), ('2031-01-31', '2031-03-01', round(1 / 31.0 + 1 + 1 / 31.0, 6)))
    AS v (from_on, to_on, months);
-- By days of the period: a full window is its months whatever its days; what precedes it goes by calendar month.
SELECT is((SELECT round(m.num::numeric / m.den, 6) FROM rules.billed_months(v.from_on, v.to_on, v.window_from, v.window_to, v.months, v.by_period) AS m),
          v.expected, v.name)
  FROM (VALUES ('full window', '2031-01-15'::date, '2031-02-14'::date, '2031-01-15'::date, '2031-02-14'::date, 1, true, 1::numeric),
               ('part of a quarter by its days', '2031-02-10', '2031-03-31', '2031-01-01', '2031-03-31', 3, true, round(3 * 50 / 90.0, 6)),
               ('part of a quarter by month', '2031-02-10', '2031-03-31', '2031-01-01', '2031-03-31', 3, false, round(19 / 28.0 + 1, 6)),
               ('before the window too', '2031-01-16', '2031-03-14', '2031-02-15', '2031-03-14', 1, true,
                round(16 / 31.0 + 14 / 28.0 + 1, 6))) AS v (name, from_on, to_on, window_from, window_to, months, by_period, expected);

-- Current month (the default): the first month from the effective date, then calendar months, the last until the end.
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-15", "end": "2031-04-20"}'), 4), '16.45 30.00 30.00 20.00',
          'first and last month prorated (17/31, 20/30)');
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-31", "end": "2031-12-31"}'), 4), '0.97 30.00 30.00 30.00',
          'from 31 January: one day, then whole months although due dates are 28 February and 31 March');
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-15", "end": "2032-01-14", "months": 3}'), 2), '76.45 90.00',
          'a quarter of calendar months');
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-01", "months": 1}', '[{"price": 100, "months": 12, "quantity": 12}]'), 2),
          '100.00 100.00', 'a yearly price billed monthly is rounded on the line, not on the twelfth');
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-01", "end": "2032-12-31", "months": 12}'), 2), '360.00 360.00', 'a monthly price billed yearly');

-- Other period formats (SITE-06).
SELECT is(pg_temp.nets(pg_temp.contract(jsonb_build_object('effective', '2031-01-15', 'end', '2031-12-31', 'site', pg_temp.site(jsonb_build_object('period_format', v.format)))),
            3), v.nets, v.format)
  FROM (VALUES ('anniversary', '30.00 30.00 30.00'), ('next_month', '46.45 30.00 30.00'), ('previous_month', '0.00 16.45 30.00')) AS v (format, nets);
SELECT results_eq($$SELECT period_start_on, period_end_on FROM softwhere.invoice ORDER BY id DESC LIMIT 1$$,
  $$VALUES ('2031-02-01'::date, '2031-02-28'::date)$$, 'in arrears, the invoice of 15 March covers February');
SELECT pg_temp.contract(jsonb_build_object('effective', '2031-01-15', 'end', '2031-03-31', 'site', pg_temp.site('{"period_format": "previous_month"}'))) AS c \gset
SELECT is(pg_temp.nets(:c, 4), '0.00 16.45 30.00 30.00', 'in arrears, the final invoice bills the last month');
SELECT is(pg_temp.nets(pg_temp.contract(jsonb_build_object('effective', '2031-01-15', 'end', '2031-04-04', 'site', pg_temp.site('{"period_format": "anniversary"}'))), 3),
          '30.00 30.00 20.32', 'anniversary: the last period by its days, 21 of 31');

-- An item that begins or ends on the way.
SELECT pg_temp.contract('{"effective": "2031-01-01"}', '[{"label": "Offre à 20", "price": 20, "to": "2031-04-14"}]') AS c \gset
SELECT is(pg_temp.nets(:c, 4), '20.00 20.00 20.00 9.33', 'an item that ends is billed until its end');
SELECT pg_temp.contract('{"effective": "2031-01-01"}', '[{"label": "Offre à 20", "price": 20}]') AS c \gset
SELECT is(pg_temp.nets(:c, 4), '20.00 20.00 20.00 20.00', 'April is billed in advance');
UPDATE softwhere.contract_item SET ends_on = '2031-04-14' WHERE contract_id = :c;
SELECT pg_temp.add_items(:c, '[{"label": "Offre à 30", "price": 30, "from": "2031-04-15"}]');
SELECT pg_temp.bill(:c) AS i \gset
SELECT bag_eq('SELECT pg_temp.latest_lines(' || :c || ')', ARRAY['Offre à 20|-1|10.67|-10.67', 'Offre à 30|1|46|46.00'],
  'change from 20 to 30 on 15 April: refund of 16/30, the new price from 15 April to 31 May');
SELECT is((SELECT string_agg(section || ' ' || detail, ', ' ORDER BY net) FROM softwhere.invoice_line WHERE invoice_id = :i),
  U&'adjustment prorata 16/30 jours, 20,00\00A0€ par mois, subscription prorata 1,5333 mois, 30,00\00A0€ par mois', 'the paper says how');
SELECT is(pg_temp.nets(:c, 2), '30.00 30.00', 'refunded once, then the new price alone');
SELECT pg_temp.contract('{"effective": "2031-01-01"}') AS c \gset
SELECT is(pg_temp.nets(:c, 3), '30.00 30.00 30.00', 'three months');
SELECT pg_temp.add_items(:c, '[{"label": "Oublié", "price": 31, "from": "2031-02-01"}, {"label": "Plus tard", "price": 10, "from": "2031-05-11"}, {"label": "Frais", "price": 50, "recurring": false}, {"label": "Frais de mai", "price": 7, "recurring": false, "from": "2031-05-01"}]');
SELECT is(pg_temp.nets(:c, 3), '173.00 74.77 71.00', 'an item added late catches up, one for later waits, one-off items are billed once');

-- Products that do not prorate.
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-01-15", "end": "2031-03-10"}',
            '[{"prorate_start": false, "prorate_end": false}, {"price": 10, "prorate_start": false}, {"price": 1, "prorate_end": false}]'), 3),
          '40.55 41.00 34.23', 'a started month is due in full where the product says so');
SELECT pg_temp.contract('{"effective": "2031-01-01"}', '[{"prorate_end": false}]') AS c \gset
SELECT is(pg_temp.nets(:c, 2), '30.00 30.00', 'two months');
UPDATE softwhere.contract_item SET ends_on = '2031-02-10' WHERE contract_id = :c;
SELECT is(pg_temp.nets(:c, 1), '0.00', 'no refund of the started month');

-- The end brought forward: the final invoice refunds what was billed beyond.
SELECT pg_temp.contract('{"effective": "2031-01-01", "months": 3}') AS c \gset
SELECT is(pg_temp.nets(:c, 2), '90.00 90.00', 'two quarters');
SELECT api.contract_terminate(:c, '2031-05-10');
SELECT is(pg_temp.nets(:c, 1), '-50.32', '21/31 of May and June refunded');

-- A period changed after CREATION counts from the next due date on (WF-31); no day is billed twice or forgotten.
SELECT pg_temp.contract('{"effective": "2031-01-01", "end": "2032-12-31"}') AS c \gset
SELECT is(pg_temp.nets(:c, 2), '30.00 30.00', 'monthly');
UPDATE softwhere.contract SET next_periodicity_months = 3 WHERE id = :c;
SELECT is(pg_temp.nets(:c, 3), '90.00 90.00 90.00', 'quarterly from the next due date');
SELECT is((SELECT string_agg(due_period_on || ' ' || period_start_on || ' ' || period_end_on, ', ' ORDER BY id) FROM softwhere.invoice WHERE contract_id = :c AND id > (SELECT min(id) + 1 FROM softwhere.invoice WHERE contract_id = :c)),
  '2031-03-01 2031-03-01 2031-05-31, 2031-06-01 2031-06-01 2031-08-31, 2031-09-01 2031-09-01 2031-11-30', 'periods follow each other');

-- The parameter that prefers days of the period.
UPDATE softwhere.parameter SET proration_basis = 'period';
SELECT is(pg_temp.nets(pg_temp.contract('{"effective": "2031-02-10", "end": "2032-01-31", "months": 3}'), 1), '80.90', '80 of the 89 days of February to April');
SELECT * FROM finish();
ROLLBACK;
