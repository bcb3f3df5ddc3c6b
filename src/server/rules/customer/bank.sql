-- Bank data of customers: in full for who collects, masked for the others.

CREATE FUNCTION rules.sees_bank() RETURNS boolean
LANGUAGE sql STABLE
SET search_path = rules, pg_temp
AS $$ SELECT rules.has_role('sw_adv', 'sw_accounting') $$;
COMMENT ON FUNCTION rules.sees_bank() IS 'Whether the caller may see bank data in full: administrator, sales administration, accounting.';

CREATE FUNCTION rules.mandate_iban(p_mandate_id bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT CASE WHEN rules.sees_bank() THEN iban ELSE rules.iban_masked(iban) END
    FROM mandate WHERE id = p_mandate_id AND rules.sees_customer(customer_id)
$$;
COMMENT ON FUNCTION rules.mandate_iban(bigint) IS 'The IBAN of a mandate, masked (FR76 •••• •••• 0189) unless the caller may see it.';

CREATE FUNCTION rules.mandate_bic(p_mandate_id bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT bic FROM mandate WHERE id = p_mandate_id AND rules.sees_bank() $$;
COMMENT ON FUNCTION rules.mandate_bic(bigint) IS 'The BIC of a mandate, null unless the caller may see it.';

GRANT EXECUTE ON FUNCTION rules.mandate_iban(bigint), rules.mandate_bic(bigint)
  TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment, sw_technician, sw_partner, sw_customer;
