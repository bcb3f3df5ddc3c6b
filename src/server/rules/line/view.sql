-- Lines as clients read them.

CREATE FUNCTION rules.line_offer_counts(p_starts_on date, p_ends_on date, p_activity text, p_today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_today BETWEEN p_starts_on AND COALESCE(p_ends_on, 'infinity') OR p_activity = 'under_construction' AND p_ends_on IS NULL;
COMMENT ON FUNCTION rules.line_offer_counts(date, date, text, date) IS
  'Whether an offer is one of the line''s today; of a line under construction, those it will open with.';

CREATE VIEW api.line WITH (security_invoker = true) AS
SELECT l.id, l.customer_id, (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = l.customer_id) AS customer_name,
       l.service_id, s.name AS service_name, s.kind,
       l.number, rules.phone_shown(l.number) AS number_shown, rules.number_kind(l.number) AS number_kind,
       l.first_name, l.last_name, NULLIF(concat_ws(' ', l.first_name, l.last_name), '') AS user_name,
       l.operator_id, COALESCE(l.operator_id, s.operator_id) AS applied_operator_id,
       (SELECT o.name FROM softwhere.operator AS o WHERE o.id = COALESCE(l.operator_id, s.operator_id)) AS operator_name,
       l.activity, l.restriction, rules.line_state(l.activity, l.restriction) AS state, l.hide_called_numbers,
       (SELECT k.iccid FROM softwhere.sim_card AS k WHERE k.line_id = l.id AND k.state IN ('active', 'suspended', 'reserved')
         ORDER BY k.state = 'reserved' LIMIT 1) AS iccid,
       (SELECT o.label FROM softwhere.line_offer AS o WHERE o.line_id = l.id AND o.kind = 'subscription'
           AND rules.line_offer_counts(o.starts_on, o.ends_on, l.activity, (SELECT rules.today()))) AS subscription,
       (SELECT string_agg(o.label, ', ' ORDER BY o.label) FROM softwhere.line_offer AS o WHERE o.line_id = l.id AND o.kind = 'option'
           AND rules.line_offer_counts(o.starts_on, o.ends_on, l.activity, (SELECT rules.today()))) AS options,
       (SELECT COALESCE(sum(round(o.quantity * o.price / o.price_months, 2)), 0.00) FROM softwhere.line_offer AS o WHERE o.line_id = l.id
           AND rules.line_offer_counts(o.starts_on, o.ends_on, l.activity, (SELECT rules.today()))) AS monthly_net,
       (SELECT count(*) FROM softwhere.line_request AS r WHERE r.line_id = l.id AND r.status IN ('queued', 'sent', 'accepted')) AS open_requests,
       l.cfast_account, l.external_id, l.committed_until_on, l.activated_on, l.terminated_on, l.created_at, l.created_by,
       l.row_version, l.search_text
  FROM softwhere.service_line AS l
  LEFT JOIN softwhere.service AS s ON s.id = l.service_id;
COMMENT ON VIEW api.line IS
  'Lines (LINE-01…14): number in E.164 and as people write it, user, state (activity, or restricted), SIM card, subscription and options of today, monthly_net in € excl. VAT; operator_id null: the service''s, see applied_operator_id. Found by any form of the number. Every role, its own rows.';

CREATE VIEW api.line_offer WITH (security_invoker = true) AS
SELECT o.id, o.line_id, o.customer_id, o.offer_id, o.kind, o.code, o.label, o.option_family, o.quantity, o.price, o.price_months,
       round(o.quantity * o.price / o.price_months, 2) AS monthly_net, o.data_gb, o.throughput_mbps, o.starts_on, o.ends_on,
       (SELECT rules.today()) BETWEEN o.starts_on AND COALESCE(o.ends_on, 'infinity') AS is_current, o.request_id, o.external_id
  FROM softwhere.line_offer AS o;
COMMENT ON VIEW api.line_offer IS
  'What lines subscribe and subscribed to, dated: ends_on is the last day (the day before starts_on when replaced at once). Prices in € excl. VAT. Every role, its own rows.';

CREATE VIEW api.line_margin WITH (security_invoker = true) AS
SELECT l.id, l.customer_id, l.number,
       COALESCE(sum(round(o.quantity * o.price / o.price_months, 2)), 0.00) AS monthly_sale,
       COALESCE(sum(round(o.quantity * o.purchase_price / o.price_months, 2)), 0.00) AS monthly_purchase,
       COALESCE(sum(round(o.quantity * o.price / o.price_months, 2)), 0.00) - COALESCE(sum(round(o.quantity * o.purchase_price / o.price_months, 2)), 0.00)
         AS monthly_margin,
       bool_or(o.id IS NOT NULL AND o.purchase_price IS NULL) AS is_incomplete
  FROM softwhere.service_line AS l
  LEFT JOIN softwhere.line_offer AS o ON o.line_id = l.id AND (SELECT rules.today()) BETWEEN o.starts_on AND COALESCE(o.ends_on, 'infinity')
 GROUP BY l.id;
COMMENT ON VIEW api.line_margin IS
  'Sale, purchase and margin of lines today, € excl. VAT a month (LINE-14); is_incomplete when a purchase price is unknown. Managers (administrator, accounting): for anybody else a permission error.';

CREATE VIEW api.line_managed WITH (security_invoker = true) AS
SELECT l.*, c.monthly_purchase, l.monthly_net - c.monthly_purchase AS monthly_margin
  FROM api.line AS l
 CROSS JOIN LATERAL (
   SELECT CASE WHEN count(*) = count(o.purchase_price) THEN COALESCE(sum(round(o.quantity * o.purchase_price / o.price_months, 2)), 0.00) END AS monthly_purchase
     FROM softwhere.line_offer AS o
    WHERE o.line_id = l.id AND rules.line_offer_counts(o.starts_on, o.ends_on, l.activity, (SELECT rules.today()))) AS c;
COMMENT ON VIEW api.line_managed IS
  'api.line with what lines cost and leave today, € excl. VAT a month (LINE-14), for the list; null when a purchase price is unknown. Managers (administrator, accounting): for anybody else a permission error.';

CREATE VIEW api.line_request WITH (security_invoker = true) AS
SELECT r.id, r.line_id, l.number, NULLIF(concat_ws(' ', l.first_name, l.last_name), '') AS user_name,
       r.customer_id, (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = r.customer_id) AS customer_name,
       r.action, CASE r.action WHEN 'line_synchronise' THEN 'Taken over from the operator' ELSE a.label END AS action_label,
       NULLIF(concat_ws(' ', r.data ->> 'first_name', r.data ->> 'last_name'), '') AS asked_user, COALESCE(r.data ->> 'label', r.operator_data ->> 'offer') AS asked_offer,
       r.data ->> 'direction' AS asked_direction, r.operator_data ->> 'iccid' AS asked_iccid, r.data ->> 'cause' AS cause, r.data, r.operator_data, r.effective_on, r.provider, r.status, r.status IN ('queued', 'sent', 'accepted') AS is_open,
       r.refusal, r.note, r.requested_at, r.requested_by, r.sent_at, r.answered_at, r.answered_by, r.applied_on, l.search_text, r.row_version
  FROM softwhere.line_request AS r
  LEFT JOIN softwhere.service_line AS l ON l.id = r.line_id
  LEFT JOIN rules.line_action AS a ON a.action = r.action;
COMMENT ON VIEW api.line_request IS
  'Requests to operators: queued, sent, accepted (waiting for effective_on), applied, refused with refusal, cancelled. asked_user, asked_offer, asked_direction, asked_iccid, cause: what the line becomes, operator_data: what the operator is sent. Every role, its own rows.';

CREATE VIEW api.line_request_next_action WITH (security_invoker = true) AS
SELECT r.id AS request_id, a.action, a.label, rules.has_role(VARIADIC a.roles) AS allowed,
       CASE WHEN a.action = 'line_request_accept' AND r.action = 'line_activate' AND l.number IS NULL THEN '{number}'::text[] ELSE '{}' END AS missing, a.position
  FROM softwhere.line_request AS r
  JOIN softwhere.service_line AS l ON l.id = r.line_id
  JOIN rules.line_request_action AS a ON r.status = ANY (a.from_statuses)
 WHERE (SELECT rules.has_role(VARIADIC rules.office()));
COMMENT ON VIEW api.line_request_next_action IS
  'What the office can do with a request: action is the api function to call with the ids; missing number: the operator allots it, to be told with the acceptance.';

CREATE VIEW api.line_next_action WITH (security_invoker = true) AS
SELECT l.id AS line_id, a.action, a.label,
       rules.has_role(VARIADIC a.roles) AND NOT q.open AS allowed,
       CASE WHEN q.open THEN '{asked_already}'::text[] ELSE '{}' END AS missing, a.definitive,
       arc.to_state = 'active' AND arc.from_state <> 'active' AS is_primary, a.position
  FROM softwhere.service_line AS l
  JOIN softwhere.line_arc AS arc ON arc.from_state = rules.line_state(l.activity, l.restriction)
  JOIN rules.line_action AS a ON a.action = arc.action
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM softwhere.line_request AS r
     WHERE r.line_id = l.id AND r.action = a.action AND r.status IN ('queued', 'sent', 'accepted')) AS open) AS q
 WHERE (SELECT rules.has_role(VARIADIC rules.office()));
COMMENT ON VIEW api.line_next_action IS
  'What the office can ask for a line in its state: action is the api function to call with the ids; missing asked_already when the same waits for an answer; definitive ones are to be confirmed once; is_primary: what makes it work (again).';
