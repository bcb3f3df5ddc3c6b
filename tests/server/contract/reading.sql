-- Readings: entered, estimated, imported; corrected until invoiced; roll-over confirmed. WF-16.
BEGIN;
SELECT plan(38);
\ir ../lib/contract.sql

SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT r.id AS initial FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND m.label = 'Noir et blanc' \gset
SELECT r.id AS colour FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND m.label = 'Couleur' \gset

-- What is not an index.
SELECT is(pg_temp.error_of(format('SELECT api.meter_reading_record(%s, %s)', :initial, args)), error, name)
  FROM (VALUES
    ($$NULL, '2026-01-01', 'entered'$$, 'SW004 value', 'no index'),
    ($$-1, '2026-01-01', 'entered'$$, 'SW005 value', 'a negative index'),
    ($$1000000, '2026-01-01', 'entered'$$, 'SW005 value', 'more digits than the meter has'),
    ($$100, NULL, 'entered'$$, 'SW004 read_on', 'no day'),
    ($$100, '2026-01-02', 'entered'$$, 'SW005 read_on', 'tomorrow'),
    ($$100, '2026-01-01', 'guessed'$$, 'SW005 source', 'an unknown source'),
    ($$100, '2026-01-01', NULL$$, 'SW005 source', 'no source'),
    ($$999999, '2026-01-01', 'imported'$$, 'no error', 'the last index of a meter of six digits'),
    ($$100, '2025-12-30', 'entered'$$, 'no error', 'read when installed, before the effective date')) AS c (args, error, name);
SELECT is(pg_temp.error_of($$SELECT api.meter_reading_record(-1, 1, '2026-01-01', 'entered')$$), 'SW002', 'a line that is not there');

SELECT is(api.meter_reading_record(:initial, 999900, '2026-01-01', 'entered'), 0::numeric, 'an initial index consumes nothing');
SELECT results_eq(format('SELECT value, read_on, source, consumed, rollover, recorded_by FROM softwhere.meter_reading WHERE id = %s', :initial),
  $$ VALUES (999900.00, '2026-01-01'::date, 'entered', 0.00, false, 'postgres') $$, 'it is written down');
SELECT is(api.meter_reading_record(:initial, 999800, '2026-01-01', 'imported'), 0::numeric, 'and may be corrected until invoiced');
SELECT is((SELECT data ->> 'corrected_value' FROM softwhere.contract_event WHERE contract_id = :id AND kind = 'reading' ORDER BY id DESC LIMIT 1), '999900.00', 'the journal keeps the value corrected');
SELECT api.meter_reading_record(:colour, 500, '2026-01-01', 'entered');
SELECT pg_temp.first_invoice(:id);
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 999700, '2026-01-01', 'entered')$$, :initial)), 'SW008 value', 'once invoiced it stays');

-- The next period.
SET LOCAL softwhere.today = '2026-02-01';
SELECT r.id AS february FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.kind = 'periodic' AND m.label = 'Noir et blanc' \gset
SELECT r.id AS colour_february FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.kind = 'periodic' AND m.label = 'Couleur' \gset
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 1200, '2026-02-01', 'entered')$$, :february)), 'SW011 value 999800.00', 'lower than before: refused, saying the index before');
SELECT is(api.meter_reading_record(:february, 1200, '2026-02-01', 'entered', true), 1400.00, 'unless the roll-over is confirmed: 1 200 + 1 000 000 − 999 800');
SELECT is((SELECT rollover FROM softwhere.meter_reading WHERE id = :february), true, 'which is kept');
SELECT is(api.meter_reading_record(:colour_february, 500, '2026-02-01', 'entered', true), 0.00, 'nothing used');
SELECT is((SELECT rollover FROM softwhere.meter_reading WHERE id = :colour_february), false, 'no roll-over where there was none');
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 600, '2025-12-31', 'entered')$$, :colour_february)), 'SW005 read_on', 'not before the previous reading');
SELECT results_eq(format('SELECT previous_value, previous_on, is_open FROM api.meter_reading WHERE id = %s', :february), $$ VALUES (999800.00, '2026-01-01'::date, false) $$, 'the view shows the index before');
SELECT pg_temp.due_invoice(:id);

