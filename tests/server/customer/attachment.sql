-- Files dropped on a record: type by the bytes, size, fingerprint, once (SITE-14).
BEGIN;
\ir ../lib/people.sql
CREATE TEMPORARY TABLE c (name text, content bytea, expected text);
INSERT INTO c VALUES
  ('a.pdf', '%PDF-1.7 …'::text::bytea, 'application/pdf'), ('renamed.txt', '%PDF-1.4'::bytea, 'application/pdf'),
  ('a.png', '\x89504e470d0a1a0a0000', 'image/png'), ('a.jpg', '\xffd8ffe000104a464946', 'image/jpeg'), ('a.gif', 'GIF89a'::bytea, 'image/gif'),
  ('a.webp', 'RIFF'::bytea || '\x24000000' || 'WEBPVP8 '::bytea, 'image/webp'),
  ('a.zip', '\x504b0304' || 'a.txt'::bytea, 'application/zip'),
  ('a.docx', '\x504b0304' || '[Content_Types].xml word/document.xml'::bytea, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
  ('a.xlsx', '\x504b0304' || '[Content_Types].xml xl/workbook.xml'::bytea, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  ('a.xlsm', '\x504b0304' || '[Content_Types].xml xl/workbook.xml xl/vbaProject.bin'::bytea, NULL),
  ('a.odt', '\x504b0304'::bytea || '\x1400000000005c7a5b595ec6320c270000002700000008000000'::bytea || 'mimetypeapplication/vnd.oasis.opendocument.textPK'::bytea,
   'application/vnd.oasis.opendocument.text'),
  ('a.txt', convert_to('Échéance à régler', 'UTF8'), 'text/plain'), ('a.txt', convert_to('Échéance', 'LATIN1'), 'text/plain'),
  ('a.csv', 'a;b'::bytea, 'text/csv'), ('A.CSV', 'a;b'::bytea, 'text/csv'), ('a.xml', '<?xml version="1.0"?><a/>'::bytea, 'application/xml'),
  ('a.exe', 'MZ'::bytea || '\x9000', NULL), ('a.pdf', 'MZ'::bytea || '\x9000', NULL), ('a', '\x7f454c46', NULL), ('a.sh', 'echo'::bytea, NULL), ('a', '#!/bin/sh'::bytea, NULL),
  ('a.html', 'bonjour'::bytea, NULL), ('a.txt', ' <!DOCTYPE html><p>'::bytea, NULL), ('a.txt', '<html>'::bytea, NULL), ('a.txt', 'x <script>'::bytea, NULL),
  ('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'::bytea, NULL), ('a.xml', '<?xml version="1.0"?><svg onload="x()"/>'::bytea, NULL), ('a.js', 'alert(1)'::bytea, NULL),
  ('a.bat', 'del'::bytea, NULL), ('a.php', '<?php'::bytea, NULL), ('a.bin', '\x00010203', NULL), ('a.txt', ''::bytea, NULL);
CREATE FUNCTION pg_temp.add_refusal(p_entity text, p_id bigint, p_name text, p_content text, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.attachment_add(%L, %L, %L, %L::bytea)', p_entity, p_id, p_name, p_content), p_role)
$$;
SELECT plan((SELECT count(*)::int FROM c) + 19);
SELECT is(rules.media_type(content, name), expected, name || ' ' || left(encode(content, 'hex'), 20)) FROM c;

SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Un", "sites": [{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01"}]}') AS customer \gset
SELECT id AS site, mandate_id AS mandate FROM api.billing_site WHERE customer_id = :customer \gset
SET LOCAL ROLE t_adv;
SELECT api.attachment_add('customer', :customer, 'C:\Users\anne\Contrat signé.pdf', '%PDF-1.7 x') AS file \gset
SELECT is((name, media_type, size, created_by)::text, '("Contrat signé.pdf",application/pdf,10,t_adv)', 'a file is kept under its own name') FROM api.attachment WHERE id = :file;
SELECT is(sha256, encode(sha256('%PDF-1.7 x'), 'hex'), 'with its fingerprint') FROM api.attachment WHERE id = :file;
SELECT is(api.attachment_content(:file), '%PDF-1.7 x'::bytea, 'and its bytes come back');
SELECT is(api.attachment_add('customer', :customer, 'copie.pdf', '%PDF-1.7 x'), :file::bigint, 'dropped twice, it is there once');
SELECT is(r -> 'attachments' -> 0 ->> 'name', 'Contrat signé.pdf', 'the record lists it') FROM api.customer_record(:customer) AS r;
SELECT is(changes ->> 'name', '[null, "Contrat signé.pdf"]', 'the journal knows') FROM api.change WHERE entity = 'attachment';

SELECT is(pg_temp.add_refusal('customer', 999999, 'a.txt', 'x'), 'SW002 entity_id', 'no file without its record');
SELECT is(pg_temp.add_refusal('planet', 1, 'a.txt', 'x'), 'SW005 entity invalid_value', 'nor on just anything');
SELECT is(pg_temp.add_refusal('customer', :customer, ' ', 'x'), 'SW004 name', 'a file has a name');
SELECT is(pg_temp.add_refusal('customer', :customer, 'a.txt', NULL), 'SW004 content', 'and bytes');
SELECT is(pg_temp.add_refusal('customer', :customer, 'a.exe', 'MZ'), 'SW014 content file_type', 'programs are refused');
RESET ROLE;
UPDATE softwhere.parameter SET attachment_max_bytes = 1024;
SELECT is(pg_temp.add_refusal('customer', :customer, 'a.txt', repeat('x', 1025)), 'SW014 content file_size', 'too large a file is refused');
SELECT is(pg_temp.add_refusal('customer', :customer, 'a.txt', repeat('x', 1024)), 'nothing', 'the largest one is not');
SELECT is(pg_temp.add_refusal(e, :site, 'a.txt', 'x', 't_support'), 'SW003', 'support adds no file to a ' || e) FROM unnest('{billing_site,mandate}'::text[]) AS e;
SELECT is(pg_temp.add_refusal('customer', :customer, 'a.txt', 'x', 't_support'), 'nothing', 'but to a customer');
SET LOCAL ROLE t_adv;
SELECT api.attachment_add('mandate', :mandate, 'mandat.pdf', '%PDF-1.7 y') AS paper \gset
SELECT is(pg_temp.refusal(format('SELECT api.attachment_content(%s)', :paper), 't_technician'), 'SW003', 'a signed mandate is read by who sees bank data');
SELECT is(pg_temp.refusal(format('SELECT api.attachment_content(%s)', :paper), 't_accounting'), 'nothing', 'accounting does');
SELECT api.attachment_delete(:file);
SELECT is_empty(format('SELECT id FROM api.attachment WHERE id = %s', :file), 'a file can be removed');

SELECT * FROM finish();
ROLLBACK;
