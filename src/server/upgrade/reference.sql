-- Public reference data (data/reference), in the transaction of "softwhere-server upgrade", as sw_owner.
-- psql runs in the data folder. Rows are brought up to date, never removed: customers may refer to them.

CREATE TEMPORARY TABLE country_file (code text, name text) ON COMMIT DROP;
CREATE TEMPORARY TABLE postcode_file (postcode text, insee_code text, city text, latitude double precision, longitude double precision) ON COMMIT DROP;
CREATE TEMPORARY TABLE activity_code_file (code text, label text, version text) ON COMMIT DROP;

\copy country_file FROM 'reference/country.csv' WITH (FORMAT csv, HEADER)
\copy postcode_file FROM 'reference/postcode.csv' WITH (FORMAT csv, HEADER)
\copy activity_code_file FROM 'reference/activity-code.csv' WITH (FORMAT csv, HEADER)

INSERT INTO softwhere.country AS c SELECT * FROM country_file
ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE c.name <> excluded.name;

INSERT INTO softwhere.activity_code AS c SELECT * FROM activity_code_file
ON CONFLICT (code) DO UPDATE SET (label, version) = (excluded.label, excluded.version)
  WHERE (c.label, c.version) <> (excluded.label, excluded.version);

INSERT INTO softwhere.postcode AS p (postcode, insee_code, city, latitude, longitude) SELECT * FROM postcode_file
ON CONFLICT (postcode, insee_code, city) DO UPDATE SET (latitude, longitude) = (excluded.latitude, excluded.longitude)
  WHERE (p.latitude, p.longitude) IS DISTINCT FROM (excluded.latitude, excluded.longitude);