-- Estimates.
SET LOCAL softwhere.today = '2026-03-01';
SELECT r.id AS march FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.due_on = '2026-03-01' AND m.label = 'Noir et blanc' \gset
SELECT r.id AS colour_march FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.due_on = '2026-03-01' AND m.label = 'Couleur' \gset
SELECT is(rules.estimate_reading(r), 2465::numeric, '1 400 in 31 days make 1 265 in 28') FROM softwhere.meter_reading AS r WHERE id = :march;
SELECT is(api.meter_reading_record(:march, NULL, '2026-03-01', 'estimated'), 1265.00, 'an estimate without index: the server computes it');
SELECT is((SELECT source FROM softwhere.meter_reading WHERE id = :march), 'estimated', 'and it is marked so');
SELECT is(api.meter_reading_record(:march, 2000, '2026-03-01', 'entered'), 800.00, 'a true reading replaces it');
SELECT is(api.meter_reading_record(:colour_march, 700, '2026-03-01', 'estimated'), 200.00, 'an estimate of one''s own');
SELECT pg_temp.due_invoice(:id);

-- Order of the lines.
SET LOCAL softwhere.today = '2026-04-01';
SELECT r.id AS april FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.due_on = '2026-04-01' AND m.label = 'Noir et blanc' \gset
INSERT INTO softwhere.meter_reading (contract_id, customer_id, meter_id, kind, due_on) SELECT contract_id, customer_id, meter_id, 'periodic', '2026-05-01' FROM softwhere.meter_reading WHERE id = :april RETURNING id AS may \gset
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 5000, '2026-04-01', 'entered')$$, :may)), format('SW006 value reading:%s', :april), 'the line before comes first');
SELECT api.meter_reading_record(:april, 3000, '2026-04-01', 'entered');
SET LOCAL softwhere.today = '2026-05-01';
SELECT is(api.meter_reading_record(:may, 5000, '2026-05-01', 'entered'), 2000.00, 'then this one');
SELECT is(api.meter_reading_record(:april, 3500, '2026-04-02', 'entered'), 1500.00, 'a correction of the one before');
SELECT is((SELECT consumed FROM softwhere.meter_reading WHERE id = :may), 1500.00, 'changes what follows');
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 5001, '2026-04-02', 'entered')$$, :april)), 'SW011 value 5000.00', 'not above the next index');
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 3500, '2026-05-02', 'entered')$$, :april)), 'SW005 read_on', 'nor in the future');
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 3500, '2026-05-01', 'entered')$$, :april)), 'no error', 'the same day is possible');

SELECT api.contract_cancel(:id, 'fin');
SELECT is(pg_temp.error_of(format($$SELECT api.meter_reading_record(%s, 3500, '2026-04-01', 'entered')$$, :april)), 'SW007 value', 'a cancelled contract is read no more');

-- Without history: what the price includes.
SET LOCAL softwhere.today = '2026-01-01';
SELECT pg_temp.metered_contract('{"effective_on": "2026-01-01"}') AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 0);
SELECT pg_temp.first_invoice(:id);
SELECT is(array_agg(rules.estimate_reading(r) ORDER BY m.position), '{1019,0}'::numeric[], 'a first estimate is the included volume: 1 000 a month, 31 days of 365')
  FROM softwhere.meter_reading AS r JOIN softwhere.meter AS m ON m.id = r.meter_id WHERE r.contract_id = :id AND r.value IS NULL;
SELECT is(rules.meter_consumed(5, 999998, true, 6), 7::numeric, 'roll-over of six digits');
SELECT is(rules.meter_consumed(5, 10, false, 6), NULL, 'no roll-over, no consumption');

SELECT * FROM finish();
ROLLBACK;
