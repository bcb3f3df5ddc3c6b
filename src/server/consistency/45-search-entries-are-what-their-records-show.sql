-- Only what can be told from the tables: every customer, contact, contract and billing site has its entry, and no other has one.
SELECT COALESCE(e.entity, r.entity) AS entity, COALESCE(e.entity_id, r.entity_id) AS entity_id, e.title AS found_as, r.title
  FROM softwhere.search_entry AS e
  FULL JOIN (SELECT 'customer' AS entity, entity_id, customer_id, title, numbers FROM rules.search_customer
             UNION ALL SELECT 'contact', entity_id, customer_id, title, numbers FROM rules.search_contact
             UNION ALL SELECT 'contract', entity_id, customer_id, title, numbers FROM rules.search_contract
             UNION ALL SELECT 'billing_site', entity_id, customer_id, title, numbers FROM rules.search_billing_site) AS r
    ON (r.entity, r.entity_id) = (e.entity, e.entity_id)
 WHERE (e.entity IS NULL OR e.entity IN ('customer', 'contact', 'contract', 'billing_site'))
   AND ((e.title, e.customer_id) IS DISTINCT FROM (r.title, r.customer_id)
        OR ARRAY(SELECT n.key COLLATE "default" FROM softwhere.search_number AS n
                  WHERE (n.entity, n.entity_id) = (r.entity, r.entity_id) ORDER BY 1)
           <> ARRAY(SELECT key FROM (SELECT DISTINCT split_part(t, ':', 1) AS kind, rules.search_key(split_part(t, ':', 1), substr(t, strpos(t, ':') + 1)) AS key
                                       FROM unnest(r.numbers) AS t WHERE t IS NOT NULL) AS k WHERE key <> '' ORDER BY 1));
