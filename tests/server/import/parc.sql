-- The parc and lines from files, all lines at once (PARC-01…12, LINE-01…14, CSV-01, CSV-07).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/import.sql
SELECT plan(42);

INSERT INTO softwhere.operator (name) SELECT o FROM unnest('{Orange,Bouygues Telecom}'::text[]) AS o
 WHERE NOT EXISTS (SELECT FROM softwhere.operator WHERE name = o);
SELECT api.offer_save('{"kind": "subscription", "code": "MOB-20", "label": "Forfait 20 Go", "price": "19.90", "data_gb": "20", "throughput_mbps": "300", "valid_from_on": "2020-01-01"}') AS plan \gset
SELECT api.offer_save('{"kind": "subscription", "code": "MOB-5", "label": "Forfait 5 Go", "price": "9.90", "valid_from_on": "2020-01-01", "valid_until_on": "2025-12-31"}') AS old_plan \gset
SELECT api.offer_save('{"kind": "option", "code": "EUR", "label": "Option Europe", "price": "5", "valid_from_on": "2020-01-01"}') AS europe \gset
SELECT api.offer_save('{"kind": "option", "code": "MONDE", "label": "Option Monde", "price": "15", "valid_from_on": "2020-01-01"}') AS world \gset
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Transports Tanguy", "number": "T-1", "address_1": "1 quai du Port", "postcode": "56000", "city": "Vannes", "sites": [{"name": "Comptabilité"}]}') \g /dev/null
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Menuiserie des Lices", "number": "T-2"}') \g /dev/null
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Menuiserie des Lices", "number": "T-3"}') \g /dev/null
SET LOCAL ROLE t_adv;

-- Sites of installation.
SELECT pg_temp.send('service', $$
Client;Dénomination;Type;Opérateur;Adresse;CP;Ville;SIRET;Ref interne;Statut;Facturation
T-1;;Mobile;Orange;1 quai du Port;56000;Vannes;;R-1;Principale;Comptabilité
Transports Tanguy;Atelier;Fixe;;3 rue du Moulin;1000;Bourg-en-Bresse;732 829 320 00074;;Agence;
T-1;Dépôt;Minitel;;;;;;;;
Inconnu;Dépôt;Fixe;;;;;;;;
Menuiserie des Lices;Dépôt;Fixe;;;;;;;;
T-2;Dépôt;;;;;;;;;
T-2;Dépôt;Fixe;;x;5600x;;;;;
T-2;Dépôt;Fixe;;;;;7,32829E+13;;;
T-2;Dépôt;Fixe;;;;;73282932000075;;;
T-2;Dépôt;Fixe;;;;;;;;Ailleurs
T-1;atelier;FIXE;;3 rue du Moulin;01000;Bourg-en-Bresse;73282932000074;;agence;
T-1;Atelier;Fixe;Orange;;;;;;;
$$) AS parc \gset
SELECT is(pg_temp.mapping(:parc), '{"customer": {"column": 0}, "name": {"column": 1}, "kind": {"column": 2}, "operator_id": {"column": 3}, "address_1": {"column": 4}, "postcode": {"column": 5}, "city": {"column": 6}, "siret": {"column": 7}, "internal_reference": {"column": 8}, "status": {"column": 9}, "billing_site": {"column": 10}}',
  'the columns of a parc are recognised');
SELECT is(pg_temp.checked(:parc), '2 create 10 refused', 'sites are created or refused');
SELECT is(pg_temp.refused(:parc),
  '4 kind SW005 unknown_word, 5 customer SW002, 6 customer SW005 several_fit, 7 kind SW004, 8 postcode SW005 invalid_postcode, 9 siret SW005 spoilt_by_spreadsheet, '
  '10 siret SW005 invalid_siret, 11 billing_site SW002, 12 name SW012 twice_in_file, 13 name SW012 twice_in_file', 'each for its reason, at its field');
SELECT is((SELECT count(*) FROM api.service), 0::bigint, 'the dry run leaves nothing');
SELECT is(pg_temp.refusal(format('SELECT api.import_apply(%s)', :parc)), 'SW006', 'while lines are refused nothing is imported');
SELECT is((SELECT count(*) FROM api.service), 0::bigint, 'nothing at all');
SELECT is(pg_temp.checked(:parc, true), '2 create 10 left_out', 'the refused are left out');
SELECT api.import_apply(:parc) \g /dev/null
SELECT results_eq('SELECT name, kind, own_address, postcode, siret, status, operator_id IS NOT NULL, billing_site_id IS NOT NULL FROM softwhere.service ORDER BY id',
  $$VALUES ('Transports Tanguy' COLLATE "fr-x-icu", 'mobile', false, NULL, NULL, 'main', true, true), ('Atelier', 'fixed', true, '01000', '73282932000074', 'branch', false, false)$$,
  'the name is the customer''s, an address that is the account''s is not its own, the lost zero is back (PARC-04, PARC-07)');
