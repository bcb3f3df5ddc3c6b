-- The parc from a file (PARC-*): sites of installation, all at once.

CREATE FUNCTION rules.import_services(p_customer_id bigint, p_key text, p_kind text) RETURNS bigint[]
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  IF p_key IS NULL THEN
    RETURN ARRAY(SELECT id FROM service WHERE customer_id = p_customer_id AND kind = COALESCE(p_kind, kind));
  END IF;
  v_ids := ARRAY(SELECT id FROM service WHERE p_key IN (number, external_id) AND customer_id = COALESCE(p_customer_id, customer_id));
  IF v_ids = '{}' THEN
    v_ids := ARRAY(SELECT id FROM service WHERE customer_id = p_customer_id AND kind = COALESCE(p_kind, kind)
                      AND (internal_reference = p_key OR rules.import_fold(name) = rules.import_fold(p_key)));
  END IF;
  RETURN v_ids;
END
$$;
COMMENT ON FUNCTION rules.import_services(bigint, text, text) IS
  'The sites of installation a file may mean: with this number or identifier, else, of the customer and kind, with this name or reference; all of them without a key.';

CREATE FUNCTION rules.import_service_plan() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  CREATE TEMPORARY TABLE import_plan ON COMMIT DROP AS
  WITH customer_of AS MATERIALIZED (
    SELECT k.customer, rules.import_customers(k.customer) AS ids FROM (SELECT DISTINCT customer FROM import_row WHERE customer IS NOT NULL) AS k
  ), found AS MATERIALIZED (
    SELECT r.*, c.ids AS customer_ids,
           CASE WHEN x.id IS NOT NULL THEN ARRAY[x.id]
                WHEN m.id IS NOT NULL THEN ARRAY[m.id]
                WHEN r.number IS NULL AND cardinality(c.ids) = 1 THEN rules.import_services(c.ids[1], r.name, r.kind) ELSE '{}' END AS ids
      FROM import_row AS r
      LEFT JOIN customer_of AS c USING (customer)
      LEFT JOIN service AS x ON x.external_id = r.external_id
      LEFT JOIN service AS m ON m.number = r.number
  )
  SELECT f.line_id, f.line_no, o.id AS record_id, n.*,
         COALESCE('#' || o.id, f.external_id, f.number, concat_ws(' ', f.customer_ids[1], n.kind, rules.import_fold(n.name))) AS known_by, 'name' AS known_field, NULL::bigint AS twin,
         CASE WHEN o.id IS NULL THEN 'create'
              WHEN ROW (n.*) IS NOT DISTINCT FROM ROW (o.customer_id, o.number, o.name, o.kind, o.operator_id, o.activity, o.status, o.billing_site_id,
                     o.own_address, o.address_1, o.address_2, o.postcode, o.city, o.country, o.siret, o.internal_reference, o.private_installer,
                     o.it_contractor, o.free_text, o.external_id) THEN 'same' ELSE 'change' END AS outcome,
         CASE WHEN f.bad IS NOT NULL THEN f.bad
              WHEN cardinality(f.customer_ids) = 0 THEN ARRAY['customer', 'SW002']
              WHEN cardinality(f.customer_ids) > 1 THEN ARRAY['customer', 'SW005', 'several_fit']
              WHEN cardinality(f.ids) > 1 THEN ARRAY['name', 'SW005', 'several_fit']
              WHEN o.customer_id <> f.customer_ids[1] THEN ARRAY['customer', 'SW013']
              WHEN n.kind IS NULL THEN ARRAY['kind', 'SW004']
              WHEN f.billing_site IS NOT NULL AND n.billing_site_id IS NULL THEN ARRAY['billing_site', 'SW002']
              WHEN n.country = 'FR' AND NOT rules.is_postcode_fr(n.postcode) THEN ARRAY['postcode', 'SW005', 'invalid_postcode']
              WHEN EXISTS (SELECT FROM service AS s WHERE s.number = f.number AND s.id <> o.id) THEN ARRAY['number', 'SW012', 'service_number_unique'] END AS bad
    FROM found AS f
    LEFT JOIN service AS o ON o.id = f.ids[1]
    LEFT JOIN customer AS c ON c.id = f.customer_ids[1]
   CROSS JOIN LATERAL (
     -- An address that is the account's is not its own.
     SELECT COALESCE(o.own_address, false) OR num_nonnulls(f.address_1, f.address_2, f.postcode, f.city) > 0
              AND (COALESCE(f.address_1, c.address_1), COALESCE(f.address_2, c.address_2), COALESCE(f.postcode, c.postcode), COALESCE(f.city, c.city))
                  IS DISTINCT FROM (c.address_1, c.address_2, c.postcode, c.city::text) AS own) AS a
   CROSS JOIN LATERAL (
     SELECT f.customer_ids[1] AS customer_id, COALESCE(f.number, o.number) AS number, COALESCE(f.name, o.name, c.legal_name) AS name,
            COALESCE(f.kind, o.kind) AS kind, COALESCE(f.operator_id::bigint, o.operator_id) AS operator_id,
            COALESCE(f.activity, o.activity, 'active') AS activity, COALESCE(f.status, o.status, 'main') AS status,
            CASE WHEN f.billing_site IS NULL THEN o.billing_site_id
                 ELSE (SELECT min(b.id) FROM billing_site AS b WHERE b.customer_id = c.id AND rules.import_fold(b.name) = rules.import_fold(f.billing_site)) END AS billing_site_id,
            a.own AS own_address,
            CASE WHEN a.own THEN COALESCE(f.address_1, o.address_1) END AS address_1, CASE WHEN a.own THEN COALESCE(f.address_2, o.address_2) END AS address_2,
            CASE WHEN a.own THEN COALESCE(f.postcode, o.postcode) END AS postcode, CASE WHEN a.own THEN COALESCE(f.city, o.city) END AS city,
            CASE WHEN a.own THEN COALESCE(f.country, o.country, 'FR') END AS country,
            COALESCE(f.siret, o.siret) AS siret, COALESCE(f.internal_reference, o.internal_reference) AS internal_reference,
            COALESCE(f.private_installer, o.private_installer) AS private_installer, COALESCE(f.it_contractor, o.it_contractor) AS it_contractor,
            COALESCE(f.free_text, o.free_text) AS free_text, COALESCE(f.external_id, o.external_id) AS external_id) AS n;
  PERFORM rules.import_twins();
