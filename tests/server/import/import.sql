-- Files imported: columns recognised, a dry run that leaves nothing, all or nothing, the same file again changes nothing (CSV-01, CSV-07, LINE-07).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/import.sql
SELECT plan(65);

SET LOCAL ROLE t_adv;
SELECT is(jsonb_path_query_array(api.import_targets(), '$[*].target'), '["customer", "contact", "site", "service", "line", "sim", "offer", "tariff"]', 'what can be imported');
SELECT is_empty($$SELECT target, field FROM rules.import_field() WHERE field <> 'customer' AND target IN ('customer', 'contact', 'site')
  EXCEPT SELECT replace(table_name, 'billing_', ''), column_name FROM information_schema.columns WHERE table_schema = 'api'$$,
  'each field is a column of its view');

SELECT pg_temp.send('customer', $$
Raison sociale;SIRET;Code postal;Ville;Téléphone;Mail;Date de naissance;Type;Statut;Remarque
Boulangerie Tanguy;732 829 320 00074;56000;Vannes;02 97 00 10 20;contact@tanguy.example;;Entreprise;Actif;vient du salon
Élodie Guégan;;1000;Bourg-en-Bresse;+33 6 12 34 56 78;elodie@guegan.example;31/12/1980;Particulier;;
$$) AS file \gset
SELECT is(pg_temp.mapping(:file), '{"legal_name": {"column": 0}, "siret": {"column": 1}, "postcode": {"column": 2}, "city": {"column": 3}, "phone": {"column": 4}, "email": {"column": 5}, "birth_on": {"column": 6}, "legal_kind": {"column": 7}, "status": {"column": 8}}',
  'columns are recognised by their titles, whatever the accents; an unknown one is left alone');

SELECT is(api.import_check(:file, pg_temp.mapping(:file)), '{"create": 2, "change": 0, "same": 0, "refused": 0, "left_out": 0}', 'the dry run says what would be created');
SELECT is((SELECT count(*) FROM api.customer), 0::bigint, 'and leaves nothing');
SELECT is((SELECT array_agg(record_id) FROM api.import_line WHERE import_id = :file), ARRAY[NULL, NULL]::bigint[], 'no line points to a record that does not exist');
SELECT is(api.import_apply(:file), '{"create": 2, "change": 0, "same": 0, "refused": 0, "left_out": 0}', 'the import does it');
SELECT results_eq('SELECT legal_name, legal_kind, siret, postcode, phone, birth_on, status FROM api.customer ORDER BY id',
  $$VALUES ('Boulangerie Tanguy' COLLATE "fr-x-icu", 'company', '73282932000074', '56000', '+33297001020', NULL::date, 'active'),
           ('Élodie Guégan', 'individual', NULL, '01000', '+33612345678', '1980-12-31', 'awaiting_signature')$$,
  'with French dates, words and numbers read, and the zero a spreadsheet dropped');
SELECT is((SELECT array_agg(c.legal_name ORDER BY line_no) FROM api.import_line JOIN api.customer AS c ON c.id = record_id WHERE import_id = :file),
  ARRAY['Boulangerie Tanguy', 'Élodie Guégan'], 'each line knows its record');
SELECT is(pg_temp.refusal(format('SELECT api.import_apply(%s)', :file)), 'SW007', 'a file is imported once');
SELECT is(pg_temp.refusal(format('SELECT api.import_discard(%s)', :file)), 'SW007', 'and then not discarded');

-- The same file again, by SIRET and by name.
SELECT pg_temp.send('customer', $$
Raison sociale;SIRET;Code postal;Ville;Téléphone;Mail;Date de naissance;Type;Statut;Remarque
Boulangerie Tanguy;73282932000074;56000;Vannes;02.97.00.10.20;contact@tanguy.example;;Entreprise;Actif;
élodie guegan;;01000;;06 12 34 56 78;;;;;
Boulangerie Tanguy;73282932000074;56000;Vannes;02 97 00 10 21;;;;;
$$) AS again \gset
SELECT is(api.import_check(:again, pg_temp.mapping(:again)) - 'left_out', '{"create": 0, "change": 1, "same": 2, "refused": 0}', 'the same line changes nothing, others say so');
SELECT is(pg_temp.outcomes(:again), '2 same, 3 same, 4 change', 'line by line');
SELECT api.import_apply(:again) \g /dev/null
SELECT results_eq('SELECT phone, email FROM api.customer ORDER BY id', $$VALUES ('+33297001021', 'contact@tanguy.example'), ('+33612345678', 'elodie@guegan.example')$$,
  'an empty cell erases nothing');
