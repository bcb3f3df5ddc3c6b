-- What each live contract is to be billed next, whether the day has come or not.

CREATE VIEW rules.due_day AS
SELECT c.id AS contract_id, c.customer_id, c.billing_site_id, c.step, c.metered,
       CASE c.step WHEN 'start_billing' THEN 'first' WHEN 'periodic_billing' THEN 'periodic' ELSE 'final' END AS kind,
       CASE c.step WHEN 'start_billing' THEN c.effective_on WHEN 'periodic_billing' THEN c.next_due_on ELSE c.end_on END AS due_on,
       c.effective_on, c.end_on, c.tacit_renewal, c.periodicity_months, c.next_periodicity_months, c.anchor_on, c.anchor_count,
       CASE WHEN company.vat_franchise THEN 0::numeric(5,2) ELSE s.vat_rate END AS vat_rate, company.vat_franchise, s.vat_exemption,
       s.period_format, s.payment_method, s.payment_days, s.purchase_order
  FROM softwhere.contract AS c
  JOIN softwhere.billing_site AS s ON s.id = c.billing_site_id
 -- LIMIT tells the planner that there is one: never analysed, such a table counts for hundreds of rows.
 CROSS JOIN (SELECT vat_franchise FROM softwhere.company LIMIT 1) AS company
 WHERE c.step IN ('start_billing', 'periodic_billing', 'end_of_contract');
COMMENT ON VIEW rules.due_day IS 'The next invoice of each live contract: its kind, its due date and what its billing site says about it.';

CREATE TYPE rules.due_invoice AS (invoice_id bigint, contract_id bigint, customer_id bigint, billing_site_id bigint, step text, metered boolean, kind text,
  due_on date, effective_on date, months int, following_on date, last_on date, bill_to_on date, window_from_on date, window_to_on date,
  by_period boolean, billed_until_on date, period_start_on date, period_end_on date, vat_rate numeric(5,2), vat_franchise boolean,
  vat_exemption text, payment_method text, payment_days int, prenotification_days int, purchase_order text);
COMMENT ON TYPE rules.due_invoice IS 'What a contract is billed next; see rules.due.';

CREATE TYPE rules.due_line AS (invoice_id bigint, contract_id bigint, customer_id bigint, contract_item_id bigint, meter_reading_id bigint, "position" int, section text,
  label text, detail text, quantity numeric(14,4), unit text, unit_price numeric(16,6), vat_rate numeric(5,2), net numeric(14,2),
  period_start_on date, period_end_on date, item_until_on date, item_in_step boolean);
COMMENT ON TYPE rules.due_line IS
  'A line of an invoice to be, its numbers as invoice_line keeps them. item_until_on, item_in_step: what to remember on the item once issued.';

-- STRICT, hence not inlined: ROWS gives billing one plan, kept by the session, that looks rows up in tables by their keys and hashes what it
-- made itself, for one contract or a hundred thousand. unnest alone counts for ten rows, which thousands would pay for.
CREATE FUNCTION rules.each_due(p_due rules.due_invoice[]) RETURNS SETOF rules.due_invoice
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5000
AS $$ SELECT * FROM pg_catalog.unnest(p_due) $$;
COMMENT ON FUNCTION rules.each_due(rules.due_invoice[]) IS 'The rows of the array.';

