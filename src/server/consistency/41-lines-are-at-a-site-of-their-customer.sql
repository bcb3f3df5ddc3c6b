SELECT l.id, l.customer_id, s.customer_id FROM softwhere.service_line AS l JOIN softwhere.service AS s ON s.id = l.service_id
 WHERE s.customer_id <> l.customer_id;
