-- The parc of a customer with 2 000 lines, of two offers each, in one round trip (PARC-02), beside reading the very same rows
-- without shaping them; and 200 lines suspended in one call. Medians of :rounds, as a member of the office.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;

SELECT api.operator_save('{"name": "Réseau", "provider": "internal"}') AS operator \gset
SELECT api.offer_save('{"kind": "subscription", "code": "P", "label": "Forfait", "price": "10", "valid_from_on": "2020-01-01"}') AS plan \gset
INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
SELECT 'B-' || n, 'company', 'Client ' || n, '2026-01-01', 'bench', 'bench' FROM generate_series(1, 10) AS n;
SELECT api.service_save(jsonb_build_object('customer_id', id, 'kind', 'mobile', 'operator_id', :operator)) FROM softwhere.customer ORDER BY id \g /dev/null
-- One has two thousand lines, nine have two hundred.
INSERT INTO softwhere.service_line (customer_id, service_id, number, first_name, last_name, activity, activated_on, created_by)
SELECT s.customer_id, s.id, '+33700' || lpad((s.id * 10000 + n)::text, 10, '0'), 'Zoé', 'Le Bris ' || n, 'active', '2025-01-01', 'bench'
  FROM softwhere.service AS s, generate_series(1, 2000) AS n WHERE n <= 200 OR s.id = (SELECT min(id) FROM softwhere.service);
INSERT INTO softwhere.line_offer (line_id, customer_id, offer_id, kind, code, label, price, starts_on, ends_on)
SELECT l.id, l.customer_id, :plan, 'subscription', 'P', 'Forfait', 10, d.starts_on, d.ends_on
  FROM softwhere.service_line AS l, (VALUES ('2025-01-01'::date, '2025-12-31'::date), ('2026-01-01', NULL)) AS d (starts_on, ends_on);
VACUUM ANALYZE softwhere.service_line, softwhere.line_offer;
SELECT min(id) AS customer FROM softwhere.customer \gset

CREATE TEMPORARY TABLE taken (what text, ms numeric);
CREATE PROCEDURE pg_temp.measure(p_what text, p_sql text, p_rounds int) LANGUAGE plpgsql AS $$
DECLARE
  v_start timestamptz;
  v_answer text;
BEGIN
  FOR n IN 0 .. p_rounds LOOP
    v_start := clock_timestamp();
    EXECUTE p_sql INTO v_answer;
    -- The first one warms up.
    INSERT INTO taken SELECT p_what, 1000 * extract(epoch FROM clock_timestamp() - v_start) WHERE n > 0;
  END LOOP;
END $$;
GRANT ALL ON taken TO sw_adv;
SET ROLE sw_adv;
CALL pg_temp.measure('parc', format('SELECT api.customer_parc(%s)', :customer), :rounds);
CALL pg_temp.measure('rows', format('SELECT string_agg(t::text, '''') FROM (SELECT l.id, l.number, l.first_name, l.last_name, l.activity, l.restriction, o.code, o.label, o.price, o.starts_on, o.ends_on
  FROM softwhere.service_line AS l JOIN softwhere.line_offer AS o ON o.line_id = l.id WHERE l.customer_id = %s) AS t', :customer), :rounds);
RESET ROLE;
CALL pg_temp.measure('suspend', format('SELECT count(*) FROM api.line_restrict(ARRAY(SELECT id FROM softwhere.service_line WHERE customer_id = %s AND restriction = ''none'' ORDER BY id LIMIT 200), ''outgoing'')', :customer), :rounds);

SELECT format('parc of 2 000 lines %s ms   the bare rows %s ms   ratio %s', round(p::numeric), round(r::numeric), round((p / r)::numeric, 1)) || E'\n'
    || format('200 lines suspended in one call %s ms, %s ms a line', round(s::numeric), round((s / 200)::numeric, 2))
  FROM (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE what = 'parc') AS p,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE what = 'rows') AS r,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE what = 'suspend') AS s FROM taken) AS m;
