SELECT i.id, i.number, i.total_net, l.net
  FROM softwhere.invoice AS i
  LEFT JOIN (SELECT invoice_id, sum(net) AS net FROM softwhere.invoice_line GROUP BY invoice_id) AS l ON l.invoice_id = i.id
 WHERE i.total_net <> COALESCE(l.net, 0);
