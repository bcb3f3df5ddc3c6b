-- Changing offers: two rows, never an update; one subscription on each day; from the first of next month (LINE-08, MLINE-07, MLINE-15).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SET LOCAL softwhere.today = '2026-01-10';
SELECT plan(40);
SELECT pg_temp.line_in('active', 1) AS one \gset
CREATE FUNCTION pg_temp.history(p_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', code, to_char(starts_on, 'MM-DD') || '…' || COALESCE(to_char(ends_on, 'MM-DD'), '')), ', ' ORDER BY starts_on, id) FROM softwhere.line_offer WHERE line_id = p_id
$$;
SELECT is(pg_temp.history(:one), 'P10 01-10…', 'it begins with the line');

-- Today.
SET LOCAL softwhere.today = '2026-02-15';
SELECT is((SELECT concat_ws(' ', status, code) FROM api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p20, 'price', '18.00', 'options', jsonb_build_array(jsonb_build_object('offer_id', :world))))), 'applied', 'changed');
SELECT is(pg_temp.history(:one), 'P10 01-10…02-14, P20 02-15…, MONDE 02-15…', 'two rows: one ends the day before, one begins');
SELECT is((subscription, options, monthly_net)::text, '("Offre P20","Offre MONDE",23.00)', 'today''s') FROM api.line WHERE id = :one;

-- Again the same day: the first one never counted.
SELECT api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p10));
SELECT is(pg_temp.history(:one), 'P10 01-10…02-14, P20 02-15…02-14, MONDE 02-15…, P10 02-15…', 'replaced on its first day, kept without a day; options that fit go on');

-- From the first of next month.
SELECT is((SELECT status FROM api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p20), '2026-03-01')), 'accepted', 'asked for the first of next month');
SELECT is((SELECT subscription FROM api.line WHERE id = :one), 'Offre P10', 'nothing changed yet');
SELECT is((SELECT code || ' ' || field FROM api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p10), '2026-04-01')), 'SW012 action', 'not twice at once');
SELECT is(rules.apply_line_requests('2026-03-31'), 0, 'not before its day');
SET LOCAL softwhere.today = '2026-03-01';
SELECT is(jobs.apply_line_requests('2026-03-01'), 1, 'applied on its day, by the schedule');
SELECT is(pg_temp.history(:one), 'P10 01-10…02-14, P20 02-15…02-14, MONDE 02-15…, P10 02-15…02-28, P20 03-01…', 'from that day');
SELECT is(rules.apply_line_requests('2026-03-01'), 0, 'once');
SELECT is((SELECT string_agg(status || ' ' || applied_on, ', ' ORDER BY id) FROM api.line_request WHERE line_id = :one AND action = 'line_change_offer'), 'applied 2026-02-15, applied 2026-02-15, applied 2026-03-01', 'dated rows');

-- A server that slept applies it late, on the day asked.
SELECT api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p10, 'options', '[]'::jsonb), '2026-04-01');
SET LOCAL softwhere.today = '2026-04-20';
SELECT rules.apply_line_requests('2026-04-20');
SELECT is(pg_temp.history(:one), 'P10 01-10…02-14, P20 02-15…02-14, MONDE 02-15…03-31, P10 02-15…02-28, P20 03-01…03-31, P10 04-01…', 'options not named end too');

-- International options replace each other.
SELECT api.line_international(ARRAY[:one], :europe);
SET LOCAL softwhere.today = '2026-04-25';
SELECT api.line_international(ARRAY[:one], :world, p_price => '4.20');
SELECT is((SELECT string_agg(concat_ws(' ', code, price, starts_on, ends_on), ', ' ORDER BY id) FROM softwhere.line_offer WHERE line_id = :one AND starts_on > '2026-04-01'),
  'EUROPE 3.000000 2026-04-20 2026-04-24, MONDE 4.200000 2026-04-25', 'one ends, the other begins at its price');
SELECT api.line_international(ARRAY[:one], NULL);
SELECT is((SELECT options FROM api.line WHERE id = :one), NULL, 'or none');
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_international(ARRAY[:one], o)), e, e)
  FROM (VALUES (:data, 'SW004 throughput_mbps'), (:p20, 'SW005 offer_id not_an_option')) AS t (o, e);
SELECT api.offer_save(jsonb_build_object('id', :p10, 'option_ids', jsonb_build_array(:europe)));
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_international(ARRAY[:one], :world)), 'SW005 offer_id option_not_compatible', 'options a subscription does not name are refused');
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_change_offer(ARRAY[:one], o)), e, e)
  FROM (VALUES (jsonb_build_object('offer_id', :world), 'SW005 offer_id not_a_subscription'), ('{"offer_id": null}', 'SW004 offer_id'), ('{"offer_id": 0}', 'SW002 offer_id'),
    (jsonb_build_object('offer_id', :p10, 'options', jsonb_build_array(jsonb_build_object('offer_id', :world))), 'SW005 options[0].offer_id option_not_compatible'),
    (jsonb_build_object('offer_id', :p10, 'price', 'dear'), 'SW005 price invalid_number')) AS t (o, e);
SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :orange)) AS orange_mobile \gset
SELECT pg_temp.offer('O10', '10') AS o10 \gset
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :o10))), 'SW005 offer_id offer_of_another_operator', 'an offer the operator of the line does not sell');
SELECT is((SELECT string_agg(code || ' ' || title, ', ') FROM api.offer_options(:p10)), 'EUROPE Offre EUROPE', 'the options a subscription takes');
SELECT is((SELECT string_agg(code || ' ' || title, ', ' ORDER BY code) FROM api.offer_options(NULL, 'international')), 'EUROPE Offre EUROPE – Actif, MONDE Offre MONDE – Actif', 'those of a family, each with its operator');
SELECT is((SELECT code || ' ' || field || ' ' || reason FROM api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p20), '2026-04-24')), 'SW005 effective_on in_the_past', 'never in the past');

-- A price changed in the catalogue reaches no line.
SELECT api.offer_save(jsonb_build_object('id', :p10, 'price', '99'));
SELECT is((SELECT monthly_net FROM api.line WHERE id = :one), 10.00, 'what was sold keeps its price');

-- The line goes away while a change waits: the change is cancelled; nothing stays open.
SELECT api.line_change_offer(ARRAY[:one], jsonb_build_object('offer_id', :p20), '2026-05-01');
SELECT api.line_terminate(ARRAY[:one], 'Départ');
SELECT is((SELECT count(*) FROM api.line_request WHERE line_id = :one AND is_open), 0::bigint, 'termination cancels what waits');
SELECT is((SELECT count(*) FROM softwhere.line_offer WHERE line_id = :one AND ends_on IS NULL), 0::bigint, 'and ends every offer');
SELECT is((SELECT (activity, terminated_on, data ->> 'cause')::text FROM api.line AS l JOIN api.line_request AS r ON r.line_id = l.id AND r.action = 'line_terminate' WHERE l.id = :one), '(terminated,2026-04-25,Départ)', 'with its cause');

-- What has an end of its own beyond the line's ends with the line: an option for a season, one that begins later, not one that is over.
SELECT pg_temp.line_in('active', 2) AS two \gset
INSERT INTO softwhere.line_offer (line_id, customer_id, kind, code, label, starts_on, ends_on)
SELECT id, customer_id, 'option', o, o, s::date, e::date
  FROM softwhere.service_line, (VALUES ('SAISON', '2026-04-25', '2026-08-31'), ('PLUS TARD', '2026-06-01', '2026-06-30'), ('PASSEE', '2026-04-25', '2026-04-26')) AS t (o, s, e) WHERE id = :two;
SET LOCAL softwhere.today = '2026-05-10';
SELECT throws_ok(format($$UPDATE softwhere.line_offer SET ends_on = '2026-05-09' WHERE line_id = %s AND code = 'SAISON'$$, :two), 'SW016', NULL, 'an end does not come forward by hand');
SELECT api.line_terminate(ARRAY[:two], p_effective_on => '2026-05-20');
SELECT is(pg_temp.history(:two), 'P10 04-25…, SAISON 04-25…08-31, PASSEE 04-25…04-26, PLUS TARD 06-01…06-30', 'nothing ends before the day');
SET LOCAL softwhere.today = '2026-05-20';
SELECT is(rules.apply_line_requests('2026-05-20'), 1, 'the day comes');
SELECT is(pg_temp.history(:two), 'P10 04-25…05-19, SAISON 04-25…05-19, PASSEE 04-25…04-26, PLUS TARD 06-01…05-31', 'all end with the line at the latest (MLINE-13)');
SELECT is((SELECT monthly_net FROM api.line WHERE id = :two), (SELECT monthly_net FROM api.line WHERE id = :one), 'and bring nothing any more');
SELECT throws_ok(format($$UPDATE softwhere.line_offer SET ends_on = '2026-05-18' WHERE line_id = %s AND code = 'SAISON'$$, :two), 'SW016', NULL, 'after that they are history');

-- On any day, at most one subscription.
SELECT throws_ok(format($$INSERT INTO softwhere.line_offer (line_id, customer_id, kind, code, label, starts_on) SELECT id, customer_id, 'subscription', 'X', 'X', '2026-02-01' FROM softwhere.service_line WHERE id = %s$$, :one),
  '23P01', NULL, 'the table itself refuses a second subscription on one day');
SELECT is_empty($$SELECT line_id FROM softwhere.line_offer AS a JOIN softwhere.line_offer AS b USING (line_id) WHERE a.kind = 'subscription' AND b.kind = 'subscription' AND a.id < b.id
  AND daterange(a.starts_on, a.ends_on + 1) && daterange(b.starts_on, b.ends_on + 1)$$, 'and no line has one');
SELECT * FROM finish();
ROLLBACK;
