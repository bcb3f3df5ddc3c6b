-- Mail is queued where it is caused; whoever sends it comes later.

CREATE FUNCTION rules.queue_mail(p_template text, p_entity text, p_entity_id bigint, p_customer_id bigint, p_recipient text, p_milestone text, p_payload jsonb)
RETURNS bigint
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  INSERT INTO outbox (template, entity, entity_id, customer_id, recipient, milestone, payload, queued_by)
  VALUES (p_template, p_entity, p_entity_id, p_customer_id, lower(p_recipient), p_milestone, p_payload, rules.caller())
  ON CONFLICT DO NOTHING
  RETURNING id
$$;
COMMENT ON FUNCTION rules.queue_mail(text, text, bigint, bigint, text, text, jsonb) IS
  'Queues a mail, once for each template, object, recipient and milestone; returns its id, null when it was queued before.';

CREATE VIEW api.outbox WITH (security_invoker = true) AS
SELECT o.id, o.template, o.entity, o.entity_id, o.customer_id, (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = o.customer_id) AS customer_name,
       o.recipient, o.milestone, o.payload, o.status, o.attempts, o.last_error, o.queued_at, o.queued_by, o.sent_at
  FROM softwhere.outbox AS o;
COMMENT ON VIEW api.outbox IS 'Mail queued, sent or failed, and what it is about. Office.';
SELECT rules.let_office_read('softwhere.outbox');
SELECT rules.watch('softwhere.outbox', 'outbox');
