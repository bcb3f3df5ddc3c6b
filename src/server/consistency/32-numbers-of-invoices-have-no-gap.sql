-- As many numbered documents as numbers taken, series by series, year by year. A series taken over from another system begins
-- where its first number says: the count from there to the next number must be whole.
SELECT c.series, c.year, c.next_number, n.documents
  FROM softwhere.number_counter AS c
  JOIN softwhere.number_series AS s ON s.code = c.series
 CROSS JOIN LATERAL (
   SELECT count(*) AS documents, min((regexp_match(i.number, '([0-9]+)[^0-9]*$'))[1]::numeric) AS first
     FROM softwhere.invoice AS i
    WHERE i.number IS NOT NULL AND (i.kind = 'credit_note') = (c.series = 'credit_note')
      AND (c.year = 0 OR extract(year FROM i.issued_on) = c.year)) AS n
 WHERE c.series IN ('invoice', 'credit_note') AND c.last_on IS NOT NULL
   AND s.template ~ '\{N(:[1-9])?\}$'
   AND n.documents <> c.next_number - n.first;
