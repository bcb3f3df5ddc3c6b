-- What an invoice prints (INVT-01…06, DOMAIN 4.1, 4.2): the exact shape, frozen at issue.
BEGIN;
SELECT plan(24);
\ir ../lib/billing.sql
UPDATE softwhere.company SET name = 'Actif Télécom', siret = '73282932000074', vat_number = 'FR44732829320', ics = 'FR72ZZZ123456', share_capital = 50000,
  invoice_footer = 'Merci.', contact_name = 'Claire Morel', late_text_professional = 'PRO', late_text_individual = 'CONSO', discount_text = 'Pas d''escompte';
SELECT pg_temp.site('{"payment_method": "direct_debit"}') AS s \gset
SELECT customer_id AS k FROM softwhere.billing_site WHERE id = :s \gset
UPDATE softwhere.billing_site SET purchase_order = 'BC 7', delivery_address_1 = '3 impasse du Moulin', delivery_postcode = '56340', delivery_city = 'Carnac' WHERE id = :s;
INSERT INTO softwhere.contact (customer_id, title, first_name, last_name, is_billing_manager) VALUES (:k, 'mrs', 'Anne', 'Le Bris', true);
SELECT pg_temp.contract(jsonb_build_object('effective', '2031-01-01', 'end', '2032-12-31', 'site', :s, 'meters', '[{"included": 100, "tranches": [[null, 0.01]]}]'::jsonb),
  '[{"label": "Fibre", "price": 30}, {"label": "Routeur", "price": 99, "recurring": false}]') AS c \gset
SELECT pg_temp.read_meters(:c, 1000);
SELECT pg_temp.bill(:c) AS i \gset
SELECT api.invoice_document(:i) AS doc \gset

CREATE FUNCTION pg_temp.keys(p jsonb) RETURNS text LANGUAGE sql AS $$ SELECT string_agg(k, ' ' ORDER BY k COLLATE "C") FROM jsonb_object_keys(p) AS k $$;
SELECT is(pg_temp.keys(:'doc'::jsonb), 'balance buyer commitment contract_number credited customer_number delivery_address deposits id interlocutor issued_on kind number paid payment payment_due_on period_end_on period_start_on purchase_order readings sections seller status texts total_gross total_net total_vat vat', 'the document');
SELECT is(pg_temp.keys(:'doc'::jsonb -> v.part), v.keys, v.part) FROM (VALUES
  ('seller', 'address_1 address_2 ape bank_name bic brand_color city country email franchise iban ics legal_form name phone postcode rcs_city share_capital siren siret tagline vat_group vat_number website'),
  ('buyer', 'address_1 address_2 city contact country name postcode professional service siren trading_name vat_number'),
  ('delivery_address', 'address_1 address_2 city country name postcode'),
  ('payment', 'debit_on holder iban_masked ics method rum text'),
  ('texts', 'discount footer late_payment operation_nature vat_on_debits'), ('interlocutor', 'email name phone')) AS v (part, keys);
