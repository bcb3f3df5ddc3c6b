-- What each live contract is to be billed next: one row a contract, whether the day has come or not.

CREATE VIEW rules.due AS
SELECT c.id AS contract_id, c.customer_id, c.billing_site_id, c.number AS contract_number, c.step, c.metered, k.kind, k.due_on,
       c.effective_on, k.months, k.following_on,
       CASE WHEN c.step = 'end_of_contract' OR NOT c.tacit_renewal THEN c.end_on END AS last_on,
       w.bill_to_on, w.window_from_on,
       CASE WHEN c.step = 'end_of_contract' THEN (w.window_from_on + make_interval(months => k.months))::date - 1
            ELSE w.bill_to_on END AS window_to_on,
       (s.period_format = 'anniversary' OR p.proration_basis = 'period') AS by_period,
       last.period_end_on AS billed_until_on, last.due_period_on AS last_due_on,
       CASE
         WHEN c.step = 'end_of_contract' THEN LEAST(last.due_period_on, c.end_on)
         WHEN w.bill_to_on >= c.effective_on
           THEN LEAST(COALESCE(last.period_end_on + 1, c.effective_on), GREATEST(w.bill_to_on, last.period_end_on))
       END AS period_start_on,
       CASE
         WHEN c.step = 'end_of_contract' THEN c.end_on
         WHEN w.bill_to_on >= c.effective_on THEN GREATEST(
           CASE WHEN c.tacit_renewal THEN w.bill_to_on ELSE LEAST(w.bill_to_on, c.end_on) END, last.period_end_on)
       END AS period_end_on,
       CASE WHEN company.vat_franchise THEN 0 ELSE s.vat_rate END AS vat_rate, company.vat_franchise,
       s.vat_exemption, s.payment_method, COALESCE(s.payment_days, p.payment_days) AS payment_days,
       p.prenotification_days, s.purchase_order
  FROM softwhere.contract AS c
  JOIN softwhere.billing_site AS s ON s.id = c.billing_site_id
 CROSS JOIN softwhere.parameter AS p
 CROSS JOIN softwhere.company
 CROSS JOIN LATERAL (
   SELECT CASE c.step WHEN 'start_billing' THEN 'first' WHEN 'periodic_billing' THEN 'periodic' ELSE 'final' END AS kind,
          CASE c.step WHEN 'start_billing' THEN c.effective_on WHEN 'periodic_billing' THEN c.next_due_on ELSE c.end_on END AS due_on,
          CASE WHEN c.step = 'periodic_billing' THEN COALESCE(c.next_periodicity_months, c.periodicity_months)
               ELSE c.periodicity_months END AS months,
          CASE c.step
            WHEN 'start_billing' THEN rules.due_date(c.effective_on, 1, c.periodicity_months)
            WHEN 'periodic_billing' THEN rules.following_due_date(c.next_due_on, c.anchor_on, c.anchor_count,
                                           c.periodicity_months, c.next_periodicity_months)
          END AS following_on) AS k
  LEFT JOIN LATERAL (
    SELECT i.period_end_on, i.due_period_on
      FROM softwhere.invoice AS i
     WHERE c.step <> 'start_billing' AND i.contract_id = c.id AND i.kind IN ('first', 'periodic')
     ORDER BY i.due_period_on DESC
     LIMIT 1) AS last ON true
 -- Subscriptions are billed until bill_to_on (null: the end of the contract); the window is the whole period it belongs to.
 CROSS JOIN LATERAL (
   SELECT CASE
            WHEN c.step = 'end_of_contract' THEN COALESCE(last.period_end_on + 1, c.effective_on)
            WHEN s.period_format = 'anniversary' THEN k.due_on
            WHEN s.period_format = 'current_month' THEN date_trunc('month', k.due_on::timestamp)::date
            WHEN s.period_format = 'next_month' THEN (date_trunc('month', k.due_on::timestamp) + interval '1 month')::date
            ELSE (date_trunc('month', k.due_on::timestamp) - make_interval(months => c.periodicity_months))::date
          END AS window_from_on,
          CASE
            WHEN c.step = 'end_of_contract' THEN NULL
            WHEN s.period_format = 'anniversary' THEN k.following_on - 1
            WHEN s.period_format = 'current_month' THEN (date_trunc('month', k.due_on::timestamp) + make_interval(months => k.months))::date - 1
            WHEN s.period_format = 'next_month' THEN (date_trunc('month', k.due_on::timestamp) + make_interval(months => k.months + 1))::date - 1
            ELSE date_trunc('month', k.due_on::timestamp)::date - 1
          END AS bill_to_on) AS w
 WHERE c.step IN ('start_billing', 'periodic_billing', 'end_of_contract');
COMMENT ON VIEW rules.due IS
  'What each live contract is billed next: kind, due date, until when its subscriptions are billed (bill_to_on, by the period format of its site, DOMAIN 5.1), and where the previous invoice went (billed_until_on).';
