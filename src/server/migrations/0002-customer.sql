-- Customers, their contacts, billing sites and mandates (document 000, 001).

CREATE TABLE introducer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CONSTRAINT introducer_name_not_empty CHECK (btrim(name) <> ''),
  email text, phone text,
  commission_rate numeric(5,2) NOT NULL DEFAULT 0 CONSTRAINT introducer_commission_rate_is_a_percentage CHECK (commission_rate BETWEEN 0 AND 100),
  active boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE introducer IS 'Business introducers (partners); the commission rate in % is theirs, not the customer''s (ACCT-10).';

CREATE TABLE segment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CONSTRAINT segment_kind_is_known CHECK (kind IN ('sector', 'size', 'type')),
  name text NOT NULL,
  UNIQUE (kind, name)
);
COMMENT ON TABLE segment IS 'Segmentation of customers by sector, size and type (CRM-05).';

CREATE TABLE customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL CONSTRAINT customer_number_unique UNIQUE,
  legal_kind text NOT NULL CONSTRAINT customer_legal_kind_is_known
    CHECK (legal_kind IN ('company', 'liberal_profession', 'individual', 'public_body', 'association')),
  legal_name text COLLATE "fr-x-icu" NOT NULL CONSTRAINT customer_legal_name_not_empty CHECK (btrim(legal_name) <> ''),
  trading_name text,
  partner_type text NOT NULL DEFAULT 'Client',
  status text NOT NULL DEFAULT 'awaiting_signature' CONSTRAINT customer_status_is_known
    CHECK (status IN ('active', 'awaiting_signature', 'signed', 'obsolete', 'terminated')),
  white_label text NOT NULL DEFAULT 'Actif Télécom',
  introducer_id bigint REFERENCES introducer,
  title text CONSTRAINT customer_title_is_known CHECK (title IN ('mr', 'mrs')),
  first_name text, last_name text,
  address_1 text, address_2 text, postcode text, city text COLLATE "fr-x-icu",
  country text NOT NULL DEFAULT 'FR' REFERENCES country,
  latitude double precision, longitude double precision,
  email text, phone text, mobile_phone text,
  birth_on date, birth_city text, birth_country text REFERENCES country,
  siren text, siret text, ape text REFERENCES activity_code, vat_number text, legal_form text,
  rna text, declared_on date, published_on date, journal_notice text, court_register text,
  created_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(), updated_by text NOT NULL,
  row_version int NOT NULL DEFAULT 1,
  search_text text NOT NULL DEFAULT '',
  CONSTRAINT customer_published_after_declared CHECK (published_on >= declared_on)
);
CREATE INDEX customer_introducer ON customer (introducer_id);
CREATE INDEX customer_number ON customer (number, id);
CREATE INDEX customer_legal_name ON customer (legal_name, id);
CREATE INDEX customer_city ON customer (city, id);
CREATE INDEX customer_status ON customer (status);
CREATE INDEX customer_siren ON customer (siren);
CREATE INDEX customer_search ON customer USING gin (search_text gin_trgm_ops);
COMMENT ON TABLE customer IS 'Customer account (ACCT-01, CFAST class 1000): common block and the fields of each legal kind (SHEET-*). Phones in E.164. search_text is folded by a trigger. Names and cities sort as in French, É beside E.';

CREATE TABLE customer_segment (
  customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
  segment_id bigint NOT NULL REFERENCES segment,
  PRIMARY KEY (customer_id, segment_id)
);
CREATE INDEX customer_segment_segment ON customer_segment (segment_id);
COMMENT ON TABLE customer_segment IS 'Which segments a customer belongs to.';

CREATE TABLE contact (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
  title text CONSTRAINT contact_title_is_known CHECK (title IN ('mr', 'mrs')),
  first_name text, last_name text NOT NULL CONSTRAINT contact_last_name_not_empty CHECK (btrim(last_name) <> ''),
  phone text, direct_phone text, mobile_phone text, job text, email text,
  is_billing_manager boolean NOT NULL DEFAULT false,
  is_site_manager boolean NOT NULL DEFAULT false,
  row_version int NOT NULL DEFAULT 1
);
CREATE INDEX contact_customer ON contact (customer_id);
CREATE UNIQUE INDEX contact_site_manager_email_unique ON contact (lower(email)) WHERE is_site_manager;
COMMENT ON TABLE contact IS 'People at the customer (CONT-*). The billing manager receives invoices, the site manager the credentials; a site manager''s e-mail is unique (ICUST-06, ICUST-08).';

