-- Saving a customer: only what is sent changes, errors on their field, nobody overwrites anybody (ACCT-*, CONT-*, ICUST-01…04).
BEGIN;
\ir ../lib/people.sql
INSERT INTO softwhere.introducer (name, commission_rate) VALUES ('Olivier Riou', 8) RETURNING id AS introducer \gset
INSERT INTO softwhere.segment (kind, name) VALUES ('sector', 'Pharmacie'), ('size', 'TPE');
SELECT plan(44);
SET LOCAL ROLE t_adv;

-- Numbers (ICUST-04).
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Un", "number": "1000-000002"}') AS one \gset
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Deux"}') AS two \gset
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Trois", "number": ""}') AS three \gset
SELECT results_eq('SELECT number FROM api.customer ORDER BY id', ARRAY['1000-000002', '1000-000001', '1000-000003'],
  'a number is free or generated, past those taken by hand');
SELECT is(pg_temp.save_refusal('{"legal_kind": "company", "legal_name": "X", "number": "1000-000001"}'), 'SW012 number customer_number_unique', 'never twice');
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'number', '1000-000002')), 'SW012 number customer_number_unique', 'nor by a change');
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'number', repeat('9', 36))), 'SW005 number too_long', 'nor too long');
SELECT api.customer_save(jsonb_build_object('id', :two, 'number', null));
SELECT is(number, '1000-000001', 'an emptied number stays what it was') FROM api.customer WHERE id = :two;

-- Only keys present change.
SELECT api.customer_save(jsonb_build_object('id', :two, 'phone', '02 97 00 10 20', 'email', ' a@b.fr ', 'introducer_id', :introducer, 'status', 'active'));
SELECT is((phone, email, introducer_name, status, legal_name)::text, '(+33297001020,a@b.fr,"Olivier Riou",active,Deux)', 'what is sent changes (ACCT-06, ACCT-10)')
  FROM api.customer WHERE id = :two;
SELECT api.customer_save(jsonb_build_object('id', :two, 'email', null));
SELECT is((phone, email)::text, '(+33297001020,)', 'what is not stays; null empties') FROM api.customer WHERE id = :two;
SELECT is(updated_by, 't_adv', 'and it is known by whom') FROM api.customer WHERE id = :two;

-- Versions.
SELECT row_version AS version FROM api.customer WHERE id = :two \gset
SELECT api.customer_save(jsonb_build_object('id', :two, 'city', 'Vannes', 'row_version', :version));
SELECT is(row_version, :version + 1, 'each change is a new version') FROM api.customer WHERE id = :two;
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'city', 'Auray', 'row_version', :version)), 'SW001 row_version', 'the second of two people is told');
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'city', 'Auray', 'row_version', :version + 1)), 'nothing', 'with the present version all is well');
SELECT api.customer_save(jsonb_build_object('id', :two, 'city', 'Vannes', 'row_version', :version + 1));
SELECT is(row_version, :version + 1, 'saving what is there already is no change') FROM api.customer WHERE id = :two;

-- What is refused.
SELECT is(pg_temp.save_refusal(d), e, e || ' for ' || d)
  FROM (VALUES ('[]'::jsonb, 'SW005 invalid_value'), ('{"id": 999999}', 'SW002 id'), ('{"id": "x"}', 'SW002 id'),
    ('{"legal_kind": "company", "legal_name": "X", "colour": "red"}', 'SW005 colour unknown_field'),
    ('{"legal_kind": "company", "legal_name": "X", "row_versio": 1}', 'SW005 row_versio unknown_field'),
    ('{"legal_kind": "company", "legal_name": "X", "email": "nowhere"}', 'SW005 email invalid_email'),
    ('{"legal_kind": "company", "legal_name": "X", "phone": "12"}', 'SW005 phone invalid_phone'),
    ('{"legal_kind": "company", "legal_name": "X", "status": "gone"}', 'SW005 status customer_status_is_known'),
    ('{"legal_kind": "company", "legal_name": "X", "introducer_id": 999999}', 'SW005 introducer_id customer_introducer_id_fkey'),
    ('{"legal_kind": "company", "legal_name": "X", "introducer_id": "two"}', 'SW005 introducer_id invalid_integer'),
    ('{"legal_kind": "association", "legal_name": "X", "declared_on": "tomorrow"}', 'SW005 declared_on invalid_date'),
    ('{"legal_kind": "association", "legal_name": "X", "declared_on": "2026-02-30"}', 'SW005 declared_on invalid_date'),
    ('{"legal_kind": "company", "legal_name": {"a": 1}}', 'SW005 legal_name invalid_value'),
    ('{"legal_kind": "company", "legal_name": "X", "latitude": 91}', 'SW005 latitude out_of_range'),
    ('{"legal_kind": "company", "legal_name": "X", "latitude": "NaN"}', 'SW005 latitude invalid_number'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": "none"}', 'SW005 contacts invalid_value'),
    ('{"legal_kind": "company", "legal_name": "X", "segment_ids": [999999]}', 'SW002 segment_ids'),
    ('{"legal_kind": "company", "legal_name": "X", "segment_ids": ["a"]}', 'SW005 segment_ids invalid_value'),
    -- Nested errors name the row and the column.
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"last_name": "A"}, {"last_name": "B"}, {"last_name": "C", "email": "no"}]}',
     'SW005 contacts[2].email invalid_email'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"first_name": "A"}]}', 'SW004 contacts[0].last_name'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"last_name": "A", "is_billing_manager": true}]}', 'SW004 contacts[0].email'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"last_name": "A", "title": "dr"}]}', 'SW005 contacts[0].title contact_title_is_known'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"last_name": "A", "id": 999999}]}', 'SW002 contacts[0].id'),
    ('{"legal_kind": "company", "legal_name": "X", "contacts": [{"last_name": "A", "fax": "1"}]}', 'SW005 contacts[0].fax unknown_field')) AS t (d, e);