CREATE FUNCTION rules.due(p_contract_ids bigint[], p_invoice_ids bigint[] DEFAULT NULL) RETURNS SETOF rules.due_invoice
LANGUAGE sql STABLE
AS $$
  -- OFFSET 0 keeps the planner from copying the expressions of one step into every use the next makes of them.
  SELECT w.invoice_id, w.contract_id, w.customer_id, w.billing_site_id, w.step, w.metered, w.kind, w.due_on, w.effective_on, w.months, w.following_on,
         w.last_on, w.bill_to_on, w.window_from_on,
         CASE WHEN w.kind = 'final' THEN (w.window_from_on + make_interval(months => w.months))::date - 1 ELSE w.bill_to_on END,
         w.by_period, w.billed_until_on,
         CASE WHEN w.kind = 'final' THEN LEAST(w.last_due_on, w.end_on)
              WHEN w.bill_to_on >= w.effective_on
                THEN LEAST(COALESCE(w.billed_until_on + 1, w.effective_on), GREATEST(w.bill_to_on, w.billed_until_on)) END,
         CASE WHEN w.kind = 'final' THEN w.end_on
              WHEN w.bill_to_on >= w.effective_on THEN GREATEST(LEAST(w.bill_to_on, w.last_on), w.billed_until_on) END,
         w.vat_rate, w.vat_franchise, w.vat_exemption, w.payment_method, w.payment_days, w.prenotification_days, w.purchase_order
    FROM (
      -- Subscriptions are billed until bill_to_on (null: the end of the contract); the window is the whole period it belongs to.
      SELECT f.*,
             CASE WHEN f.kind = 'final' THEN COALESCE(f.billed_until_on + 1, f.effective_on)
                  WHEN f.period_format = 'anniversary' THEN f.due_on
                  WHEN f.period_format = 'current_month' THEN f.month_on
                  WHEN f.period_format = 'next_month' THEN (f.month_on + interval '1 month')::date
                  ELSE (f.month_on - make_interval(months => f.periodicity_months))::date END AS window_from_on,
             CASE WHEN f.kind = 'final' THEN NULL
                  WHEN f.period_format = 'anniversary' THEN f.following_on - 1
                  WHEN f.period_format = 'current_month' THEN (f.month_on + make_interval(months => f.months))::date - 1
                  WHEN f.period_format = 'next_month' THEN (f.month_on + make_interval(months => f.months + 1))::date - 1
                  ELSE f.month_on - 1 END AS bill_to_on
        FROM (
          SELECT asked.invoice_id, d.contract_id, d.customer_id, d.billing_site_id, d.step, d.metered, d.kind, d.due_on, d.effective_on, d.end_on, d.periodicity_months,
                 d.vat_rate, d.vat_franchise, d.vat_exemption, d.period_format, d.payment_method, d.purchase_order,
                 COALESCE(d.payment_days, p.payment_days) AS payment_days, p.prenotification_days,
                 d.period_format = 'anniversary' OR p.proration_basis = 'period' AS by_period,
                 CASE WHEN d.kind = 'final' OR NOT d.tacit_renewal THEN d.end_on END AS last_on,
                 CASE WHEN d.kind = 'periodic' THEN COALESCE(d.next_periodicity_months, d.periodicity_months)
                      ELSE d.periodicity_months END AS months,
                 CASE d.kind WHEN 'first' THEN rules.due_date(d.effective_on, 1, d.periodicity_months)
                             WHEN 'periodic' THEN rules.following_due_date(d.due_on, d.anchor_on, d.anchor_count, d.periodicity_months,
                                                    d.next_periodicity_months) END AS following_on,
                 date_trunc('month', d.due_on::timestamp)::date AS month_on,
                 last.period_end_on AS billed_until_on, last.due_period_on AS last_due_on
            FROM unnest(p_contract_ids, p_invoice_ids) AS asked (id, invoice_id)
            JOIN rules.due_day AS d ON d.contract_id = asked.id
           CROSS JOIN (SELECT payment_days, prenotification_days, proration_basis FROM softwhere.parameter LIMIT 1) AS p
            LEFT JOIN LATERAL (
              SELECT i.period_end_on, i.due_period_on
                FROM softwhere.invoice AS i
               WHERE i.contract_id = d.contract_id AND i.kind IN ('first', 'periodic')
               ORDER BY i.due_period_on DESC
               LIMIT 1) AS last ON true
          OFFSET 0) AS f
      OFFSET 0) AS w
$$;
COMMENT ON FUNCTION rules.due(bigint[], bigint[]) IS
  'What these contracts are billed next (as p_invoice_ids, one a contract, once it is issued): kind, due date, until when their subscriptions are billed (bill_to_on, by the period format of the site, DOMAIN 5.1), where the previous invoice went (billed_until_on), the period printed and the terms.';

CREATE FUNCTION rules.due_now(p_contract_ids bigint[], p_invoice_ids bigint[]) RETURNS rules.due_invoice[]
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
SET plan_cache_mode = force_custom_plan   -- by key for one contract, by hashing for thousands
AS $$
BEGIN
  RETURN ARRAY(SELECT d FROM rules.due(p_contract_ids, p_invoice_ids) AS d);
END
$$;
COMMENT ON FUNCTION rules.due_now(bigint[], bigint[]) IS 'rules.due as an array, under a plan for so many contracts.';
