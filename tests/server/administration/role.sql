-- What each role may do, as the page Administration tells it (ROLE-01…08).
BEGIN;
\ir ../lib/people.sql
SELECT plan(13);

-- What changes the caller's own things only, or belongs to the programs.
CREATE TEMPORARY TABLE personal AS SELECT unnest('{call,give_up,list_layout_save,saved_filter_save,presence_enter,presence_leave,record_opened}'::text[]) AS name;

SELECT is(ARRAY(SELECT DISTINCT proname::text FROM pg_proc
                 WHERE pronamespace = 'api'::regnamespace AND provolatile = 'v' AND has_function_privilege('sw_admin', oid, 'EXECUTE')
                   AND proname NOT IN (SELECT name FROM personal) ORDER BY 1),
          ARRAY(SELECT f FROM rules.role_domain(), unnest(edits || closes) AS f ORDER BY 1),
          'every function that changes something stands in one domain, once, and no other does');

CREATE FUNCTION pg_temp.rights(p_role text, p_what text) RETURNS text LANGUAGE sql AS $$
  SELECT CASE jsonb_typeof(r -> p_what) WHEN 'string' THEN r ->> p_what ELSE (SELECT string_agg(d, ' ' ORDER BY n) FROM jsonb_array_elements_text(r -> p_what) WITH ORDINALITY AS t (d, n)) END
    FROM jsonb_array_elements(rules.role_rights()) AS r WHERE r ->> 'role' = p_role
$$;
SELECT is(pg_temp.rights(r, 'sees'), w, r || ' sees ' || w)
  FROM (VALUES ('sw_admin', 'everything'), ('sw_technician', 'all_but_margins'), ('sw_partner', 'own_customers'), ('sw_customer', 'own_account')) AS t (r, w);
SELECT is(pg_temp.rights('sw_admin', 'edits'), (SELECT string_agg(domain, ' ' ORDER BY n) FROM rules.role_domain() WITH ORDINALITY AS d (domain, e, c, n) WHERE e <> '{}'),
  'the administrator changes everything (ROLE-02)');
SELECT is(pg_temp.rights('sw_support', 'edits'), 'customer service line line_request meter_reading note', 'support (ROLE-03)');
SELECT is(pg_temp.rights('sw_staging', 'edits'), 'equipment line_request sim_card meter_reading note', 'staging prepares machines and cards (ROLE-04)');
SELECT ok(pg_temp.rights('sw_adv', 'closes') LIKE 'customer contract order%', 'sales administration starts contracts and validates orders (ROLE-05)');
SELECT is(pg_temp.rights('sw_accounting', 'closes'), 'customer contract invoice payment', 'accounting issues invoices and takes payments (ROLE-06)');
SELECT is(pg_temp.rights('sw_technician', 'edits'), 'equipment meter_reading note', 'a technician handles machines and meters (ROLE-07)');
SELECT is(pg_temp.rights('sw_partner', 'edits') || pg_temp.rights('sw_partner', 'closes'), NULL, 'a partner follows and changes nothing (ROLE-08)');

-- Told to who opens the page; a right that is taken away is told no more.
REVOKE EXECUTE ON FUNCTION api.equipment_save(jsonb) FROM sw_technician;
SET LOCAL ROLE t_accounting;
SELECT is((SELECT r -> 'edits' FROM jsonb_array_elements(api.administration_record() -> 'roles') AS r WHERE r ->> 'role' = 'sw_technician'),
  '["meter_reading", "note"]', 'it is read from the grants');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
