-- Two people at once: the second waits for the first, then is told, or takes the next number.
-- Other sessions hold their transaction open (they wait for the advisory lock of this one) while this one works.
\set first `psql -X -A -t -q -d "$SOFTWHERE_TEST_URI" -c "SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\": \"Two\", \"number\": \"TWO\"}')"`
SELECT pg_advisory_lock(42) \g /dev/null
\! (psql -X -A -t -q -d "$SOFTWHERE_TEST_URI" -c "BEGIN" -c "SELECT api.customer_save(jsonb_build_object('id', id, 'city', 'Auray', 'row_version', 1)) FROM softwhere.customer WHERE number = 'TWO'" -c "SELECT pg_advisory_xact_lock(42)" -c "COMMIT" >/dev/null 2>&1 &) 
DO $$
BEGIN
  -- Until the other session has saved and waits for us.
  WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted) LOOP
    IF clock_timestamp() > now() + interval '10 s' THEN
      RAISE 'the other session did not save';
    END IF;
    PERFORM pg_sleep(0.01);
  END LOOP;
END $$;
BEGIN;
SELECT plan(3);
SET LOCAL lock_timeout = '50ms';
SELECT throws_ok(format('SELECT api.customer_save(jsonb_build_object(''id'', %s, ''city'', ''Vannes'', ''row_version'', 1))', :first), '55P03', NULL, 'the second waits for the first');
SET LOCAL lock_timeout = '10s';
SELECT pg_advisory_unlock(42) \g /dev/null
SELECT throws_ok(format('SELECT api.customer_save(jsonb_build_object(''id'', %s, ''city'', ''Vannes'', ''row_version'', 1))', :first), 'SW001', NULL, 'and then learns that it changed');
SELECT is((SELECT city FROM api.customer WHERE id = :first), 'Auray', 'nothing is overwritten');
SELECT * FROM finish();
ROLLBACK;
\! psql -X -q -d "$SOFTWHERE_TEST_URI" -c "DELETE FROM softwhere.customer WHERE number = 'TWO'" -c "DELETE FROM softwhere.change_log WHERE customer_id NOT IN (SELECT id FROM softwhere.customer)"
