SELECT r.id, r.contract_id, r.value, p.value AS previous_value, r.rollover, r.consumed
  FROM softwhere.meter_reading AS r
  JOIN softwhere.meter AS m ON m.id = r.meter_id
  LEFT JOIN LATERAL rules.previous_reading(r) AS p ON true
 WHERE r.value IS NOT NULL AND r.consumed IS DISTINCT FROM rules.meter_consumed(r.value, p.value, r.rollover, m.digits);