END
$$;
COMMENT ON FUNCTION rules.import_service_plan() IS
  'What each line of the parc would do, by the rules of api.service_save: known by the identifier elsewhere, else the number, else the name and type among those of the customer.';

CREATE FUNCTION rules.import_service_write() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE import_plan AS p SET number = t.number
    FROM (SELECT line_id, row_number() OVER (ORDER BY line_no) AS n FROM import_plan WHERE outcome = 'create' AND number IS NULL) AS w
    JOIN unnest(rules.next_numbers('service', rules.today(), (SELECT count(*)::int FROM import_plan WHERE outcome = 'create' AND number IS NULL)))
      WITH ORDINALITY AS t (number, n) USING (n)
   WHERE p.line_id = w.line_id;
  INSERT INTO service (customer_id, number, name, kind, operator_id, activity, status, billing_site_id, own_address, address_1, address_2, postcode, city,
                       country, siret, internal_reference, private_installer, it_contractor, free_text, external_id, created_by)
  SELECT customer_id, number, name, kind, operator_id, activity, status, billing_site_id, own_address, address_1, address_2, postcode, city,
         country, siret, internal_reference, private_installer, it_contractor, free_text, external_id, rules.caller()
    FROM import_plan WHERE outcome = 'create' ORDER BY line_no;
  UPDATE import_plan AS p SET record_id = s.id FROM service AS s WHERE p.outcome = 'create' AND s.number = p.number;
  UPDATE service AS s
     SET (number, name, kind, operator_id, activity, status, billing_site_id, own_address, address_1, address_2, postcode, city,
          country, siret, internal_reference, private_installer, it_contractor, free_text, external_id)
       = (p.number, p.name, p.kind, p.operator_id, p.activity, p.status, p.billing_site_id, p.own_address, p.address_1, p.address_2, p.postcode, p.city,
          p.country, p.siret, p.internal_reference, p.private_installer, p.it_contractor, p.free_text, p.external_id)
    FROM import_plan AS p WHERE p.outcome = 'change' AND s.id = p.record_id;
END
$$;
COMMENT ON FUNCTION rules.import_service_write() IS 'Writes import_plan to the sites of installation.';
