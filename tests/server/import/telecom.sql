-- SIM cards, offers and price grids from files (CSV-02…07, OFFER-10…12, SIM-01).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/import.sql
SELECT plan(18);

INSERT INTO softwhere.operator (name) SELECT 'Orange' WHERE NOT EXISTS (SELECT FROM softwhere.operator WHERE name = 'Orange');
SET LOCAL ROLE t_adv;

-- The operator's file of SIM cards (CSV-05…07); ICCID of the vectors, two wrong and one a spreadsheet spoilt.
SELECT pg_temp.send('sim', $$
ICCID;Opérateur;PUK;Lot
8933010000000123457;ORANGE;12345678;BL-1
8933200000000678906;orange;;BL-1
8933010000000123456;Orange;;BL-1
8,93301E+18;Orange;;BL-1
8933100000123456785;Inconnu;;BL-1
8933010000000123457;Orange;12345678;BL-1
$$) AS file \gset
SELECT is(pg_temp.checked(:file), '2 create 3 refused 1 same', 'SIM cards are checked one by one, a card twice in the file is one');
SELECT is(pg_temp.refused(:file), '4 iccid SW005 invalid_iccid, 5 iccid SW005 spoilt_by_spreadsheet, 6 operator_id SW005 unknown_word', 'each refusal at its line and field');
SELECT is((SELECT count(*) FROM api.sim_card), 0::bigint, 'the dry run leaves nothing');
SELECT api.import_check(:file, (SELECT mapping FROM api.import WHERE id = :file), true) \g /dev/null
SELECT api.import_apply(:file) \g /dev/null
SELECT results_eq('SELECT iccid, operator_name, state, batch FROM api.sim_card ORDER BY iccid',
  $$VALUES ('8933010000000123457', 'Orange', 'in_stock', 'BL-1'), ('8933200000000678906', 'Orange', 'in_stock', 'BL-1')$$, 'the rest is in stock');
SELECT is(puk_1, '12345678', 'with its codes') FROM api.sim_code WHERE iccid = '8933010000000123457';
SELECT pg_temp.send('sim', E'ICCID;Opérateur;PUK;Lot\n8933010000000123457;Orange;12345678;BL-1\n8933200000000678906;Orange;87654321;BL-1') AS again \gset
SELECT is(pg_temp.checked(:again), '1 change 1 same', 'the same file again changes what it completes');

-- Offers.
SELECT pg_temp.send('offer', $$
Code produit;Libellé;Type;Récurrent;Prix de vente;TVA;Engagement
MOB-50;Forfait 50 Go;Abonnement;oui;29,90 €;20 %;24
INST;Installation sur site;Prestation;non;150,00;20;
PB;Sans prix;Abonnement;peut-être;1;20;
PC;Trop;Option;oui;-5;20;
$$) AS offers \gset
SELECT is(pg_temp.checked(:offers), '2 create 2 refused', 'offers (OFFER-10…12)');
SELECT is(pg_temp.refused(:offers), '4 recurring SW005 unknown_word, 5 price SW005 offer_price_not_negative', 'a word and a price that cannot be');
SELECT api.import_check(:offers, (SELECT mapping FROM api.import WHERE id = :offers), true) \g /dev/null
SELECT api.import_apply(:offers) \g /dev/null
SELECT results_eq('SELECT code, kind, recurring, price, commitment_months FROM api.offer ORDER BY code',
  $$VALUES ('INST', 'service', false, 150.000000, 0), ('MOB-50', 'subscription', true, 29.900000, 24)$$, 'are in the catalogue');
SELECT pg_temp.send('offer', E'Code produit;Prix d''achat\nMOB-50;12,00') AS margin \gset
SELECT is(pg_temp.checked(:margin), '1 refused', 'purchase prices are for managers');
SELECT is(pg_temp.refused(:margin), '2 purchase_price SW003', 'and the line says so');

-- The grid of the documents (CSV-02…04).
SELECT pg_temp.send('tariff', $$
code_grille;type_numero;prefixe;destination;categorie;zone;mise_en_relation_ht;prix_minute_ht;palier_initial_s;palier_suivant_s;duree_mini_s;unite;valide_du;valide_au;inclus_forfait
STD2026;E164;33;France fixe;VOIX;FRANCE_METRO;0.0000;0.0150;1;1;0;SECONDE;2026-01-01;;O
STD2026;E164;336;France mobile;VOIX;FRANCE_METRO;0,0000;0,0600;1;1;0;SECONDE;01/01/2026;;O
STD2026;E164;33700;France M2M 14 chiffres;VOIX;FRANCE_METRO;0.0000;0.0800;60;1;0;SECONDE;2026-01-01;;N
STD2026;E164;+49;Allemagne;VOIX;UE_EEE;0;0,10;1;1;0;SECONDE;2026-01-01;;N
STD2026;E164;44;Royaume-Uni;VOIX;EUROPE;0;0,10;1;1;0;SECONDE;2026-06-01;;N
$$) AS grid \gset
SELECT is(pg_temp.checked(:grid), '3 create 2 refused', 'a price grid');
SELECT is(pg_temp.refused(:grid), '5 prefix SW005 tariff_price_prefix_is_digits, 6 valid_from_on SW005 tariff_grid_version_no_overlap',
  'a prefix is digits, two versions share no day');
SELECT api.import_check(:grid, (SELECT mapping FROM api.import WHERE id = :grid), true) \g /dev/null
SELECT api.import_apply(:grid) \g /dev/null
SELECT results_eq($$SELECT prefix, destination, unit_price, first_step_s, included FROM softwhere.tariff_price ORDER BY prefix$$,
  $$VALUES ('33', 'France fixe', 0.015000, 1, true), ('336', 'France mobile', 0.060000, 1, true), ('33700', 'France M2M 14 chiffres', 0.080000, 60, false)$$,
  'with its prices by prefix');
SELECT is((SELECT count(*) FROM api.tariff_grid WHERE code = 'STD2026'), 1::bigint, 'in one grid');
RESET ROLE;
UPDATE softwhere.tariff_grid_version SET created_at = created_at - interval '1 day', valid_until_on = '2026-12-31';
SET LOCAL ROLE t_adv;
SELECT pg_temp.send('tariff', $$
code_grille;prefixe;destination;prix_minute_ht;valide_du
STD2026;336;France mobile;0,0550;2026-01-01
STD2026;33;France fixe;0,015;2026-01-01
STD2026;33;France fixe;0,014;2027-01-01
STD2026;336;France mobile;0,0550;2027-01-01
$$) AS cheaper \gset
SELECT is(pg_temp.checked(:cheaper), '2 create 1 refused 1 same', 'this month''s grid: a version to come is made, one that has begun is fixed');
SELECT is(pg_temp.refused(:cheaper), '2 unit_price SW005 tariff_version_begun', 'and the line says which price');
SELECT pg_temp.send('tariff', $$
code_grille;prefixe;destination;prix_minute_ht;valide_du
STD2026;33;France fixe;0,015;2026-01-01
STD2026;33;France fixe;0,014;2027-01-01
STD2026;336;France mobile;0,0550;2027-01-01
$$) AS next \gset
SELECT pg_temp.checked(:next) \g /dev/null
SELECT api.import_apply(:next) \g /dev/null
SELECT is((SELECT string_agg(trim_scale(unit_price)::text, ' ' ORDER BY tariff_grid_version_id, prefix) FROM api.tariff_price), '0.015 0.06 0.08 0.014 0.055',
  'and adds nothing twice');

SELECT * FROM finish();
ROLLBACK;
