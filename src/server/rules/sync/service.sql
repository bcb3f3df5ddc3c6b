-- Accounts of a provider and the parc below them. Customers are never created from outside: an account nobody knows is told.

CREATE FUNCTION rules.sync_settle_accounts(p_run softwhere.sync_run, p_ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO provider_account (provider, number, customer_id, linked_by)
  SELECT p_run.provider, o.external_id, c.id, rules.caller()
    FROM sync_object AS o
    -- Our reference at theirs says it all; a SIRET does when one customer has it.
    JOIN LATERAL (SELECT COALESCE((SELECT r.id FROM customer AS r WHERE r.number = o.item ->> 'internal_ref'),
                                  (SELECT min(r.id) FROM customer AS r WHERE r.siret = o.item ->> 'siret' HAVING count(*) = 1)) AS id) AS c ON c.id IS NOT NULL
   WHERE o.id = ANY (p_ids) AND o.kind = 'account'
      ON CONFLICT DO NOTHING;
  UPDATE sync_object AS o SET record_id = a.customer_id
    FROM provider_account AS a
   WHERE o.id = ANY (p_ids) AND o.kind = 'account' AND (a.provider, a.number) = (o.provider, o.external_id) AND o.record_id IS DISTINCT FROM a.customer_id;
  PERFORM rules.sync_judge(p_run, 'account', '{unknown_account}', array_agg(o.external_id),
      COALESCE(jsonb_agg(jsonb_build_object('code', 'unknown_account', 'external_id', o.external_id, 'detail',
        jsonb_strip_nulls(jsonb_build_object('name', o.item ->> 'name', 'siret', o.item ->> 'siret', 'internal_ref', o.item ->> 'internal_ref'))))
        FILTER (WHERE o.record_id IS NULL), '[]'))
     FROM sync_object AS o WHERE o.id = ANY (p_ids) AND o.kind = 'account';
END
$$;
COMMENT ON FUNCTION rules.sync_settle_accounts(softwhere.sync_run, bigint[]) IS 'Finds the customer of accounts; unknown ones are told.';

CREATE FUNCTION rules.sync_operator(p_name text) RETURNS bigint
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$ SELECT id FROM operator WHERE rules.fold(name) = rules.fold(p_name) $$;
COMMENT ON FUNCTION rules.sync_operator(text) IS 'The operator of a name, whatever its capitals and accents.';

CREATE FUNCTION rules.sync_settle_services(p_run softwhere.sync_run, p_ids bigint[]) RETURNS int[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_known bigint[];
  v_new bigint[];
  v_changed int;
BEGIN
  WITH told AS (
         SELECT o.id, o.external_id, s.id AS service_id, a.record_id AS customer_id, o.item ->> 'service_kind' AS kind, rules.sync_operator(o.item ->> 'operator') AS operator_id
           FROM sync_object AS o
           JOIN sync_object AS p ON (p.provider, p.kind, p.external_id) = (o.provider, 'site', o.parent_id)
           JOIN sync_object AS a ON (a.provider, a.kind, a.external_id) = (o.provider, 'account', p.parent_id)
           JOIN customer AS c ON c.id = a.record_id
           LEFT JOIN service AS s ON s.external_id = o.external_id
          WHERE o.id = ANY (p_ids) AND o.kind = 'service' AND o.record_id IS NULL AND o.item ->> 'service_kind' IS NOT NULL),
       -- Ours of the same customer, kind and operator, when there is one only; it can be taken once.
       found AS (
         SELECT DISTINCT ON (m.id) t.id, m.id AS service_id, t.external_id
           FROM told AS t
          CROSS JOIN LATERAL (SELECT min(m.id) AS id FROM service AS m
             WHERE m.customer_id = t.customer_id AND m.kind = t.kind AND m.external_id IS NULL AND m.operator_id IS NOT DISTINCT FROM t.operator_id HAVING count(*) = 1) AS m
          WHERE t.service_id IS NULL ORDER BY m.id, t.external_id),
       named AS (UPDATE service AS s SET external_id = f.external_id FROM found AS f WHERE s.id = f.service_id)
  SELECT array_agg(t.id), array_agg(t.id ORDER BY t.external_id) FILTER (WHERE t.service_id IS NULL AND f.id IS NULL)
    INTO v_known, v_new FROM told AS t LEFT JOIN found AS f USING (id);

  INSERT INTO service (number, customer_id, name, kind, operator_id, activity, status, own_address, address_1, postcode, city, country, external_id, created_by)
  SELECT u.number, c.id, COALESCE(i.name, c.legal_name), i.service_kind, rules.sync_operator(i.operator),
         COALESCE(i.activity, 'active'), COALESCE(i.status, 'main'), i.address_1 IS NOT NULL, i.address_1,
         CASE WHEN i.address_1 IS NOT NULL THEN i.postcode END, CASE WHEN i.address_1 IS NOT NULL THEN i.city END,
         CASE WHEN i.address_1 IS NOT NULL THEN COALESCE((SELECT code FROM country WHERE code = i.country), 'FR') END, o.external_id, rules.caller()
    FROM unnest(v_new, rules.next_numbers('service', rules.today(), COALESCE(cardinality(v_new), 0))) WITH ORDINALITY AS u (id, number, n)
    JOIN sync_object AS o USING (id)
    JOIN sync_object AS p ON (p.provider, p.kind, p.external_id) = (o.provider, 'site', o.parent_id)
    JOIN sync_object AS a ON (a.provider, a.kind, a.external_id) = (o.provider, 'account', p.parent_id)
    JOIN customer AS c ON c.id = a.record_id
   CROSS JOIN LATERAL jsonb_to_record(o.item) AS i (name text, service_kind text, operator text, activity text, status text, address_1 text, postcode text, city text, country text)
   ORDER BY u.n;
  UPDATE sync_object AS o SET record_id = s.id FROM service AS s WHERE o.id = ANY (v_known) AND s.external_id = o.external_id;

  -- What we call a site is ours; whether it is live is theirs.
  UPDATE service AS s SET activity = o.item ->> 'activity'
    FROM sync_object AS o
   WHERE o.id = ANY (p_ids) AND o.kind = 'service' AND s.id = o.record_id AND o.item ->> 'activity' IS NOT NULL AND s.activity <> o.item ->> 'activity';
  GET DIAGNOSTICS v_changed = ROW_COUNT;

  PERFORM rules.sync_judge(p_run, 'service', '{unknown_kind,unknown_operator}', array_agg(o.external_id),
      COALESCE(jsonb_agg(jsonb_build_object('code', f.code, 'external_id', o.external_id, 'entity', CASE WHEN o.record_id IS NOT NULL THEN 'service' END,
                 'entity_id', o.record_id, 'customer_id', (SELECT customer_id FROM service WHERE id = o.record_id), 'detail',
                 jsonb_strip_nulls(jsonb_build_object('name', o.item ->> 'name', 'kind', o.item ->> 'kind_text', 'operator', o.item ->> 'operator'))))
               FILTER (WHERE f.code IS NOT NULL), '[]'))
     FROM sync_object AS o
     LEFT JOIN LATERAL (SELECT 'unknown_kind' AS code WHERE o.item ->> 'service_kind' IS NULL
                        UNION ALL SELECT 'unknown_operator' WHERE o.item ->> 'operator' IS NOT NULL AND rules.sync_operator(o.item ->> 'operator') IS NULL) AS f ON true
    WHERE o.id = ANY (p_ids) AND o.kind = 'service';
  RETURN ARRAY[COALESCE(cardinality(v_new), 0), v_changed];
END
$$;
COMMENT ON FUNCTION rules.sync_settle_services(softwhere.sync_run, bigint[]) IS
  'Finds or creates the services of known accounts; those of others wait. Returns how many were created and changed.';
