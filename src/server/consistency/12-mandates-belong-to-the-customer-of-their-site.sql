SELECT m.id, m.customer_id, s.customer_id AS customer_of_site
  FROM softwhere.mandate AS m JOIN softwhere.billing_site AS s ON s.id = m.billing_site_id
 WHERE m.customer_id <> s.customer_id;
