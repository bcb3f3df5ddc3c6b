-- What a client missed. Its position is a snapshot, not a number: transactions become visible in another order than they were
-- numbered, so "everything after 1234" would skip whoever commits late.

CREATE FUNCTION api.changes_since(p_position text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_now pg_snapshot := pg_current_snapshot();
  v_seen pg_snapshot;
  v_office boolean := rules.has_role(VARIADIC rules.office());
  v_mine bigint[] := rules.my_customer_ids();
  v_changes jsonb;
BEGIN
  BEGIN
    v_seen := p_position::pg_snapshot;
  EXCEPTION WHEN invalid_text_representation THEN
    PERFORM rules.fail('SW005', 'p_position', 'this is no position of the change feed');
  END;
  -- Forgotten meanwhile; or from before the server was restored, where numbers mean something else.
  IF v_seen IS NULL OR pg_snapshot_xmin(v_seen) <= (SELECT trimmed_xid FROM live_state) OR pg_snapshot_xmax(v_seen) > pg_snapshot_xmax(v_now) THEN
    v_changes := '{"*": [0]}';
  ELSE
    SELECT jsonb_object_agg(entity, CASE WHEN 0 = ANY (ids) OR cardinality(ids) > 1000 THEN '[0]' ELSE to_jsonb(ids) END)
      INTO v_changes
      FROM (
        -- Others learn that something of theirs changed, not which: it may be what they cannot see, such as a draft.
        SELECT entity, array_agg(DISTINCT CASE WHEN v_office THEN entity_id ELSE 0 END) AS ids
          FROM change_feed
         WHERE xid >= pg_snapshot_xmin(v_seen) AND NOT pg_visible_in_snapshot(xid, v_seen)
           AND xid < pg_snapshot_xmax(v_now) -- restored from a server whose numbers were higher
           AND (v_office OR customer_id = ANY (v_mine) OR entity_id = 0 AND customer_id = 0)
         GROUP BY entity) AS c;
  END IF;
  RETURN jsonb_build_object('position', v_now, 'changes', COALESCE(v_changes, '{}'));
END
$$;
COMMENT ON FUNCTION api.changes_since(text) IS
  'What changed since p_position, as {"position": …, "changes": {"contract": [12, 15], "invoice": [0]}}: ids by entity, 0 for any of them; entity * when p_position is null or too old to know. Ask again with the position answered; api.session() gives the first. Partners and customers learn only that something of theirs changed. Error SW005. Everybody.';

CREATE FUNCTION rules.tell_introducer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.tell('*');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.tell_introducer() IS 'Row trigger: a customer came to a partner or left one, whose lists are other lists now.';
CREATE TRIGGER zz_watch_introducer AFTER UPDATE OF introducer_id ON softwhere.customer
  FOR EACH ROW WHEN (OLD.introducer_id IS DISTINCT FROM NEW.introducer_id) EXECUTE FUNCTION rules.tell_introducer();

SELECT rules.let_call('api.changes_since(text)', VARIADIC rules.office() || '{sw_partner,sw_customer}');
-- Read by api.changes_since() and nobody else.
CREATE POLICY nobody_reads ON softwhere.change_feed FOR SELECT USING (false);
CREATE POLICY nobody_reads ON softwhere.live_state FOR SELECT USING (false);
