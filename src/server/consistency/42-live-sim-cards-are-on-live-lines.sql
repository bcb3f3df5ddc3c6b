SELECT s.iccid, s.state, l.activity FROM softwhere.sim_card AS s LEFT JOIN softwhere.service_line AS l ON l.id = s.line_id
 WHERE s.state IN ('active', 'suspended') AND COALESCE(l.activity, 'none') NOT IN ('active', 'inactive');