SELECT is(pg_temp.keys(:'doc'::jsonb #> v.path::text[]), v.keys, v.path) FROM (VALUES
  ('{sections,0}', 'code lines title'), ('{sections,0,lines,0}', 'detail label net quantity unit unit_price vat_rate'),
  ('{readings,0}', 'consumed equipment included meter previous_on previous_value read_on serial_number source value'),
  ('{vat,0}', 'amount base category exemption rate')) AS v (path, keys);
SELECT is((SELECT string_agg(s ->> 'code', ' ') FROM jsonb_array_elements(:'doc'::jsonb -> 'sections') AS s), 'subscription meter one_off', 'sections in the order of the decree');
SELECT is(:'doc'::jsonb #> '{sections,0,lines,0}',
  '{"label": "Fibre", "detail": "du 01/01 au 31/01/2031", "quantity": "1", "unit": "", "unit_price": "30.00", "vat_rate": "20", "net": "30.00"}', 'a line, amounts as text');
SELECT is(:'doc'::jsonb -> 'payment', jsonb_build_object('method', 'direct_debit', 'text', (SELECT invoice_text FROM softwhere.payment_method WHERE code = 'direct_debit'),
  'debit_on', '2031-01-31', 'iban_masked', 'FR76 •••• … 0189', 'holder', 'PHARMACIE DU PORT', 'rum', 'ADT-T' || :s, 'ics', 'FR72ZZZ123456'), 'debit date, masked IBAN, RUM, ICS');
SELECT is(:'doc'::jsonb #>> '{texts,late_payment}', 'PRO', 'the text for professionals');
SELECT is(:'doc'::jsonb #>> '{texts,operation_nature}', 'mixed', 'goods and services');
SELECT is(concat_ws(' ', :'doc'::jsonb #>> '{buyer,contact}', :'doc'::jsonb ->> 'purchase_order', :'doc'::jsonb #>> '{delivery_address,city}'), 'Mme Anne Le Bris BC 7 Carnac', 'contact, order, delivery');

-- Everything changes afterwards; the invoice does not.
UPDATE softwhere.company SET name = 'Autre', discount_text = 'Escompte', late_text_professional = 'NEUF';
UPDATE softwhere.customer SET legal_name = 'Nouveau nom', address_1 = 'Ailleurs' WHERE id = :k;
UPDATE softwhere.billing_site SET purchase_order = 'BC 8', payment_method = 'transfer', delivery_city = 'Auray' WHERE id = :s;
UPDATE softwhere.mandate SET iban = 'FR1420041010050500013M02606', holder = 'X' WHERE billing_site_id = :s;
UPDATE softwhere.payment_method SET invoice_text = 'Autre texte' WHERE code = 'direct_debit';
SELECT is(api.invoice_document(:i), :'doc'::jsonb, 'an issued document stays as it was issued');
SELECT pg_temp.read_meters(:c, 1500);
SELECT pg_temp.bill(:c) AS j \gset
SELECT is(concat_ws(' ', d #>> '{seller,name}', d #>> '{buyer,name}', d ->> 'purchase_order', d #>> '{payment,method}', d #>> '{payment,rum}'),
  'Autre Nouveau nom BC 8 transfer', 'the next one has the news') FROM api.invoice_document(:j) AS d;
SELECT is(d -> 'readings' -> 0, jsonb_build_object('equipment', 'Canon iR C3326', 'serial_number', 'SN' || :c, 'meter', 'Noir', 'previous_on', '2031-01-01', 'previous_value', '1000',
  'read_on', '2031-02-01', 'value', '1500', 'consumed', '500', 'included', '100', 'source', 'entered'), 'the reading with the one before') FROM api.invoice_document(:j) AS d;
SELECT is((SELECT count(*) FROM softwhere.document_party WHERE content ? 'buyer'), 2::bigint, 'one snapshot per distinct content');

-- A consumer: their text, their commitment, no 40 €.
SELECT pg_temp.contract(jsonb_build_object('effective', '2031-03-01', 'end', '2031-03-31', 'site', pg_temp.site('{"legal_kind": "individual", "legal_name": "Yann Kervella"}'))) AS c \gset
SELECT pg_temp.bill(:c) AS i \gset
SELECT is(concat_ws(' ', d #>> '{texts,late_payment}', d #>> '{commitment,until}', d #>> '{buyer,professional}'), 'CONSO 2031-03-31 false', 'a consumer: text and commitment') FROM api.invoice_document(:i) AS d;
SELECT pg_temp.bill(:c) AS i \gset
SELECT is(d -> 'commitment', '{"ended": true}', 'engagement échu') FROM api.invoice_document(:i) AS d;
-- Many in one round trip, in the order asked.
SELECT is((SELECT array_agg(d ->> 'id') FROM api.invoice_documents(ARRAY[:i, :j, 0]::bigint[]) AS d), ARRAY[:'i', :'j'], 'many at once');
SELECT * FROM finish();
ROLLBACK;
