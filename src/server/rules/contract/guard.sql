-- Nobody leaves the arcs: neither an api function nor a superuser's own UPDATE. The guard does not ask who changes a
-- contract but whether the result is one an arc leads to, with the conditions of that arc fulfilled.
-- Statement-level, so that a hundred thousand contracts cost one query.

CREATE FUNCTION rules.start_missing
  (p_issued_on date, p_sent_on date, p_signed_on date, p_effective_on date, p_end_on date, p_months int,
   p_signature_only boolean, p_has_equipment boolean, p_has_item boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_remove(ARRAY[
  CASE WHEN p_issued_on IS NULL AND NOT p_signature_only THEN 'issued_on' END,
  CASE WHEN p_sent_on IS NULL AND NOT p_signature_only THEN 'sent_on' END,
  CASE WHEN p_signed_on IS NULL THEN 'signed_on' END,
  CASE WHEN p_effective_on IS NULL THEN 'effective_on' END,
  CASE WHEN p_end_on IS NULL THEN 'end_on' END,
  CASE WHEN p_months IS NULL THEN 'periodicity_months' END,
  CASE WHEN NOT p_has_equipment THEN 'equipment' END,
  CASE WHEN NOT p_has_item THEN 'items' END], NULL);
COMMENT ON FUNCTION rules.start_missing(date, date, date, date, date, int, boolean, boolean, boolean) IS
  'Conditions of T1 a contract does not fulfil yet (WF-09, WF-10, WF-11), as codes. Pure.';

CREATE FUNCTION rules.contract_invoices(p_contract_id bigint) RETURNS SETOF softwhere.invoice
LANGUAGE sql STABLE
AS $$
  -- Two indexes, one of which bulk billing does not pay for.
  SELECT * FROM softwhere.invoice WHERE contract_id = p_contract_id AND kind IN ('first', 'periodic', 'final')
  UNION ALL
  SELECT * FROM softwhere.invoice WHERE contract_id = p_contract_id AND kind IN ('manual', 'deposit', 'credit_note')
$$;
COMMENT ON FUNCTION rules.contract_invoices(bigint) IS 'All invoices of a contract, by index.';

CREATE FUNCTION rules.close_missing(p_contract_id bigint, p_end_on date, p_today date) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT array_remove(ARRAY[
           CASE WHEN NOT EXISTS (SELECT FROM invoice WHERE contract_id = p_contract_id AND kind = 'final' AND status <> 'draft')
             THEN 'final_invoice' END,
           CASE WHEN p_today < p_end_on THEN 'not_due:' || p_end_on END], NULL)
      || ARRAY(SELECT CASE status WHEN 'draft' THEN 'draft_invoice:' ELSE 'unpaid_invoice:' END || id
                 FROM rules.contract_invoices(p_contract_id)
                WHERE status = 'draft' OR balance <> 0 ORDER BY id)
$$;
COMMENT ON FUNCTION rules.close_missing(bigint, date, date) IS
  'Conditions of T5 not fulfilled: final invoice issued, every invoice settled, end date reached (WF-19, WF-20, WF-21).';

-- Columns that no arc ever changes once the contract has started; id never.
CREATE FUNCTION rules.contract_frozen() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{id,number,customer_id,contract_type,metered,created_on,issued_on,sent_on,signed_on,effective_on}'::text[];
COMMENT ON FUNCTION rules.contract_frozen() IS 'Columns nobody changes once the contract has started.';

CREATE FUNCTION rules.contract_refuse_frozen() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW016', n.key, 'this is frozen once the contract has started')
     FROM jsonb_each(to_jsonb(OLD)) AS o JOIN jsonb_each(to_jsonb(NEW)) AS n USING (key)
    WHERE n.value <> o.value
      AND n.key = ANY (rules.contract_frozen())
    LIMIT 1;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.contract_refuse_frozen() IS 'Raises SW016 on the frozen column that changes.';

CREATE TRIGGER contract_frozen BEFORE UPDATE ON softwhere.contract FOR EACH ROW
  WHEN (NEW.id <> OLD.id OR OLD.step <> 'creation'
    AND (OLD.number, OLD.customer_id, OLD.contract_type, OLD.metered, OLD.created_on, OLD.issued_on, OLD.sent_on, OLD.signed_on,
         OLD.effective_on) IS DISTINCT FROM
        (NEW.number, NEW.customer_id, NEW.contract_type, NEW.metered, NEW.created_on, NEW.issued_on, NEW.sent_on, NEW.signed_on,
         NEW.effective_on))
  EXECUTE FUNCTION rules.contract_refuse_frozen();
ALTER TABLE softwhere.contract ENABLE ALWAYS TRIGGER contract_frozen;

CREATE FUNCTION rules.contract_refuse(p_contract_id bigint, p_problem text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_kind text := split_part(p_problem, ':', 1);
  v_rest text := substr(p_problem, length(v_kind) + 2);
  v_number text := (SELECT number FROM contract WHERE id = p_contract_id);
BEGIN
  CASE v_kind
    WHEN 'missing' THEN
      PERFORM rules.fail('SW006', 'step', format('contract %s: conditions of this step are missing: %s', v_number, v_rest), v_rest);
    WHEN 'frozen' THEN
      PERFORM rules.fail('SW016', v_rest, format('contract %s: %s changes only through the steps of the contract', v_number, v_rest));
    ELSE
      PERFORM rules.fail('SW007', 'step', format('contract %s: this transition is impossible', v_number));
  END CASE;
END
$$;
COMMENT ON FUNCTION rules.contract_refuse(bigint, text) IS
  'Raises what a guard found: missing:<codes> as SW006, frozen:<column> as SW016, anything else as SW007.';

CREATE FUNCTION rules.contract_arc_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET enable_mergejoin = off   -- old and new rows meet by hashing: sorting both takes longer
AS $$
DECLARE
  v_today date := rules.today();
  v_signature_only boolean := (SELECT signature_only FROM parameter);
  v_id bigint;
  v_problem text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM new_contract WHERE step <> 'creation' OR num_nonnulls(anchor_on, next_due_on) > 0 OR anchor_count <> 0) THEN
      PERFORM rules.fail('SW007', 'step', 'a contract begins in creation, without schedule');
    END IF;
    RETURN NULL;
  END IF;
  -- Materialized: LIMIT 1 would have the planner join by nested loop, in the hope of an early hit.
  WITH judged AS MATERIALIZED (
      SELECT n.id, CASE
        -- No arc: step and due date stay.
        WHEN n.step = o.step AND n.next_due_on IS NOT DISTINCT FROM o.next_due_on THEN CASE
          WHEN (n.anchor_on, n.anchor_count) IS DISTINCT FROM (o.anchor_on, o.anchor_count) THEN 'frozen:next_due_on'
          WHEN o.step = 'creation' THEN NULL
          WHEN n.periodicity_months IS DISTINCT FROM o.periodicity_months THEN 'frozen:periodicity_months'
          WHEN n.end_on IS DISTINCT FROM o.end_on
               AND (n.end_on IS NULL OR n.end_on > o.end_on OR n.tacit_renewal OR o.step IN ('closed', 'cancelled')) THEN 'frozen:end_on'
          END
        WHEN NOT EXISTS (SELECT FROM contract_arc AS a WHERE a.from_step = o.step AND a.to_step = n.step) THEN 'forbidden'
        WHEN n.step = 'cancelled' THEN NULL   -- the justification is a CHECK of the table
        WHEN o.step = 'creation' THEN CASE
          WHEN num_nonnulls(n.anchor_on, n.next_due_on) > 0 OR n.anchor_count <> 0 THEN 'frozen:next_due_on'
          ELSE (SELECT 'missing:' || array_to_string(m.missing, ',')
                  FROM rules.start_missing(n.issued_on, n.sent_on, n.signed_on, n.effective_on, n.end_on,
                    n.periodicity_months, v_signature_only,
                    EXISTS (SELECT FROM contract_equipment AS e WHERE e.contract_id = n.id),
                    EXISTS (SELECT FROM contract_item AS i WHERE i.contract_id = n.id)) AS m (missing)
                 WHERE m.missing <> '{}')
          END
        WHEN n.step = 'closed' THEN
          (SELECT 'missing:' || array_to_string(m.missing, ',') FROM rules.close_missing(n.id, n.end_on, v_today) AS m (missing)
            WHERE m.missing <> '{}')
        -- An end brought forward, before the next due date: the balance takes the place of the due invoice.
        WHEN o.step = 'periodic_billing' AND n.step = 'end_of_contract' AND NOT n.tacit_renewal AND n.end_on < o.next_due_on
             AND n.end_on <= o.end_on AND n.next_due_on IS NULL THEN NULL
        -- A scalar sub-select, not EXISTS: that would hash every invoice ever issued.
        WHEN (SELECT i.status <> 'draft' FROM invoice AS i
               WHERE i.contract_id = n.id AND i.kind IN ('first', 'periodic')
                 AND i.kind = CASE o.step WHEN 'start_billing' THEN 'first' ELSE 'periodic' END
                 AND i.due_period_on = CASE o.step WHEN 'start_billing' THEN o.effective_on ELSE o.next_due_on END) IS NOT TRUE
          THEN CASE o.step WHEN 'start_billing' THEN 'missing:first_invoice' ELSE 'missing:due_invoice' END
        WHEN o.metered AND EXISTS (
               SELECT FROM meter_reading AS r
                WHERE r.contract_id = n.id AND r.value IS NULL
                  AND r.due_on <= CASE o.step WHEN 'start_billing' THEN o.effective_on ELSE o.next_due_on END
                  AND r.kind IN ('initial', 'periodic')) THEN 'missing:reading'
        WHEN (n.step, n.anchor_on, n.anchor_count, n.periodicity_months, n.next_periodicity_months, n.next_due_on, n.end_on)
             IS DISTINCT FROM
             (s.step, s.anchor_on, s.anchor_count, s.months, s.next_months, s.next_due_on, s.end_on) THEN 'frozen:next_due_on'
        END AS problem
        FROM old_contract AS o
        JOIN new_contract AS n USING (id)
       CROSS JOIN rules.next_schedule(o.step, o.effective_on, o.anchor_on, o.anchor_count, o.next_due_on, o.periodicity_months,
               o.next_periodicity_months, o.end_on, o.tacit_renewal, o.renewal_months) AS s
       WHERE (n.step, n.anchor_on, n.anchor_count, n.periodicity_months, n.next_due_on, n.end_on)
             IS DISTINCT FROM (o.step, o.anchor_on, o.anchor_count, o.periodicity_months, o.next_due_on, o.end_on)
  )
  SELECT id, problem INTO v_id, v_problem FROM judged WHERE problem IS NOT NULL LIMIT 1;
  IF FOUND THEN
    PERFORM rules.contract_refuse(v_id, v_problem);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_arc_guard() IS
  'Refuses any change of step or schedule that is not an arc with its conditions fulfilled: SW006, SW007, SW016.';

CREATE TRIGGER contract_arc_guard_insert AFTER INSERT ON softwhere.contract
  REFERENCING NEW TABLE AS new_contract FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_arc_guard();
CREATE TRIGGER contract_arc_guard_update AFTER UPDATE ON softwhere.contract
  REFERENCING OLD TABLE AS old_contract NEW TABLE AS new_contract FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_arc_guard();
ALTER TABLE softwhere.contract ENABLE ALWAYS TRIGGER contract_arc_guard_insert;
ALTER TABLE softwhere.contract ENABLE ALWAYS TRIGGER contract_arc_guard_update;
