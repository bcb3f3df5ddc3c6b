-- Logins of people. As superuser, at each upgrade: sw_keeper, who owns nothing else, may create roles, and does so only
-- through this function, which only sw_owner may call.

DO $$
BEGIN
  -- Databases installed before there were these roles; install.sql makes them otherwise.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sw_keeper') THEN
    CREATE ROLE sw_keeper NOLOGIN CREATEROLE;
  END IF;
  IF NOT pg_has_role('sw_keeper', 'pg_signal_backend', 'MEMBER') THEN
    GRANT pg_signal_backend TO sw_keeper;
  END IF;
  -- Programs that carry mail and requests log in with a member of this role.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sw_courier') THEN
    CREATE ROLE sw_courier NOLOGIN;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO sw_courier', current_database());
END
$$;

DROP SCHEMA IF EXISTS keeper CASCADE;
CREATE SCHEMA keeper;
COMMENT ON SCHEMA keeper IS 'What the role that creates logins does, and nothing else. Rebuilt at each upgrade.';

CREATE FUNCTION keeper.keep_login(p_name text, p_group text, p_verifier text, p_active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  c_people CONSTANT text[] := '{sw_admin,sw_support,sw_staging,sw_adv,sw_accounting,sw_deployment,sw_technician,sw_partner,sw_customer}';
  v_role pg_roles;
  v_group text;
BEGIN
  IF p_name !~ '^[a-z0-9][a-z0-9._-]{0,62}$' OR p_name ~ '^(pg_|sw_)' OR p_name IN ('none', 'postgres', 'public') THEN
    RAISE 'no login may be called %', p_name USING ERRCODE = 'invalid_name';
  ELSIF p_group <> ALL (c_people) THEN
    RAISE '% is no group of people', p_group USING ERRCODE = 'invalid_parameter_value';
  ELSIF p_verifier !~ '^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/]+={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
    RAISE 'a password comes as its SCRAM verifier' USING ERRCODE = 'invalid_password';
  END IF;
  SELECT * INTO v_role FROM pg_roles WHERE rolname = p_name;
  IF v_role.oid IS NULL THEN
    EXECUTE format('CREATE ROLE %I', p_name);
  ELSIF v_role.rolsuper OR v_role.rolcreaterole OR v_role.rolcreatedb OR v_role.rolreplication OR v_role.rolbypassrls
        OR NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
                        WHERE m.member = v_role.oid AND g.rolname = ANY (c_people)) THEN
    RAISE 'the role % is not a login of the office', p_name USING ERRCODE = 'duplicate_object';
  END IF;
  FOR v_group IN
    SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
     WHERE m.member = v_role.oid AND g.rolname = ANY (c_people) AND g.rolname <> p_group
  LOOP
    EXECUTE format('REVOKE %I FROM %I', v_group, p_name);
  END LOOP;
  EXECUTE format('GRANT %I TO %I', p_group, p_name);
  EXECUTE format('ALTER ROLE %I %s', p_name, CASE WHEN p_active THEN 'LOGIN' ELSE 'NOLOGIN' END);
  IF p_verifier IS NOT NULL THEN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', p_name, p_verifier);
  END IF;
  IF NOT p_active THEN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = p_name AND pid <> pg_backend_pid();
  END IF;
END
$$;
COMMENT ON FUNCTION keeper.keep_login(text, text, text, boolean) IS
  'Creates the login or changes the one group it is in, its password (a SCRAM verifier; null: stays) and whether it may log in; when not, its sessions end. Touches no role that is not already a login of people.';

ALTER SCHEMA keeper OWNER TO sw_keeper;
ALTER FUNCTION keeper.keep_login(text, text, text, boolean) OWNER TO sw_keeper;
REVOKE ALL ON FUNCTION keeper.keep_login(text, text, text, boolean) FROM PUBLIC;
GRANT USAGE ON SCHEMA keeper TO sw_owner;
GRANT EXECUTE ON FUNCTION keeper.keep_login(text, text, text, boolean) TO sw_owner;
