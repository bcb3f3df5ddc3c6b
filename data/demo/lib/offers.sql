-- What the reseller sells, at what price (€ excl. VAT), and the machines that go with it.

CREATE TABLE demo.offer AS
SELECT row_number() OVER () - 1 AS id, t.*
  FROM (VALUES
    -- code, family, section, label, price, recurring, usual quantity at most
    ('fibre', 'internet', 'subscription', 'Fibre Pro 1 Gb/s', 59.00, true, 1),
    ('fibre500', 'internet', 'subscription', 'Fibre Pro 500 Mb/s', 45.00, true, 1),
    ('fibre_dediee', 'internet', 'subscription', 'Fibre dédiée 100 Mb/s garantis', 290.00, true, 1),
    ('fibre_dediee_1g', 'internet', 'subscription', 'Fibre dédiée 1 Gb/s garanti', 490.00, true, 1),
    ('secours', 'internet', 'subscription', 'Secours 4G automatique', 19.90, true, 1),
    ('ip_fixe', 'internet', 'subscription', 'Adresse IP fixe', 5.00, true, 2),
    ('centrex', 'telephony', 'subscription', 'Centrex – poste utilisateur', 14.90, true, 24),
    ('centrex_standard', 'telephony', 'subscription', 'Centrex – poste standard', 24.90, true, 2),
    ('trunk', 'telephony', 'subscription', 'Trunk SIP – canal', 9.90, true, 12),
    ('sda', 'telephony', 'subscription', 'Numéros SDA, tranche de 10', 6.00, true, 3),
    ('svi', 'telephony', 'subscription', 'Standard vocal (SVI)', 15.00, true, 1),
    ('fax', 'telephony', 'subscription', 'Fax par courriel', 6.90, true, 1),
    ('enregistrement', 'telephony', 'subscription', 'Enregistrement des appels', 8.00, true, 4),
    ('mobile5', 'mobile', 'subscription', 'Forfait mobile 5 Go', 9.90, true, 6),
    ('mobile20', 'mobile', 'subscription', 'Forfait mobile 20 Go', 14.90, true, 8),
    ('mobile50', 'mobile', 'subscription', 'Forfait mobile 50 Go 5G', 19.90, true, 12),
    ('mobile150', 'mobile', 'subscription', 'Forfait mobile 150 Go 5G', 29.90, true, 4),
    ('m2m', 'mobile', 'subscription', 'Carte M2M 50 Mo', 3.50, true, 20),
    ('parefeu', 'security', 'subscription', 'Pare-feu managé', 49.00, true, 1),
    ('edr', 'security', 'subscription', 'Antivirus managé (EDR) – poste', 6.50, true, 25),
    ('sauvegarde500', 'security', 'subscription', 'Sauvegarde externalisée 500 Go', 39.00, true, 1),
    ('sauvegarde1000', 'security', 'subscription', 'Sauvegarde externalisée 1 To', 64.00, true, 1),
    ('filtrage', 'security', 'subscription', 'Filtrage du courriel – boîte', 2.90, true, 25),
    ('vpn', 'security', 'subscription', 'VPN nomade – utilisateur', 4.50, true, 8),
    ('bureautique', 'it', 'subscription', 'Suite bureautique en ligne – utilisateur', 12.90, true, 20),
    ('infogerance', 'it', 'subscription', 'Infogérance – poste', 18.00, true, 15),
    ('serveur', 'it', 'subscription', 'Infogérance – serveur', 75.00, true, 2),
    ('hebergement', 'it', 'subscription', 'Hébergement serveur virtuel', 55.00, true, 2),
    ('location_a3', 'printing', 'subscription', 'Location copieur A3 couleur', 89.00, true, 1),
    ('location_a4', 'printing', 'subscription', 'Location copieur A4 couleur', 49.00, true, 1),
    ('maintenance', 'printing', 'subscription', 'Maintenance copieur, pièces et déplacements inclus', 67.76, true, 1),
    ('mise_en_service', 'internet', 'one_off', 'Frais de mise en service', 99.00, false, 1),
    ('installation', 'telephony', 'one_off', 'Installation sur site, demi-journée', 290.00, false, 1),
    ('portabilite', 'telephony', 'one_off', 'Portabilité de numéro', 15.00, false, 4),
    ('livraison', 'printing', 'one_off', 'Livraison, mise en service et formation', 180.00, false, 1)
  ) AS t (code, family, section, label, unit_price, recurring, most);
CREATE UNIQUE INDEX ON demo.offer (code);

CREATE TABLE demo.machine AS
SELECT row_number() OVER () - 1 AS id, row_number() OVER (PARTITION BY t.family) - 1 AS nth, t.*
  FROM (VALUES
    ('internet', 'router', 'Routeur fibre Huawei AR651', 'HW6'), ('internet', 'router', 'Box Pro Wi-Fi 6', 'BX6'),
    ('telephony', 'phone', 'Yealink T54W', 'YT54'), ('telephony', 'phone', 'Yealink T31P', 'YT31'),
    ('telephony', 'phone', 'Yealink W73P (DECT)', 'YW73'), ('telephony', 'phone', 'Poly Edge E350', 'PE35'),
    ('mobile', 'mobile', 'Samsung Galaxy A55', 'R5C'), ('mobile', 'mobile', 'Apple iPhone 16e', 'F4G'),
    ('mobile', 'mobile', 'Samsung XCover 7', 'R7X'),
    ('security', 'firewall', 'Fortinet FortiGate 40F', 'FGT40'), ('security', 'firewall', 'Fortinet FortiGate 60F', 'FGT60'),
    ('security', 'firewall', 'Zyxel USG Flex 100', 'S21'),
    ('it', 'server', 'Synology DS923+', '22C0'), ('it', 'switch', 'Switch Aruba 1930 24G PoE', 'CN2'),
    ('it', 'access_point', 'Borne Wi-Fi Aruba AP22', 'AP22'),
    ('printing', 'copier', 'Canon iR C3326', '2JX0'), ('printing', 'copier', 'Canon iR C5840', '3KD0'),
    ('printing', 'copier', 'Ricoh IM C2010', '3920M'), ('printing', 'copier', 'Konica Minolta bizhub C250i', 'AA2M')
  ) AS t (family, kind, label, serial_prefix);
CREATE UNIQUE INDEX ON demo.machine (family, nth);

CREATE TABLE demo.family AS
SELECT family, count(*) AS offers,
       (SELECT count(*) FROM demo.machine AS m WHERE m.family = o.family) AS machines,
       row_number() OVER (ORDER BY family) - 1 AS id
  FROM demo.offer AS o WHERE recurring GROUP BY family;
