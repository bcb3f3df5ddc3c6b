-- States of SIM cards as data, their guard and their history (SIM-01, SIM-02).

DELETE FROM softwhere.sim_arc;
INSERT INTO softwhere.sim_arc (from_state, to_state, action, by_hand) VALUES
  ('in_stock', 'reserved', 'reserve', false),
  ('reserved', 'in_stock', 'release', false),
  ('reserved', 'active', 'activate', false),
  ('active', 'suspended', 'suspend', false),
  ('suspended', 'active', 'resume', false),
  ('active', 'replaced', 'replace', false),
  ('suspended', 'replaced', 'replace', false),
  ('active', 'terminated', 'terminate', false),
  ('suspended', 'terminated', 'terminate', false),
  ('in_stock', 'terminated', 'destroy', true),
  ('in_stock', 'defective', 'mark_defective', true),
  ('replaced', 'defective', 'mark_defective', true),
  ('defective', 'in_stock', 'repair', true),
  ('defective', 'terminated', 'destroy', true);

CREATE FUNCTION rules.sim_check_iccid() RETURNS trigger
LANGUAGE plpgsql
SET search_path = rules, pg_temp
AS $$
BEGIN
  IF NOT rules.is_iccid(NEW.iccid) THEN
    PERFORM rules.invalid('iccid', 'invalid_iccid', format('%s: the key of this ICCID is wrong', NEW.iccid));
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.sim_check_iccid() IS 'Row trigger: SW005 unless the ICCID has its Luhn key.';
CREATE TRIGGER sim_check_iccid BEFORE INSERT OR UPDATE OF iccid ON softwhere.sim_card FOR EACH ROW EXECUTE FUNCTION rules.sim_check_iccid();

CREATE FUNCTION rules.sim_arc_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
-- The plan is kept from statement to statement: one made for a single row would take hours for thousands.
SET enable_nestloop = off
AS $$
DECLARE
  v_problem record;
BEGIN
  SELECT n.iccid, o.state AS from_state, n.state AS to_state INTO v_problem
    FROM old_rows AS o JOIN new_rows AS n USING (id)
   WHERE n.state <> o.state AND NOT EXISTS (SELECT FROM sim_arc AS a WHERE (a.from_state, a.to_state) = (o.state, n.state))
         -- Moving a live card to another line would be two changes at once.
      OR n.state = o.state AND n.line_id IS DISTINCT FROM o.line_id AND o.state IN ('active', 'suspended')
   LIMIT 1;
  IF FOUND THEN
    PERFORM rules.fail('SW007', 'state', format('SIM card %s: from %s to %s is impossible', v_problem.iccid, v_problem.from_state, v_problem.to_state));
  END IF;
  INSERT INTO sim_event (sim_card_id, line_id, customer_id, from_state, to_state, reason, occurred_on, occurred_by)
  SELECT n.id, COALESCE(n.line_id, o.line_id), COALESCE(n.customer_id, o.customer_id), o.state, n.state, n.state_reason, rules.today(), rules.caller()
    FROM old_rows AS o JOIN new_rows AS n USING (id) WHERE n.state <> o.state;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.sim_arc_guard() IS 'Refuses a change of state that is no arc (SW007), by anybody, and writes the history.';
CREATE TRIGGER sim_arc_guard AFTER UPDATE ON softwhere.sim_card
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.sim_arc_guard();
ALTER TABLE softwhere.sim_card ENABLE ALWAYS TRIGGER sim_arc_guard;

CREATE FUNCTION rules.sim_born() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO sim_event (sim_card_id, line_id, customer_id, to_state, occurred_on, occurred_by)
  SELECT id, line_id, customer_id, state, state_entered_on, rules.caller() FROM new_rows;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.sim_born() IS 'The first line of the history of SIM cards.';
CREATE TRIGGER sim_born AFTER INSERT ON softwhere.sim_card
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.sim_born();
