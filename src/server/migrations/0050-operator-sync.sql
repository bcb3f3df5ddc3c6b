-- What operators' systems answer (LINE-07, LINE-08, CATA-07): raw answers, what they tell of, what does not fit, and runs that survive a cut.

CREATE TABLE provider (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT provider_code_unique UNIQUE CONSTRAINT provider_code_is_known CHECK (code IN ('cfast', 'alphalink')),
  label text NOT NULL CONSTRAINT provider_label_not_empty CHECK (btrim(label) <> ''),
  base_url text CONSTRAINT provider_base_url_is_https CHECK (base_url ~ '^(https://[^/?#@\s]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?)(/[^?#\s]*)?$'),
  account text,
  ca_file text CONSTRAINT provider_ca_file_is_absolute CHECK (ca_file ~ '^/'),
  page_size int NOT NULL DEFAULT 100 CONSTRAINT provider_page_size_is_sane CHECK (page_size BETWEEN 1 AND 1000),
  active boolean NOT NULL DEFAULT false,
  synchronised_until timestamptz,
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT provider_active_has_an_address CHECK (NOT active OR base_url IS NOT NULL)
);
COMMENT ON TABLE provider IS 'Systems of operators reached over the network: address, account, page_size (objects asked at once). The secret of the account is never here: it is in the keyring of a desktop or in a file of the courier. synchronised_until: everything the source changed before is known.';
INSERT INTO provider (code, label) VALUES ('cfast', 'CFAST'), ('alphalink', 'Alphalink');

CREATE TABLE sync_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL REFERENCES provider (code),
  is_full boolean NOT NULL,
  since timestamptz,
  status text NOT NULL DEFAULT 'running' CONSTRAINT sync_run_status_is_known CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
  message text,
  answers int NOT NULL DEFAULT 0, created int NOT NULL DEFAULT 0, changed int NOT NULL DEFAULT 0, same int NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(), started_by text NOT NULL,
  ended_at timestamptz
);
CREATE INDEX sync_run_provider ON sync_run (provider, id DESC);
COMMENT ON TABLE sync_run IS 'Synchronisations with a provider; one that ended early is taken up where it was. since: what changed at the source from then on, null for everything. created, changed, same: services and lines.';

CREATE TABLE sync_task (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id bigint NOT NULL REFERENCES sync_run ON DELETE CASCADE,
  resource text NOT NULL,
  key text NOT NULL DEFAULT '',
  page int NOT NULL DEFAULT 1 CONSTRAINT sync_task_page_is_sane CHECK (page BETWEEN 1 AND 100000),
  is_done boolean NOT NULL DEFAULT false,
  CONSTRAINT sync_task_once UNIQUE (run_id, resource, key, page)
);
CREATE INDEX sync_task_open ON sync_task (run_id, id) WHERE NOT is_done;
COMMENT ON TABLE sync_task IS 'What a run still has to ask, and what it asked: resource, key and page are the connector''s words.';

CREATE TABLE sync_answer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL REFERENCES provider (code),
  run_id bigint NOT NULL REFERENCES sync_run,
  resource text NOT NULL, key text NOT NULL, page int NOT NULL,
  digest bytea NOT NULL,
  body jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT sync_answer_once UNIQUE (provider, resource, key, page, digest)
);
CREATE INDEX sync_answer_run ON sync_answer (run_id);
COMMENT ON TABLE sync_answer IS 'Answers as they came, kept for ever and once each: digest is the SHA-256 of the text.';

CREATE TABLE sync_object (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL REFERENCES provider (code),
  kind text NOT NULL CONSTRAINT sync_object_kind_is_known CHECK (kind IN ('account', 'site', 'service', 'line')),
  external_id text NOT NULL CONSTRAINT sync_object_external_id_not_empty CHECK (btrim(external_id) <> ''),
  parent_id text,
  item jsonb NOT NULL,
  digest bytea NOT NULL,
  record_id bigint,
  last_run_id bigint NOT NULL,
  absent_since timestamptz,
  CONSTRAINT sync_object_once UNIQUE (provider, kind, external_id)
);
CREATE INDEX sync_object_waiting ON sync_object (provider, kind) WHERE record_id IS NULL;
CREATE INDEX sync_object_parent ON sync_object (provider, kind, parent_id);
CREATE INDEX sync_object_record ON sync_object (kind, record_id);
COMMENT ON TABLE sync_object IS 'What the source told of each of its objects last, and the record it is here: record_id is a customer, service or line by kind (null: none yet; a site has none). absent_since: a complete synchronisation did not find it any more; nothing is deleted for that.';

CREATE TABLE sync_anomaly (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL REFERENCES provider (code),
  code text NOT NULL,
  kind text NOT NULL,
  external_id text NOT NULL,
  entity text, entity_id bigint, customer_id bigint REFERENCES customer,
  detail jsonb NOT NULL DEFAULT '{}',
  run_id bigint REFERENCES sync_run,
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  resolved_at timestamptz, resolved_by text
);
CREATE UNIQUE INDEX sync_anomaly_open_once ON sync_anomaly (provider, code, kind, external_id) WHERE resolved_at IS NULL;
CREATE INDEX sync_anomaly_run ON sync_anomaly (run_id);
CREATE INDEX sync_anomaly_customer ON sync_anomaly (customer_id) WHERE customer_id IS NOT NULL;
COMMENT ON TABLE sync_anomaly IS 'What a source tells that does not fit, open until it does or a person settles it; entity and entity_id: the record to look at.';

CREATE TABLE provider_account (
  provider text NOT NULL REFERENCES provider (code),
  number text NOT NULL CONSTRAINT provider_account_number_not_empty CHECK (btrim(number) <> ''),
  customer_id bigint NOT NULL REFERENCES customer,
  linked_at timestamptz NOT NULL DEFAULT clock_timestamp(), linked_by text NOT NULL,
  PRIMARY KEY (provider, number)
);
CREATE INDEX provider_account_customer ON provider_account (customer_id);
COMMENT ON TABLE provider_account IS 'Which account of a provider is which customer (LINE-11). Found by our reference or the SIRET the source gives, or linked by a person.';

-- Emptied by every call that fills it: no reason to survive a crash.
CREATE UNLOGGED TABLE sync_line (
  run_id bigint NOT NULL,
  object_id bigint NOT NULL,
  external_id text NOT NULL,
  item jsonb NOT NULL,
  line_id bigint, service_id bigint, customer_id bigint,
  number text, activity text,
  problem text,
  request_id bigint,
  is_new boolean NOT NULL DEFAULT false,
  differs boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run_id, object_id)
);
CREATE INDEX sync_line_line ON sync_line (line_id);
COMMENT ON TABLE sync_line IS 'Lines being taken over by the call that runs, empty outside it.';
CREATE UNLOGGED TABLE sync_line_offer (
  run_id bigint NOT NULL,
  object_id bigint NOT NULL,
  external_id text NOT NULL,
  kind text NOT NULL, code text NOT NULL, label text NOT NULL,
  price numeric(16,6) NOT NULL, price_months int NOT NULL, purchase_price numeric(16,6), quantity numeric(14,4) NOT NULL,
  starts_on date NOT NULL, ends_on date,
  is_cut boolean NOT NULL,
  offer_id bigint,
  PRIMARY KEY (run_id, object_id, external_id)
);
COMMENT ON TABLE sync_line_offer IS 'Their plan history being rebuilt, empty outside the call that runs.';

ALTER TABLE line_request ADD COLUMN note text;
COMMENT ON COLUMN line_request.note IS 'What happened on the way to the operator, as the connector said it last; English.';
