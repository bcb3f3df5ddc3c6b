-- A synchronisation is a list of questions (sync_task) kept here: whoever runs it fetches answers and hands them in, so that a cut loses
-- nothing and the next one goes on. The connector knows how a provider speaks; what its words do to the parc is decided here.

CREATE FUNCTION rules.sync_key(p_provider text) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN hashtextextended('softwhere synchronisation ' || p_provider, 0);
COMMENT ON FUNCTION rules.sync_key(text) IS 'The advisory lock of whoever synchronises with a provider.';

CREATE FUNCTION rules.sync_hold(p_provider text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Held by the session: it vanishes with a client that dies, and a session that was cut takes it again.
  IF NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted AND objsubid = 1
                    AND (classid::bigint << 32 | objid::bigint) = rules.sync_key(p_provider))
     AND NOT pg_try_advisory_lock(rules.sync_key(p_provider)) THEN
    PERFORM rules.fail('SW013', 'provider', 'somebody else is synchronising with this provider', p_reason => 'sync_running');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.sync_hold(text) IS 'One synchronisation a provider at a time: SW013 sync_running.';

CREATE FUNCTION rules.sync_run_of(p_run_id bigint) RETURNS softwhere.sync_run
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_run sync_run;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_courier');
  SELECT * INTO v_run FROM sync_run WHERE id = p_run_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'run_id', 'record not found');
  ELSIF v_run.status <> 'running' THEN
    PERFORM rules.fail('SW007', 'run_id', format('this synchronisation is %s', v_run.status));
  END IF;
  PERFORM rules.sync_hold(v_run.provider);
  RETURN v_run;
END
$$;
COMMENT ON FUNCTION rules.sync_run_of(bigint) IS 'The run, locked, if it is under way: SW002, SW003, SW007, SW013.';

CREATE FUNCTION rules.sync_add_tasks(p_run_id bigint, p_tasks jsonb) RETURNS void
LANGUAGE sql
SET search_path = softwhere, pg_temp
AS $$
  INSERT INTO sync_task (run_id, resource, key, page)
  SELECT DISTINCT p_run_id, t.resource, COALESCE(t.key, ''), COALESCE(t.page, 1)
    FROM jsonb_to_recordset(COALESCE(p_tasks, '[]')) AS t (resource text, key text, page int) ORDER BY 2, 3, 4
      ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION rules.sync_add_tasks(bigint, jsonb) IS 'Questions to ask, once each: [{resource, key, page}].';

