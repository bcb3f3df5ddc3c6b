-- What an invoice prints about the seller and the buyer, frozen at issue: each distinct content is kept once.

CREATE FUNCTION rules.seller_content() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT jsonb_build_object(
    'seller', jsonb_build_object(
      'name', name, 'tagline', tagline, 'address_1', address_1, 'address_2', address_2, 'postcode', postcode, 'city', city,
      'country', country, 'phone', phone, 'email', email, 'website', website, 'legal_form', legal_form,
      'share_capital', share_capital::text, 'rcs_city', rcs_city, 'siren', left(siret, 9), 'siret', siret,
      'vat_number', vat_number, 'ape', ape, 'iban', iban, 'bic', bic, 'bank_name', bank_name, 'ics', ics,
      'brand_color', brand_color, 'vat_group', vat_group, 'franchise', vat_franchise),
    'texts', jsonb_build_object(
      'late_professional', late_text_professional, 'late_individual', late_text_individual, 'discount', discount_text,
      'footer', invoice_footer, 'vat_on_debits', vat_on_debits AND NOT vat_franchise),
    'interlocutor', jsonb_build_object('name', contact_name, 'phone', contact_phone, 'email', contact_email))
    FROM company
$$;
COMMENT ON FUNCTION rules.seller_content() IS 'The company as printed today: identity, texts and the person to speak to.';

CREATE FUNCTION rules.buyers(p_site_ids bigint[])
RETURNS TABLE (billing_site_id bigint, mandate_id bigint, content jsonb)
LANGUAGE sql STABLE
AS $$
  SELECT s.id, m.id,
         jsonb_build_object(
           'buyer', jsonb_build_object(
             'name', CASE WHEN c.legal_kind = 'individual'
                          THEN concat_ws(' ', CASE c.title WHEN 'mr' THEN 'M.' WHEN 'mrs' THEN 'Mme' END, c.legal_name)
                          ELSE c.legal_name END,
             'trading_name', NULLIF(c.trading_name, c.legal_name), 'contact', k.name,
             'service', NULLIF(COALESCE(s.billing_name, s.name), c.legal_name),
             'address_1', a.address_1, 'address_2', a.address_2, 'postcode', a.postcode, 'city', a.city, 'country', a.country,
             'siren', COALESCE(c.siren, left(c.siret, 9)), 'vat_number', c.vat_number,
             'professional', c.legal_kind <> 'individual'),
           'delivery_address', CASE WHEN s.delivery_address_1 IS NOT NULL OR s.delivery_city IS NOT NULL THEN jsonb_build_object(
             'name', COALESCE(s.delivery_name, s.name), 'address_1', s.delivery_address_1, 'address_2', s.delivery_address_2,
             'postcode', s.delivery_postcode, 'city', s.delivery_city, 'country', COALESCE(s.delivery_country, 'FR')) END,
           'customer_number', c.number,
           'payment', jsonb_build_object('method', p.code, 'text', p.invoice_text, 'iban_masked', left(m.iban, 4) || ' •••• … ' || right(m.iban, 4),
             'holder', m.holder, 'rum', m.rum))
    FROM softwhere.billing_site AS s
    JOIN softwhere.customer AS c ON c.id = s.customer_id
    JOIN softwhere.payment_method AS p ON p.code = s.payment_method
    LEFT JOIN softwhere.mandate AS m ON m.billing_site_id = s.id AND m.status = 'active' AND s.payment_method = 'direct_debit'
    LEFT JOIN LATERAL (
      SELECT concat_ws(' ', CASE t.title WHEN 'mr' THEN 'M.' WHEN 'mrs' THEN 'Mme' END, t.first_name, t.last_name) AS name
        FROM softwhere.contact AS t
       WHERE t.customer_id = c.id AND t.is_billing_manager
       ORDER BY t.id LIMIT 1) AS k ON true
   CROSS JOIN LATERAL (
      SELECT CASE WHEN o THEN s.billing_address_1 ELSE c.address_1 END AS address_1,
             CASE WHEN o THEN s.billing_address_2 ELSE c.address_2 END AS address_2,
             CASE WHEN o THEN s.billing_postcode ELSE c.postcode END AS postcode,
             CASE WHEN o THEN s.billing_city ELSE c.city END AS city,
             CASE WHEN o THEN COALESCE(s.billing_country, 'FR') ELSE c.country END AS country
        FROM (SELECT s.billing_address_1 IS NOT NULL OR s.billing_city IS NOT NULL) AS own (o)) AS a
   WHERE s.id = ANY (p_site_ids)
$$;
COMMENT ON FUNCTION rules.buyers(bigint[]) IS
  'What is printed about the customer of each billing site today: names, billing address, contact, delivery address, how they pay. mandate_id only when they pay by direct debit.';

CREATE FUNCTION rules.party(p_content jsonb) RETURNS bigint
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_sha256 bytea := sha256(convert_to(p_content::text, 'UTF8'));
  v_id bigint := (SELECT id FROM document_party WHERE sha256 = v_sha256);
BEGIN
  IF v_id IS NULL THEN
    PERFORM rules.lock_parties();
    INSERT INTO document_party (sha256, content) VALUES (v_sha256, p_content) ON CONFLICT (sha256) DO NOTHING;
    v_id := (SELECT id FROM document_party WHERE sha256 = v_sha256);
  END IF;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION rules.party(jsonb) IS 'Keeps a snapshot, or finds the identical one kept before.';

