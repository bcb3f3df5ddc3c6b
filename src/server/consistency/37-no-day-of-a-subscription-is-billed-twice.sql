-- Charges of one item never overlap. Items once refunded may be charged anew for the same days.
SELECT contract_item_id, id AS line_id, invoice_id, period_start_on, before_on
  FROM (SELECT l.*, lag(l.period_end_on) OVER (PARTITION BY l.contract_item_id ORDER BY l.period_start_on, l.id) AS before_on,
               bool_or(l.section = 'adjustment') OVER (PARTITION BY l.contract_item_id) AS refunded
          FROM softwhere.invoice_line AS l
         WHERE l.contract_item_id IS NOT NULL AND l.period_start_on IS NOT NULL AND l.credited_line_id IS NULL) AS a
 WHERE before_on >= period_start_on AND NOT refunded;
