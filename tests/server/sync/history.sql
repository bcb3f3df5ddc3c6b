-- 100 lines with 12 changes each become one active subscription each, the timeline in order, in whatever order they are told (LINE-07, LINE-08, L-13).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
\ir ../lib/source.sql
SELECT plan(17);

-- The nth line changed its plan every two months from January 2025, and once more with the price only.
CREATE FUNCTION pg_temp.twelve(p_n int, p_seed float DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_agg(pg_temp.article('A' || k, 'PLAN-' || CASE k WHEN 6 THEN 5 ELSE k END, (10 + k)::text, ('2024-01-01'::date + make_interval(months => 2 * k))::date,
           CASE WHEN k < 12 THEN ('2024-01-01'::date + make_interval(months => 2 * k + 2))::date - 1 END)
           ORDER BY CASE WHEN p_seed IS NULL THEN lpad(k::text, 3) ELSE md5(p_seed || '-' || p_n || '-' || k) END)
    FROM generate_series(0, 12) AS k
$$;
CREATE FUNCTION pg_temp.hundred(p_seed float DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_agg(pg_temp.item('L-' || n, '06' || lpad(n::text, 8, '0'), pg_temp.twelve(n, p_seed))
           ORDER BY CASE WHEN p_seed IS NULL THEN lpad(n::text, 5) ELSE md5(p_seed || n::text) END) FROM generate_series(1, 100) AS n
$$;
CREATE FUNCTION pg_temp.everything() RETURNS text LANGUAGE sql AS $$
  SELECT md5(string_agg(concat_ws('|', l.external_id, l.number, l.activity, l.first_name, l.last_name, o.external_id, o.code, o.price, o.purchase_price, o.starts_on, o.ends_on), E'\n'
      ORDER BY l.external_id, o.starts_on, o.external_id))
    FROM softwhere.service_line AS l JOIN softwhere.line_offer AS o ON o.line_id = l.id
$$;

SAVEPOINT before;
SELECT pg_temp.start() AS run \gset
SELECT pg_temp.hand_in(:'run', pg_temp.top() || pg_temp.hundred()) AS run \gset
SELECT is((:'run'::jsonb ->> 'created')::int, 102, 'two services and a hundred lines are new');
SELECT pg_temp.finish(:'run') AS finished \gset
SELECT is((SELECT count(*)::int FROM softwhere.line_offer), 1300, 'the whole history is there');
SELECT is((SELECT count(*)::int FROM (SELECT line_id FROM api.line_offer WHERE kind = 'subscription' AND is_current GROUP BY line_id HAVING count(*) = 1) AS t), 100,
  'each line has exactly one active subscription');
SELECT is_empty($$SELECT line_id FROM (SELECT line_id, starts_on, lag(ends_on) OVER (PARTITION BY line_id ORDER BY starts_on) AS before FROM softwhere.line_offer) AS t
                   WHERE before IS NOT NULL AND starts_on <> before + 1$$, 'the timeline is in order, without a gap');
SELECT is((SELECT count(*)::int FROM softwhere.line_offer WHERE code = 'PLAN-5'), 200, 'the same plan at another price is a change of its own');
SELECT is((SELECT subscription FROM api.line WHERE number = '+33600000007'), 'Forfait PLAN-12', 'the latest is the active one (LINE-07)');
SELECT is((SELECT monthly_margin FROM api.line_margin WHERE number = '+33600000007'), 11.00::numeric, 'with its margin (LINE-14)');
SELECT is(pg_temp.open(), (SELECT string_agg('unknown_article PLAN-' || n, ', ' ORDER BY 'PLAN-' || n) FROM generate_series(0, 12) AS n WHERE n <> 6), 'articles outside the catalogue are told once each, not lost');
SELECT pg_temp.everything() AS in_order \gset

-- Again: nothing changes.
SELECT pg_temp.start() AS run \gset
SELECT pg_temp.hand_in(:'run', pg_temp.top() || pg_temp.hundred()) AS run \gset
SELECT is((SELECT concat_ws(' ', :'run'::jsonb ->> 'created', :'run'::jsonb ->> 'changed', :'run'::jsonb ->> 'same')), '0 0 100', 'the second time changes nothing');
SELECT is(pg_temp.everything(), :'in_order', 'not a row');
SELECT is((SELECT count(*)::int FROM softwhere.line_request), 0, 'and asks nothing of anybody');
SELECT is((SELECT count(*)::int FROM softwhere.sync_answer), 1, 'the same answer is kept once');
-- The catalogue learns one of them: the lines that have it follow.
SELECT pg_temp.offer('PLAN-3', '13') AS plan_3 \gset
SELECT pg_temp.finish(:'run') AS finished \gset
SELECT is((SELECT count(*)::int FROM softwhere.line_offer WHERE offer_id = :plan_3), 100, 'an article put in the catalogue is known on every line that has it');
SELECT is((SELECT count(*)::int FROM api.sync_anomaly WHERE is_open AND external_id = 'PLAN-3'), 0, 'and is no anomaly any more');
ROLLBACK TO before;

-- Out of order: lines before their parc, articles shuffled, rows twice.
SELECT pg_temp.start() AS run \gset
SELECT pg_temp.hand_in(:'run', pg_temp.hundred(0.5) || pg_temp.hundred(0.7), '[{"resource": "sites"}]') AS run \gset
SELECT is((SELECT count(*)::int FROM softwhere.service_line), 0, 'lines of a parc nobody knows yet wait');
SELECT pg_temp.hand_in(:'run', pg_temp.top()) AS run \gset
SELECT pg_temp.finish(:'run') AS finished \gset
SELECT is(pg_temp.everything(), :'in_order', 'out of order ends as in order');
SELECT is((:'finished'::jsonb ->> 'created')::int, 102, 'and counts them once');
SELECT * FROM finish();
ROLLBACK;
