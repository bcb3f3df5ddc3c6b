-- Deposits: invoiced by hand before, deducted by the next invoice of their contract, rate by rate (DOMAIN 4.6).

CREATE VIEW rules.open_deposit AS
SELECT i.id, i.contract_id, i.number, i.issued_on, v.rate,
       v.base + COALESCE((SELECT sum(c.base) FROM softwhere.invoice AS n JOIN softwhere.invoice_vat AS c ON c.invoice_id = n.id
                           WHERE n.credited_invoice_id = i.id AND n.status <> 'draft' AND c.rate = v.rate), 0) AS base
  FROM softwhere.invoice AS i
  JOIN softwhere.invoice_vat AS v ON v.invoice_id = i.id
 WHERE i.kind = 'deposit' AND i.contract_id IS NOT NULL AND i.status IN ('issued', 'paid')
   AND NOT EXISTS (SELECT FROM softwhere.deposit_deduction AS x WHERE x.deposit_id = i.id);
COMMENT ON VIEW rules.open_deposit IS 'Deposit invoices no invoice of their contract has deducted yet, rate by rate, less what was credited.';

CREATE FUNCTION rules.deposit_lines(p_due rules.due_invoice[]) RETURNS SETOF rules.due_line
LANGUAGE sql STABLE
AS $$
  SELECT i.invoice_id, d.contract_id, i.customer_id, NULL::bigint, NULL::bigint, 9000 + (row_number() OVER (PARTITION BY d.contract_id ORDER BY d.id, d.rate))::int,
         'adjustment', 'Acompte ' || d.number || ' du ' || to_char(d.issued_on, 'DD/MM/YYYY'), NULL, -1::numeric, '',
         d.base, d.rate, -d.base, NULL::date, NULL::date, NULL::date, false
    FROM rules.open_deposit AS d JOIN rules.each_due(p_due) AS i USING (contract_id)
   WHERE d.base <> 0
$$;
COMMENT ON FUNCTION rules.deposit_lines(rules.due_invoice[]) IS
  'Deposit invoices of these contracts not deducted yet, as negative lines per VAT rate (DOMAIN 4.6).';
