-- A file of :lines lines of 2 000 customers, with their user, operator, subscription and, for one in four, an option: sent by
-- chunks as the client does, checked, checked again and written. The floor, in the same run: a bare COPY of the very rows this
-- wrote to service_line and line_offer, into empty copies of those tables with the same columns, indexes and constraints of a
-- row (no trigger, no foreign key). Printed beside it: the floor with what search is written too.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;

INSERT INTO softwhere.operator (name) VALUES ('Orange'), ('Bouygues');
SELECT api.offer_save(jsonb_build_object('kind', 'subscription', 'code', 'MOB-' || n, 'label', 'Forfait ' || n || ' Go', 'price', n::text, 'valid_from_on', '2015-01-01'))
  FROM generate_series(1, 20) AS n \g /dev/null
SELECT api.offer_save(jsonb_build_object('kind', 'option', 'code', 'OPT-' || n, 'label', 'Option ' || n, 'price', '5', 'valid_from_on', '2015-01-01'))
  FROM generate_series(1, 5) AS n \g /dev/null
INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
SELECT 'B-' || n, 'company', 'Client de la Rade ' || n, '2026-01-01', 'bench', 'bench' FROM generate_series(1, 2000) AS n;
INSERT INTO softwhere.service (number, customer_id, name, kind, operator_id, created_by)
SELECT 'P-' || id, id, 'Siège', 'mobile', (SELECT min(id) FROM softwhere.operator), 'bench' FROM softwhere.customer;
VACUUM ANALYZE softwhere.customer, softwhere.service;

CREATE TEMPORARY TABLE file AS
SELECT n + 1 AS line_no,
       concat_ws(E'\x1e', 'B-' || 1 + n % 2000, 'Siège', '06' || lpad(n::text, 8, '0'), (ARRAY['Zoé', 'Yann', 'Nolwenn', 'Élodie', 'Gaël'])[1 + n % 5],
         (ARRAY['Le Bris', 'Guégan', 'Cadudal', 'Tanguy', 'Kermarrec', 'Le Goff', 'Riou'])[1 + n % 7] || CASE WHEN n % 3 = 0 THEN ' ' || n / 100 ELSE '' END,
         CASE WHEN n % 4 = 0 THEN 'Bouygues' ELSE 'Orange' END, 'Actif', 'MOB-' || 1 + n % 20, 5 + n % 30 || ',90',
         CASE WHEN n % 4 = 1 THEN 'OPT-' || 1 + n % 5 ELSE '' END, to_char(date '2020-01-01' + n % 1500, 'DD/MM/YYYY')) AS cells
  FROM generate_series(1, :lines) AS n;

CREATE TEMPORARY TABLE taken (what text, seconds float8);
CREATE TEMPORARY TABLE clock (at timestamptz);
CREATE FUNCTION pg_temp.took(p_what text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO taken SELECT p_what, extract(epoch FROM clock_timestamp() - at) FROM clock WHERE p_what IS NOT NULL;
  DELETE FROM clock; INSERT INTO clock VALUES (clock_timestamp()) $$;

SELECT (api.import_begin('{"target": "line", "file_name": "lignes.csv", "encoding": "UTF-8",
  "header": ["Client", "Site", "Numéro", "Prénom", "Nom", "Opérateur", "Activité", "Abonnement", "Prix", "Options", "Date d''activation"]}') ->> 'id')::bigint AS id \gset
CHECKPOINT;
SELECT pg_temp.took(NULL) \g /dev/null
SELECT api.import_add(:id, array_agg(line_no::bigint), array_agg(cells)) FROM file GROUP BY line_no / 2000 \g /dev/null
SELECT pg_temp.took('sent') \g /dev/null
SELECT api.import_check(:id, (SELECT mapping FROM api.import WHERE id = :id)) AS checked \gset
SELECT pg_temp.took('dry run') \g /dev/null
SELECT api.import_apply(:id) AS applied \gset
SELECT pg_temp.took('import') \g /dev/null

-- The floor. Three times each, the middle one counts.
SELECT format('CREATE TABLE bare_%1$s (LIKE softwhere.%1$s INCLUDING ALL)', t), format('COPY softwhere.%1$s TO %2$L', t, :'dir' || '/' || t)
  FROM unnest('{service_line,line_offer,search_entry,search_number}'::text[]) AS t \gexec
CREATE FUNCTION pg_temp.bare(p_what text, p_tables text[], p_dir text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY p_tables LOOP
    EXECUTE format('TRUNCATE bare_%s', v_table);
  END LOOP;
  PERFORM pg_temp.took(NULL);
  FOREACH v_table IN ARRAY p_tables LOOP
    EXECUTE format('COPY bare_%1$s FROM %2$L', v_table, p_dir || '/' || v_table);
  END LOOP;
  PERFORM pg_temp.took(p_what);
END $$;
SELECT pg_temp.bare('bare', '{service_line,line_offer}', :'dir') FROM generate_series(1, 3) \g /dev/null
SELECT pg_temp.bare('bare with search', '{service_line,line_offer,search_entry,search_number}', :'dir') FROM generate_series(1, 3) \g /dev/null

SELECT format(E'%s lines: sent %s s, dry run %s s, import with its checks %s s; bare COPY of the rows %s s, with those of search %s s\n'
              'rate of the bare COPY: import %s %%, sent, checked and imported %s %%; of the COPY with search: %s %%, %s %%',
    :lines, round(s::numeric, 2), round(d::numeric, 2), round(i::numeric, 2), round(b::numeric, 2), round(w::numeric, 2),
    round((100 * b / i)::numeric), round((100 * b / (s + d + i))::numeric), round((100 * w / i)::numeric), round((100 * w / (s + d + i))::numeric))
  FROM (SELECT max(seconds) FILTER (WHERE what = 'sent') AS s, max(seconds) FILTER (WHERE what = 'dry run') AS d, max(seconds) FILTER (WHERE what = 'import') AS i,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE what = 'bare') AS b,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE what = 'bare with search') AS w FROM taken) AS m;
\if :{?show}
SELECT :'checked', :'applied', (SELECT count(*) FROM softwhere.service_line), (SELECT count(*) FROM softwhere.line_offer);
\endif
