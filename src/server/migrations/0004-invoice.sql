-- Invoices, credit notes and payments.

CREATE TABLE document_party (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL UNIQUE,
  content jsonb NOT NULL
);
COMMENT ON TABLE document_party IS 'What was printed about a seller or a buyer, kept once per distinct content, so that an issued invoice never changes when an address does.';

CREATE TABLE billing_site_party (
  billing_site_id bigint PRIMARY KEY REFERENCES billing_site ON DELETE CASCADE,
  versions bigint[] NOT NULL,
  mandate_id bigint,
  party_id bigint NOT NULL REFERENCES document_party
);
COMMENT ON TABLE billing_site_party IS 'The latest snapshot of each billing site and the row versions of all it was made from: while these stay, so does the snapshot. A cache, emptied at each upgrade.';

-- What billing remembers on a contract item. An item is either in step with its contract, billed until where the last
-- invoice of the contract went (nothing to write at each period), or stands alone, billed until billed_until_on.
ALTER TABLE contract_item ADD COLUMN billed_with_contract boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN contract_item.billed_with_contract IS
  'Billed until invoice.period_end_on of the latest first or periodic invoice of the contract; otherwise until billed_until_on (null: never billed).';

CREATE TABLE invoice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CONSTRAINT invoice_kind_is_known
    CHECK (kind IN ('first', 'periodic', 'final', 'manual', 'deposit', 'credit_note')),
  status text NOT NULL DEFAULT 'draft' CONSTRAINT invoice_status_is_known CHECK (status IN ('draft', 'issued', 'paid', 'cancelled')),
  number text CONSTRAINT invoice_number_unique UNIQUE,
  contract_id bigint REFERENCES contract,
  customer_id bigint NOT NULL REFERENCES customer,
  billing_site_id bigint NOT NULL REFERENCES billing_site,
  mandate_id bigint REFERENCES mandate,
  due_period_on date,
  period_start_on date, period_end_on date,
  issued_on date, payment_due_on date,
  payment_method text REFERENCES payment_method,
  purchase_order text,
  total_net numeric(14,2) NOT NULL DEFAULT 0,
  total_vat numeric(14,2) NOT NULL DEFAULT 0,
  total_gross numeric(14,2) NOT NULL DEFAULT 0,
  paid numeric(14,2) NOT NULL DEFAULT 0,
  balance numeric(14,2) NOT NULL DEFAULT 0,
  credited_invoice_id bigint REFERENCES invoice,
  seller_party_id bigint REFERENCES document_party,
  buyer_party_id bigint REFERENCES document_party,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  issued_at timestamptz, issued_by text,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT invoice_totals_add_up CHECK (total_gross = total_net + total_vat),
  CONSTRAINT invoice_balance_adds_up CHECK (balance = CASE WHEN status = 'cancelled' THEN 0 ELSE total_gross - paid END),
  CONSTRAINT invoice_issued_is_complete CHECK (status = 'draft' OR (issued_on IS NOT NULL AND payment_due_on IS NOT NULL)),
  CONSTRAINT invoice_issued_is_numbered CHECK (status = 'draft' OR number IS NOT NULL OR (kind = 'final' AND total_gross = 0)),
  CONSTRAINT invoice_draft_has_no_number CHECK (status <> 'draft' OR number IS NULL),
  CONSTRAINT invoice_contract_kind_has_contract CHECK (kind NOT IN ('first', 'periodic', 'final') OR (contract_id IS NOT NULL AND due_period_on IS NOT NULL)),
  CONSTRAINT invoice_credit_note_credits CHECK (kind <> 'credit_note' OR credited_invoice_id IS NOT NULL)
);
CREATE UNIQUE INDEX invoice_once_per_period ON invoice (contract_id, due_period_on, kind) WHERE kind IN ('first', 'periodic', 'final');
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE INDEX invoice_billing_site ON invoice (billing_site_id);
CREATE INDEX invoice_issued_on ON invoice (issued_on DESC NULLS FIRST, id DESC);
CREATE INDEX invoice_open ON invoice (payment_due_on) WHERE status = 'issued';
CREATE INDEX invoice_other_of_contract ON invoice (contract_id) WHERE kind IN ('manual', 'deposit', 'credit_note');
CREATE INDEX invoice_credited ON invoice (credited_invoice_id) WHERE credited_invoice_id IS NOT NULL;
COMMENT ON TABLE invoice IS 'Invoices and credit notes. Number taken at issue; issued rows never change but for payment. due_period_on: the due date of the contract it bills (WF-17). Amounts in €, credit notes negative.';

