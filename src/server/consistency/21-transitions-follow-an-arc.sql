SELECT e.id, e.contract_id, e.from_step, e.to_step, e.action
  FROM softwhere.contract_event AS e
 WHERE e.kind = 'transition'
   AND NOT EXISTS (SELECT FROM softwhere.contract_arc AS a
                    WHERE a.from_step = e.from_step AND a.to_step = e.to_step AND a.action = e.action);
