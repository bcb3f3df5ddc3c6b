-- Catalogues and offers (CATA-01…07, OFFER-01…13): what is saved, what is refused, and who sees what it cost (LINE-14).
BEGIN;
\ir ../lib/people.sql
SELECT plan(79);

-- What saving an offer that is complete but for p refuses.
CREATE FUNCTION pg_temp.offer(p jsonb) RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.offer_save(%L)', '{"kind": "subscription", "code": "X", "label": "X"}'::jsonb || p), 't_adv')
$$;

SET LOCAL ROLE t_adv;
SELECT api.operator_save('{"name": "Orange", "provider": "manual", "sim_alert_level": 20}') AS orange \gset
SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :orange)) AS mobile \gset
SELECT is(name, 'Actif telecom – Mobile – Orange', 'a catalogue is called owner – technology – operator (CATA-02)') FROM api.catalogue WHERE id = :mobile;
SELECT is(pg_temp.refusal(format('SELECT api.catalogue_save(%L)', jsonb_build_object('owner', 'Actif telecom', 'technology', 'mobile', 'operator_id', :orange, 'name', 'Autre')), 't_adv'),
  'SW012 operator_id catalogue_once', 'each combination once');
SELECT is(pg_temp.refusal(format('SELECT api.catalogue_save(%L)', jsonb_build_object('owner', ' Actif telecom ', 'technology', 'mobile', 'operator_id', :orange)), 't_adv'),
  'SW012 operator_id catalogue_once', 'also when it is given no name');

SELECT api.catalogue_save(jsonb_build_object('owner', 'Actif telecom', 'technology', 'internet', 'operator_id', :orange)) AS internet \gset
SELECT is(position - (SELECT position FROM api.catalogue WHERE id = :mobile), 1, 'a new one comes after the others') FROM api.catalogue WHERE id = :internet;
SELECT api.catalogue_save(jsonb_build_object('id', :internet, 'technology', 'fixed'));
SELECT is(name, 'Actif telecom – Fixe – Orange', 'its name follows its parts (CATA-01)') FROM api.catalogue WHERE id = :internet;
SELECT is(pg_temp.refusal(format('SELECT api.catalogue_save(%L)', jsonb_build_object('id', :internet, 'technology', 'mobile')), 't_adv'), 'SW012 operator_id catalogue_once',
  'also to those of another');
SELECT api.catalogue_save(jsonb_build_object('id', :internet, 'name', 'Les fixes'));
SELECT api.catalogue_save(jsonb_build_object('id', :internet, 'technology', 'internet', 'position', 1));
SELECT is((name, position)::text, '("Les fixes",1)', 'a name that was given stays; the place is chosen') FROM api.catalogue WHERE id = :internet;
SELECT api.catalogue_save(jsonb_build_object('id', :internet, 'name', '', 'position', NULL));
SELECT is(name, 'Actif telecom – Internet – Orange', 'emptied, it is that of its parts again') FROM api.catalogue WHERE id = :internet;
SELECT is(position - (SELECT position FROM api.catalogue WHERE id = :mobile), 1, 'and without a place it is the last') FROM api.catalogue WHERE id = :internet;
SELECT is(pg_temp.refusal(format('SELECT api.catalogue_save(%L)', jsonb_build_object('id', :internet, 'position', 'premier')), 't_adv'), 'SW005 position invalid_integer', 'a place is a number');
SELECT is(pg_temp.refusal(format('SELECT api.catalogue_save(%L)', jsonb_build_object('id', :internet, 'owner', '')), 't_adv'), 'SW004 owner', 'it has an owner');

SELECT api.offer_save(jsonb_build_object('catalogue_id', :mobile, 'kind', 'option', 'code', 'OPT-MONDE', 'label', 'Option monde', 'price', '9.90', 'option_family', 'international')) AS world \gset
SELECT api.offer_save(jsonb_build_object('catalogue_id', :mobile, 'kind', 'subscription', 'code', 'MOB-20', 'label', 'Forfait 20 Go', 'price', '14.90',
  'vat_rate', '20', 'commitment_months', 24, 'data_gb', '20', 'throughput_mbps', '300', 'option_ids', jsonb_build_array(:world))) AS plan20 \gset
SELECT is(to_jsonb(o) - '{id,catalogue_id,operator_id,row_version,search_text}'::text[],
  '{"kind": "subscription", "code": "MOB-20", "label": "Forfait 20 Go", "catalogue_name": "Actif telecom – Mobile – Orange", "technology": "mobile", "description": null,
    "recurring": true, "price": 14.900000, "price_months": 1, "monthly_price": 14.900000, "vat_rate": 20.00, "commitment_months": 24, "data_gb": 20.000,
    "throughput_mbps": 300.00, "option_family": null, "equipment_kind": null, "brand": null, "model": null, "valid_from_on": "2026-11-22",
    "valid_until_on": null, "on_sale": true}', 'an offer as its view shows it (OFFER-06)')
  FROM api.offer AS o WHERE id = :plan20;
