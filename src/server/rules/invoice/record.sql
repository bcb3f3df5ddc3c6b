-- An invoice and all that hangs on it, in one round trip.

CREATE FUNCTION api.invoice_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb;
BEGIN
  SELECT rules.numbers_as_text(to_jsonb(i) - 'search_text') || jsonb_build_object(
    'lines', (SELECT COALESCE(jsonb_agg(rules.numbers_as_text(to_jsonb(l)) ORDER BY l.position, l.id), '[]')
                FROM api.invoice_line AS l WHERE l.invoice_id = i.id),
    'vat', (SELECT COALESCE(jsonb_agg(rules.numbers_as_text(to_jsonb(v)) ORDER BY v.rate DESC), '[]')
              FROM api.invoice_vat AS v WHERE v.invoice_id = i.id),
    'payments', (SELECT COALESCE(jsonb_agg(rules.numbers_as_text(to_jsonb(p)) ORDER BY p.paid_on DESC, p.id DESC), '[]')
                   FROM api.payment AS p WHERE p.invoice_id = i.id),
    'credit_notes', (SELECT COALESCE(jsonb_agg(rules.numbers_as_text(jsonb_build_object('id', n.id, 'number', n.number, 'status', n.status,
                              'issued_on', n.issued_on, 'total_gross', n.total_gross, 'balance', n.balance)) ORDER BY n.id), '[]')
                       FROM api.invoice AS n WHERE n.credited_invoice_id = i.id),
    'attachments', (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.id), '[]') FROM api.attachment AS a
                     WHERE a.entity = 'invoice' AND a.entity_id = i.id),
    'next_actions', (SELECT COALESCE(jsonb_agg(to_jsonb(n) - '{invoice_id,position}'::text[] ORDER BY n.position), '[]')
                       FROM api.invoice_next_action AS n WHERE n.invoice_id = i.id))
    INTO v_record FROM api.invoice AS i WHERE i.id = p_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', NULL, format('there is no invoice %s', p_id));
  END IF;
  RETURN v_record;
END
$$;
COMMENT ON FUNCTION api.invoice_record(bigint) IS
  'An invoice with lines, vat, payments, credit_notes, attachments and next_actions in one round trip; amounts as text. SW002 when there is none or it may not be seen. Every role, its own rows.';
