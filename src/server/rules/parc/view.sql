-- The parc as clients read it.

CREATE VIEW api.service WITH (security_invoker = true) AS
SELECT s.id, s.number, s.customer_id, c.legal_name AS customer_name, c.number AS customer_number,
       s.billing_site_id, (SELECT b.name FROM softwhere.billing_site AS b WHERE b.id = s.billing_site_id) AS billing_site_name,
       s.name, s.kind, s.operator_id, (SELECT o.name FROM softwhere.operator AS o WHERE o.id = s.operator_id) AS operator_name,
       s.activity, s.status, s.own_address,
       CASE WHEN s.own_address THEN s.address_1 ELSE c.address_1 END AS address_1,
       CASE WHEN s.own_address THEN s.address_2 ELSE c.address_2 END AS address_2,
       CASE WHEN s.own_address THEN s.postcode ELSE c.postcode END AS postcode,
       CASE WHEN s.own_address THEN s.city ELSE c.city END AS city,
       CASE WHEN s.own_address THEN s.country ELSE c.country END AS country,
       s.siret, s.internal_reference, s.private_installer, s.it_contractor, s.free_text, s.external_id,
       (SELECT count(*) FROM softwhere.service_line AS l WHERE l.service_id = s.id AND l.activity NOT IN ('terminated', 'obsolete')) AS line_count,
       (SELECT count(*) FROM softwhere.equipment AS e WHERE e.service_id = s.id) AS equipment_count,
       s.created_at, s.created_by, s.row_version, s.search_text
  FROM softwhere.service AS s
  LEFT JOIN softwhere.customer AS c ON c.id = s.customer_id;
COMMENT ON VIEW api.service IS
  'Sites of installation (PARC-01…12) by kind: fixed, internet, mobile, cybersecurity; the address is the account''s unless own_address. operator_id is the default of its lines; line_count counts live ones. Every role, its own rows.';

CREATE VIEW api.equipment_event WITH (security_invoker = true) AS
SELECT v.id, v.equipment_id, e.label AS equipment_label, v.customer_id, c.legal_name AS customer_name, v.service_id, s.name AS service_name, v.from_state, v.to_state,
       v.reason, v.occurred_on, v.occurred_at, v.occurred_by
  FROM softwhere.equipment_event AS v
  LEFT JOIN softwhere.equipment AS e ON e.id = v.equipment_id
  LEFT JOIN softwhere.customer AS c ON c.id = v.customer_id
  LEFT JOIN softwhere.service AS s ON s.id = v.service_id;
COMMENT ON VIEW api.equipment_event IS 'History of machines: state, customer and site after each change. Office; partners and customers see what concerns them.';
