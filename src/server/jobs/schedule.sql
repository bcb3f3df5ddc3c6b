-- The only file that names pg_cron; run as superuser at each upgrade, where pg_cron is installed. pg_cron 1.4 fires in GMT:
-- hourly, so that the business date of Paris is met whatever the season, and what was missed is caught up within the hour.

SELECT cron.schedule_in_database('softwhere-run-due', '5 * * * *', 'SELECT jobs.run_due(rules.today())', current_database(), 'sw_scheduler');
SELECT cron.schedule_in_database('softwhere-trim-change-feed', '35 * * * *', 'SELECT jobs.trim_change_feed()', current_database(), 'sw_scheduler');
SELECT cron.schedule_in_database('softwhere-apply-line-requests', '15 * * * *', 'SELECT jobs.apply_line_requests(rules.today())', current_database(), 'sw_scheduler');
SELECT cron.schedule_in_database('softwhere-trim-requests', '45 * * * *', 'SELECT jobs.trim_requests()', current_database(), 'sw_scheduler');

-- Jobs an earlier version had.
SELECT cron.unschedule(jobid) FROM cron.job
 WHERE database = current_database() AND jobname LIKE 'softwhere-%' AND jobname <> ALL ('{softwhere-run-due,softwhere-trim-change-feed,softwhere-apply-line-requests,softwhere-trim-requests}');
