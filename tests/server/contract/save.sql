-- api.contract_save: PROD-01…11, WF-09…11, errors on their field, two people at once.
BEGIN;
SELECT plan(67);
\ir ../lib/contract.sql

-- Creation: defaults and refusals.
SELECT api.contract_save(jsonb_build_object('customer_id', :customer_id)) AS id \gset
SELECT results_eq(format('SELECT number IS NOT NULL, step, contract_type, metered, renewal_months, billing_site_name, created_on FROM api.contract WHERE id = %s', :id),
  $$ VALUES (true, 'creation', 'standard', false, 12, 'Siège', '2026-01-01'::date) $$, 'the customer is enough: number, site and type follow');
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('customer_id', :customer_id) || v::jsonb)), error, name)
  FROM (VALUES
    ('{"customer_id": null}', 'SW004 customer_id', 'no customer'),
    ('{"customer_id": -1, "billing_site_id": 1}', 'SW005 billing_site_id', 'no such customer'),
    ('{"billing_site_id": -1}', 'SW005 billing_site_id', 'the site of somebody else'),
    ('{"contract_type": "unknown"}', 'SW005 contract_type', 'an unknown type'),
    ('{"effective_on": "2026-02-30"}', 'SW005 effective_on', 'no such day'),
    ('{"effective_on": "soon"}', 'SW005 effective_on', 'no day at all'),
    ('{"periodicity_months": 2}', 'SW005 periodicity_months', 'every two months is not offered'),
    ('{"periodicity_months": "x"}', 'SW005 periodicity_months', 'not a number'),
    ('{"renewal_months": 0}', 'SW005 renewal_months', 'no renewal of no months'),
    ('{"issued_on": "2025-12-10", "sent_on": "2025-12-09"}', 'SW005 sent_on', 'sent before issued'),
    ('{"sent_on": "2025-12-10", "signed_on": "2025-12-09"}', 'SW005 signed_on', 'signed before sent'),
    ('{"effective_on": "2026-02-01", "end_on": "2026-01-31"}', 'SW005 end_on', 'ends before it begins'),
    ('{"efective_on": "2026-02-01"}', 'SW005 efective_on', 'a misspelt field'),
    ('{"step": "closed"}', 'SW005 step', 'a step of one''s own choice'),
    ('{"items": {}}', 'SW005 items', 'items are a list'),
    ('{"items": [{"label": "a"}, {"unit_price": "3"}]}', 'SW004 items[1].label', 'an item without label'),
    ('{"items": [{"label": "  "}]}', 'SW004 items[0].label', 'or a blank one'),
    ('{"items": [{"label": "a"}, {"label": "b", "unit_price": "dear"}]}', 'SW005 items[1].unit_price', 'a price is a number'),
    ('{"items": [{"label": "a", "quantity": "0"}]}', 'SW005 items[0].quantity', 'none of something'),
    ('{"items": [{"label": "a", "vat_rate": "19.6"}]}', 'SW005 items[0].vat_rate', 'a rate of former times'),
    ('{"items": [{"label": "a", "price_months": 2}]}', 'SW005 items[0].price_months', 'PROD-11: monthly, quarterly, half-yearly, yearly'),
    ('{"items": [{"label": "a", "section": "x"}]}', 'SW005 items[0].section', 'an unknown section'),
    ('{"items": [{"label": "a", "subscribed_on": "2026-02-01", "ends_on": "2026-01-31"}]}', 'SW005 items[0].ends_on', 'ends before it begins'),
    ('{"items": [{"label": "a", "prix": "3"}]}', 'SW005 items[0].prix', 'a misspelt field of an item'),
    ('{"equipment": [{}]}', 'SW004 equipment[0].label', 'a machine without label'),
    ('{"equipment": [{"equipment_id": -1}]}', 'SW005 equipment[0].equipment_id', 'an unknown machine'),
    ('{"equipment": [{"label": "a", "serial_number": "S1"}, {"label": "b", "serial_number": "S1"}]}', 'SW012 equipment[1].serial_number', 'two machines of one serial number'),
    ('{"equipment": [{"label": "a", "meters": [{}]}]}', 'SW004 equipment[0].meters[0].label', 'a meter without label'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m"}, {"label": "n", "digits": 2}]}]}', 'SW005 equipment[0].meters[1].digits', 'a meter of two digits'),
    ('{"metered": false, "equipment": [{"label": "a", "meters": [{"label": "m"}]}]}', 'SW005 metered', 'meters in a contract without readings'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m", "tranches": [{"up_to": "100"}]}]}]}', 'SW004 equipment[0].meters[0].tranches[0].unit_price', 'a band without price'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m", "tranches": [{"up_to": "x", "unit_price": "1"}]}]}]}', 'SW005 equipment[0].meters[0].tranches[0].up_to', 'a bound is a number'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m"}, {"label": "n", "tranches": [{"up_to": "100", "unit_price": "1"}]}]}]}', 'SW005 equipment[0].meters[1].tranches[0].up_to', 'the last band has no bound'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m", "tranches": [{"up_to": "100", "unit_price": "1"}, {"up_to": "100", "unit_price": "1"}, {"unit_price": "1"}]}]}]}', 'SW005 equipment[0].meters[0].tranches[1].up_to', 'bounds grow'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m", "tranches": [{"unit_price": "1"}, {"up_to": "100", "unit_price": "1"}]}]}]}', 'SW005 equipment[0].meters[0].tranches[1].up_to', 'nothing follows the last band'),
    ('{"equipment": [{"label": "a", "meters": [{"label": "m", "tranches": [{"unit_price": "-1"}]}]}]}', 'SW005 equipment[0].meters[0].tranches[0].unit_price', 'a negative price')
  ) AS c (v, error, name);
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('customer_id', :customer_id, 'number', (SELECT number FROM softwhere.contract WHERE id = :id)))), 'SW012 number', 'a number is used once');
SELECT is(pg_temp.error_of($$SELECT api.contract_save('{"id": -1}')$$), 'SW002 id', 'a contract that is not there');
INSERT INTO softwhere.billing_site (customer_id, name) VALUES (:customer_id, 'Agence');
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('customer_id', :customer_id))), 'SW004 billing_site_id', 'with two sites, one is to be chosen');
DELETE FROM softwhere.billing_site WHERE name = 'Agence';

