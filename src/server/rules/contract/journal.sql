-- The journal of a contract (contract_event), written by the table itself: an arc typed by hand is journaled too.
-- It is on the path of billing: one pass over the transition tables, and no foreign key on what only this writes.

CREATE FUNCTION rules.contract_journal() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET enable_mergejoin = off   -- old and new rows meet by hashing: sorting both takes longer
AS $$
DECLARE
  v_today date := rules.today();
  v_caller text := rules.caller();
  v_creation_days int := rules.creation_days();
  v_actions jsonb := (SELECT jsonb_object_agg(from_step || ' ' || to_step, action ORDER BY action DESC) FROM contract_arc);
BEGIN
  INSERT INTO contract_event (contract_id, customer_id, kind, action, from_step, to_step, reason, deadline_on, indicator, data,
                              occurred_on, occurred_by)
  SELECT n.id, n.customer_id, e.kind, e.action, e.from_step, e.to_step, e.reason, e.deadline_on,
         rules.contract_indicator(e.deadline_on, v_today), e.data, v_today, v_caller
    FROM old_contract AS o
    JOIN new_contract AS n USING (id)
   CROSS JOIN LATERAL (
      -- What was agreed anew: renewal, refusal, termination, another period.
      SELECT CASE WHEN n.end_on > o.end_on THEN 'renewal'
                  WHEN o.tacit_renewal AND NOT n.tacit_renewal AND (n.end_on = o.end_on OR rules.is_previous_end(n.id, n.end_on))
                    THEN 'renewal_refused'
                  ELSE 'termination' END AS kind,
             NULL AS action, NULL AS from_step, NULL AS to_step, NULL AS reason, NULL::date AS deadline_on,
             jsonb_build_object('previous_end_on', o.end_on, 'end_on', n.end_on) AS data
       WHERE o.step <> 'creation' AND (n.end_on <> o.end_on OR o.tacit_renewal AND NOT n.tacit_renewal)
      UNION ALL
      SELECT 'periodicity_change', NULL, NULL, NULL, NULL, NULL,
             jsonb_build_object('periodicity_months', n.periodicity_months, 'next_periodicity_months', n.next_periodicity_months)
       WHERE o.step <> 'creation'
         AND (n.periodicity_months, n.next_periodicity_months) IS DISTINCT FROM (o.periodicity_months, o.next_periodicity_months)
      UNION ALL
      -- The arc itself. Several actions share the arc to the end: the one that billed, unless the end was brought forward.
      SELECT 'transition',
             CASE WHEN n.step = 'end_of_contract' AND n.end_on < o.next_due_on AND n.end_on < o.end_on
                  THEN CASE WHEN rules.is_previous_end(n.id, n.end_on) THEN 'contract_refuse_renewal' ELSE 'contract_terminate' END
                  ELSE v_actions ->> (o.step || ' ' || n.step) END,
             o.step, n.step, CASE n.step WHEN 'cancelled' THEN n.cancel_justification END,
             rules.contract_deadline(o.step, o.created_on, v_creation_days, o.effective_on, o.next_due_on, o.end_on),
             CASE WHEN n.next_due_on IS NULL THEN '{}' ELSE jsonb_build_object('next_due_on', n.next_due_on) END
       WHERE n.step <> o.step OR n.next_due_on IS DISTINCT FROM o.next_due_on
    ) AS e
   ORDER BY n.id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_journal() IS
  'Writes the transition with the deadline and indicator of the step left, and renewals, refusals, terminations, changes of period (WF-22).';

CREATE FUNCTION rules.is_previous_end(p_contract_id bigint, p_end_on date) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM contract_event
                  WHERE contract_id = p_contract_id AND kind = 'renewal' AND (data ->> 'previous_end_on')::date = p_end_on)
$$;
COMMENT ON FUNCTION rules.is_previous_end(bigint, date) IS 'Whether a tacit renewal once moved the end of the contract from this day.';

-- Fires after contract_arc_guard_update: triggers run in the order of their names.
CREATE TRIGGER contract_journal AFTER UPDATE ON softwhere.contract
  REFERENCING OLD TABLE AS old_contract NEW TABLE AS new_contract FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_journal();
ALTER TABLE softwhere.contract ENABLE ALWAYS TRIGGER contract_journal;

CREATE FUNCTION rules.contract_forget() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  DELETE FROM contract_event AS e USING old_contract AS o WHERE e.contract_id = o.id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_forget() IS 'The journal goes with its contract, in place of a foreign key.';

CREATE TRIGGER contract_forget AFTER DELETE ON softwhere.contract
  REFERENCING OLD TABLE AS old_contract FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_forget();
