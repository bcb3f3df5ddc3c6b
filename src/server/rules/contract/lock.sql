-- One transition of a contract at a time.

CREATE FUNCTION rules.contract_lock(p_id bigint) RETURNS softwhere.contract
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  SELECT * INTO v_contract FROM contract WHERE id = p_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', NULL, format('there is no contract %s', p_id));
  END IF;
  RETURN v_contract;
END
$$;
COMMENT ON FUNCTION rules.contract_lock(bigint) IS 'The contract, locked until the end of the transaction; SW002 when there is none.';

CREATE FUNCTION rules.is_live(p_step text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_step NOT IN ('closed', 'cancelled');
COMMENT ON FUNCTION rules.is_live(text) IS 'Whether a contract in this step can still change.';
