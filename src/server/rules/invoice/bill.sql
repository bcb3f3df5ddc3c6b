-- The core of billing: what a button does for one contract and the schedule for thousands, in one set-based statement.

CREATE FUNCTION rules.due_lines(p_contract_ids bigint[])
RETURNS TABLE (contract_id bigint, contract_item_id bigint, meter_reading_id bigint, "position" int, section text, label text,
  detail text, quantity numeric, unit text, unit_price numeric, vat_rate numeric, net numeric,
  period_start_on date, period_end_on date, item_until_on date, item_in_step boolean)
LANGUAGE sql STABLE
AS $$
  SELECT * FROM rules.recurring_lines(p_contract_ids)
  UNION ALL SELECT * FROM rules.one_off_lines(p_contract_ids)
  UNION ALL SELECT * FROM rules.meter_lines(p_contract_ids)
  UNION ALL SELECT * FROM rules.deposit_lines(p_contract_ids)
$$;
COMMENT ON FUNCTION rules.due_lines(bigint[]) IS 'All lines of the next invoice of these contracts. Reads only: also what a preview shows.';

CREATE FUNCTION rules.check_exemption(p_site_ids bigint[]) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW017', 'vat_exemption', format('the billing site %s has a VAT rate of zero without the text that exempts it', name), name)
     FROM billing_site
    WHERE id = ANY (p_site_ids) AND vat_rate = 0 AND COALESCE(btrim(vat_exemption), '') = ''
      AND NOT (SELECT vat_franchise FROM company)
    ORDER BY id LIMIT 1;
END
$$;
COMMENT ON FUNCTION rules.check_exemption(bigint[]) IS
  'An invoice without VAT says why (CGI ann. II 242 nonies A, 12): SW004 on vat_exemption when a site of these does not.';

CREATE FUNCTION rules.check_billable(p_contract_ids bigint[], p_kind text, p_on date) RETURNS date
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v record;
BEGIN
  SELECT count(*) AS billable, count(DISTINCT m.due_on) AS dates, min(m.due_on) AS due_on,
         count(*) FILTER (WHERE m.kind = p_kind) AS in_step,
         min(array_to_string(m.missing, ',')) FILTER (WHERE m.missing[1] LIKE 'not_due:%') AS not_due,
         min(array_to_string(m.missing, ',')) FILTER (WHERE m.missing <> '{}') AS missing
    INTO v FROM rules.contract_billing_missing(p_contract_ids, p_on) AS m;
  IF v.in_step < cardinality(p_contract_ids) THEN
    IF (SELECT count(*) FROM contract WHERE id = ANY (p_contract_ids)) < cardinality(p_contract_ids) THEN
      PERFORM rules.fail('SW002', 'contract_id', 'there is no such contract');
    END IF;
    PERFORM rules.fail('SW007', 'step', format('no %s invoice can be issued in the present step', p_kind));
  ELSIF v.dates > 1 THEN
    RAISE 'rules.bill takes contracts of one due date at a time';
  ELSIF v.not_due IS NOT NULL THEN
    PERFORM rules.fail('SW015', 'due_on', 'the due date is not reached yet', v.not_due);
  ELSIF v.missing IS NOT NULL THEN
    PERFORM rules.fail('SW006', 'readings', 'meter readings are missing', v.missing);
  ELSIF EXISTS (SELECT FROM invoice WHERE contract_id = ANY (p_contract_ids) AND due_period_on = v.due_on AND kind = p_kind) THEN
    PERFORM rules.fail('SW012', 'due_on', format('the %s invoice of this due date exists already', p_kind));
  END IF;
  PERFORM rules.check_exemption(ARRAY(SELECT DISTINCT billing_site_id FROM contract WHERE id = ANY (p_contract_ids)));
  RETURN v.due_on;
END
$$;
COMMENT ON FUNCTION rules.check_billable(bigint[], text, date) IS
  'The guard of every contract invoice, under the locks: step, due date reached, readings done, not billed yet (WF-14, WF-16, WF-20). Returns the due date.';

CREATE FUNCTION rules.after_billing(p_contract_ids bigint[], p_kind text, p_due_on date, p_issued_on date) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_issued_on > p_due_on THEN
    INSERT INTO contract_event (contract_id, customer_id, kind, deadline_on, data, occurred_on, occurred_by)
    SELECT id, customer_id, 'late_issue', p_due_on, jsonb_build_object('kind', p_kind, 'due_on', p_due_on, 'issued_on', p_issued_on),
           p_issued_on, rules.caller()
      FROM contract WHERE id = ANY (p_contract_ids);
  END IF;
  -- Whoever billed it in the end, the failure of the schedule is settled.
  UPDATE job_failure SET resolved_at = clock_timestamp()
   WHERE contract_id = ANY (p_contract_ids) AND kind = p_kind AND due_on = p_due_on AND resolved_at IS NULL;
  IF p_kind <> 'final' THEN
    PERFORM rules.contract_advance(p_contract_ids);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.after_billing(bigint[], text, date, date) IS
  'What follows the issue of contract invoices: the journal when the date is not the due date, and the arc the invoice opens (T2, T3, T4).';

