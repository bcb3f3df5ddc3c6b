-- What "search anything" reads: an entry a record, its numbers, the words entries are made of; and what each person opened lately.

-- Edit distances, for typing mistakes. Trusted: the owner of the database's schema may create it.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA softwhere;

CREATE TABLE search_source (
  entity text PRIMARY KEY,
  page text NOT NULL,
  position int NOT NULL,
  digest text
);
COMMENT ON TABLE search_source IS 'What search finds: the page that opens it, its place among equal matches. digest: of the view rules.search_<entity> its entries were made with; null when search reads the records themselves. Filled by rules/search/source.sql.';

CREATE TABLE search_entry (
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  customer_id bigint,
  page_id bigint NOT NULL,
  title text NOT NULL,
  subtitle text NOT NULL,
  name text COLLATE "C" NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (entity, entity_id)
);
CREATE INDEX search_entry_customer ON search_entry (customer_id);
CREATE INDEX search_entry_name ON search_entry (name);
CREATE INDEX search_entry_words ON search_entry USING gin (words);
COMMENT ON TABLE search_entry IS 'A record search finds, kept by triggers. customer_id: whose it is (null: the office only); page_id: the record to open; name: the title as search compares it; words: every word that leads here.';

CREATE TABLE search_number (
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  customer_id bigint,
  kind text NOT NULL,
  key text COLLATE "C" NOT NULL,
  PRIMARY KEY (entity, entity_id, kind, key),
  FOREIGN KEY (entity, entity_id) REFERENCES search_entry ON DELETE CASCADE
);
CREATE INDEX search_number_customer ON search_number (customer_id);
CREATE INDEX search_number_key ON search_number (key);
CREATE INDEX search_number_end ON search_number (reverse(key));
COMMENT ON TABLE search_number IS 'Numbers of an entry in capitals and digits, phones in national form: found by their beginning and by their end. kind: number phone siren siret vat serial rum iban iban_end…; whole IBANs are for those who see bank data.';

CREATE TABLE search_word (
  word text PRIMARY KEY,
  sound text NOT NULL
);
CREATE INDEX search_word_sound ON search_word USING gin (sound gin_trgm_ops);
CREATE INDEX search_word_part ON search_word USING gin (word gin_trgm_ops);
COMMENT ON TABLE search_word IS 'The words of all entries, once each, and what they sound like: where the words meant by a mistyped one are looked for. The office only.';

CREATE TABLE recent_record (
  user_name text NOT NULL,
  page text NOT NULL,
  record_id bigint NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_name, page, record_id)
);
COMMENT ON TABLE recent_record IS 'The records each person opened last, thirty at most.';

-- Invoices come by the hundred thousand and have one number each: search reads them directly.
CREATE INDEX invoice_search ON invoice ((translate(upper(number), '-/._ ', '') COLLATE "C"));
CREATE INDEX invoice_search_end ON invoice (reverse(translate(upper(number), '-/._ ', '') COLLATE "C"));
