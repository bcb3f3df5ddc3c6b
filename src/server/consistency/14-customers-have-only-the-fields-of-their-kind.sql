SELECT c.id, c.number, c.legal_kind, f.key
  FROM softwhere.customer AS c CROSS JOIN LATERAL jsonb_each_text(to_jsonb(c)) AS f
 WHERE f.value IS NOT NULL AND f.key = ANY (rules.fields_not_of_kind(c.legal_kind));
