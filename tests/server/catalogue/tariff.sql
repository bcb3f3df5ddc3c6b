-- Price grids of calls and their versions (CSV-01…04, MORD-13): no day has two.
BEGIN;
\ir ../lib/people.sql
SELECT plan(47);
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

-- The bound between two versions to come moves in one save, whichever comes first.
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', '[{"valid_from_on": "2026-07-01", "valid_until_on": "2026-12-31"}, {"valid_from_on": "2027-01-01"}]'::jsonb));
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', (SELECT jsonb_agg(jsonb_build_object('id', id) ||
    CASE WHEN valid_until_on IS NULL THEN '{"valid_from_on": "2026-12-01"}' ELSE '{"valid_until_on": "2026-11-30"}'::jsonb END ORDER BY valid_from_on DESC)
  FROM api.tariff_grid_version WHERE tariff_grid_id = :grid AND valid_from_on > '2026-06-30')));
SELECT is((SELECT string_agg(valid_from_on || '…' || COALESCE(valid_until_on::text, ''), ' ' ORDER BY valid_from_on) FROM api.tariff_grid_version WHERE tariff_grid_id = :grid),
  '2026-01-01…2026-06-30 2026-07-01…2026-11-30 2026-12-01…', 'the bound between two versions moves in one save');
SELECT id AS past FROM api.tariff_grid_version WHERE tariff_grid_id = :grid AND period = 'past' \gset
SELECT id AS present FROM api.tariff_grid_version WHERE tariff_grid_id = :grid AND period = 'current' \gset
SELECT id AS future FROM api.tariff_grid_version WHERE tariff_grid_id = :grid AND period = 'future' \gset
SELECT is((current_version_id, version_count, price_count)::text, format('(%s,3,0)', :present), 'the version in force today')
  FROM api.tariff_grid WHERE id = :grid;
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', jsonb_build_array(jsonb_build_object('id', :present,
  'prices', '[{"prefix": "33", "destination": "France fixe", "unit_price": "0.012"}]'::jsonb))));
SELECT id AS price FROM api.tariff_price WHERE tariff_grid_version_id = :present \gset

-- What made a version may fill it; from then on, once it has begun, its prices are fixed.
RESET ROLE;
UPDATE softwhere.tariff_grid_version SET created_at = created_at - interval '1 day';
SET LOCAL ROLE t_adv;
SELECT is((SELECT string_agg(period || ' ' || fixed, ', ' ORDER BY valid_from_on) FROM api.tariff_grid_version WHERE tariff_grid_id = :grid),
  'past true, current true, future false', 'clients are told which are fixed');
SELECT ok((api.tariff_price_record(:price) ->> 'fixed')::boolean, 'also with a price');
SELECT is(pg_temp.refusal(format('SELECT api.tariff_price_save(%L)', p)), e, p::text)
  FROM (VALUES (jsonb_build_object('id', :price, 'unit_price', '0.013'), 'SW005 unit_price tariff_version_begun'),
    (jsonb_build_object('id', :price, 'unit_price', '0.012'), 'nothing'),
    (jsonb_build_object('id', :price, 'deleted', true), 'SW005 deleted tariff_version_begun'),
    (jsonb_build_object('tariff_grid_version_id', :present, 'prefix', '34', 'destination', 'Espagne', 'unit_price', '1'), 'SW005 prefix tariff_version_begun'),
    (jsonb_build_object('tariff_grid_version_id', :past, 'prefix', '34', 'destination', 'Espagne', 'unit_price', '1'), 'SW005 prefix tariff_version_begun'),
    (jsonb_build_object('tariff_grid_version_id', :future, 'prefix', '34', 'destination', 'Espagne', 'unit_price', '1'), 'nothing')) AS t (p, e);
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_save(%L)', jsonb_build_object('id', :grid, 'versions', jsonb_build_array(v)))), e, v::text)
  FROM (VALUES (jsonb_build_object('id', :present, 'valid_from_on', '2026-11-25'), 'SW005 versions[0].valid_from_on tariff_version_begun'),
    (jsonb_build_object('id', :present, 'valid_until_on', '2026-11-21'), 'SW005 versions[0].valid_until_on tariff_version_begun'),
    (jsonb_build_object('id', :present, 'valid_until_on', '2026-11-22'), 'nothing'),
    (jsonb_build_object('id', :past, 'valid_until_on', '2026-06-29'), 'SW005 versions[0].valid_until_on tariff_version_begun'),
    (jsonb_build_object('id', :past, 'deleted', true), 'SW005 versions[0].deleted tariff_version_begun'),
    (jsonb_build_object('id', :present, 'prices', jsonb_build_array(jsonb_build_object('id', :price, 'unit_price', '1'))), 'SW005 versions[0].unit_price tariff_version_begun'),
    (jsonb_build_object('id', :future, 'deleted', true), 'nothing')) AS t (v, e);