-- Everything at once, and back.
SELECT pg_temp.metered_contract('{"number": "C-1", "title": "Copieurs", "periodicity_months": 3, "items": [
  {"label": "Maintenance", "unit_price": "120.5", "price_months": 12, "vat_rate": "10", "description": "Annuelle", "origin": "Devis 12", "subscribed_on": "2026-01-01"},
  {"label": "Location", "quantity": "2", "unit_price": "30"}]}') AS id \gset
SELECT results_eq(format('SELECT label, description, origin, quantity, unit_price, vat_rate, applied_vat_rate, net, gross, price_months FROM api.contract_item WHERE contract_id = %s ORDER BY position', :id),
  $$ VALUES ('Maintenance', 'Annuelle', 'Devis 12', 1.0000, 120.500000, 10.00, 10.00, 120.50, 132.55, 12), ('Location', NULL, NULL, 2.0000, 30.000000, NULL, 20.00, 60.00, 72.00, 1) $$, 'PROD-03…10: items with their prices');
SELECT is((SELECT monthly_net FROM api.contract WHERE id = :id), 70.04, '120.50 € a year and twice 30 € a month make 70.04 € a month');
SELECT is((SELECT metered FROM api.contract WHERE id = :id), true, 'WF-16: its type makes it metered');
SELECT pg_temp.metered_contract('{"contract_type": "standard"}') AS standard \gset
SELECT is((SELECT metered FROM softwhere.contract WHERE id = :standard), true, 'meters make any contract metered');
SELECT is((SELECT tranches FROM api.meter WHERE contract_id = :id AND label = 'Noir et blanc'), '[{"up_to": 5000, "unit_price": 0.01}, {"up_to": null, "unit_price": 0.008}]'::jsonb, 'price bands in order');

-- Changes in creation.
SELECT id AS item FROM softwhere.contract_item WHERE contract_id = :id AND label = 'Location' \gset
SELECT api.contract_save(jsonb_build_object('id', :id, 'title', '', 'items', jsonb_build_array(jsonb_build_object('id', :item, 'unit_price', '35'))));
SELECT results_eq(format('SELECT c.title, c.end_on, i.unit_price, i.quantity FROM softwhere.contract AS c JOIN softwhere.contract_item AS i ON i.contract_id = c.id WHERE i.id = %s', :item),
  $$ VALUES (NULL::text, '2026-12-31'::date, 35.000000, 2.0000) $$, 'only the keys present change; empty is null');
SELECT is((SELECT count(*) FROM softwhere.contract_item WHERE contract_id = :id), 2::bigint, 'items not mentioned stay');
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('id', :id, 'items', jsonb_build_array(jsonb_build_object('id', -1))))), 'SW002 items[0].id', 'an item of elsewhere');
SELECT api.contract_save(jsonb_build_object('id', :id, 'items', jsonb_build_array(jsonb_build_object('id', :item, 'deleted', true))));
SELECT is((SELECT count(*) FROM softwhere.contract_item WHERE contract_id = :id), 1::bigint, 'deleted is removed');

-- Two people.
SELECT row_version AS version FROM softwhere.contract WHERE id = :id \gset
SELECT api.contract_save(jsonb_build_object('id', :id, 'title', 'Un', 'row_version', :version));
SELECT is((SELECT row_version FROM softwhere.contract WHERE id = :id), :version + 1, 'a save makes a new version');
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('id', :id, 'title', 'Deux', 'row_version', :version))), 'SW001 row_version', 'the second of two saves is told');
SELECT id AS item, row_version AS version FROM softwhere.contract_item WHERE contract_id = :id \gset
UPDATE softwhere.contract_item SET label = 'Entretien' WHERE id = :item;
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('id', :id, 'items', jsonb_build_array(jsonb_build_object('id', :item, 'row_version', :version, 'label', 'x'))))), 'SW001 items[0].row_version', 'of a nested row too');

