-- Who asks, and what they may do.

-- A body written with RETURN is inlined and resolved once, here: a quoted one would be parsed anew at each call of a trigger.
CREATE FUNCTION rules.caller() RETURNS name
LANGUAGE sql STABLE
RETURN COALESCE(NULLIF(current_setting('role', true), 'none'), session_user)::name;
COMMENT ON FUNCTION rules.caller() IS
  'The effective role of the person asking, also inside SECURITY DEFINER functions: what SET ROLE chose, else the login.';

CREATE FUNCTION rules.has_role(VARIADIC p_roles text[]) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, rules
AS $$
  SELECT pg_has_role(rules.caller(), 'sw_admin', 'MEMBER')
      OR EXISTS (SELECT FROM unnest(p_roles) AS r WHERE pg_has_role(rules.caller(), r, 'MEMBER'))
$$;
COMMENT ON FUNCTION rules.has_role(text[]) IS 'Whether the caller is a member of one of the roles; sw_admin and superusers always are.';

CREATE FUNCTION rules.fail(p_code text, p_field text, p_message text, p_detail text DEFAULT NULL, p_hint text DEFAULT NULL,
                           p_reason text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = p_code, COLUMN = COALESCE(p_field, ''), MESSAGE = p_message,
    DETAIL = COALESCE(p_detail, ''), HINT = COALESCE(p_hint, ''), CONSTRAINT = COALESCE(p_reason, '');
END
$$;
COMMENT ON FUNCTION rules.fail(text, text, text, text, text, text) IS
  'Raises error p_code (SWnnn) on field p_field (contacts[0].email for nested rows), in English; the client translates by code, and by p_reason (sent as the constraint name) when there is one.';

CREATE FUNCTION rules.require(VARIADIC p_roles text[]) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, rules
AS $$
BEGIN
  IF NOT rules.has_role(VARIADIC p_roles) THEN
    PERFORM rules.fail('SW003', NULL, 'this is not allowed for your role', p_hint => array_to_string(p_roles, ', '));
  END IF;
END
$$;
COMMENT ON FUNCTION rules.require(text[]) IS 'Raises SW003 unless the caller is a member of one of the roles.';

CREATE FUNCTION rules.office() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['sw_admin', 'sw_support', 'sw_staging', 'sw_adv', 'sw_accounting', 'sw_deployment', 'sw_technician'];
COMMENT ON FUNCTION rules.office() IS 'The group roles of the office, as opposed to partners and customers.';
