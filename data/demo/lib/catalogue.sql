-- What the reseller sells, as its catalogue: the six of document 000 (CATA-02…07), offers with their purchase prices, terminals,
-- options, a bundle, a price grid with the version of last year. After office.sql; lib/offers.sql says what is sold.

CREATE TABLE demo.operator (code text, name text, provider text, alert int, id bigint);
INSERT INTO demo.operator VALUES
  ('actif', 'Actif', 'internal', 0), ('orange', 'Orange', 'manual', 40), ('bouygues', 'Bouygues', 'manual', 25), ('alp', 'Orange ALP', 'alphalink', 15);
CREATE TABLE demo.catalogue (code text, operator text, technology text, name text, position int, id bigint);
INSERT INTO demo.catalogue VALUES
  ('orange', 'orange', 'mobile', 'Actif telecom – Mobile – Orange', 1), ('bouygues', 'bouygues', 'mobile', 'Actif telecom – Mobile – Bouygues', 2),
  ('fixed', 'actif', 'fixed', 'Actif telecom – Fixe – Actif', 3), ('both', 'actif', 'fixed_internet', 'Actif telecom – Fixe et Internet – Actif', 4),
  ('internet', 'actif', 'internet', 'Actif telecom – Internet – Actif', 5), ('alp', 'alp', 'mobile', 'Actif telecom – Mobile – Orange ALP', 6);

-- What each offer is worth: purchase price as a share of the sale, GB and Mbit/s of mobile plans and accesses.
CREATE TABLE demo.offer_detail (code text, kind text, catalogue text, share numeric, data_gb numeric, mbps numeric, commitment int);
INSERT INTO demo.offer_detail
SELECT code, CASE family WHEN 'mobile' THEN 'subscription' WHEN 'internet' THEN CASE WHEN recurring AND code NOT IN ('secours', 'ip_fixe') THEN 'subscription' ELSE 'service' END
               WHEN 'telephony' THEN CASE WHEN code IN ('centrex', 'centrex_standard', 'trunk', 'fax') THEN 'subscription' ELSE 'service' END ELSE 'service' END,
       CASE family WHEN 'mobile' THEN 'orange' WHEN 'internet' THEN 'internet' WHEN 'telephony' THEN 'fixed' END,
       CASE family WHEN 'mobile' THEN 0.62 WHEN 'internet' THEN 0.66 WHEN 'telephony' THEN 0.42 WHEN 'printing' THEN 0.71 ELSE 0.55 END,
       CASE code WHEN 'mobile5' THEN 5 WHEN 'mobile20' THEN 20 WHEN 'mobile50' THEN 50 WHEN 'mobile150' THEN 150 WHEN 'm2m' THEN 0.05 END,
       CASE code WHEN 'mobile5' THEN 150 WHEN 'mobile20' THEN 300 WHEN 'mobile50' THEN 600 WHEN 'mobile150' THEN 1000 WHEN 'm2m' THEN 1
                 WHEN 'fibre' THEN 1000 WHEN 'fibre500' THEN 500 WHEN 'fibre_dediee' THEN 100 WHEN 'fibre_dediee_1g' THEN 1000 END,
       CASE family WHEN 'mobile' THEN 24 WHEN 'internet' THEN 36 WHEN 'telephony' THEN 36 ELSE 0 END
  FROM demo.offer;

-- The administrator enters it, through the api.
GRANT SELECT ON demo.operator, demo.catalogue, demo.offer, demo.offer_detail TO admin;
DO $$
DECLARE
  v record;
  v_id bigint;
  v_options bigint[];
  v_since date := '2020-01-01';