-- After creation (DOMAIN 5.2: a change is two rows).
SELECT pg_temp.metered_contract() AS id \gset
SELECT api.contract_start(:id);
SELECT pg_temp.read_all(:id, 100);
SELECT pg_temp.first_invoice(:id);
SELECT id AS item FROM softwhere.contract_item WHERE contract_id = :id \gset
SELECT id AS link FROM softwhere.contract_equipment WHERE contract_id = :id \gset
SELECT id AS meter FROM softwhere.meter WHERE contract_id = :id ORDER BY position LIMIT 1 \gset
SET LOCAL softwhere.today = '2026-04-15';
SELECT is(pg_temp.error_of(format('SELECT api.contract_save(%L)', jsonb_build_object('id', :id) || replace(replace(replace(v, 'ITEM', :'item'), 'LINK', :'link'), 'METER', :'meter')::jsonb)), error, name)
  FROM (VALUES
    ('{"items": [{"id": ITEM, "unit_price": "30"}]}', 'SW016 items[0].unit_price', 'a price is frozen'),
    ('{"items": [{"id": ITEM, "deleted": true}]}', 'SW016 items[0].deleted', 'an item stays'),
    ('{"items": [{"id": ITEM, "unit_price": "20.000000", "ends_on": "2026-04-14"}]}', 'no error', 'it may end'),
    ('{"signed_on": "2025-12-20"}', 'SW016 signed_on', 'dates are frozen'),
    ('{"end_on": "2027-01-31"}', 'SW016 end_on', 'the end moves by its actions'),
    ('{"billing_site_id": -1}', 'SW005 billing_site_id', 'the site may change, to one of the customer'),
    ('{"equipment": [{"id": LINK, "deleted": true}]}', 'SW016 equipment[0].deleted', 'a machine stays'),
    ('{"equipment": [{"id": LINK, "serial_number": "SN-7"}]}', 'no error', 'its serial number may be completed'),
    ('{"equipment": [{"id": LINK, "meters": [{"id": METER, "included_volume": "1"}]}]}', 'SW016 equipment[0].meters[0].included_volume', 'a tariff is frozen'),
    ('{"equipment": [{"id": LINK, "meters": [{"id": METER, "tranches": [{"unit_price": "1"}]}]}]}', 'SW016 equipment[0].meters[0].tranches', 'its bands too'),
    ('{"equipment": [{"id": LINK, "meters": [{"id": METER, "label": "N&B", "tranches": [{"up_to": "5000.00", "unit_price": "0.0100"}, {"up_to": null, "unit_price": 0.008}]}]}]}', 'no error', 'the same bands may come back')
  ) AS c (v, error, name);
SELECT api.contract_save(jsonb_build_object('id', :id, 'items', jsonb_build_array(
  jsonb_build_object('id', :item, 'ends_on', '2026-04-14'), jsonb_build_object('label', 'Accès fibre', 'unit_price', '30'))));
SELECT results_eq(format('SELECT subscribed_on, ends_on, unit_price FROM softwhere.contract_item WHERE contract_id = %s ORDER BY id', :id),
  $$ VALUES (NULL::date, '2026-04-14'::date, 20.000000), ('2026-04-15', NULL, 30) $$, 'one item ends, another begins today');
SELECT id AS added FROM softwhere.contract_item WHERE contract_id = :id AND unit_price = 30 \gset
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "items": [{"id": %s, "unit_price": "31"}]}')$$, :id, :added)), 'no error', 'until billed, what was added may be corrected');
UPDATE softwhere.contract_item SET billed_until_on = '2026-04-30' WHERE id = :added;
SELECT is(pg_temp.error_of(format($$SELECT api.contract_save('{"id": %s, "items": [{"id": %s, "unit_price": "31"}]}')$$, :id, :added)), 'SW016 items[0].unit_price', 'then no more');
-- A second machine joins.
SELECT api.contract_save(jsonb_build_object('id', :id, 'equipment', '[{"label": "Second", "meters": [{"label": "Pages"}]}]'::jsonb));
SELECT results_eq(format($$SELECT e.state, r.kind, r.due_on FROM softwhere.contract_equipment AS h JOIN softwhere.equipment AS e ON e.id = h.equipment_id
    JOIN softwhere.meter AS m ON m.contract_equipment_id = h.id JOIN softwhere.meter_reading AS r ON r.meter_id = m.id WHERE h.contract_id = %s AND e.label = 'Second'$$, :id),
  $$ VALUES ('under_contract', 'initial', '2026-04-15'::date) $$, 'it is under contract, and read from its first day on');

SELECT * FROM finish();
ROLLBACK;
