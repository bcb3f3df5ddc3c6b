SELECT s.id, s.customer_id, s.name FROM softwhere.billing_site AS s
 WHERE s.payment_method = 'direct_debit' AND s.status = 'active'
   AND NOT EXISTS (SELECT FROM softwhere.mandate AS m WHERE m.billing_site_id = s.id AND m.status = 'active');
