-- The portability window (MORD-08): 6 to 58 days, working days, French holidays, settings; the check of a RIO while it is typed.
BEGIN;
\ir ../lib/people.sql
\ir ../lib/holidays.sql
\ir ../lib/telecom-vectors.sql
SELECT plan(47);

SELECT is((SELECT array_agg(d::date ORDER BY d) FROM generate_series('2024-01-01'::date, '2031-12-31', interval '1 day') AS d WHERE rules.is_holiday(d::date)),
          (SELECT array_agg(day ORDER BY day) FROM holiday), 'the holidays of eight years are those published');
SELECT is(rules.is_working_day(d), w, d::text) FROM (VALUES ('2026-11-20'::date, true), ('2026-11-21', false), ('2026-11-22', false), ('2026-11-11', false), ('2026-04-06', false)) AS t (d, w);
SELECT is(rules.is_working_day('2026-11-21', true), true, 'Saturday when it counts');
SELECT is(rules.is_working_day('2026-08-15', true), false, 'but not a holiday');

-- 5 < days < 59, from Sunday 22 November 2026 (day 6 is Saturday 28th, day 58 Tuesday 19 January 2027).
SELECT is(rules.port_date_problem('2026-11-22'::date + n, '2026-11-22'), e, format('day %s', n))
  FROM (VALUES (0, 'port_too_early'), (5, 'port_too_early'), (6, 'port_not_a_working_day'), (8, NULL), (33, 'port_not_a_working_day'), (40, 'port_not_a_working_day'), (57, NULL), (58, NULL), (59, 'port_too_late'), (90, 'port_too_late')) AS t (n, e);
-- From another day, on which both limits are working days.
SELECT is(rules.port_date_problem('2026-09-01'::date + n, '2026-09-01'), e, format('day %s from 1 September', n))
  FROM (VALUES (5, 'port_too_early'), (6, NULL), (58, NULL), (59, 'port_too_late')) AS t (n, e);
SELECT is(api.portability_window() - 'days', '{"first_on": "2026-11-30", "last_on": "2027-01-19"}', 'the window a form offers');
SELECT ok(NOT api.portability_window() -> 'days' @> '["2026-12-25"]' AND api.portability_window() -> 'days' @> '["2026-12-24"]', 'without Christmas');

-- Settings.
SELECT api.parameter_save('{"portability_min_days": 3, "portability_max_days": 10, "portability_on_saturday": true}');
SELECT is(rules.port_date_problem('2026-11-22'::date + n, '2026-11-22'), e, format('day %s with other settings', n))
  FROM (VALUES (2, 'port_too_early'), (3, NULL), (6, NULL), (7, 'port_not_a_working_day'), (10, NULL), (11, 'port_too_late')) AS t (n, e);
SELECT is(pg_temp.refusal(format('SELECT api.parameter_save(%L)', p), 't_admin'), e, p::text)
  FROM (VALUES ('{"portability_min_days": 0}'::jsonb, 'SW005 portability_min_days parameter_portability_min_days_sane'), ('{"portability_max_days": 2}', 'SW005 portability_max_days parameter_portability_window'),
    ('{"portability_max_days": 400}', 'SW005 portability_max_days parameter_portability_max_days_sane')) AS t (p, e);

-- A RIO while it is typed.
SELECT is((api.rio_check(rio, number) ->> 'valid')::boolean, valid, format('%s for %s', rio, number)) FROM rio_vector WHERE number <> '0700000000';
SELECT is(api.rio_check('01 p123456 36q', '+33 6 12 34 56 78'), '{"rio": "01P12345636Q", "number": "+33612345678", "valid": true, "reason": null, "operator_code": "01", "quality": "mobile"}', 'spaces and small letters');
SELECT is(api.rio_check('x', '12') ->> 'reason', 'invalid_line_number', 'a number first');
SELECT is(api.rio_check(NULL, '0612345678') ->> 'reason', 'invalid_rio', 'and a RIO');
SELECT is(api.rio_check('01P12345636Q', '0700 12345 67890') ->> 'reason', 'rio_number', 'machine numbers have none that can be checked');
SELECT * FROM finish();
ROLLBACK;
