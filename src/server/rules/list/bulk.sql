-- One action on many records, each on its own: a row that fails keeps nothing back of the others, and says why.

CREATE FUNCTION rules.each(p_ids bigint[], p_action text, p_data jsonb DEFAULT '{}')
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF cardinality(p_ids) > 1000 THEN
    PERFORM rules.invalid('p_ids', 'too_long', 'at most 1000 at a time');
  END IF;
  FOREACH id IN ARRAY COALESCE(p_ids, '{}') LOOP
    ok := true;
    code := NULL; field := NULL; message := NULL; detail := NULL; reason := NULL;
    BEGIN
      EXECUTE p_action USING id, p_data;
    EXCEPTION WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, field = COLUMN_NAME, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        reason = CONSTRAINT_NAME;
      ok := false;
    END;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.each(bigint[], text, jsonb) IS
  'Runs p_action (SQL written in these rules: $1 the id, $2 the data) for each id, in a savepoint of its own; at most 1000. A row an id: ok, or its error.';

CREATE FUNCTION api.customers_add_segment(p_ids bigint[], p_segment_id bigint)
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.each(p_ids, $call$
    SELECT api.customer_save(jsonb_build_object('id', $1, 'segment_ids',
      (SELECT jsonb_agg(s) FROM (SELECT segment_id FROM softwhere.customer_segment WHERE customer_id = $1
                                  UNION SELECT ($2 ->> 'segment_id')::bigint) AS t (s)))) $call$,
    jsonb_build_object('segment_id', p_segment_id))
$$;
COMMENT ON FUNCTION api.customers_add_segment(bigint[], bigint) IS
  'Adds a segment to customers. Returns a row for each id: ok, or code, field, message. Errors a row SW002 SW003. Administrator, sales administration, accounting.';

CREATE FUNCTION api.customers_set_status(p_ids bigint[], p_status text)
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.each(p_ids, $call$ SELECT api.customer_save(jsonb_build_object('id', $1, 'status', $2 ->> 'status')) $call$,
    jsonb_build_object('status', p_status))
$$;
COMMENT ON FUNCTION api.customers_set_status(bigint[], text) IS
  'Changes the status of customers. Returns a row for each id: ok, or code, field, message. Errors a row SW002 SW003 SW004 SW005. Administrator, sales administration, accounting.';

CREATE FUNCTION api.contracts_issue_due(p_ids bigint[])
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.each(p_ids, 'SELECT api.contract_issue_due_invoice($1)')
$$;
COMMENT ON FUNCTION api.contracts_issue_due(bigint[]) IS
  'Issues the due invoice of contracts, as their button does. Returns a row for each id: ok, or code, field, message. Errors a row SW002 SW003 SW006 SW007 SW012 SW015. Roles: sw_adv, sw_accounting.';

CREATE FUNCTION api.invoices_pay(p_ids bigint[], p_paid_on date, p_method text)
RETURNS TABLE (id bigint, ok boolean, code text, field text, message text, detail text, reason text)
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT * FROM rules.each(p_ids, $call$
    SELECT api.invoice_pay($1, (SELECT balance FROM softwhere.invoice WHERE id = $1), ($2 ->> 'paid_on')::date, $2 ->> 'method') $call$,
    jsonb_build_object('paid_on', p_paid_on, 'method', p_method))
$$;
COMMENT ON FUNCTION api.invoices_pay(bigint[], date, text) IS
  'Records the payment in full of invoices: what remains due of each, received on p_paid_on by p_method (as api.invoice_pay). Returns a row for each id: ok, or code, field, message. Errors a row SW002 SW003 SW004 SW005 SW007. Roles: sw_accounting, sw_adv.';

SELECT rules.let_call(f, 'sw_adv', 'sw_accounting')
  FROM unnest('{"api.customers_add_segment(bigint[],bigint)","api.customers_set_status(bigint[],text)",api.contracts_issue_due(bigint[]),"api.invoices_pay(bigint[],date,text)"}'::regprocedure[]) AS f;
