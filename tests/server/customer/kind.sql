-- The five legal kinds, each with its own fields and checks (ACCT-04, SHEET-02…05, SHEET-18…28).
BEGIN;
\ir ../lib/people.sql
SELECT plan(51);
CREATE FUNCTION pg_temp.of_kind(p_kind text, p_more jsonb) RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.save_refusal(jsonb_build_object('legal_kind', p_kind, 'last_name', 'Dupont') || p_more)
$$;
SET LOCAL ROLE t_adv;

-- Each kind is created with all its fields.
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "PHARMACIE DU PORT", "trading_name": "Pharmacie du Port",
  "siret": "732 829 320 00074", "ape": "4773Z", "vat_number": "fr 44 732 829 320", "legal_form": "SARL"}') AS company \gset
SELECT is(siren, '732829320', 'the SIRET says the SIREN (SHEET-22)') FROM api.customer WHERE id = :company;
SELECT is((siret, ape, vat_number)::text, '(73282932000074,47.73Z,FR44732829320)', 'identifiers are kept without spaces') FROM api.customer WHERE id = :company;
SELECT is((status, partner_type, white_label, country)::text, '(awaiting_signature,Client,"Actif Télécom",FR)',
  'a new account waits for its signature (ACCT-05, ACCT-06, ACCT-08)') FROM api.customer WHERE id = :company;
SELECT is(created_on, '2026-11-22', 'and was created today (SHEET-09)') FROM api.customer WHERE id = :company;

SELECT api.customer_save('{"legal_kind": "liberal_profession", "title": "mrs", "first_name": "Anne", "last_name": "Le Bris",
  "siret": "13002526500013"}') AS liberal \gset
SELECT is(legal_name, 'Anne Le Bris', 'a liberal profession is called by the person''s name') FROM api.customer WHERE id = :liberal;

SELECT api.customer_save('{"legal_kind": "individual", "title": "mr", "first_name": "Marc", "last_name": "Riou", "birth_on": "1980-02-29",
  "birth_city": "Vannes", "birth_country": "FR"}') AS individual \gset
SELECT is(legal_name, 'Marc Riou', 'an individual too') FROM api.customer WHERE id = :individual;
SELECT is((birth_on, birth_city, birth_country)::text, '(1980-02-29,Vannes,FR)', 'birth is kept (SHEET-18…20)') FROM api.customer WHERE id = :individual;

SELECT api.customer_save('{"legal_kind": "public_body", "legal_name": "Mairie de Vannes", "siren": "130025265"}') AS body \gset
SELECT is((siren, siret)::text, '(130025265,)', 'a SIREN alone is enough') FROM api.customer WHERE id = :body;

SELECT api.customer_save('{"legal_kind": "association", "legal_name": "Les Amis du Golfe", "rna": "w561000624", "declared_on": "2010-03-01",
  "published_on": "2010-03-20", "journal_notice": "1234"}') AS association \gset
SELECT is((rna, declared_on, published_on, journal_notice)::text, '(W561000624,2010-03-01,2010-03-20,1234)', 'an association has its declaration (SHEET-25…28)')
  FROM api.customer WHERE id = :association;
SELECT lives_ok($$SELECT api.customer_save('{"legal_kind": "association", "legal_name": "Cercle de Colmar", "court_register": "Colmar, volume 12, folio 34"}')$$,
  'an association of Alsace-Moselle is in a court''s register');
SELECT lives_ok($$SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Bruxelles SA", "country": "BE", "postcode": "1000", "vat_number": "BE0428759497"}')$$,
  'a foreign company has neither SIRET nor French postcode');

-- What is required.
SELECT is(pg_temp.save_refusal('{"legal_name": "X"}'), 'SW004 legal_kind', 'a kind is required');
SELECT is(pg_temp.save_refusal('{"legal_kind": "club", "legal_name": "X"}'), 'SW005 legal_kind customer_legal_kind_is_known', 'of the five');
SELECT is(pg_temp.save_refusal(jsonb_build_object('legal_kind', k)), 'SW004 ' || f, k || ' needs a name')
  FROM (VALUES ('company', 'legal_name'), ('public_body', 'legal_name'), ('association', 'legal_name'), ('individual', 'last_name'),
               ('liberal_profession', 'last_name')) AS t (k, f);
