-- The step of a contract is where its last transition led; before any, creation.
SELECT c.id, c.number, c.step, e.to_step
  FROM softwhere.contract AS c
  LEFT JOIN (SELECT DISTINCT ON (contract_id) contract_id, to_step
               FROM softwhere.contract_event WHERE kind = 'transition' ORDER BY contract_id, id DESC) AS e ON e.contract_id = c.id
 WHERE c.step <> COALESCE(e.to_step, 'creation');
