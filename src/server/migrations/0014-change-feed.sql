-- What changed, kept for a while so that a client whose connection was cut can ask what it missed.

CREATE TABLE change_feed (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  entity text NOT NULL,
  entity_id bigint NOT NULL DEFAULT 0,
  customer_id bigint NOT NULL DEFAULT 0,
  told_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (xid, entity, entity_id, customer_id)
);
COMMENT ON TABLE change_feed IS
  'Records changed, numbered by their transaction; trimmed by jobs.trim_change_feed(). entity_id 0: any of them; customer_id 0: nobody''s in particular.';

CREATE TABLE live_state (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT live_state_has_one_row CHECK (only_row),
  trimmed_xid xid8 NOT NULL DEFAULT '0',
  presence_secret uuid NOT NULL DEFAULT gen_random_uuid()
);
COMMENT ON TABLE live_state IS
  'The latest transaction forgotten by the change feed, and what makes the locks of presence unreadable to outsiders.';
INSERT INTO live_state DEFAULT VALUES;
