-- The change feed remembers a few hours: whoever was cut for longer reads everything again.

CREATE FUNCTION jobs.trim_change_feed(p_keep interval DEFAULT '6 hours', p_most bigint DEFAULT 100000) RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  WITH trimmed AS (
    DELETE FROM change_feed
     WHERE told_at < clock_timestamp() - p_keep
        OR xid <= (SELECT f.xid FROM change_feed AS f ORDER BY f.xid DESC OFFSET p_most LIMIT 1)
    RETURNING xid),
  noted AS (
    UPDATE live_state SET trimmed_xid = GREATEST(trimmed_xid, t.xid)
      FROM (SELECT xid FROM trimmed ORDER BY xid DESC LIMIT 1) AS t)
  SELECT count(*) FROM trimmed
$$;
COMMENT ON FUNCTION jobs.trim_change_feed(interval, bigint) IS
  'Forgets changes older than p_keep and all but the latest p_most; returns how many. Called hourly by pg_cron; superuser, sw_scheduler, sw_test.';
GRANT EXECUTE ON FUNCTION jobs.trim_change_feed(interval, bigint) TO sw_scheduler, sw_test;
