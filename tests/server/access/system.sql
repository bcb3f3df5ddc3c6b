-- What PostgreSQL gives every login and Softwhere takes back: found by the fuzzer of tests/server/isolation (ACCS-02, ROLE-08).
BEGIN;
SELECT plan(4);
\ir ../lib/people.sql

SELECT is(pg_temp.refusal($$SELECT lo_create(0)$$, 't_customer'), '42501', 'a customer stores no large object');
SELECT is(pg_temp.refusal($$SELECT lo_from_bytea(0, 'x')$$, 't_technician'), '42501', 'nor does the office');
SELECT is(pg_temp.refusal($$SELECT pg_advisory_lock(hashtext('jobs.run_due'))$$, 't_partner'), '42501', 'nobody holds up the schedule by taking its lock');
SELECT is_empty($$
  SELECT oid::regprocedure FROM pg_proc
   WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_' AND has_function_privilege('t_adv', oid, 'EXECUTE')
$$, 'no function that locks is left to them');

SELECT * FROM finish();
ROLLBACK;