RESET ROLE;
SELECT is(pg_temp.refusal(q), e, q)
  FROM (VALUES (format('UPDATE softwhere.tariff_price SET unit_price = 1 WHERE id = %s', :price), 'SW005 unit_price tariff_version_begun'),
    (format('UPDATE softwhere.tariff_price SET tariff_grid_version_id = %s WHERE id = %s', :future, :price), 'SW005 unit_price tariff_version_begun'),
    (format('DELETE FROM softwhere.tariff_price WHERE id = %s', :price), 'SW005 deleted tariff_version_begun'),
    (format('DELETE FROM softwhere.tariff_grid WHERE id = %s', :grid), 'SW005 deleted tariff_version_begun')) AS t (q, e);
SET LOCAL ROLE t_adv;

-- A new version is made from one that has begun; those of past days stay.
SELECT api.tariff_grid_save(jsonb_build_object('id', :grid, 'versions', jsonb_build_array(jsonb_build_object('id', :future, 'deleted', true))));
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_copy(%s, %L)', :present, '2026-11-22')), 'SW005 valid_from_on tariff_version_from_tomorrow', 'not from today');
SELECT api.tariff_grid_copy(:present, '2026-11-23') AS next \gset
SELECT is((SELECT string_agg(valid_from_on || ' ' || COALESCE(valid_until_on::text, '') || ' ' || period || ' ' || price_count, ', ' ORDER BY valid_from_on)
             FROM api.tariff_grid_version WHERE tariff_grid_id = :grid),
  '2026-01-01 2026-06-30 past 3, 2026-07-01 2026-11-22 current 1, 2026-11-23  future 1', 'a new version begins with the prices of the last one');
SELECT api.tariff_price_save(jsonb_build_object('id', (SELECT id FROM api.tariff_price WHERE tariff_grid_version_id = :next), 'unit_price', '0.011'));
SELECT is((SELECT string_agg(trim_scale(unit_price)::text, ' ' ORDER BY tariff_grid_version_id) FROM api.tariff_price WHERE tariff_grid_version_id IN (:present, :next)),
  '0.012 0.011', 'whose prices are changed, those billed with stay');
SELECT is(pg_temp.refusal(format('SELECT api.tariff_grid_copy(%s, %L)', :next, d)), e, COALESCE(d, 'no day'))
  FROM (VALUES ('2026-11-23', 'SW005 valid_from_on tariff_grid_version_no_overlap'), (NULL, 'SW004 valid_from_on'), ('2027-02-01', 'nothing')) AS t (d, e);
SELECT is(jsonb_path_query_array(api.tariff_grid_record(:grid), '$.versions[*].price_count'), '[1, 1, 3]', 'the record counts them, newest first');
SELECT ok(NOT jsonb_path_exists(api.tariff_grid_record(:grid), '$.**.unit_price'), 'and sends none: they are a list of their own');

RESET ROLE;
SELECT throws_ok(format($$INSERT INTO softwhere.tariff_grid_version (tariff_grid_id, valid_from_on) VALUES (%s, '2026-08-15')$$, :grid), '23P01', NULL, 'the table itself refuses two versions a day');
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
