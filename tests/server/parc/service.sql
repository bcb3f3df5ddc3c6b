-- Sites of installation with every field of PARC-01…12.
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
SELECT plan(51);
UPDATE softwhere.customer SET address_1 = '4 place Gambetta', postcode = '56000', city = 'Vannes' WHERE id = :customer_id;
SELECT pg_temp.customer('T2') AS other_id \gset
SELECT api.operator_save('{"name": "Orange"}') AS orange \gset
SELECT id AS site FROM softwhere.billing_site WHERE customer_id = :customer_id \gset
SELECT id AS their_site FROM softwhere.billing_site WHERE customer_id = :other_id \gset

SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'mobile', 'operator_id', :orange)) AS s \gset
SELECT is(to_jsonb(v) - '{id,customer_id,operator_id,created_at,created_by,row_version,search_text}'::text[],
  '{"number": "9000-000001", "customer_name": "Société T1", "customer_number": "T1", "billing_site_id": null, "billing_site_name": null, "name": "Société T1", "kind": "mobile",
    "operator_name": "Orange", "activity": "active", "status": "main", "own_address": false, "address_1": "4 place Gambetta", "address_2": null, "postcode": "56000",
    "city": "Vannes", "country": "FR", "siret": null, "internal_reference": null, "private_installer": null, "it_contractor": null, "free_text": null,
    "external_id": null, "line_count": 0, "equipment_count": 0}', 'named after the customer, at their address (PARC-01, 03…07)')
  FROM api.service AS v WHERE id = :s;
SELECT api.service_save(jsonb_build_object('id', :s, 'row_version', 1, 'name', 'Agence d''Auray', 'status', 'branch', 'own_address', true, 'address_1', '2 rue du Lait',
  'postcode', '56400', 'city', 'Auray', 'siret', '732 829 320 00074', 'internal_reference', 'SW-42', 'private_installer', 'Câblage Sud', 'it_contractor', 'Infoservice',
  'free_text', 'Clé à l''accueil', 'billing_site_id', :site, 'external_id', '9000-000311', 'activity', 'terminated'));
SELECT is((name, status, address_1, postcode, city, country, siret, internal_reference, private_installer, it_contractor, free_text, billing_site_name, external_id, activity, row_version)::text,
  '("Agence d''Auray",branch,"2 rue du Lait",56400,Auray,FR,73282932000074,SW-42,"Câblage Sud",Infoservice,"Clé à l''accueil",Siège,9000-000311,terminated,2)', 'with an address of its own and every field (PARC-05…12)')
  FROM api.service WHERE id = :s;
SELECT api.service_save(jsonb_build_object('id', :s, 'own_address', false, 'address_1', 'oubliée'));
SELECT is((address_1, city)::text, '("4 place Gambetta",Vannes)', 'and back to the account''s') FROM api.service WHERE id = :s;

-- An own address starts as a copy of the account's (PARC-07): what is not said stays what the screen showed.
SELECT api.service_save(jsonb_build_object('id', :s, 'own_address', true, 'address_2', 'Bâtiment B'));
SELECT is((own_address, address_1, address_2, postcode, city)::text, '(t,"4 place Gambetta","Bâtiment B",56000,Vannes)', 'copied from the account, then changed') FROM api.service WHERE id = :s;
UPDATE softwhere.customer SET address_1 = '9 quai des Indes' WHERE id = :customer_id;
SELECT is(address_1, '4 place Gambetta', 'the account moves, the site stays') FROM api.service WHERE id = :s;
SELECT api.service_save(jsonb_build_object('id', :s, 'own_address', true, 'address_2', NULL));
SELECT is((address_1, address_2)::text, '("4 place Gambetta",)', 'its own address is not copied again') FROM api.service WHERE id = :s;
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'fixed', 'own_address', true)) AS copied \gset
SELECT is((address_1, city)::text, '("9 quai des Indes",Vannes)', 'a new site may begin with a copy') FROM api.service WHERE id = :copied;
SELECT api.service_save(jsonb_build_object('customer_id', :customer_id, 'kind', 'fixed', 'own_address', true, 'city', 'Auray')) AS typed \gset
SELECT is((address_1, city)::text, '(,Auray)', 'or with one typed, nothing added') FROM api.service WHERE id = :typed;
SELECT is((r -> 'figures', r -> 'lines_by_activity', jsonb_array_length(r -> 'history') > 0)::text, '("{""monthly_net"": ""0.00"", ""active_lines"": 0}",[],t)', 'its record in one call')
  FROM api.service_record(:s) AS r;