SELECT is((SELECT count(DISTINCT number) FROM api.service WHERE number LIKE '9000-%'), 2::bigint, 'each has its number of the series');
SELECT pg_temp.send('service', $$
Client;Dénomination;Type;Opérateur;Adresse;CP;Ville;SIRET;Ref interne;Statut;Facturation
T-1;;Mobile;Orange;1 quai du Port;56000;Vannes;;R-1;Principale;Comptabilité
Transports Tanguy;Atelier;Fixe;;3 rue du Moulin;01000;Bourg-en-Bresse;732 829 320 00074;;Agence;
$$) AS parc_again \gset
SELECT is(pg_temp.checked(:parc_again), '2 same', 'the same file again changes nothing');
SELECT pg_temp.send('service', E'Client;Dénomination;Type;Opérateur\nT-1;Atelier;Fixe;Bouygues Telecom') AS parc_change \gset
SELECT is(pg_temp.checked(:parc_change), '1 change', 'another operator is a change');
SELECT api.import_apply(:parc_change) \g /dev/null
SELECT is(postcode, '01000', 'and an empty cell erases nothing') FROM api.service WHERE name = 'Atelier';

-- The operator's cards, then the lines.
SELECT pg_temp.send('sim', $$
ICCID;Opérateur;Lot
8933010000000123457;Orange;BL-1
8933200000000678906;Orange;BL-1
$$) AS cards \gset
SELECT is(pg_temp.checked(:cards), '2 create', 'two cards');
SELECT api.import_apply(:cards) \g /dev/null
SELECT pg_temp.send('line', $$
Client;Site;Numéro;Prénom;Nom;Activité;Abonnement;Prix;Options;ICCID;Date d'activation;Résiliée le
T-1;Transports Tanguy;06 12 34 56 78;Zoé;Le Bris;Actif;MOB-20;18,50;Option Europe;8933010000000123457;01/03/2026;
T-1;;612345679;Yann;Riou;Actif;Forfait 20 Go;;EUR, MONDE;;;
T-1;;700 1234 5678 90;;Balise;En cours de construction;MOB-20;;;8933200000000678906;;
T-1;Atelier;+33 (0)2 97 00 10 20;;Accueil;Résilié;MOB-20;12;;;01/01/2024;31/12/2025
$$) AS lines \gset
SELECT is(pg_temp.checked(:lines), '4 create', 'lines by any form of their number: spaces, +33 (0), the zero a spreadsheet dropped, fourteen digits (LINE-02)');
SELECT is((SELECT count(*) FROM api.line) + (SELECT count(*) FROM api.sim_card WHERE state <> 'in_stock'), 0::bigint, 'the dry run leaves nothing');
SELECT api.import_apply(:lines) \g /dev/null
SELECT is(string_agg(concat_ws('|', number, activity, user_name, service_name, subscription, options, monthly_net, iccid), E'\n' ORDER BY id), btrim($$
+33612345678|active|Zoé Le Bris|Transports Tanguy|Forfait 20 Go|Option Europe|23.50|8933010000000123457
+33612345679|active|Yann Riou|Transports Tanguy|Forfait 20 Go|Option Europe, Option Monde|39.90
+337001234567890|under_construction|Balise|Transports Tanguy|Forfait 20 Go|19.90|8933200000000678906
+33297001020|terminated|Accueil|Atelier|0.00$$, E'\n'), 'are there with their site, user, offers and card') FROM api.line;
SELECT results_eq('SELECT state, line_id IS NOT NULL FROM softwhere.sim_card ORDER BY iccid', $$VALUES ('active', true), ('reserved', true)$$, 'the cards follow their lines');
SELECT is(string_agg(from_state || '>' || to_state, ' ' ORDER BY id), 'in_stock>reserved reserved>active', 'arc by arc (SIM-02)')
  FROM softwhere.sim_event WHERE from_state IS NOT NULL AND sim_card_id = (SELECT id FROM softwhere.sim_card WHERE iccid = '8933010000000123457');
SELECT is((starts_on, ends_on)::text, '(2024-01-01,2025-12-30)', 'what a terminated line had ended with it') FROM softwhere.line_offer
 WHERE line_id = (SELECT id FROM softwhere.service_line WHERE number = '+33297001020');
SELECT ok(bool_and(search_text = rules.line_search_text(number, first_name, last_name, external_id, rules.line_search_site(service_id))), 'found as if each had been saved alone')
  FROM softwhere.service_line;
