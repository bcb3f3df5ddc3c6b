-- Requests to an operator a person asks: sent, accepted or refused with a reason, and what it is sent (MLINE-*, CHAR-01).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(45);
SELECT pg_temp.line(1, jsonb_build_object('operator_id', :orange, 'number', NULL)) AS one \gset
SELECT pg_temp.sim(1, :orange) AS sim \gset
SELECT pg_temp.sim(2) AS other_sim \gset

SELECT is((SELECT operator_name FROM api.line WHERE id = :one), 'Orange', 'the operator of the line before that of the parc (PARC-03)');
SET LOCAL ROLE t_staging;
SELECT is((SELECT status FROM api.line_activate(ARRAY[:one])), 'queued', 'asked: a person carries it');
RESET ROLE;
SELECT id AS r1 FROM api.line_request WHERE line_id = :one \gset
SELECT is((action_label, provider, user_name, operator_data)::text, '(Activate,manual,"Zoé L''Épée","{""last_name"": ""L EPEE"", ""first_name"": ""ZOE""}")', 'the operator gets letters it accepts, the name stays') FROM api.line_request WHERE id = :r1;
SELECT is(pg_temp.state(:one), 'under_construction', 'nothing changed yet');
SELECT is((SELECT (allowed, missing)::text FROM api.line_next_action WHERE line_id = :one AND action = 'line_activate'), '(f,{asked_already})', 'the button says so');
SELECT is((SELECT status FROM api.line_request_send(ARRAY[:r1])), 'sent', 'sent');
SELECT is((SELECT concat_ws(' ', code, field, status) FROM api.line_request_accept(ARRAY[:r1])), 'SW004 number sent', 'a line opens with a number, and the request waits');
SELECT is(pg_temp.refusal(format('SELECT * FROM api.line_request_accept(ARRAY[%s], ''12'')', :r1)), 'SW005 number invalid_line_number', 'a right one');
SELECT is(pg_temp.refusal(format('SELECT * FROM api.line_request_accept(ARRAY[%s, 0], ''0611223344'')', :r1)), 'SW005 number number_for_one_line', 'for one line');
SELECT is((SELECT status FROM api.line_request_accept(ARRAY[:r1], '06 11 22 33 44')), 'applied', 'the operator allotted one');
SELECT is((number, activity, activated_on)::text, '(+33611223344,active,2026-01-01)', 'the line is open') FROM api.line WHERE id = :one;

-- Refused, with a reason.
SELECT request_id AS r2 FROM api.line_change_user(ARRAY[:one], 'Ana', 'Núñez-Öz') \gset
SELECT is((SELECT code || ' ' || field FROM api.line_request_refuse(ARRAY[:r2], ' ')), 'SW009 refusal', 'a refusal says why');
SELECT is((SELECT status FROM api.line_request_refuse(ARRAY[:r2], 'Nom trop court')), 'refused', 'refused');
SELECT is((SELECT (refusal, status, operator_data ->> 'last_name', (SELECT user_name FROM api.line WHERE id = :one))::text FROM api.line_request WHERE id = :r2), '("Nom trop court",refused,"NUNEZ OZ","Zoé L''Épée")', 'the line stays as it was');
SELECT is((SELECT code FROM api.line_request_accept(ARRAY[:r2])), 'SW007', 'and it is over');
SELECT request_id AS r3 FROM api.line_change_user(ARRAY[:one], 'Ana', 'Núñez-Öz') \gset
SELECT is((SELECT status FROM api.line_request_accept(ARRAY[:r3])), 'applied', 'asked again, accepted');
SELECT is((SELECT user_name FROM api.line WHERE id = :one), 'Ana Núñez-Öz', 'the true name, never the transliterated one');
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_change_user(ARRAY[:one], 'A', n)), e, e)
  FROM (VALUES ('', 'SW004 last_name'), ('***', 'SW005 last_name nothing_for_operator'), (repeat('x', 201), 'SW005 last_name too_long')) AS t (n, e);
SELECT is(api.operator_text('Núñez-Öz & Cie'), 'NUNEZ OZ CIE', 'what the form shows beside');

