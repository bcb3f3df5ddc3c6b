-- Who has a record open. A shared advisory lock of the session says it: it needs no cleaning, since it goes with the connection
-- however that ends. Its key is a keyed hash, because everybody may read pg_locks.

CREATE FUNCTION rules.presence_key(p_entity text, p_id bigint) RETURNS bigint
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT ('x' || left(encode(sha256(convert_to(concat_ws(':', presence_secret, p_entity, p_id), 'UTF8')), 'hex'), 16))::bit(64)::bigint
    FROM live_state
$$;
COMMENT ON FUNCTION rules.presence_key(text, bigint) IS 'The advisory lock of a record, meaningless to whoever does not know the secret.';

CREATE FUNCTION rules.may_meet(p_entity text, p_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_table regclass := to_regclass('softwhere.' || quote_ident(p_entity));
  v_customer_id bigint;
  v_found boolean;
BEGIN
  IF v_table IS NULL OR NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = v_table AND attname = 'id') THEN
    PERFORM rules.fail('SW005', 'p_entity', 'there are no such records');
  END IF;
  -- Colleagues among themselves: the names of the office are not for other houses.
  IF NOT rules.has_role(VARIADIC rules.office()) THEN
    RETURN false;
  END IF;
  EXECUTE format('SELECT true, %s FROM %s WHERE id = $1',
    CASE WHEN p_entity = 'customer' THEN 'id'
         WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = v_table AND attname = 'customer_id') THEN 'customer_id'
         ELSE 'NULL' END, v_table) INTO v_found, v_customer_id USING p_id;
  RETURN v_found IS TRUE AND (v_customer_id IS NULL OR rules.sees_customer(v_customer_id));
END
$$;
COMMENT ON FUNCTION rules.may_meet(text, bigint) IS 'Whether the caller belongs to the office and may see this record. Error SW005.';

CREATE FUNCTION rules.present(p_key bigint) RETURNS TABLE (pid int, role_name name)
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
  SELECT l.pid, a.usename
    FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
   WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.database = a.datid
     AND (l.classid::bigint << 32) | l.objid::bigint = p_key
$$;
COMMENT ON FUNCTION rules.present(bigint) IS 'The connections that hold a record open, and their logins.';

CREATE FUNCTION api.presence_enter(p_entity text, p_id bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_key bigint := rules.presence_key(p_entity, p_id);
  v_others jsonb;
BEGIN
  -- For the search, which offers what was opened lately.
  PERFORM api.record_opened(p_entity, p_id);
  IF NOT rules.may_meet(p_entity, p_id) THEN
    RETURN '[]';
  END IF;
  IF NOT EXISTS (SELECT FROM rules.present(v_key) AS p WHERE p.pid = pg_backend_pid()) THEN
    PERFORM pg_advisory_lock_shared(v_key);
    -- Whoever is alone disturbs nobody. Of two who enter at once, one sees the other: the lock comes before the look.
    PERFORM rules.tell('presence', p_id) FROM rules.present(v_key) AS p WHERE p.pid <> pg_backend_pid() LIMIT 1;
  END IF;
  SELECT COALESCE(jsonb_agg(name ORDER BY rules.fold(name)), '[]') INTO v_others
    FROM (SELECT DISTINCT COALESCE(u.display_name, p.role_name) AS name
            FROM rules.present(v_key) AS p LEFT JOIN app_user AS u USING (role_name)
           WHERE p.role_name <> session_user) AS others;
  RETURN v_others;
END
$$;
COMMENT ON FUNCTION api.presence_enter(text, bigint) IS
  'Says that the caller has this record open, until api.presence_leave() or the end of the connection, and returns the names of the colleagues who have it open too. May be repeated. Nothing for partners and customers, nor for a record the caller may not see. Those concerned are told as entity presence on the change feed. Error SW005. Everybody.';

CREATE FUNCTION api.presence_leave(p_entity text, p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_key bigint := rules.presence_key(p_entity, p_id);
BEGIN
  IF EXISTS (SELECT FROM rules.present(v_key) AS p WHERE p.pid = pg_backend_pid()) THEN
    PERFORM pg_advisory_unlock_shared(v_key);
    PERFORM rules.tell('presence', p_id) FROM rules.present(v_key) LIMIT 1;
  END IF;
END
$$;
COMMENT ON FUNCTION api.presence_leave(text, bigint) IS 'Says that the caller no longer has this record open. Everybody.';

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest(ARRAY['api.presence_enter(text, bigint)', 'api.presence_leave(text, bigint)']::regprocedure[]) AS f;