SELECT is((SELECT count(*) FROM softwhere.search_entry WHERE entity = 'line'), 4::bigint, 'also by search');

SELECT pg_temp.send('line', $$
Client;Site;Numéro;Prénom;Nom;Activité;Abonnement;Prix;Options;ICCID;Date d'activation;Résiliée le
T-1;Transports Tanguy;0033612345678;Zoé;Le Bris;actif;MOB-20;18,5;EUR;8933010000000123457;2026-03-01;
T-1;;+33612345679;Yann;Riou;Actif;Forfait 20 Go;;MONDE|EUR;;;
T-1;;07001234567890;;Balise;En cours;MOB-20;;;8933200000000678906;;
T-1;Atelier;0297001020;;Accueil;Résilié;MOB-20;12;;;01/01/2024;31/12/2025
$$) AS lines_again \gset
SELECT is(pg_temp.checked(:lines_again), '4 same', 'the same again changes nothing, however it is written');
SELECT api.import_apply(:lines_again) \g /dev/null
SELECT is((SELECT count(*) FROM softwhere.service_line) + (SELECT count(*) FROM softwhere.line_offer), 11::bigint, 'and adds nothing');

-- What changes freely, what is asked of the operator.
SELECT pg_temp.send('line', $$
Client;Site;Numéro;Prénom;Nom;Activité;Abonnement;Prix;Options;ICCID;Compte CFAST;Opérateur
T-1;;0612345678;;;;;;;;C-77;
T-1;;0612345679;;Kermarrec;;;;;;;
T-1;;07001234567890;;Alarme;;;;;;;
T-2;;0612345678;;;;;;;;;
T-1;;0612345679;;;Inactif;;;;;;
T-1;;0612345679;;;;MOB-5;;;;;
T-1;;0612345679;;;;MOB-20;21;;;;
T-1;;0612345679;;;;;;EUR;;;
T-1;;0612345678;;;;;;;8933200000000678906;;
$$) AS changes \gset
SELECT is(pg_temp.checked(:changes), '2 change 7 refused', 'accounts and lines still being built change');
SELECT is(pg_temp.refused(:changes),
  '3 last_name SW016 line_changes_by_request, 5 number SW012 line_number_once, 6 activity SW016 line_changes_by_request, '
  '7 subscription SW016 line_changes_by_request, 8 price SW016 line_changes_by_request, 9 options SW016 line_changes_by_request, 10 iccid SW016 line_changes_by_request',
  'the rest of an open line is asked of the operator; a number is one customer''s');
SELECT pg_temp.checked(:changes, true) \g /dev/null
SELECT api.import_apply(:changes) \g /dev/null
SELECT is(string_agg(concat_ws('|', cfast_account, last_name), ' ' ORDER BY id), 'C-77|Le Bris Alarme', 'as the file says')
  FROM softwhere.service_line WHERE number IN ('+33612345678', '+337001234567890');

-- Errors of lines, each at its line and field.
SELECT pg_temp.send('line', $$
Client;Site;Numéro;Nom;Activité;Abonnement;Prix;Options;ICCID;Date d'activation;Résiliée le
T-1;;6,12E+08;A;;;;;;;
T-1;;08 92 70 50 50;A;;;;;;;
T-1;;;A;;;;;;;
Personne;;0612000003;A;;;;;;;
T-1;Grenier;0612000004;A;;;;;;;
T-2;;0612000005;A;;;;;;;
T-1;;0612000006;李;;;;;;;
T-1;;0612000007;A;Dormant;;;;;;
T-1;;0612000008;A;;Forfait infini;;;;;
T-1;;0612000009;A;;MOB-5;;;;;
T-1;;0612000010;A;;EUR;;;;;
T-1;;0612000011;A;;MOB-20;dix;;;;
T-1;;0612000012;A;;MOB-20;-1;;;;
T-1;;0612000013;A;;MOB-20;;EUR, LUNE;;;
T-1;;0612000014;A;;MOB-20;;;8933010000000123456;;
T-1;;0612000015;A;;MOB-20;;;8,93301E+18;;
T-1;;0612000016;A;;MOB-20;;;8933010000000123457;;
T-1;;0612000017;A;;MOB-20;;;89330100000002222226;;
T-1;;0612000018;A;Actif;MOB-20;;;;31/02/2026;
T-1;;0612000019;A;Actif;MOB-20;;;;;01/01/2026
T-1;;0612000020;A;;;12;;;;
$$) AS wrong \gset
SELECT is(pg_temp.checked(:wrong), '21 refused', 'twenty-one lines, twenty-one errors');
SELECT is(pg_temp.refused(:wrong),
  '2 number SW005 spoilt_by_spreadsheet, 3 number SW005 invalid_line_number, 4 number SW004, 5 customer SW002, 6 site SW002, 7 site SW004, 8 last_name SW005 nothing_for_operator, '
  '9 activity SW005 unknown_word, 10 subscription SW002, 11 subscription SW005 offer_not_on_sale, 12 subscription SW002, 13 price SW005 invalid_number, '
  '14 price SW005 line_offer_price_not_negative, 15 options SW002, 16 iccid SW005 invalid_iccid, 17 iccid SW005 spoilt_by_spreadsheet, 18 iccid SW005 sim_not_available, '
  '19 iccid SW002 sim_not_in_stock, 20 activated_on SW005 invalid_date, 21 terminated_on SW005 not_terminated, 22 subscription SW004', 'each named');

