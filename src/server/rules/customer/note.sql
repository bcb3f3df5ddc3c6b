-- Internal notes (CRM-02).

CREATE FUNCTION api.note_add(p_customer_id bigint, p_body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM rules.require(VARIADIC rules.office());
  PERFORM rules.entity_customer('customer', p_customer_id);
  IF COALESCE(btrim(p_body, E' \t\r\n'), '') = '' THEN
    PERFORM rules.required('body');
  ELSIF length(p_body) > 20000 THEN
    PERFORM rules.invalid('body', 'too_long', 'a note has at most 20 000 characters');
  END IF;
  INSERT INTO note (customer_id, body, created_by) VALUES (p_customer_id, btrim(p_body, E' \t\r\n'), rules.caller()) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.note_add(bigint, text) IS 'Adds an internal note to a customer, returns its id. SW002 SW003 SW004 SW005. Office.';
SELECT rules.let_call('api.note_add(bigint, text)', VARIADIC rules.office());

CREATE FUNCTION api.note_delete(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_author text;
BEGIN
  PERFORM rules.require(VARIADIC rules.office());
  SELECT created_by INTO v_author FROM note WHERE id = p_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF v_author <> rules.caller() THEN
    PERFORM rules.require('sw_admin');
  END IF;
  DELETE FROM note WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION api.note_delete(bigint) IS 'Removes a note. SW002 SW003. Its author, and the administrator.';
SELECT rules.let_call('api.note_delete(bigint)', VARIADIC rules.office());

SELECT rules.journal('softwhere.note', 'note');
