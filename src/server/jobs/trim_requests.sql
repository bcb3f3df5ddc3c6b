-- The keys of requests are for clients that come back after a cut: whoever was away for longer finds the record as it is.

CREATE FUNCTION jobs.trim_requests(p_keep interval DEFAULT '7 days') RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  WITH trimmed AS (DELETE FROM request WHERE asked_at < clock_timestamp() - p_keep RETURNING key)
  SELECT count(*) FROM trimmed
$$;
COMMENT ON FUNCTION jobs.trim_requests(interval) IS
  'Forgets requests older than p_keep; returns how many. Called hourly by pg_cron; superuser, sw_scheduler, sw_test.';
GRANT EXECUTE ON FUNCTION jobs.trim_requests(interval) TO sw_scheduler, sw_test;
