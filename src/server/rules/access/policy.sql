-- How each domain opens its tables: SELECT only, filtered by row. Nobody ever gets INSERT, UPDATE or DELETE.

CREATE FUNCTION rules.grant_select(p_table regclass, p_roles text[], p_columns text[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('GRANT SELECT %s ON %s TO %s',
    (SELECT '(' || string_agg(quote_ident(c), ', ') || ')' FROM unnest(p_columns) AS c), p_table, array_to_string(p_roles, ', '));
END
$$;
COMMENT ON FUNCTION rules.grant_select(regclass, text[], text[]) IS 'Grants the reading of a table, or of some of its columns, to group roles.';

CREATE FUNCTION rules.let_read(p_table regclass, p_roles text[], p_columns text[] DEFAULT NULL, p_condition text DEFAULT 'true') RETURNS void
LANGUAGE plpgsql
SET search_path = rules, pg_catalog
AS $$
BEGIN
  PERFORM rules.grant_select(p_table, p_roles, p_columns);
  EXECUTE format('CREATE POLICY %I ON %s FOR SELECT TO %s USING (%s)',
    CASE WHEN p_roles = rules.office() THEN 'office_reads' WHEN p_roles @> rules.office() THEN 'everyone_reads' ELSE array_to_string(p_roles, '_') || '_reads' END,
    p_table, array_to_string(p_roles, ', '), p_condition);
END
$$;
COMMENT ON FUNCTION rules.let_read(regclass, text[], text[], text) IS 'Lets group roles read the rows of a table that meet a condition.';

CREATE FUNCTION rules.let_office_read(p_table regclass, p_columns text[] DEFAULT NULL) RETURNS void
LANGUAGE sql
SET search_path = rules, pg_catalog
AS $$ SELECT rules.let_read(p_table, rules.office(), p_columns) $$;
COMMENT ON FUNCTION rules.let_office_read(regclass, text[]) IS 'Lets the office read every row of a table (or only some columns of it).';

CREATE FUNCTION rules.let_customers_read(p_table regclass, p_customer_column text, p_columns text[] DEFAULT NULL, p_condition text DEFAULT 'true')
RETURNS void
LANGUAGE sql
SET search_path = rules, pg_catalog
AS $$
  -- In a sub-select, my_customer_ids() runs once a query and not once a row.
  SELECT rules.let_read(p_table, '{sw_partner,sw_customer}', p_columns,
    format('%I = ANY ((SELECT rules.my_customer_ids())::bigint[]) AND %s', p_customer_column, p_condition))
$$;
COMMENT ON FUNCTION rules.let_customers_read(regclass, text, text[], text) IS
  'Lets partners and customers read the rows whose p_customer_column is one of their customers.';

CREATE FUNCTION rules.let_call(p_function regprocedure, VARIADIC p_roles text[]) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p_function);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sw_admin, %s', p_function, array_to_string(p_roles, ', '));
END
$$;
COMMENT ON FUNCTION rules.let_call(regprocedure, text[]) IS 'Lets sw_admin and group roles call a function.';

CREATE FUNCTION rules.my_customer_ids() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(array_agg(c.id), '{}')
    FROM app_user AS u
    JOIN customer AS c ON c.id = u.customer_id AND pg_has_role(u.role_name, 'sw_customer', 'MEMBER')
                       OR c.introducer_id = u.introducer_id AND pg_has_role(u.role_name, 'sw_partner', 'MEMBER')
   WHERE u.role_name = rules.caller() AND u.active
$$;
COMMENT ON FUNCTION rules.my_customer_ids() IS
  'The customers of the caller: their own account, or those their business introducer brought. Empty for the office, whose policies do not ask.';

CREATE FUNCTION rules.my_introducer_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT introducer_id FROM app_user WHERE role_name = rules.caller() AND active $$;
COMMENT ON FUNCTION rules.my_introducer_id() IS 'The business introducer a partner logs in for, null for the others.';

CREATE FUNCTION rules.sees_customer(p_customer_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT rules.has_role(VARIADIC rules.office()) OR p_customer_id = ANY (rules.my_customer_ids()) $$;
COMMENT ON FUNCTION rules.sees_customer(bigint) IS 'Whether the caller may see a customer, for functions that run with the rights of the owner.';
