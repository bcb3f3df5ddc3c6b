-- What customers do, and how such businesses are called. {name} is a family name, {place} the town, {spot} a place in it.

CREATE TABLE demo.spot AS
SELECT row_number() OVER () - 1 AS id, name
  FROM unnest(ARRAY['du Port', 'de la Gare', 'des Halles', 'du Marché', 'de l''Océan', 'des Remparts', 'de la Rabine', 'du Golfe',
    'de la Plage', 'des Îles', 'du Centre', 'de la Cathédrale', 'des Lices', 'de l''Étang', 'du Moulin', 'de la Fontaine',
    'des Quais', 'du Phare', 'de la Lande', 'des Ajoncs', 'de Kerlann', 'du Pont-Neuf', 'de la Tour', 'du Littoral',
    'des Trois Rivières', 'du Ponant', 'de la Presqu''île', 'des Mouettes', 'de Bretagne', 'du Parc']) AS name;

CREATE TABLE demo.business AS
SELECT row_number() OVER () - 1 AS id,
       sum(weight) OVER (ROWS UNBOUNDED PRECEDING) - weight AS weight_from, sum(weight) OVER (ROWS UNBOUNDED PRECEDING) AS weight_to,
       t.*
  FROM (VALUES
    (7, 'company', 'Pharmacie', '47.73Z', 'SELARL', 'Pharmacie {spot}'),
    (4, 'company', 'Pharmacie', '47.73Z', 'SELARL', 'Pharmacie {name}'),
    (5, 'company', 'Assurance', '66.22Z', 'SARL', 'Cabinet Assurances {name}'),
    (3, 'company', 'Assurance', '66.22Z', 'SAS', '{name} Courtage'),
    (5, 'company', 'Commerce', '47.11B', 'SARL', 'Épicerie {spot}'),
    (6, 'company', 'Commerce', '10.71C', 'SARL', 'Boulangerie {name}'),
    (4, 'company', 'Commerce', '47.78A', 'SARL', 'Optique {spot}'),
    (4, 'company', 'Commerce', '47.64Z', 'SAS', 'Sport {place}'),
    (3, 'company', 'Commerce', '47.76Z', 'EURL', 'Fleurs {spot}'),
    (4, 'company', 'Automobile', '45.20A', 'SARL', 'Garage {name}'),
    (3, 'company', 'Automobile', '45.20A', 'EURL', 'Carrosserie {spot}'),
    (4, 'company', 'Hôtellerie et restauration', '55.10Z', 'SAS', 'Hôtel {spot}'),
    (5, 'company', 'Hôtellerie et restauration', '56.10A', 'SARL', 'Restaurant {spot}'),
    (3, 'company', 'Hôtellerie et restauration', '55.30Z', 'SARL', 'Camping {spot}'),
    (4, 'company', 'Transport', '49.41A', 'SAS', 'Transports {name}'),
    (2, 'company', 'Transport', '49.32Z', 'SARL', 'Taxis {spot}'),
    (5, 'company', 'Bâtiment', '43.22A', 'SARL', '{name} Plomberie'),
    (5, 'company', 'Bâtiment', '43.21A', 'SAS', '{name} Électricité'),
    (4, 'company', 'Bâtiment', '41.20A', 'SAS', 'Constructions {name}'),
    (3, 'company', 'Industrie', '25.62B', 'SAS', 'Mécanique {spot}'),
    (3, 'company', 'Industrie', '10.20Z', 'SA', 'Conserverie {spot}'),
    (3, 'company', 'Immobilier', '68.31Z', 'SARL', 'Agence {spot}'),
    (3, 'company', 'Immobilier', '68.31Z', 'SARL', '{name} Immobilier'),
    (3, 'company', 'Services', '69.20Z', 'SARL', 'Fiduciaire {name}'),
    (3, 'company', 'Services', '71.12B', 'SAS', 'Bureau d''études {name}'),
    (3, 'company', 'Santé', '86.10Z', 'SAS', 'Clinique {spot}'),
    (3, 'liberal_profession', 'Santé', '86.21Z', NULL, 'Cabinet médical {spot}'),
    (2, 'liberal_profession', 'Santé', '86.23Z', NULL, 'Cabinet dentaire {name}'),
    (2, 'liberal_profession', 'Santé', '75.00Z', NULL, 'Clinique vétérinaire {spot}'),
    (3, 'liberal_profession', 'Juridique', '69.10Z', NULL, 'Étude notariale {name}'),
    (2, 'liberal_profession', 'Juridique', '69.10Z', NULL, 'Cabinet d''avocats {name}'),
    (2, 'liberal_profession', 'Services', '71.11Z', NULL, 'Atelier d''architecture {name}'),
    (18, 'individual', 'Particulier', NULL, NULL, '{person}'),
    (5, 'public_body', 'Collectivité', '84.11Z', NULL, 'Mairie de {place}'),
    (2, 'public_body', 'Enseignement', '85.31Z', NULL, 'Collège {spot}'),
    (1, 'public_body', 'Santé', '87.10A', NULL, 'EHPAD {spot}'),
    (4, 'association', 'Sport et loisirs', '93.12Z', NULL, 'Association sportive {spot}'),
    (3, 'association', 'Sport et loisirs', '93.29Z', NULL, 'Association Les Voiles {spot}'),
    (2, 'association', 'Social', '88.99B', NULL, 'Entraide {spot}')
  ) AS t (weight, legal_kind, sector, ape, legal_form, pattern);

CREATE TABLE demo.size AS
SELECT * FROM (VALUES (0, 'TPE (1 à 9)'), (1, 'PME (10 à 49)'), (2, 'PME (50 à 249)'), (3, 'ETI et plus')) AS t (id, name);
