-- One login for each group role, a partner, a customer, and how to ask what a statement refuses.
-- Include inside the transaction of a test, as superuser: \ir ../lib/people.sql

SET LOCAL softwhere.today = '2026-11-22';

CREATE ROLE t_admin LOGIN IN ROLE sw_admin;
CREATE ROLE t_support LOGIN IN ROLE sw_support;
CREATE ROLE t_staging LOGIN IN ROLE sw_staging;
CREATE ROLE t_adv LOGIN IN ROLE sw_adv;
CREATE ROLE t_accounting LOGIN IN ROLE sw_accounting;
CREATE ROLE t_deployment LOGIN IN ROLE sw_deployment;
CREATE ROLE t_technician LOGIN IN ROLE sw_technician;
CREATE ROLE t_partner LOGIN IN ROLE sw_partner;
CREATE ROLE t_customer LOGIN IN ROLE sw_customer;
CREATE ROLE t_nobody LOGIN;
INSERT INTO softwhere.app_user (role_name, display_name)
SELECT 't_' || r, initcap(r) FROM unnest('{admin,support,staging,adv,accounting,deployment,technician,partner,customer}'::text[]) AS r;

-- What a statement refuses: 'SW005 siret invalid_siret' (code, field, reason); 'nothing' when it passes. Undone in any case.
CREATE FUNCTION pg_temp.refusal(p_sql text, p_role text DEFAULT 'none') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_state text; v_field text; v_reason text; v_before text := current_setting('role');
BEGIN
  PERFORM set_config('role', p_role, true) WHERE p_role <> 'none';
  EXECUTE p_sql;
  RAISE SQLSTATE 'TOK00';
EXCEPTION WHEN SQLSTATE 'TOK00' THEN
  PERFORM set_config('role', v_before, true);
  RETURN 'nothing';
WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS v_state = RETURNED_SQLSTATE, v_field = COLUMN_NAME, v_reason = CONSTRAINT_NAME;
  RETURN concat_ws(' ', v_state, NULLIF(v_field, ''), CASE WHEN v_state LIKE 'SW%' THEN NULLIF(v_reason, '') END);
END $$;

-- The same for saving a customer.
CREATE FUNCTION pg_temp.save_refusal(p_data jsonb, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.customer_save(%L)', p_data), p_role)
$$;
