-- Who sees what things cost the reseller (LINE-14, "vue gestionnaire"). Purchase prices are columns nobody else may SELECT;
-- views of their own show them, which fail for the others.

CREATE FUNCTION rules.managers() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['sw_admin', 'sw_accounting'];
COMMENT ON FUNCTION rules.managers() IS 'The group roles that see purchase prices and margins.';

CREATE FUNCTION rules.sees_margin() RETURNS boolean
LANGUAGE sql STABLE
SET search_path = rules, pg_temp
AS $$ SELECT rules.has_role(VARIADIC rules.managers()) $$;
COMMENT ON FUNCTION rules.sees_margin() IS 'Whether the caller sees purchase prices.';

CREATE FUNCTION rules.let_office_read_but_cost(p_table regclass) RETURNS void
LANGUAGE sql
SET search_path = rules, pg_temp
AS $$
  SELECT rules.let_office_read(p_table, rules.columns_but(p_table, 'purchase_price'));
  SELECT rules.grant_select(p_table, rules.managers())
$$;
COMMENT ON FUNCTION rules.let_office_read_but_cost(regclass) IS 'Lets the office read every row of a table, and only managers its purchase_price.';