SELECT pg_temp.send('customer', $$
Raison sociale;SIRET;Code postal;Ville;Téléphone;Mail;Date de naissance;Type;Statut;Remarque
élodie guegan;;01000;Bourg-en-Bresse;06 12 34 56 78;;31/12/1980;Particulier;;
$$) AS third \gset
SELECT is(api.import_check(:third, pg_temp.mapping(:third)) - 'left_out', '{"create": 0, "change": 0, "same": 1, "refused": 0}', 'a customer without number is known by its name');

-- Errors, each at its line and field; all or nothing.
SELECT pg_temp.send('customer', $$
Nom client;SIRET;CP;Mail;Naissance;Type;Pays
Un;73282932000075;56000;;;Entreprise;
Deux;7,32829E+13;56000;;;Entreprise;
Trois;;5600x;;;Entreprise;
Quatre;;;pas un mail;;Entreprise;
Cinq;;;;31/02/1980;Particulier;
Six;;;;;Martien;
Sept;;;;;Entreprise;Atlantide
Huit;;;;;Entreprise;Belgique
$$) AS wrong \gset
SELECT '{"legal_name": {"column": 0}, "siret": {"column": 1}, "postcode": {"column": 2}, "email": {"column": 3}, "birth_on": {"column": 4}, "legal_kind": {"column": 5}, "country": {"column": 6}}' AS mapping \gset
SELECT is(api.import_check(:wrong, :'mapping'), '{"create": 1, "change": 0, "same": 0, "refused": 7, "left_out": 0}', 'seven of eight are refused');
SELECT is(pg_temp.outcomes(:wrong), '2 refused siret SW005 invalid_siret, 3 refused siret SW005 spoilt_by_spreadsheet, 4 refused postcode SW005 invalid_postcode, '
  '5 refused email SW005 invalid_email, 6 refused birth_on SW005 invalid_date, 7 refused legal_kind SW005 unknown_word, 8 refused country SW005 unknown_word, 9 create',
  'each with its line, its field and its reason');
SELECT is(pg_temp.refusal(format('SELECT api.import_apply(%s)', :wrong)), 'SW006', 'while a line is refused nothing is imported');
SELECT is((SELECT count(*) FROM api.customer), 2::bigint, 'nothing at all');
SELECT is(api.import_check(:wrong, :'mapping', true), '{"create": 1, "change": 0, "same": 0, "refused": 0, "left_out": 7}', 'refused lines may be left out');
SELECT is(api.import_apply(:wrong), '{"create": 1, "change": 0, "same": 0, "refused": 0, "left_out": 7}', 'and the rest imported');
SELECT is(country, 'BE', 'a country by its name') FROM api.customer WHERE legal_name = 'Huit';

-- Two lines of one file that contradict each other: the second meets the first.
SELECT pg_temp.send('customer', $$
Numéro;Raison sociale
X-1;Alpha
X-1;Alpha et fils
$$) AS twice \gset
SELECT is(api.import_check(:twice, pg_temp.mapping(:twice)) - '{refused,left_out}'::text[], '{"create": 1, "change": 1, "same": 0}', 'a number twice in the file is one customer');

-- The mapping.
SELECT is(pg_temp.refusal(format('SELECT api.import_check(%s, %L)', :twice, m)), e, m)
  FROM (VALUES ('[]', 'SW005 mapping invalid_value'), ('{"nowhere": {"column": 0}}', 'SW005 mapping.nowhere invalid_value'),
               ('{"number": {"column": 2}}', 'SW005 mapping.number invalid_value'), ('{"number": {"column": -1}}', 'SW005 mapping.number invalid_value'),
               ('{"number": 1}', 'SW005 mapping.number invalid_value')) AS v (m, e);
