SELECT a.id, a.entity, a.entity_id FROM softwhere.attachment AS a
 WHERE a.customer_id IS DISTINCT FROM CASE a.entity
         WHEN 'customer' THEN (SELECT id FROM softwhere.customer WHERE id = a.entity_id)
         WHEN 'billing_site' THEN (SELECT customer_id FROM softwhere.billing_site WHERE id = a.entity_id)
         WHEN 'mandate' THEN (SELECT customer_id FROM softwhere.mandate WHERE id = a.entity_id)
         WHEN 'contract' THEN (SELECT customer_id FROM softwhere.contract WHERE id = a.entity_id)
         WHEN 'invoice' THEN (SELECT customer_id FROM softwhere.invoice WHERE id = a.entity_id) END
    OR a.size <> length(a.content) OR a.sha256 <> sha256(a.content);
