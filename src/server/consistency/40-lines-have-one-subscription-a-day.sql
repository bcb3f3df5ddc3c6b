SELECT a.line_id, a.id, b.id FROM softwhere.line_offer AS a JOIN softwhere.line_offer AS b USING (line_id)
 WHERE a.kind = 'subscription' AND b.kind = 'subscription' AND a.id < b.id
   AND daterange(a.starts_on, a.ends_on + 1) && daterange(b.starts_on, b.ends_on + 1);
