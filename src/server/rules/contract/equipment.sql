-- What starting and ending a contract does to its machines.

CREATE FUNCTION rules.hold_equipment(p_contract_ids bigint[]) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE equipment AS e
     SET state = 'under_contract', customer_id = h.customer_id, row_version = e.row_version + 1
    FROM unnest(p_contract_ids) AS k (id)   -- joined: = ANY of an array is a linear search when the plan is generic
    JOIN contract_equipment AS h ON h.contract_id = k.id
   WHERE e.id = h.equipment_id
     AND e.state IN ('in_stock', 'in_service_off_contract')
$$;
COMMENT ON FUNCTION rules.hold_equipment(bigint[]) IS 'Puts the machines of started contracts under contract, in the hands of the customer.';

CREATE FUNCTION rules.release_equipment(p_contract_ids bigint[]) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE equipment AS e
     SET state = 'in_service_off_contract', row_version = e.row_version + 1
   WHERE e.state = 'under_contract'
     AND e.id IN (SELECT h.equipment_id FROM unnest(p_contract_ids) AS k (id) JOIN contract_equipment AS h ON h.contract_id = k.id)
     AND NOT EXISTS (SELECT FROM contract_equipment AS h JOIN contract AS c ON c.id = h.contract_id
                      WHERE h.equipment_id = e.id AND c.step IN ('start_billing', 'periodic_billing', 'end_of_contract'))
$$;
COMMENT ON FUNCTION rules.release_equipment(bigint[]) IS
  'Machines under contract become in service off contract when their contract has ended, unless another live contract holds them (WF-32).';
