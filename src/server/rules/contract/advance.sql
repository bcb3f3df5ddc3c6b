-- T2, T3, T4: what happens to contracts once the invoice of their step is issued. Shared by the buttons (one contract)
-- and the schedule (thousands), hence set-based throughout.
--
--   rules.contract_advance(p_contract_ids bigint[]) RETURNS bigint
--
-- Call it in the transaction that issued the first or periodic invoice of each of these contracts, once the invoice rows
-- are there with a status other than 'draft'. Each contract takes exactly one arc. The trigger contract_arc_guard checks the
-- invoices and the readings; contract_journal writes the events.

CREATE FUNCTION rules.next_schedule
  (p_step text, p_effective_on date, p_anchor_on date, p_anchor_count int, p_next_due_on date, p_months int, p_next_months int,
   p_end_on date, p_tacit_renewal boolean, p_renewal_months int)
RETURNS TABLE (step text, anchor_on date, anchor_count int, months int, next_months int, next_due_on date, end_on date)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN d.due_on > e.end_on THEN 'end_of_contract' ELSE 'periodic_billing' END,
         a.anchor_on, a.anchor_count, a.months, a.next_months,
         CASE WHEN d.due_on > e.end_on THEN NULL ELSE d.due_on END, e.end_on
    FROM (SELECT
            CASE WHEN p_step = 'start_billing' THEN p_effective_on
                 WHEN p_next_months IS NULL THEN p_anchor_on
                 ELSE p_next_due_on END AS anchor_on,
            CASE WHEN p_step = 'start_billing' OR p_next_months IS NOT NULL THEN 1 ELSE p_anchor_count + 1 END AS anchor_count,
            CASE WHEN p_step = 'start_billing' THEN p_months ELSE COALESCE(p_next_months, p_months) END AS months,
            CASE WHEN p_step = 'start_billing' THEN p_next_months END AS next_months) AS a,
         -- OFFSET 0: computed once, not wherever it is used.
         LATERAL (SELECT rules.due_date(a.anchor_on, a.anchor_count, a.months) AS due_on OFFSET 0) AS d,
         LATERAL (SELECT CASE WHEN p_tacit_renewal AND d.due_on > p_end_on
                              THEN rules.renewed_end_reaching(p_end_on, p_renewal_months, d.due_on)
                              ELSE p_end_on END AS end_on OFFSET 0) AS e
$$;
COMMENT ON FUNCTION rules.next_schedule(text, date, date, int, date, int, int, date, boolean, int) IS
  'Where a contract stands after the invoice of its step: next due date from the anchor, tacit renewal, or the end (WF-23…28, WF-31). Pure.';

CREATE FUNCTION rules.contract_advance(p_contract_ids bigint[]) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_today date := rules.today();
  v_caller text := rules.caller();
  v_count bigint;
BEGIN
  UPDATE contract AS c
     SET (step, step_entered_on, anchor_on, anchor_count, periodicity_months, next_periodicity_months, next_due_on, end_on) =
         (SELECT s.step, CASE WHEN s.step = c.step THEN c.step_entered_on ELSE v_today END,
                 s.anchor_on, s.anchor_count, s.months, s.next_months, s.next_due_on, s.end_on
            FROM rules.next_schedule(c.step, c.effective_on, c.anchor_on, c.anchor_count, c.next_due_on, c.periodicity_months,
                   c.next_periodicity_months, c.end_on, c.tacit_renewal, c.renewal_months) AS s),
         updated_at = clock_timestamp(), updated_by = v_caller, row_version = c.row_version + 1
    FROM unnest(p_contract_ids) AS k (id)
   WHERE c.id = k.id AND c.step IN ('start_billing', 'periodic_billing');
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count <> cardinality(p_contract_ids) THEN
    PERFORM rules.fail('SW007', 'step', 'only contracts in start_billing or periodic_billing advance after an invoice');
  END IF;
  PERFORM rules.create_reading_lines(p_contract_ids, 'periodic');
  PERFORM rules.create_reading_lines(p_contract_ids, 'balance');
  RETURN v_count;
END
$$;
COMMENT ON FUNCTION rules.contract_advance(bigint[]) IS
  'Moves each contract along the one arc its issued invoice opens: next due date, renewal or end, with the reading lines that follow (T2, T3, T4). Returns how many.';
