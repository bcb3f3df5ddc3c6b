-- Lines of the parc (LINE-*), what they subscribe to and when, and what is asked of their operator (MLINE-*).

CREATE TABLE service_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  service_id bigint NOT NULL,
  number text CONSTRAINT line_number_is_e164 CHECK (number ~ '^\+[1-9][0-9]{6,14}$'),
  first_name text,
  last_name text COLLATE "fr-x-icu",
  operator_id bigint REFERENCES operator,
  activity text NOT NULL DEFAULT 'under_construction' CONSTRAINT line_activity_is_known
    CHECK (activity IN ('under_construction', 'active', 'inactive', 'terminated', 'obsolete')),
  restriction text NOT NULL DEFAULT 'none' CONSTRAINT line_restriction_is_known CHECK (restriction IN ('none', 'incoming', 'outgoing', 'both')),
  hide_called_numbers boolean NOT NULL DEFAULT true,
  cfast_account text,
  external_id text CONSTRAINT line_external_id_unique UNIQUE,
  committed_until_on date,
  activated_on date,
  terminated_on date,
  last_request_id bigint,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  search_text text NOT NULL DEFAULT '',
  CONSTRAINT line_of_customer UNIQUE (id, customer_id),
  CONSTRAINT line_service FOREIGN KEY (service_id, customer_id) REFERENCES service (id, customer_id),
  CONSTRAINT line_live_has_a_number CHECK (activity NOT IN ('active', 'inactive') OR number IS NOT NULL),
  CONSTRAINT line_restricted_is_active CHECK (restriction = 'none' OR activity = 'active')
);
CREATE UNIQUE INDEX line_number_once ON service_line (number) WHERE activity NOT IN ('terminated', 'obsolete');
CREATE INDEX line_number ON service_line (number, id);
CREATE INDEX line_last_name ON service_line (last_name, id);
CREATE INDEX line_customer ON service_line (customer_id);
CREATE INDEX line_service_customer ON service_line (service_id, customer_id);
CREATE INDEX line_operator ON service_line (operator_id);
CREATE INDEX line_search ON service_line USING gin (search_text gin_trgm_ops);
COMMENT ON TABLE service_line IS 'Lines (LINE-01…14): number in E.164, user, activity. operator_id null: that of the service. Activity, restriction, number and user change only by an accepted request (last_request_id), whoever writes.';

CREATE TABLE line_offer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  line_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  offer_id bigint REFERENCES offer,
  kind text NOT NULL CONSTRAINT line_offer_kind_is_known CHECK (kind IN ('subscription', 'option')),
  code text NOT NULL,
  label text NOT NULL CONSTRAINT line_offer_label_not_empty CHECK (btrim(label) <> ''),
  option_family text,
  quantity numeric(14,4) NOT NULL DEFAULT 1 CONSTRAINT line_offer_quantity_positive CHECK (quantity > 0),
  price numeric(16,6) NOT NULL DEFAULT 0 CONSTRAINT line_offer_price_not_negative CHECK (price >= 0),
  price_months int NOT NULL DEFAULT 1 CONSTRAINT line_offer_price_months_is_known CHECK (price_months IN (1, 3, 6, 12)),
  purchase_price numeric(16,6) CONSTRAINT line_offer_purchase_price_not_negative CHECK (purchase_price >= 0),
  data_gb numeric(10,3),
  throughput_mbps numeric(10,2),
  starts_on date NOT NULL,
  ends_on date,
  request_id bigint,
  external_id text CONSTRAINT line_offer_external_id_unique UNIQUE,
  -- Replaced on the day it began: kept, without a day of its own.
  CONSTRAINT line_offer_ends_after_start CHECK (ends_on >= starts_on - 1),
  CONSTRAINT line_offer_of_line FOREIGN KEY (line_id, customer_id) REFERENCES service_line (id, customer_id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT line_offer_one_subscription EXCLUDE USING gist
    (line_id WITH =, daterange(starts_on, ends_on + 1) WITH &&) WHERE (kind = 'subscription'),
  CONSTRAINT line_offer_option_once EXCLUDE USING gist
    (line_id WITH =, code WITH =, daterange(starts_on, ends_on + 1) WITH &&) WHERE (kind = 'option')
);
CREATE INDEX line_offer_line ON line_offer (line_id, customer_id);
CREATE INDEX line_offer_customer ON line_offer (customer_id);
CREATE INDEX line_offer_offer ON line_offer (offer_id) WHERE offer_id IS NOT NULL;
COMMENT ON TABLE line_offer IS 'Subscriptions and options of lines, dated (LINE-08, LINE-12…14): a change is two rows, one that ends and one that begins; one subscription a day. Prices in € excl. VAT for price_months months, copied from the offer; purchase_price for managers. ends_on is the last day.';

CREATE TABLE line_arc (
  from_state text NOT NULL,
  to_state text NOT NULL,
  action text NOT NULL,
  PRIMARY KEY (from_state, to_state, action)
);
COMMENT ON TABLE line_arc IS 'The state machine of lines: activity, and restricted for an active line with a restriction. Filled by rules/line/arc.sql.';

CREATE TABLE line_request (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  line_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  action text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  operator_data jsonb NOT NULL DEFAULT '{}',
  effective_on date NOT NULL,
  provider text NOT NULL,
  status text NOT NULL DEFAULT 'queued' CONSTRAINT line_request_status_is_known
    CHECK (status IN ('queued', 'sent', 'accepted', 'applied', 'refused', 'cancelled')),
  refusal text,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp(), requested_by text NOT NULL,
  sent_at timestamptz,
  answered_at timestamptz, answered_by text,
  applied_on date,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT line_request_of_line FOREIGN KEY (line_id, customer_id) REFERENCES service_line (id, customer_id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT line_request_refused_says_why CHECK (status <> 'refused' OR COALESCE(btrim(refusal), '') <> ''),
  CONSTRAINT line_request_applied_has_a_day CHECK ((status = 'applied') = (applied_on IS NOT NULL))
);
CREATE UNIQUE INDEX line_request_open_once ON line_request (line_id, action) WHERE status IN ('queued', 'sent', 'accepted');
CREATE INDEX line_request_line ON line_request (line_id, customer_id);
CREATE INDEX line_request_customer ON line_request (customer_id);
CREATE INDEX line_request_waiting ON line_request (status, effective_on) WHERE status IN ('queued', 'sent', 'accepted');
COMMENT ON TABLE line_request IS 'What is asked of an operator for a line, from effective_on: queued, sent, accepted or refused with its reason, applied. data: what the line becomes; operator_data: the same as sent, transliterated (CHAR-01). It is also the journal of the line.';

ALTER TABLE service_line ADD CONSTRAINT line_last_request FOREIGN KEY (last_request_id) REFERENCES line_request DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE line_offer ADD CONSTRAINT line_offer_request FOREIGN KEY (request_id) REFERENCES line_request ON DELETE SET NULL;
CREATE INDEX line_last_request ON service_line (last_request_id) WHERE last_request_id IS NOT NULL;
CREATE INDEX line_offer_request ON line_offer (request_id) WHERE request_id IS NOT NULL;
ALTER TABLE equipment ADD COLUMN line_id bigint REFERENCES service_line;
CREATE INDEX equipment_line ON equipment (line_id) WHERE line_id IS NOT NULL;
COMMENT ON COLUMN equipment.line_id IS 'The line this terminal serves.';
