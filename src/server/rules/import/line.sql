-- Lines from a file (LINE-*), all at once: with their site, user, subscription, options and SIM card.

CREATE FUNCTION rules.import_is_ended(p_activity text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN COALESCE(p_activity IN ('terminated', 'obsolete'), false);
COMMENT ON FUNCTION rules.import_is_ended(text) IS 'Whether a line of this activity leaves its number to another.';

CREATE FUNCTION rules.import_offers(p_keys text, p_kind text) RETURNS bigint[]
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_key text;
  v_ids bigint[] := '{}';
  v_found bigint[];
BEGIN
  v_found := ARRAY(SELECT id FROM offer WHERE kind = p_kind AND (code = p_keys OR rules.import_fold(label) = rules.import_fold(p_keys)) ORDER BY code = p_keys DESC, id);
  IF v_found <> '{}' OR p_kind <> 'option' THEN
    RETURN CASE WHEN cardinality(v_found) > 1 AND NOT EXISTS (SELECT FROM offer WHERE code = p_keys) THEN ARRAY[NULL::bigint] ELSE v_found[1:1] END;
  END IF;
  FOR v_key IN SELECT btrim(k) FROM regexp_split_to_table(p_keys, '[,;|/]') AS k WHERE btrim(k) <> '' LOOP
    SELECT array_agg(id) INTO v_found FROM offer WHERE kind = p_kind AND (code = v_key OR rules.import_fold(label) = rules.import_fold(v_key));
    IF v_found IS NULL THEN
      RETURN '{}';
    END IF;
    v_ids := v_ids || CASE WHEN cardinality(v_found) > 1 THEN (SELECT id FROM offer WHERE code = v_key) ELSE v_found[1] END;
  END LOOP;
  RETURN ARRAY(SELECT DISTINCT i FROM unnest(v_ids) AS i ORDER BY i);
END
$$;
COMMENT ON FUNCTION rules.import_offers(text, text) IS
  'The offers of a kind a cell means by code or label, several options between commas: none when one is unknown, null among them when a label is shared.';

CREATE FUNCTION rules.import_offer_problem(p_ids bigint[], p_kind text, p_on date, p_throughput text, p_field text) RETURNS text[]
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_field text;
  v_reason text;
BEGIN
  PERFORM rules.line_check_offer(i, p_kind, p_on, jsonb_strip_nulls(jsonb_build_object('throughput_mbps', p_throughput)), '') FROM unnest(p_ids) AS i;
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE NOT LIKE 'SW%' THEN
    RAISE;
  END IF;
  GET STACKED DIAGNOSTICS v_field = COLUMN_NAME, v_reason = CONSTRAINT_NAME;
  RETURN ARRAY[CASE WHEN v_field = 'throughput_mbps' AND p_kind = 'subscription' THEN v_field ELSE p_field END, SQLSTATE, NULLIF(v_reason, '')];
END
$$;
COMMENT ON FUNCTION rules.import_offer_problem(bigint[], text, date, text, text) IS 'What rules.line_check_offer says against offers on a day, as {field, code, reason}; null when nothing.';

CREATE FUNCTION rules.import_line_found() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  CREATE TEMPORARY TABLE import_found ON COMMIT DROP AS
  WITH customer_of AS MATERIALIZED (
    SELECT k.customer, rules.import_customers(k.customer) AS ids FROM (SELECT DISTINCT customer FROM import_row WHERE customer IS NOT NULL) AS k
  ), named AS MATERIALIZED (
    SELECT r.*, c.ids AS customer_ids, COALESCE(r.customer, '') AS customer_key, COALESCE(r.site, '') AS site_key,
           -- Without a site: the only one of the customer such a line can be at.
           CASE WHEN r.site IS NULL AND rules.number_kind(r.number) IN ('mobile', 'm2m') THEN 'mobile' ELSE '' END AS kind_key
      FROM import_row AS r LEFT JOIN customer_of AS c USING (customer)
  ), site_of AS MATERIALIZED (
    SELECT k.customer_key, k.site_key, k.kind_key, rules.import_services(c.ids[1], NULLIF(k.site_key, ''), NULLIF(k.kind_key, '')) AS ids
      FROM (SELECT DISTINCT customer_key, site_key, kind_key FROM named) AS k LEFT JOIN customer_of AS c ON c.customer = k.customer_key
  ), subscription_of AS MATERIALIZED (
    SELECT k.subscription, rules.import_offers(k.subscription, 'subscription') AS ids FROM (SELECT DISTINCT subscription FROM import_row WHERE subscription IS NOT NULL) AS k
  ), options_of AS MATERIALIZED (
    SELECT k.options, rules.import_offers(k.options, 'option') AS ids FROM (SELECT DISTINCT options FROM import_row WHERE options IS NOT NULL) AS k
  )
  SELECT r.*, s.ids AS service_ids, v.customer_id AS site_customer_id, v.operator_id AS site_operator_id,
         COALESCE(v.customer_id, r.customer_ids[1]) AS known_customer_id, o.ids AS subscription_ids, p.ids AS option_ids,
         COALESCE(r.starts_on::date, r.activated_on::date, rules.today()) AS subscribed_on, x.id AS external_line_id
    FROM named AS r
    LEFT JOIN site_of AS s USING (customer_key, site_key, kind_key)
    LEFT JOIN service AS v ON v.id = s.ids[1]
    LEFT JOIN subscription_of AS o USING (subscription)
    LEFT JOIN options_of AS p USING (options)
    LEFT JOIN service_line AS x ON x.external_id = r.external_id;
  ANALYZE import_found (number, iccid, subscribed_on);
END
$$;
COMMENT ON FUNCTION rules.import_line_found() IS 'Makes import_found: the lines of the file with the customer, site and offers their words mean, each word looked up once.';

CREATE FUNCTION rules.import_line_plan() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.import_line_found();
  CREATE TEMPORARY TABLE import_plan ON COMMIT DROP AS
  WITH checked AS MATERIALIZED (
    SELECT k.*, rules.import_offer_problem(k.subscription_ids, 'subscription', k.subscribed_on, k.throughput_mbps, 'subscription') AS problem
      FROM (SELECT DISTINCT subscription_ids, subscribed_on, COALESCE(throughput_mbps, '') AS throughput_mbps
              FROM import_found WHERE cardinality(subscription_ids) = 1 AND subscription_ids[1] IS NOT NULL) AS k
  ), checked_options AS MATERIALIZED (
    SELECT k.*, rules.import_offer_problem(k.option_ids, 'option', k.subscribed_on, NULL, 'options') AS problem
      FROM (SELECT DISTINCT option_ids, subscribed_on FROM import_found WHERE array_position(option_ids, NULL) IS NULL AND option_ids <> '{}') AS k
  )
  SELECT f.line_id, f.line_no, o.id AS record_id, n.*, f.price::numeric AS price, f.throughput_mbps::numeric AS throughput_mbps, f.subscribed_on,
         f.subscription_ids[1] AS subscription_id, f.option_ids, f.terminated_on::date AS terminated_on,
         k.id AS sim_card_id, k.state AS sim_state, k.line_id IS NOT DISTINCT FROM o.id AND o.id IS NOT NULL AS sim_is_its_own,
         o.activity AS old_activity, cur.offer_id AS current_id,
         COALESCE('#' || o.id, n.number || CASE WHEN rules.import_is_ended(n.activity) THEN ' ' || n.customer_id ELSE '' END) AS known_by, 'number' AS known_field, NULL::bigint AS twin,
         CASE WHEN o.id IS NULL THEN 'create'
              WHEN ROW (n.*) IS NOT DISTINCT FROM ROW (o.customer_id, o.service_id, o.number, o.first_name, o.last_name, o.operator_id, o.activity,
                     o.hide_called_numbers, o.cfast_account, o.external_id, o.committed_until_on, o.activated_on)
               AND (k.id IS NULL OR k.line_id IS NOT DISTINCT FROM o.id) AND (f.subscription IS NULL OR cur.offer_id IS NOT NULL) THEN 'same' ELSE 'change' END AS outcome,
         CASE WHEN f.bad IS NOT NULL THEN f.bad
              WHEN cardinality(f.customer_ids) = 0 THEN ARRAY['customer', 'SW002']
              WHEN cardinality(f.customer_ids) > 1 THEN ARRAY['customer', 'SW005', 'several_fit']
              WHEN f.site IS NULL AND o.id IS NULL AND cardinality(f.service_ids) <> 1 THEN ARRAY['site', 'SW004']
              WHEN f.site IS NOT NULL AND cardinality(f.service_ids) = 0 THEN ARRAY['site', 'SW002']
              WHEN f.site IS NOT NULL AND cardinality(f.service_ids) > 1 THEN ARRAY['site', 'SW005', 'several_fit']
              WHEN o.customer_id <> f.known_customer_id THEN
                CASE WHEN o.id = f.external_line_id THEN ARRAY['customer', 'SW016', 'line_changes_by_request'] ELSE ARRAY['number', 'SW012', 'line_number_once'] END
              WHEN f.last_name !~ '[0-9A-Za-z]' AND rules.operator_text(f.last_name) = '' THEN ARRAY['last_name', 'SW005', 'nothing_for_operator']
              WHEN f.terminated_on IS NOT NULL AND NOT rules.import_is_ended(n.activity) THEN ARRAY['terminated_on', 'SW005', 'not_terminated']
              WHEN o.id IS NOT NULL AND n.activity <> o.activity THEN ARRAY['activity', 'SW016', 'line_changes_by_request']
              WHEN o.activity <> 'under_construction' AND n.number <> o.number THEN ARRAY['number', 'SW016', 'line_changes_by_request']
              WHEN o.activity <> 'under_construction' AND n.first_name IS DISTINCT FROM o.first_name THEN ARRAY['first_name', 'SW016', 'line_changes_by_request']
              WHEN o.activity <> 'under_construction' AND n.last_name IS DISTINCT FROM o.last_name THEN ARRAY['last_name', 'SW016', 'line_changes_by_request']
              WHEN o.activity <> 'under_construction' AND n.activated_on IS DISTINCT FROM o.activated_on THEN ARRAY['activated_on', 'SW016', 'line_changes_by_request']
              WHEN f.subscription IS NOT NULL AND f.subscription_ids = '{}' THEN ARRAY['subscription', 'SW002']
              WHEN f.subscription_ids[1] IS NULL AND cardinality(f.subscription_ids) = 1 THEN ARRAY['subscription', 'SW005', 'several_fit']
              WHEN f.price IS NOT NULL AND f.subscription IS NULL THEN ARRAY['subscription', 'SW004']
              WHEN f.price::numeric < 0 THEN ARRAY['price', 'SW005', 'line_offer_price_not_negative']
              WHEN f.throughput_mbps::numeric NOT BETWEEN 0 AND 99999999 THEN ARRAY['throughput_mbps', 'SW005', 'out_of_range']
              WHEN f.options IS NOT NULL AND f.option_ids = '{}' THEN ARRAY['options', 'SW002']
              WHEN array_position(f.option_ids, NULL) IS NOT NULL THEN ARRAY['options', 'SW005', 'several_fit']
              WHEN cur.offer_id <> f.subscription_ids[1] THEN ARRAY['subscription', 'SW016', 'line_changes_by_request']
              WHEN cur.price <> f.price::numeric THEN ARRAY['price', 'SW016', 'line_changes_by_request']
              WHEN o.activity <> 'under_construction' AND f.subscription IS NOT NULL AND cur.offer_id IS NULL AND NOT rules.import_is_ended(o.activity)
                THEN ARRAY['subscription', 'SW016', 'line_changes_by_request']
              WHEN o.id IS NOT NULL AND NOT rules.import_is_ended(o.activity) AND f.options IS NOT NULL AND cur.option_ids IS DISTINCT FROM f.option_ids
                THEN ARRAY['options', 'SW016', 'line_changes_by_request']
              WHEN cur.offer_id IS NULL AND q.problem IS NOT NULL THEN q.problem
              WHEN o.id IS NULL AND g.problem IS NOT NULL THEN g.problem
              WHEN f.iccid IS NOT NULL AND k.id IS NULL THEN ARRAY['iccid', 'SW002', 'sim_not_in_stock']
              WHEN f.iccid IS NOT NULL AND rules.number_kind(n.number) = 'fixed' THEN ARRAY['iccid', 'SW005', 'line_without_sim']
              WHEN k.operator_id <> COALESCE(n.operator_id, f.site_operator_id) THEN ARRAY['iccid', 'SW005', 'sim_of_another_operator']
              WHEN k.line_id = o.id THEN NULL
              WHEN k.id IS NOT NULL AND EXISTS (SELECT FROM sim_card AS s WHERE s.line_id = o.id AND s.state IN ('active', 'suspended', 'reserved'))
                THEN ARRAY['iccid', 'SW016', 'line_changes_by_request']
              WHEN k.id IS NOT NULL AND NOT (k.state = 'in_stock' OR k.state = 'reserved' AND k.customer_id = n.customer_id AND k.line_id IS NULL)
                THEN ARRAY['iccid', 'SW005', 'sim_not_available', f.iccid] END AS bad
    FROM import_found AS f
    LEFT JOIN LATERAL (
      SELECT l.id FROM service_line AS l
       WHERE f.external_line_id IS NULL AND l.number = f.number
         AND CASE WHEN rules.import_is_ended(f.activity) THEN l.customer_id = f.known_customer_id ELSE NOT rules.import_is_ended(l.activity) END
       ORDER BY rules.import_is_ended(l.activity) = rules.import_is_ended(f.activity) DESC, l.id DESC LIMIT 1) AS m ON true
    LEFT JOIN service_line AS o ON o.id = COALESCE(f.external_line_id, m.id)
    LEFT JOIN LATERAL (
      SELECT (array_agg(t.offer_id ORDER BY t.starts_on DESC, t.id DESC) FILTER (WHERE t.kind = 'subscription'))[1] AS offer_id,
             (array_agg(t.price ORDER BY t.starts_on DESC, t.id DESC) FILTER (WHERE t.kind = 'subscription'))[1] AS price,
             array_agg(t.offer_id ORDER BY t.offer_id) FILTER (WHERE t.kind = 'option') AS option_ids
        FROM line_offer AS t WHERE t.line_id = o.id AND (t.ends_on IS NULL OR rules.import_is_ended(o.activity))) AS cur ON true
    LEFT JOIN sim_card AS k ON k.iccid = f.iccid
    LEFT JOIN checked AS q ON q.subscription_ids = f.subscription_ids AND q.subscribed_on = f.subscribed_on AND q.throughput_mbps = COALESCE(f.throughput_mbps, '')
    LEFT JOIN checked_options AS g ON g.option_ids = f.option_ids AND g.subscribed_on = f.subscribed_on
   CROSS JOIN LATERAL (
     SELECT COALESCE(o.customer_id, f.known_customer_id) AS customer_id,
            CASE WHEN f.site IS NULL AND o.id IS NOT NULL THEN o.service_id ELSE f.service_ids[1] END AS service_id,
            COALESCE(f.number, o.number) AS number, COALESCE(f.first_name, o.first_name) AS first_name, COALESCE(f.last_name, o.last_name) AS last_name,
            COALESCE(f.operator_id::bigint, o.operator_id) AS operator_id, COALESCE(f.activity, o.activity, 'under_construction') AS activity,
            COALESCE(f.hide_called_numbers::boolean, o.hide_called_numbers, true) AS hide_called_numbers, COALESCE(f.cfast_account, o.cfast_account) AS cfast_account,
            COALESCE(f.external_id, o.external_id) AS external_id, COALESCE(f.committed_until_on::date, o.committed_until_on) AS committed_until_on,
            COALESCE(f.activated_on::date, o.activated_on, CASE WHEN o.id IS NULL AND f.activity = 'active' THEN rules.today() END) AS activated_on) AS n
   ORDER BY f.line_no;
  PERFORM rules.import_twins();
  PERFORM rules.import_line_clash();
  DROP TABLE import_found;
END
$$;
COMMENT ON FUNCTION rules.import_line_plan() IS
  'What each line of the file would do, by the rules of api.line_save and rules.sim_hold: known by the identifier elsewhere, else by the number among live lines; an ended one among those of its customer.';

CREATE FUNCTION rules.import_line_clash() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE import_plan AS p SET bad = ARRAY['iccid', 'SW005', 'sim_not_available']
    FROM (SELECT line_id, row_number() OVER (PARTITION BY sim_card_id ORDER BY sim_is_its_own DESC, line_no) AS n
            FROM import_plan WHERE bad IS NULL AND twin IS NULL AND sim_card_id IS NOT NULL) AS t
   WHERE p.line_id = t.line_id AND t.n > 1;
  UPDATE import_plan AS p SET bad = ARRAY['external_id', 'SW012', 'line_external_id_unique']
    FROM (SELECT line_id, row_number() OVER (PARTITION BY external_id ORDER BY record_id IS NULL, line_no) AS n
            FROM import_plan WHERE bad IS NULL AND twin IS NULL AND external_id IS NOT NULL) AS t
   WHERE p.line_id = t.line_id AND t.n > 1;
  UPDATE import_plan AS p SET bad = ARRAY['number', 'SW012', 'line_number_once']
   WHERE bad IS NULL AND outcome = 'change' AND NOT rules.import_is_ended(activity)
     AND EXISTS (SELECT FROM service_line AS l WHERE l.number = p.number AND l.id <> p.record_id AND l.activity NOT IN ('terminated', 'obsolete'));
END
$$;
COMMENT ON FUNCTION rules.import_line_clash() IS 'Lines that each are right but not together: one SIM card, identifier or number for two.';

CREATE FUNCTION rules.import_line_write() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE import_plan SET record_id = nextval('service_line_id_seq') WHERE outcome = 'create';
  INSERT INTO service_line (id, customer_id, service_id, number, first_name, last_name, operator_id, activity, hide_called_numbers, cfast_account, external_id,
                            committed_until_on, activated_on, terminated_on, created_by, search_text) OVERRIDING SYSTEM VALUE
  WITH site AS MATERIALIZED (SELECT service_id, rules.line_search_site(service_id) AS text FROM (SELECT DISTINCT service_id FROM import_plan) AS s)
  SELECT p.record_id, p.customer_id, p.service_id, p.number, p.first_name, p.last_name, p.operator_id, p.activity, p.hide_called_numbers, p.cfast_account,
         p.external_id, p.committed_until_on, p.activated_on, CASE WHEN rules.import_is_ended(p.activity) THEN COALESCE(p.terminated_on, rules.today()) END,
         rules.caller(), rules.line_search_text(p.number, p.first_name, p.last_name, p.external_id, s.text)
    FROM import_plan AS p JOIN site AS s USING (service_id) WHERE p.outcome = 'create' ORDER BY p.line_no;
  UPDATE service_line AS l
     SET (service_id, number, first_name, last_name, operator_id, hide_called_numbers, cfast_account, external_id, committed_until_on, activated_on)
       = (p.service_id, p.number, p.first_name, p.last_name, p.operator_id, p.hide_called_numbers, p.cfast_account, p.external_id, p.committed_until_on, p.activated_on)
    FROM import_plan AS p WHERE p.outcome = 'change' AND l.id = p.record_id;
  INSERT INTO line_offer (line_id, customer_id, offer_id, kind, code, label, option_family, price, price_months, purchase_price, data_gb, throughput_mbps, starts_on, ends_on)
  SELECT p.record_id, p.customer_id, o.id, o.kind, o.code, o.label, o.option_family,
         CASE WHEN o.kind = 'subscription' THEN COALESCE(p.price, o.price) ELSE o.price END, o.price_months, o.purchase_price, o.data_gb,
         CASE WHEN o.kind = 'subscription' THEN COALESCE(p.throughput_mbps, o.throughput_mbps) ELSE o.throughput_mbps END, p.subscribed_on,
         -- What an ended line had ended the day before it.
         CASE WHEN rules.import_is_ended(p.activity) THEN GREATEST(COALESCE(p.terminated_on, rules.today()), p.subscribed_on) - 1 END
    FROM import_plan AS p
   CROSS JOIN LATERAL (SELECT p.subscription_id AS offer_id WHERE p.current_id IS NULL
                       UNION ALL SELECT unnest(p.option_ids) WHERE p.outcome = 'create') AS w
    JOIN offer AS o ON o.id = w.offer_id
   WHERE p.outcome = 'create' OR p.outcome = 'change' AND p.old_activity = 'under_construction'
   ORDER BY p.line_no;
  PERFORM rules.import_line_sims();
END
$$;
COMMENT ON FUNCTION rules.import_line_write() IS 'Writes import_plan to the lines, their offers and SIM cards.';

CREATE FUNCTION rules.import_line_sims() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Whoever holds one of these cards at this moment decides first.
  PERFORM FROM sim_card WHERE id IN (SELECT sim_card_id FROM import_plan WHERE sim_card_id IS NOT NULL AND NOT sim_is_its_own) ORDER BY id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  ELSIF EXISTS (SELECT FROM import_plan AS p JOIN sim_card AS s ON s.id = p.sim_card_id
                 WHERE NOT p.sim_is_its_own AND p.twin IS NULL AND (s.state <> p.sim_state OR s.line_id IS NOT NULL OR s.customer_id <> p.customer_id)) THEN
    PERFORM rules.invalid('iccid', 'sim_not_available', 'a SIM card of the file was taken meanwhile');
  END IF;
  -- Arc by arc, as an order and its line would have it.
  UPDATE sim_card AS s SET state = 'reserved', state_entered_on = rules.today(), state_reason = NULL, customer_id = p.customer_id, line_id = p.record_id
    FROM import_plan AS p WHERE s.id = p.sim_card_id AND NOT p.sim_is_its_own AND p.twin IS NULL;
  UPDATE sim_card AS s SET state = 'active'
    FROM import_plan AS p WHERE s.id = p.sim_card_id AND NOT p.sim_is_its_own AND p.twin IS NULL AND p.activity <> 'under_construction';
  UPDATE sim_card AS s SET state = CASE p.activity WHEN 'inactive' THEN 'suspended' ELSE 'terminated' END
    FROM import_plan AS p
   WHERE s.id = p.sim_card_id AND NOT p.sim_is_its_own AND p.twin IS NULL AND p.activity IN ('inactive', 'terminated', 'obsolete');
END
$$;
COMMENT ON FUNCTION rules.import_line_sims() IS 'Gives the lines of import_plan their SIM cards; a card somebody else took meanwhile stops the import (SW005).';
