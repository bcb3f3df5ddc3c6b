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

CREATE FUNCTION jobs.next_batch(p_series_last_on date, p_today date, p_until date, p_skipped bigint[])
RETURNS TABLE (business_on date, due_on date, kind text, contract_ids bigint[])
LANGUAGE sql STABLE
AS $$
  WITH ahead AS MATERIALIZED (
    SELECT b.*, CASE WHEN b.due_on >= p_series_last_on THEN b.due_on ELSE GREATEST(p_today, p_series_last_on) END AS business_on
      FROM (SELECT * FROM jobs.billable(p_until) WHERE NOT waits AND contract_id <> ALL (p_skipped)) AS b
  )
  SELECT a.business_on, a.due_on, a.kind, array_agg(a.contract_id ORDER BY a.contract_id)
    FROM ahead AS a
    JOIN (SELECT n.due_on, n.rank FROM ahead AS n ORDER BY n.business_on, n.due_on, n.rank LIMIT 1) AS next USING (due_on, rank)
   GROUP BY a.business_on, a.due_on, a.kind
$$;
COMMENT ON FUNCTION jobs.next_batch(date, date, date, bigint[]) IS
  'The contracts to bill next, all of one due date and kind, and the business date to do it on: the due date, as it was or will be on that day; for those the series of numbers has gone past, today. Oldest business date first, so that one late contract does not make those behind it late.';
