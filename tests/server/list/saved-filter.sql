-- Saved filters: of a person, shared with a role, validated as data.
BEGIN;
\ir ../lib/error.sql
SELECT plan(19);

SET LOCAL ROLE sw_adv;
SELECT lives_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "Lorient", "conditions": {"search": "", "sort": "city",
  "descending": false, "filters": [{"column": "city", "operator": "contains", "values": ["lorient"]}]}}')$$, 'a filter is kept under a name');
SELECT is((SELECT count(*)::int FROM api.saved_filter WHERE name = 'Lorient' AND is_own), 1, 'and found by its owner');
SELECT is(api.list_state('customer') #>> '{filters,0,name}', 'Lorient', 'with the state of its list');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "Lorient", "conditions": {}}')$$, 'SW012', NULL, 'a name is used once');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {"filters": [{"column": "city; DROP", "operator": "equal", "values": []}]}}')$$,
  'SW005', NULL, 'a column is one of the view');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {"filters": [{"column": "city", "operator": "OR 1=1", "values": []}]}}')$$,
  'SW005', NULL, 'an operator is a known one');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {"filters": [{"column": "city", "operator": "equal", "values": [1]}]}}')$$,
  'SW005', NULL, 'values are texts');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {"sort": "1"}}')$$, 'SW005', NULL, 'so is the sort');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "pg_authid", "name": "X", "conditions": {}}')$$, 'SW005', NULL, 'a list is a view of api');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": " ", "conditions": {}}')$$, 'SW004', NULL, 'a name is required');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {}, "shared_with": "sw_customer"}')$$, 'SW005', NULL,
  'filters stay within the office');

SET LOCAL ROLE sw_support;
SELECT is((SELECT count(*)::int FROM api.saved_filter), 0, 'others do not see it');
SET LOCAL ROLE sw_adv;
SELECT api.saved_filter_save((SELECT jsonb_build_object('id', id, 'shared_with', 'sw_support', 'is_default', true) FROM api.saved_filter)) AS shared \gset
SELECT api.saved_filter_save('{"list": "customer", "name": "Mine", "conditions": {}, "is_default": true}') AS mine \gset
SELECT is((SELECT string_agg(name, ',') FROM api.saved_filter WHERE is_default), 'Mine', 'a list begins with one filter at most');
SET LOCAL ROLE sw_support;
SELECT is((SELECT string_agg(name, ',') FROM api.saved_filter WHERE NOT is_own), 'Lorient', 'a role it is shared with does');
SELECT throws_ok(format($$SELECT api.saved_filter_save('{"id": %s, "name": "Mine now"}')$$, :shared), 'SW002', NULL, 'but does not change it');
SET LOCAL ROLE sw_partner;
SELECT is((SELECT count(*)::int FROM api.saved_filter), 0, 'partners see none of the office''s');
SELECT throws_ok($$SELECT api.saved_filter_save('{"list": "customer", "name": "X", "conditions": {}, "shared_with": "sw_adv"}')$$, 'SW003', NULL, 'nor share');

SET LOCAL ROLE sw_adv;
SELECT api.saved_filter_save(format('{"id": %s, "deleted": true}', :shared)::jsonb) AS gone \gset
SELECT is((SELECT count(*)::int FROM api.saved_filter), 1, 'removed');
SELECT api.list_layout_save('customer', '[{"column": "city", "width": 150, "shown": true}]') \g /dev/null
SELECT api.list_layout_save('customer', '[{"column": "city", "width": 160, "shown": true}]') \g /dev/null
SELECT is(api.list_state('customer') #>> '{layout,0,width}', '160', 'the columns of a list are kept');
SELECT * FROM finish();
ROLLBACK;
