-- Lets PgBouncer look up how a password is kept, never the password. Once, as superuser, in the database:
--   psql -d softwhere -f pgbouncer.sql
CREATE ROLE pgbouncer LOGIN;
CREATE SCHEMA pgbouncer;
REVOKE ALL ON SCHEMA pgbouncer FROM PUBLIC;

CREATE FUNCTION pgbouncer.secret(p_name text, OUT name text, OUT secret text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
-- Neither superusers nor who replicates connect through it.
AS $$ SELECT rolname, rolpassword FROM pg_authid WHERE rolname = p_name AND rolcanlogin AND NOT rolsuper AND NOT rolreplication $$;
REVOKE ALL ON FUNCTION pgbouncer.secret(text) FROM PUBLIC;

GRANT CONNECT ON DATABASE softwhere TO pgbouncer;
GRANT USAGE ON SCHEMA pgbouncer TO pgbouncer;
GRANT EXECUTE ON FUNCTION pgbouncer.secret(text) TO pgbouncer;
