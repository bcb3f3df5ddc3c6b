-- First part of the transaction of "softwhere-server upgrade", as superuser. The temporary table
-- migration_file (name, sha256) holds the files the program brings; :api_level is its level.

DO $$
DECLARE
  v_names text;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('softwhere upgrade')) THEN
    RAISE EXCEPTION 'another upgrade of this database is running';
  END IF;

  SELECT string_agg(name, ', ' ORDER BY name) INTO v_names
    FROM softwhere.migration JOIN pg_temp.migration_file AS f USING (name)
   WHERE migration.sha256 <> f.sha256;
  IF v_names IS NOT NULL THEN
    RAISE EXCEPTION 'applied migrations were edited since: %', v_names
      USING HINT = 'Restore these files and put the change into a new migration.';
  END IF;

  SELECT string_agg(name, ', ' ORDER BY name) INTO v_names
    FROM softwhere.migration
   WHERE name NOT IN (SELECT f.name FROM pg_temp.migration_file AS f);
  IF v_names IS NOT NULL THEN
    RAISE EXCEPTION 'this database knows migrations this program does not: %', v_names
      USING HINT = 'Upgrade with a softwhere-server at least as recent as the one used before.';
  END IF;
END
$$;

-- The rules go first, since views would forbid a migration to alter the columns they show.
DROP SCHEMA IF EXISTS api, rules, jobs CASCADE;

DO $$
DECLARE
  v_policy record;
  v_roles text := 'sw_test, sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment,
    sw_technician, sw_partner, sw_customer, sw_scheduler, PUBLIC';
BEGIN
  FOR v_policy IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'softwhere'
  LOOP
    EXECUTE format('DROP POLICY %I ON softwhere.%I', v_policy.policyname, v_policy.tablename);
  END LOOP;
  -- Rights are rebuilt too: none survives that the rules no longer give.
  EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA softwhere FROM ' || v_roles;
  EXECUTE 'REVOKE ALL ON ALL SEQUENCES IN SCHEMA softwhere FROM ' || v_roles;
  EXECUTE 'REVOKE ALL ON SCHEMA softwhere FROM ' || v_roles;
END
$$;

-- PostgreSQL lets every login store large objects without bound, and hold advisory locks: also the one that the schedule waits
-- for, whose number can be guessed. Neither is anybody's but the rules'.
DO $$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN
    SELECT oid FROM pg_proc
     WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(pg_(try_)?advisory_|lo_(creat|create|from_bytea|put|open)$|lowrite$)'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sw_owner', v_function);
  END LOOP;
END
$$;

CREATE SCHEMA rules AUTHORIZATION sw_owner;
CREATE SCHEMA api AUTHORIZATION sw_owner;
CREATE SCHEMA jobs AUTHORIZATION sw_owner;
COMMENT ON SCHEMA rules IS 'Trigger functions, guards and helpers. Rebuilt at each upgrade.';
COMMENT ON SCHEMA api IS 'The views and functions clients use, and nothing else. Rebuilt at each upgrade.';
COMMENT ON SCHEMA jobs IS 'What the schedule calls. Rebuilt at each upgrade.';

-- To look a name up is not to read it: tables, views and functions have grants of their own.
GRANT USAGE ON SCHEMA softwhere, rules, api TO sw_test, sw_admin, sw_support, sw_staging, sw_adv,
  sw_accounting, sw_deployment, sw_technician, sw_partner, sw_customer, sw_scheduler;
GRANT USAGE ON SCHEMA jobs TO sw_scheduler, sw_admin, sw_test;
