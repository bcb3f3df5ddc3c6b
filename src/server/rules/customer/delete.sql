-- A customer typed by mistake, or twice, goes; one for whom something was made stays.

CREATE FUNCTION api.customer_delete(p_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  PERFORM FROM customer WHERE id = p_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  DELETE FROM attachment WHERE customer_id = p_id AND entity IN ('customer', 'billing_site', 'mandate');
  DELETE FROM mandate WHERE customer_id = p_id;
  DELETE FROM billing_site WHERE customer_id = p_id;
  DELETE FROM customer WHERE id = p_id;
  RETURN p_id;
EXCEPTION WHEN foreign_key_violation THEN
  PERFORM rules.fail('SW013', NULL, 'something was made for this customer: terminate it instead', p_reason => 'customer_in_use');
END
$$;
COMMENT ON FUNCTION api.customer_delete(bigint) IS
  'Removes a customer for whom nothing was ever made, with its contacts, sites, mandates, notes and files; the journal keeps what they were. Returns the id. SW002; SW013 (customer_in_use) once it has a contract, order, invoice, site of installation, line, machine, card or login. Administrator, sales administration, accounting.';
SELECT rules.let_call('api.customer_delete(bigint)', 'sw_adv', 'sw_accounting');
