-- Numbers: templates, counters without gaps, order (INVT-04, DOMAIN 4.3).
BEGIN;
\ir ../lib/people.sql
CREATE FUNCTION pg_temp.series_refusal(p_data jsonb, p_role text DEFAULT 't_accounting') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.number_series_save(%L)', p_data), p_role)
$$;
SELECT plan(42);

SELECT is(rules.format_number(t, 'F', '2026-03-05', n), e, t || ' ' || n)
  FROM (VALUES ('F-{AAAA}-{N:5}', 42::bigint, 'F-2026-00042'), ('{SERIE}{AA}{MM}{N}', 7, 'F26037'), ('F-{N:3}', 123456, 'F-123456'), ('{N:6}', 1, '000001'),
    ('F{AAAA}/{MM}_{N:4}+x', 12, 'F2026/03_0012+x')) AS t (t, n, e);

-- Taking numbers.
SELECT is(rules.next_number('invoice', '2026-01-10'), 'F-2026-00001', 'the first of the year');
SELECT is(rules.next_numbers('invoice', '2026-01-10', 3), '{F-2026-00002,F-2026-00003,F-2026-00004}'::text[], 'several at once, in order');
SELECT is(rules.next_numbers('invoice', '2026-01-10', 0), '{}'::text[], 'none takes none');
SELECT is(rules.next_number('invoice', '2026-02-10'), 'F-2026-00005', 'no gap');
SELECT is(rules.next_number('invoice', '2027-01-01'), 'F-2027-00001', 'each year begins anew');
SELECT is(rules.next_number('credit_note', '2026-02-10'), 'AV-2026-00001', 'credit notes have their own');
SELECT is(rules.series_last_on('invoice'), '2027-01-01', 'the latest day of a series is known');
SELECT is(rules.series_last_on('contract'), NULL, 'none when nothing was issued');
SELECT is(rules.next_number('contract', '2026-02-10'), 'C-2026-0001', 'contracts too');
SAVEPOINT s;
SELECT rules.next_numbers('invoice', '2027-01-01', 10) \g /dev/null
ROLLBACK TO s;
SELECT is(rules.next_number('invoice', '2027-01-02'), 'F-2027-00002', 'what is rolled back is given back');

-- Templates.
SELECT is(pg_temp.series_refusal(jsonb_build_object('code', 'invoice', 'template', t)), e, e || ' for ' || t)
  FROM (VALUES ('F{AAAA}', 'SW005 template template_number'), ('{N}{N:3}{AAAA}', 'SW005 template template_number'), ('F-{N:5}', 'SW005 template template_year'),
    ('F-{YYYY}-{N}', 'SW005 template template_token'), ('F-{AAAA}-{N:0}', 'SW005 template template_token'), ('F {AAAA}-{N}', 'SW005 template template_character'),
    ('FACTURÉ-{AAAA}-{N}', 'SW005 template template_character'), (repeat('F', 24) || '{AAAA}{N:5}', 'SW005 template too_long'), ('', 'SW004 template'),
    ('{AAAA}{MM}-{N:6}', 'nothing'), (repeat('F', 23) || '{AAAA}{N:5}', 'nothing')) AS t (t, e);
SELECT is(pg_temp.series_refusal('{"code": "mandate", "template": "M-{N:3}"}'), 'SW005 template template_series', 'a mandate names its customer');
SELECT is(pg_temp.series_refusal('{"code": "letter", "template": "{N}"}'), 'SW002 code', 'the series are known');
SELECT is(pg_temp.series_refusal('{"code": "invoice", "template": "A{AAAA}{N}", "colour": 1}'), 'SW005 colour unknown_field', 'and their columns');
SELECT is(pg_temp.series_refusal('{"code": "invoice", "template": "A{AAAA}{N}", "row_version": 99}'), 'SW001 row_version', 'two accountants do not overwrite each other');
SELECT is(pg_temp.series_refusal('{"code": "invoice", "template": "A{AAAA}{N}"}', r), e, r || ' changes numbering: ' || e)
  FROM (VALUES ('t_adv', '42501'), ('t_support', '42501'), ('t_admin', 'nothing')) AS t (r, e);

-- Starting where another system stopped.
SET LOCAL ROLE t_accounting;
SELECT is(pg_temp.series_refusal('{"code": "invoice", "next_number": 900}'), 'SW013 next_number', 'once used, the count is not moved');
SELECT is(pg_temp.series_refusal('{"code": "customer", "next_number": 0}'), 'SW005 next_number invalid_integer', 'a count starts at one');
SELECT api.number_series_save('{"code": "customer", "next_number": 413}');
SELECT is((preview, next_number, used)::text, '(1000-000413,413,f)', 'the preview shows it') FROM api.number_series WHERE code = 'customer';
RESET ROLE;
SELECT is(rules.next_number('customer', '2026-11-22'), '1000-000413', 'and it is taken');

-- Restarting each year or not never brings a number back.
SELECT rules.next_numbers('invoice', '2026-11-22', 7) \g /dev/null
SELECT api.number_series_save('{"code": "invoice", "restarts_yearly": false, "template": "F-{N:5}"}');
SELECT is(rules.next_number('invoice', '2027-05-01'), 'F-00013', 'stopping: the count goes on after the greatest');
SELECT api.number_series_save('{"code": "invoice", "restarts_yearly": true, "template": "F-{AAAA}-{N:5}"}');
SELECT is(rules.next_number('invoice', '2026-11-22'), 'F-2026-00014', 'starting again: this year goes on');
SELECT is(rules.series_last_on('invoice'), '2027-05-01', 'and the latest day is remembered');

SELECT is(pg_temp.refusal('SELECT rules.next_number(''invoice'', ''2026-11-22'')', 't_admin'), '42501', 'nobody takes a number without issuing');
SELECT is(changes -> 'template', '["F-{AAAA}-{N:5}", "F-{N:5}"]'::jsonb, 'a change of numbering is in the journal')
  FROM api.change WHERE entity = 'number_series' AND changes ? 'template' ORDER BY id LIMIT 1;

SELECT * FROM finish();
ROLLBACK;
