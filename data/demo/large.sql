-- The large demonstration: the small one among 5 000 customers, 12 000 contracts (2 000 metered) and the 200 000
-- invoices of their last years. Contracts are made set-based straight in the tables, then billed by the schedule.
--
-- Run by "softwhere-server demo CONNINFO large" as superuser, in the data folder. For a benchmark of another
-- size: psql -v customers=100000 -v contracts=0 -v metered=0 -f demo/large.sql (metered at most contracts).

\if :{?customers}
\else
  \set customers 5000
\endif
\if :{?contracts}
\else
  \set contracts 12000
\endif
\if :{?metered}
\else
  \set metered 2000
\endif
\if :{?months}
\else
  \set months 62
\endif

\set ON_ERROR_STOP on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT set_config('demo.today', rules.today()::text, false), set_config('demo.was_today', COALESCE(current_setting('softwhere.today', true), ''), false);

\ir lib/generator.sql
\ir lib/people.sql
\ir lib/places.sql
\ir lib/business.sql
\ir lib/offers.sql
\ir office.sql
\ir lib/catalogue.sql
\ir small/customers.sql
\ir small/contracts.sql
\ir large/customers.sql
\ir large/contracts.sql
\ir small/story.sql
\ir small/extras.sql
\ir large/history.sql
\ir play.sql
COMMIT;

CALL demo.play(true);

BEGIN;
SET LOCAL client_min_messages = warning;
SELECT :customers * 12 AS lines, :customers * 4 AS sims \gset
\ir lib/parc.sql
\ir small/parc.sql
\ir small/end.sql

DROP SCHEMA demo CASCADE;
COMMIT;
VACUUM (ANALYZE) softwhere.contract, softwhere.contract_item, softwhere.invoice, softwhere.invoice_line, softwhere.payment,
  softwhere.meter_reading, softwhere.customer;
\o
