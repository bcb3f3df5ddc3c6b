SELECT l.invoice_id, l.id AS line_id, l.net, c.net AS credited
  FROM (SELECT credited_line_id, sum(net) AS net FROM softwhere.invoice_line WHERE credited_line_id IS NOT NULL GROUP BY credited_line_id) AS c
  JOIN softwhere.invoice_line AS l ON l.id = c.credited_line_id
 WHERE sign(l.net) * (l.net + c.net) < 0;
