-- Segmentation (CRM-05).

CREATE FUNCTION api.segment_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_row segment;
BEGIN
  PERFORM rules.require('sw_adv');
  v_id := rules.input_id(p_data);
  SELECT * INTO v_row FROM segment WHERE id = v_id FOR UPDATE;
  IF NOT FOUND AND v_id IS NOT NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  IF rules.is_deleted(p_data) THEN
    DELETE FROM segment WHERE id = v_id;
    RETURN v_id;
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, '{id,kind,name,deleted}',
    COALESCE((SELECT to_jsonb(s) FROM api.segment AS s WHERE s.id = v_id), '{}'));
  v_row := jsonb_populate_record(v_row, rules.read_input('segment', p_data, '{kind,name}'));
  RETURN rules.write_row('segment', v_id, to_jsonb(v_row) - 'id');
EXCEPTION WHEN foreign_key_violation THEN
  PERFORM rules.fail('SW013', 'deleted', 'customers belong to this segment');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION api.segment_save(jsonb) IS
  'Creates, changes or ("deleted": true) removes a segment: id, kind (sector, size, type), name. SW002 SW003 SW004 SW005 SW012 SW013. Administrator, sales administration.';
SELECT rules.let_call('api.segment_save(jsonb)', 'sw_adv');
SELECT rules.watch('softwhere.segment', 'administration', '');