-- Contacts (CONT-*, ICUST-06, ICUST-08).
SELECT api.customer_save(jsonb_build_object('id', :one, 'contacts', '[
  {"title": "mrs", "first_name": "Anne", "last_name": "Le Bris", "phone": "0297001020", "direct_phone": "0297001021", "mobile_phone": "0612345678",
   "job": "Comptabilité", "email": "anne@un.fr", "is_billing_manager": true}, {"last_name": "Riou", "email": "marc@un.fr", "is_site_manager": true}]'::jsonb));
SELECT is((c -> 'contacts' -> 0 ->> 'last_name', c -> 'contacts' -> 0 ->> 'mobile_phone', jsonb_array_length(c -> 'contacts'))::text, '("Le Bris",+33612345678,2)',
  'the record lists contacts, who receives invoices first') FROM api.customer_record(:one) AS c;
SELECT id AS anne, row_version AS anne_version FROM api.contact WHERE last_name = 'Le Bris' \gset
SELECT id AS marc FROM api.contact WHERE last_name = 'Riou' \gset
SELECT api.customer_save(jsonb_build_object('id', :one, 'contacts', jsonb_build_array(
  jsonb_build_object('id', :anne, 'job', 'Gérante'), jsonb_build_object('id', :marc, 'deleted', true), jsonb_build_object('last_name', 'Tanguy'))));
SELECT results_eq(format('SELECT last_name, job FROM api.contact WHERE customer_id = %s ORDER BY id', :one),
  $$VALUES ('Le Bris', 'Gérante'), ('Tanguy', NULL)$$, 'with id: changed or deleted, without: added, not mentioned: left');
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :one, 'contacts', jsonb_build_array(jsonb_build_object('id', :anne, 'job', 'x', 'row_version', :anne_version)))),
  'SW001 contacts[0].row_version', 'a contact has its own version');
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'contacts', jsonb_build_array(jsonb_build_object('id', :anne, 'job', 'x')))),
  'SW002 contacts[0].id', 'a contact of another customer is not touched');
SELECT api.customer_save(jsonb_build_object('id', :one, 'contacts', jsonb_build_array(jsonb_build_object('id', :anne, 'is_site_manager', true))));
SELECT is(pg_temp.save_refusal(jsonb_build_object('id', :two, 'contacts', '[{"last_name": "Y", "email": "ANNE@un.fr", "is_site_manager": true}]'::jsonb)),
  'SW012 contacts[0].email contact_site_manager_email_unique', 'the e-mail of a site manager is theirs alone (ICUST-08)');

-- Segments (CRM-05).
SELECT api.customer_save(jsonb_build_object('id', :one, 'segment_ids', (SELECT jsonb_agg(id) FROM api.segment)));
SELECT is(segments, 'Pharmacie, TPE', 'segments are a set') FROM api.customer WHERE id = :one;

-- A whole record may come back as it was read.
SELECT lives_ok(format('SELECT api.customer_save(api.customer_record(%s))', :one), 'a record sent back whole is saved');
SELECT is(pg_temp.save_refusal(api.customer_record(:one) || '{"created_on": "2020-01-01"}'), 'SW005 created_on read_only', 'what is not the client''s to write is refused');

SELECT * FROM finish();
ROLLBACK;
