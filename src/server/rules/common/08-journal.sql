-- Who changed what (GDPR-01), and the version by which two people never overwrite each other.

CREATE FUNCTION rules.log_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old jsonb := CASE WHEN TG_OP <> 'INSERT' THEN rules.loggable(to_jsonb(OLD)) ELSE '{}' END;
  v_new jsonb := CASE WHEN TG_OP <> 'DELETE' THEN rules.loggable(to_jsonb(NEW)) ELSE '{}' END;
  v_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  v_changes jsonb;
BEGIN
  SELECT COALESCE(jsonb_object_agg(key, jsonb_build_array(v_old -> key, v_new -> key)), '{}') INTO v_changes
    FROM jsonb_object_keys(v_old || v_new) AS key
   WHERE COALESCE(v_old -> key, 'null') <> COALESCE(v_new -> key, 'null');
  IF TG_OP = 'UPDATE' AND v_changes = '{}' THEN
    RETURN NULL;
  END IF;
  INSERT INTO change_log (entity, entity_id, customer_id, action, changes, changed_by)
  VALUES (TG_ARGV[0], COALESCE((v_row ->> 'id')::bigint, 0),
          (CASE TG_ARGV[0] WHEN 'customer' THEN v_row ->> 'id' ELSE v_row ->> 'customer_id' END)::bigint,
          lower(TG_OP), v_changes, rules.caller());
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.log_change() IS 'Row trigger: writes {"field": [before, after]} to change_log. Argument: the entity.';

CREATE FUNCTION rules.loggable(p_row jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = rules, pg_catalog
AS $$
  SELECT p_row - '{id,row_version,search_text,created_at,created_by,updated_at,updated_by}'::text[]
    || CASE WHEN p_row ? 'iban' THEN jsonb_build_object('iban', rules.iban_masked(p_row ->> 'iban')) ELSE '{}' END
    || CASE WHEN p_row ->> 'bic' <> '' THEN jsonb_build_object('bic', left(p_row ->> 'bic', 4) || '••••') ELSE '{}' END
    || CASE WHEN p_row ? 'logo' THEN jsonb_build_object('logo', md5(p_row ->> 'logo')) ELSE '{}' END
$$;
COMMENT ON FUNCTION rules.loggable(jsonb) IS
  'A row as the journal keeps it: without book-keeping columns, the IBAN masked, pictures by their fingerprint.';

CREATE FUNCTION rules.bump_row_version() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.bump_row_version() IS 'Row trigger: each real change makes a new version, whoever made it.';

CREATE FUNCTION rules.journal(p_table regclass, p_entity text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION rules.log_change(%L)',
    p_table, p_entity);
END
$$;
COMMENT ON FUNCTION rules.journal(regclass, text) IS 'Writes every change of a table to change_log, as p_entity.';

CREATE FUNCTION rules.versioned(p_table regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER bump_row_version BEFORE UPDATE ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION rules.bump_row_version()',
    p_table);
END
$$;
COMMENT ON FUNCTION rules.versioned(regclass) IS 'Raises row_version at every change of a row of the table.';
