-- Logins of customers and of partners (ROLE-07, ROLE-08, ICUST-07, ICUST-09): each sees its own share and nothing else.

CREATE FUNCTION rules.guest_owner(p_data jsonb, p_old softwhere.app_user) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_owner jsonb := CASE WHEN p_old.id IS NULL THEN p_data ELSE to_jsonb(p_old) END;
  v_customer_id bigint;
  v_introducer_id bigint;
BEGIN
  PERFORM rules.typed('bigint', v_owner ->> k, k) FROM unnest('{customer_id,introducer_id}'::text[]) AS k WHERE v_owner ->> k <> '';
  v_customer_id := NULLIF(v_owner ->> 'customer_id', '');
  v_introducer_id := NULLIF(v_owner ->> 'introducer_id', '');
  IF num_nonnulls(v_customer_id, v_introducer_id) <> 1 THEN
    PERFORM rules.invalid('customer_id', 'not_a_guest', 'a login of a customer or of a partner is expected');
  ELSIF NOT EXISTS (SELECT FROM customer WHERE id = v_customer_id UNION ALL SELECT FROM introducer WHERE id = v_introducer_id) THEN
    PERFORM rules.fail('SW002', 'customer_id', 'record not found');
  END IF;
  RETURN jsonb_build_object('customer_id', v_customer_id, 'introducer_id', v_introducer_id);
END
$$;
COMMENT ON FUNCTION rules.guest_owner(jsonb, softwhere.app_user) IS
  'Whose share a login sees: its customer_id or its introducer_id, as sent for a new one, as it is for an old one. SW002 SW005.';

CREATE FUNCTION api.guest_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old app_user;
  v_user app_user;
  v_owner jsonb;
  v_sends boolean;
  v_id bigint;
BEGIN
  PERFORM rules.require('sw_adv');
  v_old := rules.locked_user(p_data);
  v_owner := rules.guest_owner(p_data, v_old);
  PERFORM rules.typed('boolean', p_data ->> 'send_credentials', 'send_credentials');
  v_sends := COALESCE((p_data ->> 'send_credentials')::boolean, false);
  v_id := rules.write_login(p_data, v_old, v_owner, CASE WHEN v_owner ->> 'customer_id' IS NULL THEN 'sw_partner' ELSE 'sw_customer' END,
                            '{customer_id,introducer_id,send_credentials}');
  IF v_sends THEN
    SELECT * INTO v_user FROM app_user WHERE id = v_id;
    IF v_user.email IS NULL THEN
      PERFORM rules.required('email');
    END IF;
    PERFORM rules.queue_mail('credentials', 'app_user', v_id, v_user.customer_id, v_user.email, v_user.row_version::text,
      jsonb_build_object('login', v_user.role_name, 'display_name', v_user.display_name));
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.guest_save(jsonb) IS
  'Creates or changes the login of a customer or of a partner: id, customer_id or introducer_id and role_name (at creation), display_name, email, phone, password (SCRAM-SHA-256 verifier; at creation, or to set another), active, send_credentials (queues a mail that names the login, never the password), row_version. SW001 SW002 SW003 SW004 SW005 SW012. Administrator, sales administration.';
SELECT rules.let_call('api.guest_save(jsonb)', 'sw_adv');

CREATE FUNCTION api.customer_logins(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_manager jsonb := (SELECT to_jsonb(c) FROM api.contact AS c WHERE c.customer_id = p_customer_id AND c.is_site_manager ORDER BY c.id LIMIT 1);
BEGIN
  RETURN jsonb_build_object(
    'users', (SELECT COALESCE(jsonb_agg(to_jsonb(u) ORDER BY u.role_name), '[]') FROM api.app_user AS u WHERE u.customer_id = p_customer_id),
    'proposed', (SELECT jsonb_build_object(
        'customer_id', c.id,
        'role_name', CASE WHEN EXISTS (SELECT FROM api.app_user AS u WHERE u.customer_id = c.id) THEN NULL ELSE lower(c.number) END,
        'display_name', COALESCE(NULLIF(concat_ws(' ', v_manager ->> 'first_name', v_manager ->> 'last_name'), ''), c.legal_name),
        'email', COALESCE(v_manager ->> 'email', c.email),
        'phone', COALESCE(v_manager ->> 'mobile_phone', v_manager ->> 'phone', c.phone))
      FROM api.customer AS c WHERE c.id = p_customer_id));
END
$$;
COMMENT ON FUNCTION api.customer_logins(bigint) IS
  'Logins of a customer (users), and what a new one would be (proposed): the customer number as login (ICUST-07), the site manager as the person (ICUST-08). Office.';
SELECT rules.let_call('api.customer_logins(bigint)', VARIADIC rules.office());
