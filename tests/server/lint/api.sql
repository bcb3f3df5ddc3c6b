-- The api schema documents itself and cannot be tricked through the search path.
BEGIN;
SELECT plan(6);

SELECT is_empty($$
  SELECT relname FROM pg_class
   WHERE relnamespace = 'api'::regnamespace AND relkind IN ('v', 'm') AND obj_description(oid, 'pg_class') IS NULL
$$, 'every api view has a comment');

SELECT is_empty($$
  SELECT oid::regprocedure FROM pg_proc
   WHERE pronamespace = 'api'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
$$, 'every api function has a comment');

SELECT is_empty($$
  SELECT relname FROM pg_class
   WHERE relnamespace = 'api'::regnamespace AND relkind NOT IN ('v', 'm', 'i', 'c', 'S')
$$, 'api holds views, types and functions, no table');

SELECT is_empty($$
  SELECT relname FROM pg_class
   WHERE relnamespace = 'api'::regnamespace AND relkind = 'v'
     AND NOT coalesce(reloptions @> '{security_invoker=true}' OR reloptions @> '{security_invoker=on}', false)
$$, 'every api view is read with the rights of who asks');

SELECT is_empty($$
  SELECT oid::regprocedure FROM pg_proc
   WHERE pronamespace::regnamespace::text IN ('api', 'rules', 'jobs') AND prosecdef
     AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting
                      WHERE setting LIKE 'search\_path=%' AND setting LIKE '%pg\_temp')
$$, 'every SECURITY DEFINER function has a fixed search_path that ends with pg_temp');

SELECT is_empty($$
  SELECT proname FROM pg_proc
   WHERE pronamespace = 'api'::regnamespace GROUP BY proname HAVING count(*) > 1
$$, 'no api function is overloaded');

SELECT * FROM finish();
ROLLBACK;
