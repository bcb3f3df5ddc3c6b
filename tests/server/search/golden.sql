-- The right record is among the first three of fifty searches at least 49 times (L-14, SRCH-01, TICK-06, MLINE-02).
BEGIN;
SELECT plan(4);
\ir ../lib/people.sql
\set customers 2500
\ir crowd.psql
\ir golden.psql

SELECT is((SELECT count(*)::int FROM golden), 50, 'fifty searches');
SELECT ok(count(*) >= 5000, 'among five thousand entries') FROM softwhere.search_entry;
SELECT is_empty('SELECT query FROM golden LEFT JOIN target USING (ref) WHERE id IS NULL', 'each has its record');

SET LOCAL ROLE t_adv;
SELECT count(*) AS missed, COALESCE(string_agg(format('%s: %s', query, found), '; '), 'none') AS which
  FROM (SELECT g.query, t.entity, t.id, ARRAY(SELECT s.title FROM api.search(g.query, 3) AS s) AS found,
               EXISTS (SELECT FROM api.search(g.query, 3) AS s WHERE (s.entity, s.entity_id) = (t.entity, t.id)) AS hit
          FROM golden AS g JOIN target AS t USING (ref)) AS search
 WHERE NOT hit \gset
RESET ROLE;
SELECT cmp_ok(:missed, '<=', 1, 'the right record in the first three at least 49 times of 50');
SELECT diag('missed: ' || :'which');

SELECT * FROM finish();
ROLLBACK;
