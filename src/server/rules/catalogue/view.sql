-- The catalogue as clients read it.

CREATE VIEW api.operator WITH (security_invoker = true) AS
SELECT id, name, provider, sim_alert_level, active, rules.fold(name) AS search_text, row_version FROM softwhere.operator;
COMMENT ON VIEW api.operator IS
  'Operators; provider: who carries requests (internal: accepted at once, manual: a person answers, cfast, alphalink: a connector); sim_alert_level: fewest SIM cards wanted in stock. Office.';

CREATE VIEW api.catalogue WITH (security_invoker = true) AS
SELECT c.id, c.name, c.owner, c.technology, t.label AS technology_label, c.operator_id, o.name AS operator_name, c.active, c.position,
       (SELECT count(*) FROM softwhere.offer AS f WHERE f.catalogue_id = c.id) AS offer_count,
       rules.fold(c.name) AS search_text, c.row_version
  FROM softwhere.catalogue AS c
  LEFT JOIN softwhere.technology AS t ON t.code = c.technology
  LEFT JOIN softwhere.operator AS o ON o.id = c.operator_id;
COMMENT ON VIEW api.catalogue IS 'Catalogues: owner – technology – operator (CATA-01…07). Office.';

CREATE VIEW api.offer WITH (security_invoker = true) AS
SELECT f.id, f.catalogue_id, c.name AS catalogue_name, c.technology, c.operator_id,
       f.kind, f.code, f.label, f.description, f.recurring, f.price, f.price_months,
       CASE WHEN f.recurring THEN round(f.price / f.price_months, 6) END AS monthly_price,
       f.vat_rate, f.commitment_months, f.data_gb, f.throughput_mbps, f.option_family, f.equipment_kind, f.brand, f.model,
       f.valid_from_on, f.valid_until_on,
       (SELECT rules.today()) BETWEEN f.valid_from_on AND COALESCE(f.valid_until_on, 'infinity') AS on_sale,
       f.row_version, f.search_text
  FROM softwhere.offer AS f
  LEFT JOIN softwhere.catalogue AS c ON c.id = f.catalogue_id;
COMMENT ON VIEW api.offer IS
  'Subscriptions, options, services and equipment on sale or not (OFFER-*): price in € excl. VAT for price_months months when recurring, once otherwise; vat_rate null: the billing site''s; data_gb a month; throughput in Mbit/s; on_sale today. Office.';

CREATE VIEW api.terminal WITH (security_invoker = true) AS
SELECT id, code, label, brand, model, price, vat_rate, valid_from_on, valid_until_on, on_sale, row_version, search_text
  FROM api.offer WHERE kind = 'equipment' AND equipment_kind = 'terminal';
COMMENT ON VIEW api.terminal IS 'Table of terminals (OFFER-13): offers of kind equipment, equipment_kind terminal. Saved by api.offer_save. Office.';

CREATE VIEW api.sold_service WITH (security_invoker = true) AS
SELECT id, code, label, kind, recurring, price, price_months, vat_rate, on_sale, row_version, search_text
  FROM api.offer WHERE kind IN ('service', 'equipment');
COMMENT ON VIEW api.sold_service IS 'What a service order may hold (SORD-02): offers of kind service and equipment. Office.';

CREATE VIEW api.offer_option WITH (security_invoker = true) AS
SELECT k.id, k.offer_id, k.option_id, o.code, o.label, o.price, o.price_months, k.row_version
  FROM softwhere.offer_option AS k JOIN softwhere.offer AS o ON o.id = k.option_id;
COMMENT ON VIEW api.offer_option IS 'The options subscriptions name; one that names none takes those of its catalogue. Office.';

CREATE VIEW api.offer_margin WITH (security_invoker = true) AS
SELECT id, code, label, kind, recurring, price, purchase_price, price_months, price - purchase_price AS margin,
       CASE WHEN price > 0 THEN round((price - purchase_price) * 100 / price, 2) END AS margin_rate
  FROM softwhere.offer;
COMMENT ON VIEW api.offer_margin IS
  'What offers cost and leave, € excl. VAT and %. Managers (administrator, accounting): for anybody else a permission error.';

