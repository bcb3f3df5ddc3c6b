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

CREATE FUNCTION rules.site_versions(p_site_ids bigint[])
RETURNS TABLE (billing_site_id bigint, versions bigint[])
LANGUAGE sql STABLE
AS $$
  SELECT s.id, ARRAY[s.row_version, c.row_version, p.row_version, m.id, m.row_version, k.id, k.row_version]
    FROM unnest(p_site_ids) AS asked (id)
    JOIN softwhere.billing_site AS s USING (id)
    JOIN softwhere.customer AS c ON c.id = s.customer_id
    JOIN softwhere.payment_method AS p ON p.code = s.payment_method
    LEFT JOIN softwhere.mandate AS m ON m.billing_site_id = s.id AND m.status = 'active' AND s.payment_method = 'direct_debit'
    LEFT JOIN LATERAL (
      SELECT t.id, t.row_version FROM softwhere.contact AS t
       WHERE t.customer_id = s.customer_id AND t.is_billing_manager
       ORDER BY t.id LIMIT 1) AS k ON true
$$;
COMMENT ON FUNCTION rules.site_versions(bigint[]) IS 'The row versions of everything rules.buyers reads, in its order.';

CREATE FUNCTION rules.buyer_parties(p_site_ids bigint[])
RETURNS TABLE (billing_site_id bigint, mandate_id bigint, party_id bigint)
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  v_stale bigint[] := ARRAY(
    SELECT v.billing_site_id FROM rules.site_versions(p_site_ids) AS v LEFT JOIN billing_site_party AS s USING (billing_site_id)
     WHERE s.versions IS DISTINCT FROM v.versions);
BEGIN
  IF v_stale <> '{}' THEN
    PERFORM rules.lock_parties();
    PERFORM rules.renew_buyer_parties(v_stale);
  END IF;
  RETURN QUERY
    SELECT s.billing_site_id, s.mandate_id, s.party_id FROM billing_site_party AS s WHERE s.billing_site_id = ANY (p_site_ids);
END
$$;
COMMENT ON FUNCTION rules.buyer_parties(bigint[]) IS
  'The snapshots of what is printed about the customers of these billing sites, made where anything changed since the last time.';

CREATE FUNCTION rules.renew_buyer_parties(p_site_ids bigint[]) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
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
  INSERT INTO billing_site_party (billing_site_id, versions, mandate_id, party_id)
  SELECT b.billing_site_id, v.versions, b.mandate_id, k.id
    FROM buyer AS b JOIN kept AS k USING (sha256) JOIN rules.site_versions($1) AS v USING (billing_site_id)
  ON CONFLICT (billing_site_id) DO UPDATE
    SET versions = excluded.versions, mandate_id = excluded.mandate_id, party_id = excluded.party_id
  $statement$ USING p_site_ids;
END
$$;
COMMENT ON FUNCTION rules.renew_buyer_parties(bigint[]) IS 'Snapshots these billing sites anew; under rules.lock_parties.';
