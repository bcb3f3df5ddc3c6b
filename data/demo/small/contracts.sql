-- The contracts of the small demonstration: every step, every indicator, whatever the day (WF-*, IND-*).
-- Dates are relative to the business date, so that the office looks alive on the day it is opened.

CREATE FUNCTION demo.today() RETURNS date
LANGUAGE sql STABLE
AS $$ SELECT current_setting('demo.today')::date $$;

CREATE FUNCTION demo.month(p_months int) RETURNS date
LANGUAGE sql STABLE
AS $$ SELECT (date_trunc('month', demo.today()) + make_interval(months => p_months))::date $$;
COMMENT ON FUNCTION demo.month(int) IS 'The first day of the month p_months after the present one.';

CREATE FUNCTION demo.anchor(p_target_on date, p_months int, p_step int DEFAULT 1) RETURNS date
LANGUAGE sql IMMUTABLE
AS $$
  -- From the 31st, one month back may be the 30th, whose due dates never fall on the 31st again.
  SELECT (p_target_on - make_interval(months => m))::date
    FROM generate_series(p_months, p_months + 48, p_step) AS m
   WHERE ((p_target_on - make_interval(months => m))::date + make_interval(months => m))::date = p_target_on
   ORDER BY m LIMIT 1
$$;
COMMENT ON FUNCTION demo.anchor(date, int, int) IS
  'An effective date about p_months before p_target_on from which due dates, every p_step months, fall exactly on p_target_on.';

CREATE TABLE demo.cast_contract (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text UNIQUE, customer text REFERENCES demo.cast_customer (code), title text,
  offers text, machines text[], effective_on date, months int, periodicity int, tacit boolean,
  end_on date, scene text, created_on date, papers int, scene_on date, reason text
);

-- In creation: how many of issued, sent and signed are done is "papers".
INSERT INTO demo.cast_contract
  (code, customer, title, offers, machines, effective_on, months, periodicity, tacit, scene, created_on, papers)
VALUES
  ('chantier', 'chantier', 'Fibre dédiée et téléphonie', 'fibre_dediee centrex:12 svi', NULL, demo.month(2), 36, 1, true, 'creation', demo.today() - 2, 0),
  ('reunion', 'reunion', 'Téléphonie et mobiles', 'centrex:4 mobile50:3', '{Yealink T54W}', demo.month(1), 24, 1, true, 'creation', demo.today() - 4, 1),
  ('menuiserie', 'menuiserie', 'Internet et téléphonie', 'fibre centrex:3 mise_en_service', '{Box Pro Wi-Fi 6,Yealink T31P}', demo.today() + 20, 36, 1, true, 'creation', demo.today() - 1, 2),
  ('velo', 'velo', 'Internet et mobiles', 'fibre500 mobile20:2 mise_en_service', '{Box Pro Wi-Fi 6}', demo.today() + 15, 24, 1, true, 'creation', demo.today() - 6, 3),
  ('derrien', 'derrien', 'Box et mobile', 'fibre500 mobile5', NULL, NULL, NULL, 1, false, 'creation', demo.today(), 0),
  ('tanguy', 'tanguy', 'Internet et téléphonie', 'fibre centrex:2', '{Yealink W73P (DECT)}', demo.today() + 10, 36, 1, true, 'creation', demo.today() - 10, 2),
  ('plescop', 'plescop', 'Mobiles des services techniques', 'mobile20:6 m2m:2', NULL, demo.today() + 8, 24, 1, true, 'creation', demo.today() - 10, 1),
  ('refuge', 'refuge', 'Internet et téléphonie', 'fibre500 centrex:2', '{Yealink T31P}', demo.today(), 24, 1, true, 'creation', demo.today() - 5, 2),
  ('maconnerie', 'maconnerie', 'Copieur A3 et maintenance', 'location_a3 livraison', NULL, demo.today() + 4, 63, 3, false, 'creation', demo.today() - 16, 2),
  ('conserverie', 'conserverie', 'Pare-feu et sauvegarde', 'parefeu sauvegarde1000', NULL, NULL, NULL, 1, true, 'creation', demo.today() - 25, 1);

-- Signed, waiting for the first invoice.
INSERT INTO demo.cast_contract
  (code, customer, title, offers, machines, effective_on, months, periodicity, tacit, scene, created_on)
