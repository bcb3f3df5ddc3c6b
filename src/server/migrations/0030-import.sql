-- Files imported: what was read, what each line would do or did, which column is which field (CSV-*, LINE-07).

CREATE TABLE import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  target text NOT NULL,
  file_name text NOT NULL CONSTRAINT import_file_name_length CHECK (length(file_name) BETWEEN 1 AND 255),
  encoding text NOT NULL,
  supplier text NOT NULL DEFAULT '' CONSTRAINT import_supplier_length CHECK (length(supplier) <= 80),
  header text[] NOT NULL,
  mapping jsonb NOT NULL DEFAULT '{}',
  status text NOT NULL DEFAULT 'loading' CONSTRAINT import_status_is_known CHECK (status IN ('loading', 'checked', 'applied')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), created_by text NOT NULL,
  applied_at timestamptz
);
COMMENT ON TABLE import IS 'A file being imported. mapping: {field: {"column": n}} (from 0) or {field: {"value": text}} for every line.';

CREATE TABLE import_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES import ON DELETE CASCADE,
  line_no int NOT NULL CONSTRAINT import_line_number_positive CHECK (line_no > 0),
  cells text[] NOT NULL,
  outcome text CONSTRAINT import_line_outcome_is_known CHECK (outcome IN ('create', 'change', 'same', 'refused', 'left_out')),
  record_id bigint,
  field text, code text, reason text, detail text,
  CONSTRAINT import_line_once UNIQUE (import_id, line_no)
);
COMMENT ON TABLE import_line IS 'A line of a file, by its number in the file (from 1, titles included); field, code, reason and detail say why it is refused.';

CREATE TABLE import_mapping (
  target text NOT NULL,
  supplier text NOT NULL,
  header text[] NOT NULL,
  mapping jsonb NOT NULL,
  used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (target, supplier, header)
);
COMMENT ON TABLE import_mapping IS 'Which column was which field, remembered by supplier and titles (folded) from the last import that was applied.';
