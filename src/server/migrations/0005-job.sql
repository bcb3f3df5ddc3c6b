-- What the schedule did.

CREATE TABLE job_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job text NOT NULL,
  until_on date NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  invoices int NOT NULL DEFAULT 0,
  transitions int NOT NULL DEFAULT 0,
  failures int NOT NULL DEFAULT 0
);
COMMENT ON TABLE job_run IS 'Each run of a scheduled job that had something to do.';

CREATE TABLE job_failure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_run_id bigint NOT NULL REFERENCES job_run ON DELETE CASCADE,
  contract_id bigint REFERENCES contract ON DELETE CASCADE,
  customer_id bigint,
  due_on date,
  kind text,
  code text NOT NULL,
  message text NOT NULL,
  detail text,
  first_failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts int NOT NULL DEFAULT 1,
  resolved_at timestamptz
);
CREATE UNIQUE INDEX job_failure_open_once ON job_failure (contract_id, kind, due_on) WHERE resolved_at IS NULL;
CREATE INDEX job_failure_run ON job_failure (job_run_id);
COMMENT ON TABLE job_failure IS 'A contract the schedule could not bill, why, and since when; one open row per contract, kind and due date.';
