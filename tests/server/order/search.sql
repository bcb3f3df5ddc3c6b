-- Orders are found by what is known of them, and stand on the record of their customer, for whoever may see them (SRCH-01, MORD-16).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(20);
SELECT api.mobile_order_save(jsonb_build_object('customer_id', :customer_id, 'comment', 'Ouverture du kiosque', 'lines',
  '[{"first_name": "Maïwenn", "last_name": "Quéméneur", "number": "0639984218"}]'::jsonb)) AS one \gset
SELECT number FROM softwhere.sales_order WHERE id = :one \gset
UPDATE softwhere.app_user SET customer_id = :customer_id WHERE role_name = 't_customer';

CREATE FUNCTION pg_temp.found(p_text text, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_found text;
BEGIN
  PERFORM set_config('role', p_role, true);
  SELECT string_agg(page || ' ' || record_id, ', ') INTO v_found FROM api.search(p_text, 5) WHERE entity = 'sales_order';
  PERFORM set_config('role', 'none', true);
  RETURN COALESCE(v_found, 'nothing');
END $$;
SELECT is(pg_temp.found(t), 'sales_order ' || :one, t)
  FROM unnest(ARRAY[:'number', lower(:'number'), replace(:'number', '-', ''), right(:'number', 6), '06 39 98 42 18', '+33639984218', 'quemeneur', 'kiosque', 'kemeneur']) AS t;
SELECT is((SELECT (title, subtitle)::text FROM api.search(:'number', 1)), format('(%s,"Société T1")', :'number'), 'it says whose it is');
SELECT is(pg_temp.found(:'number', 't_technician'), 'sales_order ' || :one, 'the office finds drafts');
SELECT is(pg_temp.found(t, 't_customer'), 'nothing', 'their customer does not: ' || t) FROM unnest(ARRAY[:'number', '0639984218', 'kiosque']) AS t;

-- What everybody reads on the record of the customer.
CREATE FUNCTION pg_temp.orders(p_role text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_orders jsonb;
BEGIN
  PERFORM set_config('role', p_role, true);
  v_orders := api.customer_record(current_setting('test.customer_id')::bigint) -> 'orders';
  PERFORM set_config('role', 'none', true);
  RETURN (SELECT string_agg(concat_ws(' ', o ->> 'id', o ->> 'kind', o ->> 'status', o ->> 'line_count'), ', ') FROM jsonb_array_elements(v_orders) AS o);
END $$;
SELECT is(pg_temp.orders('t_adv'), :one || ' mobile draft 1', 'the record of the customer shows the order');
SELECT is(pg_temp.orders('t_customer'), NULL, 'not to the customer, while it is a draft');

-- Entries follow.
UPDATE softwhere.sales_order SET status = 'validated' WHERE id = :one;
SELECT is(pg_temp.found('kiosque', 't_customer'), 'sales_order ' || :one, 'validated, the customer finds it');
SELECT is(pg_temp.orders('t_customer'), :one || ' mobile validated 1', 'and reads it on the record');
UPDATE softwhere.customer SET legal_name = 'Viennoiserie Zwolak' WHERE id = :customer_id;
SELECT is((SELECT subtitle FROM api.search(:'number', 1)), 'Viennoiserie Zwolak', 'a new name is shown');
DELETE FROM softwhere.sales_order WHERE id = :one;
SELECT is(pg_temp.found('kiosque'), 'nothing', 'nothing is left of one that is gone');
SELECT * FROM finish();
ROLLBACK;