BEGIN
  PERFORM demo.as_user('admin');
  FOR v IN SELECT * FROM demo.operator LOOP
    v_id := api.operator_save(jsonb_build_object('name', v.name, 'provider', v.provider, 'sim_alert_level', v.alert));
    PERFORM demo.as_user('none');
    UPDATE demo.operator SET id = v_id WHERE code = v.code;
    PERFORM demo.as_user('admin');
  END LOOP;
  FOR v IN SELECT c.*, o.id AS operator_id FROM demo.catalogue AS c JOIN demo.operator AS o ON o.code = c.operator ORDER BY c.position LOOP
    v_id := api.catalogue_save(jsonb_build_object('name', v.name, 'owner', 'Actif telecom', 'technology', v.technology, 'operator_id', v.operator_id, 'position', v.position));
    PERFORM demo.as_user('none');
    UPDATE demo.catalogue SET id = v_id WHERE code = v.code;
    PERFORM demo.as_user('admin');
  END LOOP;
  -- Options first, plans name them.
  FOR v IN
    SELECT c.code || suffix AS code, c.id AS catalogue_id, t.*
      FROM demo.catalogue AS c CROSS JOIN (VALUES ('-MONDE', 'Option monde', 9.90, 'international', NULL::numeric), ('-EUROPE', 'Option Europe élargie', 4.90, 'international', NULL),
        ('-DATA10', 'Recharge data 10 Go', 6.00, 'data', 10), ('-MULTISIM', 'Multi-SIM', 5.00, 'other', NULL)) AS t (suffix, label, price, family, data_gb)
     WHERE c.technology = 'mobile' ORDER BY c.position, suffix
  LOOP
    PERFORM api.offer_save(jsonb_strip_nulls(jsonb_build_object('catalogue_id', v.catalogue_id, 'kind', 'option', 'code', upper(v.code), 'label', v.label, 'price', v.price::text,
      'purchase_price', round(v.price * 0.55, 2)::text, 'option_family', v.family, 'data_gb', v.data_gb::text,
      'throughput_mbps', CASE WHEN v.data_gb IS NOT NULL THEN '300' END, 'valid_from_on', v_since)));
  END LOOP;
  FOR v IN
    SELECT o.*, d.kind, d.share, d.data_gb, d.mbps, d.commitment, c.id AS catalogue_id, COALESCE(x.suffix, '') AS suffix, x.catalogue AS mobile_catalogue
      FROM demo.offer AS o JOIN demo.offer_detail AS d USING (code)
      -- Mobile plans exist at each mobile operator.
      LEFT JOIN (VALUES ('orange', ''), ('bouygues', '-BYT'), ('alp', '-ALP')) AS x (catalogue, suffix) ON o.family = 'mobile'
      LEFT JOIN demo.catalogue AS c ON c.code = COALESCE(x.catalogue, d.catalogue)
     ORDER BY o.id, x.suffix
  LOOP
    v_options := ARRAY(SELECT f.id FROM softwhere.offer AS f WHERE f.kind = 'option' AND f.catalogue_id = v.catalogue_id ORDER BY f.id);
    PERFORM api.offer_save(jsonb_strip_nulls(jsonb_build_object('catalogue_id', v.catalogue_id, 'kind', v.kind, 'code', upper(v.code) || v.suffix, 'label', v.label,
      'price', v.unit_price::text, 'purchase_price', round(v.unit_price * v.share, 2)::text, 'recurring', v.recurring, 'data_gb', v.data_gb::text, 'throughput_mbps', v.mbps::text,
      'commitment_months', v.commitment, 'valid_from_on', v_since, 'option_ids', CASE WHEN v.family = 'mobile' THEN to_jsonb(v_options) END)));
  END LOOP;
  FOR v IN SELECT * FROM (VALUES ('GALAXY-A55', 'Samsung', 'Galaxy A55', 379.00), ('IPHONE-16E', 'Apple', 'iPhone 16e', 599.00), ('XCOVER-7', 'Samsung', 'XCover 7', 339.00),
      ('PIXEL-9A', 'Google', 'Pixel 9a', 449.00), ('NOKIA-2660', 'Nokia', '2660 Flip', 69.00)) AS t (code, brand, model, price) LOOP
    PERFORM api.offer_save(jsonb_build_object('kind', 'equipment', 'equipment_kind', 'terminal', 'code', v.code, 'label', v.brand || ' ' || v.model, 'brand', v.brand, 'model', v.model,
      'price', v.price::text, 'purchase_price', round(v.price * 0.84, 2)::text, 'recurring', false, 'valid_from_on', v_since));
  END LOOP;
  PERFORM api.bundle_save(jsonb_build_object('code', 'PACK-AGENCE', 'label', 'Pack agence : fibre, téléphonie et sécurité', 'items', (
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('offer_id', f.id, 'quantity', t.quantity, 'price', t.price, 'position', t.n)) ORDER BY t.n)
      FROM (VALUES (1, 'FIBRE', '1', NULL), (2, 'CENTREX', '4', NULL), (3, 'PAREFEU', '1', '45.00'), (4, 'MISE_EN_SERVICE', '1', '0')) AS t (n, code, quantity, price)
      JOIN softwhere.offer AS f ON f.code = t.code)));
  PERFORM api.bundle_save(jsonb_build_object('code', 'PACK-NOMADE', 'label', 'Pack nomade : 50 Go, Europe et smartphone', 'items', (
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('offer_id', f.id, 'quantity', '1', 'price', t.price, 'position', t.n)) ORDER BY t.n)
      FROM (VALUES (1, 'MOBILE50', NULL), (2, 'ORANGE-EUROPE', '3.90'), (3, 'GALAXY-A55', '299')) AS t (n, code, price) JOIN softwhere.offer AS f ON f.code = t.code)));
  v_id := api.tariff_grid_save('{"code": "STD", "label": "Grille minute standard", "versions": [{"valid_from_on": "2024-01-01", "prices": [
    {"prefix": "33", "destination": "France fixe", "zone": "FRANCE_METRO", "unit_price": "0.015", "included": true},
    {"prefix": "336", "destination": "France mobile", "zone": "FRANCE_METRO", "unit_price": "0.06", "included": true},
    {"prefix": "337", "destination": "France mobile", "zone": "FRANCE_METRO", "unit_price": "0.06", "included": true},
    {"prefix": "33700", "destination": "France M2M 14 chiffres", "zone": "FRANCE_METRO", "unit_price": "0.08", "first_step_s": 60},
    {"prefix": "262", "destination": "Réunion/Mayotte", "zone": "DOM", "connection_price": "0.05", "unit_price": "0.12", "first_step_s": 60},
    {"prefix": "32", "destination": "Belgique fixe", "zone": "UE_EEE", "unit_price": "0.15", "first_step_s": 60, "next_step_s": 60},
    {"prefix": "44", "destination": "Royaume-Uni fixe", "zone": "EUROPE", "connection_price": "0.05", "unit_price": "0.20", "first_step_s": 30},
    {"prefix": "212", "destination": "Maroc fixe", "zone": "MAGHREB", "connection_price": "0.10", "unit_price": "0.55", "first_step_s": 60, "next_step_s": 30},
    {"prefix": "33800", "destination": "Numéro vert", "zone": "FRANCE_METRO", "category": "special", "unit_price": "0", "included": true},
    {"prefix": "36", "number_type": "short", "destination": "Numéro court", "zone": "FRANCE_METRO", "category": "special", "unit_price": "0.125", "first_step_s": 60, "next_step_s": 60},
    {"prefix": "33", "destination": "SMS France", "zone": "FRANCE_METRO", "category": "sms", "unit": "item", "unit_price": "0.05", "included": true}]}]}');
  PERFORM api.tariff_grid_copy((SELECT id FROM api.tariff_grid_version WHERE tariff_grid_id = v_id), (date_trunc('year', rules.today()))::date);
  PERFORM demo.as_user('none');
END
$$;
