-- The whole parc of a customer in one round trip: thousands of lines, so each table is read once.

CREATE FUNCTION rules.customer_lines(p_customer_id bigint, p_service_id bigint) RETURNS TABLE (service_id bigint, lines json)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
-- Nobody knows beforehand whether the customer has two lines or two thousand: by nested loops the latter take seconds.
SET enable_nestloop = off
AS $$
  -- Rows are put in order first and made JSON as they are: an aggregate that sorts, or names its keys itself, takes twice as long.
  -- Only the offers of today: what was before is read when a line is unfolded (api.line_histories).
  WITH day AS MATERIALIZED (
    -- A column and not a sub-select: only so line_offer_counts() becomes part of the query, without a call for each row.
    SELECT rules.today() AS today
  ), offers AS MATERIALIZED (
    SELECT o.line_id, max(o.label) FILTER (WHERE o.kind = 'subscription') AS subscription,
           json_agg(o.label ORDER BY o.label) FILTER (WHERE o.kind = 'option') AS options,
           sum(round(o.quantity * o.price / o.price_months, 2)) AS monthly_net
      FROM line_offer AS o JOIN service_line AS n ON n.id = o.line_id CROSS JOIN day AS d
     WHERE o.customer_id = p_customer_id AND n.customer_id = p_customer_id AND (p_service_id IS NULL OR n.service_id = p_service_id)
       AND rules.line_offer_counts(o.starts_on, o.ends_on, n.activity, d.today)
     GROUP BY o.line_id
  ), cards AS MATERIALIZED (
    SELECT DISTINCT ON (k.line_id) k.line_id, k.iccid FROM sim_card AS k
     WHERE k.customer_id = p_customer_id AND k.line_id IS NOT NULL AND k.state IN ('active', 'suspended', 'reserved') ORDER BY k.line_id, k.state = 'reserved'
  ), waiting AS MATERIALIZED (
    SELECT r.line_id, count(*) AS open_requests FROM line_request AS r
     WHERE r.customer_id = p_customer_id AND r.status IN ('queued', 'sent', 'accepted') GROUP BY r.line_id
  )
  SELECT x.service_id, json_agg(y)
    FROM (SELECT l.service_id, l.id, l.number, rules.phone_shown(l.number) AS number_shown, l.first_name, l.last_name, p.name AS operator_name,
                 l.activity, rules.line_state(l.activity, l.restriction) AS state, k.iccid, o.subscription, COALESCE(o.options, '[]') AS options,
                 COALESCE(o.monthly_net, 0.00)::text AS monthly_net, COALESCE(w.open_requests, 0) AS open_requests
            FROM service_line AS l
            JOIN service AS s ON s.id = l.service_id AND s.customer_id = p_customer_id
            LEFT JOIN offers AS o ON o.line_id = l.id
            LEFT JOIN cards AS k ON k.line_id = l.id
            LEFT JOIN waiting AS w ON w.line_id = l.id
            LEFT JOIN operator AS p ON p.id = COALESCE(l.operator_id, s.operator_id)
           WHERE l.customer_id = p_customer_id AND (p_service_id IS NULL OR l.service_id = p_service_id)
           ORDER BY l.service_id, l.activity IN ('terminated', 'obsolete'), l.number COLLATE "C", l.id) AS x
   CROSS JOIN LATERAL (SELECT x.id, x.number, x.number_shown, x.first_name, x.last_name, x.operator_name, x.activity, x.state, x.iccid, x.subscription,
                              x.options, x.monthly_net, x.open_requests) AS y
   GROUP BY x.service_id
$$;
COMMENT ON FUNCTION rules.customer_lines(bigint, bigint) IS
  'Lines of a customer, or of one of their services, by service, each with its offers of today; amounts are text.';

