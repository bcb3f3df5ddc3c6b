-- Search anything finds lines, by whatever is typed (MLINE-02, TICK-06).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(22);
SELECT pg_temp.line(1, '{"number": "0639984217", "external_id": "L-9001"}') AS one \gset
SELECT pg_temp.line(2, '{"number": "0700 12345 67890", "last_name": "Balise", "first_name": null}') AS m2m \gset
SELECT pg_temp.sim(4217) AS sim \gset
SELECT rules.sim_reserve(:sim, l, 'x') FROM softwhere.service_line AS l WHERE id = :one;
CREATE FUNCTION pg_temp.found(p_text text) RETURNS text LANGUAGE sql AS $$ SELECT entity || ' ' || entity_id FROM api.search(p_text, 5) LIMIT 1 $$;
SELECT is(pg_temp.found(t), 'line ' || :one, t)
  FROM unnest('{0639984217,06 39 98 42 17,06.39.98.42.17,+33639984217,+33 6 39 98 42 17,+33 (0)6 39 98 42 17,0033639984217,33639984217,063998,984217,L-9001,l 9001,Zoé Épée}'::text[]) AS t;
SELECT is(pg_temp.found(t), 'line ' || :m2m, t) FROM unnest('{07001234567890,0700 1234 5678 90,+337001234567890,balise}'::text[]) AS t;
SELECT is(pg_temp.found((SELECT iccid FROM softwhere.sim_card WHERE id = :sim)), 'line ' || :one, 'by the number of its SIM card');
SELECT is((SELECT (page, record_id, title, subtitle)::text FROM api.search('0639984217', 1)), format('(line,%s,"06 39 98 42 17","Zoé L''Épée · Société T1")', :one), 'and opens the line (MLINE-02)');
SELECT is(pg_temp.found((SELECT number FROM softwhere.service WHERE id = :service)), 'service ' || :service, 'a site by its number');
SELECT is((SELECT count(*) FROM api.search('0639984217', 5)), 1::bigint, 'the office finds it');
SET LOCAL ROLE t_customer;
SELECT is((SELECT count(*) FROM api.search('0639984217', 5)), 0::bigint, 'another customer does not');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
