-- The journal of a contract (contract_event), written by the table itself: an arc typed by hand is journaled too.

CREATE FUNCTION rules.contract_journal() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_today date := rules.today();
  v_caller text := rules.caller();
  v_creation_days int := rules.creation_days();
BEGIN
  -- What was agreed anew: renewal, refusal, termination, another period.
  INSERT INTO contract_event (contract_id, customer_id, kind, data, occurred_on, occurred_by)
  SELECT n.id, n.customer_id, e.kind, e.data, v_today, v_caller
    FROM old_contract AS o
    JOIN new_contract AS n USING (id)
   CROSS JOIN LATERAL (VALUES
      (CASE WHEN n.end_on > o.end_on THEN 'renewal'
            WHEN o.tacit_renewal AND NOT n.tacit_renewal AND (n.end_on = o.end_on OR rules.is_previous_end(n.id, n.end_on))
              THEN 'renewal_refused'
            WHEN n.end_on < o.end_on THEN 'termination' END,
       jsonb_build_object('previous_end_on', o.end_on, 'end_on', n.end_on)),
      (CASE WHEN n.periodicity_months <> o.periodicity_months
              OR n.next_periodicity_months IS DISTINCT FROM o.next_periodicity_months
                 AND n.next_due_on IS NOT DISTINCT FROM o.next_due_on THEN 'periodicity_change' END,
       jsonb_build_object('periodicity_months', n.periodicity_months, 'next_periodicity_months', n.next_periodicity_months))
    ) AS e (kind, data)
   WHERE o.step <> 'creation' AND e.kind IS NOT NULL
     AND (n.end_on, n.tacit_renewal, n.periodicity_months, n.next_periodicity_months)
         IS DISTINCT FROM (o.end_on, o.tacit_renewal, o.periodicity_months, o.next_periodicity_months);

  -- The arc itself. Several actions share the arc to the end: the one that billed, unless the end was brought forward.
  INSERT INTO contract_event (contract_id, customer_id, kind, action, from_step, to_step, reason, deadline_on, indicator, data,
                              occurred_on, occurred_by)
  SELECT n.id, n.customer_id, 'transition',
         CASE WHEN n.step = 'end_of_contract' AND n.end_on < o.next_due_on AND n.end_on < o.end_on
              THEN CASE WHEN rules.is_previous_end(n.id, n.end_on) THEN 'contract_refuse_renewal' ELSE 'contract_terminate' END
              ELSE a.action END,
         o.step, n.step, CASE n.step WHEN 'cancelled' THEN n.cancel_justification END, d.deadline_on,
         rules.contract_indicator(d.deadline_on, v_today),
         CASE WHEN n.next_due_on IS NULL THEN '{}' ELSE jsonb_build_object('next_due_on', n.next_due_on) END,
         v_today, v_caller
    FROM old_contract AS o
    JOIN new_contract AS n USING (id)
    LEFT JOIN (SELECT from_step, to_step, min(action) AS action FROM contract_arc GROUP BY from_step, to_step) AS a
           ON a.from_step = o.step AND a.to_step = n.step
   CROSS JOIN rules.contract_deadline(o.step, o.created_on, v_creation_days, o.effective_on, o.next_due_on, o.end_on) AS d (deadline_on)
   WHERE n.step <> o.step OR n.next_due_on IS DISTINCT FROM o.next_due_on;
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
