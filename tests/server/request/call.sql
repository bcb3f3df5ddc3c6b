-- A change with a request key is made once, whoever asks how often (issue 3, Failover; #24, #26).
BEGIN;
\ir ../lib/people.sql
SELECT plan(27);
SET LOCAL ROLE t_adv;
\set key '''0a000000-0000-4000-8000-000000000001'''
\set other '''0a000000-0000-4000-8000-000000000002'''
\set body '''{"1": {"legal_kind": "company", "legal_name": "Une fois"}}'''

SELECT api.call(:key, 'customer_save', :body) AS first \gset
SELECT api.call(:key, 'customer_save', :body) AS second \gset
SELECT is(:'second'::text, :'first', 'asked twice, the answer is the same');
SELECT is(count(*), 1::bigint, 'and the customer is there once') FROM api.customer WHERE legal_name = 'Une fois';
SELECT is(api.call(:key, 'customer_save', '{"1": {"legal_name": "Une fois", "legal_kind": "company"}}'), :'first', 'the order of keys is no other body');
SELECT isnt(api.call(:other, 'customer_save', :body), :'first', 'another key is another customer');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :key, 'customer_save', '{"1": {"legal_kind": "company", "legal_name": "Autre"}}')),
  'SW012 p_key request_key_used', 'the same key with another body is refused');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :key, 'contract_save', :body)), 'SW012 p_key request_key_used', 'or for another function');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', NULL, 'customer_save', :body)), 'SW004 p_key', 'or without key');

-- Keys are each login's own.
RESET ROLE; SET LOCAL ROLE t_accounting;
SELECT isnt(api.call(:key, 'customer_save', :body), :'first', 'the key of somebody else says nothing');
SELECT is((api.give_up(:key)).done, true, 'one''s own is known');
SELECT is(pg_temp.refusal('SELECT FROM softwhere.request'), '42501', 'nobody reads the requests');

-- The rights of the caller hold.
RESET ROLE; SET LOCAL ROLE t_customer;
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :key, 'customer_save', :body)), '42501', 'who may not save may not call the saving');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L)', :key, 'call')), 'SW005 p_function', 'no call of the call');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L)', :key, 'pg_sleep')), 'SW005 p_function', 'nor of what is no function of the api');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :key, 'customer_save', '[]')), 'SW005 p_arguments', 'arguments are an object');
RESET ROLE; SET LOCAL ROLE t_adv;
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', '0a000000-0000-4000-8000-000000000003', 'customer_save', '{"1": {}, "x\"); DROP": 1}')), '42883',
  'names of arguments are quoted');

-- What failed leaves no trace: the key is free for the corrected form.
\set failed '''0a000000-0000-4000-8000-000000000004'''
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :failed, 'customer_save', '{"1": {"legal_kind": "company"}}')), 'SW004 legal_name',
  'errors are those of the function, on its field');
SELECT ok(api.call(:failed, 'customer_save', '{"1": {"legal_kind": "company", "legal_name": "Corrigé"}}')::bigint > 0, 'and the key was not used up');

-- Given up.
\set gone '''0a000000-0000-4000-8000-000000000005'''
SELECT is((api.give_up(:gone)).done, false, 'what never arrived is given up');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :gone, 'customer_save', :body)), 'SW012 p_key request_key_used', 'and is refused when it arrives late');
SELECT is((api.give_up(:key)).answer, :'first', 'what was done is told with its answer');

-- Every kind of value: bytes, arrays, sets of rows.
SELECT ok(api.call('0a000000-0000-4000-8000-000000000006', 'attachment_add', jsonb_build_object('p_entity', 'customer', 'p_entity_id', :first,
    'p_name', 'a.pdf', 'p_content', encode('%PDF-1.4 a', 'base64')))::bigint > 0, 'bytes travel in base64 (ACCT-12)');
RESET ROLE; SET LOCAL ROLE t_admin;
SELECT is(api.call('0a000000-0000-4000-8000-000000000007', 'sim_card_set_state', '{"p_ids": [-1], "p_state": "lost"}')::jsonb -> 0 ->> 'ok', 'false',
  'a set is answered as an array');

-- Many records in one call, which is what the client asks again after a cut: each line is asked for once, each answer is the one that was lost.
RESET ROLE;
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT array_agg(pg_temp.line_in('active', n)) AS lines FROM generate_series(1, 20) AS n \gset
SELECT (:'lines'::bigint[])[20] AS last \gset
SELECT api.line_terminate(ARRAY[:last]);
SET LOCAL ROLE t_adv;
\set bulk '''0a000000-0000-4000-8000-000000000008'''
SELECT jsonb_build_object('p_ids', :'lines'::bigint[], 'p_direction', 'both', 'p_cause', 'Impayé') AS restriction \gset
SELECT api.call(:bulk, 'line_restrict', :'restriction') AS first \gset
SELECT api.call(:bulk, 'line_restrict', :'restriction') AS second \gset
SELECT is((SELECT string_agg(concat_ws(' ', n, ok, code), ', ' ORDER BY ok DESC) FROM (SELECT count(*) AS n, r.ok, r.code
    FROM jsonb_to_recordset(:'first'::jsonb) AS r (ok boolean, code text) GROUP BY r.ok, r.code) AS t), '19 t, 1 f SW007', 'a bulk has a result a line, a refusal among them');
SELECT is(:'second'::text, :'first', 'asked again, the same results');
SELECT is((SELECT count(*) FROM api.line_request WHERE action = 'line_restrict' AND line_id = ANY (:'lines'::bigint[])), 19::bigint, 'and no line was asked for twice');
SELECT is(pg_temp.refusal(format('SELECT api.call(%L, %L, %L)', :bulk, 'line_restrict', jsonb_set(:'restriction', '{p_ids,0}', '-1'))),
  'SW012 p_key request_key_used', 'other lines need another key');

RESET ROLE;
SELECT is(jobs.trim_requests('-1 second') > 4, true, 'keys are forgotten after a while');
SELECT * FROM finish();
ROLLBACK;
