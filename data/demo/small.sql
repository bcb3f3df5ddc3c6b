-- The small demonstration: a reseller at Vannes with some sixty customers and contracts in every step and
-- indicator, made through the api as the office would have, by moving the business date.
--
-- Run by "softwhere-server demo CONNINFO small" as superuser, in the data folder. Nothing random: two loads
-- on the same business date hold the same. All names are invented.

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
\ir small/story.sql
\ir small/extras.sql
\ir play.sql
CALL demo.play(false);
\set lines 0
\set sims 0
\ir lib/parc.sql
\ir small/parc.sql
\ir small/end.sql

DROP SCHEMA demo CASCADE;
COMMIT;
\o
