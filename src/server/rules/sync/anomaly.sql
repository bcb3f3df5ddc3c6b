-- What a source tells that does not fit: told once, open until the source or a person settles it.

CREATE FUNCTION rules.sync_judge(p_run softwhere.sync_run, p_kind text, p_codes text[], p_external_ids text[], p_found jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO sync_anomaly (provider, code, kind, external_id, entity, entity_id, customer_id, detail, run_id)
  SELECT DISTINCT ON (f.code, f.external_id) p_run.provider, f.code, p_kind, f.external_id, f.entity, f.entity_id, f.customer_id, COALESCE(f.detail, '{}'), p_run.id
    FROM jsonb_to_recordset(p_found) AS f (code text, external_id text, entity text, entity_id bigint, customer_id bigint, detail jsonb)
   ORDER BY f.code, f.external_id
      ON CONFLICT (provider, code, kind, external_id) WHERE resolved_at IS NULL
      DO UPDATE SET detail = EXCLUDED.detail, entity = EXCLUDED.entity, entity_id = EXCLUDED.entity_id, customer_id = EXCLUDED.customer_id
      WHERE (sync_anomaly.detail, sync_anomaly.entity, sync_anomaly.entity_id, sync_anomaly.customer_id)
            IS DISTINCT FROM (EXCLUDED.detail, EXCLUDED.entity, EXCLUDED.entity_id, EXCLUDED.customer_id);
  UPDATE sync_anomaly AS a SET resolved_at = clock_timestamp(), resolved_by = rules.caller()
   WHERE a.provider = p_run.provider AND a.kind = p_kind AND a.external_id = ANY (p_external_ids) AND a.code = ANY (p_codes) AND a.resolved_at IS NULL
     AND NOT EXISTS (SELECT FROM jsonb_to_recordset(p_found) AS f (code text, external_id text) WHERE (f.code, f.external_id) = (a.code, a.external_id));
END
$$;
COMMENT ON FUNCTION rules.sync_judge(softwhere.sync_run, text, text[], text[], jsonb) IS
  'After objects of a kind were looked at for p_codes: tells what was found, [{code, external_id, entity, entity_id, customer_id, detail}], and settles what no longer is.';

CREATE VIEW api.sync_anomaly WITH (security_invoker = true) AS
SELECT a.id, a.provider, a.code, a.kind, a.external_id, a.entity, a.entity_id, a.customer_id,
       (SELECT c.legal_name FROM softwhere.customer AS c WHERE c.id = a.customer_id) AS customer_name,
       a.detail, a.detail ->> 'name' AS name,
       COALESCE(a.detail ->> 'problem', a.detail ->> 'iccid', a.detail ->> 'operator', (SELECT string_agg(t, ', ') FROM jsonb_array_elements_text(a.detail -> 'codes') AS t),
                (SELECT string_agg(t, ', ') FROM jsonb_array_elements_text(a.detail -> 'parents') AS t)) AS told,
       a.run_id, a.found_at, a.resolved_at IS NULL AS is_open, a.resolved_at, a.resolved_by,
       rules.fold(concat_ws(' ', a.external_id, a.code, a.detail ->> 'name')) AS search_text
  FROM softwhere.sync_anomaly AS a;
COMMENT ON VIEW api.sync_anomaly IS
  'What a provider tells that does not fit, by code: unreadable, unknown_account, unknown_operator, unknown_kind, line_in_two_parcs, line_of_another_customer, number_clash, invalid_number, plans_overlap, unknown_article, invalid_iccid, sim_clash, absent_at_source. name and told: what the source calls it, what it says. entity and entity_id: the record to open. Office.';

CREATE FUNCTION api.sync_anomaly_settle(p_ids bigint[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_count int;
BEGIN
  PERFORM rules.require('sw_adv');
  UPDATE sync_anomaly SET resolved_at = clock_timestamp(), resolved_by = rules.caller() WHERE id = ANY (p_ids) AND resolved_at IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
COMMENT ON FUNCTION api.sync_anomaly_settle(bigint[]) IS
  'A person has dealt with anomalies; one that the source tells again opens again. Returns how many were open. Role sw_adv.';