CREATE FUNCTION rules.parc_margins(p_customer_id bigint, p_service_id bigint) RETURNS json
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
SET enable_nestloop = off
AS $$
  WITH day AS MATERIALIZED (SELECT rules.today() AS today), line AS MATERIALIZED (
    SELECT l.id, s.kind, sum(round(o.quantity * o.price / o.price_months, 2)) - sum(round(o.quantity * o.purchase_price / o.price_months, 2)) AS margin,
           count(*) = count(o.purchase_price) AS known
      FROM service_line AS l
     CROSS JOIN day AS d
      JOIN service AS s ON s.id = l.service_id
      JOIN line_offer AS o ON o.line_id = l.id AND o.customer_id = p_customer_id AND rules.line_offer_counts(o.starts_on, o.ends_on, l.activity, d.today)
     WHERE l.customer_id = p_customer_id AND (p_service_id IS NULL OR l.service_id = p_service_id)
     GROUP BY l.id, s.kind
  )
  SELECT json_build_object('lines', (SELECT COALESCE(json_object_agg(id, margin::text), '{}') FROM line WHERE known),
           'kinds', (SELECT COALESCE(json_object_agg(kind, json_build_object('margin', margin::text, 'unknown', unknown)), '{}')
                       FROM (SELECT kind, COALESCE(sum(margin) FILTER (WHERE known), 0.00) AS margin, count(*) FILTER (WHERE NOT known) AS unknown
                               FROM line GROUP BY kind) AS k))
$$;
COMMENT ON FUNCTION rules.parc_margins(bigint, bigint) IS
  'What lines leave a month, € excl. VAT (LINE-14): lines {id: margin} where every purchase price is known, kinds {kind: {margin, unknown: lines that are not}}. Managers: for anybody else a permission error.';

CREATE FUNCTION rules.customer_parc_totals(p_customer_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT jsonb_object_agg(t.kind, jsonb_build_object('services', COALESCE(s.services, 0), 'lines', COALESCE(l.lines, 0),
             'active_lines', COALESCE(l.active_lines, 0), 'equipment', COALESCE(e.machines, 0), 'monthly_net', COALESCE(o.monthly_net, 0.00)::text))
      FROM unnest('{fixed,internet,mobile,cybersecurity}'::text[]) AS t (kind)
      LEFT JOIN (SELECT kind, count(*) FILTER (WHERE activity = 'active') AS services FROM service WHERE customer_id = p_customer_id GROUP BY kind) AS s USING (kind)
      LEFT JOIN (SELECT s.kind, count(*) FILTER (WHERE l.activity NOT IN ('terminated', 'obsolete')) AS lines, count(*) FILTER (WHERE l.activity = 'active') AS active_lines
                   FROM service_line AS l JOIN service AS s ON s.id = l.service_id WHERE l.customer_id = p_customer_id GROUP BY s.kind) AS l USING (kind)
      LEFT JOIN (SELECT s.kind, count(*) AS machines FROM equipment AS e JOIN service AS s ON s.id = e.service_id WHERE s.customer_id = p_customer_id GROUP BY s.kind) AS e USING (kind)
      LEFT JOIN (SELECT s.kind, sum(round(o.quantity * o.price / o.price_months, 2)) AS monthly_net
                   FROM line_offer AS o JOIN service_line AS l ON l.id = o.line_id JOIN service AS s ON s.id = l.service_id
                  WHERE o.customer_id = p_customer_id AND l.customer_id = p_customer_id AND (SELECT rules.today()) BETWEEN o.starts_on AND COALESCE(o.ends_on, 'infinity') GROUP BY s.kind) AS o USING (kind));
END
$$;
COMMENT ON FUNCTION rules.customer_parc_totals(bigint) IS
  'Per kind (fixed, internet, mobile, cybersecurity): active services, live lines, active lines, machines, monthly_net in € excl. VAT as text (PARC-02).';

