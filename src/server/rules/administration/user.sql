-- Logins (ROLE-01): the person in app_user, the PostgreSQL role kept by keeper.keep_login. Those of customers and partners: guest.sql.

CREATE VIEW api.app_user WITH (security_invoker = true) AS
SELECT u.id, u.role_name, u.display_name, u.email, u.phone, u.introducer_id, i.name AS introducer_name, u.customer_id, u.active,
       ARRAY(SELECT r.rolname::text FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.member JOIN pg_roles AS r ON r.oid = m.roleid
              WHERE g.rolname = u.role_name AND r.rolname LIKE 'sw\_%' ORDER BY r.rolname) AS roles,
       u.row_version
  FROM softwhere.app_user AS u
  LEFT JOIN softwhere.introducer AS i ON i.id = u.introducer_id;
COMMENT ON VIEW api.app_user IS 'People and their group roles. Office; partners and customers see themselves.';

CREATE FUNCTION rules.keep_login(p_user softwhere.app_user, p_group text, p_verifier text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM keeper.keep_login(p_user.role_name, p_group, p_verifier, p_user.active);
EXCEPTION
  WHEN invalid_name THEN
    PERFORM rules.invalid('role_name', 'invalid_login', 'a login has small letters, digits, dots, dashes, and begins with a letter or digit');
  WHEN invalid_password THEN
    PERFORM rules.invalid('password', 'invalid_verifier', 'a password is sent as its SCRAM-SHA-256 verifier');
  WHEN duplicate_object THEN
    PERFORM rules.fail('SW012', 'role_name', 'the server has another role of this name');
END
$$;
COMMENT ON FUNCTION rules.keep_login(softwhere.app_user, text, text) IS 'keeper.keep_login with its refusals on their fields.';

CREATE FUNCTION rules.write_login(p_data jsonb, p_old softwhere.app_user, p_fixed jsonb, p_group text, p_others text[]) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_is_new boolean := p_old.id IS NULL;
  v_keys text[] := '{display_name,email,phone,active}'::text[] || CASE WHEN v_is_new THEN '{role_name}'::text[] ELSE '{}' END;
  v_verifier text := NULLIF(p_data ->> 'password', '');
  v_user app_user;
  v_id bigint;
BEGIN
  PERFORM rules.refuse_unknown_keys(p_data, v_keys || p_others || '{id,row_version,password}',
    COALESCE((SELECT to_jsonb(u) FROM api.app_user AS u WHERE id = p_old.id), '{}'));
  v_user := jsonb_populate_record(CASE WHEN v_is_new THEN jsonb_populate_record(NULL::app_user, rules.default_row('app_user') || p_fixed) ELSE p_old END,
    rules.read_input('app_user', p_data, v_keys, '{"email": "email", "phone": "phone"}', p_is_new => v_is_new));
  IF v_is_new AND v_verifier IS NULL THEN
    PERFORM rules.required('password');
  ELSIF p_old.role_name = rules.caller() AND NOT v_user.active THEN
    PERFORM rules.invalid('active', 'own_login', 'nobody locks themselves out');
  END IF;
  v_id := rules.write_row('app_user', p_old.id, to_jsonb(v_user) - 'id');
  PERFORM rules.keep_login(v_user, p_group, v_verifier);
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.write_login(jsonb, softwhere.app_user, jsonb, text, text[]) IS
  'Writes a person and their login in p_group: p_old is empty for a new one, whose p_fixed columns are not asked for; p_others are keys the caller has read. SW004 SW005 SW012. Returns the id.';

CREATE FUNCTION rules.locked_user(p_data jsonb) RETURNS softwhere.app_user
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_user app_user;
BEGIN
  SELECT * INTO v_user FROM app_user WHERE id = rules.input_id(p_data) FOR UPDATE;
  IF FOUND THEN
    PERFORM rules.check_version(p_data, v_user.row_version);
  ELSIF rules.input_id(p_data) IS NOT NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN v_user;
END
$$;
COMMENT ON FUNCTION rules.locked_user(jsonb) IS 'The person being saved, locked and of the version that was read; empty for a new one. SW001 SW002.';

CREATE FUNCTION api.user_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old app_user;
  v_group text;
  v_new_group text;
BEGIN
  PERFORM rules.require('sw_admin');
  v_old := rules.locked_user(p_data);
  IF v_old.id IS NOT NULL THEN
    v_group := (SELECT r FROM unnest(rules.office()) AS r, unnest((SELECT u.roles FROM api.app_user AS u WHERE u.id = v_old.id)) AS g (name)
                 WHERE r = g.name LIMIT 1);
    IF v_group IS NULL THEN
      PERFORM rules.invalid('roles', 'not_of_the_office', 'partners and customers have no login of the office');
    END IF;
  END IF;
  v_new_group := COALESCE(p_data -> 'roles' ->> 0, v_group);
  IF v_new_group IS NULL OR v_new_group <> ALL (rules.office()) OR jsonb_array_length(p_data -> 'roles') > 1 THEN
    PERFORM rules.invalid('roles', 'unknown_role', 'one role of the office is expected');
  ELSIF v_old.role_name = rules.caller() AND v_new_group <> v_group THEN
    PERFORM rules.invalid('roles', 'own_login', 'nobody locks themselves out');
  END IF;
  RETURN rules.write_login(p_data, v_old, '{}', v_new_group, '{roles}');
END
$$;
COMMENT ON FUNCTION api.user_save(jsonb) IS
  'Creates or changes a login of the office: id, role_name (at creation), display_name, email, phone, roles (one of the office), password (SCRAM-SHA-256 verifier the client computed, never the password; at creation, or to set another), active (false: may not log in, and their sessions end), row_version. SW001 SW002 SW003 SW004 SW005 SW012. Administrator.';
SELECT rules.let_call('api.user_save(jsonb)', 'sw_admin');

SELECT rules.versioned('softwhere.app_user');
SELECT rules.journal('softwhere.app_user', 'app_user');
SELECT rules.watch('softwhere.app_user', 'administration', '');