VALUES
  ('avocats', 'avocats', 'Internet, téléphonie et mobiles', 'fibre centrex:5 mobile50:3 mise_en_service', '{Yealink T54W,Box Pro Wi-Fi 6}', demo.today() + 12, 36, 1, true, 'start', demo.today() - 6),
  ('agglo', 'agglo', 'Cybersécurité du siège', 'parefeu edr:40 filtrage:45 vpn:12', '{Fortinet FortiGate 60F}', demo.month(1), 36, 1, true, 'start', demo.today() - 9),
  ('sene', 'sene', 'Copieurs de la mairie', 'maintenance', '{Ricoh IM C2010}', demo.today() + 3, 48, 3, false, 'start', demo.today() - 8),
  ('lemoine', 'lemoine', 'Téléphonie et mobiles', 'centrex:5 centrex_standard mobile50:3 portabilite:2', '{Yealink T54W}', demo.today(), 36, 1, true, 'start', demo.today() - 9),
  ('rennes', 'rennes', 'Copieur A4', 'location_a4', '{Konica Minolta bizhub C250i}', demo.today(), 63, 1, false, 'start', demo.today() - 7),
  ('epicerie', 'epicerie', 'Internet et téléphonie', 'fibre500 centrex:2 mise_en_service', '{Box Pro Wi-Fi 6}', demo.today() - 3, 36, 1, true, 'start', demo.today() - 10),
  ('handball', 'handball', 'Copieur du club', 'maintenance', '{Canon iR C3326}', demo.today() - 9, 48, 1, true, 'start', demo.today() - 18);

-- Billed month after month.
INSERT INTO demo.cast_contract
  (code, customer, title, offers, machines, effective_on, months, periodicity, tacit, scene)
