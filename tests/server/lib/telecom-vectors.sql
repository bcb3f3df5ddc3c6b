-- Vectors of identifiers: fictional data, computed by hand from the published algorithms. Include inside a transaction.

CREATE TEMPORARY TABLE rio_vector (number text, rio text, valid boolean);
INSERT INTO rio_vector VALUES
  ('0612345678', '01P12345636Q', true), ('0788990011', '02EA1B2C3E1T', true), ('0611223344', '03P0000005KD', true),
  ('0600000001', '01EAB12CDP+Q', true), ('0700000000', '44PZZZZZZL8B', true), ('0123456789', 'F0F1A2B3CVNT', true),
  ('0987654321', 'FTX9Z8Y7XIE1', true), ('0612345679', '01P12345636Q', false), ('0612345678', '01P12345636P', false),
  ('0612345678', '01+12345636Q', false), ('0612345678', '01P1234563Q', false);

CREATE TEMPORARY TABLE iccid_vector (iccid text, valid boolean);
INSERT INTO iccid_vector VALUES
  ('8933010000000123457', true), ('8933200000000678906', true), ('8933100000123456785', true), ('8933010000000123456', false);

CREATE TEMPORARY TABLE imei_vector (imei text, valid boolean);
INSERT INTO imei_vector VALUES
  ('354178036859789', true), ('356868000041418', true), ('490154203237518', true), ('490154203237519', false);

CREATE TEMPORARY TABLE number_vector (typed text, e164 text);
INSERT INTO number_vector VALUES
  ('06 12 34 56 78', '+33612345678'), ('+33 (0)6.12.34.56.78', '+33612345678'), ('0033612345678', '+33612345678'),
  ('33612345678', '+33612345678'), ('0700 12345 67890', '+337001234567890'), ('09-87-65-43-21', '+33987654321'),
  ('0690123456', '+590690123456'), ('0692123456', '+262692123456'), ('0694123456', '+594694123456'),
  ('0696123456', '+596696123456'), ('612345678', NULL), ('061234567', NULL), ('3631', NULL);