CREATE TABLE billing_site (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer,
  name text NOT NULL CONSTRAINT billing_site_name_not_empty CHECK (btrim(name) <> ''),
  status text NOT NULL DEFAULT 'active' CONSTRAINT billing_site_status_is_known CHECK (status IN ('active', 'terminated')),
  vat_rate numeric(5,2) NOT NULL DEFAULT 20 CONSTRAINT billing_site_vat_rate_is_french CHECK (vat_rate IN (20, 13, 10, 8.5, 5.5, 2.1, 1.75, 1.05, 0.9, 0)),
  vat_exemption text,
  periodicity_months int NOT NULL DEFAULT 1 CONSTRAINT billing_site_periodicity_is_known CHECK (periodicity_months IN (1, 3, 6, 12)),
  period_format text NOT NULL DEFAULT 'current_month' CONSTRAINT billing_site_period_format_is_known
    CHECK (period_format IN ('current_month', 'next_month', 'previous_month', 'anniversary')),
  payment_method text NOT NULL DEFAULT 'transfer' REFERENCES payment_method,
  payment_days int CONSTRAINT billing_site_payment_days_within_law CHECK (payment_days BETWEEN 0 AND 60),
  block_reminders boolean NOT NULL DEFAULT false,
  no_detailed_invoice boolean NOT NULL DEFAULT false,
  billing_email text,
  purchase_order text,
  billing_name text, billing_address_1 text, billing_address_2 text, billing_postcode text, billing_city text, billing_country text REFERENCES country,
  delivery_name text, delivery_address_1 text, delivery_address_2 text, delivery_postcode text, delivery_city text, delivery_country text REFERENCES country,
  row_version int NOT NULL DEFAULT 1
);
CREATE INDEX billing_site_customer ON billing_site (customer_id);
COMMENT ON TABLE billing_site IS 'Billing site (SITE-01, CFAST class 5000). billing_* and delivery_* are empty when the account''s address serves (ICUST-10, ICUST-13). payment_days null: the parameter.';

CREATE TABLE mandate (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  billing_site_id bigint NOT NULL REFERENCES billing_site,
  customer_id bigint NOT NULL REFERENCES customer,
  holder text NOT NULL CONSTRAINT mandate_holder_not_empty CHECK (btrim(holder) <> ''),
  rum text NOT NULL CONSTRAINT mandate_rum_unique UNIQUE,
  scheme text NOT NULL DEFAULT 'core' CONSTRAINT mandate_scheme_is_known CHECK (scheme IN ('core', 'b2b')),
  recurrent boolean NOT NULL DEFAULT true,
  signed_on date NOT NULL, signed_place text,
  iban text NOT NULL, bic text,
  status text NOT NULL DEFAULT 'active' CONSTRAINT mandate_status_is_known CHECK (status IN ('active', 'suspended', 'revoked')),
  last_collection_on date,
  row_version int NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX mandate_one_active_per_site ON mandate (billing_site_id) WHERE status = 'active';
CREATE INDEX mandate_customer ON mandate (customer_id);
COMMENT ON TABLE mandate IS 'SEPA direct-debit mandates (SITE-08…13): RUM upper case, IBAN and BIC without spaces.';

CREATE TABLE attachment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL CONSTRAINT attachment_entity_is_known CHECK (entity IN ('customer', 'billing_site', 'mandate', 'contract', 'invoice')),
  entity_id bigint NOT NULL,
  customer_id bigint NOT NULL REFERENCES customer,
  name text NOT NULL, media_type text NOT NULL, size int NOT NULL, sha256 bytea NOT NULL,
  content bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  CONSTRAINT attachment_same_file_once UNIQUE (entity, entity_id, sha256)
);
CREATE INDEX attachment_customer ON attachment (customer_id);
ALTER TABLE attachment ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE attachment IS 'Files dropped on a record (SITE-14); media_type is what the bytes say, not the file name; size in bytes.';

CREATE TABLE note (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
  body text NOT NULL CONSTRAINT note_body_not_empty CHECK (btrim(body) <> ''),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL
);
CREATE INDEX note_customer ON note (customer_id, id DESC);
COMMENT ON TABLE note IS 'Internal notes, never shown to partners or customers (CRM-02).';

CREATE TABLE app_user (
  role_name text PRIMARY KEY,
  display_name text NOT NULL,
  email text, phone text,
  introducer_id bigint REFERENCES introducer,
  customer_id bigint REFERENCES customer,
  active boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE app_user IS 'The person behind each PostgreSQL login; partners point to their introducer, customers to their account.';
