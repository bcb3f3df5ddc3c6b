-- Reading lines: created at the arcs the workflow names, once per meter, due date and kind.

CREATE FUNCTION rules.create_reading_lines(p_contract_ids bigint[], p_kind text) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_count bigint;
BEGIN
  INSERT INTO meter_reading (contract_id, customer_id, meter_id, kind, due_on)
  SELECT c.id, c.customer_id, m.id, p_kind,
         CASE p_kind WHEN 'initial' THEN c.effective_on WHEN 'periodic' THEN c.next_due_on WHEN 'balance' THEN c.end_on END
    FROM unnest(p_contract_ids) AS k (id)
    JOIN contract AS c ON c.id = k.id
    JOIN meter AS m ON m.contract_id = c.id
   WHERE c.metered
     AND c.step = CASE p_kind WHEN 'initial' THEN 'start_billing' WHEN 'periodic' THEN 'periodic_billing'
                              WHEN 'balance' THEN 'end_of_contract' END
     -- A machine that joined after this due date has nothing to say about it.
     AND NOT EXISTS (SELECT FROM meter_reading AS r WHERE r.meter_id = m.id AND r.kind = 'initial' AND r.due_on > c.next_due_on)
   ORDER BY c.id, m.id
  ON CONFLICT (meter_id, due_on, kind) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
COMMENT ON FUNCTION rules.create_reading_lines(bigint[], text) IS
  'Creates the open reading lines of metered contracts that stand in the step of p_kind: initial at the effective date (WF-30), periodic at the next due date (WF-29), balance at the end (WF-26). Idempotent; returns how many.';

CREATE FUNCTION rules.contract_billing_missing(p_contract_ids bigint[], p_on date)
RETURNS TABLE (contract_id bigint, kind text, due_on date, missing text[])
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT b.id, b.kind, b.due_on,
         CASE WHEN p_on < b.due_on THEN ARRAY['not_due:' || b.due_on] ELSE '{}' END
         || CASE WHEN b.metered THEN
              ARRAY(SELECT 'reading:' || r.id FROM meter_reading AS r
                     WHERE r.contract_id = b.id AND r.value IS NULL AND r.due_on <= b.due_on ORDER BY r.due_on, r.id)
            ELSE '{}' END
    FROM (SELECT id, metered,
                 CASE step WHEN 'start_billing' THEN 'first' WHEN 'periodic_billing' THEN 'periodic' ELSE 'final' END AS kind,
                 CASE step WHEN 'start_billing' THEN effective_on WHEN 'periodic_billing' THEN next_due_on ELSE end_on END AS due_on
            FROM contract
           WHERE id = ANY (p_contract_ids) AND step IN ('start_billing', 'periodic_billing', 'end_of_contract')) AS b
$$;
COMMENT ON FUNCTION rules.contract_billing_missing(bigint[], date) IS
  'For each contract that bills: the kind and due date of the invoice of its step, and what is missing on business date p_on to issue it (WF-16): not_due:<date>, reading:<id>.';
