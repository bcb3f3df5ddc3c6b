-- Contracts: the state machine of document 002, what is billed and what is metered.

CREATE TABLE contract_arc (
  from_step text NOT NULL,
  to_step text NOT NULL,
  action text NOT NULL,
  roles text[] NOT NULL,
  PRIMARY KEY (from_step, to_step, action)
);
COMMENT ON TABLE contract_arc IS 'The arcs of the contract state machine; any other pair of steps is refused. Filled by rules/contract/arc.sql.';

CREATE TABLE contract_type (
  code text PRIMARY KEY,
  label text NOT NULL,
  metered boolean NOT NULL DEFAULT false,
  position int NOT NULL DEFAULT 0
);
COMMENT ON TABLE contract_type IS 'Kinds of contract; metered ones carry meters and readings (WF-16).';
INSERT INTO contract_type (code, label, metered, position) VALUES
  ('standard', 'Contrat standard', false, 1),
  ('telephony', 'Téléphonie et accès', false, 2),
  ('it_services', 'Infogérance', false, 3),
  ('maintenance', 'Maintenance', false, 4),
  ('rental', 'Location de matériel', false, 5),
  ('metered', 'Avec relevé de compteurs', true, 6);

CREATE TABLE contract (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL CONSTRAINT contract_number_unique UNIQUE,
  title text,
  customer_id bigint NOT NULL REFERENCES customer,
  billing_site_id bigint NOT NULL REFERENCES billing_site,
  contract_type text NOT NULL REFERENCES contract_type,
  metered boolean NOT NULL DEFAULT false,
  step text NOT NULL DEFAULT 'creation' CONSTRAINT contract_step_is_known
    CHECK (step IN ('creation', 'start_billing', 'periodic_billing', 'end_of_contract', 'closed', 'cancelled')),
  step_entered_on date NOT NULL,
  created_on date NOT NULL,
  issued_on date, sent_on date, signed_on date,
  effective_on date, end_on date,
  periodicity_months int CONSTRAINT contract_periodicity_is_known CHECK (periodicity_months IN (1, 3, 6, 12)),
  next_periodicity_months int CONSTRAINT contract_next_periodicity_is_known CHECK (next_periodicity_months IN (1, 3, 6, 12)),
  tacit_renewal boolean NOT NULL DEFAULT false,
  renewal_months int NOT NULL DEFAULT 12 CONSTRAINT contract_renewal_months_positive CHECK (renewal_months > 0),
  notice_months int NOT NULL DEFAULT 3 CONSTRAINT contract_notice_months_not_negative CHECK (notice_months >= 0),
  anchor_on date,
  anchor_count int NOT NULL DEFAULT 0,
  next_due_on date,
  cancel_justification text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(), updated_by text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT contract_of_customer UNIQUE (id, customer_id),
  CONSTRAINT contract_sent_after_issued CHECK (sent_on >= issued_on),
  CONSTRAINT contract_signed_after_sent CHECK (signed_on >= sent_on),
  CONSTRAINT contract_end_after_start CHECK (end_on > effective_on),
  CONSTRAINT contract_cancelled_is_justified CHECK (step <> 'cancelled' OR COALESCE(btrim(cancel_justification), '') <> '')
) WITH (fillfactor = 70);
CREATE INDEX contract_customer ON contract (customer_id);
CREATE INDEX contract_billing_site ON contract (billing_site_id);
CREATE INDEX contract_live_step ON contract (step, effective_on) WHERE step IN ('creation', 'start_billing', 'end_of_contract');
COMMENT ON TABLE contract IS 'Contracts and their step (WF-*). end_on is the last day of service. Due date n = anchor_on + n × periodicity_months, always from the anchor; anchor_count is the n of next_due_on. No index on what each billing run changes (next_due_on, anchor_count), so that its updates stay within the page (HOT); the schedule scans, 20 ms for 100 000.';