-- Lines that are right alone and wrong together.
SELECT pg_temp.send('sim', E'ICCID;Opérateur\n89330100000002222226;Orange\n89332000000003333334;Bouygues Telecom') AS more_cards \gset
SELECT pg_temp.checked(:more_cards) AS more \gset
SELECT is(:'more'::text, '2 create', 'two more cards');
SELECT api.import_apply(:more_cards) \g /dev/null
SELECT pg_temp.send('line', $$
Client;Site;Numéro;Nom;Abonnement;ICCID;Identifiant
T-1;;0612000031;A;MOB-20;89330100000002222226;X1
T-1;;0612000032;A;MOB-20;89330100000002222226;X2
T-1;;0612000031;B;MOB-20;;
T-1;;0612000033;A;MOB-20;89332000000003333334;
T-1;Atelier;0297000034;A;;89332000000003333334;
T-1;;0612000035;A;;;X1
$$) AS clash \gset
SELECT is(pg_temp.checked(:clash), '1 create 5 refused', 'only the first of those that clash');
SELECT is(pg_temp.outcomes(:clash),
  '2 create, 3 refused iccid SW005 sim_not_available, 4 refused number SW012 twice_in_file 2, 5 refused iccid SW005 sim_of_another_operator, '
  '6 refused iccid SW005 line_without_sim, 7 refused external_id SW012 line_external_id_unique', 'and the others say with what');

-- A value for every line.
SELECT pg_temp.send('line', E'Numéro\n0612000041\n0612000042') AS plain \gset
SELECT is(pg_temp.refusal(format('SELECT api.import_check(%s, %L)', :plain, '{"number": {"column": 0}, "operator_id": {"value": "Télégraphe"}}')),
  'SW005 mapping.operator_id unknown_word', 'a value for every line is read once, and refused at once');
SELECT is(api.import_check(:plain, '{"number": {"column": 0}, "customer": {"value": "T-1"}, "site": {"value": "Atelier"}, "operator_id": {"value": "orange"}, "activity": {"value": "En cours"}}') -> 'create', '2', 'or is on all of them');
SELECT api.import_apply(:plain) \g /dev/null
SELECT is((SELECT count(*) FROM api.line WHERE operator_name = 'Orange' AND service_name = 'Atelier'), 2::bigint, 'as the file''s own cells would be');

-- Formulas and markup are text.
SELECT pg_temp.send('line', E'Client;Numéro;Nom;Compte CFAST\nT-1;0612000051;=cmd|''/C calc''!A0;<b>x</b>') AS hostile \gset
SELECT is(pg_temp.checked(:hostile), '1 create', 'a formula is a text like another');
SELECT api.import_apply(:hostile) \g /dev/null
SELECT is((last_name, cfast_account)::text, E'("=cmd|\'/C calc\'!A0",<b>x</b>)', 'kept as it is') FROM api.line WHERE number = '+33612000051';

-- Whose it is; what happens between the check and the import.
SELECT is(pg_temp.refusal(format('SELECT api.import_check(%s, %L)', :plain, '{}')), 'SW007', 'a file is imported once');
SELECT pg_temp.send('line', E'Client;Numéro;Nom;Activité;ICCID\nT-1;0612000061;A;;89330100000002222226') AS late \gset
SELECT is(pg_temp.checked(:late), '1 create', 'a card in stock');
RESET ROLE;
UPDATE softwhere.sim_card SET state = 'defective' WHERE iccid = '89330100000002222226';
SET LOCAL ROLE t_adv;
SELECT is(pg_temp.refusal(format('SELECT api.import_apply(%s)', :late)), 'SW006', 'taken before the import: it is checked again');
SELECT is((SELECT count(*) FROM api.line WHERE number = '+33612000061'), 0::bigint, 'and nothing is imported');
SELECT is(pg_temp.checked(:late), '1 refused', 'the next check says so');
SELECT is(pg_temp.refused(:late), '2 iccid SW005 sim_not_available', 'at its line');

SELECT * FROM finish();
ROLLBACK;
