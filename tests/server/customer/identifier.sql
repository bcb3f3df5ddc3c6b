-- Identifiers of DOMAIN 2, by tables of cases (SHEET-22, SHEET-23, SHEET-24, SITE-11, SITE-12, SITE-13, CONT-05).
BEGIN;
CREATE TEMPORARY TABLE c (kind text, value text, expected text);
INSERT INTO c VALUES
  ('siren', '732829320', 'true'), ('siren', '552100554', 'true'), ('siren', '130025265', 'true'), ('siren', '404833048', 'true'),
  ('siren', '356000000', 'true'), ('siren', '732829321', 'false'), ('siren', '73282932', 'false'), ('siren', '7328293200', 'false'),
  ('siren', '73282932A', 'false'),
  ('siret', '73282932000074', 'true'), ('siret', '35600000000048', 'true'), ('siret', '35600000049837', 'true'),
  ('siret', '13002526500013', 'true'), ('siret', '35600000049838', 'false'), ('siret', '73282932000075', 'false'),
  ('siret', '7328293200007', 'false'), ('siret', '', 'false'),
  -- A Luhn key over fourteen digits does not make a SIREN of the first nine.
  ('siret', '73282932100073', 'false'),
  ('vat', 'FR44732829320', 'true'), ('vat', 'FR96552100554', 'true'), ('vat', 'FR07130025265', 'true'),
  ('vat', 'FR83404833048', 'true'), ('vat', 'FR46443121975', 'true'), ('vat', 'FR11123456782', 'true'),
  ('vat', 'FRK7399859412', 'true'), ('vat', 'FR4Z123456782', 'true'), ('vat', 'FR45732829320', 'false'),
  ('vat', 'FRK8399859412', 'false'), ('vat', 'FRO7399859412', 'false'), ('vat', 'FR4473282932', 'false'),
  ('vat', 'DE136695976', 'true'), ('vat', 'BE0428759497', 'true'), ('vat', 'ATU13585627', 'true'), ('vat', 'ZZ123456789', 'false'),
  ('vat', 'DE1', 'false'), ('vat', '732829320', 'false'),
  ('rna', 'W301000624', 'true'), ('rna', 'W751004076', 'true'), ('rna', 'W30100062', 'false'), ('rna', 'X301000624', 'false'),
  ('iban', 'FR1420041010050500013M02606', 'true'), ('iban', 'FR7630006000011234567890189', 'true'),
  ('iban', 'FR7630004008280001234567841', 'true'), ('iban', 'FR7610278060000002045670135', 'true'),
  ('iban', 'DE89370400440532013000', 'true'), ('iban', 'MC5811222000010123456789030', 'true'),
  ('iban', 'FR7630006000011234567890188', 'false'), ('iban', 'FR763000600001123456789018', 'false'),
  ('iban', 'DE893704004405320130', 'false'), ('iban', '7630006000011234567890189', 'false'),
  ('bic', 'AGRIFRPP', 'true'), ('bic', 'BNPAFRPPXXX', 'true'), ('bic', 'AGRIFRP', 'false'), ('bic', 'AGRIFRPPX', 'false'),
  ('bic', 'AGR1FRPP', 'false'), ('bic', 'AGRIFRPO', 'false'),
  ('ics', 'FR72ZZZ123456', 'true'), ('ics', 'FR45ZZZ519993', 'true'), ('ics', 'FR69ZZZ651190', 'true'),
  ('ics', 'DE98ZZZ09999999999', 'true'), ('ics', 'ES23ZZZ47690558N', 'true'), ('ics', 'MT50ZZZ670169305T', 'true'),
  ('ics', 'FR72ABC123456', 'true'), ('ics', 'FR07ZZZ519993', 'false'), ('ics', 'FR72ZZZ12345', 'false'),
  ('rum', 'ADT-000042-001', 'true'), ('rum', repeat('A', 35), 'true'), ('rum', repeat('A', 36), 'false'), ('rum', '', 'false'),
  ('rum', 'A B', 'false'), ('rum', 'A/B', 'true'), ('rum', '/AB', 'false'), ('rum', 'AB/', 'false'), ('rum', 'A//B', 'false'),
  ('rum', 'É1', 'false'),
  ('email', 'anne.le-bris+fact@port.fr', 'true'), ('email', 'a@b.co', 'true'), ('email', 'contact@château.fr', 'true'),
  ('email', 'anne@port', 'false'), ('email', 'anne port@x.fr', 'false'), ('email', '@x.fr', 'false'), ('email', 'a@.fr', 'false'),
  ('email', 'a..b@x.fr', 'false'), ('email', 'a@x..fr', 'false'), ('email', 'a@-x.fr', 'false'), ('email', 'a@b@c.fr', 'false'),
  ('postcode_fr', '56000', 'true'), ('postcode_fr', '01000', 'true'), ('postcode_fr', '97400', 'true'), ('postcode_fr', '98000', 'true'),
  ('postcode_fr', '2A000', 'false'), ('postcode_fr', '5600', 'false'), ('postcode_fr', '00100', 'false'), ('postcode_fr', '99100', 'false'),
  -- As typed by people, to E.164.
  ('phone', '06 12 34 56 78', '+33612345678'), ('phone', '+33 (0)6.12.34.56.78', '+33612345678'),
  ('phone', '0033612345678', '+33612345678'), ('phone', '33612345678', '+33612345678'), ('phone', '0700 12345 67890', '+337001234567890'),
  ('phone', '09-87-65-43-21', '+33987654321'), ('phone', '0690123456', '+590690123456'), ('phone', '0692123456', '+262692123456'),
  ('phone', '0694123456', '+594694123456'), ('phone', '0594123456', '+594594123456'), ('phone', '0696123456', '+596696123456'),
  ('phone', '0269601234', '+262269601234'), ('phone', E'02\u00a097\u202f00 10 20', '+33297001020'), ('phone', '02/97/00/10/20', '+33297001020'),
  ('phone', '+32 2 555 12 12', '+3225551212'), ('phone', '0044 20 7946 0958', '+442079460958'), ('phone', '+33 0612345678', '+33612345678'),
  ('phone', '0800 123 456', '+33800123456'),
  ('phone', '612345678', NULL), ('phone', '061234567', NULL), ('phone', '3631', NULL), ('phone', '06123456789', NULL),
  ('phone', '0700123456', NULL), ('phone', '06 12 34 56 7x', NULL), ('phone', '+33', NULL), ('phone', '+0123456789', NULL),
  ('phone', '+1234567890123456', NULL), ('phone', '', NULL),
  ('ape', '6190z', '61.90Z'), ('ape', '61.90Z', '61.90Z'), ('ape', ' 61 90 Z', '61.90Z'), ('ape', '619', '619');
SELECT plan((SELECT count(*)::int + 5 FROM c));

CREATE FUNCTION pg_temp.answer(p_kind text, p_value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE v text;
BEGIN
  EXECUTE format('SELECT rules.%I($1)', CASE p_kind WHEN 'phone' THEN 'phone_e164' WHEN 'ape' THEN 'ape_normalised' ELSE 'is_' || p_kind END)
     INTO v USING p_value;
  RETURN v;
END $$;
SELECT is(pg_temp.answer(kind, value), expected, kind || ' ' || value) FROM c;

SELECT is(rules.is_siret(NULL), NULL, 'nothing is neither right nor wrong');
SELECT is(rules.phone_search('+33612345678'), '33612345678 0612345678', 'a phone is found typed either way');
SELECT is(rules.phone_search('+590690123456'), '590690123456 0690123456', 'an overseas phone too');
SELECT is(rules.iban_masked('FR7630006000011234567890189'), 'FR76 •••• •••• 0189', 'a masked IBAN shows country, key and the end');
SELECT is(rules.normalised('iban', 'fr76 3000 6000 0112 3456 7890 189', 'iban'), 'FR7630006000011234567890189', 'spaces and case do not matter');

SELECT * FROM finish();
ROLLBACK;
