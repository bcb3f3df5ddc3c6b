-- Price grids of calls and their versions (CSV-01…04, MORD-13): no day has two.
BEGIN;
\ir ../lib/people.sql
SELECT plan(25);
SET LOCAL ROLE t_adv;

SELECT api.tariff_grid_save('{"code": "STD", "label": "Standard", "versions": [{"valid_from_on": "2026-01-01", "valid_until_on": "2026-06-30", "prices": [
  {"prefix": "33", "destination": "France fixe", "unit_price": "0.015", "included": true},
  {"prefix": "336", "destination": "France mobile", "unit_price": "0.06"},
  {"prefix": "336", "destination": "SMS France", "category": "sms", "unit": "item", "unit_price": "0.05"}]}]}') AS grid \gset
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_save(%L)', jsonb_build_object('id', :grid, 'versions', v)), 't_adv'), e, v::text)
  FROM (VALUES
    ('[{"valid_from_on": "2026-06-30"}]'::jsonb, 'SW005 versions[0].valid_from_on tariff_grid_version_no_overlap'),
    ('[{"valid_from_on": "2026-07-01"}]', 'nothing'), ('[{"valid_from_on": "2025-01-01", "valid_until_on": "2025-12-31"}]', 'nothing'),
    ('[{"valid_from_on": "2025-01-01", "valid_until_on": "2026-01-01"}]', 'SW005 versions[0].valid_from_on tariff_grid_version_no_overlap'),
    ('[{"valid_from_on": "2027-01-01"}, {"valid_from_on": "2028-01-01"}]', 'SW005 versions[1].valid_from_on tariff_grid_version_no_overlap'),
    ('[{"valid_from_on": null}]', 'SW004 versions[0].valid_from_on'),
    ('[{"valid_from_on": "2027-01-01", "valid_until_on": "2026-12-31"}]', 'SW005 versions[0].valid_until_on tariff_grid_version_until_after_from'),
    ('[{"valid_from_on": "2027-01-01", "prices": [{"prefix": "+33", "destination": "x", "unit_price": 1}]}]', 'SW005 versions[0].prices[0].prefix tariff_price_prefix_is_digits'),
    ('[{"valid_from_on": "2027-01-01", "prices": [{"prefix": "33", "destination": "x", "unit_price": 1}, {"prefix": "33", "destination": "y", "unit_price": 1}]}]',
      'SW012 versions[0].prices[1].prefix tariff_price_prefix_once'),
    ('[{"valid_from_on": "2027-01-01", "prices": [{"prefix": "33", "destination": "x"}]}]', 'SW004 versions[0].prices[0].unit_price')) AS t (v, e);

-- The bound between two versions moves in one save, whichever comes first.
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', '[{"valid_from_on": "2026-07-01"}]'::jsonb));
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', (SELECT jsonb_agg(jsonb_build_object('id', id) ||
    CASE WHEN valid_until_on IS NULL THEN '{"valid_from_on": "2026-06-01"}' ELSE '{"valid_until_on": "2026-05-31"}'::jsonb END ORDER BY valid_from_on DESC)
  FROM api.tariff_grid_version WHERE tariff_grid_id = :grid)));
SELECT is((SELECT string_agg(valid_from_on || '…' || COALESCE(valid_until_on::text, ''), ' ' ORDER BY valid_from_on) FROM api.tariff_grid_version WHERE tariff_grid_id = :grid),
  '2026-01-01…2026-05-31 2026-06-01…', 'the bound between two versions moves in one save');
SELECT is((current_version_id, version_count, price_count)::text, format('(%s,2,0)', (SELECT id FROM api.tariff_grid_version WHERE valid_until_on IS NULL)), 'the version in force today')
  FROM api.tariff_grid WHERE id = :grid;

-- New prices begin a version; those of past days stay.
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', jsonb_build_array(jsonb_build_object('id', (SELECT id FROM api.tariff_grid_version WHERE valid_until_on IS NULL),
  'prices', '[{"prefix": "33", "destination": "France fixe", "unit_price": "0.012"}]'::jsonb))));
SELECT api.tariff_grid_copy((SELECT id FROM api.tariff_grid_version WHERE valid_until_on IS NULL), '2027-01-01') AS next \gset
SELECT is((SELECT string_agg(valid_from_on || ' ' || period || ' ' || price_count, ', ' ORDER BY valid_from_on) FROM api.tariff_grid_version WHERE tariff_grid_id = :grid),
  '2026-01-01 past 3, 2026-06-01 current 1, 2027-01-01 future 1', 'a new version begins with the prices of the last one');
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_copy(%s, %L)', :next, d)), e, COALESCE(d, 'no day'))
  FROM (VALUES ('2027-01-01', 'SW005 valid_from_on tariff_grid_version_no_overlap'), (NULL, 'SW004 valid_from_on'), ('2027-02-01', 'nothing')) AS t (d, e);
SELECT is(jsonb_path_query_array(api.tariff_grid_record(:grid), '$.versions[*].prices[*].unit_price'), '["0.012000", "0.012000", "0.015000", "0.060000", "0.050000"]', 'the record, newest first');

RESET ROLE;
SELECT throws_ok(format($$INSERT INTO softwhere.tariff_grid_version (tariff_grid_id, valid_from_on) VALUES (%s, '2026-06-15')$$, :grid), '23P01', NULL, 'the table itself refuses two versions a day');
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_save(%L)', '{"code": "A", "label": "B"}'), 't_support'), '42501', 'support does not set prices');

-- A price at a time (CSV-04).
SELECT api.tariff_grid_save('{"code": "ONE", "label": "Une", "versions": [{"valid_from_on": "2026-01-01"}]}') AS one_grid \gset
SELECT id AS one_version FROM softwhere.tariff_grid_version WHERE tariff_grid_id = :one_grid \gset
SELECT api.tariff_price_save(jsonb_build_object('tariff_grid_version_id', :one_version, 'prefix', '336', 'destination', 'Mobile', 'unit_price', '0.05')) AS one_price \gset
SELECT is(pg_temp.refusal(format('SELECT api.tariff_price_save(%L)', p)), e, p::text)
  FROM (VALUES (jsonb_build_object('tariff_grid_version_id', :one_version, 'prefix', '336', 'destination', 'X', 'unit_price', '1'), 'SW012 prefix tariff_price_prefix_once'),
    (jsonb_build_object('id', :one_price, 'prefix', 'x'), 'SW005 prefix tariff_price_prefix_is_digits'), (jsonb_build_object('id', :one_price, 'row_version', 9), 'SW001 row_version'),
    ('{"prefix": "1"}', 'SW002 tariff_grid_version_id')) AS t (p, e);
SELECT api.tariff_price_save(jsonb_build_object('id', :one_price, 'unit_price', '0.04', 'row_version', 1));
SELECT is(api.tariff_price_record(:one_price) ->> 'unit_price', '0.040000', 'changed');
SELECT api.tariff_price_save(jsonb_build_object('id', :one_price, 'deleted', true));
SELECT is((SELECT count(*) FROM softwhere.tariff_price WHERE id = :one_price), 0::bigint, 'removed');
SELECT * FROM finish();
ROLLBACK;