CREATE FUNCTION rules.parc_groups(p_customer_id bigint, p_service_id bigint) RETURNS json
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT json_agg(json_build_object('kind', t.kind, 'services', COALESCE(g.services, '[]'::json)) ORDER BY t.n)
    FROM unnest('{fixed,internet,mobile,cybersecurity}'::text[]) WITH ORDINALITY AS t (kind, n)
    LEFT JOIN (
      SELECT x.kind, json_agg(x ORDER BY x.activity, x.status = 'main' DESC, x.name, x.id) AS services
        FROM (SELECT s.*, COALESCE(e.equipment, '[]'::json) AS equipment, COALESCE(l.lines, '[]'::json) AS lines
                FROM api.service AS s
                LEFT JOIN rules.customer_lines(p_customer_id, p_service_id) AS l ON l.service_id = s.id
                LEFT JOIN (SELECT m.service_id, json_agg(json_build_object('id', m.id, 'label', m.label, 'kind', m.kind, 'serial_number', m.serial_number,
                                    'state', m.state, 'line_id', m.line_id) ORDER BY m.label, m.id) AS equipment
                             FROM equipment AS m WHERE m.customer_id = p_customer_id GROUP BY m.service_id) AS e ON e.service_id = s.id
               WHERE s.customer_id = p_customer_id AND (p_service_id IS NULL OR s.id = p_service_id)) AS x
       GROUP BY x.kind) AS g ON g.kind = t.kind
$$;
COMMENT ON FUNCTION rules.parc_groups(bigint, bigint) IS
  'What a customer has, or one of their services: [{kind, services [columns of api.service, equipment, lines]}], every kind.';

CREATE FUNCTION api.customer_parc(p_customer_id bigint) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_margins json;
BEGIN
  IF NOT EXISTS (SELECT FROM customer WHERE id = p_customer_id) THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  -- A statement of its own: the permission on purchase prices is checked even where nothing is read.
  IF rules.sees_margin() THEN
    v_margins := rules.parc_margins(p_customer_id, NULL);
  END IF;
  -- As text: jsonb would be taken apart and put together again, and written as text once more for who reads it.
  RETURN json_build_object('customer_id', p_customer_id, 'totals', rules.customer_parc_totals(p_customer_id), 'margins', v_margins,
    'groups', rules.parc_groups(p_customer_id, NULL));
END
$$;
COMMENT ON FUNCTION api.customer_parc(bigint) IS
  'The parc of a customer: totals by kind, groups [{kind, services [columns of api.service, equipment, lines [number, user, operator, state, subscription, options, monthly_net; see api.line_histories]]}] in the order fixed, internet, mobile, cybersecurity; for managers margins {lines {id: margin}, kinds {kind: {margin, unknown}}}. Amounts as text. SW002. Every role, its own rows.';

CREATE FUNCTION api.service_parc(p_id bigint) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_customer_id bigint := (SELECT customer_id FROM service WHERE id = p_id);
  v_margins json;
BEGIN
  IF v_customer_id IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  IF rules.sees_margin() THEN
    v_margins := rules.parc_margins(v_customer_id, p_id);
  END IF;
  RETURN json_build_object('customer_id', v_customer_id, 'service_id', p_id, 'margins', v_margins, 'groups', rules.parc_groups(v_customer_id, p_id));
END
$$;
COMMENT ON FUNCTION api.service_parc(bigint) IS
  'One site of installation as api.customer_parc shows it: groups and, for managers, margins. SW002. Every role, its own rows.';

CREATE FUNCTION api.line_histories(p_ids bigint[]) RETURNS json
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE(json_object_agg(t.line_id, t.history), '{}')
    FROM (SELECT o.line_id, json_agg(json_build_object('id', o.id, 'kind', o.kind, 'code', o.code, 'label', o.label, 'price', o.price::text,
                   'price_months', o.price_months, 'starts_on', o.starts_on, 'ends_on', o.ends_on)
                   ORDER BY o.starts_on DESC, o.kind DESC, o.id DESC) AS history
            FROM line_offer AS o WHERE o.line_id = ANY (p_ids) GROUP BY o.line_id) AS t
$$;
COMMENT ON FUNCTION api.line_histories(bigint[]) IS
  'What each of these lines subscribed to, latest first: {line id: [{id, kind, code, label, price as text in € excl. VAT for price_months, starts_on, ends_on}]}, for lines of a parc as they are unfolded; those without any, or not to be seen, are left out. Every role, its own rows.';
