-- Logins of customers and partners (ROLE-08, ICUST-07…09): given by sales administration, and they see their own share only.
BEGIN;
\ir ../lib/people.sql
SELECT plan(23);

CREATE FUNCTION pg_temp.verifier(p_letter text) RETURNS text LANGUAGE sql AS $$
  SELECT 'SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$' || repeat(p_letter, 43) || '=:' || repeat(p_letter, 43) || '='
$$;
SET LOCAL ROLE t_adv;
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "ARMEMENT DU PORT", "status": "active", "email": "siege@armement.example",
  "contacts": [{"last_name": "Le Bris", "first_name": "Anne", "email": "anne@armement.example", "is_site_manager": true}]}') AS c \gset
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "BOULANGERIE DU BOURG", "status": "active"}') AS other \gset
RESET ROLE;
INSERT INTO softwhere.introducer (name, commission_rate) VALUES ('Riou Conseil', 8) RETURNING id AS i \gset
UPDATE softwhere.customer SET introducer_id = :i WHERE id = :other;

CREATE FUNCTION pg_temp.guest(p_customer bigint, p jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_strip_nulls((SELECT api.customer_logins(p_customer) -> 'proposed') || jsonb_build_object('password', pg_temp.verifier('A')) || p)
$$;
CREATE FUNCTION pg_temp.guest_refusal(p jsonb, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.guest_save(%L)', p), p_role)
$$;

-- What is proposed: the customer number (ICUST-07), the site manager (ICUST-08).
SELECT is((SELECT api.customer_logins(:c) -> 'proposed'),
  jsonb_build_object('customer_id', :c, 'role_name', lower(number), 'display_name', 'Anne Le Bris', 'email', 'anne@armement.example', 'phone', NULL),
  'the number of the customer and its site manager are proposed')
  FROM softwhere.customer WHERE id = :c;

SELECT is(pg_temp.guest_refusal(pg_temp.guest(:c), r), '42501', r || ' gives no access')
  FROM unnest('{t_support,t_accounting,t_technician,t_partner,t_customer}'::text[]) AS r;

SET LOCAL ROLE t_adv;
SELECT api.guest_save(pg_temp.guest(:c, '{"send_credentials": true}')) AS u \gset
SELECT api.guest_save(jsonb_build_object('introducer_id', :i, 'role_name', 'riou', 'display_name', 'Odile Riou', 'password', pg_temp.verifier('B'))) AS p \gset
RESET ROLE;
SELECT is((SELECT roles::text || customer_id FROM api.app_user WHERE id = :u), '{sw_customer}' || :c, 'a login of the customer');
SELECT is((SELECT roles::text || introducer_id FROM api.app_user WHERE id = :p), '{sw_partner}' || :i, 'a login of the partner');
SELECT is((SELECT api.customer_logins(:c) -> 'proposed' ->> 'role_name'), NULL, 'the number is taken: no second login is proposed under it');
SELECT is((SELECT jsonb_agg(to_jsonb(o) - '{id,queued_at,customer_name,queued_by,entity_id,customer_id}'::text[]) FROM api.outbox AS o WHERE template = 'credentials'),
  (SELECT jsonb_build_array(jsonb_build_object('template', 'credentials', 'entity', 'app_user', 'recipient', 'anne@armement.example', 'milestone', '1',
     'payload', jsonb_build_object('login', lower(number), 'display_name', 'Anne Le Bris'), 'status', 'queued', 'attempts', 0, 'last_error', NULL, 'sent_at', NULL))
     FROM softwhere.customer WHERE id = :c),
  'the login goes to the site manager by mail when asked, without a password (ICUST-08, ICUST-09)');

-- They see their own share.
SELECT lower(number) AS login FROM softwhere.customer WHERE id = :c \gset
SET LOCAL ROLE :"login";
SELECT results_eq('SELECT id FROM api.customer', format('VALUES (%s::bigint)', :c), 'the customer sees itself');
RESET ROLE;
SET LOCAL ROLE riou;
SELECT results_eq('SELECT id FROM api.customer', format('VALUES (%s::bigint)', :other), 'the partner sees those it brought');
RESET ROLE;

-- What is refused.
SELECT is(pg_temp.guest_refusal(pg_temp.guest(:other, p)), refusal, what)
  FROM (VALUES ('{"customer_id": null}'::jsonb, 'SW005 customer_id not_a_guest', 'nobody''s login'),
               (jsonb_build_object('introducer_id', :i), 'SW005 customer_id not_a_guest', 'a login of two'),
               ('{"customer_id": 0}', 'SW002 customer_id', 'a customer that is none'),
               ('{"roles": ["sw_admin"]}', 'SW005 roles unknown_field', 'a role of the office'),
               ('{"role_name": "t_adv"}', 'SW012 role_name app_user_pkey', 'somebody else''s login'),
               ('{"password": null}', 'SW004 password', 'no password'),
               ('{"send_credentials": true}', 'SW004 email', 'a mail to nobody'),
               ('{"send_credentials": "perhaps"}', 'SW005 send_credentials invalid_boolean', 'neither yes nor no')) AS t (p, refusal, what);
SELECT is(pg_temp.guest_refusal(jsonb_build_object('id', id, 'row_version', row_version, 'password', pg_temp.verifier('C'))),
  'SW005 customer_id not_a_guest', 'sales administration sets no password of the office') FROM softwhere.app_user WHERE role_name = 't_admin';

-- Locked out.
SET LOCAL ROLE t_adv;
SELECT api.guest_save(jsonb_build_object('id', :u, 'row_version', 1, 'active', false)) AS ignored \gset
RESET ROLE;
SELECT is((SELECT rolcanlogin FROM pg_roles WHERE rolname = :'login'), false, 'deactivated: no login');
SELECT is(pg_temp.guest_refusal(jsonb_build_object('id', :u, 'row_version', 1, 'active', true)), 'SW001 row_version', 'two people at once');
SELECT * FROM finish();
ROLLBACK;