SELECT is(jsonb_path_query_array(api.service_parc(:s)::jsonb, '$.groups[*].services[*].id'), jsonb_build_array(:s), 'and its lines and machines in another, without those of its neighbours');

CREATE FUNCTION pg_temp.service(p jsonb, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.service_save(%L)', jsonb_build_object('customer_id', current_setting('test.customer_id')::bigint, 'kind', 'fixed') || p), p_role)
$$;
SELECT is(pg_temp.service(p), e, p::text)
  FROM (VALUES ('{}'::jsonb, 'nothing'), ('{"kind": null}', 'SW004 kind'), ('{"kind": "radio"}', 'SW005 kind service_kind_is_known'),
    ('{"kind": "fixed"}', 'nothing'), ('{"kind": "internet"}', 'nothing'), ('{"kind": "cybersecurity"}', 'nothing'),
    ('{"status": "main"}', 'nothing'), ('{"status": "other"}', 'nothing'), ('{"status": "hidden"}', 'SW005 status service_status_is_known'),
    ('{"activity": "asleep"}', 'SW005 activity service_activity_is_known'), ('{"customer_id": null}', 'SW004 customer_id'),
    ('{"customer_id": 0}', 'SW005 customer_id service_customer_id_fkey'), ('{"operator_id": 0}', 'SW005 operator_id service_operator_id_fkey'),
    ('{"siret": "73282932000075"}', 'SW005 siret invalid_siret'), ('{"own_address": true, "postcode": "5640"}', 'SW005 postcode invalid_postcode'),
    ('{"own_address": true, "country": "BE", "postcode": "5640"}', 'nothing'), ('{"own_address": "perhaps"}', 'SW005 own_address invalid_boolean'),
    ('{"number": "9000-000001"}', 'SW012 number service_number_unique'), ('{"external_id": "9000-000311"}', 'SW012 external_id service_external_id_unique'),
    ('{"colour": "blue"}', 'SW005 colour unknown_field'), ('{"operator_name": "x"}', 'SW005 operator_name unknown_field')) AS t (p, e);
SELECT is(pg_temp.service(jsonb_build_object('billing_site_id', :their_site)), 'SW005 billing_site_id site_of_another_customer', 'billed to a site of the customer');
SELECT is(pg_temp.service(jsonb_build_object('id', :s, 'customer_id', :other_id)), 'SW013 customer_id', 'a site stays with its customer');
SELECT is(pg_temp.service(jsonb_build_object('id', :s, 'row_version', 1)), 'SW001 row_version', 'two people');
SELECT is(pg_temp.service('{"id": 0}'), 'SW002 id', 'no such site');

-- Who may, who sees.
SELECT is(pg_temp.service('{}', r), e, r)
  FROM (VALUES ('t_admin', 'nothing'), ('t_adv', 'nothing'), ('t_support', 'nothing'), ('t_deployment', 'nothing'), ('t_staging', '42501'), ('t_accounting', '42501'),
    ('t_technician', '42501'), ('t_partner', '42501'), ('t_customer', '42501')) AS t (r, e);
SELECT api.service_save(jsonb_build_object('customer_id', :other_id, 'kind', 'internet', 'operator_id', :orange)) AS theirs \gset
UPDATE softwhere.app_user SET customer_id = :other_id WHERE role_name = 't_customer';
SET LOCAL ROLE t_customer;
SELECT is((SELECT string_agg(customer_name || ' ' || operator_name, ',') FROM api.service), 'Société T2 Orange', 'a customer sees their own sites and operators');
SELECT is(pg_temp.refusal(format('SELECT api.service_record(%s)', :s)), 'SW002 id', 'not those of others');
SELECT is(api.service_record(:theirs) ->> 'name', 'Société T2', 'but theirs');
RESET ROLE;
SELECT is(pg_temp.refusal('UPDATE softwhere.service SET activity = ''terminated''', 't_admin'), '42501', 'nobody writes the table');

-- Found by what they are, also after the customer is renamed.
SELECT is((SELECT count(*) FROM api.service WHERE search_text LIKE '%sw-42%' AND search_text LIKE '%vannes%'), 1::bigint, 'found by reference and town');
UPDATE softwhere.customer SET legal_name = 'Pharmacie du Port' WHERE id = :customer_id;
SELECT is((SELECT count(*) FROM api.service WHERE search_text LIKE '%sw-42%' AND search_text LIKE '%pharmacie du port%'), 1::bigint, 'and by the customer''s new name');

SELECT ok(EXISTS (SELECT FROM api.change WHERE entity = 'service' AND entity_id = :s AND changes ? 'it_contractor'), 'the journal knows who wrote what');
SELECT * FROM finish();
ROLLBACK;