VALUES
  ('port', 'port', 'Internet, téléphonie, mobiles et copieur', 'fibre centrex:6 mobile50:4 maintenance', '{Canon iR C3326,Yealink T54W,Box Pro Wi-Fi 6}', demo.month(-9), 36, 1, true, 'half_read'),
  ('vincent', 'vincent', 'Fibre dédiée, téléphonie et cybersécurité', 'fibre_dediee_1g secours centrex:80 centrex_standard:3 parefeu edr:60 sauvegarde1000:2', '{Routeur fibre Huawei AR651,Fortinet FortiGate 60F,Yealink T54W}', demo.month(-13), 36, 1, true, 'periodic'),
  ('vincent_copieurs', 'vincent', 'Copieurs des services', 'maintenance:3', '{Canon iR C5840,Ricoh IM C2010,Canon iR C3326}', demo.anchor(demo.today(), 4), 48, 1, true, 'unread'),
  ('immobilier', 'immobilier', 'Copieur et téléphonie', 'location_a4 centrex:4', '{Konica Minolta bizhub C250i,Yealink T31P}', demo.anchor(demo.today(), 3), 36, 1, true, 'unread'),
  ('mareyeur', 'mareyeur', 'Copieur et mobiles', 'maintenance mobile20:6', '{Canon iR C3326}', demo.anchor(demo.today() - 5, 2), 36, 1, true, 'unread'),
  ('college', 'college', 'Copieurs pédagogiques', 'maintenance:2', '{Ricoh IM C2010,Konica Minolta bizhub C250i}', demo.anchor(demo.today() - 12, 6, 3), 48, 3, true, 'unread'),
  ('taxis', 'taxis', 'Mobiles et terminaux', 'mobile50:5 m2m:5', '{Samsung XCover 7}', demo.month(-6), 24, 1, true, 'periodic'),
  ('intersport', 'intersport', 'Magasin : internet, téléphonie, sécurité', 'fibre_dediee secours centrex:18 mobile50:12 parefeu edr:22 sauvegarde500 svi', '{Fortinet FortiGate 40F,Routeur fibre Huawei AR651,Yealink T54W}', demo.month(-12), 36, 1, true, 'periodic'),
  ('lebihan', 'lebihan', 'Internet et téléphonie', 'fibre mobile5 ip_fixe:2', '{Box Pro Wi-Fi 6}', demo.anchor(demo.today() - 5, 3), 36, 1, true, 'periodic'),
  ('plage', 'plage', 'Hôtel : Wi-Fi et téléphonie', 'fibre centrex_standard centrex:12 secours svi parefeu', '{Borne Wi-Fi Aruba AP22,Yealink T31P,Zyxel USG Flex 100}', demo.month(-8), 36, 1, true, 'periodic'),
  ('kerguelen', 'kerguelen', 'Flotte mobile et informatique', 'mobile50:14 m2m:20 infogerance:9 bureautique:9', '{Samsung XCover 7,Switch Aruba 1930 24G PoE}', demo.month(-11), 24, 3, true, 'periodic'),
  ('optique', 'optique', 'Internet et téléphonie', 'fibre centrex:4 mobile20', '{Yealink T54W}', demo.month(-10), 36, 1, true, 'periodic'),
  ('halles', 'halles', 'Officine : internet, téléphonie, copieur', 'fibre_dediee centrex:14 mobile50:6 maintenance sauvegarde1000', '{Canon iR C5840,Yealink T54W,Fortinet FortiGate 40F}', demo.month(-7), 60, 1, true, 'periodic'),
  ('auray', 'auray', 'Internet et téléphonie', 'fibre centrex:6 secours fax', '{Yealink T54W,Box Pro Wi-Fi 6}', demo.month(-6), 36, 1, true, 'periodic'),
  ('menhirs', 'menhirs', 'Internet et mobiles', 'fibre mobile20:2', '{Box Pro Wi-Fi 6}', demo.month(-5), 24, 1, true, 'periodic'),
  ('pontivy', 'pontivy', 'Téléphonie', 'trunk:4 sda', '{Poly Edge E350}', demo.month(-9), 36, 1, true, 'periodic'),
  ('courtage', 'courtage', 'Internet, téléphonie et postes', 'fibre centrex:5 bureautique:5 edr:5', '{Yealink T54W}', demo.month(-4), 36, 1, true, 'periodic'),
  ('mutuelle', 'mutuelle', 'Réseau des agences', 'fibre_dediee:3 centrex:40 mobile50:25 parefeu:3', '{Fortinet FortiGate 60F,Fortinet FortiGate 40F,Switch Aruba 1930 24G PoE}', demo.month(-10), 48, 3, true, 'periodic'),
  ('plomberie', 'plomberie', 'Mobiles', 'mobile20:3', '{Samsung XCover 7}', demo.month(-6), 24, 1, true, 'periodic'),
  ('elec', 'elec', 'Internet, mobiles et sauvegarde', 'fibre mobile50:9 sauvegarde500', '{Synology DS923+,Samsung Galaxy A55}', demo.month(-8), 36, 1, true, 'periodic'),
  ('maconnerie_tel', 'maconnerie', 'Téléphonie et mobiles', 'centrex:8 mobile50:11', '{Yealink T54W}', demo.month(-12), 36, 1, true, 'periodic'),
  ('thalasso', 'thalasso', 'Téléphonie des chambres et Wi-Fi', 'fibre_dediee trunk:12 sda:3 svi parefeu', '{Borne Wi-Fi Aruba AP22,Fortinet FortiGate 60F}', demo.month(-12), 60, 1, true, 'periodic'),
  ('thalasso_copieurs', 'thalasso', 'Copieurs', 'location_a3 maintenance', '{Canon iR C5840,Ricoh IM C2010}', demo.month(-6), 63, 3, true, 'periodic'),
  ('comptable', 'comptable', 'Informatique du cabinet', 'infogerance:15 serveur:2 bureautique:15 sauvegarde1000 edr:15', '{Synology DS923+,Switch Aruba 1930 24G PoE}', demo.month(-9), 36, 1, true, 'periodic'),
  ('bureau_etudes', 'bureau_etudes', 'Internet et stockage', 'fibre hebergement:2 sauvegarde1000', '{Synology DS923+}', demo.month(-7), 36, 1, true, 'periodic'),
  ('logistique', 'logistique', 'Flotte mobile', 'mobile20:30 mobile150:4 m2m:60', '{Samsung XCover 7,Samsung Galaxy A55}', demo.month(-11), 24, 1, true, 'periodic'),
  ('ajaccio', 'ajaccio', 'Téléphonie', 'centrex:3 mobile20:2', '{Yealink T54W}', demo.month(-5), 24, 1, true, 'periodic'),
  ('dentistes', 'dentistes', 'Internet, téléphonie et sauvegarde', 'fibre centrex:4 sauvegarde500', '{Yealink T54W,Box Pro Wi-Fi 6}', demo.month(-8), 36, 1, true, 'periodic'),
  ('medecins', 'medecins', 'Internet, téléphonie et copieur', 'fibre centrex:6 svi maintenance', '{Konica Minolta bizhub C250i,Yealink T31P}', demo.month(-5), 48, 1, true, 'periodic'),
  ('veterinaire', 'veterinaire', 'Internet et téléphonie', 'fibre centrex:3', '{Yealink W73P (DECT)}', demo.anchor(demo.today() - 12, 3, 3), 36, 3, true, 'periodic'),
  ('infirmiers', 'infirmiers', 'Mobiles', 'mobile50:4', '{Samsung Galaxy A55}', demo.anchor(demo.today() - 4, 3), 24, 1, true, 'failing'),
  ('colin', 'colin', 'Fibre et mobile', 'fibre500 mobile20', '{Box Pro Wi-Fi 6}', demo.month(-4), 24, 1, true, 'periodic'),
  ('vaillant', 'vaillant', 'Mobile', 'mobile50', '{Apple iPhone 16e}', demo.month(-7), 24, 1, true, 'periodic'),
  ('plescop_fibre', 'plescop', 'Fibre et téléphonie de la mairie', 'fibre_dediee centrex:22 svi', '{Routeur fibre Huawei AR651,Yealink T54W}', demo.month(-12), 36, 3, true, 'periodic'),
  ('ehpad_tel', 'ehpad', 'Téléphonie et Wi-Fi', 'fibre centrex:16 centrex_standard', '{Borne Wi-Fi Aruba AP22,Yealink T31P}', demo.month(-9), 36, 1, true, 'periodic'),
  ('entraide', 'entraide', 'Internet et téléphonie', 'fibre500 centrex:3', '{Yealink T31P}', demo.month(-12), 36, 6, true, 'periodic'),
  ('courtage_backup', 'courtage', 'Sauvegarde externalisée', 'sauvegarde1000', '{Synology DS923+}', demo.month(-12), 12, 12, true, 'periodic');

