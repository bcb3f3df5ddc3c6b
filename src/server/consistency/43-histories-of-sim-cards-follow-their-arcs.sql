SELECT e.sim_card_id, e.from_state, e.to_state FROM softwhere.sim_event AS e
 WHERE e.from_state IS NOT NULL AND NOT EXISTS (SELECT FROM softwhere.sim_arc AS a WHERE (a.from_state, a.to_state) = (e.from_state, e.to_state));