CREATE FUNCTION rules.lock_parties() RETURNS void
LANGUAGE sql
RETURN pg_advisory_xact_lock(hashtext('document_party'));
COMMENT ON FUNCTION rules.lock_parties() IS 'One transaction at a time adds snapshots: whoever comes next finds them.';

-- Composing ten thousand snapshots to find them unchanged since last month costs more than the invoices' lines.
DELETE FROM softwhere.billing_site_party;
DELETE FROM softwhere.billing_site_stale;

CREATE FUNCTION rules.mark_buyers() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  EXECUTE format('INSERT INTO billing_site_stale (billing_site_id) SELECT id FROM billing_site WHERE %I IN (SELECT %I FROM changed)',
    TG_ARGV[0], TG_ARGV[1]);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.mark_buyers() IS
  'Statement trigger on what rules.buyers reads. Arguments: a column of billing_site, and the column of the changed rows it equals.';

DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT * FROM (VALUES ('billing_site', 'id', 'id', '{UPDATE}'::text[]), ('customer', 'customer_id', 'id', '{UPDATE}'),
                            ('payment_method', 'payment_method', 'code', '{UPDATE}'), ('mandate', 'id', 'billing_site_id', '{INSERT,UPDATE,DELETE}'),
                            ('contact', 'customer_id', 'customer_id', '{INSERT,UPDATE,DELETE}')) AS t (name, site_column, column_name, events)
  LOOP
    FOR i IN 1 .. cardinality(v.events) LOOP
      EXECUTE format('CREATE TRIGGER mark_buyers_%s AFTER %s ON softwhere.%I REFERENCING %s TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules.mark_buyers(%L, %L)',
        lower(v.events[i]), v.events[i], v.name, CASE v.events[i] WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, v.site_column, v.column_name);
    END LOOP;
  END LOOP;
END
$$;

CREATE FUNCTION rules.buyer_parties(p_site_ids bigint[])
RETURNS TABLE (billing_site_id bigint, mandate_id bigint, party_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET plan_cache_mode = force_custom_plan   -- by key for one site, by hashing for thousands
AS $$
#variable_conflict use_column
DECLARE
  v_stale bigint[];
  v record;
BEGIN
  WITH seen AS (
    DELETE FROM billing_site_stale AS s USING unnest(p_site_ids) AS asked (id) WHERE s.billing_site_id = asked.id RETURNING s.billing_site_id)
  SELECT array_agg(DISTINCT seen.billing_site_id) INTO v_stale FROM seen;
  SELECT array_agg(asked.id) AS sites, array_agg(p.mandate_id) AS mandates, array_agg(p.party_id) AS parties,
         v_stale || array_agg(asked.id) FILTER (WHERE p.billing_site_id IS NULL AND asked.id <> ALL (COALESCE(v_stale, '{}'))) AS stale
    INTO v
    FROM unnest(p_site_ids) AS asked (id) LEFT JOIN billing_site_party AS p ON p.billing_site_id = asked.id;
  IF v.stale IS NULL THEN
    RETURN QUERY SELECT * FROM unnest(v.sites, v.mandates, v.parties);
    RETURN;
  END IF;
  PERFORM rules.lock_parties();
  PERFORM rules.renew_buyer_parties(v.stale);
  RETURN QUERY SELECT p.billing_site_id, p.mandate_id, p.party_id FROM billing_site_party AS p WHERE p.billing_site_id = ANY (p_site_ids);
END
$$;
COMMENT ON FUNCTION rules.buyer_parties(bigint[]) IS
  'The snapshots of what is printed about the customers of these billing sites, made where anything changed since the last time.';

CREATE FUNCTION rules.renew_buyer_parties(p_site_ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
SET plan_cache_mode = auto   -- else each foreign key would be planned anew
AS $$
BEGIN
  -- EXECUTE plans for the number of sites at hand: the joins on sha256 are quadratic under a plan made for ten.
  EXECUTE $statement$
  WITH buyer AS MATERIALIZED (
    SELECT b.billing_site_id, b.mandate_id, b.content, sha256(convert_to(b.content::text, 'UTF8')) AS sha256
      FROM rules.buyers($1) AS b
  ), added AS (
    INSERT INTO document_party (sha256, content)
    SELECT DISTINCT ON (b.sha256) b.sha256, b.content FROM buyer AS b
     WHERE NOT EXISTS (SELECT FROM document_party AS p WHERE p.sha256 = b.sha256)
    RETURNING id, document_party.sha256
  ), kept AS (
    SELECT a.id, a.sha256 FROM added AS a
    UNION ALL SELECT p.id, p.sha256 FROM document_party AS p WHERE p.sha256 IN (SELECT b.sha256 FROM buyer AS b)
  )
  INSERT INTO billing_site_party (billing_site_id, mandate_id, party_id)
  SELECT b.billing_site_id, b.mandate_id, k.id FROM buyer AS b JOIN kept AS k USING (sha256)
  ON CONFLICT (billing_site_id) DO UPDATE SET mandate_id = excluded.mandate_id, party_id = excluded.party_id
  $statement$ USING p_site_ids;
END
$$;
COMMENT ON FUNCTION rules.renew_buyer_parties(bigint[]) IS 'Snapshots these billing sites anew; under rules.lock_parties.';