SELECT is(pg_temp.save_refusal('{"legal_kind": "company", "legal_name": "  "}'), 'SW004 legal_name', 'spaces are no name');

-- What is refused.
SELECT is(pg_temp.of_kind('individual', jsonb_build_object(f, v)), 'SW005 ' || f || ' not_for_legal_kind', 'an individual has no ' || f)
  FROM (VALUES ('siret', '73282932000074'), ('siren', '732829320'), ('ape', '4773Z'), ('vat_number', 'FR44732829320'),
               ('legal_form', 'SAS'), ('rna', 'W561000624'), ('declared_on', '2010-03-01')) AS t (f, v);
SELECT is(pg_temp.of_kind('company', '{"legal_name": "X"}' || jsonb_build_object(f, v)), 'SW005 ' || f || ' not_for_legal_kind', 'a company has no ' || f)
  FROM (VALUES ('birth_on', '1980-01-01'), ('birth_city', 'Vannes'), ('birth_country', 'FR'), ('rna', 'W561000624'),
               ('published_on', '2010-03-01'), ('journal_notice', '12'), ('court_register', 'Colmar')) AS t (f, v);
SELECT is(pg_temp.of_kind('association', '{"legal_name": "X", "birth_on": "1980-01-01"}'), 'SW005 birth_on not_for_legal_kind', 'an association was not born');

-- What must agree.
SELECT is(pg_temp.of_kind('company', '{"legal_name": "X"}' || jsonb_strip_nulls(d)), e, e)
  FROM (VALUES ('{"siret": "73282932000075"}'::jsonb, 'SW005 siret invalid_siret'),
    ('{"siret": "73282932000074", "siren": "552100554"}', 'SW005 siret siret_is_not_of_siren'),
    ('{"siret": "73282932000074", "vat_number": "FR96552100554"}', 'SW005 vat_number vat_is_not_of_siren'),
    ('{"vat_number": "FR45732829320"}', 'SW005 vat_number invalid_vat'),
    ('{"ape": "9999Z"}', 'SW005 ape unknown_ape'), ('{"ape": "telecom"}', 'SW005 ape invalid_ape'),
    ('{"postcode": "5600"}', 'SW005 postcode invalid_postcode'), ('{"country": "XX"}', 'SW005 country customer_country_fkey')) AS t (d, e);
SELECT is(pg_temp.of_kind('association', '{"legal_name": "X"}' || d), e, e)
  FROM (VALUES ('{"declared_on": "1901-06-30"}'::jsonb, 'SW005 declared_on before_law_of_1901'),
    ('{"declared_on": "2010-03-02", "published_on": "2010-03-01"}', 'SW005 published_on customer_published_after_declared'),
    ('{"declared_on": "2026-11-23"}', 'SW005 declared_on in_the_future'), ('{"rna": "W12"}', 'SW005 rna invalid_rna')) AS t (d, e);
SELECT is(pg_temp.of_kind('individual', d), e, e)
  FROM (VALUES ('{"birth_on": "2026-11-23"}'::jsonb, 'SW005 birth_on in_the_future'), ('{"birth_on": "1899-12-31"}', 'SW005 birth_on too_old')) AS t (d, e);

-- Turning one kind into another.
SELECT api.customer_save(jsonb_build_object('id', :individual, 'legal_kind', 'liberal_profession'));
SELECT is((birth_on, legal_name)::text, '(,"Marc Riou")', 'what the new kind does not have is emptied') FROM api.customer WHERE id = :individual;
SELECT api.customer_save(jsonb_build_object('id', :individual, 'last_name', 'Riou-Le Gall'));
SELECT is(legal_name, 'Marc Riou-Le Gall', 'the name follows the person') FROM api.customer WHERE id = :individual;
SELECT api.customer_save(jsonb_build_object('id', :individual, 'legal_name', 'Cabinet Riou'));
SELECT api.customer_save(jsonb_build_object('id', :individual, 'first_name', 'Marco'));
SELECT is(legal_name, 'Cabinet Riou', 'unless it was given another one') FROM api.customer WHERE id = :individual;

SELECT * FROM finish();
ROLLBACK;
