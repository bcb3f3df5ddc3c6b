-- The page Administration, in one round trip.

CREATE FUNCTION api.administration_record() RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  RETURN rules.numbers_as_text(jsonb_build_object(
    'company', (SELECT to_jsonb(c) FROM api.company AS c),
    'parameter', (SELECT to_jsonb(p) FROM api.parameter AS p),
    'payment_methods', (SELECT COALESCE(jsonb_agg(to_jsonb(m) ORDER BY m.position, m.code), '[]') FROM api.payment_method AS m),
    'number_series', (SELECT COALESCE(jsonb_agg(to_jsonb(s) ORDER BY array_position('{invoice,credit_note,customer,contract,mandate}'::text[], s.code)), '[]')
                        FROM api.number_series AS s),
    'operators', (SELECT COALESCE(jsonb_agg(to_jsonb(o) - 'search_text' || jsonb_build_object('in_stock', k.in_stock, 'is_low', k.is_low) ORDER BY o.search_text, o.id), '[]')
                    FROM api.operator AS o JOIN api.sim_stock AS k USING (id)),
    'introducers', (SELECT COALESCE(jsonb_agg(to_jsonb(i) - 'search_text' || jsonb_build_object('proposed_login', jsonb_build_object(
                       'introducer_id', i.id, 'display_name', i.name, 'email', i.email, 'phone', i.phone)) ORDER BY i.search_text, i.id), '[]')
                      FROM api.introducer AS i),
    'users', (SELECT COALESCE(jsonb_agg(to_jsonb(u) || jsonb_build_object('may_change',
                  rules.has_role(VARIADIC CASE WHEN num_nonnulls(u.customer_id, u.introducer_id) = 0 THEN '{sw_admin}' ELSE '{sw_admin,sw_adv}' END::text[]))
                ORDER BY rules.fold(u.display_name)), '[]') FROM api.app_user AS u),
    'roles', rules.role_rights(),
    'may_add_user', rules.has_role('sw_admin'),
    'may_give_access', rules.has_role('sw_admin', 'sw_adv')));
END
$$;
COMMENT ON FUNCTION api.administration_record() IS
  'Everything the page Administration shows: company, parameter, payment_methods, number_series, operators (with their SIM cards in stock), introducers (each with its proposed_login), users (may_change: by the caller), roles (rules.role_rights), may_add_user, may_give_access. SW003. Administrator, sales administration, accounting.';
SELECT rules.let_call('api.administration_record()', 'sw_adv', 'sw_accounting');
