-- A customer goes only while nothing was made for it; who may not delete it is refused (ROLE-01, ROLE-05, ROLE-06).
BEGIN;
\ir ../lib/people.sql
SELECT plan(13);
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Twice", "contacts": [{"last_name": "Typed"}], "sites": [{"name": "Head office"}]}') AS twice \gset
SELECT api.note_add(:twice, 'typed twice') \g /dev/null
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Served", "sites": [{"name": "Head office"}]}') AS served \gset
SELECT api.contract_save(jsonb_build_object('customer_id', :served, 'billing_site_id', (SELECT id FROM softwhere.billing_site WHERE customer_id = :served),
  'contract_type', (SELECT min(code) FROM softwhere.contract_type))) \g /dev/null

SELECT is(pg_temp.refusal(format('SELECT api.customer_delete(%s)', :twice), r), '42501', r || ' may not')
  FROM unnest('{t_support,t_technician,t_partner,t_customer}'::text[]) AS r;
SELECT is(api.customer_delete(:twice), :twice::bigint, 'its id comes back');
SELECT is_empty(format('SELECT FROM softwhere.%I WHERE %I = %s', t, c, :twice), t || ': nothing of it is left')
  FROM (VALUES ('customer', 'id'), ('contact', 'customer_id'), ('billing_site', 'customer_id'), ('note', 'customer_id')) AS v (t, c);
SELECT isnt_empty(format('SELECT FROM softwhere.change_log WHERE customer_id = %s AND entity = ''customer''', :twice), 'the journal knows it was there');
SELECT is(pg_temp.refusal(format('SELECT api.customer_delete(%s)', :twice)), 'SW002 id', 'gone is gone');
SELECT is(pg_temp.refusal(format('SELECT api.customer_delete(%s)', :served), 't_adv'), 'SW013 customer_in_use', 'a contract keeps its customer');
SELECT isnt_empty(format('SELECT FROM softwhere.billing_site WHERE customer_id = %s', :served), 'whole');
SELECT * FROM finish();
ROLLBACK;
