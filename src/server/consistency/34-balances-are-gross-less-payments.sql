SELECT i.id, i.number, i.status, i.total_gross, i.paid, i.balance, p.amount
  FROM softwhere.invoice AS i
  LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM softwhere.payment GROUP BY invoice_id) AS p ON p.invoice_id = i.id
 WHERE i.paid <> COALESCE(p.amount, 0) OR i.balance <> i.total_gross - i.paid
    OR i.status <> 'draft' AND (i.balance = 0) <> (i.status IN ('paid', 'cancelled'));