SELECT is(api.import_check(:twice, '{"number": {"column": 0}, "legal_name": {"column": 1}, "legal_kind": {"value": "association"}, "status": {"value": "actif"}}') -> 'create', '1',
  'a value for every line');
SELECT api.import_apply(:twice) \g /dev/null
SELECT is((legal_kind, status)::text, '(association,active)', 'is on every line') FROM api.customer WHERE number = 'X-1';

-- Remembered by supplier and titles.
SELECT pg_temp.send('customer', E'Numéro;Raison sociale\nX-2;Bêta', '') AS same_titles \gset
SELECT is(pg_temp.mapping(:same_titles) -> 'legal_kind', '{"value": "association"}', 'the mapping of the same titles is remembered');
SELECT pg_temp.send('customer', E'Numéro;Raison sociale\nX-2;Bêta', 'Autre fournisseur') AS other_supplier \gset
SELECT is(pg_temp.mapping(:other_supplier) -> 'legal_kind', NULL, 'that of another supplier is not');

-- Contacts and sites.
SELECT pg_temp.send('contact', $$
Client;Civilité;Prénom;Nom;Fonction;Mobile;E-mail
Boulangerie Tanguy;Mme;Anne;Tanguy;Gérante;06 11 22 33 44;anne@tanguy.example
73282932000074;M.;Yves;Tanguy;;;
Inconnu;M.;Paul;Martin;;;
X-1;;;;;;
$$) AS contacts \gset
SELECT is(api.import_check(:contacts, pg_temp.mapping(:contacts)) - 'left_out', '{"create": 2, "change": 0, "same": 0, "refused": 2}', 'contacts find their customer by name and SIRET');
SELECT is(pg_temp.outcomes(:contacts), '2 create, 3 create, 4 refused customer SW002, 5 refused last_name SW004', 'or say they did not');
SELECT api.import_check(:contacts, pg_temp.mapping(:contacts), true) \g /dev/null
SELECT api.import_apply(:contacts) \g /dev/null
SELECT results_eq('SELECT title, first_name, mobile_phone FROM api.contact ORDER BY id', $$VALUES ('mrs', 'Anne', '+33611223344'), ('mr', 'Yves', NULL)$$, 'they are there');
SELECT pg_temp.send('contact', E'Client;Prénom;Nom;Fonction\nBoulangerie Tanguy;ANNE;TANGUY;Gérante\n73282932000074;Yves;Tanguy;Boulanger') AS contacts_again \gset
SELECT is(api.import_check(:contacts_again, '{"customer": {"column": 0}, "first_name": {"column": 1}, "last_name": {"column": 2}, "job": {"column": 3}}') - '{refused,left_out}'::text[],
  '{"create": 0, "change": 2, "same": 0}', 'known again by their name');

SELECT pg_temp.send('site', $$
Client;Site;Périodicité;Mode de règlement;IBAN;BIC;Date de signature;TVA
X-1;Siège;Trimestrielle;Prélèvement;FR14 2004 1010 0505 0001 3M02 606;PSSTFRPPLIL;01/02/2026;20 %
X-1;Atelier;mensuelle;Prélèvement;FR14 2004 1010 0505 0001 3M02 607;;;
$$) AS sites \gset
SELECT is(api.import_check(:sites, pg_temp.mapping(:sites)) - 'left_out', '{"create": 1, "change": 0, "same": 0, "refused": 1}', 'sites with their mandates');
SELECT is(pg_temp.outcomes(:sites), '2 create, 3 refused mandate_iban SW005 invalid_iban', 'a wrong IBAN is told');
SELECT api.import_check(:sites, pg_temp.mapping(:sites), true) \g /dev/null
SELECT api.import_apply(:sites) \g /dev/null
SELECT is((periodicity_months, payment_method, vat_rate, mandate_signed_on)::text, '(3,direct_debit,20.00,2026-02-01)', 'as the file says')
  FROM api.billing_site WHERE name = 'Siège';
SELECT pg_temp.send('site', $$
Client;Site;Périodicité;Mode de règlement;IBAN;BIC;Date de signature;TVA
X-1;Siège;3;Prélèvement SEPA;FR1420041010050500013M02606;PSSTFRPPLIL;2026-02-01;20,00
$$) AS sites_again \gset
SELECT is(api.import_check(:sites_again, pg_temp.mapping(:sites_again)) -> 'same', '1', 'the same again changes nothing');