-- Come to their end, or stopped before. scene_on: the day after the last day of service, or the day it was cancelled.
INSERT INTO demo.cast_contract
  (code, customer, title, offers, machines, effective_on, months, periodicity, tacit, scene, scene_on, reason)
VALUES
  ('carrosserie', 'carrosserie', 'Internet et téléphonie', 'fibre500 centrex:2', '{Box Pro Wi-Fi 6}', NULL, 12, 6, false, 'end', demo.today() + 18, NULL),
  ('camping', 'camping', 'Wi-Fi de la saison', 'fibre secours', '{Borne Wi-Fi Aruba AP22}', NULL, 4, 1, false, 'end', demo.today() + 9, NULL),
  ('mahe', 'mahe', 'Fibre et mobile', 'fibre500 mobile20', '{Box Pro Wi-Fi 6}', NULL, 12, 3, false, 'end', demo.today() + 25, NULL),
  ('fleurs', 'fleurs', 'Internet et mobile', 'fibre500 mobile20', '{Box Pro Wi-Fi 6}', NULL, 12, 3, false, 'end', demo.today() + 1, NULL),
  ('voiles', 'voiles', 'Mobiles de la saison', 'mobile20:3', '{Samsung XCover 7}', NULL, 6, 3, false, 'end', demo.today() - 1, NULL),
  ('cidrerie', 'cidrerie', 'Internet et téléphonie', 'fibre centrex:3', '{Yealink T31P}', NULL, 12, 3, false, 'final_unpaid', demo.today() - 20, NULL),
  ('ehpad', 'ehpad', 'Ancien copieur', 'maintenance', '{Ricoh IM C2010}', NULL, 12, 3, false, 'end', demo.today() - 3, NULL),
  ('notaires', 'notaires', 'Téléphonie', 'trunk:6 sda', '{Poly Edge E350}', demo.month(-13), 12, 3, false, 'closed', NULL, NULL),
  ('presse', 'presse', 'Copieur', 'maintenance', '{Canon iR C3326}', demo.month(-11), 9, 1, false, 'closed', NULL, NULL),
  ('musique', 'musique', 'Internet du local', 'fibre500', '{Box Pro Wi-Fi 6}', demo.month(-12), 6, 1, false, 'closed', NULL, NULL),
  ('ancien', 'ancien', 'Internet et téléphonie', 'fibre500 centrex', '{Yealink T31P}', demo.month(-13), 6, 1, false, 'closed', NULL, NULL),
  ('paris', 'paris', 'Internet et téléphonie', 'fibre_dediee centrex:10', '{Yealink T54W}', demo.month(-2), 36, 1, true, 'cancelled_early', demo.month(-2) - 4, 'Immeuble non raccordable avant 12 mois : le client renonce.'),
  ('architecte', 'architecte', 'Internet et postes', 'fibre infogerance:4', '{Box Pro Wi-Fi 6}', demo.month(-8), 36, 1, true, 'cancelled', demo.month(-2) + 12, 'Cessation d''activité de l''atelier.'),
  ('creperie', 'creperie', 'Téléphonie', 'centrex:2', NULL, demo.month(-1), 24, 1, true, 'cancelled_new', demo.month(-2) + 20, 'Doublon : le client a signé un autre devis.');

UPDATE demo.cast_contract SET effective_on = demo.anchor(scene_on, months), end_on = scene_on - 1
 WHERE scene IN ('end', 'final_unpaid');
UPDATE demo.cast_contract SET end_on = (effective_on + make_interval(months => months))::date - 1 WHERE end_on IS NULL;
UPDATE demo.cast_contract SET created_on = effective_on - 19 WHERE created_on IS NULL;