CREATE TABLE invoice_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id bigint NOT NULL REFERENCES invoice ON DELETE CASCADE,
  customer_id bigint NOT NULL,
  position int NOT NULL,
  section text NOT NULL DEFAULT 'other' CONSTRAINT invoice_line_section_is_known
    CHECK (section IN ('subscription', 'usage', 'meter', 'one_off', 'third_party', 'adjustment', 'other')),
  label text NOT NULL,
  detail text,
  quantity numeric(14,4) NOT NULL DEFAULT 1,
  unit text NOT NULL DEFAULT '',
  unit_price numeric(16,6) NOT NULL,
  vat_rate numeric(5,2) NOT NULL,
  net numeric(14,2) NOT NULL,
  period_start_on date, period_end_on date,
  contract_item_id bigint,
  meter_reading_id bigint,
  credited_line_id bigint
);
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id);
CREATE INDEX invoice_line_credited ON invoice_line (credited_line_id) WHERE credited_line_id IS NOT NULL;
COMMENT ON TABLE invoice_line IS 'Lines: net = quantity × unit_price rounded to the cent, half away from zero, unless prorated.';

CREATE TABLE invoice_vat (
  invoice_id bigint NOT NULL REFERENCES invoice ON DELETE CASCADE,
  customer_id bigint NOT NULL,
  rate numeric(5,2) NOT NULL,
  category text NOT NULL DEFAULT 'S' CONSTRAINT invoice_vat_category_is_known CHECK (category IN ('S', 'E', 'AE', 'K', 'G', 'O', 'Z')),
  base numeric(14,2) NOT NULL,
  amount numeric(14,2) NOT NULL,
  exemption text,
  PRIMARY KEY (invoice_id, rate)
);
COMMENT ON TABLE invoice_vat IS 'VAT per rate on the sum of lines (BR-CO-17), in €.';

CREATE TABLE payment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id bigint NOT NULL REFERENCES invoice,
  customer_id bigint NOT NULL REFERENCES customer,
  amount numeric(14,2) NOT NULL CONSTRAINT payment_amount_not_zero CHECK (amount <> 0),
  paid_on date NOT NULL,
  method text NOT NULL CONSTRAINT payment_method_is_known CHECK (method IN ('direct_debit', 'transfer', 'cheque', 'card', 'cash', 'credit_note', 'write_off')),
  reference text,
  credit_note_id bigint REFERENCES invoice,
  cancelled_payment_id bigint CONSTRAINT payment_cancelled_once UNIQUE REFERENCES payment,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL
);
CREATE INDEX payment_invoice ON payment (invoice_id);
CREATE INDEX payment_customer ON payment (customer_id, paid_on DESC);
CREATE INDEX payment_credit_note ON payment (credit_note_id) WHERE credit_note_id IS NOT NULL;
COMMENT ON TABLE payment IS 'What settled an invoice (COMPTA-02): money, a credit note or a write-off. Rows never change; a mistake is undone by a row of the opposite amount that names it in cancelled_payment_id.';

CREATE TABLE deposit_deduction (
  deposit_id bigint PRIMARY KEY REFERENCES invoice,
  invoice_id bigint NOT NULL REFERENCES invoice,
  customer_id bigint NOT NULL REFERENCES customer
);
CREATE INDEX deposit_deduction_invoice ON deposit_deduction (invoice_id);
COMMENT ON TABLE deposit_deduction IS 'Which invoice of the contract deducted a deposit invoice, rate by rate; once.';
