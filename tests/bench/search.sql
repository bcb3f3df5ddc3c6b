-- api.search among :names records with a name and a phone each, twice as many names and numbers, as somebody of the office:
-- searches by number, by words and with mistakes. The floor is one bare probe of a trigram index over the same names in the same
-- run: LIKE '%part of a word%' LIMIT 50. Names are those of French communes, so that they share words as real ones do.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA bench;
SET search_path = bench, softwhere, rules;

CREATE TABLE family AS
SELECT row_number() OVER (ORDER BY md5(city)) - 1 AS n, initcap(city) AS name FROM (SELECT DISTINCT city FROM softwhere.postcode) AS t;
CREATE UNIQUE INDEX ON family (n);
ANALYZE family;
SELECT count(*) AS families FROM family \gset

-- Straight into what search reads: the records behind it would take longer to make than to search. The common names come often.
CREATE TABLE item AS
SELECT s.n, CASE s.n % 2
         WHEN 0 THEN (ARRAY['Boulangerie', 'Pharmacie', 'Garage', 'Cabinet', 'Restaurant', 'Transports', 'Clinique', 'Hôtel', 'Optique', 'Menuiserie'])[1 + s.n / 2 % 10]
                || ' ' || f.name
         ELSE (ARRAY['Anne', 'Camille', 'Claire', 'Élise', 'Françoise', 'Jean', 'Pierre', 'Michel', 'Christophe', 'Sébastien', 'Gwenaëlle', 'Xavier', 'Yves',
                     'Stéphanie', 'Nathalie'])[1 + s.n / 2 % 15] || ' ' || f.name END AS name,
       g.name AS city, rules.search_name(concat_ws(' ', f.name, g.name)) AS folded, '06' || lpad((s.n::bigint * 7907 % 100000000)::text, 8, '0') AS phone
  FROM generate_series(1, :names) AS s (n)
  JOIN family AS f ON f.n = (((s.n::bigint * 6151 % 1000003)::float / 1000003) ^ 2 * :families)::bigint % :families
  JOIN family AS g ON g.n = s.n % :families;

SET session_replication_role = replica; -- no foreign key to check a million times
INSERT INTO search_entry (entity, entity_id, page_id, title, subtitle, name, words)
SELECT 'customer', 1000000000 + n, n, name, city, rules.search_name(name), COALESCE(array_to_tsvector(rules.search_words(concat_ws(' ', name, city, phone))), '') FROM item;
INSERT INTO search_number (entity, entity_id, kind, key) SELECT 'customer', 1000000000 + n, 'phone', phone FROM item;
SET session_replication_role = origin;
INSERT INTO search_word SELECT word, rules.search_sound(word)
  FROM (SELECT DISTINCT unnest(tsvector_to_array(words)) AS word FROM search_entry) AS w WHERE word ~ '^[[:alpha:]]{3,}$' ON CONFLICT DO NOTHING;
CREATE INDEX floor ON item USING gin (folded gin_trgm_ops);
VACUUM ANALYZE search_entry, search_number, search_word, item;

-- What is typed, and the part of a word the floor is asked for, from the same record.
CREATE TABLE probe AS
SELECT n, k, CASE k
         WHEN 0 THEN '+33 ' || substr(phone, 2, 1) || ' ' || substr(phone, 3, 2) || ' ' || substr(phone, 5, 2) || ' ' || substr(phone, 7)
         WHEN 1 THEN left(phone, 8)
         WHEN 2 THEN name
         WHEN 3 THEN left(rules.fold(name), 5 + n % 4)
         WHEN 4 THEN name || ' ' || city
         -- a letter lost, two exchanged
         WHEN 5 THEN overlay(rules.fold(name) PLACING '' FROM 4 FOR 1)
         WHEN 6 THEN overlay(overlay(rules.fold(name) PLACING '' FROM 3 FOR 1) PLACING 'x' FROM length(name) - 2 FOR 1)
         ELSE regexp_replace(rules.fold(name), '(..)(.)(.)', '\1\3\2') END AS typed,
       substr(regexp_replace(folded, '^.*? ', ''), 1, 6) AS part
  FROM (SELECT i.*, row_number() OVER () % 8 AS k FROM item AS i WHERE n % (:names / 400) = 7) AS i;
CREATE TABLE result (kind text, ms float);
GRANT USAGE ON SCHEMA bench TO sw_adv;
GRANT SELECT ON ALL TABLES IN SCHEMA bench TO sw_adv;
GRANT INSERT ON result TO sw_adv;

CREATE PROCEDURE bench.run(p_measured boolean) LANGUAGE plpgsql AS $$
DECLARE
  v_probe record;
  v_start timestamptz;
BEGIN
  FOR v_probe IN SELECT * FROM bench.probe ORDER BY n LOOP
    v_start := clock_timestamp();
    PERFORM * FROM api.search(v_probe.typed, 20);
    IF p_measured THEN
      INSERT INTO bench.result VALUES ('search ' || v_probe.k, extract(epoch FROM clock_timestamp() - v_start) * 1000);
    END IF;
    v_start := clock_timestamp();
    PERFORM * FROM bench.item WHERE folded LIKE '%' || v_probe.part || '%' LIMIT 50;
    IF p_measured THEN
      INSERT INTO bench.result VALUES ('floor', extract(epoch FROM clock_timestamp() - v_start) * 1000);
    END IF;
  END LOOP;
END
$$;
GRANT EXECUTE ON PROCEDURE bench.run TO sw_adv;
SET ROLE sw_adv;
CALL bench.run(false);
CALL bench.run(true);
RESET ROLE;

SELECT format('%s: median %s ms, p95 %s ms', CASE kind WHEN 'search 0' THEN 'whole phone' WHEN 'search 1' THEN 'begun phone' WHEN 'search 2' THEN 'name'
           WHEN 'search 3' THEN 'begun name' WHEN 'search 4' THEN 'name and town' WHEN 'search 5' THEN 'a letter lost' WHEN 'search 6' THEN 'two mistakes'
           WHEN 'search 7' THEN 'letters exchanged' ELSE 'bare trigram probe' END,
         round((percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::numeric, 1), round((percentile_cont(0.95) WITHIN GROUP (ORDER BY ms))::numeric, 1))
  FROM result GROUP BY kind ORDER BY kind;
SELECT format('api.search among %s names and numbers: p95 %s ms (goal 100), %s times a bare trigram probe (goal 5)', 2 * :names,
         round(s::numeric, 1), round((s / f)::numeric, 1))
  FROM (SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FILTER (WHERE kind <> 'floor') AS s,
               percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FILTER (WHERE kind = 'floor') AS f FROM result) AS r;
