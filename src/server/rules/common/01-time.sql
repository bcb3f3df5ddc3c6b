-- Business time: Europe/Paris, and nowhere else. In set-based queries write (SELECT rules.today()) so that it is read once.

CREATE FUNCTION rules.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT CASE
    WHEN COALESCE(current_setting('softwhere.today', true), '') <> ''
         AND (pg_has_role(session_user, 'sw_test', 'MEMBER') OR pg_has_role(session_user, 'sw_scheduler', 'MEMBER'))
    THEN current_setting('softwhere.today')::date
    ELSE (now() AT TIME ZONE 'Europe/Paris')::date
  END
$$;
COMMENT ON FUNCTION rules.today() IS
  'The business date in Paris. The setting softwhere.today replaces it for superusers, members of sw_test, and sw_scheduler, which walks the days it missed; for nobody else.';

CREATE FUNCTION rules.now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
  SELECT CASE
    WHEN COALESCE(current_setting('softwhere.today', true), '') <> ''
         AND (pg_has_role(session_user, 'sw_test', 'MEMBER') OR pg_has_role(session_user, 'sw_scheduler', 'MEMBER'))
    THEN (rules.today() + (now() AT TIME ZONE 'Europe/Paris')::time) AT TIME ZONE 'Europe/Paris'
    ELSE now()
  END
$$;
COMMENT ON FUNCTION rules.now() IS 'The present instant, moved to the business date when softwhere.today is set.';
