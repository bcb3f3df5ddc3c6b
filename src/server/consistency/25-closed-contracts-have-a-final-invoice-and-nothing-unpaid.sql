SELECT c.id, c.number, m.missing
  FROM softwhere.contract AS c, rules.close_missing(c.id, c.end_on, rules.today()) AS m (missing)
 WHERE c.step = 'closed' AND m.missing <> '{}';
