-- Which contracts the schedule bills, and when.

CREATE FUNCTION jobs.billable(p_until date)
RETURNS TABLE (contract_id bigint, kind text, rank int, due_on date, waits boolean)
LANGUAGE sql STABLE
AS $$
  SELECT c.id, k.kind, k.rank, k.due_on,
         c.metered AND EXISTS (SELECT FROM softwhere.meter_reading AS r
                                WHERE r.contract_id = c.id AND r.value IS NULL AND r.due_on <= k.due_on)
    FROM softwhere.contract AS c
   CROSS JOIN (SELECT bill_first_automatically AS first, bill_final_automatically AS final FROM softwhere.parameter LIMIT 1) AS automatic
   CROSS JOIN LATERAL (
     SELECT CASE c.step WHEN 'start_billing' THEN 'first' WHEN 'periodic_billing' THEN 'periodic' ELSE 'final' END AS kind,
            CASE c.step WHEN 'start_billing' THEN 1 WHEN 'periodic_billing' THEN 2 ELSE 3 END AS rank,
            CASE c.step WHEN 'start_billing' THEN c.effective_on WHEN 'periodic_billing' THEN c.next_due_on ELSE c.end_on END AS due_on) AS k
   WHERE k.due_on <= p_until
     AND (c.step = 'periodic_billing'
          OR c.step = 'start_billing' AND automatic.first
          OR c.step = 'end_of_contract' AND automatic.final
             AND NOT EXISTS (SELECT FROM softwhere.invoice AS i WHERE i.contract_id = c.id AND i.kind = 'final' AND i.due_period_on = c.end_on))
$$;
COMMENT ON FUNCTION jobs.billable(date) IS
  'Contracts whose invoice falls due until p_until and is the schedule''s to issue: first and final ones only when the parameters say so. waits: a meter reading is missing, which holds the contract up but is no failure.';

CREATE FUNCTION jobs.next_batch(p_after_on date, p_after_rank int, p_until date)
RETURNS TABLE (due_on date, rank int, kind text, contract_ids bigint[])
LANGUAGE sql STABLE
AS $$
  WITH ahead AS MATERIALIZED (
    SELECT b.* FROM jobs.billable(p_until) AS b WHERE NOT b.waits AND (b.due_on, b.rank) > (p_after_on, p_after_rank)
  )
  SELECT a.due_on, a.rank, a.kind, array_agg(a.contract_id ORDER BY a.contract_id)
    FROM ahead AS a JOIN (SELECT n.due_on, n.rank FROM ahead AS n ORDER BY n.due_on, n.rank LIMIT 1) AS next USING (due_on, rank)
   GROUP BY a.due_on, a.rank, a.kind
$$;
COMMENT ON FUNCTION jobs.next_batch(date, int, date) IS
  'The contracts to bill next: those of the oldest due date and kind after the given ones (first, then periodic, then final on one day).';
