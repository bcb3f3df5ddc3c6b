-- What a source tells that does not fit is told, never guessed, never deleted; what our lines are follows what it reports.
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SET LOCAL softwhere.today = '2026-11-22';
\ir ../lib/source.sql
SELECT plan(44);

-- Plans that overlap: the latest to begin counts; what it interrupts goes on afterwards.
SELECT pg_temp.start() AS run \gset
SELECT pg_temp.hand_in(:'run', pg_temp.top() || jsonb_build_array(
  pg_temp.item('over', '0600000001', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01'), pg_temp.article('A2', 'P20', '20', '2026-06-01'))),
  pg_temp.item('inside', '0600000002', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01'), pg_temp.article('A2', 'P20', '20', '2026-03-01', '2026-04-30'))),
  pg_temp.item('twice', '0600000003', jsonb_build_array(pg_temp.article('A2', 'P10', '10', '2026-01-01'), pg_temp.article('A10', 'P20', '20', '2026-01-01'))),
  pg_temp.item('option', '0600000004', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01'), pg_temp.article('A2', 'MONDE', '5', '2026-02-01', NULL, 'option'),
                                                         pg_temp.article('A3', 'EUROPE', '3', '2026-02-01', NULL, 'option'))))) AS run \gset
SELECT is(pg_temp.history('over'), 'P10 2026-01-01..2026-05-31, P20 2026-06-01..', 'two at once: the latest start counts, the other ends the day before');
SELECT is(pg_temp.history('inside'), 'P10 2026-01-01..2026-02-28, P20 2026-03-01..2026-04-30, P10 2026-05-01..', 'one inside another: what it interrupts goes on');
SELECT is(pg_temp.history('twice'), 'P20 2026-01-01..', 'begun on the same day: the highest id, A10 after A2');
SELECT is((SELECT count(*)::int FROM softwhere.line_offer o JOIN softwhere.service_line l ON l.id = o.line_id WHERE l.external_id = 'twice'), 2, 'the other is kept without a day of its own');
SELECT is(pg_temp.history('option'), 'P10 2026-01-01.., EUROPE 2026-02-01.., MONDE 2026-02-01..', 'options stand beside each other');
SELECT is(pg_temp.open(), 'plans_overlap inside, plans_overlap over, plans_overlap twice', 'overlaps are told');
SELECT is((SELECT array_agg(offer_id) FROM api.line_offer AS o JOIN api.line AS l ON l.id = o.line_id WHERE l.external_id = 'over' AND is_current), ARRAY[:p20::bigint], 'the catalogue''s offer is known by its code');

-- The source mends it, changes a price, takes a planned change back: rows follow, none vanishes.
SELECT pg_temp.finish(:'run') AS f \gset
SELECT pg_temp.start() AS run \gset
SELECT pg_temp.hand_in(:'run', jsonb_build_array(
  pg_temp.item('over', '0600000001', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01', '2026-04-30'), pg_temp.article('A2', 'P20', '22', '2026-05-01'), pg_temp.article('A3', 'P10', '9', '2026-12-01'))),
  pg_temp.item('inside', '0600000002', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01'))))) AS run \gset
SELECT is(pg_temp.history('over'), 'P10 2026-01-01..2026-04-30, P20 2026-05-01..2026-11-30, P10 2026-12-01..', 'moved dates move, also past each other');
SELECT is((SELECT price FROM softwhere.line_offer WHERE external_id = 'over/A2'), 22.000000, 'the source corrects its own price');
SELECT is(pg_temp.history('inside'), 'P10 2026-01-01..', 'a change taken back gives its days back');
SELECT is((SELECT count(*)::int FROM softwhere.line_offer o JOIN softwhere.service_line l ON l.id = o.line_id WHERE l.external_id = 'inside'), 3, 'and its row stays');
SELECT is(pg_temp.open(), 'plans_overlap over, plans_overlap twice', 'what fits now is settled by itself');
SELECT is((SELECT count(*)::int FROM api.line_request WHERE action = 'line_synchronise' AND status = 'applied' AND provider = 'cfast'), 2, 'each line that changed has it in its journal');
SELECT is(pg_temp.refusal($$UPDATE softwhere.line_offer SET price = 1 WHERE external_id = 'over/A2'$$), 'SW016 price', 'nobody else changes what a line subscribed to');
SELECT is(pg_temp.refusal($$UPDATE softwhere.line_offer SET price = 1, request_id = (SELECT min(id) FROM softwhere.line_request) WHERE external_id = 'over/A2'$$), 'SW016 price', 'not even with a request that is over');

-- States, users and numbers follow; a request the operator evidently accepted is answered.
UPDATE softwhere.operator SET provider = 'cfast' WHERE id = :orange;
SELECT id AS option_line FROM softwhere.service_line WHERE external_id = 'option' \gset
SELECT request_id AS asked, status FROM api.line_terminate(ARRAY[:option_line]) \gset
SELECT is(:'status'::text, 'queued', 'a request waits for the operator');
SELECT pg_temp.hand_in(pg_temp.finish(:'run') || pg_temp.start(), jsonb_build_array(
  pg_temp.item('over', '0600000009', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01')), '{"last_name": "Martin"}'),
  pg_temp.item('twice', '0600000003', jsonb_build_array(pg_temp.article('A2', 'P10', '10', '2026-01-01')), '{"activity": "inactive"}'),
  pg_temp.item('option', '0600000004', jsonb_build_array(pg_temp.article('A1', 'P10', '10', '2026-01-01')), '{"activity": "terminated"}'))) AS run \gset
SELECT is((SELECT concat_ws(' ', number, user_name, state) FROM api.line WHERE external_id = 'over'), '+33600000009 Jean Martin active', 'number and user');
SELECT is((SELECT state FROM api.line WHERE external_id = 'twice'), 'inactive', 'activity');
SELECT is((SELECT state FROM api.line WHERE external_id = 'option'), 'terminated', 'terminated');
SELECT is((SELECT status FROM api.line_request WHERE id = :asked), 'applied', 'which is what was asked: the request is answered');
SELECT is((SELECT count(*)::int FROM softwhere.line_offer WHERE line_id = :option_line AND ends_on IS NULL), 0, 'a line that ended subscribes to nothing');

-- Numbers and parcs that clash.
SELECT pg_temp.line_in('active', 55) AS ours \gset
SELECT pg_temp.hand_in(pg_temp.finish(:'run') || pg_temp.start(), jsonb_build_array(
  pg_temp.item('clash-a', '0600000060', '[]'), pg_temp.item('clash-b', '0600000060', '[]'), pg_temp.item('bad', '12', '[]'),
  pg_temp.item('moved', '0600000061', '[]', '{"parent_id": "9000-2"}'), pg_temp.item('moved', '0600000061', '[]'),
  jsonb_build_object('kind', 'line', 'external_id', 'broken', 'problem', 'articles: not a list'),
  jsonb_build_object('kind', 'account', 'external_id', '1000-2', 'name', 'Inconnu'),
  jsonb_build_object('kind', 'site', 'external_id', '5000-2', 'parent_id', '1000-2'),
  jsonb_build_object('kind', 'service', 'external_id', '9000-9', 'parent_id', '5000-2', 'service_kind', 'mobile', 'operator', 'Neuf', 'activity', 'active'),
  pg_temp.item('stranger', '0600000062', '[]', '{"parent_id": "9000-9"}'))) AS run \gset
SELECT is((SELECT string_agg(code || ' ' || external_id, ', ' ORDER BY code, external_id) FROM api.sync_anomaly WHERE is_open AND code NOT IN ('plans_overlap', 'absent_at_source')),
  'invalid_number bad, line_in_two_parcs moved, number_clash clash-b, unknown_account 1000-2, unknown_operator 9000-9, unreadable broken', 'each is told once');
SELECT is((SELECT entity_id FROM api.sync_anomaly WHERE code = 'number_clash'), (SELECT id FROM softwhere.service_line WHERE external_id = 'clash-a'), 'with the line that has the number');
SELECT is((SELECT s.external_id FROM softwhere.service_line AS l JOIN softwhere.service AS s ON s.id = l.service_id WHERE l.external_id = 'moved'), '9000-1', 'a line in two parcs stays in the first');
SELECT is((SELECT count(*)::int FROM softwhere.service_line WHERE external_id = 'stranger'), 0, 'lines of strangers wait');
INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by) VALUES ('NEU-1', 'company', 'Inconnu', '2026-01-01', 't', 't') RETURNING id AS stranger \gset
SELECT api.provider_account_link('cfast', '1000-2', :stranger);
SELECT is((SELECT customer_id FROM softwhere.service_line WHERE external_id = 'stranger'), :stranger::bigint, 'until somebody says who they are: nothing is asked again');
SELECT is((SELECT count(*)::int FROM api.sync_anomaly WHERE is_open AND code = 'unknown_account'), 0, 'and that is settled');
SELECT is((SELECT cfast_account FROM softwhere.service_line WHERE external_id = 'stranger'), '1000-2', 'the line knows its account (LINE-11)');
SELECT is(api.sync_anomaly_settle(ARRAY(SELECT id FROM api.sync_anomaly WHERE code = 'line_in_two_parcs')), 1, 'a person settles what they dealt with');

-- A line of ours the source knows by its number is taken over, its plans too; what they contradict keeps its row.
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'mobile', 'operator_id', :own, 'name', 'À nous')) AS mine \gset
SELECT pg_temp.hand_in(pg_temp.finish(:'run') || pg_temp.start(), jsonb_build_array(pg_temp.item('ours', '0600000055', jsonb_build_array(pg_temp.article('A1', 'P20', '18', '2026-02-01'))))) AS run \gset
SELECT is((SELECT id FROM softwhere.service_line WHERE external_id = 'ours'), :ours::bigint, 'our line is theirs');
SELECT is(pg_temp.history('ours'), 'P20 2026-02-01..', 'with the plan they tell');
SELECT is((SELECT data -> 'replaced' FROM api.line_request WHERE line_id = :ours AND action = 'line_synchronise'), '["Offre P10"]', 'its journal names what that replaced');

-- SIM cards.
SELECT pg_temp.sim(900, :orange) AS card \gset
SELECT iccid AS stock FROM softwhere.sim_card WHERE id = :card \gset
SELECT d || k AS foreign_card FROM (SELECT '893302000000000777' AS d) AS t, generate_series(0, 9) AS k WHERE rules.is_luhn(d || k) \gset
SELECT pg_temp.hand_in(pg_temp.finish(:'run') || pg_temp.start(), jsonb_build_array(
  pg_temp.item('sim-1', '0600000071', '[]', jsonb_build_object('iccid', :'stock')), pg_temp.item('sim-2', '0600000072', '[]', jsonb_build_object('iccid', :'foreign_card')),
  pg_temp.item('sim-3', '0600000073', '[]', jsonb_build_object('iccid', '8933')), pg_temp.item('sim-4', '0600000074', '[]', jsonb_build_object('iccid', :'stock')))) AS run \gset
SELECT is((SELECT count(*)::int FROM softwhere.sim_card AS c JOIN softwhere.service_line AS l ON l.id = c.line_id WHERE c.iccid = :'stock' AND c.state = 'active' AND l.external_id = 'sim-1'), 1, 'the card from stock is in its line');
SELECT is((SELECT iccid FROM api.line WHERE external_id = 'sim-2'), :'foreign_card', 'a card nobody knew is created');
SELECT is((SELECT string_agg(code || ' ' || external_id, ', ' ORDER BY code) FROM api.sync_anomaly WHERE is_open AND code IN ('invalid_iccid', 'sim_clash')), 'invalid_iccid sim-3, sim_clash sim-4', 'a wrong key, a card in two lines');
SELECT pg_temp.hand_in(pg_temp.finish(:'run') || pg_temp.start(), jsonb_build_array(pg_temp.item('sim-1', '0600000071', '[]', jsonb_build_object('iccid', :'foreign_card')), pg_temp.item('sim-2', '0600000072', '[]', '{"activity": "terminated"}'))) AS run \gset
SELECT is((SELECT string_agg(state, ' ' ORDER BY state) FROM softwhere.sim_card WHERE iccid IN (:'stock', :'foreign_card')), 'replaced terminated', 'replaced, and ended with its line');

-- Complete and nothing said of them: told, kept. Not while something could not be read: they may be behind it.
SELECT api.sync_anomaly_settle(ARRAY(SELECT id FROM api.sync_anomaly WHERE code = 'unreadable')) AS settled \gset
SELECT is((SELECT concat_ws(' ', x ->> 'status', (x ->> 'anomalies')::int > 0) FROM pg_temp.finish(:'run') AS x), 'done t', 'it ends');
SELECT is((SELECT count(*)::int FROM api.sync_anomaly WHERE is_open AND code = 'absent_at_source' AND external_id = 'over'), 1, 'a line the source forgot is told');
SELECT is((SELECT count(*)::int FROM softwhere.service_line WHERE external_id = 'over'), 1, 'and kept');

-- Who may.
SELECT is(pg_temp.refusal($$SELECT api.sync_start('cfast', true, '[]')$$, r), CASE WHEN r IN ('t_admin', 't_adv') THEN 'nothing' ELSE '42501' END, r || ' starts a synchronisation')
  FROM unnest('{t_admin,t_adv,t_support}'::text[]) AS r;
SELECT is(pg_temp.refusal('SELECT * FROM api.sync_answer', 't_adv'), '42501', 'raw answers hold purchase prices: a manager''s');
SELECT is(pg_temp.refusal($$SELECT api.provider_save('{"id": 1, "base_url": "http://cfast.example"}')$$, 't_admin'), 'SW005 base_url provider_base_url_is_https', 'an address without TLS is refused');
SELECT * FROM finish();
ROLLBACK;
