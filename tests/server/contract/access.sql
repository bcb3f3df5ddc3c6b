-- Who may do what with contracts, and who sees which rows.
BEGIN;
SELECT plan(62);
\ir ../lib/contract.sql

-- The rights of each role, call by call: allowed means that the right is there, whatever the call then says.
SELECT pg_temp.contract() AS id \gset
CREATE FUNCTION pg_temp.as_role(p_role text, p_sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_error text;
BEGIN
  PERFORM set_config('role', p_role, true);
  v_error := pg_temp.error_of(p_sql);
  PERFORM set_config('role', 'none', true);
  RETURN CASE WHEN v_error IN ('42501', 'SW003') THEN 'refused' ELSE 'allowed' END;
END $$;
SELECT is(pg_temp.as_role('sw_' || r, format(call, :id)), CASE WHEN r = ANY (roles || '{admin}') THEN 'allowed' ELSE 'refused' END, format('%s: %s', r, name))
  FROM (VALUES
    ('save', $$SELECT api.contract_save('{"id": %s, "title": "x"}')$$, '{adv}'::text[]),
    ('start', 'SELECT api.contract_start(%s)', '{adv}'),
    ('close', 'SELECT api.contract_close(%s)', '{adv,accounting}'),
    ('cancel', $$SELECT api.contract_cancel(%s, 'x')$$, '{adv}'),
    ('reading', $$SELECT api.meter_reading_record(%s, 1, '2026-01-01', 'entered')$$, '{adv,accounting,support,staging,deployment,technician}')) AS c (name, call, roles),
  unnest('{admin,adv,accounting,support,staging,deployment,technician,partner,customer}'::text[]) AS r;
SELECT is(pg_temp.as_role('sw_support', format(call, :id)), 'refused', call) FROM (VALUES
    ('SELECT api.contract_refuse_renewal(%s)'), ($$SELECT api.contract_terminate(%s, '2026-05-01')$$),
    ($$UPDATE softwhere.contract SET title = 'x' WHERE id = %s$$), ('DELETE FROM softwhere.contract_item WHERE contract_id = %s'),
    ('SELECT rules.contract_start(ARRAY[%s]::bigint[])'), ('SELECT rules.contract_advance(ARRAY[%s]::bigint[])')) AS c (call);

-- Rows: T1 belongs to the introducer and to the customer's login, T2 to nobody in particular.
SELECT pg_temp.metered_contract() AS mine \gset
SELECT api.contract_start(:mine);
SELECT pg_temp.customer('T2') AS other \gset
SELECT pg_temp.metered_contract(jsonb_build_object('customer_id', :other)) AS theirs \gset
SELECT api.contract_start(:theirs);
INSERT INTO softwhere.introducer (name) VALUES ('Apporteur') RETURNING id AS introducer \gset
UPDATE softwhere.customer SET introducer_id = :introducer WHERE id = :customer_id;
CREATE ROLE t_partner LOGIN IN ROLE sw_partner;
CREATE ROLE t_customer LOGIN IN ROLE sw_customer;
INSERT INTO softwhere.app_user (role_name, display_name, introducer_id, customer_id)
VALUES ('t_partner', 'Apporteur', :introducer, NULL), ('t_customer', 'Client', NULL, :customer_id);

CREATE FUNCTION pg_temp.seen(p_role text, p_contract_ids bigint[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_view text; v_count bigint; v_seen text := '';
BEGIN
  PERFORM set_config('role', p_role, true);
  FOREACH v_view IN ARRAY '{contract_item,contract_equipment,meter,meter_reading,contract_event,contract_next_action}'::text[] LOOP
    EXECUTE format('SELECT count(*) FROM api.%I WHERE contract_id = ANY ($1)', v_view) INTO v_count USING p_contract_ids;
    v_seen := v_seen || ' ' || v_count;
  END LOOP;
  SELECT count(*) || v_seen INTO v_seen FROM api.contract WHERE id = ANY (p_contract_ids);
  PERFORM set_config('role', 'none', true);
  RETURN v_seen;
END $$;
SELECT is(pg_temp.seen('sw_technician', ARRAY[:mine, :theirs]), '2 2 2 4 4 2 6', 'the office sees all');
SELECT is(pg_temp.seen('t_partner', ARRAY[:mine, :theirs]), '1 1 1 2 2 1 0', 'a partner the contracts of their customers');
SELECT is(pg_temp.seen('t_customer', ARRAY[:mine, :theirs]), '1 1 1 2 2 0 0', 'a customer their own, without the journal');
SELECT is(pg_temp.seen('t_customer', ARRAY[:theirs]), '0 0 0 0 0 0 0', 'and nothing of others');

SET LOCAL ROLE t_customer;
SELECT is(api.contract_record(:mine) ->> 'monthly_net', '20.00', 'their record opens');
SELECT is(api.contract_record(:mine) -> 'next_actions', '[]', 'with nothing to press');
SELECT is(jsonb_array_length(api.contract_record(:mine) -> 'events'), 0, 'and no event');
SELECT is(pg_temp.error_of(format('SELECT api.contract_record(%s)', :theirs)), 'SW002', 'that of others does not exist');
SELECT is((SELECT count(*) FROM api.contract WHERE search_text LIKE '%t2%'), 0::bigint, 'not even by searching');
SELECT is((SELECT count(*) FROM api.equipment), 2::bigint, 'machines: those under contract with them');
RESET ROLE;

SELECT is((SELECT count(*) FROM pg_policy WHERE polrelid = 'softwhere.contract'::regclass), 2::bigint, 'two policies: the office, and partners with customers');

SELECT * FROM finish();
ROLLBACK;
