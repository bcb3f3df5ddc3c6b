-- Orders of mobile lines and services (MORD-*, SORD-*), the portability window, and mail waiting to be sent.

ALTER TABLE parameter
  ADD COLUMN portability_min_days int NOT NULL DEFAULT 6 CONSTRAINT parameter_portability_min_days_sane CHECK (portability_min_days BETWEEN 1 AND 365),
  ADD COLUMN portability_max_days int NOT NULL DEFAULT 58 CONSTRAINT parameter_portability_max_days_sane CHECK (portability_max_days BETWEEN 1 AND 365),
  ADD COLUMN portability_on_saturday boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT parameter_portability_window CHECK (portability_max_days >= portability_min_days);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  template text NOT NULL,
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  customer_id bigint REFERENCES customer,
  recipient text NOT NULL,
  milestone text NOT NULL DEFAULT '',
  payload jsonb NOT NULL DEFAULT '{}',
  status text NOT NULL DEFAULT 'queued' CONSTRAINT outbox_status_is_known CHECK (status IN ('queued', 'sent', 'failed', 'cancelled')),
  attempts int NOT NULL DEFAULT 0,
  last_error text,
  queued_at timestamptz NOT NULL DEFAULT clock_timestamp(), queued_by text NOT NULL,
  sent_at timestamptz,
  CONSTRAINT outbox_once UNIQUE (template, entity, entity_id, recipient, milestone)
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE status = 'queued';
CREATE INDEX outbox_customer ON outbox (customer_id);
COMMENT ON TABLE outbox IS 'Mail to be sent, queued in the transaction that causes it: a template about an object goes to a recipient once a milestone.';

CREATE TABLE sales_order (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL CONSTRAINT sales_order_number_unique UNIQUE,
  kind text NOT NULL CONSTRAINT sales_order_kind_is_known CHECK (kind IN ('mobile', 'service')),
  customer_id bigint NOT NULL REFERENCES customer,
  billing_site_id bigint REFERENCES billing_site,
  contract_id bigint REFERENCES contract,
  seller text REFERENCES app_user,
  status text NOT NULL DEFAULT 'draft' CONSTRAINT sales_order_status_is_known CHECK (status IN ('draft', 'validated', 'cancelled')),
  ordered_on date NOT NULL,
  confirmation_email text,
  comment text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  validated_at timestamptz, validated_by text,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT sales_order_of_customer UNIQUE (id, customer_id)
);
CREATE INDEX sales_order_customer ON sales_order (customer_id);
CREATE INDEX sales_order_billing_site ON sales_order (billing_site_id) WHERE billing_site_id IS NOT NULL;
CREATE INDEX sales_order_contract ON sales_order (contract_id) WHERE contract_id IS NOT NULL;
COMMENT ON TABLE sales_order IS 'Orders: mobile lines or services. Validated, an order has made its lines and items and does not change any more. contract_id: where what is ordered is billed.';

CREATE TABLE order_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sales_order_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  position int NOT NULL DEFAULT 0,
  service_id bigint REFERENCES service,
  first_name text, last_name text,
  sim_card_id bigint REFERENCES sim_card,
  commitment_type text NOT NULL DEFAULT 'none' CONSTRAINT order_line_commitment_type_is_known CHECK (commitment_type IN ('none', 'new', 'renewal')),
  commitment_months int NOT NULL DEFAULT 0 CONSTRAINT order_line_commitment_months_sane CHECK (commitment_months BETWEEN 0 AND 120),
  ports_in boolean NOT NULL DEFAULT false,
  number text,
  rio text,
  port_on date,
  terminal_offer_id bigint REFERENCES offer,
  terminal_sale_mode text CONSTRAINT order_line_terminal_sale_mode_is_known CHECK (terminal_sale_mode IN ('sale', 'rental', 'loan')),
  terminal_purchase_mode text CONSTRAINT order_line_terminal_purchase_mode_is_known CHECK (terminal_purchase_mode IN ('stock', 'purchase', 'operator')),
  terminal_price numeric(16,6) CONSTRAINT order_line_terminal_price_not_negative CHECK (terminal_price >= 0),
  offer_id bigint REFERENCES offer,
  price numeric(16,6) CONSTRAINT order_line_price_not_negative CHECK (price >= 0),
  throughput_mbps numeric(10,2),
  discount_percent numeric(5,2) NOT NULL DEFAULT 0 CONSTRAINT order_line_discount_is_a_percentage CHECK (discount_percent BETWEEN 0 AND 100),
  special_conditions text,
  billing_conditions text,
  tariff_grid_id bigint REFERENCES tariff_grid,
  line_id bigint REFERENCES service_line,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT order_line_of_customer UNIQUE (id, customer_id),
  CONSTRAINT order_line_of_order FOREIGN KEY (sales_order_id, customer_id) REFERENCES sales_order (id, customer_id) ON DELETE CASCADE
);
CREATE INDEX order_line_order ON order_line (sales_order_id, customer_id);
CREATE INDEX order_line_line ON order_line (line_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX order_line_sim_card_once ON order_line (sim_card_id) WHERE sim_card_id IS NOT NULL AND line_id IS NULL;
COMMENT ON TABLE order_line IS 'Mobile lines of an order (MORD-03…15): user, SIM card, commitment, portability, terminal, offer. Prices in € excl. VAT; discount_percent on the subscription. line_id: the line it became.';

CREATE TABLE order_line_option (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_line_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  offer_id bigint NOT NULL REFERENCES offer,
  price numeric(16,6) CONSTRAINT order_line_option_price_not_negative CHECK (price >= 0),
  throughput_mbps numeric(10,2),
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT order_line_option_once UNIQUE (order_line_id, offer_id),
  CONSTRAINT order_line_option_of_line FOREIGN KEY (order_line_id, customer_id) REFERENCES order_line (id, customer_id) ON DELETE CASCADE
);
COMMENT ON TABLE order_line_option IS 'Options of an ordered line (MORD-12): price null is the catalogue''s; throughput in Mbit/s for data.';

CREATE TABLE order_service (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sales_order_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  position int NOT NULL DEFAULT 0,
  offer_id bigint NOT NULL REFERENCES offer,
  quantity numeric(14,4) NOT NULL DEFAULT 1 CONSTRAINT order_service_quantity_positive CHECK (quantity > 0),
  price numeric(16,6) CONSTRAINT order_service_price_not_negative CHECK (price >= 0),
  starts_on date NOT NULL,
  ends_on date CONSTRAINT order_service_ends_after_start CHECK (ends_on >= starts_on),
  contract_item_id bigint REFERENCES contract_item,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT order_service_of_order FOREIGN KEY (sales_order_id, customer_id) REFERENCES sales_order (id, customer_id) ON DELETE CASCADE
);
CREATE INDEX order_service_order ON order_service (sales_order_id, customer_id);
CREATE INDEX order_service_item ON order_service (contract_item_id) WHERE contract_item_id IS NOT NULL;
COMMENT ON TABLE order_service IS 'Services and equipment of an order (SORD-02…07): price null is the catalogue''s; ends_on for recurring ones only.';
