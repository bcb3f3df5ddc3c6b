-- Offers that had an end of their own outlived lines terminated before it: they end with their line.

UPDATE line_offer AS o SET ends_on = GREATEST(l.terminated_on, o.starts_on) - 1
  FROM service_line AS l
 WHERE l.id = o.line_id AND l.activity IN ('terminated', 'obsolete') AND o.ends_on >= GREATEST(l.terminated_on, o.starts_on);