-- The statement rules.bill executes: $1 contracts, $2 kind, $3 issue date, $4 seller snapshot, $5 caller. Text, because one
-- contract and ten thousand need different plans: EXECUTE plans for the array at hand. (plan_cache_mode = force_custom_plan
-- would also plan anew each of the hundred thousands of foreign-key checks.)
CREATE FUNCTION rules.bill_statement() RETURNS text
LANGUAGE sql IMMUTABLE
RETURN $statement$
  WITH due AS MATERIALIZED (
    SELECT * FROM rules.due($1)
  ), line AS MATERIALIZED (
    SELECT * FROM rules.due_lines($1)
  ), vat AS MATERIALIZED (
    SELECT contract_id, vat_rate, sum(net) AS base, round(sum(net) * vat_rate / 100, 2) AS amount, bool_or(net <> 0) AS anything
      FROM line GROUP BY contract_id, vat_rate
  ), empty AS MATERIALIZED (
    SELECT d.contract_id, d.vat_rate FROM due AS d WHERE NOT EXISTS (SELECT FROM vat AS v WHERE v.contract_id = d.contract_id)
  ), total AS MATERIALIZED (
    SELECT t.*, CASE WHEN t.numbered THEN row_number() OVER (PARTITION BY t.numbered ORDER BY t.contract_id) END AS rank
      FROM (SELECT v.contract_id, sum(v.base) AS net, sum(v.amount) AS vat, bool_or(v.anything) OR $2 <> 'final' OR
                   (SELECT empty_balance_invoice = 'zero_invoice' FROM parameter) AS numbered
              FROM (SELECT contract_id, base, amount, anything FROM vat UNION ALL SELECT contract_id, 0, 0, false FROM empty) AS v
             GROUP BY v.contract_id) AS t
  ), number AS MATERIALIZED (
    SELECT n.number, n.rank
      FROM unnest(rules.next_numbers('invoice', $3, (SELECT count(rank)::int FROM total))) WITH ORDINALITY AS n (number, rank)
  ), buyer AS MATERIALIZED (
    SELECT * FROM rules.buyer_parties((SELECT array_agg(DISTINCT billing_site_id) FROM due))
  ), terms AS MATERIALIZED (
    SELECT t.*, rules.payment_due_on($3, t.payment_days, t.direct_debit, t.prenotification_days) AS payment_due_on
      FROM (SELECT DISTINCT payment_days, payment_method = 'direct_debit' AS direct_debit, prenotification_days FROM due) AS t
  ), issued AS (
    INSERT INTO invoice (kind, status, number, contract_id, customer_id, billing_site_id, mandate_id, due_period_on,
        period_start_on, period_end_on, issued_on, payment_due_on, payment_method, purchase_order, total_net, total_vat,
        total_gross, balance, seller_party_id, buyer_party_id, created_by, issued_at, issued_by)
    SELECT $2, CASE WHEN n.net + n.vat = 0 THEN 'paid' ELSE 'issued' END, number.number, d.contract_id, d.customer_id,
           d.billing_site_id, b.mandate_id, d.due_on, d.period_start_on, d.period_end_on, $3, t.payment_due_on,
           d.payment_method, d.purchase_order, n.net, n.vat, n.net + n.vat, n.net + n.vat, $4, b.party_id, $5, clock_timestamp(), $5
      FROM due AS d
      JOIN total AS n USING (contract_id)
      JOIN buyer AS b USING (billing_site_id)
      JOIN terms AS t ON t.payment_days = d.payment_days AND t.direct_debit = (d.payment_method = 'direct_debit')
      LEFT JOIN number ON number.rank = n.rank
     ORDER BY d.contract_id
    RETURNING id, contract_id, customer_id
  ), added_line AS (
    INSERT INTO invoice_line (invoice_id, customer_id, position, section, label, detail, quantity, unit, unit_price, vat_rate, net,
        period_start_on, period_end_on, contract_item_id, meter_reading_id)
    SELECT i.id, i.customer_id, l.position, l.section, l.label, l.detail, l.quantity, l.unit, l.unit_price, l.vat_rate, l.net,
           l.period_start_on, l.period_end_on, l.contract_item_id, l.meter_reading_id
      FROM line AS l JOIN issued AS i USING (contract_id)
    UNION ALL
    SELECT i.id, i.customer_id, 1, 'other', 'Aucun montant à facturer pour cette période', NULL, 1, '', 0, e.vat_rate, 0, NULL, NULL, NULL, NULL
      FROM empty AS e JOIN issued AS i USING (contract_id)
  ), added_vat AS (
    INSERT INTO invoice_vat (invoice_id, customer_id, rate, category, base, amount, exemption)
    SELECT i.id, i.customer_id, v.vat_rate, rules.vat_category(v.vat_rate, d.vat_franchise, d.vat_exemption), v.base, v.amount,
           rules.vat_exemption(v.vat_rate, d.vat_franchise, d.vat_exemption)
      FROM (SELECT contract_id, vat_rate, base, amount FROM vat UNION ALL SELECT contract_id, vat_rate, 0, 0 FROM empty) AS v
      JOIN issued AS i USING (contract_id) JOIN due AS d USING (contract_id)
  ), deduction AS (
    INSERT INTO deposit_deduction (deposit_id, invoice_id, customer_id)
    SELECT DISTINCT x.id, i.id, i.customer_id FROM issued AS i JOIN rules.open_deposit AS x USING (contract_id)
  ), item AS (
    SELECT array_agg(contract_item_id) AS ids, array_agg(item_until_on) AS until_on, array_agg(item_in_step) AS in_step
      FROM line WHERE item_until_on IS NOT NULL
  )
  SELECT (SELECT array_agg(id ORDER BY id) FROM issued), item.ids, item.until_on, item.in_step FROM item
