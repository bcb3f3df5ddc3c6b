-- Who is logged in, what they may choose from, what needs attention.

CREATE FUNCTION rules.my_roles() RETURNS text[]
LANGUAGE sql STABLE
SET search_path = rules, pg_catalog
AS $$
  SELECT ARRAY(SELECT r FROM unnest(rules.office() || '{sw_partner,sw_customer}') WITH ORDINALITY AS t (r, n)
                WHERE pg_has_role(rules.caller(), r, 'MEMBER') ORDER BY n)
$$;
COMMENT ON FUNCTION rules.my_roles() IS 'Group roles of the caller, the most powerful first.';

CREATE FUNCTION rules.role_label(p_role text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE p_role
  WHEN 'sw_admin' THEN 'Administrator' WHEN 'sw_support' THEN 'Support' WHEN 'sw_staging' THEN 'Staging'
  WHEN 'sw_adv' THEN 'Sales administration' WHEN 'sw_accounting' THEN 'Accounting' WHEN 'sw_deployment' THEN 'Deployment'
  WHEN 'sw_technician' THEN 'Technician' WHEN 'sw_partner' THEN 'Partner' WHEN 'sw_customer' THEN 'Customer' END;
COMMENT ON FUNCTION rules.role_label(text) IS 'A group role in words, English: clients translate.';

CREATE FUNCTION api.level() RETURNS int
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$ SELECT api_level FROM installation $$;
COMMENT ON FUNCTION api.level() IS 'The level of this api; a client refuses a server whose level is not its own. Everybody.';

CREATE FUNCTION api.session() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'user_name', rules.caller(),
    'display_name', COALESCE((SELECT display_name FROM app_user WHERE role_name = rules.caller()), rules.caller()),
    'role_label', rules.role_label((rules.my_roles())[1]),
    'roles', rules.my_roles(),
    'rights', to_jsonb(ARRAY(SELECT 'margin' WHERE rules.sees_margin()
      UNION SELECT proname FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND provolatile = 'v' AND has_function_privilege(oid, 'EXECUTE')
      ORDER BY 1)),
    'company_name', (SELECT name FROM company),
    'welcome_message', (SELECT welcome_message FROM company),
    'brand_color', (SELECT brand_color FROM company),
    'today', rules.today(),
    'position', pg_current_snapshot(),
    'api_level', api.level())
$$;
COMMENT ON FUNCTION api.session() IS
  'Who is logged in: user_name, display_name, role_label (English), roles, rights (what screens offer: margin, purchase prices, and the name of each function that changes something and may be called), company_name, welcome_message, brand_color, today, position (of the change feed, see api.changes_since), api_level. Everybody.';

CREATE FUNCTION api.choices() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'introducers', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY rules.fold(name), id), '[]')
                      FROM introducer WHERE active),
    'segments', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'name', name) ORDER BY kind, rules.fold(name)), '[]')
                   FROM segment),
    'legal_kinds', (SELECT jsonb_agg(jsonb_build_object('code', k, 'absent_fields', rules.fields_not_of_kind(k), 'rare_fields', rules.fields_rare_for_kind(k)) ORDER BY n)
                      FROM unnest('{company,liberal_profession,individual,public_body,association}'::text[]) WITH ORDINALITY AS t (k, n)),
    'contract_types', (SELECT COALESCE(jsonb_agg(jsonb_build_object('code', code, 'label', label, 'metered', metered) ORDER BY position, code), '[]')
                         FROM contract_type),
    'payment_methods', (SELECT COALESCE(jsonb_agg(jsonb_build_object('code', code, 'label', label) ORDER BY position, code), '[]')
                          FROM payment_method),
    'technologies', (SELECT COALESCE(jsonb_agg(jsonb_build_object('code', code, 'label', label) ORDER BY position, code), '[]') FROM technology),
    'operators', (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY rules.fold(name), id), '[]') FROM operator),
    'offer_kinds', (SELECT jsonb_agg(jsonb_build_object('code', k, 'absent_fields', rules.fields_not_of_offer(k)) ORDER BY n)
                      FROM unnest('{subscription,option,service,equipment}'::text[]) WITH ORDINALITY AS t (k, n)),
    'countries', (SELECT jsonb_agg(jsonb_build_object('code', code, 'name', name) ORDER BY code <> 'FR', rules.fold(name)) FROM country),
    'vat_rates', '["20", "10", "5.5", "2.1", "8.5", "13", "1.75", "1.05", "0.9", "0"]'::jsonb,
    'users', (SELECT COALESCE(jsonb_agg(jsonb_build_object('role_name', role_name, 'display_name', display_name) ORDER BY rules.fold(display_name)), '[]')
                FROM app_user WHERE active))
$$;
COMMENT ON FUNCTION api.choices() IS
  'What forms offer: introducers, segments, legal_kinds (with the fields each does not have, and those shown only when they are filled), contract_types, payment_methods, technologies (of catalogues), operators, offer_kinds (with the fields each does not have), countries (France first), vat_rates in %, users. Everybody, as far as they may see.';

CREATE FUNCTION rules.open_failures() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT count(*) FROM job_failure WHERE resolved_at IS NULL AND rules.has_role(VARIADIC rules.office()) $$;
COMMENT ON FUNCTION rules.open_failures() IS 'Contracts the schedule could not bill; none of the business of partners and customers.';

CREATE FUNCTION api.badges() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'customers', (SELECT count(*) FROM customer WHERE status NOT IN ('obsolete', 'terminated')),
    'contracts', (SELECT count(*) FROM api.contract WHERE indicator = 'alert'),
    'invoices', (SELECT count(*) FROM invoice WHERE status = 'issued' AND balance > 0 AND payment_due_on < (SELECT rules.today())),
    'orders', (SELECT count(*) FROM sales_order WHERE status = 'draft'),
    'operations', (SELECT count(*) FROM line_request WHERE status IN ('queued', 'sent')),
    'administration', rules.open_failures())
$$;
COMMENT ON FUNCTION api.badges() IS
  'Numbers of the sidebar: live customers, contracts in alert, overdue invoices, orders being entered, requests operators have not answered, open failures of the schedule. Office; partners and customers see their own.';

CREATE VIEW api.postcode WITH (security_invoker = true) AS
SELECT id, postcode, city, insee_code, latitude, longitude FROM softwhere.postcode;
COMMENT ON VIEW api.postcode IS 'French postcodes and communes. Everybody.';

CREATE FUNCTION api.postcode_city(p_postcode text) RETURNS TABLE (postcode text, city text, insee_code text, latitude double precision, longitude double precision)
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT p.postcode, p.city, p.insee_code, p.latitude, p.longitude FROM postcode AS p
   WHERE p.postcode = btrim(p_postcode) ORDER BY p.city, p.insee_code
$$;
COMMENT ON FUNCTION api.postcode_city(text) IS 'The communes of a French postcode with their centre in degrees. Everybody.';

SELECT rules.let_call(f, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest('{api.level(),api.session(),api.choices(),api.badges(),api.postcode_city(text),rules.open_failures()}'::regprocedure[]) AS f;
SELECT rules.let_read(t, rules.office() || '{sw_partner,sw_customer}')
  FROM unnest('{softwhere.country,softwhere.postcode,softwhere.activity_code}'::regclass[]) AS t;
-- Names of colleagues for the office; the others see only themselves.
SELECT rules.let_office_read('softwhere.app_user');
SELECT rules.let_read('softwhere.app_user', '{sw_partner,sw_customer}', NULL, 'role_name = (SELECT rules.caller())');
