-- People of the office are saved like other records: a key for the journal, a version for two administrators at once.

ALTER TABLE app_user ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT app_user_id_unique UNIQUE,
  ADD COLUMN row_version int NOT NULL DEFAULT 1;
