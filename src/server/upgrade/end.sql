-- Last part of the transaction of "softwhere-server upgrade", as sw_owner.

-- A table nobody wrote a policy for is closed, not open.
DO $$
DECLARE
  v_table regclass;
BEGIN
  FOR v_table IN
    SELECT oid FROM pg_class
     WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
  END LOOP;
END
$$;

CREATE POLICY everyone_reads ON softwhere.installation FOR SELECT USING (true);
CREATE POLICY admin_reads ON softwhere.migration FOR SELECT TO sw_admin USING (true);
GRANT SELECT ON softwhere.installation TO sw_test, sw_admin, sw_support, sw_staging, sw_adv,
  sw_accounting, sw_deployment, sw_technician, sw_partner, sw_customer;
GRANT SELECT ON softwhere.migration TO sw_admin;

INSERT INTO softwhere.installation (api_level, upgraded_at)
VALUES (:'api_level', now())
ON CONFLICT (only_row) DO UPDATE SET (api_level, upgraded_at) = (excluded.api_level, excluded.upgraded_at);
