-- The core of billing: what a button does for one contract and the schedule for thousands, in one set-based statement.

CREATE FUNCTION rules.due_lines(p_due rules.due_invoice[]) RETURNS SETOF rules.due_line
LANGUAGE sql STABLE
AS $$
  SELECT * FROM rules.recurring_lines(p_due)
  UNION ALL SELECT * FROM rules.one_off_lines(p_due)
  UNION ALL SELECT * FROM rules.meter_lines(p_due)
  UNION ALL SELECT * FROM rules.deposit_lines(p_due)
$$;
COMMENT ON FUNCTION rules.due_lines(rules.due_invoice[]) IS
  'All lines of these invoices (rules.due). Reads only: also what a preview shows.';

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
  'An invoice without VAT says why (CGI ann. II 242 nonies A, 12): SW017 when a site of these does not.';

CREATE FUNCTION rules.check_billable(p_contract_ids bigint[], p_due rules.due_invoice[], p_kind text, p_on date) RETURNS date
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v record;
  v_missing text;
BEGIN
  SELECT count(*) FILTER (WHERE d.kind = p_kind) AS in_step, min(d.due_on) AS due_on, max(d.due_on) AS last_due_on,
         array_agg(d.contract_id) FILTER (WHERE d.metered) AS metered,
         array_agg(DISTINCT d.billing_site_id) FILTER (WHERE d.vat_rate = 0) AS sites_without_vat
    INTO v FROM rules.each_due(p_due) AS d;
  IF v.in_step < cardinality(p_contract_ids) THEN
    IF (SELECT count(*) FROM contract WHERE id = ANY (p_contract_ids)) < cardinality(p_contract_ids) THEN
      PERFORM rules.fail('SW002', 'contract_id', 'there is no such contract');
    END IF;
    PERFORM rules.fail('SW007', 'step', format('no %s invoice can be issued in the present step', p_kind));
  ELSIF v.due_on < v.last_due_on THEN
    RAISE 'rules.bill takes contracts of one due date at a time';
  ELSIF p_on < v.due_on THEN
    SELECT array_to_string(m.missing, ',') INTO v_missing FROM rules.contract_billing_missing(p_contract_ids[:1], p_on) AS m;
    PERFORM rules.fail('SW015', 'due_on', 'the due date is not reached yet', v_missing);
  END IF;
  SELECT min(array_to_string(m.missing, ',')) INTO v_missing FROM rules.contract_billing_missing(v.metered, p_on) AS m WHERE m.missing <> '{}';
  IF v_missing IS NOT NULL THEN
    PERFORM rules.fail('SW006', 'readings', 'meter readings are missing', v_missing);
  ELSIF EXISTS (SELECT FROM unnest(p_contract_ids) AS asked (id) JOIN invoice AS i ON i.contract_id = asked.id
                  WHERE i.due_period_on = v.due_on AND i.kind = p_kind AND i.kind IN ('first', 'periodic', 'final')) THEN
    PERFORM rules.fail('SW012', 'due_on', format('the %s invoice of this due date exists already', p_kind));
  END IF;
  PERFORM rules.check_exemption(v.sites_without_vat);
  RETURN v.due_on;
END
$$;
COMMENT ON FUNCTION rules.check_billable(bigint[], rules.due_invoice[], text, date) IS
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
      FROM unnest(p_contract_ids) AS asked (id) JOIN contract USING (id) ORDER BY id;
  END IF;
  -- Whoever billed it in the end, the failure of the schedule is settled.
  UPDATE job_failure SET resolved_at = clock_timestamp()
   WHERE kind = p_kind AND due_on = p_due_on AND resolved_at IS NULL
     AND contract_id IN (SELECT asked.id FROM unnest(p_contract_ids) AS asked (id));
  IF p_kind <> 'final' THEN
    PERFORM rules.contract_advance(p_contract_ids);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.after_billing(bigint[], text, date, date) IS
  'What follows the issue of contract invoices: the journal when the date is not the due date, and the arc the invoice opens (T2, T3, T4).';

