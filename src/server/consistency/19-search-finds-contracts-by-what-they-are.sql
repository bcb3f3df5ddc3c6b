SELECT c.id, c.number
  FROM softwhere.contract AS c JOIN softwhere.customer AS u ON u.id = c.customer_id
  LEFT JOIN softwhere.contract_search AS s ON s.contract_id = c.id
 WHERE s.search_text IS NULL OR s.search_text NOT LIKE '%' || rules.fold(c.number) || '%' || rules.fold(u.legal_name) || '%';
