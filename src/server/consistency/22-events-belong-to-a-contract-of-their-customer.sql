SELECT e.id, e.contract_id, e.customer_id
  FROM softwhere.contract_event AS e
  LEFT JOIN softwhere.contract AS c ON c.id = e.contract_id AND c.customer_id = e.customer_id
 WHERE c.id IS NULL;
