SELECT c.id, c.number, c.step, c.anchor_on, c.anchor_count, c.periodicity_months, c.next_due_on, c.end_on
  FROM softwhere.contract AS c
 WHERE (c.step = 'periodic_billing') <> (c.next_due_on IS NOT NULL)
    OR c.next_due_on <> rules.due_date(c.anchor_on, c.anchor_count, c.periodicity_months)
    OR c.next_due_on > c.end_on;
