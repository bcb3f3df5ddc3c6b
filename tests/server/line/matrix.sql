-- Every state of a line × every action, and every raw UPDATE between states (LINE-05, MLINE-01…19).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(118);

CREATE FUNCTION pg_temp.states() RETURNS text[] LANGUAGE sql AS $$ SELECT '{under_construction,active,restricted,inactive,terminated,obsolete}'::text[] $$;
CREATE TEMPORARY TABLE expected (action text, from_state text, to_state text);
INSERT INTO expected VALUES
  ('line_activate', 'under_construction', 'active'),
  ('line_reactivate', 'restricted', 'active'), ('line_reactivate', 'inactive', 'active'),
  ('line_change_user', 'active', 'active'), ('line_change_user', 'restricted', 'restricted'), ('line_change_user', 'inactive', 'inactive'),
  ('line_change_offer', 'active', 'active'), ('line_change_offer', 'restricted', 'restricted'), ('line_change_offer', 'inactive', 'inactive'),
  ('line_international', 'active', 'active'), ('line_international', 'restricted', 'restricted'),
  ('line_swap_sim', 'active', 'active'), ('line_swap_sim', 'restricted', 'restricted'),
  ('line_restrict', 'active', 'restricted'), ('line_restrict', 'restricted', 'restricted'),
  ('line_deactivate', 'active', 'inactive'), ('line_deactivate', 'restricted', 'inactive'),
  ('line_terminate', 'under_construction', 'terminated'), ('line_terminate', 'active', 'terminated'), ('line_terminate', 'restricted', 'terminated'),
  ('line_terminate', 'inactive', 'terminated'),
  ('line_archive', 'terminated', 'obsolete');

SELECT set_config('test.p20', :'p20', true), set_config('test.world', :'world', true) AS ignored \gset
CREATE TEMPORARY SEQUENCE n;
CREATE FUNCTION pg_temp.outcome(p_action text, p_state text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint := pg_temp.line_in(p_state, nextval('pg_temp.n')::int);
  v record;
BEGIN
  EXECUTE format('SELECT code, status FROM api.%I(%s)', p_action, CASE p_action
    WHEN 'line_change_user' THEN format('ARRAY[%s], ''Ana'', ''Ruiz''', v_id)
    WHEN 'line_change_offer' THEN format('ARRAY[%s], ''{"offer_id": %s}''', v_id, current_setting('test.p20'))
    WHEN 'line_international' THEN format('ARRAY[%s], %s', v_id, current_setting('test.world'))
    WHEN 'line_restrict' THEN format('ARRAY[%s], ''both''', v_id)
    WHEN 'line_swap_sim' THEN format('%s, %s', v_id, pg_temp.sim(nextval('pg_temp.n')::int))
    ELSE format('ARRAY[%s]', v_id) END) INTO v;
  RETURN COALESCE(v.code, v.status || ' ' || pg_temp.state(v_id));
END $$;
SELECT is(pg_temp.outcome(a.action, s), COALESCE('applied ' || e.to_state, 'SW007'), format('%s of a line %s', a.action, s))
  FROM rules.line_action AS a CROSS JOIN unnest(pg_temp.states()) AS s
  LEFT JOIN expected AS e ON (e.action, e.from_state) = (a.action, s) ORDER BY a.position, s;

-- The buttons are the same table.
CREATE TEMPORARY TABLE example AS SELECT s, pg_temp.line_in(s, nextval('pg_temp.n')::int) AS id FROM unnest(pg_temp.states()) AS s;
SELECT is((SELECT array_agg(action ORDER BY action) FROM api.line_next_action WHERE line_id = id),
          (SELECT array_agg(action ORDER BY action) FROM expected WHERE from_state = s), format('actions offered to a line %s', s))
  FROM example;
SELECT is((SELECT array_agg(action) FROM rules.line_action WHERE definitive), '{line_terminate}', 'one is definitive (MLINE-13)');

-- No state changes by hand, whichever pair, even an arc, even for a superuser.
CREATE FUNCTION pg_temp.raw_update(p_from text, p_to text) RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.error_of(format('UPDATE softwhere.service_line SET activity = %L, restriction = %L WHERE id = %s',
    CASE p_to WHEN 'restricted' THEN 'active' ELSE p_to END, CASE p_to WHEN 'restricted' THEN 'incoming' ELSE 'none' END,
    pg_temp.line_in(p_from, nextval('pg_temp.n')::int)))
$$;
SELECT is(pg_temp.raw_update(f, t), CASE WHEN f = t AND f <> 'restricted' THEN 'no error' ELSE 'SW007 activity' END, format('UPDATE from %s to %s', f, t))
  FROM unnest(pg_temp.states()) AS f, unnest(pg_temp.states()) AS t;

-- Nor does what an open line is.
SELECT pg_temp.line_in('active', 7777) AS one \gset
SELECT is(pg_temp.error_of(format('UPDATE softwhere.service_line SET %s WHERE id = %s', w, :one)), e, w)
  FROM (VALUES ('last_name = ''Autre''', 'SW016 last_name'), ('first_name = NULL', 'SW016 last_name'), ('number = ''+33699999999''', 'SW016 number'),
    ('hide_called_numbers = false', 'no error'), ('activity = ''inactive'', last_request_id = last_request_id', 'SW007 activity')) AS t (w, e);
SELECT is(pg_temp.error_of(format('UPDATE softwhere.service_line SET activity = ''terminated'', last_request_id = (SELECT min(id) FROM softwhere.line_request) WHERE id = %s', :one)), 'SW007 activity',
  'the request of another line explains nothing');
-- A request that was not accepted, or of another action, neither.
INSERT INTO softwhere.line_request (line_id, customer_id, action, effective_on, provider, requested_by) SELECT id, customer_id, 'line_terminate', rules.today(), 'manual', 't' FROM softwhere.service_line WHERE id = :one RETURNING id AS request \gset
SELECT is(pg_temp.error_of(format('UPDATE softwhere.service_line SET activity = ''terminated'', last_request_id = %s WHERE id = %s', :request, :one)), 'SW007 activity', 'nor one nobody accepted');
UPDATE softwhere.line_request SET status = 'accepted' WHERE id = :request;
SELECT is(pg_temp.error_of(format('UPDATE softwhere.service_line SET activity = ''inactive'', last_request_id = %s WHERE id = %s', :request, :one)), 'SW007 activity', 'nor one for something else');
SELECT is(pg_temp.error_of(format('UPDATE softwhere.service_line SET activity = ''terminated'', number = ''+33611111111'', last_request_id = %s WHERE id = %s', :request, :one)), 'SW007 activity', 'nor more than it asks');

-- Requests have their own order.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.line_request SET %s WHERE id = %s', w, :request)), e, w)
  FROM (VALUES ('status = ''queued''', 'SW007 status'), ('status = ''sent''', 'SW007 status'), ('action = ''line_archive''', 'SW016 data'),
    ('effective_on = effective_on + 1', 'SW016 data'), ('data = ''{"x": 1}''', 'SW016 data')) AS t (w, e);
SELECT is(pg_temp.error_of($$INSERT INTO softwhere.line_request (line_id, customer_id, action, effective_on, provider, requested_by, status) SELECT id, customer_id, 'line_archive', now(), 'manual', 't', 'accepted' FROM softwhere.service_line LIMIT 1$$),
  'SW007 status', 'a request begins queued');

SELECT * FROM finish();
ROLLBACK;
