-- Run once per database by "softwhere-server install", as superuser; harmless when run again.
-- Makes what exists outside the rules: roles, extensions, the schema of the tables, settings.

DO $$
DECLARE
  c_roles CONSTANT text[] := ARRAY['sw_owner', 'sw_test', 'sw_admin', 'sw_support', 'sw_staging', 'sw_adv', 'sw_accounting',
    'sw_deployment', 'sw_technician', 'sw_partner', 'sw_customer', 'sw_scheduler', 'sw_keeper', 'sw_courier'];
  v_role text;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
    RAISE EXCEPTION 'the installation needs a superuser, and % is none', session_user;
  ELSIF current_setting('server_version_num')::int < 150000 THEN
    RAISE EXCEPTION 'PostgreSQL 15 or later is needed, this is %', current_setting('server_version');
  ELSIF current_setting('server_encoding') <> 'UTF8' THEN
    RAISE EXCEPTION 'the database must be encoded in UTF8, this one is in %',
      current_setting('server_encoding');
  END IF;

  -- Roles are the cluster's, and advisory locks a database's: two databases that are installed at
  -- once meet at this table instead.
  LOCK TABLE pg_catalog.pg_authid IN SHARE ROW EXCLUSIVE MODE;
  -- sw_owner owns every object; sw_test may move softwhere.today; the others are the office's
  -- groups, granted to the logins of people; keeper.sql says what sw_keeper and sw_courier are.
  -- pg_cron runs its jobs as sw_scheduler in background workers. They never authenticate, hence no
  -- password; but PostgreSQL 15 refuses to start one for a role without LOGIN.
  FOREACH v_role IN ARRAY c_roles LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
      EXECUTE format('CREATE ROLE %I %s', v_role,
        CASE v_role WHEN 'sw_scheduler' THEN 'LOGIN' WHEN 'sw_keeper' THEN 'NOLOGIN CREATEROLE' ELSE 'NOLOGIN' END);
    END IF;
  END LOOP;
  IF NOT pg_has_role('sw_keeper', 'pg_signal_backend', 'MEMBER') THEN
    GRANT pg_signal_backend TO sw_keeper;
  END IF;

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO sw_admin, sw_support, sw_staging, sw_adv,
    sw_accounting, sw_deployment, sw_technician, sw_partner, sw_customer, sw_scheduler, sw_test',
    current_database());
  -- Bulk jobs work in temporary tables; nobody else may shadow a name with one.
  EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO sw_owner', current_database());

  EXECUTE format('ALTER DATABASE %I SET lc_messages = ''C''', current_database());
  EXECUTE format('ALTER DATABASE %I SET timezone = ''Europe/Paris''', current_database());
  EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = ''60s''',
    current_database());
  -- Compiling the many columns of a record takes longer than running it.
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS softwhere AUTHORIZATION sw_owner;

-- Beside the tables, so that "SET search_path = softwhere, rules, pg_temp" finds them.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA softwhere;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA softwhere;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA softwhere;

-- A function is born private: whoever may call it is named by a GRANT.
ALTER DEFAULT PRIVILEGES FOR ROLE sw_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- pg_cron lives in one database of the cluster, named in postgresql.conf.
SELECT current_setting('cron.database_name', true) IS NOT DISTINCT FROM current_database()
   AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_cron') AS has_cron
\gset
\if :has_cron
  CREATE EXTENSION IF NOT EXISTS pg_cron;
  GRANT USAGE ON SCHEMA cron TO sw_scheduler;
\else
  \warn 'softwhere-server: pg_cron is not set up for this database, nothing will run on schedule (see data/server/postgresql.conf).'
\endif

SET ROLE sw_owner;

CREATE TABLE IF NOT EXISTS softwhere.migration (
  name text PRIMARY KEY,
  sha256 text NOT NULL CONSTRAINT migration_sha256_is_hexadecimal CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE softwhere.migration ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE softwhere.migration IS 'Files of migrations/ applied to this database, with their SHA-256.';

CREATE TABLE IF NOT EXISTS softwhere.installation (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT installation_has_one_row CHECK (only_row),
  api_level int NOT NULL,
  upgraded_at timestamptz NOT NULL
);
ALTER TABLE softwhere.installation ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE softwhere.installation IS 'The API level the rules of this database were built for.';

RESET ROLE;
