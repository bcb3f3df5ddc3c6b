-- The reseller itself, its parameters, and the public reference data the forms rely on.

CREATE TABLE country (
  code text PRIMARY KEY,
  name text NOT NULL,
  CONSTRAINT country_code_is_iso2 CHECK (code ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE country IS 'Countries by ISO 3166 two-letter code, French names (data/reference/country.csv).';
INSERT INTO country VALUES ('FR', 'France');

CREATE TABLE postcode (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  postcode text NOT NULL,
  insee_code text NOT NULL,
  city text NOT NULL,
  latitude double precision,
  longitude double precision,
  UNIQUE (postcode, insee_code, city)
);
COMMENT ON TABLE postcode IS 'French postcodes and their communes (data/reference/postcode.csv: La Poste, INSEE, IGN, Licence Ouverte 2.0).';

CREATE TABLE activity_code (
  code text PRIMARY KEY,
  label text NOT NULL,
  version text NOT NULL DEFAULT 'NAF2'
);
COMMENT ON TABLE activity_code IS 'APE codes with their dot, 61.10Z (data/reference/activity-code.csv: INSEE NAF rév. 2).';

CREATE TABLE company (
  id int PRIMARY KEY DEFAULT 1 CONSTRAINT company_is_one_row CHECK (id = 1),
  name text NOT NULL DEFAULT '',
  tagline text,
  welcome_message text,
  address_1 text, address_2 text, postcode text, city text, country text NOT NULL DEFAULT 'FR' REFERENCES country,
  phone text, email text, website text,
  legal_form text, share_capital numeric(14,2), rcs_city text,
  siret text, ape text, vat_number text,
  vat_on_debits boolean NOT NULL DEFAULT true,
  vat_franchise boolean NOT NULL DEFAULT false,
  vat_group text,
  bank_name text, iban text, bic text, ics text,
  brand_color text NOT NULL DEFAULT '#1a5fb4' CONSTRAINT company_brand_color_is_hexadecimal CHECK (brand_color ~ '^#[0-9a-fA-F]{6}$'),
  logo bytea, logo_media_type text,
  CONSTRAINT company_logo_has_a_type CHECK ((logo IS NULL) = (logo_media_type IS NULL)),
  late_text_professional text, late_text_individual text,
  discount_text text, invoice_footer text,
  contact_name text, contact_phone text, contact_email text,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE company IS 'Identity of the reseller as printed on documents (BRAND-02…05, INVT-01…03, INVT-05). One row.';
-- 40 € and the rate of the central bank are for professionals only (L441-10, D441-5); consumers owe the legal interest after notice.
INSERT INTO company (late_text_professional, late_text_individual, discount_text) VALUES (
  'Tout retard de paiement entraîne de plein droit, dès le lendemain de l''échéance et sans rappel, des pénalités au taux de refinancement de la Banque centrale européenne majoré de 10 points, ainsi qu''une indemnité forfaitaire pour frais de recouvrement de 40 € (articles L441-10 et D441-5 du code de commerce).',
  'En cas de retard de paiement, les sommes dues portent intérêt au taux légal à compter de la mise en demeure (article 1231-6 du code civil).',
  'Pas d''escompte pour paiement anticipé.');

CREATE TABLE parameter (
  id int PRIMARY KEY DEFAULT 1 CONSTRAINT parameter_is_one_row CHECK (id = 1),
  creation_days int NOT NULL DEFAULT 10 CONSTRAINT parameter_creation_days_not_negative CHECK (creation_days >= 0),
  signature_only boolean NOT NULL DEFAULT false,
  empty_balance_invoice text NOT NULL DEFAULT 'unnumbered'
    CONSTRAINT parameter_empty_balance_invoice_is_known CHECK (empty_balance_invoice IN ('unnumbered', 'zero_invoice')),
  bill_first_automatically boolean NOT NULL DEFAULT false,
  bill_final_automatically boolean NOT NULL DEFAULT false,
  proration_basis text NOT NULL DEFAULT 'calendar_month'
    CONSTRAINT parameter_proration_basis_is_known CHECK (proration_basis IN ('calendar_month', 'period')),
  renewal_months int NOT NULL DEFAULT 12 CONSTRAINT parameter_renewal_months_positive CHECK (renewal_months > 0),
  notice_months int NOT NULL DEFAULT 3 CONSTRAINT parameter_notice_months_not_negative CHECK (notice_months >= 0),
  payment_days int NOT NULL DEFAULT 30 CONSTRAINT parameter_payment_days_within_law CHECK (payment_days BETWEEN 0 AND 60),
  prenotification_days int NOT NULL DEFAULT 14 CONSTRAINT parameter_prenotification_days_sane CHECK (prenotification_days BETWEEN 0 AND 60),
  attachment_max_bytes int NOT NULL DEFAULT 20971520 CONSTRAINT parameter_attachment_max_bytes_sane CHECK (attachment_max_bytes BETWEEN 1024 AND 104857600),
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE parameter IS 'How the reseller wants the rules to behave; each column is one reading of the workflow that the law leaves open. One row.';
INSERT INTO parameter DEFAULT VALUES;

CREATE TABLE payment_method (
  code text PRIMARY KEY CONSTRAINT payment_method_code_is_known CHECK (code IN ('direct_debit', 'transfer', 'cheque', 'card', 'cash')),
  label text NOT NULL,
  invoice_text text,
  position int NOT NULL DEFAULT 0,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE payment_method IS 'Ways to pay and the sentence each prints on invoices (INVT-02, INVT-06).';
INSERT INTO payment_method (code, label, invoice_text, position) VALUES
  ('direct_debit', 'Prélèvement SEPA', 'Le montant sera prélevé sur votre compte à l''échéance, selon le mandat rappelé ci-dessous.', 1),
  ('transfer', 'Virement', 'Merci de régler par virement en rappelant le numéro de la facture.', 2),
  ('cheque', 'Chèque', 'Merci de régler par chèque à notre ordre, en rappelant le numéro de la facture au dos.', 3),
  ('card', 'Carte bancaire', 'Règlement par carte bancaire.', 4),
  ('cash', 'Espèces', 'Règlement en espèces, dans la limite légale de 1 000 €.', 5);

CREATE TABLE number_series (
  code text PRIMARY KEY CONSTRAINT number_series_code_is_known CHECK (code IN ('invoice', 'credit_note', 'customer', 'contract', 'mandate')),
  template text NOT NULL,
  restarts_yearly boolean NOT NULL DEFAULT true,
  row_version int NOT NULL DEFAULT 1
);
COMMENT ON TABLE number_series IS 'Nomenclature of each number: tokens {AAAA} {AA} {MM} {N:6} {SERIE} (INVT-04). {SERIE} is the id of the customer on six digits for mandates, the code of the series for the others.';
INSERT INTO number_series (code, template, restarts_yearly) VALUES
  ('invoice', 'F-{AAAA}-{N:5}', true),
  ('credit_note', 'AV-{AAAA}-{N:5}', true),
  ('customer', '1000-{N:6}', false),
  ('contract', 'C-{AAAA}-{N:4}', true),
  ('mandate', 'ADT-{SERIE}-{N:3}', false);

CREATE TABLE number_counter (
  series text NOT NULL REFERENCES number_series,
  year int NOT NULL,
  next_number bigint NOT NULL DEFAULT 1,
  last_on date,
  PRIMARY KEY (series, year)
);
COMMENT ON TABLE number_counter IS 'Next number of each series and year (0 when it never restarts); the row lock serialises issuing, so numbers have no gap. last_on: latest issue date used.';

CREATE TABLE change_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  customer_id bigint,
  action text NOT NULL CONSTRAINT change_log_action_is_known CHECK (action IN ('insert', 'update', 'delete')),
  changes jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by text NOT NULL
);
CREATE INDEX change_log_entity ON change_log (entity, entity_id, id DESC);
CREATE INDEX change_log_customer ON change_log (customer_id, id DESC);
COMMENT ON TABLE change_log IS 'Who changed which field when (CRM-02 history, GDPR-01): {"field": [before, after]}.';
