-- A provider that tells of one account with lines, after people.sql, contract.sql and line.sql. Items are what a connector hands in.

UPDATE softwhere.provider SET base_url = 'https://cfast.example', active = true WHERE code = 'cfast';
SELECT set_config('test.customer_number', (SELECT number FROM softwhere.customer WHERE id = :customer_id), true) AS ignored \gset

CREATE FUNCTION pg_temp.start(p_full boolean DEFAULT true) RETURNS jsonb LANGUAGE sql AS $$
  SELECT api.sync_start('cfast', p_full, '[{"resource": "customers"}]')
$$;
-- Hands in these items as the answer to the first open question; @p_next: what it leads to.
CREATE FUNCTION pg_temp.hand_in(p_run jsonb, p_items jsonb, p_next jsonb DEFAULT '[]') RETURNS jsonb LANGUAGE sql AS $$
  SELECT api.sync_add((p_run ->> 'run_id')::bigint, ARRAY[(p_run -> 'tasks' -> 0 ->> 'id')::bigint], ARRAY[p_items::text],
    jsonb_build_array(jsonb_build_object('items', p_items, 'next', p_next)))
$$;
CREATE FUNCTION pg_temp.finish(p_run jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT api.sync_end((p_run ->> 'run_id')::bigint, 'done') $$;

CREATE FUNCTION pg_temp.top(p_service_kind text DEFAULT 'mobile') RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_array(
    jsonb_build_object('kind', 'account', 'external_id', '1000-1', 'name', 'Dupont', 'internal_ref', current_setting('test.customer_number')),
    jsonb_build_object('kind', 'site', 'external_id', '5000-1', 'parent_id', '1000-1'),
    jsonb_build_object('kind', 'service', 'external_id', '9000-1', 'parent_id', '5000-1', 'name', 'Siège', 'service_kind', p_service_kind, 'operator', 'orange', 'activity', 'active'),
    jsonb_build_object('kind', 'service', 'external_id', '9000-2', 'parent_id', '5000-1', 'name', 'Agence', 'service_kind', p_service_kind, 'operator', 'orange', 'activity', 'active'))
$$;
CREATE FUNCTION pg_temp.article(p_id text, p_code text, p_price text, p_from date, p_to date DEFAULT NULL, p_kind text DEFAULT 'subscription') RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_object('id', p_id, 'kind', p_kind, 'code', p_code, 'label', 'Forfait ' || p_code, 'price', p_price, 'price_months', 1,
    'purchase_price', round(p_price::numeric / 2, 2)::text, 'quantity', '1', 'starts_on', p_from, 'ends_on', p_to)
$$;
CREATE FUNCTION pg_temp.item(p_id text, p_number text, p_articles jsonb, p jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_object('kind', 'line', 'external_id', p_id, 'parent_id', '9000-1', 'number', p_number, 'first_name', 'Jean', 'last_name', 'Dupont',
    'activity', 'active', 'hide_called_numbers', true, 'articles', p_articles) || p
$$;
-- The history of a line as text: code from..to (exclusive bounds left open), in order.
CREATE FUNCTION pg_temp.history(p_id text) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(format('%s %s..%s', o.code, o.starts_on, o.ends_on), ', ' ORDER BY o.starts_on, o.ends_on NULLS LAST, o.code)
    FROM softwhere.line_offer AS o JOIN softwhere.service_line AS l ON l.id = o.line_id
   WHERE l.external_id = p_id AND (o.ends_on IS NULL OR o.ends_on >= o.starts_on)
$$;
CREATE FUNCTION pg_temp.open() RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(code || ' ' || external_id, ', ' ORDER BY code, external_id) FROM api.sync_anomaly WHERE is_open
$$;
