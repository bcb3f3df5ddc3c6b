-- How each person looks at a list: filters under a name, and the columns they chose.

CREATE TABLE saved_filter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  role_name text NOT NULL,
  list text NOT NULL,
  name text NOT NULL CONSTRAINT saved_filter_name_not_empty CHECK (btrim(name) <> ''),
  conditions jsonb NOT NULL,
  shared_with text,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  row_version int NOT NULL DEFAULT 1,
  CONSTRAINT saved_filter_name_unique UNIQUE (role_name, list, name)
);
CREATE INDEX saved_filter_list ON saved_filter (list);
CREATE UNIQUE INDEX saved_filter_one_default ON saved_filter (role_name, list) WHERE is_default;
COMMENT ON TABLE saved_filter IS
  'Filters of a list (a view of api) under a name: search, sort and conditions as data, never as SQL. shared_with: a group role that may use it too.';

CREATE TABLE list_layout (
  role_name text NOT NULL,
  list text NOT NULL,
  layout jsonb NOT NULL,
  PRIMARY KEY (role_name, list)
);
COMMENT ON TABLE list_layout IS 'The columns a person chose for a list, their order and width: [{"column", "width" in pixels, "shown"}].';
