-- The options of a subscription are rows of its form: each has an id, to be removed or replaced by.

ALTER TABLE offer_option
  ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN row_version int NOT NULL DEFAULT 1,
  DROP CONSTRAINT offer_option_pkey,
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT offer_option_once UNIQUE (offer_id, option_id);