SELECT is((api.offer_record(:plan20) #> '{options,0}') - '{id,row_version}'::text[],
  jsonb_build_object('option_id', :world, 'code', 'OPT-MONDE', 'label', 'Option monde', 'price', '9.900000', 'price_months', 1), 'with its options');
SELECT is(api.offer_record(:plan20) ->> 'price', '14.900000', 'amounts are text');
SELECT ok(NOT api.offer_record(:plan20) ? 'purchase_price', 'and no purchase price');
SELECT is(pg_temp.refusal('SELECT api.offer_record(0)'), 'SW002 id', 'an offer that is none');

-- What is refused, on which field and why.
SELECT is(pg_temp.offer(p), e, p::text)
  FROM (VALUES ('{}'::jsonb, 'nothing'), ('{"kind": null}', 'SW004 kind'), ('{"code": " "}', 'SW004 code'), ('{"label": ""}', 'SW004 label'),
    ('{"kind": "toy"}', 'SW005 kind offer_kind_is_known'), ('{"price": "-1"}', 'SW005 price offer_price_not_negative'),
    ('{"price": "dear"}', 'SW005 price invalid_number'), ('{"vat_rate": "19.6"}', 'SW005 vat_rate offer_vat_rate_is_french'),
    ('{"code": "MOB-20"}', 'SW012 code offer_code_unique'), ('{"recurring": false}', 'SW005 recurring offer_subscription_is_recurring'),
    ('{"kind": "service", "recurring": false}', 'nothing'), ('{"kind": "service", "recurring": true}', 'nothing'),
    ('{"option_family": "data"}', 'SW005 option_family not_for_offer_kind'),
    ('{"equipment_kind": "terminal"}', 'SW005 equipment_kind not_for_offer_kind'),
    ('{"kind": "equipment", "equipment_kind": "terminal", "brand": "Samsung", "model": "A55", "recurring": false}', 'nothing'),
    ('{"valid_from_on": "2026-02-01", "valid_until_on": "2026-01-31"}', 'SW005 valid_until_on offer_valid_until_after_from'),
    ('{"valid_from_on": "01/02/2026"}', 'SW005 valid_from_on invalid_date'), ('{"throughput_mbps": 0}', 'SW005 throughput_mbps offer_throughput_mbps_positive'),
    ('{"commitment_months": 121}', 'SW005 commitment_months offer_commitment_months_sane'), ('{"catalogue_id": 0}', 'SW005 catalogue_id offer_catalogue_id_fkey'),
    ('{"colour": "blue"}', 'SW005 colour unknown_field'), ('{"option_ids": 7}', 'SW005 option_ids invalid_value'),
    ('{"option_ids": [0]}', 'SW005 option_ids not_an_option'), ('{"kind": "option", "option_ids": [1]}', 'SW005 option_ids options_of_subscription'),
    ('{"purchase_price": "3"}', 'SW003 purchase_price')) AS t (p, e);
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', jsonb_build_object('id', :plan20, 'row_version', 7, 'price', '1')), 't_adv'), 'SW001 row_version', 'two people');
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', jsonb_build_object('id', 0, 'price', '1')), 't_adv'), 'SW002 id', 'no such offer');
SELECT is(pg_temp.refusal($$SELECT api.offer_save('{"kind": "service", "code": "X", "label": "X"}')$$, r), '42501', r || ' does not write the catalogue')
  FROM unnest('{t_support,t_technician,t_partner,t_customer}'::text[]) AS r;

-- Terminals are a table of their own (OFFER-13).
SELECT api.offer_save('{"kind": "equipment", "code": "A55", "label": "Samsung Galaxy A55", "equipment_kind": "terminal", "brand": "Samsung", "model": "A55", "recurring": false, "price": "349"}') AS a55 \gset
SELECT is((SELECT string_agg(code, ',') FROM api.terminal), 'A55', 'the table of terminals');
SELECT is((SELECT string_agg(code, ',' ORDER BY code) FROM api.offer WHERE search_text LIKE '%galaxy%'), 'A55', 'found by what it is called');

-- Validity.
SELECT api.offer_save(jsonb_build_object('id', :plan20, 'valid_until_on', '2026-11-21', 'valid_from_on', '2026-01-01'));
SELECT ok(NOT on_sale, 'an offer ends with its last day') FROM api.offer WHERE id = :plan20;
SELECT api.offer_save(jsonb_build_object('id', :plan20, 'valid_until_on', '2026-11-22'));
SELECT ok(on_sale, 'which is a day of sale') FROM api.offer WHERE id = :plan20;

-- Managers only (LINE-14): by the api, by its views, by direct SQL on the table.
RESET ROLE; SET LOCAL ROLE t_accounting;
SELECT api.offer_save(jsonb_build_object('id', :plan20, 'purchase_price', '9.10'));
SELECT is((price, purchase_price, margin, margin_rate)::text, '(14.900000,9.100000,5.800000,38.93)', 'a manager reads the margin') FROM api.offer_margin WHERE id = :plan20;
SELECT is(api.offer_record(:plan20) ->> 'margin', '5.800000', 'also in the record');
RESET ROLE;
SELECT is(pg_temp.refusal(q, r), '42501', format('%s: %s', r, q))
  FROM unnest('{t_adv,t_support,t_technician,t_partner}'::text[]) AS r,
       unnest(ARRAY['SELECT purchase_price FROM softwhere.offer', 'SELECT count(margin) FROM api.offer_margin']) AS q;
SELECT is((SELECT count(*) FROM softwhere.change_log WHERE entity = 'offer' AND changes::text LIKE '%purchase%'), 0::bigint, 'the journal, which everybody reads, does not tell');
SELECT is((SELECT count(*) > 0 FROM softwhere.change_log WHERE entity = 'offer' AND changes ? 'valid_until_on'), true, 'but it does tell the rest');

-- Each kind has its fields.
SELECT api.offer_save('{"kind": "equipment", "equipment_kind": "terminal", "code": "KIND", "label": "X", "brand": "Nokia"}') AS kind_offer \gset
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', p || jsonb_build_object('id', :kind_offer))), e, p::text)
  FROM (VALUES ('{"data_gb": "5"}'::jsonb, 'SW005 data_gb not_for_offer_kind'), ('{"commitment_months": "0", "data_gb": null}', 'nothing')) AS t (p, e);
SELECT api.offer_save(jsonb_build_object('id', :kind_offer, 'kind', 'service'));
SELECT is((kind, brand, equipment_kind)::text, '(service,,)', 'what another kind had is emptied') FROM api.offer WHERE id = :kind_offer;
SELECT is((SELECT k -> 'absent_fields' ? 'data_gb' FROM jsonb_array_elements(api.choices() -> 'offer_kinds') AS k WHERE k ->> 'code' = 'equipment'), true, 'clients are told');

-- Options as rows of a form: added, replaced, removed; each once, options only.
RESET ROLE; SET LOCAL ROLE t_adv;
SELECT api.offer_save(jsonb_build_object('catalogue_id', :mobile, 'kind', 'option', 'code', 'OPT-EUROPE', 'label', 'Option Europe', 'price', '4.90')) AS europe \gset
SELECT api.offer_save(jsonb_build_object('catalogue_id', :mobile, 'kind', 'subscription', 'code', 'MOB-5', 'label', 'Forfait 5 Go', 'price', '9.90', 'options',
  jsonb_build_array(jsonb_build_object('option_id', :world)))) AS plan5 \gset
SELECT id AS row FROM api.offer_option WHERE offer_id = :plan5 \gset
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', jsonb_build_object('id', :plan5, 'options', jsonb_build_array(r)))), e, r::text)
  FROM (VALUES (jsonb_build_object('option_id', :world), 'SW012 options[0].option_id offer_option_once'),
    (jsonb_build_object('option_id', :plan20), 'SW005 options[0].option_id not_an_option'),
    ('{"option_id": 0}', 'SW005 options[0].option_id offer_option_option_id_fkey'), ('{}', 'SW004 options[0].option_id'),
    ('{"id": 0, "deleted": true}', 'SW002 options[0].id')) AS t (r, e);
SELECT is(pg_temp.refusal(format('SELECT api.offer_save(%L)', jsonb_build_object('id', :europe, 'options', jsonb_build_array(jsonb_build_object('option_id', :world))))),
  'SW005 options[0].option_id options_of_subscription', 'an option carries none');
SELECT api.offer_save(jsonb_build_object('id', :plan5, 'options', jsonb_build_array(jsonb_build_object('id', :row, 'option_id', :europe))));
SELECT is(api.offer_record(:plan5) -> 'option_ids', jsonb_build_array(:europe), 'one takes the place of another');
SELECT is((SELECT string_agg(code, ',') FROM api.offer_options(:plan5)), 'OPT-EUROPE', 'only those named are proposed');
SELECT api.offer_save(jsonb_build_object('id', :plan5, 'options', jsonb_build_array(jsonb_build_object('id', :row, 'deleted', true))));
SELECT is((SELECT string_agg(code, ',' ORDER BY code) FROM api.offer_options(:plan5)), 'OPT-EUROPE,OPT-MONDE', 'none named: all of its catalogue');
SELECT api.offer_save(jsonb_build_object('id', :plan5, 'options', jsonb_build_array(jsonb_build_object('option_id', :europe))));
SELECT api.offer_save(jsonb_build_object('id', :europe, 'kind', 'service'));
SELECT is(api.offer_record(:plan5) -> 'option_ids', '[]', 'what is no option any more is none of its options');
RESET ROLE;
SELECT is(pg_temp.refusal(format('INSERT INTO softwhere.offer_option (offer_id, option_id) VALUES (%s, %s)', :plan5, :world), 't_adv'), '42501', 'nobody writes past the rules');
SELECT is((SELECT count(*) FROM api.offer_option), 1::bigint, 'those of the others stay');
SELECT * FROM finish();
ROLLBACK;
