SELECT l.id, o.code, o.ends_on FROM softwhere.service_line AS l JOIN softwhere.line_offer AS o ON o.line_id = l.id
 WHERE l.activity IN ('terminated', 'obsolete') AND (o.ends_on IS NULL OR o.ends_on >= GREATEST(l.terminated_on, o.starts_on));