-- A SIM card is held while the operator thinks, free again when it refuses.
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_swap_sim(:one, :other_sim)), 'SW005 sim_card_id sim_of_another_operator', 'a card of its operator');
SELECT request_id AS r4 FROM api.sim_swap('+33 6 11 22 33 44', (SELECT iccid FROM api.sim_card WHERE id = :sim), 'Perdue') \gset
SELECT is((SELECT state FROM api.sim_card WHERE id = :sim), 'reserved', 'held');
SELECT is((SELECT operator_data FROM api.line_request WHERE id = :r4), jsonb_build_object('number', '+33611223344', 'iccid', (SELECT iccid FROM api.sim_card WHERE id = :sim)), 'the operator gets +33 and the ICCID (MLINE-18)');
SELECT api.line_request_refuse(ARRAY[:r4], 'Carte inconnue');
SELECT is((SELECT (state, line_id)::text FROM api.sim_card WHERE id = :sim), '(in_stock,)', 'free again');
SELECT request_id AS r5 FROM api.line_swap_sim(:one, :sim) \gset
SELECT is((SELECT status FROM api.line_request_cancel(ARRAY[:r5])), 'cancelled', 'or taken back');
SELECT is(pg_temp.refusal(format('SELECT api.sim_swap(%L, %L)', n, i)), e, concat_ws(' ', n, i))
  FROM (VALUES ('', 'x', 'SW004 number'), ('0611223344', '', 'SW004 iccid'), ('0800123456', 'x', 'SW005 number invalid_line_number'), ('0699999999', 'x', 'SW002 number'),
    ('0611223344', '8933010000000123456', 'SW005 iccid invalid_iccid'), ('0611223344', '8933010000000123457', 'SW002 iccid')) AS t (n, i, e);

-- The day comes, the line went another way: said on the request.
SELECT request_id AS r6 FROM api.line_restrict(ARRAY[:one], 'outgoing', NULL, '2026-01-05') \gset
SELECT api.line_request_accept(ARRAY[:r6]);
SELECT request_id AS r7 FROM api.line_deactivate(ARRAY[:one]) \gset
SELECT api.line_request_accept(ARRAY[:r7]);
SET LOCAL softwhere.today = '2026-01-05';
SELECT rules.apply_line_requests('2026-01-05');
SELECT is((SELECT status FROM api.line_request WHERE id = :r6), 'refused', 'a change its line no longer allows is refused');
SELECT isnt((SELECT refusal FROM api.line_request WHERE id = :r6), NULL, 'with the reason');
SELECT is(pg_temp.refusal(format('SELECT * FROM api.line_request_accept(ARRAY[%s])', :r6), 't_technician'), '42501', 'answers are noted by those who ask');

-- Each status allows what it allows; nothing is done twice.
SELECT pg_temp.line(77, jsonb_build_object('number', NULL, 'operator_id', :orange)) AS unnumbered \gset
SELECT request_id AS r9 FROM api.line_activate(ARRAY[:unnumbered]) \gset
SELECT request_id AS r8 FROM api.line_change_user(ARRAY[:one], 'Ana', 'Núñez') \gset
SELECT is((SELECT string_agg(action, ' ' ORDER BY position) FROM api.line_request_next_action WHERE request_id = :r8), 'line_request_send line_request_accept line_request_refuse line_request_cancel', 'a request to be sent');
SELECT is((SELECT concat_ws(' ', ok, status, line_id) FROM api.line_request_send(ARRAY[:r8])), 't sent ' || :one, 'sent');
SELECT is((SELECT concat_ws(' ', ok, code, field, status) FROM api.line_request_send(ARRAY[:r8])), 'f SW007 status sent', 'not sent twice');
SELECT is(jsonb_path_query_array(api.line_request_record(:r8), '$.next_actions[*].action'), '["line_request_accept", "line_request_refuse", "line_request_cancel"]', 'what can be done with one that is sent');
SELECT is((SELECT (asked_user, asked_offer, operator_data ->> 'last_name')::text FROM api.line_request WHERE id = :r8), '("Ana Núñez",,NUNEZ)', 'what is asked, and what the operator reads');
SELECT is((SELECT status FROM api.line_request_cancel(ARRAY[:r8])), 'cancelled', 'taken back');
SELECT is((SELECT concat_ws(' ', ok, code, status) FROM api.line_request_cancel(ARRAY[:r8])), 'f SW007 cancelled', 'not twice either');
SELECT is(api.line_request_record(:r8) -> 'next_actions', '[]', 'nothing is left to be done');
SELECT is((SELECT missing FROM api.line_request_next_action WHERE request_id = :r9 AND action = 'line_request_accept'), '{number}', 'an opening without a number waits for the operator''s');
SELECT is(pg_temp.refusal(format('SELECT api.line_request_record(%s)', :r8), 't_customer'), 'SW002 id', 'a request of somebody else''s line is not there');
SELECT * FROM finish();
ROLLBACK;
