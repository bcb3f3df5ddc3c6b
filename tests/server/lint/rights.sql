-- Who may touch what: tables are private, api functions are granted by name.
BEGIN;
SELECT plan(8);

SELECT ok(EXISTS (SELECT FROM pg_class WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p')),
  'there are tables to look at');

SELECT is_empty($$
  SELECT relname FROM pg_class
   WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
$$, 'row-level security is enabled on every table');

SELECT is_empty($$
  SELECT relname FROM pg_class
   WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p')
     AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
$$, 'every table has a policy');

SELECT is_empty($$
  SELECT relname, g.grantee::regrole, g.privilege_type
    FROM pg_class, aclexplode(relacl) AS g
   WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
     AND g.privilege_type <> 'SELECT' AND g.grantee <> relowner
$$, 'nobody but the owner may write to a table');

SELECT is_empty($$
  SELECT attrelid::regclass, attname, g.grantee::regrole, g.privilege_type
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl) AS g
   WHERE relnamespace = 'softwhere'::regnamespace
     AND g.privilege_type <> 'SELECT' AND g.grantee <> relowner
$$, 'nobody but the owner may write to a column');

SELECT is_empty($$
  SELECT nspname, relname
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
         aclexplode(coalesce(relacl, acldefault('r', relowner))) AS g
   WHERE nspname IN ('softwhere', 'rules', 'api', 'jobs') AND relkind IN ('r', 'p', 'v', 'm') AND g.grantee = 0
     AND relname <> 'installation'
$$, 'no table or view is readable by PUBLIC');

SELECT is_empty($$
  SELECT oid::regprocedure
    FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS g
   WHERE pronamespace::regnamespace::text IN ('api', 'rules', 'jobs') AND g.grantee = 0
$$, 'no function of api, rules or jobs is executable by PUBLIC');

SELECT is_empty($$
  SELECT nspname, relname, pg_get_userbyid(relowner)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
   WHERE nspname IN ('softwhere', 'rules', 'api', 'jobs') AND pg_get_userbyid(relowner) <> 'sw_owner'
  UNION ALL
  SELECT nspname, proname, pg_get_userbyid(proowner)
    FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
   WHERE nspname IN ('rules', 'api', 'jobs') AND pg_get_userbyid(proowner) <> 'sw_owner'
$$, 'sw_owner owns every table, view and function');

SELECT * FROM finish();
ROLLBACK;