CREATE TABLE contract_search (
  contract_id bigint PRIMARY KEY,
  customer_id bigint NOT NULL,
  search_text text NOT NULL DEFAULT '',
  CONSTRAINT contract_search_of_contract FOREIGN KEY (contract_id, customer_id) REFERENCES contract (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX contract_search_text ON contract_search USING gin (search_text gin_trgm_ops);
COMMENT ON TABLE contract_search IS 'Folded number, title, customer and serial numbers of a contract, kept by triggers; apart from contract so that billing never touches its index.';

CREATE TABLE contract_item (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  position int NOT NULL DEFAULT 0,
  section text NOT NULL DEFAULT 'subscription' CONSTRAINT contract_item_section_is_known
    CHECK (section IN ('subscription', 'usage', 'meter', 'one_off', 'third_party', 'other')),
  label text NOT NULL CONSTRAINT contract_item_label_not_empty CHECK (btrim(label) <> ''),
  description text,
  origin text,
  subscribed_on date, ends_on date,
  quantity numeric(14,4) NOT NULL DEFAULT 1 CONSTRAINT contract_item_quantity_not_zero CHECK (quantity <> 0),
  unit_price numeric(16,6) NOT NULL DEFAULT 0,
  vat_rate numeric(5,2) CONSTRAINT contract_item_vat_rate_is_french CHECK (vat_rate IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0)),
  recurring boolean NOT NULL DEFAULT true,
  price_months int NOT NULL DEFAULT 1 CONSTRAINT contract_item_price_months_is_known CHECK (price_months IN (1, 3, 6, 12)),
  prorate_start boolean NOT NULL DEFAULT true,
  prorate_end boolean NOT NULL DEFAULT true,
  billed_until_on date,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT contract_item_ends_after_subscribed CHECK (ends_on >= subscribed_on),
  CONSTRAINT contract_item_of_contract FOREIGN KEY (contract_id, customer_id) REFERENCES contract (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX contract_item_contract ON contract_item (contract_id);
CREATE INDEX contract_item_customer ON contract_item (customer_id);
COMMENT ON TABLE contract_item IS 'What a contract bills (PROD-*): unit_price excl. VAT in € for price_months months (recurring) or once; vat_rate null: the billing site''s. billed_until_on: last day already invoiced, or the day a one-off item was invoiced.';

CREATE TABLE equipment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint REFERENCES customer,
  kind text NOT NULL DEFAULT 'other',
  label text NOT NULL CONSTRAINT equipment_label_not_empty CHECK (btrim(label) <> ''),
  serial_number text CONSTRAINT equipment_serial_number_unique UNIQUE,
  state text NOT NULL DEFAULT 'in_stock' CONSTRAINT equipment_state_is_known
    CHECK (state IN ('in_stock', 'under_contract', 'in_service_off_contract', 'returned', 'dead', 'sold')),
  row_version int NOT NULL DEFAULT 1
);
CREATE INDEX equipment_customer ON equipment (customer_id);
COMMENT ON TABLE equipment IS 'Machines; SOUS CONTRAT becomes EN SERVICE HORS CONTRAT when the contract ends (WF-32).';

CREATE TABLE contract_equipment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  equipment_id bigint NOT NULL REFERENCES equipment,
  position int NOT NULL DEFAULT 0,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT contract_equipment_attached_once UNIQUE (contract_id, equipment_id),
  CONSTRAINT contract_equipment_of_contract FOREIGN KEY (contract_id, customer_id) REFERENCES contract (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX contract_equipment_equipment ON contract_equipment (equipment_id);
CREATE INDEX contract_equipment_customer ON contract_equipment (customer_id);
COMMENT ON TABLE contract_equipment IS 'Equipment attached to a contract (WF-11).';

CREATE TABLE meter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_equipment_id bigint NOT NULL REFERENCES contract_equipment ON DELETE CASCADE,
  contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  label text NOT NULL CONSTRAINT meter_label_not_empty CHECK (btrim(label) <> ''),
  unit text NOT NULL DEFAULT 'copies',
  digits int NOT NULL DEFAULT 7 CONSTRAINT meter_digits_sane CHECK (digits BETWEEN 3 AND 12),
  included_volume numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT meter_included_volume_not_negative CHECK (included_volume >= 0),
  committed_volume numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT meter_committed_volume_not_negative CHECK (committed_volume >= 0),
  vat_rate numeric(5,2) CONSTRAINT meter_vat_rate_is_french CHECK (vat_rate IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0)),
  position int NOT NULL DEFAULT 0,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT meter_of_customer UNIQUE (id, customer_id),
  CONSTRAINT meter_of_contract FOREIGN KEY (contract_id, customer_id) REFERENCES contract (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX meter_contract_equipment ON meter (contract_equipment_id);
CREATE INDEX meter_contract ON meter (contract_id);
CREATE INDEX meter_customer ON meter (customer_id);
COMMENT ON TABLE meter IS 'Meters of a machine under a contract. included_volume: units free per month of the period; committed_volume: units of the first tranche billed in advance per month (WF-40). Rolls over at 10^digits.';

CREATE TABLE meter_tranche (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meter_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  up_to numeric(14,2) CONSTRAINT meter_tranche_up_to_positive CHECK (up_to > 0),
  unit_price numeric(16,6) NOT NULL CONSTRAINT meter_tranche_unit_price_not_negative CHECK (unit_price >= 0),
  CONSTRAINT meter_tranche_bound_once UNIQUE NULLS NOT DISTINCT (meter_id, up_to),
  CONSTRAINT meter_tranche_of_meter FOREIGN KEY (meter_id, customer_id) REFERENCES meter (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
COMMENT ON TABLE meter_tranche IS 'Cumulative price bands per period: units above the previous bound and up to up_to (null: no limit) at unit_price € excl. VAT.';

CREATE TABLE meter_reading (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  meter_id bigint NOT NULL REFERENCES meter ON DELETE CASCADE,
  kind text NOT NULL CONSTRAINT meter_reading_kind_is_known CHECK (kind IN ('initial', 'periodic', 'balance')),
  due_on date NOT NULL,
  value numeric(14,2) CONSTRAINT meter_reading_value_not_negative CHECK (value >= 0),
  read_on date,
  source text CONSTRAINT meter_reading_source_is_known CHECK (source IN ('entered', 'estimated', 'imported')),
  rollover boolean NOT NULL DEFAULT false,
  consumed numeric(14,2),
  recorded_at timestamptz, recorded_by text,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT meter_reading_line_once UNIQUE (meter_id, due_on, kind),
  CONSTRAINT meter_reading_complete CHECK (num_nulls(value, read_on, source) IN (0, 3)),
  CONSTRAINT meter_reading_of_contract FOREIGN KEY (contract_id, customer_id) REFERENCES contract (id, customer_id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX meter_reading_contract ON meter_reading (contract_id, due_on);
COMMENT ON TABLE meter_reading IS 'Reading lines created at the arcs the workflow names (WF-26, WF-29, WF-30), filled in by a person, an estimate or an import. consumed: units since the previous reading.';

CREATE TABLE contract_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL CONSTRAINT contract_event_kind_is_known
    CHECK (kind IN ('transition', 'renewal', 'periodicity_change', 'late_issue', 'reading', 'renewal_refused', 'termination', 'note')),
  action text,
  from_step text, to_step text,
  reason text,
  deadline_on date, indicator text,
  data jsonb NOT NULL DEFAULT '{}',
  occurred_on date NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  occurred_by text NOT NULL
);
CREATE INDEX contract_event_contract ON contract_event (contract_id, id DESC);
COMMENT ON TABLE contract_event IS 'Journal of a contract: each arc taken, by whom, why, with the deadline and indicator at that time; renewals with the previous end date. No foreign key: a row a billed contract, written and deleted by the triggers of contract alone.';
