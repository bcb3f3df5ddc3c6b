-- In periodic billing, a due date of the anchor not billed yet; elsewhere none.
SELECT c.id, c.number, c.step, c.next_due_on, c.anchor_on, c.anchor_count
  FROM softwhere.contract AS c
 WHERE CASE c.step WHEN 'periodic_billing' THEN c.next_due_on IS DISTINCT FROM rules.due_date(c.anchor_on, c.anchor_count, c.periodicity_months)
       ELSE c.next_due_on IS NOT NULL END
    OR EXISTS (SELECT FROM softwhere.invoice AS i WHERE i.contract_id = c.id AND i.kind = 'periodic' AND i.due_period_on = c.next_due_on);
