-- Due dates, renewals, periods: tables of cases, those of the domain notes among them.
BEGIN;
SELECT plan(43);

SELECT is(rules.due_date(anchor_on::date, n, months), due_on::date, format('%s + %s × %s months', anchor_on, n, months))
  FROM (VALUES
    ('2026-01-31', 1, '{2026-02-28,2026-03-31,2026-04-30,2026-05-31,2026-06-30}'::text[]),
    ('2026-01-01', 3, '{2026-04-01,2026-07-01,2026-10-01,2027-01-01,2027-04-01}'),
    ('2027-08-30', 6, '{2028-02-29,2028-08-30,2029-02-28,2029-08-30,2030-02-28}'),
    ('2028-02-29', 12, '{2029-02-28,2030-02-28,2031-02-28,2032-02-29,2033-02-28}')
  ) AS c (anchor_on, months, expected), unnest(expected) WITH ORDINALITY AS e (due_on, ordinality), LATERAL (SELECT ordinality::int) AS o (n);

SELECT is(rules.renewed_end(end_on::date, 12), renewed::date, format('%s renewed by 12 months', end_on))
  FROM (VALUES ('2026-12-31', '2027-12-31'), ('2027-02-28', '2028-02-29'), ('2026-06-14', '2027-06-14'), ('2028-02-29', '2029-02-28'))
       AS c (end_on, renewed);

SELECT is(rules.renewed_end_reaching('2026-01-31', 1, '2026-04-01'), '2026-04-30'::date, 'a renewal shorter than the period is repeated');
SELECT is(rules.renewed_end_reaching('2026-12-31', 12, '2026-12-31'), '2026-12-31'::date, 'a due date on the last day of service needs no renewal');
SELECT is(rules.renewed_end_reaching('2026-12-31', 12, '2027-01-01'), '2027-12-31'::date, 'one on the day after needs one');

-- Arguments no contract has must not make it run for ever.
SELECT throws_ok(format('SELECT rules.renewed_end_reaching(%s)', arguments), '22023', NULL, 'refused: ' || arguments)
  FROM unnest('{"''2026-12-31'', 0, ''2027-12-31''","''2026-12-31'', -1, ''2027-12-31''","''2026-12-31'', 1, ''infinity''","''-infinity'', 12, ''2027-12-31''"}'::text[]) AS arguments;
SELECT is(rules.renewed_end_reaching(NULL, 1, '2027-12-31'), NULL, 'nothing to renew');

SELECT is(rules.period_end('2026-02-28', '2026-01-31', 1, 1, NULL, '2026-12-31', false), '2026-03-30'::date, 'a period ends on the eve of the next due date, from the anchor');
SELECT is(rules.period_end('2026-12-01', '2026-01-01', 11, 1, NULL, '2026-12-15', false), '2026-12-15'::date, 'the last period ends with the contract');
SELECT is(rules.period_end('2026-12-01', '2026-01-01', 11, 1, NULL, '2026-12-15', true), '2026-12-31'::date, 'unless it renews itself');
SELECT is(rules.period_end('2026-02-01', '2026-01-01', 1, 1, 3, '2026-12-31', false), '2026-04-30'::date, 'WF-31: a changed period holds from its due date on');

SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('start_billing', '2026-01-31', NULL, 0, NULL, 1, NULL, '2026-12-31', false, 12) $$,
  $$ VALUES ('periodic_billing', '2026-01-31'::date, 1, 1, NULL::int, '2026-02-28'::date, '2026-12-31'::date) $$, 'T2: anchored on the effective date');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('start_billing', '2026-01-01', NULL, 0, NULL, 12, NULL, '2026-12-31', false, 12) $$,
  $$ VALUES ('end_of_contract', '2026-01-01'::date, 1, 12, NULL::int, NULL::date, '2026-12-31'::date) $$, 'T2: one period covers the contract');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('start_billing', '2026-01-01', NULL, 0, NULL, 12, NULL, '2026-12-31', true, 12) $$,
  $$ VALUES ('periodic_billing', '2026-01-01'::date, 1, 12, NULL::int, '2027-01-01'::date, '2027-12-31'::date) $$, 'T2: unless it renews itself');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('periodic_billing', '2026-01-31', '2026-01-31', 1, '2026-02-28', 1, NULL, '2026-12-31', false, 12) $$,
  $$ VALUES ('periodic_billing', '2026-01-31'::date, 2, 1, NULL::int, '2026-03-31'::date, '2026-12-31'::date) $$, 'T3: 31 January, 28 February, 31 March');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('periodic_billing', '2026-01-31', '2026-01-31', 1, '2026-02-28', 1, 3, '2026-12-31', false, 12) $$,
  $$ VALUES ('periodic_billing', '2026-02-28'::date, 1, 3, NULL::int, '2026-05-28'::date, '2026-12-31'::date) $$, 'WF-31: the changed period moves the anchor to that due date');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('periodic_billing', '2026-01-01', '2026-01-01', 2, '2026-03-01', 1, NULL, '2026-03-31', false, 12) $$,
  $$ VALUES ('end_of_contract', '2026-01-01'::date, 3, 1, NULL::int, NULL::date, '2026-03-31'::date) $$, 'T4: nothing falls due before the end');
SELECT results_eq(
  $$ SELECT * FROM rules.next_schedule('periodic_billing', '2026-01-01', '2026-01-01', 2, '2026-03-01', 1, NULL, '2026-04-01', false, 12) $$,
  $$ VALUES ('periodic_billing', '2026-01-01'::date, 3, 1, NULL::int, '2026-04-01'::date, '2026-04-01'::date) $$, 'WF-24: an end on the due date is not before it');

SELECT * FROM finish();
ROLLBACK;
