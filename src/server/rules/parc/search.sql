-- Search finds sites of installation and machines.

CREATE VIEW rules.search_service AS
SELECT s.id AS entity_id, s.customer_id, s.id AS page_id, s.name AS title, concat_ws(' · ', s.number, c.legal_name) AS subtitle,
       s.search_text AS text, ARRAY['number:' || s.number, 'siret:' || s.siret, 'number:' || s.internal_reference, 'number:' || s.external_id] AS numbers
  FROM softwhere.service AS s JOIN softwhere.customer AS c ON c.id = s.customer_id;
COMMENT ON VIEW rules.search_service IS 'Sites of installation, by all their list finds them by.';

CREATE VIEW rules.search_equipment AS
SELECT e.id AS entity_id, e.customer_id, e.id AS page_id, e.label AS title, concat_ws(' · ', e.serial_number, c.legal_name) AS subtitle,
       e.search_text AS text, ARRAY['serial:' || e.serial_number, 'serial:' || e.imei, 'serial:' || e.mac_address] AS numbers
  FROM softwhere.equipment AS e LEFT JOIN softwhere.customer AS c ON c.id = e.customer_id;
COMMENT ON VIEW rules.search_equipment IS 'Machines, by name, serial number, IMEI, MAC address and customer; those in stock are the office''s.';

SELECT rules.searchable('service', 'service', 7);
SELECT rules.searchable('equipment', 'equipment', 9);

SELECT rules.search_follow('service', 'softwhere.service', '{id,customer_id,number,name,siret,internal_reference,external_id,search_text}');
SELECT rules.search_follow('equipment', 'softwhere.equipment', '{id,customer_id,label,serial_number,imei,mac_address,search_text}');
