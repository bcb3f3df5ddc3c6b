-- What the reseller sells (CATA-*, OFFER-*): operators, catalogues, offers, bundles, tariff grids.

CREATE TABLE operator (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CONSTRAINT operator_name_unique UNIQUE CONSTRAINT operator_name_not_empty CHECK (btrim(name) <> ''),
  provider text NOT NULL DEFAULT 'manual' CONSTRAINT operator_provider_is_known CHECK (provider IN ('internal', 'manual', 'cfast', 'alphalink')),
  sim_alert_level int NOT NULL DEFAULT 0 CONSTRAINT operator_sim_alert_level_not_negative CHECK (sim_alert_level >= 0),
  active boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE operator IS 'Networks lines and SIM cards belong to. provider: who carries requests to it (internal: accepted at once; manual: a person answers; the others: a connector). sim_alert_level: fewest SIM cards wanted in stock.';

CREATE TABLE technology (
  code text PRIMARY KEY,
  label text NOT NULL,
  position int NOT NULL DEFAULT 0
);
COMMENT ON TABLE technology IS 'Technologies of catalogues (CATA-01); French labels.';
INSERT INTO technology VALUES ('mobile', 'Mobile', 1), ('fixed', 'Fixe', 2), ('fixed_internet', 'Fixe et Internet', 3),
  ('internet', 'Internet', 4), ('cybersecurity', 'Cybersécurité', 5);

CREATE TABLE catalogue (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "fr-x-icu" NOT NULL CONSTRAINT catalogue_name_unique UNIQUE CONSTRAINT catalogue_name_not_empty CHECK (btrim(name) <> ''),
  owner text NOT NULL CONSTRAINT catalogue_owner_not_empty CHECK (btrim(owner) <> ''),
  technology text NOT NULL REFERENCES technology,
  operator_id bigint NOT NULL REFERENCES operator,
  active boolean NOT NULL DEFAULT true,
  position int NOT NULL DEFAULT 0,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT catalogue_once UNIQUE (owner, technology, operator_id)
);
CREATE INDEX catalogue_operator ON catalogue (operator_id);
COMMENT ON TABLE catalogue IS 'Catalogues: owner – technology – operator (CATA-01).';

CREATE TABLE offer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  catalogue_id bigint REFERENCES catalogue,
  code text NOT NULL CONSTRAINT offer_code_unique UNIQUE CONSTRAINT offer_code_not_empty CHECK (btrim(code) <> ''),
  kind text NOT NULL CONSTRAINT offer_kind_is_known CHECK (kind IN ('subscription', 'option', 'service', 'equipment')),
  label text COLLATE "fr-x-icu" NOT NULL CONSTRAINT offer_label_not_empty CHECK (btrim(label) <> ''),
  description text,
  recurring boolean NOT NULL DEFAULT true,
  price numeric(16,6) NOT NULL DEFAULT 0 CONSTRAINT offer_price_not_negative CHECK (price >= 0),
  price_months int NOT NULL DEFAULT 1 CONSTRAINT offer_price_months_is_known CHECK (price_months IN (1, 3, 6, 12)),
  purchase_price numeric(16,6) CONSTRAINT offer_purchase_price_not_negative CHECK (purchase_price >= 0),
  vat_rate numeric(5,2) CONSTRAINT offer_vat_rate_is_french CHECK (vat_rate IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0)),
  commitment_months int NOT NULL DEFAULT 0 CONSTRAINT offer_commitment_months_sane CHECK (commitment_months BETWEEN 0 AND 120),
  data_gb numeric(10,3) CONSTRAINT offer_data_gb_not_negative CHECK (data_gb >= 0),
  throughput_mbps numeric(10,2) CONSTRAINT offer_throughput_mbps_positive CHECK (throughput_mbps > 0),
  option_family text CONSTRAINT offer_option_family_is_known CHECK (option_family IN ('international', 'data', 'voice', 'messages', 'other')),
  equipment_kind text CONSTRAINT offer_equipment_kind_is_known CHECK (equipment_kind IN ('terminal', 'router', 'phone', 'other')),
  brand text, model text,
  valid_from_on date NOT NULL DEFAULT '2000-01-01',
  valid_until_on date,
  row_version int NOT NULL DEFAULT 1,
  search_text text NOT NULL DEFAULT '',
  CONSTRAINT offer_valid_until_after_from CHECK (valid_until_on >= valid_from_on),
  CONSTRAINT offer_subscription_is_recurring CHECK (kind NOT IN ('subscription', 'option') OR recurring),
  CONSTRAINT offer_option_family_of_option CHECK (option_family IS NULL OR kind = 'option'),
  CONSTRAINT offer_equipment_kind_of_equipment CHECK (equipment_kind IS NULL OR kind = 'equipment')
);
CREATE INDEX offer_catalogue ON offer (catalogue_id);
CREATE INDEX offer_label ON offer (label, id);
CREATE INDEX offer_search ON offer USING gin (search_text gin_trgm_ops);
COMMENT ON TABLE offer IS 'Subscriptions, options, services and equipment (OFFER-*). price and purchase_price in € excl. VAT for price_months months when recurring, once otherwise; purchase_price for managers only. What was sold keeps copies: a price changed here rewrites nothing. data_gb a month; throughput in Mbit/s.';

