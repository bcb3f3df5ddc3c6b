-- Many lines in one call, a result each (MLINE-10…14).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(17);
CREATE TEMPORARY TABLE fleet AS SELECT n, pg_temp.line(n) AS id FROM generate_series(1, 200) AS n;
SELECT is((SELECT count(*) FROM api.line_activate(ARRAY(SELECT id FROM fleet)) WHERE status = 'applied'), 200::bigint, 'two hundred lines opened in one call');

-- Twenty suspended for non-payment, nineteen restored.
SELECT is((SELECT count(*) FROM api.line_restrict(ARRAY(SELECT id FROM fleet WHERE n <= 20), 'both', 'Impayé') WHERE status = 'applied'), 20::bigint, 'twenty suspended');
SELECT api.line_terminate(ARRAY[id], 'Vol') FROM fleet WHERE n = 20;
SELECT is((SELECT array_agg(concat_ws(' ', status, code) ORDER BY status) FROM api.line_reactivate(ARRAY(SELECT id FROM fleet WHERE n <= 20)) AS r WHERE code IS NOT NULL), '{"refused SW007"}', 'one of twenty is refused');
SELECT is((SELECT count(*) FROM fleet JOIN api.line USING (id) WHERE n <= 20 AND state = 'active'), 19::bigint, 'nineteen work again');

-- Two hundred in one call with two hundred results; what is wrong with one touches no other.
CREATE TEMPORARY TABLE result AS SELECT * FROM api.line_restrict(ARRAY(SELECT id FROM fleet ORDER BY n), 'outgoing', 'Impayé') WITH ORDINALITY AS r;
SELECT is((SELECT count(*) FROM result), 200::bigint, 'two hundred results');
SELECT is((SELECT array_agg(id ORDER BY ordinality) FROM result), (SELECT array_agg(id ORDER BY n) FROM fleet), 'in the order asked');
SELECT is((SELECT string_agg(status || ' ' || c, ', ' ORDER BY status) FROM (SELECT status, count(*) AS c FROM result GROUP BY status) AS s), 'applied 199, refused 1', 'one of which is a refusal');
SELECT is((SELECT (code, field, number)::text FROM result WHERE status = 'refused'), '(SW007,activity,+33600000020)', 'that names its line and why');
SELECT is((SELECT count(*) FROM api.line_request WHERE action = 'line_restrict' AND status = 'applied' AND data ->> 'cause' = 'Impayé'), 219::bigint, 'each a dated row');

-- Doubles, strangers, nothing.
SELECT is((SELECT array_agg(concat_ws(' ', status, code)) FROM api.line_reactivate((SELECT ARRAY[id, id, 0, id] FROM fleet WHERE n = 1))), '{applied,"refused SW002"}', 'each line once, unknown ones are told');
SELECT is((SELECT count(*) FROM api.line_reactivate('{}')), 0::bigint, 'nothing asked, nothing done');
SELECT is((SELECT array_agg(DISTINCT concat_ws(' ', code, field, reason)) FROM api.line_restrict((SELECT ARRAY[id] FROM fleet WHERE n = 2), d)), ARRAY[e], COALESCE(d, 'none') || ' ' || e)
  FROM (VALUES ('sideways', 'SW005 direction line_restriction_is_known'), (NULL, 'SW005 direction line_restriction_is_known'), ('outgoing', 'SW012 direction restricted_already')) AS t (d, e);

-- By those whose business it is.
SELECT is(pg_temp.refusal('SELECT api.line_terminate(ARRAY[0]::bigint[])', r), e, r) FROM (VALUES ('t_adv', 'nothing'), ('t_support', '42501'), ('t_customer', '42501')) AS t (r, e);
SELECT * FROM finish();
ROLLBACK;