$statement$;
COMMENT ON FUNCTION rules.bill_statement() IS
  'Composes and inserts the invoices of the contracts in $1 with their lines and VAT. Returns the invoices, and of the items billed otherwise than in step with their contract: ids, until when, whether in step from now on.';

CREATE FUNCTION rules.run_bill_statement
  (p_contract_ids bigint[], p_kind text, p_issued_on date, p_seller bigint,
   OUT invoices bigint[], OUT item_ids bigint[], OUT item_until_on date[], OUT item_in_step boolean[])
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET plan_cache_mode = auto   -- chosen below, for this call only
SET work_mem = '128MB'
AS $$
DECLARE
  v_name text := 'bill_' || md5(rules.bill_statement());
BEGIN
  IF cardinality(p_contract_ids) > 50 THEN
    EXECUTE rules.bill_statement() INTO invoices, item_ids, item_until_on, item_in_step
      USING p_contract_ids, p_kind, p_issued_on, p_seller, rules.caller()::text;
    RETURN;
  END IF;
  -- Planning takes longer than billing a few contracts: these share one plan, kept by the session.
  IF NOT EXISTS (SELECT FROM pg_prepared_statements WHERE name = v_name) THEN
    EXECUTE format('PREPARE %I (bigint[], text, date, bigint, text) AS %s', v_name, rules.bill_statement());
  END IF;
  PERFORM set_config('plan_cache_mode', 'force_generic_plan', true);
  EXECUTE format('EXECUTE %I (%L, %L, %L, %L, %L)', v_name, p_contract_ids, p_kind, p_issued_on, p_seller, rules.caller())
    INTO invoices, item_ids, item_until_on, item_in_step;
END
$$;
COMMENT ON FUNCTION rules.run_bill_statement(bigint[], text, date, bigint) IS 'Runs rules.bill_statement with the plan that suits the number of contracts.';

CREATE FUNCTION rules.bill(p_contract_ids bigint[], p_kind text, p_on date) RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_due_on date;
  v_latest_on date;
  v_issued_on date;
  v record;
BEGIN
  IF cardinality(p_contract_ids) = 0 THEN
    RETURN '{}';
  END IF;
  PERFORM FROM contract WHERE id = ANY (p_contract_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due_on := rules.check_billable(p_contract_ids, p_kind, p_on);
  v_latest_on := rules.series_last_on('invoice');
  -- The due date, unless the series has gone past it: then today, and the journal says so (DOMAIN 5.4, 7).
  v_issued_on := CASE WHEN v_latest_on > v_due_on THEN GREATEST(p_on, v_latest_on) ELSE v_due_on END;

  PERFORM set_config('softwhere.issuing', pg_current_xact_id()::text, true);
  v := rules.run_bill_statement(p_contract_ids, p_kind, v_issued_on, rules.party(rules.seller_content()));
  PERFORM set_config('softwhere.issuing', '', true);
  IF cardinality(v.invoices) IS DISTINCT FROM cardinality(p_contract_ids) THEN
    RAISE '% invoices for % contracts', cardinality(v.invoices), cardinality(p_contract_ids);
  END IF;
  UPDATE contract_item AS i SET billed_until_on = l.until_on, billed_with_contract = l.in_step
    FROM unnest(v.item_ids, v.item_until_on, v.item_in_step) AS l (id, until_on, in_step)
   WHERE i.id = l.id;
  PERFORM rules.after_billing(p_contract_ids, p_kind, v_due_on, v_issued_on);
  RETURN v.invoices;
END
$$;
COMMENT ON FUNCTION rules.bill(bigint[], text, date) IS
  'Issues the next invoice (first, periodic, final) of contracts that share one due date, on business date p_on, and moves the contracts on. All or nothing. Errors SW002 SW004 (vat_exemption) SW006 SW007 SW012 SW015. Returns the invoices.';
