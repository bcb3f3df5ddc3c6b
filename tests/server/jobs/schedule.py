"""pg_cron really bills, as sw_scheduler: the job of jobs/schedule.sql, moved to the next minute, on a contract due today.

pg_cron 1.4 fires at most once a minute; the test polls job_run and cron.job_run_details for two of them. TAP on standard
output; needs SOFTWHERE_TEST_URI."""

import os
import subprocess
import sys
import time

URI = os.environ["SOFTWHERE_TEST_URI"]


def sql(text):
    return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", URI], input=text, text=True,
                          check=True, stdout=subprocess.PIPE).stdout.strip()


results = []


def check(condition, name, got=None):
    results.append(condition)
    print(f"{'ok' if condition else 'not ok'} {len(results)} - {name}" + ("" if condition else f"  # got {got!r}"), flush=True)


job = sql("SELECT jobid, schedule, command, username, active FROM cron.job WHERE jobname = 'softwhere-run-due'")
check(job.endswith("|5 * * * *|SELECT jobs.run_due(rules.today())|sw_scheduler|t"), "one hourly job, as sw_scheduler", job)
check(sql("SELECT string_agg(jobname, ' ' ORDER BY jobname) FROM cron.job") ==
      "softwhere-apply-line-requests softwhere-run-due softwhere-trim-change-feed softwhere-trim-requests",
      "one for what is asked of operators, two that trim, and no other")
jobid = job.split("|")[0]

# Due today: the first invoice was issued a month ago, dated in the past of this empty database.
contract = sql("""
  INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
  VALUES ('CRON', 'company', 'Planifié', '2020-01-01', 't', 't');
  INSERT INTO softwhere.billing_site (customer_id, name) SELECT id, 'Siège' FROM softwhere.customer WHERE number = 'CRON';
  SELECT (rules.today() - interval '1 month')::date AS start \\gset
  SET softwhere.today = :'start';
  SELECT api.contract_save(jsonb_build_object('customer_id', s.customer_id, 'issued_on', :'start', 'sent_on', :'start', 'signed_on', :'start',
           'effective_on', :'start', 'end_on', (:'start'::date + interval '2 years')::date - 1, 'periodicity_months', 1,
           'items', '[{"label": "Fibre", "unit_price": "30"}]'::jsonb, 'equipment', '[{"label": "Routeur"}]'::jsonb)) AS contract
    FROM softwhere.billing_site AS s ORDER BY s.id DESC LIMIT 1 \\gset
  SELECT api.contract_start(:contract) \\g /dev/null
  SELECT api.contract_issue_first_invoice(:contract) \\g /dev/null
  SELECT :contract""")
sql(f"SELECT cron.alter_job({jobid}, schedule => '* * * * *') \\g /dev/null")

deadline = time.monotonic() + 150
issued = ""
while not issued and time.monotonic() < deadline:
    issued = sql(f"""SELECT concat_ws(' ', kind, created_by, issued_on = due_period_on) FROM softwhere.invoice
                      WHERE contract_id = {contract} AND kind = 'periodic'""")
    if not issued:
        time.sleep(0.5)
sql(f"SELECT cron.alter_job({jobid}, schedule => '5 * * * *') \\g /dev/null")
details = sql(f"SELECT status, return_message FROM cron.job_run_details WHERE jobid = {jobid} ORDER BY runid LIMIT 3")
check(issued == "periodic sw_scheduler t", "pg_cron issued the due invoice, dated its due day", (issued, details))
check(sql("SELECT count(*), sum(invoices) FROM softwhere.job_run WHERE finished_at IS NOT NULL") == "1|1", "one run recorded",
      sql("SELECT * FROM softwhere.job_run"))
check(sql("SELECT bool_or(status = 'succeeded') FROM cron.job_run_details") == "t", "pg_cron calls it a success", details)
check(sql("SELECT has_function_privilege('sw_scheduler', 'api.invoice_pay(bigint,numeric,date,text)', 'EXECUTE'), rolcanlogin, rolpassword IS NULL "
          "FROM pg_authid WHERE rolname = 'sw_scheduler'") == "f|t|t", "sw_scheduler may do nothing else and has no password")
print(f"1..{len(results)}")
sys.exit(not all(results))