CREATE FUNCTION rules.write_invoices
  (p_due rules.due_invoice[], p_kind text, p_issued_on date, p_seller bigint,
   OUT invoices int, OUT item_ids bigint[], OUT item_until_on date[], OUT item_in_step boolean[])
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET plan_cache_mode = force_generic_plan   -- see rules.each_due
SET work_mem = '128MB'
SET enable_mergejoin = off   -- sorts what hashing joins in one pass
AS $$
DECLARE
  v_caller text := rules.caller();
BEGIN
  WITH due AS MATERIALIZED (
    SELECT * FROM rules.each_due(p_due)
  ), line AS MATERIALIZED (
    SELECT * FROM rules.due_lines(p_due)
  ), vat AS MATERIALIZED (
    -- A contract with nothing to bill has one row all the same: its invoice says so.
    SELECT d.invoice_id, d.contract_id, d.customer_id, COALESCE(v.vat_rate, d.vat_rate) AS rate, COALESCE(v.base, 0) AS base,
           COALESCE(round(v.base * v.vat_rate / 100, 2), 0) AS amount, COALESCE(v.anything, false) AS anything,
           v.contract_id IS NULL AS empty, d.vat_franchise, d.vat_exemption
      FROM due AS d
      LEFT JOIN (SELECT l.contract_id, l.vat_rate, sum(l.net) AS base, bool_or(p_kind <> 'final' OR l.net <> 0) AS anything
                   FROM line AS l GROUP BY l.contract_id, l.vat_rate) AS v ON v.contract_id = d.contract_id
  ), total AS MATERIALIZED (
    SELECT t.*, CASE WHEN t.numbered THEN row_number() OVER (PARTITION BY t.numbered ORDER BY t.contract_id) END AS rank
      FROM (SELECT v.contract_id, sum(v.base) AS net, sum(v.amount) AS vat, p_kind <> 'final' OR bool_or(v.anything) OR
                   (SELECT empty_balance_invoice = 'zero_invoice' FROM parameter) AS numbered
              FROM vat AS v GROUP BY v.contract_id) AS t
  ), number AS MATERIALIZED (
    SELECT n.number, n.rank
      FROM unnest(rules.next_numbers('invoice', p_issued_on, (SELECT count(t.rank)::int FROM total AS t))) WITH ORDINALITY AS n (number, rank)
  ), buyer AS MATERIALIZED (
    SELECT * FROM rules.buyer_parties(ARRAY(SELECT DISTINCT d.billing_site_id FROM due AS d))
  ), terms AS MATERIALIZED (
    SELECT t.*, rules.payment_due_on(p_issued_on, t.payment_days, t.direct_debit, t.prenotification_days) AS payment_due_on
      FROM (SELECT DISTINCT d.payment_days, d.payment_method = 'direct_debit' AS direct_debit, d.prenotification_days FROM due AS d) AS t
  ), issued AS (
    INSERT INTO invoice (id, kind, status, number, contract_id, customer_id, billing_site_id, mandate_id, due_period_on,
        period_start_on, period_end_on, issued_on, payment_due_on, payment_method, purchase_order, total_net, total_vat,
        total_gross, balance, seller_party_id, buyer_party_id, created_by, issued_at, issued_by)
    OVERRIDING SYSTEM VALUE
    SELECT d.invoice_id, p_kind, CASE WHEN t.net + t.vat = 0 THEN 'paid' ELSE 'issued' END, n.number, d.contract_id, d.customer_id,
           d.billing_site_id, b.mandate_id, d.due_on, d.period_start_on, d.period_end_on, p_issued_on, m.payment_due_on,
           d.payment_method, d.purchase_order, t.net, t.vat, t.net + t.vat, t.net + t.vat, p_seller, b.party_id, v_caller,
           clock_timestamp(), v_caller
      FROM due AS d
      JOIN total AS t USING (contract_id)
      JOIN buyer AS b USING (billing_site_id)
      JOIN terms AS m ON m.payment_days = d.payment_days AND m.direct_debit = (d.payment_method = 'direct_debit')
      LEFT JOIN number AS n ON n.rank = t.rank
     ORDER BY d.contract_id
    RETURNING id
  ), added_line AS (
    INSERT INTO invoice_line (invoice_id, customer_id, position, section, label, detail, quantity, unit, unit_price, vat_rate, net,
        period_start_on, period_end_on, contract_item_id, meter_reading_id)
    SELECT l.invoice_id, l.customer_id, l.position, l.section, l.label, l.detail, l.quantity, l.unit, l.unit_price, l.vat_rate, l.net,
           l.period_start_on, l.period_end_on, l.contract_item_id, l.meter_reading_id
      FROM (SELECT * FROM line ORDER BY invoice_id, position) AS l
    UNION ALL
    SELECT v.invoice_id, v.customer_id, 1, 'other', 'Aucun montant à facturer pour cette période', NULL, 1, '', 0, v.rate, 0,
           NULL, NULL, NULL, NULL
      FROM vat AS v WHERE v.empty
  ), added_vat AS (
    INSERT INTO invoice_vat (invoice_id, customer_id, rate, category, base, amount, exemption)
    SELECT v.invoice_id, v.customer_id, v.rate, rules.vat_category(v.rate, v.vat_franchise, v.vat_exemption), v.base, v.amount,
           rules.vat_exemption(v.rate, v.vat_franchise, v.vat_exemption)
      FROM vat AS v
  ), deduction AS (
    INSERT INTO deposit_deduction (deposit_id, invoice_id, customer_id)
    SELECT DISTINCT x.id, d.invoice_id, d.customer_id FROM due AS d JOIN rules.open_deposit AS x USING (contract_id)
  )
  SELECT (SELECT count(*) FROM issued), array_agg(l.contract_item_id), array_agg(l.item_until_on), array_agg(l.item_in_step)
    INTO invoices, item_ids, item_until_on, item_in_step
    FROM line AS l WHERE l.item_until_on IS NOT NULL;
