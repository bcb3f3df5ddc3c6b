-- Subscriptions. Each item is billed from where it was last billed until where the period goes, whatever happened in between:
-- an item added late catches up, one that ended early is refunded, a change of periodicity neither repeats nor forgets a day.

CREATE FUNCTION rules.recurring_lines(p_due rules.due_invoice[]) RETURNS SETOF rules.due_line
LANGUAGE sql STABLE
AS $$
  -- OFFSET 0 keeps the planner from copying each step's expressions into the next: without it, planning alone takes 0.1 s.
  WITH due AS MATERIALIZED (
    -- The share of a full period, computed once a contract: most items simply take it.
    SELECT d.*, m.num AS full_num, m.den AS full_den
      FROM rules.each_due(p_due) AS d
     CROSS JOIN LATERAL rules.billed_months(d.billed_until_on + 1, d.bill_to_on, d.window_from_on, d.window_to_on, d.months, d.by_period) AS m
  ), item AS (
    SELECT d.invoice_id, d.contract_id, d.customer_id, d.vat_rate AS site_vat_rate, d.vat_franchise, d.bill_to_on, d.window_from_on, d.window_to_on, d.months,
           d.by_period, d.full_num, d.full_den, d.period_end_on, i.id, i.position, i.section, i.label, i.description, i.quantity, i.unit_price,
           i.price_months, i.vat_rate, i.prorate_start, i.prorate_end, i.billed_with_contract AND d.billed_until_on IS NOT NULL AS in_step,
           GREATEST(i.subscribed_on, d.effective_on) AS start_on,
           CASE
             WHEN LEAST(i.ends_on, d.last_on) IS NULL OR i.prorate_end THEN LEAST(i.ends_on, d.last_on)
             WHEN d.by_period AND LEAST(i.ends_on, d.last_on) BETWEEN d.window_from_on AND d.window_to_on THEN d.window_to_on
             ELSE (date_trunc('month', LEAST(i.ends_on, d.last_on)::timestamp) + interval '1 month')::date - 1
           END AS stop_on,
           CASE WHEN i.billed_with_contract THEN COALESCE(d.billed_until_on, i.billed_until_on) ELSE i.billed_until_on END AS until_on
      FROM due AS d
      JOIN softwhere.contract_item AS i ON i.contract_id = d.contract_id AND i.recurring
    OFFSET 0
  ), span AS (
    SELECT i.*, c.credit,
           CASE
             WHEN c.credit THEN GREATEST(i.stop_on + 1, i.start_on)
             WHEN i.until_on IS NOT NULL THEN i.until_on + 1
             WHEN i.prorate_start THEN i.start_on
             WHEN i.by_period AND i.start_on >= i.window_from_on THEN i.window_from_on
             ELSE date_trunc('month', i.start_on::timestamp)::date
           END AS from_on,
           CASE WHEN c.credit THEN i.until_on ELSE LEAST(i.bill_to_on, i.stop_on) END AS to_on
      FROM item AS i
     CROSS JOIN LATERAL (SELECT COALESCE(i.prorate_end AND i.stop_on < i.until_on, false) AS credit) AS c
    OFFSET 0
  ), share AS (
    SELECT s.*,
           CASE WHEN s.credit THEN (-s.quantity)::numeric(14,4) ELSE s.quantity END AS signed_quantity,
           CASE WHEN f.is_full THEN s.full_num ELSE m.num END AS num, CASE WHEN f.is_full THEN s.full_den ELSE m.den END AS den
      FROM span AS s
     CROSS JOIN LATERAL (SELECT s.in_step AND NOT s.credit AND COALESCE(s.to_on = s.bill_to_on, false) AS is_full) AS f
     CROSS JOIN LATERAL rules.billed_months(s.from_on, s.to_on,
       CASE WHEN s.credit THEN (s.until_on + 1 - make_interval(months => s.months))::date ELSE s.window_from_on END,
       CASE WHEN s.credit THEN s.until_on ELSE s.window_to_on END, s.months, s.by_period) AS m
     WHERE s.to_on >= s.from_on
    OFFSET 0
  ), priced AS (
    SELECT s.*, rules.prorated(s.signed_quantity, s.unit_price, s.price_months, s.num, s.den) AS net,
           -- In step with its contract: billed exactly until where this invoice goes.
           NOT s.credit AND s.bill_to_on IS NOT NULL AND COALESCE(s.to_on = s.period_end_on, false) AS joins
      FROM share AS s OFFSET 0
  )
  SELECT s.invoice_id, s.contract_id, s.customer_id, s.id, NULL::bigint, 1000 + s.position, CASE WHEN s.credit THEN 'adjustment' ELSE s.section END, s.label,
         CASE WHEN s.num % s.den = 0 THEN s.description
              ELSE concat_ws(' · ', s.description,
                     rules.proration_wording(s.from_on, s.to_on, s.unit_price, s.price_months, s.num, s.den)) END,
         s.signed_quantity, '',
         CASE WHEN s.num = s.den * s.price_months THEN s.unit_price
              WHEN s.num % s.den = 0 THEN (s.unit_price * (s.num / s.den) / s.price_months)::numeric(16,6)
              -- So that quantity × unit price is the net, on paper too.
              ELSE (s.net / s.signed_quantity)::numeric(16,6) END,
         CASE WHEN s.vat_franchise THEN 0::numeric(5,2) ELSE COALESCE(s.vat_rate, s.site_vat_rate) END,
         s.net, s.from_on, s.to_on,
         CASE WHEN s.joins AND s.in_step THEN NULL WHEN s.credit THEN s.stop_on ELSE s.to_on END, s.joins
    FROM priced AS s
$$;
COMMENT ON FUNCTION rules.recurring_lines(rules.due_invoice[]) IS
  'Lines of the recurring items of these contracts for their next invoice: charges, catch-ups and refunds (section adjustment). item_until_on, item_in_step: what to remember on the item once issued, null when it goes on in step with its contract.';

CREATE FUNCTION rules.one_off_lines(p_due rules.due_invoice[]) RETURNS SETOF rules.due_line
LANGUAGE sql STABLE
AS $$
  SELECT d.invoice_id, d.contract_id, d.customer_id, i.id, NULL::bigint, 3000 + i.position, CASE WHEN i.section = 'subscription' THEN 'one_off' ELSE i.section END,
         i.label, i.description, i.quantity, '', i.unit_price,
         CASE WHEN d.vat_franchise THEN 0 ELSE COALESCE(i.vat_rate, d.vat_rate) END,
         round(i.quantity * i.unit_price, 2), NULL::date, NULL::date, d.due_on, false
    FROM rules.each_due(p_due) AS d
    JOIN softwhere.contract_item AS i ON i.contract_id = d.contract_id
   WHERE NOT i.recurring AND i.billed_until_on IS NULL
     AND COALESCE(i.subscribed_on, d.due_on) <= d.due_on
$$;
COMMENT ON FUNCTION rules.one_off_lines(rules.due_invoice[]) IS
  'Lines of the one-off items of these contracts that no invoice has billed yet; those subscribed later wait.';
