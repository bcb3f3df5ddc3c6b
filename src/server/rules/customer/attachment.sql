-- Files dropped on records (SITE-14).

CREATE FUNCTION rules.entity_customer(p_entity text, p_entity_id bigint) RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  CASE p_entity
    WHEN 'customer' THEN SELECT id INTO v_id FROM customer WHERE id = p_entity_id;
    WHEN 'billing_site' THEN SELECT customer_id INTO v_id FROM billing_site WHERE id = p_entity_id;
    WHEN 'mandate' THEN SELECT customer_id INTO v_id FROM mandate WHERE id = p_entity_id;
    WHEN 'contract' THEN SELECT customer_id INTO v_id FROM contract WHERE id = p_entity_id;
    WHEN 'invoice' THEN SELECT customer_id INTO v_id FROM invoice WHERE id = p_entity_id;
    ELSE PERFORM rules.invalid('entity', 'invalid_value', 'files are attached to a customer, billing_site, mandate, contract or invoice');
  END CASE;
  IF v_id IS NULL THEN
    PERFORM rules.fail('SW002', 'entity_id', 'record not found');
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.entity_customer(text, bigint) IS 'The customer a record belongs to; SW002 when there is no such record.';

CREATE FUNCTION rules.require_attachment(p_entity text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_temp
AS $$
BEGIN
  IF p_entity IN ('billing_site', 'mandate') THEN
    PERFORM rules.require('sw_adv', 'sw_accounting');
  ELSE
    PERFORM rules.require('sw_adv', 'sw_accounting', 'sw_support');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.require_attachment(text) IS 'SW003 unless the caller may attach files to such records; those of sites and mandates show bank data.';

CREATE FUNCTION api.attachment_add(p_entity text, p_entity_id bigint, p_name text, p_content bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_customer_id bigint;
  v_name text := NULLIF(btrim(regexp_replace(regexp_replace(p_name, '^.*[/\\]', ''), '[\x01-\x1f\x7f]', '', 'g')), '');
  v_type text := rules.media_type(p_content, v_name);
  v_max int := (SELECT attachment_max_bytes FROM parameter);
  v_id bigint;
BEGIN
  PERFORM rules.require_attachment(p_entity);
  v_customer_id := rules.entity_customer(p_entity, p_entity_id);
  IF v_name IS NULL THEN
    PERFORM rules.required('name');
  ELSIF length(v_name) > 255 THEN
    PERFORM rules.invalid('name', 'too_long', 'a file name has at most 255 characters');
  ELSIF p_content IS NULL THEN
    PERFORM rules.required('content');
  ELSIF length(p_content) > v_max THEN
    PERFORM rules.fail('SW014', 'content', format('a file has at most %s bytes', v_max), v_max::text, p_reason => 'file_size');
  ELSIF v_type IS NULL THEN
    PERFORM rules.fail('SW014', 'content', 'files of this type are not kept', p_reason => 'file_type');
  END IF;
  INSERT INTO attachment (entity, entity_id, customer_id, name, media_type, size, sha256, content, created_by)
  VALUES (p_entity, p_entity_id, v_customer_id, v_name, v_type, length(p_content), sha256(p_content), p_content, rules.caller())
  ON CONFLICT (entity, entity_id, sha256) DO NOTHING
  RETURNING id INTO v_id;
  -- The same file dropped twice is there once.
  RETURN COALESCE(v_id, (SELECT id FROM attachment
                          WHERE entity = p_entity AND entity_id = p_entity_id AND sha256 = sha256(p_content)));
END
$$;
COMMENT ON FUNCTION api.attachment_add(text, bigint, text, bytea) IS
  'Attaches a file to a customer, billing_site, mandate, contract or invoice; returns its id, that of the same file when it is already there. SW002 SW003 SW004 SW014 (detail: most bytes). Administrator, sales administration, accounting; support but for sites and mandates.';
SELECT rules.let_call('api.attachment_add(text, bigint, text, bytea)', 'sw_adv', 'sw_accounting', 'sw_support');

CREATE FUNCTION api.attachment_content(p_id bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_attachment attachment;
BEGIN
  SELECT * INTO v_attachment FROM attachment WHERE id = p_id AND rules.sees_customer(customer_id);
  IF NOT FOUND OR v_attachment.entity NOT IN ('contract', 'invoice') AND NOT rules.has_role(VARIADIC rules.office()) THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  ELSIF v_attachment.entity IN ('billing_site', 'mandate') THEN
    PERFORM rules.require('sw_adv', 'sw_accounting');
  END IF;
  RETURN v_attachment.content;
END
$$;
COMMENT ON FUNCTION api.attachment_content(bigint) IS
  'The bytes of a file. SW002 SW003. Office, those of sites and mandates only for who may see bank data; partners and customers those of their contracts and invoices.';
SELECT rules.let_call('api.attachment_content(bigint)', VARIADIC rules.office() || '{sw_partner,sw_customer}');

CREATE FUNCTION api.attachment_delete(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_attachment attachment;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting', 'sw_support');
  SELECT * INTO v_attachment FROM attachment WHERE id = p_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  PERFORM rules.require_attachment(v_attachment.entity);
  DELETE FROM attachment WHERE id = p_id;
END
$$;
COMMENT ON FUNCTION api.attachment_delete(bigint) IS 'Removes a file. SW002 SW003. Who may add it.';
SELECT rules.let_call('api.attachment_delete(bigint)', 'sw_adv', 'sw_accounting', 'sw_support');

CREATE FUNCTION rules.log_attachment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_row attachment := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  v_name jsonb := to_jsonb(v_row.name);
BEGIN
  INSERT INTO change_log (entity, entity_id, customer_id, action, changes, changed_by)
  VALUES ('attachment', v_row.id, v_row.customer_id, lower(TG_OP),
          jsonb_build_object('name', CASE TG_OP WHEN 'DELETE' THEN jsonb_build_array(v_name, NULL) ELSE jsonb_build_array(NULL, v_name) END),
          rules.caller());
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.log_attachment() IS 'Row trigger: the journal keeps the name of a file, not its bytes.';
CREATE TRIGGER log_attachment AFTER INSERT OR DELETE ON softwhere.attachment FOR EACH ROW EXECUTE FUNCTION rules.log_attachment();