END
$$;
COMMENT ON FUNCTION rules.write_invoices(rules.due_invoice[], text, date, bigint) IS
  'Composes and inserts these invoices with their lines and VAT. Returns how many, and of the items billed otherwise than in step with their contract: ids, until when, whether in step from now on.';

CREATE FUNCTION rules.bill(p_contract_ids bigint[], p_kind text, p_on date) RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
  v_invoices bigint[];
  v_due rules.due_invoice[];
  v_due_on date;
  v_latest_on date;
  v_issued_on date;
  v record;
BEGIN
  IF cardinality(p_contract_ids) = 0 THEN
    RETURN '{}';
  END IF;
  v_ids := ARRAY(SELECT c.id FROM unnest(p_contract_ids) AS asked (id) JOIN contract AS c ON c.id = asked.id ORDER BY c.id FOR NO KEY UPDATE OF c);
  v_invoices := ARRAY(SELECT nextval('invoice_id_seq') FROM generate_series(1, cardinality(v_ids)));
  v_due := rules.due_now(v_ids, v_invoices);
  v_due_on := rules.check_billable(p_contract_ids, v_due, p_kind, p_on);
  v_latest_on := rules.series_last_on('invoice');
  -- The due date, unless the series has gone past it: then today, and the journal says so (DOMAIN 5.4, 7).
  v_issued_on := CASE WHEN v_latest_on > v_due_on THEN GREATEST(p_on, v_latest_on) ELSE v_due_on END;

  PERFORM set_config('softwhere.issuing', pg_current_xact_id()::text, true);
  v := rules.write_invoices(v_due, p_kind, v_issued_on, rules.party(rules.seller_content()));
  PERFORM set_config('softwhere.issuing', '', true);
  IF v.invoices <> cardinality(p_contract_ids) THEN
    RAISE '% invoices for % contracts', v.invoices, cardinality(p_contract_ids);
  END IF;
  UPDATE contract_item AS i SET billed_until_on = l.until_on, billed_with_contract = l.in_step
    FROM unnest(v.item_ids, v.item_until_on, v.item_in_step) AS l (id, until_on, in_step)
   WHERE i.id = l.id;
  PERFORM rules.after_billing(p_contract_ids, p_kind, v_due_on, v_issued_on);
  RETURN v_invoices;
END
$$;
COMMENT ON FUNCTION rules.bill(bigint[], text, date) IS
  'Issues the next invoice (first, periodic, final) of contracts that share one due date, on business date p_on, and moves the contracts on. All or nothing. Errors SW002 SW006 SW007 SW012 SW015 SW017. Returns the invoices.';
