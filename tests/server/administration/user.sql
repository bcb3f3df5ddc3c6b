-- Logins of the office (ROLE-01, ADM-01): created, moved, locked out, by the administrator alone.
BEGIN;
\ir ../lib/people.sql
SELECT plan(31);

CREATE FUNCTION pg_temp.verifier(p_letter text) RETURNS text LANGUAGE sql AS $$
  SELECT 'SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$' || repeat(p_letter, 43) || '=:' || repeat(p_letter, 43) || '='
$$;
CREATE FUNCTION pg_temp.new_user(p jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('role_name', 'anne.lebris', 'display_name', 'Anne Le Bris', 'email', 'anne@reseau.example',
    'roles', '["sw_adv"]'::jsonb, 'password', pg_temp.verifier('A')) || p)
$$;
CREATE FUNCTION pg_temp.user_refusal(p jsonb, p_role text DEFAULT 't_admin') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.user_save(%L)', p), p_role)
$$;
GRANT USAGE ON SCHEMA keeper TO t_nobody;

-- Who may.
SELECT is(pg_temp.user_refusal(pg_temp.new_user(), r), '42501', r || ' creates no login')
  FROM unnest('{t_adv,t_accounting,t_support,t_partner,t_customer}'::text[]) AS r;
SELECT is(pg_temp.refusal('SELECT keeper.keep_login(''x'', ''sw_admin'', NULL, true)', r), '42501', r || ' does not reach the keeper')
  FROM unnest('{t_admin,t_nobody}'::text[]) AS r;

SET LOCAL ROLE t_admin;
SELECT api.user_save(pg_temp.new_user()) AS u \gset
SELECT is((SELECT to_jsonb(u) - '{id,row_version}'::text[] FROM api.app_user AS u WHERE id = :u), '{"role_name": "anne.lebris", "display_name": "Anne Le Bris",
  "email": "anne@reseau.example", "phone": null, "introducer_id": null, "introducer_name": null, "customer_id": null, "active": true, "roles": ["sw_adv"]}',
  'a login of sales administration');
RESET ROLE;
SELECT is((SELECT rolpassword FROM pg_authid WHERE rolname = 'anne.lebris'), pg_temp.verifier('A'), 'its password is the verifier');
SELECT results_eq($$SELECT rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'anne.lebris'$$,
  'VALUES (true, true, false, false, false)', 'it may log in, and nothing else of its own');
SELECT ok(has_function_privilege('anne.lebris', 'api.customer_save(jsonb)', 'EXECUTE'), 'with the rights of its group');
SELECT is((SELECT changes -> 'role_name' FROM softwhere.change_log WHERE entity = 'app_user' AND entity_id = :u), '[null, "anne.lebris"]', 'the journal says so');
SELECT is((SELECT count(*) FROM softwhere.change_log WHERE changes::text LIKE '%SCRAM%'), 0::bigint, 'without the verifier');

-- What is refused.
SELECT is(pg_temp.user_refusal(pg_temp.new_user(p)), refusal, what)
  FROM (VALUES ('{}'::jsonb, 'SW012 role_name app_user_pkey', 'a login twice'),
               ('{"role_name": "t_nobody"}', 'SW012 role_name', 'a role that is no login of the office'),
               ('{"role_name": "postgres"}', 'SW005 role_name invalid_login', 'the superuser'),
               ('{"role_name": "sw_owner"}', 'SW005 role_name invalid_login', 'a role of the rules'),
               ('{"role_name": "Anne \"; DROP"}', 'SW005 role_name invalid_login', 'a name that is none'),
               ('{"role_name": "b", "password": "secret"}', 'SW005 password invalid_verifier', 'a clear password'),
               ('{"role_name": "b", "password": null}', 'SW004 password', 'no password'),
               ('{"role_name": "b", "roles": ["sw_owner"]}', 'SW005 roles unknown_role', 'the role of the owner'),
               ('{"role_name": "b", "roles": ["sw_adv", "sw_admin"]}', 'SW005 roles unknown_role', 'two roles'),
               ('{"role_name": "b", "display_name": ""}', 'SW004 display_name', 'no name'),
               ('{"role_name": "b", "introducer_id": 1}', 'SW005 introducer_id unknown_field', 'a partner')) AS t (p, refusal, what);

-- Moved to another group, locked out, taken back.
SET LOCAL ROLE t_admin;
SELECT api.user_save(jsonb_build_object('id', :u, 'row_version', 1, 'roles', '["sw_accounting"]'::jsonb, 'active', false)) AS ignored \gset
RESET ROLE;
SELECT is((SELECT roles::text FROM api.app_user WHERE id = :u), '{sw_accounting}', 'in one group at a time');
SELECT is((SELECT rolcanlogin FROM pg_roles WHERE rolname = 'anne.lebris'), false, 'deactivated: no login');
SELECT is(pg_temp.user_refusal(jsonb_build_object('id', :u, 'row_version', 1, 'active', true)), 'SW001 row_version', 'two administrators at once');
SET LOCAL ROLE t_admin;
SELECT api.user_save(jsonb_build_object('id', :u, 'row_version', 2, 'active', true, 'password', pg_temp.verifier('B'))) AS ignored \gset
RESET ROLE;
SELECT is((SELECT concat_ws(' ', rolcanlogin, rolpassword) FROM pg_authid WHERE rolname = 'anne.lebris'), 't ' || pg_temp.verifier('B'),
  'taken back, with a new password');
SELECT is(pg_temp.user_refusal(jsonb_build_object('id', u.id, 'row_version', u.row_version) || p), refusal, what)
  FROM softwhere.app_user AS u,
       (VALUES ('{"active": false}'::jsonb, 'SW005 active own_login', 'nobody locks themselves out'),
               ('{"roles": ["sw_adv"]}', 'SW005 roles own_login', 'nor gives the administration away')) AS t (p, refusal, what)
 WHERE u.role_name = 't_admin';
SELECT is(pg_temp.user_refusal(jsonb_build_object('id', id, 'row_version', row_version, 'active', false)), 'SW005 roles not_of_the_office', 'partners are not of the office')
  FROM softwhere.app_user WHERE role_name = 't_partner';
SELECT * FROM finish();
ROLLBACK;
