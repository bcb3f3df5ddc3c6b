-- Loaded last: what holds for every object, whichever domain made it.

DO $$
DECLARE
  v_everyone text := array_to_string(rules.office() || '{sw_partner,sw_customer}', ', ');
  v_object record;
BEGIN
  -- A table nobody wrote a policy for shows nothing.
  FOR v_object IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_object.name);
  END LOOP;

  EXECUTE 'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA api, rules, jobs FROM PUBLIC';
  EXECUTE format('GRANT USAGE ON SCHEMA softwhere, rules, api TO %s', v_everyone);
  -- Views run with the rights of whoever asks: the tables below and their policies decide.
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA api TO %s', v_everyone);

  -- A helper that reads with the rights of its caller gives nothing away. Those with the rights of the owner are granted by name.
  FOR v_object IN
    SELECT oid::regprocedure AS name FROM pg_proc
     WHERE pronamespace = 'rules'::regnamespace AND provolatile <> 'v' AND NOT prosecdef AND prorettype <> 'trigger'::regtype
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', v_object.name, v_everyone);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION rules.my_customer_ids(), rules.my_introducer_id(), rules.sees_customer(bigint), rules.fail(text, text, text, text, text, text) TO %s',
    v_everyone);
END
$$;
