-- Credit notes may take the cents partial credits left, so only their base is checked.
SELECT v.invoice_id, v.rate, v.base, v.amount, l.net
  FROM softwhere.invoice_vat AS v
  JOIN softwhere.invoice AS i ON i.id = v.invoice_id
  LEFT JOIN (SELECT invoice_id, vat_rate, sum(net) AS net FROM softwhere.invoice_line GROUP BY invoice_id, vat_rate) AS l
         ON l.invoice_id = v.invoice_id AND l.vat_rate = v.rate
 WHERE v.base <> COALESCE(l.net, 0) OR i.kind <> 'credit_note' AND v.amount <> round(v.base * v.rate / 100, 2)
UNION ALL
SELECT i.id, NULL, i.total_vat, v.amount, NULL
  FROM softwhere.invoice AS i
  LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM softwhere.invoice_vat GROUP BY invoice_id) AS v ON v.invoice_id = i.id
 WHERE i.total_vat <> COALESCE(v.amount, 0);
