-- What clients read of invoices.

CREATE VIEW api.invoice WITH (security_invoker = true) AS
SELECT i.id, i.kind, i.status, i.number, i.contract_id, c.number AS contract_number, i.customer_id, k.number AS customer_number,
       k.legal_name AS customer_name, i.billing_site_id, s.name AS billing_site_name, i.mandate_id, i.due_period_on,
       i.period_start_on, i.period_end_on, i.issued_on, i.payment_due_on, i.payment_method, p.label AS payment_method_label,
       i.purchase_order, i.total_net, i.total_vat, i.total_gross, i.paid, i.balance, i.credited_invoice_id,
       o.number AS credited_invoice_number,
       (i.status = 'issued' AND i.balance > 0 AND i.payment_due_on < t.today) AS overdue,
       CASE WHEN i.status = 'issued' AND i.balance > 0 AND i.payment_due_on < t.today THEN t.today - i.payment_due_on END AS days_late,
       CASE WHEN i.status = 'issued' AND i.balance > 0 AND i.payment_due_on < t.today THEN 'overdue' ELSE i.status END AS state,
       i.created_at, i.created_by, i.issued_at, i.issued_by, i.row_version,
       concat_ws(' ', lower(i.number), lower(c.number), lower(i.purchase_order), k.search_text) AS search_text
  FROM softwhere.invoice AS i
  JOIN softwhere.customer AS k ON k.id = i.customer_id
  JOIN softwhere.billing_site AS s ON s.id = i.billing_site_id
  LEFT JOIN softwhere.contract AS c ON c.id = i.contract_id
  LEFT JOIN softwhere.payment_method AS p ON p.code = i.payment_method
  LEFT JOIN softwhere.invoice AS o ON o.id = i.credited_invoice_id
 CROSS JOIN (SELECT rules.today() AS today) AS t;
COMMENT ON VIEW api.invoice IS
  'Invoices and credit notes (COMPTA-01, COMPTA-02), amounts in €, credit notes negative. kind: first periodic final manual deposit credit_note; status: draft issued paid cancelled (settled by credit notes alone); state: the status, or overdue. Office; partners and customers their own, without drafts.';

CREATE VIEW api.invoice_line WITH (security_invoker = true) AS
SELECT id, invoice_id, position, section, label, detail, quantity, unit, unit_price, vat_rate, net, period_start_on, period_end_on,
       contract_item_id, meter_reading_id, credited_line_id
  FROM softwhere.invoice_line;
COMMENT ON VIEW api.invoice_line IS 'Lines of invoices, prices and net in € excl. VAT; net = quantity × unit_price to the cent. Read like api.invoice.';

CREATE VIEW api.invoice_vat WITH (security_invoker = true) AS
SELECT invoice_id, rate, category, base, amount, exemption FROM softwhere.invoice_vat;
COMMENT ON VIEW api.invoice_vat IS 'VAT per rate in € on the sum of the lines (BR-CO-17), EN 16931 category. Read like api.invoice.';

CREATE VIEW api.payment WITH (security_invoker = true) AS
SELECT p.id, p.invoice_id, i.number AS invoice_number, p.amount, p.paid_on, p.method, m.label AS method_label, p.reference, p.credit_note_id,
       n.number AS credit_note_number, p.cancelled_payment_id,
       EXISTS (SELECT FROM softwhere.payment AS u WHERE u.cancelled_payment_id = p.id) AS cancelled,
       p.created_at, p.created_by
  FROM softwhere.payment AS p
  JOIN softwhere.invoice AS i ON i.id = p.invoice_id
  LEFT JOIN softwhere.payment_method AS m ON m.code = p.method
  LEFT JOIN softwhere.invoice AS n ON n.id = p.credit_note_id;
COMMENT ON VIEW api.payment IS 'What settled invoices, in €; rows are only ever added, cancelled says another row undid this one. Read like api.invoice.';

CREATE VIEW api.invoice_next_action WITH (security_invoker = true) AS
SELECT i.id AS invoice_id, a.action, a.label, rules.has_role('sw_accounting', 'sw_adv') AND cardinality(a.missing) = 0 AS allowed, a.missing,
       a.action IN ('invoice_issue', 'invoice_pay') AS is_primary, a.position
  FROM softwhere.invoice AS i
 CROSS JOIN LATERAL (VALUES
   ('invoice_issue', 'Issue the invoice', 1, i.status = 'draft',
    CASE WHEN EXISTS (SELECT FROM softwhere.invoice_line AS l WHERE l.invoice_id = i.id) THEN '{}'::text[] ELSE '{lines}' END),
   ('invoice_pay', 'Record a payment', 2, i.status = 'issued', '{}'),
   ('invoice_credit', 'Issue a credit note', 3, i.status <> 'draft' AND i.kind <> 'credit_note' AND i.number IS NOT NULL
      AND EXISTS (SELECT FROM softwhere.invoice_line AS l
                    LEFT JOIN LATERAL (SELECT sum(n.net) AS net FROM softwhere.invoice_line AS n WHERE n.credited_line_id = l.id) AS c ON true
                   WHERE l.invoice_id = i.id AND l.net + COALESCE(c.net, 0) <> 0), '{}'),
   ('invoice_delete_draft', 'Delete the draft', 4, i.status = 'draft', '{}')
 ) AS a (action, label, position, shown, missing)
 WHERE a.shown AND (SELECT rules.has_role(VARIADIC rules.office()));
COMMENT ON VIEW api.invoice_next_action IS
  'What the office can do to an invoice now: action = api function to call with the id, allowed for the caller, missing conditions.';
