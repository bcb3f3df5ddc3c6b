-- Money received and paid back (COMPTA-02). Payments are only ever added; an invoice's paid, balance and status follow them.

CREATE FUNCTION rules.payment_settle() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE invoice AS i
     SET paid = i.paid + p.amount, balance = i.total_gross - i.paid - p.amount, row_version = i.row_version + 1,
         status = CASE
           WHEN i.total_gross - i.paid - p.amount <> 0 THEN 'issued'
           -- Credited in full, not a cent of money: nothing was ever paid.
           WHEN i.kind <> 'credit_note' AND NOT EXISTS (SELECT FROM payment AS m
                 WHERE m.invoice_id = i.id AND m.method <> 'credit_note' GROUP BY m.invoice_id HAVING sum(m.amount) <> 0) THEN 'cancelled'
           ELSE 'paid' END
    FROM (SELECT invoice_id, sum(amount) AS amount FROM new_payment GROUP BY invoice_id) AS p
   WHERE i.id = p.invoice_id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.payment_settle() IS
  'Applies new payments to their invoices: paid at balance 0, cancelled when credit notes alone settled it, issued again when a payment is undone.';

CREATE TRIGGER payment_settles_invoice AFTER INSERT ON softwhere.payment
  REFERENCING NEW TABLE AS new_payment FOR EACH STATEMENT EXECUTE FUNCTION rules.payment_settle();

CREATE FUNCTION api.invoice_pay(p_invoice_id bigint, p_amount numeric, p_paid_on date, p_method text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v invoice;
  v_payment_id bigint;
BEGIN
  PERFORM rules.require('sw_accounting', 'sw_adv');
  SELECT * INTO v FROM invoice WHERE id = p_invoice_id FOR NO KEY UPDATE;
  IF v.id IS NULL THEN
    PERFORM rules.fail('SW002', NULL, 'there is no such invoice');
  ELSIF v.status = 'draft' THEN
    PERFORM rules.fail('SW007', 'status', 'a draft cannot be paid; issue it first');
  ELSIF v.balance = 0 AND COALESCE(p_amount, 0) = 0 THEN
    -- Asked of many invoices, some of which are paid.
    PERFORM rules.fail('SW007', 'amount', 'nothing remains due', p_reason => 'nothing_due');
  ELSIF COALESCE(p_amount, 0) = 0 THEN
    PERFORM rules.fail('SW004', 'amount', 'an amount is required');
  ELSIF round(p_amount, 2) <> p_amount THEN
    PERFORM rules.fail('SW005', 'amount', 'an amount has at most two decimals');
  ELSIF sign(p_amount) <> sign(v.total_gross) AND v.total_gross <> 0 THEN
    PERFORM rules.fail('SW005', 'amount', 'money goes the other way; undo a payment with invoice_payment_cancel');
  ELSIF abs(p_amount) > abs(v.balance) THEN
    PERFORM rules.fail('SW010', 'amount', 'the amount exceeds what remains due', v.balance::text);
  ELSIF p_paid_on IS NULL THEN
    PERFORM rules.fail('SW004', 'paid_on', 'a payment date is required');
  ELSIF p_paid_on > rules.today() THEN
    PERFORM rules.fail('SW005', 'paid_on', 'a payment cannot be in the future');
  ELSIF p_method IS NULL OR p_method NOT IN ('direct_debit', 'transfer', 'cheque', 'card', 'cash', 'write_off') THEN
    PERFORM rules.fail('SW005', 'method', 'this is not a way to pay');
  END IF;
  INSERT INTO payment (invoice_id, customer_id, amount, paid_on, method, created_by)
  VALUES (v.id, v.customer_id, p_amount, p_paid_on, p_method, rules.caller())
  RETURNING id INTO v_payment_id;
  RETURN v_payment_id;
END
$$;
COMMENT ON FUNCTION api.invoice_pay(bigint, numeric, date, text) IS
  'Records a payment, partial or whole, in €; negative to pay a credit note back. p_method: direct_debit transfer cheque card cash write_off. At balance 0 the invoice is paid. Returns the payment. Errors SW002 SW003 SW004 SW005 SW007 SW010. Roles: sw_accounting, sw_adv.';

CREATE FUNCTION api.invoice_payment_cancel(p_payment_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v payment;
  v_payment_id bigint;
BEGIN
  PERFORM rules.require('sw_accounting');
  SELECT p.* INTO v FROM payment AS p JOIN invoice AS i ON i.id = p.invoice_id WHERE p.id = p_payment_id FOR NO KEY UPDATE OF i;
  IF v.id IS NULL THEN
    PERFORM rules.fail('SW002', NULL, 'there is no such payment');
  ELSIF v.method = 'credit_note' THEN
    PERFORM rules.fail('SW007', NULL, 'what a credit note settled stays settled');
  ELSIF v.cancelled_payment_id IS NOT NULL OR EXISTS (SELECT FROM payment WHERE cancelled_payment_id = v.id) THEN
    PERFORM rules.fail('SW012', NULL, 'this payment was undone already');
  END IF;
  INSERT INTO payment (invoice_id, customer_id, amount, paid_on, method, cancelled_payment_id, created_by)
  VALUES (v.invoice_id, v.customer_id, -v.amount, rules.today(), v.method, v.id, rules.caller())
  RETURNING id INTO v_payment_id;
  RETURN v_payment_id;
END
$$;
COMMENT ON FUNCTION api.invoice_payment_cancel(bigint) IS
  'Undoes a payment (typing error, returned debit) by a row of the opposite amount; the invoice is open again. Returns that row. Errors SW002 SW003 SW007 SW012. Role: sw_accounting.';
