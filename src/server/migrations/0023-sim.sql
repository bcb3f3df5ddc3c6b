-- SIM cards: stock, states and history (SIM-01, SIM-02, MLINE-17…19).

CREATE TABLE sim_arc (
  from_state text NOT NULL,
  to_state text NOT NULL,
  action text NOT NULL,
  by_hand boolean NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
COMMENT ON TABLE sim_arc IS 'How the state of a SIM card may change; by_hand: also outside an order or a line. Filled by rules/sim/arc.sql.';

CREATE TABLE sim_card (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  iccid text NOT NULL CONSTRAINT sim_card_iccid_unique UNIQUE CONSTRAINT sim_card_iccid_is_digits CHECK (iccid ~ '^89[0-9]{17,18}$'),
  operator_id bigint REFERENCES operator,
  form text NOT NULL DEFAULT 'card' CONSTRAINT sim_card_form_is_known CHECK (form IN ('card', 'esim')),
  imsi text CONSTRAINT sim_card_imsi_is_digits CHECK (imsi ~ '^[0-9]{15}$'),
  pin text, puk_1 text, puk_2 text,
  batch text,
  received_on date,
  state text NOT NULL DEFAULT 'in_stock' CONSTRAINT sim_card_state_is_known
    CHECK (state IN ('in_stock', 'reserved', 'active', 'suspended', 'terminated', 'replaced', 'defective')),
  state_entered_on date NOT NULL,
  state_reason text,
  line_id bigint REFERENCES service_line,
  customer_id bigint REFERENCES customer,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT sim_card_live_has_a_line CHECK (state NOT IN ('active', 'suspended') OR line_id IS NOT NULL),
  CONSTRAINT sim_card_in_stock_is_free CHECK (state <> 'in_stock' OR line_id IS NULL AND customer_id IS NULL)
);
CREATE UNIQUE INDEX sim_card_one_live_per_line ON sim_card (line_id) WHERE state IN ('active', 'suspended');
CREATE INDEX sim_card_line ON sim_card (line_id) WHERE line_id IS NOT NULL;
CREATE INDEX sim_card_customer ON sim_card (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX sim_card_stock ON sim_card (operator_id, state);
CREATE INDEX sim_card_search ON sim_card USING gin (iccid gin_trgm_ops);
COMMENT ON TABLE sim_card IS 'SIM cards by ICCID (Luhn key checked by a trigger): one live card a line, one line a card. Codes (pin, puk) are the office''s.';

CREATE TABLE sim_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sim_card_id bigint NOT NULL REFERENCES sim_card ON DELETE CASCADE,
  line_id bigint,
  customer_id bigint,
  from_state text,
  to_state text NOT NULL,
  reason text,
  occurred_on date NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  occurred_by text NOT NULL
);
CREATE INDEX sim_event_card ON sim_event (sim_card_id, id DESC);
CREATE INDEX sim_event_line ON sim_event (line_id, id DESC);
CREATE INDEX sim_event_customer ON sim_event (customer_id);
COMMENT ON TABLE sim_event IS 'History of SIM cards, each state with its line. Written by a trigger of sim_card.';
