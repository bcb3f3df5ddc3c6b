-- And machines of live contracts are under contract, unless returned, dead or sold meanwhile.
SELECT e.id, e.label, e.serial_number, e.state
  FROM softwhere.equipment AS e
  LEFT JOIN LATERAL (SELECT true AS held FROM softwhere.contract_equipment AS h JOIN softwhere.contract AS c ON c.id = h.contract_id
                      WHERE h.equipment_id = e.id AND c.step IN ('start_billing', 'periodic_billing', 'end_of_contract') LIMIT 1) AS l ON true
 WHERE e.state = 'under_contract' AND l.held IS NULL
    OR e.state IN ('in_stock', 'in_service_off_contract') AND l.held;
