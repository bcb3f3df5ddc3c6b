-- Sites of installation (PARC-*, CFAST class 9000) and the machines that stand there.

ALTER TABLE number_series DROP CONSTRAINT number_series_code_is_known,
  ADD CONSTRAINT number_series_code_is_known
    CHECK (code IN ('invoice', 'credit_note', 'customer', 'contract', 'mandate', 'service', 'order'));
INSERT INTO number_series (code, template, restarts_yearly) VALUES ('service', '9000-{N:6}', false), ('order', 'CDE-{AAAA}-{N:5}', true);

CREATE TABLE service (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL CONSTRAINT service_number_unique UNIQUE,
  customer_id bigint NOT NULL REFERENCES customer,
  billing_site_id bigint REFERENCES billing_site,
  name text COLLATE "fr-x-icu" NOT NULL CONSTRAINT service_name_not_empty CHECK (btrim(name) <> ''),
  kind text NOT NULL CONSTRAINT service_kind_is_known CHECK (kind IN ('fixed', 'internet', 'mobile', 'cybersecurity')),
  operator_id bigint REFERENCES operator,
  activity text NOT NULL DEFAULT 'active' CONSTRAINT service_activity_is_known CHECK (activity IN ('active', 'terminated')),
  status text NOT NULL DEFAULT 'main' CONSTRAINT service_status_is_known CHECK (status IN ('main', 'branch', 'other')),
  own_address boolean NOT NULL DEFAULT false,
  address_1 text, address_2 text, postcode text, city text COLLATE "fr-x-icu", country text REFERENCES country,
  siret text,
  internal_reference text,
  private_installer text,
  it_contractor text,
  free_text text,
  external_id text CONSTRAINT service_external_id_unique UNIQUE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  search_text text NOT NULL DEFAULT '',
  CONSTRAINT service_of_customer UNIQUE (id, customer_id),
  CONSTRAINT service_address_is_its_own CHECK (own_address OR num_nonnulls(address_1, address_2, postcode, city, country) = 0)
);
CREATE INDEX service_customer ON service (customer_id);
CREATE INDEX service_billing_site ON service (billing_site_id);
CREATE INDEX service_operator ON service (operator_id);
CREATE INDEX service_name ON service (name, id);
CREATE INDEX service_search ON service USING gin (search_text gin_trgm_ops);
COMMENT ON TABLE service IS 'The parc: sites of installation by type (PARC-01…12). Without own_address the account''s address serves. operator_id is the default of its lines (PARC-03); external_id is the identifier of the system it was imported from.';

ALTER TABLE equipment
  ADD COLUMN service_id bigint REFERENCES service,
  ADD COLUMN offer_id bigint REFERENCES offer,
  ADD COLUMN imei text,
  ADD COLUMN mac_address text,
  ADD COLUMN state_reason text;
CREATE INDEX equipment_service ON equipment (service_id) WHERE service_id IS NOT NULL;
CREATE UNIQUE INDEX equipment_imei_unique ON equipment (imei) WHERE imei IS NOT NULL;
COMMENT ON COLUMN equipment.service_id IS 'The site of installation it stands at.';

CREATE TABLE equipment_arc (
  from_state text NOT NULL,
  to_state text NOT NULL,
  by_hand boolean NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
COMMENT ON TABLE equipment_arc IS 'How the state of a machine may change; by_hand: also outside a contract. Filled by rules/parc/equipment_state.sql.';

CREATE TABLE equipment_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  equipment_id bigint NOT NULL REFERENCES equipment ON DELETE CASCADE,
  customer_id bigint,
  service_id bigint,
  from_state text,
  to_state text NOT NULL,
  reason text,
  occurred_on date NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  occurred_by text NOT NULL
);
CREATE INDEX equipment_event_equipment ON equipment_event (equipment_id, id DESC);
CREATE INDEX equipment_event_customer ON equipment_event (customer_id);
COMMENT ON TABLE equipment_event IS 'History of machines: each state with the customer and site it held there. Written by a trigger of equipment.';
