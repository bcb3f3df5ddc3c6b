-- States of machines: which may follow which, and the history they leave. Contracts move them through the same guard
-- (rules/contract/equipment.sql).

DELETE FROM softwhere.equipment_arc;
INSERT INTO softwhere.equipment_arc (from_state, to_state, by_hand) VALUES
  ('in_stock', 'under_contract', false),
  ('in_stock', 'in_service_off_contract', true),
  ('in_stock', 'returned', true),
  ('in_stock', 'dead', true),
  ('in_stock', 'sold', true),
  ('in_service_off_contract', 'under_contract', false),
  ('in_service_off_contract', 'in_stock', true),
  ('in_service_off_contract', 'returned', true),
  ('in_service_off_contract', 'dead', true),
  ('in_service_off_contract', 'sold', true),
  ('under_contract', 'in_service_off_contract', false),
  ('under_contract', 'returned', true),
  ('under_contract', 'dead', true),
  ('returned', 'in_stock', true),
  ('returned', 'dead', true);

CREATE FUNCTION rules.equipment_arc_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
-- The plan is kept from statement to statement: one made for a single row would take hours for thousands.
SET enable_nestloop = off
AS $$
DECLARE
  v_problem record;
BEGIN
  SELECT n.label, o.state AS from_state, n.state AS to_state INTO v_problem
    FROM old_rows AS o JOIN new_rows AS n USING (id)
   WHERE n.state <> o.state
     AND NOT EXISTS (SELECT FROM equipment_arc AS a WHERE (a.from_state, a.to_state) = (o.state, n.state))
   LIMIT 1;
  IF FOUND THEN
    PERFORM rules.fail('SW007', 'state', format('%s: from %s to %s is impossible', v_problem.label, v_problem.from_state, v_problem.to_state));
  END IF;
  INSERT INTO equipment_event (equipment_id, customer_id, service_id, from_state, to_state, reason, occurred_on, occurred_by)
  SELECT n.id, n.customer_id, n.service_id, o.state, n.state, CASE WHEN n.state <> o.state THEN n.state_reason END, rules.today(), rules.caller()
    FROM old_rows AS o JOIN new_rows AS n USING (id)
   WHERE (n.state, n.customer_id, n.service_id) IS DISTINCT FROM (o.state, o.customer_id, o.service_id);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.equipment_arc_guard() IS 'Refuses a change of state that is no arc (SW007), by anybody, and writes the history.';
CREATE TRIGGER equipment_arc_guard AFTER UPDATE ON softwhere.equipment
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.equipment_arc_guard();
ALTER TABLE softwhere.equipment ENABLE ALWAYS TRIGGER equipment_arc_guard;

CREATE FUNCTION rules.equipment_born() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO equipment_event (equipment_id, customer_id, service_id, to_state, occurred_on, occurred_by)
  SELECT id, customer_id, service_id, state, rules.today(), rules.caller() FROM new_rows;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.equipment_born() IS 'The first line of the history of machines.';
CREATE TRIGGER equipment_born AFTER INSERT ON softwhere.equipment
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.equipment_born();

CREATE FUNCTION rules.equipment_move(p_id bigint, p_state text, p_reason text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_equipment equipment;
BEGIN
  SELECT * INTO v_equipment FROM equipment WHERE id = p_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF NOT EXISTS (SELECT FROM equipment_arc WHERE (from_state, to_state) = (v_equipment.state, p_state) AND by_hand) THEN
    PERFORM rules.fail('SW007', 'state', format('from %s to %s is impossible', v_equipment.state, p_state));
  ELSIF p_state = 'in_service_off_contract' AND v_equipment.customer_id IS NULL THEN
    PERFORM rules.required('customer_id');
  END IF;
  UPDATE equipment SET state = p_state, state_reason = NULLIF(btrim(p_reason), ''),
         -- What comes back belongs to nobody.
         customer_id = CASE WHEN p_state <> 'in_stock' THEN customer_id END,
         service_id = CASE WHEN p_state IN ('in_service_off_contract', 'sold') THEN service_id END,
         line_id = CASE WHEN p_state IN ('in_service_off_contract', 'sold') THEN line_id END
   WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION rules.equipment_move(bigint, text, text) IS 'Changes the state of a machine by hand: SW002, SW004, SW007.';

CREATE FUNCTION api.equipment_set_state(p_ids bigint[], p_state text, p_reason text DEFAULT NULL)
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv', 'sw_staging', 'sw_deployment', 'sw_technician');
  RETURN QUERY SELECT * FROM rules.each(
    ARRAY(SELECT k.id FROM unnest(p_ids) WITH ORDINALITY AS k (id, n) GROUP BY k.id ORDER BY min(k.n)),
    $call$ SELECT rules.equipment_move($1, $2 ->> 'state', $2 ->> 'reason') $call$, jsonb_build_object('state', p_state, 'reason', p_reason));
END
$$;
COMMENT ON FUNCTION api.equipment_set_state(bigint[], text, text) IS
  'Moves machines to a state (in_stock, in_service_off_contract, returned, dead, sold), each on its own: a result a machine, ok or code SW002, SW004, SW007 and its field. Back in stock they belong to nobody; under_contract is the contract''s to give. Roles sw_adv, sw_staging, sw_deployment, sw_technician.';

CREATE VIEW api.equipment_next_action WITH (security_invoker = true) AS
SELECT e.id AS equipment_id, 'equipment_set_state' AS action, a.to_state AS state, t.label,
       rules.has_role('sw_adv', 'sw_staging', 'sw_deployment', 'sw_technician') AND NOT n.without_customer AS allowed,
       CASE WHEN n.without_customer THEN '{customer_id}'::text[] ELSE '{}' END AS missing, t.definitive, t.position
  FROM softwhere.equipment AS e
  JOIN softwhere.equipment_arc AS a ON a.from_state = e.state AND a.by_hand
  JOIN (VALUES ('in_service_off_contract', 'Put in service', false, 1), ('in_stock', 'Put back in stock', false, 2),
               ('returned', 'Record the return', false, 3), ('sold', 'Record the sale', true, 4), ('dead', 'Declare dead', true, 5))
    AS t (to_state, label, definitive, position) USING (to_state)
 CROSS JOIN LATERAL (SELECT a.to_state = 'in_service_off_contract' AND e.customer_id IS NULL AS without_customer) AS n
 WHERE (SELECT rules.has_role(VARIADIC rules.office()));
COMMENT ON VIEW api.equipment_next_action IS
  'The states the office can give a machine by hand: call action with its id and state; missing customer_id before it is put in service; definitive ones are to be confirmed once.';
