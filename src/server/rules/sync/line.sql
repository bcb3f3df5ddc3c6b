-- Lines as their operator reports them. A line that exists changes by an accepted request of its own, line_synchronise, which is also
-- how its journal tells; a new one arrives as it is.

CREATE FUNCTION rules.sync_read_lines(p_run softwhere.sync_run, p_ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO sync_line (run_id, object_id, external_id, item, line_id, service_id, customer_id, number, activity)
  SELECT p_run.id, o.id, o.external_id, o.item, l.id, s.id, s.customer_id, rules.phone_e164(o.item ->> 'number'), o.item ->> 'activity'
    FROM (SELECT t.* FROM unnest(p_ids) AS u (id) JOIN sync_object AS t USING (id) WHERE t.kind = 'line' OFFSET 0) AS o
    JOIN sync_object AS p ON (p.provider, p.kind, p.external_id) = (o.provider, 'service', o.parent_id)
    JOIN service AS s ON s.id = p.record_id
    LEFT JOIN service_line AS l ON l.external_id = o.external_id;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- It was empty before: without its size, the statements below compare each line with each.
  ANALYZE sync_line;
  UPDATE sync_line SET number = NULL WHERE run_id = p_run.id AND NOT rules.is_line_number(number);
  -- A line of ours the source did not know by our name.
  UPDATE sync_line AS s SET line_id = l.id
    FROM service_line AS l
   WHERE s.run_id = p_run.id AND s.line_id IS NULL AND s.activity NOT IN ('terminated', 'obsolete')
     AND l.number = s.number AND l.customer_id = s.customer_id AND l.external_id IS NULL AND l.activity NOT IN ('terminated', 'obsolete');

  UPDATE sync_line AS s
     SET problem = CASE
       WHEN l.customer_id <> s.customer_id THEN 'line_of_another_customer'
       WHEN s.number IS NULL AND s.activity IN ('active', 'inactive') THEN 'invalid_number'
       WHEN s.activity NOT IN ('terminated', 'obsolete')
            AND (EXISTS (SELECT FROM service_line AS o WHERE o.number = s.number AND o.id IS DISTINCT FROM s.line_id AND o.activity NOT IN ('terminated', 'obsolete'))
                 OR EXISTS (SELECT FROM sync_line AS o WHERE o.run_id = s.run_id AND o.number = s.number AND o.activity NOT IN ('terminated', 'obsolete')
                               -- Ours before a newcomer, then the one whose name comes first.
                               AND (o.line_id IS NULL, o.external_id) < (s.line_id IS NULL, s.external_id))) THEN 'number_clash' END
    FROM sync_line AS t LEFT JOIN service_line AS l ON l.id = t.line_id
   WHERE s.run_id = p_run.id AND (t.run_id, t.object_id) = (s.run_id, s.object_id);
  -- Put away or barred by us, that is still what the operator calls so.
  UPDATE sync_line AS s SET activity = l.activity FROM service_line AS l
   WHERE s.run_id = p_run.id AND l.id = s.line_id AND l.activity = 'obsolete' AND s.activity = 'terminated';
END
$$;
COMMENT ON FUNCTION rules.sync_read_lines(softwhere.sync_run, bigint[]) IS
  'Fills sync_line: which of our lines each is, and why it cannot be taken over: line_of_another_customer, invalid_number, number_clash. Lines of services nobody knows yet wait.';

CREATE FUNCTION rules.sync_compare_lines(p_run_id bigint) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  -- The same article, sold by us before the source gave it a name.
  UPDATE line_offer AS e SET external_id = d.external_id
    FROM sync_line AS l JOIN sync_line_offer AS d USING (run_id, object_id)
   WHERE l.run_id = p_run_id AND e.line_id = l.line_id AND e.external_id IS NULL AND (e.kind, e.code, e.starts_on) = (d.kind, d.code, d.starts_on)
     AND NOT EXISTS (SELECT FROM line_offer AS o WHERE o.external_id = d.external_id);
  UPDATE sync_line AS s
     SET differs = (s.activity, COALESCE(s.number, l.number)) IS DISTINCT FROM (l.activity, l.number)
           OR s.item ? 'last_name' AND (s.item ->> 'first_name', s.item ->> 'last_name') IS DISTINCT FROM (l.first_name, l.last_name)
           OR EXISTS (SELECT FROM sync_line_offer AS d LEFT JOIN line_offer AS e ON e.line_id = l.id AND e.external_id = d.external_id
                       WHERE (d.run_id, d.object_id) = (s.run_id, s.object_id) AND (e.id IS NULL OR rules.sync_offer_differs(e, d)))
           OR EXISTS (SELECT FROM line_offer AS e WHERE e.line_id = l.id AND rules.sync_offer_yields(s.run_id, s.object_id, e)
                         AND NOT EXISTS (SELECT FROM sync_line_offer AS d WHERE (d.run_id, d.object_id, d.external_id) = (s.run_id, s.object_id, e.external_id)))
    FROM service_line AS l WHERE s.run_id = p_run_id AND s.problem IS NULL AND l.id = s.line_id;
$$;
COMMENT ON FUNCTION rules.sync_compare_lines(bigint) IS 'Which lines are not what the source tells.';

CREATE FUNCTION rules.sync_answer_requests(p_run_id bigint) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT rules.line_request_accept(r.id, '{}')
    FROM sync_line AS s
    JOIN service_line AS l ON l.id = s.line_id
    JOIN line_request AS r ON r.line_id = l.id AND r.status IN ('queued', 'sent') AND r.effective_on <= rules.today()
    JOIN line_arc AS a ON (a.from_state, a.action) = (rules.line_state(l.activity, l.restriction), r.action)
   WHERE s.run_id = p_run_id AND s.problem IS NULL AND s.activity <> l.activity AND a.to_state = s.activity AND s.number IS NOT NULL
     AND r.action IN ('line_activate', 'line_reactivate', 'line_deactivate', 'line_terminate')
     AND (r.action <> 'line_activate' OR s.number = l.number)
   ORDER BY r.id
$$;
COMMENT ON FUNCTION rules.sync_answer_requests(bigint) IS 'A line that became what was asked for: the operator accepted.';

CREATE FUNCTION rules.sync_write_lines(p_run softwhere.sync_run) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_today date := rules.today();
BEGIN
  INSERT INTO service_line (customer_id, service_id, number, first_name, last_name, activity, hide_called_numbers, cfast_account, external_id, activated_on,
                            terminated_on, created_by)
  SELECT s.customer_id, s.service_id, s.number, s.item ->> 'first_name', s.item ->> 'last_name', s.activity, COALESCE((s.item ->> 'hide_called_numbers')::boolean, true),
         rules.sync_account(p_run.provider, s.object_id), s.external_id,
         CASE WHEN s.activity <> 'under_construction' THEN (SELECT min(d.starts_on) FROM sync_line_offer AS d WHERE (d.run_id, d.object_id) = (s.run_id, s.object_id)) END,
         CASE WHEN s.activity IN ('terminated', 'obsolete') THEN v_today END, rules.caller()
    FROM sync_line AS s WHERE s.run_id = p_run.id AND s.problem IS NULL AND s.line_id IS NULL;
  UPDATE sync_line AS s SET line_id = l.id, is_new = true FROM service_line AS l
   WHERE s.run_id = p_run.id AND s.problem IS NULL AND s.line_id IS NULL AND l.external_id = s.external_id;

  WITH asked AS (
    INSERT INTO line_request (line_id, customer_id, action, data, effective_on, provider, requested_by)
    SELECT l.id, l.customer_id, 'line_synchronise', jsonb_strip_nulls(jsonb_build_object(
             'from', p_run.provider, 'run_id', p_run.id, 'activity', NULLIF(s.activity, l.activity), 'number', NULLIF(s.number, l.number),
             'user', NULLIF(concat_ws(' ', s.item ->> 'first_name', s.item ->> 'last_name'), concat_ws(' ', l.first_name, l.last_name)),
             -- What it contradicts is told by name: those rows lose their days.
             'replaced', (SELECT jsonb_agg(e.label ORDER BY e.id) FROM line_offer AS e
                           WHERE e.line_id = l.id AND e.external_id IS NULL AND rules.sync_offer_yields(s.run_id, s.object_id, e)))),
           v_today, p_run.provider, rules.caller()
      FROM sync_line AS s JOIN service_line AS l ON l.id = s.line_id WHERE s.run_id = p_run.id AND s.differs
    RETURNING id, line_id)
  UPDATE sync_line AS s SET request_id = a.id FROM asked AS a WHERE s.run_id = p_run.id AND s.line_id = a.line_id;
  UPDATE line_request AS r SET status = 'accepted', answered_at = clock_timestamp(), answered_by = rules.caller()
    FROM sync_line AS s WHERE s.run_id = p_run.id AND r.id = s.request_id;

  PERFORM rules.sync_write_plans(p_run.id);
  UPDATE service_line AS l
     SET activity = s.activity, number = COALESCE(s.number, l.number), restriction = CASE WHEN s.activity = 'active' THEN l.restriction ELSE 'none' END,
         first_name = CASE WHEN s.item ? 'last_name' THEN s.item ->> 'first_name' ELSE l.first_name END,
         last_name = CASE WHEN s.item ? 'last_name' THEN s.item ->> 'last_name' ELSE l.last_name END,
         activated_on = CASE WHEN s.activity IN ('active', 'inactive') THEN COALESCE(l.activated_on, v_today) ELSE l.activated_on END,
         terminated_on = CASE WHEN s.activity IN ('terminated', 'obsolete') THEN COALESCE(l.terminated_on, v_today) END,
         last_request_id = s.request_id
    FROM sync_line AS s WHERE s.run_id = p_run.id AND s.differs AND l.id = s.line_id;
  UPDATE service_line AS l
     SET service_id = s.service_id, external_id = s.external_id, cfast_account = COALESCE(l.cfast_account, rules.sync_account(p_run.provider, s.object_id)),
         hide_called_numbers = COALESCE((s.item ->> 'hide_called_numbers')::boolean, l.hide_called_numbers)
    FROM sync_line AS s
   WHERE s.run_id = p_run.id AND s.problem IS NULL AND NOT s.is_new AND l.id = s.line_id
     AND (l.service_id, l.external_id, l.hide_called_numbers)
         IS DISTINCT FROM (s.service_id, s.external_id, COALESCE((s.item ->> 'hide_called_numbers')::boolean, l.hide_called_numbers));
  PERFORM rules.sync_write_cards(p_run);
  UPDATE line_request AS r SET status = 'applied', applied_on = v_today FROM sync_line AS s WHERE s.run_id = p_run.id AND r.id = s.request_id;
  UPDATE sync_object AS o SET record_id = s.line_id FROM sync_line AS s
   WHERE s.run_id = p_run.id AND s.problem IS NULL AND o.id = s.object_id AND o.record_id IS DISTINCT FROM s.line_id;
END
$$;
COMMENT ON FUNCTION rules.sync_write_lines(softwhere.sync_run) IS 'Creates the lines that are new and makes those that differ what the source tells, set by set.';

CREATE FUNCTION rules.sync_account(p_provider text, p_object_id bigint) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT t.parent_id FROM sync_object AS l
    JOIN sync_object AS s ON (s.provider, s.kind, s.external_id) = (p_provider, 'service', l.parent_id)
    JOIN sync_object AS t ON (t.provider, t.kind, t.external_id) = (p_provider, 'site', s.parent_id)
   WHERE l.id = p_object_id
$$;
COMMENT ON FUNCTION rules.sync_account(text, bigint) IS 'The account of the provider a line stands under (LINE-11).';

-- SIM cards follow what the operator says is in the line.
CREATE FUNCTION rules.sync_cards(p_run_id bigint) RETURNS TABLE (iccid text, line_id bigint, service_id bigint, customer_id bigint)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT DISTINCT ON (s.item ->> 'iccid') s.item ->> 'iccid', s.line_id, s.service_id, s.customer_id
    FROM sync_line AS s
   WHERE s.run_id = p_run_id AND s.problem IS NULL AND s.activity IN ('active', 'inactive') AND s.item ->> 'iccid' IS NOT NULL
   ORDER BY s.item ->> 'iccid', s.external_id
$$;
COMMENT ON FUNCTION rules.sync_cards(bigint) IS 'The cards the lines being taken over are said to hold, each in the first line that names it.';

CREATE FUNCTION rules.sync_write_cards(p_run softwhere.sync_run) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- The cards of lines that ended, and those another took the place of.
  UPDATE sim_card AS c
     SET state = CASE WHEN s.activity IN ('terminated', 'obsolete') THEN 'terminated' ELSE 'replaced' END, state_entered_on = rules.today(), state_reason = NULL
    FROM sync_line AS s
   WHERE s.run_id = p_run.id AND s.problem IS NULL AND c.line_id = s.line_id AND c.state IN ('active', 'suspended')
     AND (s.activity IN ('terminated', 'obsolete') OR rules.is_iccid(s.item ->> 'iccid') AND c.iccid <> s.item ->> 'iccid');
  -- Two lines that name one card: it is in the first.
  UPDATE sim_card AS c SET state = 'reserved', state_entered_on = rules.today(), state_reason = NULL, line_id = s.line_id, customer_id = s.customer_id
    FROM rules.sync_cards(p_run.id) AS s WHERE c.iccid = s.iccid AND c.state = 'in_stock';
  UPDATE sim_card AS c SET state = 'active', state_entered_on = rules.today(), line_id = s.line_id, customer_id = s.customer_id
    FROM rules.sync_cards(p_run.id) AS s
   WHERE c.iccid = s.iccid AND c.state = 'reserved' AND COALESCE(c.line_id, s.line_id) = s.line_id AND COALESCE(c.customer_id, s.customer_id) = s.customer_id;
  INSERT INTO sim_card (iccid, operator_id, state, state_entered_on, line_id, customer_id)
  SELECT s.iccid, COALESCE(l.operator_id, v.operator_id), 'active', rules.today(), s.line_id, s.customer_id
    FROM rules.sync_cards(p_run.id) AS s JOIN service_line AS l ON l.id = s.line_id JOIN service AS v ON v.id = s.service_id
   WHERE rules.is_iccid(s.iccid)
     AND NOT EXISTS (SELECT FROM sim_card AS c WHERE c.iccid = s.iccid OR c.line_id = s.line_id AND c.state IN ('active', 'suspended'))
   ORDER BY s.iccid;
END
$$;
COMMENT ON FUNCTION rules.sync_write_cards(softwhere.sync_run) IS 'The card the operator names is the live one of its line; a card unknown here is created, one that was there is replaced or ended.';

CREATE FUNCTION rules.sync_settle_lines(p_run softwhere.sync_run, p_ids bigint[]) RETURNS int[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_messy bigint[];
  v_counts int[];
BEGIN
  PERFORM rules.sync_read_lines(p_run, p_ids);
  PERFORM rules.sync_answer_requests(p_run.id);
  v_messy := rules.sync_rebuild_plans(p_run.id);
  PERFORM rules.sync_compare_lines(p_run.id);
  PERFORM rules.sync_write_lines(p_run);
  PERFORM rules.sync_judge(p_run, 'line',
      '{line_of_another_customer,number_clash,invalid_number,plans_overlap,invalid_iccid,sim_clash}', array_agg(s.external_id),
      COALESCE(jsonb_agg(jsonb_build_object('code', f.code, 'external_id', s.external_id, 'entity', CASE WHEN COALESCE(f.line_id, s.line_id) IS NOT NULL THEN 'line' ELSE 'service' END,
                 'entity_id', COALESCE(f.line_id, s.line_id, s.service_id), 'customer_id', s.customer_id, 'detail',
                 jsonb_strip_nulls(jsonb_build_object('name', s.item ->> 'number') || f.detail)))
               FILTER (WHERE f.code IS NOT NULL), '[]'))
     FROM sync_line AS s
     LEFT JOIN rules.sync_line_faults(p_run.id, v_messy) AS f USING (object_id)
    WHERE s.run_id = p_run.id;
  -- Once an article, however many lines have it.
  PERFORM rules.sync_judge(p_run, 'article', '{unknown_article}', array_agg(d.code),
      COALESCE(jsonb_agg(jsonb_build_object('code', 'unknown_article', 'external_id', d.code, 'detail', jsonb_build_object('name', d.label)))
               FILTER (WHERE d.is_unknown), '[]'))
     FROM (SELECT code, min(label) AS label, bool_or(offer_id IS NULL) AS is_unknown FROM sync_line_offer WHERE run_id = p_run.id GROUP BY code) AS d;
  SELECT ARRAY[count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE differs), count(*) FILTER (WHERE problem IS NULL AND NOT is_new AND NOT differs)]
    INTO v_counts FROM sync_line WHERE run_id = p_run.id;
  DELETE FROM sync_line_offer WHERE run_id = p_run.id;
  DELETE FROM sync_line WHERE run_id = p_run.id;
  RETURN v_counts;
END
$$;
COMMENT ON FUNCTION rules.sync_settle_lines(softwhere.sync_run, bigint[]) IS 'Takes over lines whose service is known: how many were created, changed, the same. What does not fit is told.';

CREATE FUNCTION rules.sync_line_faults(p_run_id bigint, p_messy bigint[]) RETURNS TABLE (object_id bigint, code text, line_id bigint, detail jsonb)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT s.object_id, s.problem, CASE s.problem WHEN 'number_clash' THEN (SELECT min(id) FROM service_line
            WHERE number = s.number AND id IS DISTINCT FROM s.line_id AND activity NOT IN ('terminated', 'obsolete')) END, '{}'::jsonb
    FROM sync_line AS s WHERE s.run_id = p_run_id AND s.problem IS NOT NULL
  UNION ALL SELECT m, 'plans_overlap', NULL, '{}' FROM unnest(p_messy) AS m
  UNION ALL SELECT s.object_id, 'invalid_iccid', NULL, jsonb_build_object('iccid', s.item ->> 'iccid')
              FROM sync_line AS s WHERE s.run_id = p_run_id AND NOT rules.is_iccid(s.item ->> 'iccid')
  UNION ALL SELECT s.object_id, 'sim_clash', NULL, jsonb_build_object('iccid', c.iccid, 'state', c.state)
              FROM sync_line AS s JOIN sim_card AS c ON c.iccid = s.item ->> 'iccid'
             WHERE s.run_id = p_run_id AND s.problem IS NULL AND s.activity IN ('active', 'inactive')
               AND NOT (c.state IN ('active', 'suspended') AND c.line_id = s.line_id)
$$;
COMMENT ON FUNCTION rules.sync_line_faults(bigint, bigint[]) IS 'What does not fit about the lines just taken over, or not.';