-- More than are numbered or indexed at once.
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Avant le fichier"}') AS before \gset
SELECT pg_temp.send('customer', E'\nRaison sociale;Type;Ville\n' || string_agg(format('Armement Kerlouan %s;Entreprise;Vannes', n), E'\n' ORDER BY n))
    AS many FROM generate_series(1, 130) AS n \gset
SELECT is(api.import_check(:many, pg_temp.mapping(:many)) ->> 'create', '130', 'a file of many customers');
SELECT is(api.import_apply(:many) ->> 'create', '130', 'is imported');
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Après le fichier"}') AS after \gset
SELECT is((SELECT array_agg(right(number, 6)::int ORDER BY id) FROM api.customer WHERE id >= :before),
  (SELECT array_agg(right(c.number, 6)::int + n) FROM api.customer AS c, generate_series(0, 131) AS n WHERE c.id = :before), 'numbered without a gap, also after the file');
SELECT is((SELECT array_agg(title) FROM api.search('Kerlouan 107', 3) LIMIT 1), ARRAY['Armement Kerlouan 107'], 'and found at once');
SELECT is((SELECT array_agg(title) FROM api.search('Après le fichier', 3) LIMIT 1), ARRAY['Après le fichier'], 'as is what is saved afterwards');

-- Whose it is.
-- What a file holds is seen from its columns, unless it is said.
SELECT is(api.import_begin(jsonb_build_object('file_name', 'f', 'encoding', 'UTF-8', 'header', string_to_array(h, ';'))) ->> 'target', t, format('%s: %s', h, t))
  FROM (VALUES ('Raison sociale;SIRET;CP;Ville;Téléphone;E-mail;Type;Remarque', 'customer'), ('Numéro client;Prénom;Nom;Type;Adresse;Ville', 'customer'),
    ('Client;Civilité;Prénom;Nom;Fonction', 'contact'), ('Client;Prénom;Nom;Téléphone;Mail', 'contact'), ('Client;Site;Périodicité;Mode de règlement;IBAN;BIC', 'site'),
    ('Client;Dénomination;Type;Opérateur;Adresse;CP;Ville;Statut', 'service'), ('Client;Site;Numéro;Prénom;Nom;Activité;Abonnement;Options;ICCID', 'line'),
    ('ICCID;Opérateur;PUK;Lot', 'sim'), ('ICCID', 'sim'), ('Code produit;Libellé;Type;Récurrent;Prix de vente;TVA;Engagement', 'offer'),
    ('Code produit;Prix d''achat', 'offer'), ('code_grille;type_numero;prefixe;destination;prix_minute_ht;valide_du;inclus_forfait', 'tariff'),
    ('Colonne 1;Colonne 2', 'customer')) AS v (h, t);
SELECT is(api.import_begin('{"target": "site", "file_name": "f", "encoding": "UTF-8", "header": ["ICCID"]}') ->> 'target', 'site', 'who says it knows better');

SELECT is(pg_temp.refusal($$SELECT api.import_begin('{"target": "invoice", "file_name": "f", "encoding": "UTF-8", "header": ["a"]}')$$), 'SW005 target unknown_word', 'not everything is imported');
SELECT is(pg_temp.refusal($$SELECT api.import_begin('{"target": "customer", "file_name": "f", "encoding": "UTF-8", "header": []}')$$), 'SW005 header invalid_value', 'a file has columns');
SELECT is(pg_temp.refusal(format('SELECT api.import_add(%s, %L, %L)', :same_titles, '{2}', '{x}')), 'SW005 lines invalid_value', 'a line comes once');
SET LOCAL ROLE t_admin;
SELECT is((SELECT count(*) FROM api.import WHERE id = :same_titles), 1::bigint, 'the administrator sees the imports of others');
SET LOCAL ROLE t_accounting;
SELECT is(pg_temp.refusal('SELECT count(*) FROM api.import'), '42501', 'accounting imports nothing and sees none');
SELECT is(pg_temp.refusal(format('SELECT api.import_discard(%s)', :same_titles)), '42501', 'nor discards any');

SELECT * FROM finish();
ROLLBACK;
