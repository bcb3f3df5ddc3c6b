-- What clients read about contracts. Row-level security filters whoever asks.

CREATE VIEW api.contract WITH (security_invoker = true) AS
SELECT c.id, c.number, c.title, c.customer_id, u.legal_name AS customer_name, u.number AS customer_number,
       c.billing_site_id, b.name AS billing_site_name, c.contract_type, t.label AS contract_type_label, c.metered,
       c.step, c.step_entered_on,
       rules.contract_indicator(rules.contract_deadline(c.step, c.created_on, (SELECT rules.creation_days()), c.effective_on,
         c.next_due_on, c.end_on), (SELECT rules.today())) AS indicator,
       rules.contract_deadline(c.step, c.created_on, (SELECT rules.creation_days()), c.effective_on, c.next_due_on, c.end_on)
         AS deadline_on,
       rules.contract_deadline(c.step, c.created_on, (SELECT rules.creation_days()), c.effective_on, c.next_due_on, c.end_on)
         - (SELECT rules.today()) AS deadline_days,
       c.issued_on, c.sent_on, c.signed_on, c.effective_on, c.end_on,
       c.periodicity_months, c.next_periodicity_months, c.tacit_renewal, c.renewal_months, c.notice_months,
       CASE WHEN c.tacit_renewal THEN (c.end_on - make_interval(months => c.notice_months))::date END AS notice_on,
       c.anchor_on, c.next_due_on,
       CASE WHEN rules.is_live(c.step) THEN
         (SELECT COALESCE(sum(round(i.quantity * i.unit_price / i.price_months, 2)), 0.00)
            FROM softwhere.contract_item AS i
           WHERE i.contract_id = c.id AND i.recurring
             AND (i.ends_on IS NULL OR i.ends_on >= (SELECT rules.today()))
             AND (i.subscribed_on IS NULL OR i.subscribed_on <= GREATEST((SELECT rules.today()), c.effective_on)))
         ELSE 0.00 END AS monthly_net,
       c.cancel_justification, c.created_on, c.created_at, c.created_by, c.updated_at, c.updated_by, c.row_version,
       s.search_text
  FROM softwhere.contract AS c
  LEFT JOIN softwhere.customer AS u ON u.id = c.customer_id
  LEFT JOIN softwhere.billing_site AS b ON b.id = c.billing_site_id
  LEFT JOIN softwhere.contract_type AS t ON t.code = c.contract_type
  LEFT JOIN softwhere.contract_search AS s ON s.contract_id = c.id;
COMMENT ON VIEW api.contract IS
  'Contracts with their step, deadline and indicator (ok, warning, alert; null when closed or cancelled). deadline_days: days left, negative once passed. monthly_net: recurring items in € excl. VAT a month. notice_on: last day to refuse the renewal. Outer joins, so that a list pays only for the columns it shows.';

CREATE VIEW api.contract_item WITH (security_invoker = true) AS
SELECT i.id, i.contract_id, i.position, i.section, i.label, i.description, i.origin, i.subscribed_on, i.ends_on,
       i.quantity, i.unit_price, i.vat_rate, COALESCE(i.vat_rate, b.vat_rate) AS applied_vat_rate,
       round(i.quantity * i.unit_price, 2) AS net,
       round(round(i.quantity * i.unit_price, 2) * (1 + COALESCE(i.vat_rate, b.vat_rate) / 100), 2) AS gross,
       i.recurring, i.price_months, i.prorate_start, i.prorate_end,
       CASE WHEN i.billed_with_contract
            THEN (SELECT v.period_end_on FROM softwhere.invoice AS v WHERE v.contract_id = i.contract_id AND v.kind IN ('first', 'periodic')
                   ORDER BY v.due_period_on DESC LIMIT 1)
            ELSE i.billed_until_on END AS billed_until_on, i.offer_id, i.row_version
  FROM softwhere.contract_item AS i
  JOIN softwhere.contract AS c ON c.id = i.contract_id
  LEFT JOIN softwhere.billing_site AS b ON b.id = c.billing_site_id;
