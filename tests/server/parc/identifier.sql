-- Numbers, RIO, ICCID, IMEI and what operators accept (LINE-02, MORD-07, SIM-*, CHAR-01), by vectors.
BEGIN;
\ir ../lib/telecom-vectors.sql
SELECT plan(93);

SELECT is(rules.phone_e164(typed), e164, 'E.164 of ' || typed) FROM number_vector;
SELECT is(rules.is_iccid(iccid), valid, 'ICCID ' || iccid) FROM iccid_vector;
SELECT is(rules.is_iccid(v), false, 'no ICCID: ' || v) FROM unnest('{8.93301E+18,893301000000012345,9933010000000123457,893301000000012345700,89330100000001234X7}'::text[]) AS v;
SELECT is(rules.normalised('iccid', '8933 0100 0000 0123 457F', 'x'), '8933010000000123457', 'spaces and the filler of the operator go');
SELECT is(rules.is_imei(imei), valid, 'IMEI ' || imei) FROM imei_vector;
SELECT is(rules.is_imei('49015420323751'), false, 'fourteen digits are no IMEI');
SELECT is(rules.is_rio(rio) AND rules.rio_key(left(rio, 9), number) = right(rio, 3), valid, format('RIO %s for %s', rio, number)) FROM rio_vector;
SELECT is(rules.rio_problem(rio, rules.phone_e164(number)) IS NULL, valid, format('the same judged with the number as stored: %s', rio))
  FROM rio_vector WHERE rules.phone_e164(number) IS NOT NULL;
SELECT is(rules.rio_problem(r, n), e, COALESCE(e, 'right') || ' ' || r || ' ' || n)
  FROM (VALUES ('01P12345636Q', '+33612345678', NULL), ('01P12345636Q', '+33612345679', 'rio_key'), ('01P12345636P', '+33612345678', 'rio_key'),
    ('01+12345636Q', '+33612345678', 'invalid_rio'), ('01p12345636Q', '+33612345678', 'invalid_rio'), ('01B12345636Q', '+33612345678', 'invalid_rio'),
    ('01P12345636Q', '+33123456789', 'rio_quality'), ('F0F1A2B3CVNT', '+33612345678', 'rio_quality'), ('01A12345636Q', '+33612345678', 'rio_quality'),
    ('01P12345636Q', '+337001234567890', 'rio_number'), ('01P12345636Q', '+33800123456', 'rio_number'), ('01P12345636Q', '+4915112345678', 'rio_number')) AS t (r, n, e);

SELECT is(rules.number_kind(n), e, n)
  FROM (VALUES ('+33612345678', 'mobile'), ('+33712345678', 'mobile'), ('+33769123456', 'mobile'), ('+337001234567890', 'm2m'), ('+33123456789', 'fixed'),
    ('+33987654321', 'fixed'), ('+33500000000', 'fixed'), ('+33800123456', 'special'), ('+590690123456', 'mobile'), ('+590590123456', 'fixed'),
    ('+262692123456', 'mobile'), ('+262262123456', 'fixed'), ('+33700123456', NULL), ('+4915112345678', NULL)) AS t (n, e);
SELECT is(rules.is_line_number(n), e, 'a line may have ' || n)
  FROM (VALUES ('+33612345678', true), ('+33712345678', true), ('+33987654321', true), ('+337001234567890', true), ('+33123456789', true),
    ('+33800123456', false), ('+33700123456', false), ('+4915112345678', false)) AS t (n, e);
SELECT is(rules.phone_shown(n), e, e)
  FROM (VALUES ('+33612345678', '06 12 34 56 78'), ('+337001234567890', '0700 1234 5678 90'), ('+590690123456', '06 90 12 34 56'), ('+4915112345678', '+4915112345678')) AS t (n, e);

SELECT is(rules.operator_text(t), e, t)
  FROM (VALUES ('Hélène L''Épée-Müller', 'HELENE L EPEE MULLER'), ('Œuvre & Cie', 'OEUVRE CIE'), ('  SARL  «Ça, là»  ', 'SARL CA LA'),
    ('Jean-François ß', 'JEAN FRANCOIS SS'), ('N° 7 bis', 'N 7 BIS'), ('!!!', '')) AS t (t, e);

SELECT * FROM finish();
ROLLBACK;
