-- Search finds lines.

CREATE VIEW rules.search_line AS
SELECT l.id AS entity_id, l.customer_id, l.id AS page_id, COALESCE(rules.phone_shown(l.number), concat_ws(' ', l.first_name, l.last_name), '') AS title,
       concat_ws(' · ', NULLIF(concat_ws(' ', l.first_name, l.last_name), ''), c.legal_name) AS subtitle,
       concat_ws(' ', l.first_name, l.last_name, c.legal_name) AS text,
       ARRAY['phone:' || l.number, 'number:' || l.external_id]
         || ARRAY(SELECT 'iccid:' || k.iccid FROM softwhere.sim_card AS k WHERE k.line_id = l.id AND k.state IN ('active', 'suspended', 'reserved')) AS numbers
  FROM softwhere.service_line AS l JOIN softwhere.customer AS c ON c.id = l.customer_id
 WHERE l.activity <> 'obsolete';
COMMENT ON VIEW rules.search_line IS 'Lines, by any form of their number (MLINE-02), user, SIM card and identifier elsewhere; archived ones are not found.';

SELECT rules.searchable('line', 'line', 6);

SELECT rules.search_follow('line', 'softwhere.service_line', '{id,customer_id,number,first_name,last_name,external_id,activity}');
SELECT rules.search_follow('line', 'softwhere.sim_card', '{line_id,iccid,state}', 'SELECT line_id FROM changed WHERE line_id IS NOT NULL');
SELECT rules.search_follow('line', 'softwhere.customer', '{id,legal_name}', 'SELECT id FROM service_line WHERE customer_id IN (SELECT id FROM changed)', '{UPDATE}');
