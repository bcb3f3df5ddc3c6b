-- What was asked with a key, and its answer, kept for a while so that a client cut from its server may ask again.

CREATE TABLE request (
  login name NOT NULL,
  key uuid NOT NULL,
  function text,
  body bytea,
  answer text,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (login, key),
  CONSTRAINT request_given_up_has_no_body CHECK ((function IS NULL) = (body IS NULL))
);
COMMENT ON TABLE request IS
  'Calls of api functions by their request key, written in the transaction of their effect. body: SHA-256 of the arguments; no function: given up, it will never be done. Trimmed by jobs.trim_requests().';
CREATE INDEX request_asked_at ON request (asked_at);