CREATE FUNCTION rules.sync_progress(p_run softwhere.sync_run) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT jsonb_build_object('run_id', r.id, 'status', r.status, 'since', to_char(r.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'is_full', r.is_full, 'created', r.created, 'changed', r.changed, 'same', r.same,
    'answers', r.answers,
    'done', (SELECT count(*) FROM sync_task WHERE run_id = r.id AND is_done), 'total', (SELECT count(*) FROM sync_task WHERE run_id = r.id),
    'anomalies', (SELECT count(*) FROM sync_anomaly WHERE provider = r.provider AND resolved_at IS NULL),
    -- The latest first: lines are taken over while their neighbours are fetched, instead of all at the end.
    'tasks', (SELECT COALESCE(jsonb_agg(to_jsonb(t) ORDER BY t.id DESC), '[]')
                FROM (SELECT id, resource, key, page FROM sync_task WHERE run_id = r.id AND NOT is_done ORDER BY id DESC LIMIT 200) AS t))
    FROM sync_run AS r WHERE r.id = (p_run).id
$$;
COMMENT ON FUNCTION rules.sync_progress(softwhere.sync_run) IS 'How far a run is, and up to 200 questions it still has to ask, in the order to ask them.';

CREATE FUNCTION api.sync_start(p_provider text, p_full boolean, p_first jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_provider provider;
  v_run sync_run;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_courier');
  v_provider := rules.provider_of(p_provider);
  PERFORM rules.sync_hold(p_provider);
  -- Nobody else is at it: one that did not come to its end goes on, while what it was told is still fresh.
  SELECT * INTO v_run FROM sync_run
   WHERE provider = p_provider AND status <> 'done' AND (is_full OR NOT p_full) AND started_at > clock_timestamp() - interval '1 day'
     AND id = (SELECT max(id) FROM sync_run WHERE provider = p_provider);
  IF FOUND THEN
    UPDATE sync_run SET status = 'running', ended_at = NULL, message = NULL WHERE id = v_run.id;
  ELSE
    UPDATE sync_run SET status = 'failed', ended_at = clock_timestamp(), message = 'ended without a word' WHERE provider = p_provider AND status = 'running';
    INSERT INTO sync_run (provider, is_full, since, started_by)
    VALUES (p_provider, p_full OR v_provider.synchronised_until IS NULL, CASE WHEN NOT p_full THEN v_provider.synchronised_until END, rules.caller())
    RETURNING * INTO v_run;
    PERFORM rules.sync_add_tasks(v_run.id, p_first);
  END IF;
  RETURN rules.sync_progress(v_run) || jsonb_build_object('base_url', v_provider.base_url, 'account', v_provider.account, 'ca_file', v_provider.ca_file,
    'page_size', v_provider.page_size);
END
$$;
COMMENT ON FUNCTION api.sync_start(text, boolean, jsonb) IS
  'Begins a synchronisation, or goes on with one that was cut within a day. p_full: everything, not only what the source changed since the last; p_first: the first questions [{resource, key, page}]. Returns {run_id, since, tasks [{id, resource, key, page}], done, total, created, changed, same, anomalies, base_url, account, ca_file, page_size}. SW002 SW003 SW006 (provider_address) SW013 (sync_running). Roles sw_adv, sw_courier.';

CREATE FUNCTION rules.sync_settle(p_run softwhere.sync_run, p_ids bigint[]) RETURNS int[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_services int[];
  v_lines int[];
BEGIN
  PERFORM rules.sync_settle_accounts(p_run, p_ids);
  v_services := rules.sync_settle_services(p_run, p_ids);
  v_lines := rules.sync_settle_lines(p_run, p_ids);
  RETURN ARRAY[v_services[1] + v_lines[1], v_services[2] + v_lines[2], v_lines[3]];
END
$$;
COMMENT ON FUNCTION rules.sync_settle(softwhere.sync_run, bigint[]) IS 'Takes over objects from the top down: created, changed, the same.';

CREATE FUNCTION rules.sync_take_objects(p_run softwhere.sync_run, p_items jsonb) RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  -- A line told of under two parcs stays where the first name says, in whatever order they arrive.
  WITH told AS (
         SELECT i ->> 'kind' AS kind, i ->> 'external_id' AS external_id, min(i ->> 'parent_id') AS parent_id, array_agg(DISTINCT i ->> 'parent_id') AS parents,
                (array_agg(i ORDER BY i ->> 'parent_id'))[1] AS item
           FROM jsonb_array_elements(p_items) AS i WHERE NOT i ? 'problem' GROUP BY 1, 2),
       placed AS (
         SELECT t.*, ARRAY(SELECT DISTINCT u FROM unnest(t.parents || CASE WHEN o.last_run_id = p_run.id THEN o.parent_id END
                             || ARRAY(SELECT jsonb_array_elements_text(a.detail -> 'parents') FROM sync_anomaly AS a
                                       WHERE (a.provider, a.kind, a.external_id, a.code) = (p_run.provider, t.kind, t.external_id, 'line_in_two_parcs')
                                         AND a.resolved_at IS NULL)) AS u WHERE u IS NOT NULL ORDER BY u) AS known
           FROM told AS t
           -- One by one through the index, whatever is thought of the size of the table.
           LEFT JOIN LATERAL (SELECT b.last_run_id, b.parent_id FROM sync_object AS b WHERE (b.provider, b.kind, b.external_id) = (p_run.provider, t.kind, t.external_id) LIMIT 1) AS o ON true),
       judged AS (
         SELECT rules.sync_judge(p_run, 'line', '{line_in_two_parcs}', COALESCE(array_agg(p.external_id), '{}'),
           COALESCE(jsonb_agg(jsonb_build_object('code', 'line_in_two_parcs', 'external_id', p.external_id, 'entity', CASE WHEN l.id IS NOT NULL THEN 'line' END,
             'entity_id', l.id, 'customer_id', l.customer_id, 'detail', jsonb_build_object('parents', to_jsonb(p.known), 'name', p.item ->> 'number')))
             FILTER (WHERE cardinality(p.known) > 1), '[]'))
           FROM placed AS p
           LEFT JOIN LATERAL (SELECT r.id, r.customer_id FROM service_line AS r WHERE r.external_id = p.external_id LIMIT 1) AS l ON true WHERE p.kind = 'line'),
       kept AS (
         INSERT INTO sync_object AS o (provider, kind, external_id, parent_id, item, digest, last_run_id)
         SELECT p_run.provider, p.kind, p.external_id, p.parent_id, p.item, sha256(convert_to(p.item::text, 'UTF8')), p_run.id
           FROM placed AS p, judged WHERE p.kind <> 'line' OR p.parent_id IS NOT DISTINCT FROM p.known[1]
             ON CONFLICT (provider, kind, external_id) DO UPDATE
            SET parent_id = EXCLUDED.parent_id, item = EXCLUDED.item, digest = EXCLUDED.digest, last_run_id = EXCLUDED.last_run_id, absent_since = NULL
         RETURNING o.id)
  SELECT array_agg(id) INTO v_ids FROM kept;
  RETURN COALESCE(v_ids, '{}');
END
$$;
COMMENT ON FUNCTION rules.sync_take_objects(softwhere.sync_run, jsonb) IS 'Keeps what the source tells of its objects; returns their ids.';

CREATE FUNCTION rules.sync_measure(p_before int, p_after int) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- A first synchronisation fills empty tables faster than autovacuum looks at them: planned for the empty ones, what compares their
  -- rows goes through them over and over.
  IF p_after > 0 AND (p_before = 0 OR floor(log(2, p_before)) < floor(log(2, p_after))) THEN
    ANALYZE sync_object (provider, kind, external_id, parent_id, record_id), service (id, external_id), service_line (id, customer_id, number, external_id),
      line_offer (line_id, external_id), sim_card (iccid, line_id);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.sync_measure(int, int) IS 'Counts again what a run fills each time its answers have doubled.';

CREATE FUNCTION api.sync_add(p_run_id bigint, p_task_ids bigint[], p_bodies text[], p_pages jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_run sync_run := rules.sync_run_of(p_run_id);
  v_open bigint[];
  v_items jsonb;
  v_same bigint[];
  v_ids bigint[];
  v_counts int[];
BEGIN
  IF COALESCE(cardinality(p_task_ids) NOT BETWEEN 1 AND 200 OR cardinality(p_bodies) <> cardinality(p_task_ids)
              OR jsonb_typeof(p_pages) <> 'array' OR jsonb_array_length(p_pages) <> cardinality(p_task_ids), true) THEN
    PERFORM rules.invalid('pages', 'invalid_value', 'one to 200 answers with their questions are expected');
  ELSIF EXISTS (SELECT FROM unnest(p_bodies) AS b WHERE length(b) > 32000000) THEN
    PERFORM rules.invalid('bodies', 'too_long', 'an answer is too long');
  END IF;
  -- An answer handed in twice counts once.
  SELECT COALESCE(array_agg(id), '{}') INTO v_open FROM sync_task WHERE run_id = v_run.id AND id = ANY (p_task_ids) AND NOT is_done;
  PERFORM rules.sync_measure(v_run.answers, v_run.answers + cardinality(v_open));
  INSERT INTO sync_answer (provider, run_id, resource, key, page, digest, body)
  SELECT v_run.provider, v_run.id, t.resource, t.key, t.page, sha256(convert_to(u.body, 'UTF8')), u.body::jsonb
    FROM unnest(p_task_ids, p_bodies) AS u (id, body) JOIN sync_task AS t ON t.id = u.id AND t.id = ANY (v_open)
      ON CONFLICT DO NOTHING;
  SELECT COALESCE(jsonb_agg(i), '[]') INTO v_items
    FROM unnest(p_task_ids) WITH ORDINALITY AS u (id, n), jsonb_array_elements(p_pages -> (u.n::int - 1) -> 'items') AS i WHERE u.id = ANY (v_open);
  PERFORM rules.sync_add_tasks(v_run.id, p_pages -> (u.n::int - 1) -> 'next') FROM unnest(p_task_ids) WITH ORDINALITY AS u (id, n) WHERE u.id = ANY (v_open);

  -- What was told before in the same words is left alone, unless something about it is still open.
  SELECT COALESCE(array_agg(o.id), '{}') INTO v_same
    FROM jsonb_array_elements(v_items) AS i
   CROSS JOIN LATERAL (SELECT b.* FROM sync_object AS b WHERE (b.provider, b.kind, b.external_id) = (v_run.provider, i ->> 'kind', i ->> 'external_id') LIMIT 1) AS o
   WHERE o.digest = sha256(convert_to(i::text, 'UTF8')) AND (o.record_id IS NOT NULL OR o.kind = 'site') AND o.absent_since IS NULL
     AND NOT EXISTS (SELECT FROM sync_anomaly AS a WHERE (a.provider, a.kind, a.external_id) = (o.provider, o.kind, o.external_id) AND a.resolved_at IS NULL);
  v_ids := rules.sync_take_objects(v_run, v_items);
  PERFORM rules.sync_judge(v_run, k.kind, '{unreadable}', array_agg(i ->> 'external_id'),
      COALESCE(jsonb_agg(jsonb_build_object('code', 'unreadable', 'external_id', i ->> 'external_id', 'detail', jsonb_build_object('problem', i ->> 'problem')))
        FILTER (WHERE i ? 'problem'), '[]'))
     FROM jsonb_array_elements(v_items) AS i, LATERAL (SELECT i ->> 'kind' AS kind) AS k GROUP BY k.kind;
  -- A page nobody could read had no better name than its question.
  UPDATE sync_anomaly AS a SET resolved_at = clock_timestamp(), resolved_by = rules.caller()
    FROM sync_task AS t
   WHERE t.id = ANY (v_open) AND a.provider = v_run.provider AND a.code = 'unreadable' AND a.resolved_at IS NULL
     AND (a.external_id = t.key OR starts_with(a.external_id, format('%s/%s/%s#', t.resource, t.key, t.page)))
     AND NOT EXISTS (SELECT FROM jsonb_array_elements(v_items) AS i WHERE i ->> 'external_id' = a.external_id AND i ? 'problem');
  v_counts := rules.sync_settle(v_run, ARRAY(SELECT unnest(v_ids) EXCEPT SELECT unnest(v_same)));
  UPDATE sync_task SET is_done = true WHERE id = ANY (v_open);
  UPDATE sync_run
     SET answers = answers + cardinality(v_open), created = created + v_counts[1], changed = changed + v_counts[2],
         same = same + v_counts[3] + (SELECT count(*) FROM sync_object WHERE id = ANY (v_same) AND kind = 'line')
   WHERE id = v_run.id RETURNING * INTO v_run;
  RETURN rules.sync_progress(v_run);
END
$$;
COMMENT ON FUNCTION api.sync_add(bigint, bigint[], text[], jsonb) IS
  'Hands in answers: p_bodies as they came, kept; p_pages what the connector reads in each, {items, next}: next are further questions [{resource, key, page}], items objects {kind account|site|service|line, external_id, parent_id, …} (src/network/README.md), or {kind, external_id, problem} for one it cannot read. Asked again it changes nothing. Returns what api.sync_start returns. SW002 SW003 SW005 SW007 SW013. Roles sw_adv, sw_courier.';

CREATE FUNCTION rules.sync_settle_waiting(p_run softwhere.sync_run) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
  v_counts int[];
  v_kind text;
BEGIN
  FOREACH v_kind IN ARRAY '{account,service,line}'::text[] LOOP
    LOOP
      SELECT array_agg(id) INTO v_ids FROM (SELECT o.id FROM sync_object AS o
        WHERE o.provider = p_run.provider AND o.kind = v_kind AND o.record_id IS NULL AND o.id > COALESCE(v_ids[cardinality(v_ids)], 0)
        ORDER BY o.id LIMIT 2000) AS t;
      EXIT WHEN v_ids IS NULL;
      v_counts := rules.sync_settle(p_run, v_ids);
      UPDATE sync_run SET created = created + v_counts[1], changed = changed + v_counts[2], same = same + v_counts[3] WHERE id = p_run.id;
    END LOOP;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.sync_settle_waiting(softwhere.sync_run) IS 'Tries again what waited for something above it, or for a number to become free.';

CREATE FUNCTION api.sync_end(p_run_id bigint, p_status text, p_message text DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_run sync_run := rules.sync_run_of(p_run_id);
BEGIN
  IF p_status NOT IN ('done', 'cancelled', 'failed') THEN
    PERFORM rules.invalid('status', 'sync_run_status_is_known', 'done, cancelled or failed');
  ELSIF p_status = 'done' AND EXISTS (SELECT FROM sync_task WHERE run_id = v_run.id AND NOT is_done) THEN
    PERFORM rules.fail('SW007', 'status', 'questions are still open');
  END IF;
  PERFORM rules.sync_settle_waiting(v_run);
  PERFORM rules.sync_name_articles(v_run);
  IF p_status = 'done' THEN
    UPDATE provider SET synchronised_until = v_run.started_at - interval '10 minutes' WHERE code = v_run.provider;
    -- Behind an answer nobody could read anything may be.
    IF v_run.is_full AND NOT EXISTS (SELECT FROM sync_anomaly WHERE provider = v_run.provider AND code = 'unreadable' AND resolved_at IS NULL) THEN
      UPDATE sync_object SET absent_since = clock_timestamp() WHERE provider = v_run.provider AND last_run_id <> v_run.id AND absent_since IS NULL;
    END IF;
    PERFORM rules.sync_judge(v_run, k.kind, '{absent_at_source}', COALESCE(array_agg(o.external_id), '{}'),
        COALESCE(jsonb_agg(jsonb_build_object('code', 'absent_at_source', 'external_id', o.external_id, 'entity', NULLIF(o.kind, 'site'), 'entity_id', o.record_id,
                   'detail', jsonb_strip_nulls(jsonb_build_object('name', COALESCE(o.item ->> 'number', o.item ->> 'name')))))
                 FILTER (WHERE o.absent_since IS NOT NULL AND NOT COALESCE(o.item ->> 'activity' = 'terminated', false)), '[]'))
       FROM unnest('{service,line}'::text[]) AS k (kind) LEFT JOIN sync_object AS o ON o.provider = v_run.provider AND o.kind = k.kind
        AND (o.absent_since IS NOT NULL OR EXISTS (SELECT FROM sync_anomaly AS a
               WHERE (a.provider, a.code, a.kind, a.external_id) = (o.provider, 'absent_at_source', o.kind, o.external_id) AND a.resolved_at IS NULL))
      GROUP BY k.kind;
  END IF;
  UPDATE sync_run SET status = p_status, message = left(p_message, 1000), ended_at = clock_timestamp() WHERE id = v_run.id;
  PERFORM pg_advisory_unlock(rules.sync_key(v_run.provider));
  RETURN rules.sync_progress(v_run) - 'tasks';
END
$$;
COMMENT ON FUNCTION api.sync_end(bigint, text, text) IS
  'Ends a synchronisation: done (nothing is left to ask), cancelled or failed with p_message; the two last go on at the next start. After a complete one, what the source no longer tells of is listed; nothing is deleted. Returns its counts. SW002 SW003 SW005 SW007 SW013. Roles sw_adv, sw_courier.';

CREATE FUNCTION api.provider_account_link(p_provider text, p_number text, p_customer_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_run sync_run;
BEGIN
  PERFORM rules.require('sw_adv');
  IF NOT EXISTS (SELECT FROM customer WHERE id = p_customer_id) THEN
    PERFORM rules.fail('SW002', 'customer_id', 'record not found');
  ELSIF EXISTS (SELECT FROM provider_account WHERE (provider, number) = (p_provider, p_number) AND customer_id <> p_customer_id) THEN
    PERFORM rules.fail('SW012', 'number', 'this account is that of another customer already');
  END IF;
  SELECT * INTO v_run FROM sync_run WHERE provider = p_provider ORDER BY id DESC LIMIT 1;
  IF v_run.id IS NULL OR NOT EXISTS (SELECT FROM sync_object WHERE (provider, kind, external_id) = (p_provider, 'account', p_number)) THEN
    PERFORM rules.fail('SW002', 'number', 'the provider never told of this account');
  END IF;
  PERFORM rules.sync_hold(p_provider);
  INSERT INTO provider_account (provider, number, customer_id, linked_by) VALUES (p_provider, p_number, p_customer_id, rules.caller()) ON CONFLICT DO NOTHING;
  -- What waited below it needs no new question.
  PERFORM rules.sync_settle_waiting(v_run);
  PERFORM pg_advisory_unlock(rules.sync_key(p_provider));
END
$$;
COMMENT ON FUNCTION api.provider_account_link(text, text, bigint) IS
  'Says which customer an account of a provider is; its parc and lines are taken over at once from what was already told. SW002 SW003 SW012 SW013. Role sw_adv.';

CREATE VIEW api.sync_run WITH (security_invoker = true) AS
SELECT r.id, r.provider, r.is_full, r.since, r.status, r.message, r.answers, r.created, r.changed, r.same, r.started_at, r.started_by, r.ended_at,
       (SELECT count(*) FROM softwhere.sync_anomaly AS a WHERE a.run_id = r.id) AS anomalies, rules.fold(concat_ws(' ', r.provider, r.status)) AS search_text
  FROM softwhere.sync_run AS r;
COMMENT ON VIEW api.sync_run IS 'Synchronisations: what was asked, how many services and lines it created, changed, left as they were; anomalies first found by it. Office.';

CREATE VIEW api.sync_answer WITH (security_invoker = true) AS
SELECT id, provider, run_id, resource, key, page, encode(digest, 'hex') AS digest, body, received_at FROM softwhere.sync_answer;
COMMENT ON VIEW api.sync_answer IS 'Answers of providers as they came (purchase prices included). Managers: administrator, accounting.';
