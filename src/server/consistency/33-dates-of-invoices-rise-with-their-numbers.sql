SELECT id, kind, number, issued_on, before_on
  FROM (SELECT id, kind, number, issued_on,
               max(issued_on) OVER (PARTITION BY kind = 'credit_note' ORDER BY issued_at, number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_on
          FROM softwhere.invoice WHERE number IS NOT NULL) AS i
 WHERE issued_on < before_on;
