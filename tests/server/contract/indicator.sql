-- IND-01…04, WF-12, WF-13, WF-15, WF-18, WF-19: deadlines and indicators, to the minute in Paris.
BEGIN;
SELECT plan(24);

SELECT is(rules.contract_deadline(step, '2026-03-01', 10, effective_on::date, '2026-05-01', '2026-12-31'), deadline_on::date, name)
  FROM (VALUES
    ('creation', '2026-03-05', '2026-03-05', 'creation: the effective date when it comes first (WF-12)'),
    ('creation', '2026-04-01', '2026-03-11', 'creation: ten days after creation otherwise (WF-13)'),
    ('creation', NULL, '2026-03-11', 'creation: ten days without effective date'),
    ('start_billing', '2026-04-01', '2026-04-01', 'start billing: the effective date (WF-15)'),
    ('periodic_billing', '2026-04-01', '2026-05-01', 'periodic billing: the next due date (WF-18)'),
    ('end_of_contract', '2026-04-01', '2026-12-31', 'end of contract: the end (WF-19)'),
    ('closed', '2026-04-01', NULL, 'closed: none'),
    ('cancelled', '2026-04-01', NULL, 'cancelled: none')) AS c (step, effective_on, deadline_on, name);

SELECT is(rules.contract_indicator('2026-03-11', today::date), indicator, name)
  FROM (VALUES ('2026-03-10', 'ok', 'IND-02: ok the day before'), ('2026-03-11', 'warning', 'IND-03: warning on the last day'),
               ('2026-03-12', 'alert', 'IND-04: alert the day after'), (NULL, 'alert', NULL)) AS c (today, indicator, name)
 WHERE today IS NOT NULL;
SELECT is(rules.contract_indicator(NULL, '2026-03-11'), NULL, 'no indicator without deadline');

-- Midnight is that of Paris, on both days the clock changes too.
SELECT is(rules.contract_indicator(deadline_on::date, (instant::timestamptz AT TIME ZONE 'Europe/Paris')::date), indicator, instant)
  FROM (VALUES
    ('2026-03-29', '2026-03-28 22:59:59+00', 'ok'), ('2026-03-29', '2026-03-28 23:00:00+00', 'warning'),
    ('2026-03-29', '2026-03-29 21:59:59+00', 'warning'), ('2026-03-29', '2026-03-29 22:00:00+00', 'alert'),
    ('2026-10-25', '2026-10-24 21:59:59+00', 'ok'), ('2026-10-25', '2026-10-24 22:00:00+00', 'warning'),
    ('2026-10-25', '2026-10-25 22:59:59+00', 'warning'), ('2026-10-25', '2026-10-25 23:00:00+00', 'alert')) AS c (deadline_on, instant, indicator);

-- And the view shows just that.
\ir ../lib/contract.sql
SELECT pg_temp.contract('{"effective_on": "2026-01-06", "end_on": "2026-12-31"}') AS id \gset
SET LOCAL softwhere.today = '2026-01-05';
SELECT results_eq(format('SELECT indicator, deadline_on, deadline_days FROM api.contract WHERE id = %s', :id), $$ VALUES ('ok', '2026-01-06'::date, 1) $$, 'the eve');
SET LOCAL softwhere.today = '2026-01-06';
SELECT results_eq(format('SELECT indicator, deadline_on, deadline_days FROM api.contract WHERE id = %s', :id), $$ VALUES ('warning', '2026-01-06'::date, 0) $$, 'the day');
SET LOCAL softwhere.today = '2026-01-07';
SELECT results_eq(format('SELECT indicator, deadline_on, deadline_days FROM api.contract WHERE id = %s', :id), $$ VALUES ('alert', '2026-01-06'::date, -1) $$, 'the day after');
SET LOCAL softwhere.today = '2026-01-01';
UPDATE softwhere.parameter SET creation_days = 3;
SELECT is((SELECT deadline_on FROM api.contract WHERE id = :id), '2026-01-04'::date, 'the number of days is a parameter');

SELECT * FROM finish();
ROLLBACK;
