-- A meter that joined after a due date has no line for it.
SELECT m.id AS meter_id, c.number, c.step, k.kind, k.due_on
  FROM softwhere.contract AS c
  JOIN softwhere.meter AS m ON m.contract_id = c.id
 CROSS JOIN LATERAL (VALUES
    (CASE c.step WHEN 'start_billing' THEN 'initial' WHEN 'periodic_billing' THEN 'periodic' WHEN 'end_of_contract' THEN 'balance' END,
     CASE c.step WHEN 'start_billing' THEN c.effective_on WHEN 'periodic_billing' THEN c.next_due_on ELSE c.end_on END)) AS k (kind, due_on)
 WHERE c.metered AND k.kind IS NOT NULL
   AND NOT EXISTS (SELECT FROM softwhere.meter_reading AS r WHERE r.meter_id = m.id AND r.kind = k.kind AND r.due_on = k.due_on)
   AND NOT EXISTS (SELECT FROM softwhere.meter_reading AS r WHERE r.meter_id = m.id AND r.kind = 'initial' AND r.due_on > k.due_on);