COMMENT ON VIEW api.contract_item IS
  'Items of contracts (PROD-01…11): unit_price in € excl. VAT for price_months months when recurring, once otherwise; net and gross for the whole quantity; applied_vat_rate is the billing site''s when vat_rate is null; billed_until_on is the last day invoiced.';

CREATE VIEW api.equipment WITH (security_invoker = true) AS
SELECT e.id, e.customer_id, (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = e.customer_id) AS customer_name,
       e.service_id, (SELECT s.name FROM softwhere.service AS s WHERE s.id = e.service_id) AS service_name,
       e.line_id, (SELECT rules.phone_shown(l.number) FROM softwhere.service_line AS l WHERE l.id = e.line_id) AS line_number,
       e.offer_id, e.kind, e.label, e.serial_number, e.imei, e.mac_address, e.state, e.state_reason, e.search_text, e.row_version
  FROM softwhere.equipment AS e;
COMMENT ON VIEW api.equipment IS
  'Machines: in_stock, under_contract, in_service_off_contract, returned, dead or sold; no customer while in stock; service_id is the site they stand at, line_id the line they serve.';

CREATE VIEW api.contract_equipment WITH (security_invoker = true) AS
SELECT h.id, h.contract_id, h.equipment_id, e.kind, e.label, e.serial_number, e.state, h.position, h.row_version + e.row_version AS row_version
  FROM softwhere.contract_equipment AS h JOIN softwhere.equipment AS e ON e.id = h.equipment_id;
COMMENT ON VIEW api.contract_equipment IS 'Machines attached to contracts (WF-11).';

CREATE VIEW api.meter WITH (security_invoker = true) AS
SELECT m.id, m.contract_id, m.contract_equipment_id, m.label, m.unit, m.digits, m.included_volume, m.committed_volume, m.vat_rate,
       m.position, rules.meter_tariff(m.id) AS tranches, m.row_version
  FROM softwhere.meter AS m;
COMMENT ON VIEW api.meter IS
  'Meters of attached machines. included_volume: units free a month; tranches: [{"up_to", "unit_price"}] cumulative bands over a period, € excl. VAT a unit, the last without bound.';

CREATE VIEW api.meter_reading WITH (security_invoker = true) AS
SELECT r.id, r.contract_id, r.meter_id, m.label AS meter_label, m.unit, m.digits, e.label AS equipment_label, e.serial_number,
       r.kind, r.due_on, r.value, r.read_on, r.source, r.rollover, r.consumed, p.value AS previous_value, p.read_on AS previous_on,
       r.value IS NULL AS is_open, r.recorded_at, r.recorded_by, r.row_version
  FROM softwhere.meter_reading AS r
  JOIN softwhere.meter AS m ON m.id = r.meter_id
  JOIN softwhere.contract_equipment AS h ON h.id = m.contract_equipment_id
  JOIN softwhere.equipment AS e ON e.id = h.equipment_id
  LEFT JOIN LATERAL (
    SELECT q.value, q.read_on FROM softwhere.meter_reading AS q
     WHERE q.meter_id = r.meter_id AND q.value IS NOT NULL
       AND (q.due_on, rules.reading_rank(q.kind)) < (r.due_on, rules.reading_rank(r.kind))
     ORDER BY q.due_on DESC, rules.reading_rank(q.kind) DESC LIMIT 1) AS p ON true;
COMMENT ON VIEW api.meter_reading IS
  'Reading lines, open (is_open, to be done for due_on) or done, with the index before them. consumed: units between the two.';

CREATE VIEW api.contract_event WITH (security_invoker = true) AS
SELECT id, contract_id, kind, action, from_step, to_step, reason, deadline_on, indicator, data, occurred_on, occurred_at, occurred_by
  FROM softwhere.contract_event;
COMMENT ON VIEW api.contract_event IS
  'Journal of contracts: transitions with the deadline and indicator of the step left, renewals with the previous end, refusals, terminations, changes of period, readings.';