CREATE TABLE offer_option (
  offer_id bigint NOT NULL REFERENCES offer ON DELETE CASCADE,
  option_id bigint NOT NULL REFERENCES offer,
  PRIMARY KEY (offer_id, option_id)
);
CREATE INDEX offer_option_option ON offer_option (option_id);
COMMENT ON TABLE offer_option IS 'Options a subscription may carry; one without any row takes every option of its catalogue.';

CREATE TABLE bundle (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT bundle_code_unique UNIQUE CONSTRAINT bundle_code_not_empty CHECK (btrim(code) <> ''),
  label text COLLATE "fr-x-icu" NOT NULL CONSTRAINT bundle_label_not_empty CHECK (btrim(label) <> ''),
  active boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE bundle IS 'Offers sold together, inserted in one click.';

CREATE TABLE bundle_item (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bundle_id bigint NOT NULL REFERENCES bundle ON DELETE CASCADE,
  offer_id bigint NOT NULL REFERENCES offer,
  quantity numeric(14,4) NOT NULL DEFAULT 1 CONSTRAINT bundle_item_quantity_positive CHECK (quantity > 0),
  price numeric(16,6) CONSTRAINT bundle_item_price_not_negative CHECK (price >= 0),
  position int NOT NULL DEFAULT 0,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT bundle_item_offer_once UNIQUE (bundle_id, offer_id)
);
CREATE INDEX bundle_item_offer ON bundle_item (offer_id);
COMMENT ON TABLE bundle_item IS 'Offers of a bundle; price null: that of the offer.';

CREATE TABLE tariff_grid (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT tariff_grid_code_unique UNIQUE CONSTRAINT tariff_grid_code_not_empty CHECK (btrim(code) <> ''),
  label text NOT NULL CONSTRAINT tariff_grid_label_not_empty CHECK (btrim(label) <> ''),
  active boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE tariff_grid IS 'Price grids of calls ("grille minute", CSV-01…04).';

CREATE TABLE tariff_grid_version (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tariff_grid_id bigint NOT NULL REFERENCES tariff_grid ON DELETE CASCADE,
  valid_from_on date NOT NULL,
  valid_until_on date,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT tariff_grid_version_until_after_from CHECK (valid_until_on >= valid_from_on),
  CONSTRAINT tariff_grid_version_no_overlap EXCLUDE USING gist
    (tariff_grid_id WITH =, daterange(valid_from_on, valid_until_on, '[]') WITH &&) DEFERRABLE
);
COMMENT ON TABLE tariff_grid_version IS 'Versions of a grid; no day has two.';

CREATE TABLE tariff_price (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tariff_grid_version_id bigint NOT NULL REFERENCES tariff_grid_version ON DELETE CASCADE,
  number_type text NOT NULL DEFAULT 'e164' CONSTRAINT tariff_price_number_type_is_known CHECK (number_type IN ('e164', 'short')),
  category text NOT NULL DEFAULT 'voice' CONSTRAINT tariff_price_category_is_known CHECK (category IN ('voice', 'sms', 'mms', 'data', 'special')),
  prefix text NOT NULL CONSTRAINT tariff_price_prefix_is_digits CHECK (prefix ~ '^[0-9]{1,15}$'),
  destination text NOT NULL CONSTRAINT tariff_price_destination_not_empty CHECK (btrim(destination) <> ''),
  zone text,
  connection_price numeric(16,6) NOT NULL DEFAULT 0 CONSTRAINT tariff_price_connection_price_not_negative CHECK (connection_price >= 0),
  unit_price numeric(16,6) NOT NULL CONSTRAINT tariff_price_unit_price_not_negative CHECK (unit_price >= 0),
  unit text NOT NULL DEFAULT 'minute' CONSTRAINT tariff_price_unit_is_known CHECK (unit IN ('minute', 'item', 'mb')),
  first_step_s int NOT NULL DEFAULT 1 CONSTRAINT tariff_price_first_step_positive CHECK (first_step_s > 0),
  next_step_s int NOT NULL DEFAULT 1 CONSTRAINT tariff_price_next_step_positive CHECK (next_step_s > 0),
  minimum_s int NOT NULL DEFAULT 0 CONSTRAINT tariff_price_minimum_not_negative CHECK (minimum_s >= 0),
  included boolean NOT NULL DEFAULT false,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT tariff_price_prefix_once UNIQUE (tariff_grid_version_id, number_type, category, prefix)
);
COMMENT ON TABLE tariff_price IS 'Prices of a version by prefix, the longest match counts: € excl. VAT for the connection and a minute, an item or a megabyte; steps and minimum in seconds; included: within the allowance of the subscription.';

ALTER TABLE contract_item ADD COLUMN offer_id bigint REFERENCES offer;
CREATE INDEX contract_item_offer ON contract_item (offer_id) WHERE offer_id IS NOT NULL;
COMMENT ON COLUMN contract_item.offer_id IS 'The offer this was copied from; label and price are the item''s own.';
