-- Logins of the demonstration, one per group of the office, without password: whoever keeps the
-- demonstration gives them one (build-aux/local-server does). Never run on a server with real data.

DO $$
DECLARE
  v_login record;
BEGIN
  FOR v_login IN
    SELECT * FROM (VALUES
      ('admin', 'sw_admin'), ('adv', 'sw_adv'), ('compta', 'sw_accounting'),
      ('support', 'sw_support'), ('staging', 'sw_staging'), ('deploiement', 'sw_deployment'),
      ('technicien', 'sw_technician'), ('partenaire', 'sw_partner'), ('client', 'sw_customer')
    ) AS t (name, role)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_login.name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', v_login.name);
    END IF;
    EXECUTE format('GRANT %I TO %I', v_login.role, v_login.name);
  END LOOP;
END
$$;