CREATE VIEW api.bundle_item WITH (security_invoker = true) AS
SELECT i.id, i.bundle_id, i.offer_id, f.code AS offer_code, f.kind, f.label, i.quantity, i.price, COALESCE(i.price, f.price) AS unit_price,
       CASE WHEN f.recurring THEN 'subscription' ELSE 'one_off' END AS section, f.vat_rate, f.recurring, f.price_months, i.position,
       i.row_version
  FROM softwhere.bundle_item AS i JOIN softwhere.offer AS f ON f.id = i.offer_id;
COMMENT ON VIEW api.bundle_item IS
  'Offers of bundles, shaped as items of a contract: price null is the offer''s, unit_price the one that counts. Office.';

CREATE VIEW api.bundle WITH (security_invoker = true) AS
SELECT b.id, b.code, b.label, b.active,
       (SELECT COALESCE(round(sum(i.quantity * i.unit_price / i.price_months), 2), 0.00) FROM api.bundle_item AS i
         WHERE i.bundle_id = b.id AND i.recurring) AS monthly_net,
       (SELECT COALESCE(round(sum(i.quantity * i.unit_price), 2), 0.00) FROM api.bundle_item AS i
         WHERE i.bundle_id = b.id AND NOT i.recurring) AS one_off_net,
       rules.fold(b.code || ' ' || b.label) AS search_text, b.row_version
  FROM softwhere.bundle AS b;
COMMENT ON VIEW api.bundle IS 'Bundles with what they cost a month and once, € excl. VAT. Office.';

CREATE VIEW api.tariff_grid WITH (security_invoker = true) AS
SELECT g.id, g.code, g.label, g.active, v.id AS current_version_id, v.valid_from_on, v.valid_until_on,
       (SELECT count(*) FROM softwhere.tariff_grid_version AS n WHERE n.tariff_grid_id = g.id) AS version_count,
       (SELECT count(*) FROM softwhere.tariff_price AS p WHERE p.tariff_grid_version_id = v.id) AS price_count,
       rules.fold(g.code || ' ' || g.label) AS search_text, g.row_version
  FROM softwhere.tariff_grid AS g
  LEFT JOIN softwhere.tariff_grid_version AS v
         ON v.tariff_grid_id = g.id AND daterange(v.valid_from_on, v.valid_until_on, '[]') @> (SELECT rules.today());
COMMENT ON VIEW api.tariff_grid IS 'Price grids of calls with the version in force today, if any. Office.';

CREATE VIEW api.tariff_grid_version WITH (security_invoker = true) AS
SELECT v.id, v.tariff_grid_id, v.valid_from_on, v.valid_until_on,
       CASE WHEN v.valid_from_on > (SELECT rules.today()) THEN 'future'
            WHEN v.valid_until_on < (SELECT rules.today()) THEN 'past' ELSE 'current' END AS period,
       rules.tariff_version_begun(v.valid_from_on, v.created_at) AS fixed,
       (SELECT count(*) FROM softwhere.tariff_price AS p WHERE p.tariff_grid_version_id = v.id) AS price_count, v.row_version
  FROM softwhere.tariff_grid_version AS v;
COMMENT ON VIEW api.tariff_grid_version IS 'Versions of grids: past, current or future; fixed: it has begun, its prices change no more. Office.';

CREATE VIEW api.tariff_price WITH (security_invoker = true) AS
SELECT p.id, v.tariff_grid_id, p.tariff_grid_version_id, p.number_type, p.prefix, p.destination, p.category, p.zone, p.connection_price,
       p.unit_price, p.unit, p.first_step_s, p.next_step_s, p.minimum_s, p.included,
       rules.fold(concat_ws(' ', p.prefix, p.destination, p.zone)) AS search_text, p.row_version
  FROM softwhere.tariff_price AS p JOIN softwhere.tariff_grid_version AS v ON v.id = p.tariff_grid_version_id;
COMMENT ON VIEW api.tariff_price IS
  'Prices of versions by prefix: € excl. VAT for the connection and per unit (minute, item, mb), steps in seconds. Office.';
