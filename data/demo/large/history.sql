-- The years of the many contracts: on the 1st of each month, later on the 15th too, everything due is started, read, billed,
-- paid and closed by the functions the schedule and the buttons use, thousands at a time.

CREATE FUNCTION demo.bulk_final(p_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  FOR v_ids IN
    SELECT array_agg(c.id ORDER BY c.id) FROM contract AS c JOIN demo.deal AS d ON d.contract_id = c.id
     WHERE c.step = 'end_of_contract' AND c.end_on < p_on AND NOT EXISTS (SELECT FROM invoice AS i WHERE i.contract_id = c.id AND i.kind = 'final')
     GROUP BY c.end_on ORDER BY c.end_on
  LOOP
    PERFORM rules.bill(v_ids, 'final', p_on);
  END LOOP;
END
$$;
COMMENT ON FUNCTION demo.bulk_final(date) IS 'Final invoices of the contracts that ended before p_on.';

CREATE FUNCTION demo.bulk_read(p_on date) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE meter_reading AS r
     SET value = COALESCE(p.value, 0) + u.units, consumed = CASE r.kind WHEN 'initial' THEN 0 ELSE u.units END, read_on = r.due_on,
         source = CASE WHEN r.id % 4 = 0 THEN 'imported' ELSE 'entered' END, recorded_at = clock_timestamp(), recorded_by = 'technicien',
         row_version = r.row_version + 1
    FROM meter_reading AS o
    JOIN meter AS m ON m.id = o.meter_id
    JOIN demo.deal AS d ON d.contract_id = o.contract_id
    LEFT JOIN LATERAL (SELECT b.value, b.due_on FROM meter_reading AS b
                        WHERE b.meter_id = o.meter_id AND b.value IS NOT NULL ORDER BY b.due_on DESC, b.id DESC LIMIT 1) AS p ON true
   CROSS JOIN LATERAL (
     SELECT CASE WHEN o.kind = 'initial' THEN demo.pick('index', o.meter_id, 60000)
                 ELSE (o.due_on - p.due_on) * (CASE m.label WHEN 'Noir' THEN 55 + demo.pick('black', o.id, 65)
                                                            ELSE 8 + demo.pick('colour', o.id, 20) END) END AS units) AS u
   WHERE r.id = o.id AND o.value IS NULL AND o.due_on <= p_on AND NOT (d.unread AND o.due_on >= demo.month(0) AND o.kind = 'periodic')
$$;
COMMENT ON FUNCTION demo.bulk_read(date) IS 'Readings due until p_on, except those nobody has taken this month.';

CREATE FUNCTION demo.bulk_start(p_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[] := ARRAY(SELECT d.contract_id FROM demo.deal AS d JOIN contract AS c ON c.id = d.contract_id AND c.step = 'creation'
                           WHERE NOT d.unsigned AND (d.effective_on <= p_on + 12 AND d.created_on <= p_on OR p_on = demo.today()) ORDER BY 1);
BEGIN
  IF v_ids <> '{}' THEN
    PERFORM rules.contract_start(v_ids);
  END IF;
END
$$;
COMMENT ON FUNCTION demo.bulk_start(date) IS 'Starts the contracts that take effect soon.';

CREATE FUNCTION demo.bulk_first(p_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[] := ARRAY(SELECT c.id FROM contract AS c JOIN demo.deal AS d ON d.contract_id = c.id
                           WHERE c.step = 'start_billing' AND c.effective_on = p_on ORDER BY 1);
BEGIN
  IF v_ids <> '{}' THEN
    PERFORM rules.bill(v_ids, 'first', p_on);
  END IF;
END
$$;
COMMENT ON FUNCTION demo.bulk_first(date) IS 'First invoices of the contracts that take effect on p_on.';

CREATE FUNCTION demo.bulk_pay(p_on date) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  WITH received AS (
    SELECT i.id, i.customer_id, i.balance, i.payment_method, p.on_day
      FROM invoice AS i
     CROSS JOIN LATERAL (
       -- A debit falls on its day; people pay a little before, or a little late.
       SELECT i.payment_due_on + CASE WHEN i.payment_method IN ('direct_debit', 'card') THEN 0
                                      ELSE demo.pick('payment', i.id, 12) - 7 END AS on_day) AS p
     WHERE i.status = 'issued' AND i.balance > 0 AND p.on_day <= p_on
       AND EXISTS (SELECT FROM demo.deal AS d WHERE d.contract_id = i.contract_id)
       AND NOT (i.issued_on > demo.today() - 120 AND demo.pick('unpaid', i.id, 100) = 0)
  ), booked AS (
    INSERT INTO payment (invoice_id, customer_id, amount, paid_on, method, created_by)
    SELECT id, customer_id, balance, on_day, payment_method, 'compta' FROM received ORDER BY on_day, id
  )
  UPDATE invoice AS i SET paid = i.total_gross, balance = 0, status = 'paid', row_version = i.row_version + 1
    FROM received AS r WHERE i.id = r.id
$$;
COMMENT ON FUNCTION demo.bulk_pay(date) IS
  'Payments received until p_on, each of all that is due; one in a hundred of the last months is still awaited. Settles by itself: the triggers of payment are off.';

CREATE FUNCTION demo.bulk_close(p_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_closed bigint[];
  v_cancelled bigint[];
BEGIN
  WITH done AS (
    UPDATE contract AS c SET step = 'closed', step_entered_on = p_on, updated_at = clock_timestamp(), updated_by = 'adv', row_version = row_version + 1
     WHERE c.step = 'end_of_contract' AND c.end_on <= p_on AND c.id IN (SELECT contract_id FROM demo.deal)
       AND EXISTS (SELECT FROM invoice AS i WHERE i.contract_id = c.id AND i.kind = 'final')
       AND NOT EXISTS (SELECT FROM invoice AS i WHERE i.contract_id = c.id AND i.kind IN ('first', 'periodic', 'final') AND i.balance <> 0)
    RETURNING c.id)
  SELECT array_agg(id) INTO v_closed FROM done;
  WITH done AS (
    UPDATE contract AS c SET step = 'cancelled', step_entered_on = p_on, next_due_on = NULL, updated_at = clock_timestamp(), updated_by = 'adv', row_version = row_version + 1,
           cancel_justification = demo.one_of('deal cancelled', c.id, ARRAY['Cessation d''activité.', 'Déménagement hors zone de couverture.',
             'Liquidation judiciaire.', 'Reprise par le repreneur du fonds sous un nouveau contrat.'])
     WHERE c.step = 'periodic_billing' AND c.id IN (SELECT contract_id FROM demo.deal WHERE cancelled_on <= p_on)
    RETURNING c.id)
  SELECT array_agg(id) INTO v_cancelled FROM done;
  PERFORM rules.release_equipment(v_closed || v_cancelled);
END
$$;
COMMENT ON FUNCTION demo.bulk_close(date) IS 'Closes the ended contracts that are settled, cancels those whose time has come.';

CREATE FUNCTION demo.bulk_day(p_on date) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_step int;
BEGIN
  PERFORM demo.bulk_start(p_on);
  PERFORM demo.bulk_read(p_on);
  -- Foreign keys are most of the cost of an invoice and of a payment, and their keys are copied from rows that are there. The
  -- guards of the workflow fire always; tests/server/demo checks every foreign key and every sum afterwards.
  PERFORM set_config('session_replication_role', 'replica', true);
  PERFORM demo.bulk_final(p_on);
  PERFORM demo.bulk_first(p_on);
  PERFORM jobs.run_due(p_on);
  PERFORM demo.bulk_pay(p_on);
  PERFORM set_config('session_replication_role', 'origin', true);
  PERFORM demo.bulk_close(p_on);
  -- The tables grow from nothing: the planner has to be told, each time they have about doubled.
  v_step := (SELECT count(*) FROM demo.agenda WHERE action = 'bulk' AND on_day <= p_on);
  IF v_step & (v_step - 1) = 0 THEN
    ANALYZE softwhere.contract, softwhere.contract_item, softwhere.invoice, softwhere.invoice_line, softwhere.meter_reading;
  END IF;
END
$$;

INSERT INTO demo.agenda
SELECT d::date, 50, 'bulk'
  FROM generate_series(demo.month(-:months), demo.today(), interval '1 day') AS d
 WHERE extract(day FROM d) = 1 OR extract(day FROM d) = 15 AND d >= demo.month(-18) OR d = demo.today();
