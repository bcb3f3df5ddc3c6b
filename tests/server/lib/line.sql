-- What the tests of lines stand on, after people.sql and contract.sql: two operators (our own network, and one a person asks), a
-- small catalogue, a service of each, and lines in any state brought there by their arcs.

SELECT api.operator_save('{"name": "Actif", "provider": "internal"}') AS own \gset
SELECT api.operator_save('{"name": "Orange", "provider": "manual", "sim_alert_level": 2}') AS orange \gset
SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :own)) AS mobile \gset
CREATE FUNCTION pg_temp.offer(p_code text, p_price text, p jsonb DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$
  SELECT api.offer_save(jsonb_build_object('catalogue_id', (SELECT max(id) FROM softwhere.catalogue), 'kind', 'subscription', 'code', p_code, 'label', 'Offre ' || p_code,
    'price', p_price, 'valid_from_on', '2020-01-01', 'purchase_price', (p_price::numeric / 2)::text) || p)
$$;
SELECT pg_temp.offer('P10', '10') AS p10 \gset
SELECT pg_temp.offer('P20', '20') AS p20 \gset
SELECT pg_temp.offer('MONDE', '5', '{"kind": "option", "option_family": "international"}') AS world \gset
SELECT pg_temp.offer('EUROPE', '3', '{"kind": "option", "option_family": "international"}') AS europe \gset
SELECT pg_temp.offer('DATA', '4', '{"kind": "option", "option_family": "data", "data_gb": "5"}') AS data \gset
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'mobile', 'operator_id', :own)) AS service \gset
SELECT set_config('test.service_id', :'service', true), set_config('test.p10', :'p10', true), set_config('test.own', :'own', true) AS ignored \gset

-- The nth SIM card of an operator, with a right key.
CREATE FUNCTION pg_temp.sim(p_n int, p_operator_id bigint DEFAULT current_setting('test.own')::bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT api.sim_card_save(jsonb_build_object('operator_id', p_operator_id, 'iccid',
    (SELECT d || k FROM (SELECT '893301' || lpad(p_n::text, 12, '0') AS d) AS t, generate_series(0, 9) AS k WHERE rules.is_luhn(d || k))))
$$;
-- An under construction line of the service with number 06 00 00 00 nn, its subscription P10.
CREATE FUNCTION pg_temp.line(p_n int, p jsonb DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$
  SELECT api.line_save(jsonb_build_object('service_id', current_setting('test.service_id')::bigint, 'number', '06' || lpad(p_n::text, 8, '0'), 'first_name', 'Zoé',
    'last_name', 'L''Épée', 'offers', jsonb_build_array(jsonb_build_object('offer_id', current_setting('test.p10')::bigint))) || p)
$$;
-- A line brought into a state of the machine.
CREATE FUNCTION pg_temp.line_in(p_state text, p_n int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint := pg_temp.line(p_n);
BEGIN
  IF p_state <> 'under_construction' THEN
    PERFORM api.line_activate(ARRAY[v_id]);
  END IF;
  CASE p_state
    WHEN 'restricted' THEN PERFORM api.line_restrict(ARRAY[v_id], 'outgoing');
    WHEN 'inactive' THEN PERFORM api.line_deactivate(ARRAY[v_id]);
    WHEN 'terminated' THEN PERFORM api.line_terminate(ARRAY[v_id]);
    WHEN 'obsolete' THEN PERFORM api.line_terminate(ARRAY[v_id]); PERFORM api.line_archive(ARRAY[v_id]);
    ELSE NULL;
  END CASE;
  RETURN v_id;
END $$;
CREATE FUNCTION pg_temp.state(p_id bigint) RETURNS text LANGUAGE sql AS $$ SELECT state FROM api.line WHERE id = p_id $$;
