-- Billing sites and their mandates (SITE-01…13, ICUST-10…13, DOMAIN 3.1).
BEGIN;
\ir ../lib/people.sql
-- A site of customer t: what it refuses, its prefix left out of the field.
CREATE FUNCTION pg_temp.site_refusal(p_customer bigint, p_site jsonb, p_role text DEFAULT 't_adv') RETURNS text LANGUAGE sql AS $$
  SELECT replace(pg_temp.save_refusal(jsonb_build_object('id', p_customer, 'sites', jsonb_build_array(p_site)), p_role), 'sites[0].', '')
$$;
CREATE FUNCTION pg_temp.save_site(p_customer bigint, p_site jsonb) RETURNS bigint LANGUAGE sql AS $$
  SELECT api.customer_save(jsonb_build_object('id', p_customer, 'sites', jsonb_build_array(p_site)));
  SELECT max(id) FROM api.billing_site WHERE customer_id = p_customer
$$;
SELECT plan(43);
SET LOCAL ROLE t_adv;

SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Pharmacie du Port", "sites": [{}]}') AS customer \gset
SELECT id AS site FROM api.billing_site WHERE customer_id = :customer \gset
SELECT is((name, status, vat_rate, periodicity_months, period_format, payment_method, block_reminders, no_detailed_invoice)::text,
  '("Pharmacie du Port",active,20.00,1,current_month,transfer,f,f)', 'defaults of a site (SITE-02…07)') FROM api.billing_site WHERE id = :site;
SELECT is(mandate_id, NULL, 'a site has no mandate unless one is given') FROM api.billing_site WHERE id = :site;

SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'vat_rate', '8.5', 'periodicity_months', 3, 'period_format', 'previous_month',
  'block_reminders', true, 'no_detailed_invoice', true, 'payment_days', 45, 'billing_name', 'Service comptable', 'billing_postcode', '56000',
  'delivery_postcode', '75001', 'billing_email', 'compta@port.fr')) \g /dev/null
SELECT is((vat_rate, periodicity_months, period_format, block_reminders, no_detailed_invoice, payment_days)::text, '(8.50,3,previous_month,t,t,45)', 'they can be changed')
  FROM api.billing_site WHERE id = :site;
SELECT is((billing_name, billing_city, delivery_city)::text, '("Service comptable",Vannes,Paris)', 'other addresses, with their city (ICUST-10, ICUST-13)')
  FROM api.billing_site WHERE id = :site;
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'name', '')) \g /dev/null
SELECT is(name, 'Pharmacie du Port', 'an emptied name is the account''s again') FROM api.billing_site WHERE id = :site;

SELECT is(pg_temp.site_refusal(:customer, d), e, e || ' for ' || d)
  FROM (VALUES ('{"vat_rate": "19.6"}'::jsonb, 'SW005 vat_rate billing_site_vat_rate_is_french'), ('{"vat_rate": "vingt"}', 'SW005 vat_rate invalid_number'),
    ('{"periodicity_months": 2}', 'SW005 periodicity_months billing_site_periodicity_is_known'),
    ('{"periodicity_months": 1.5}', 'SW005 periodicity_months invalid_integer'),
    ('{"period_format": "weekly"}', 'SW005 period_format billing_site_period_format_is_known'),
    ('{"payment_method": "barter"}', 'SW005 payment_method billing_site_payment_method_fkey'),
    ('{"payment_days": 61}', 'SW005 payment_days billing_site_payment_days_within_law'),
    ('{"status": "gone"}', 'SW005 status billing_site_status_is_known'),
    ('{"billing_postcode": "ABC"}', 'SW005 billing_postcode invalid_postcode'), ('{"billing_email": "x"}', 'SW005 billing_email invalid_email'),
    ('{"block_reminders": "maybe"}', 'SW005 block_reminders invalid_boolean'), ('{"colour": "red"}', 'SW005 colour unknown_field'),
    ('{"id": 999999}', 'SW002 id'),
    -- Direct debit and mandates.
    ('{"payment_method": "direct_debit"}', 'SW004 mandate_iban direct_debit_without_mandate'),
    ('{"mandate_signed_on": "2026-01-01"}', 'SW004 mandate_iban'),
    ('{"mandate_iban": "FR7630006000011234567890189"}', 'SW004 mandate_signed_on'),
    ('{"mandate_iban": "FR7630006000011234567890188", "mandate_signed_on": "2026-01-01"}', 'SW005 mandate_iban invalid_iban'),
    ('{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-11-23"}', 'SW005 mandate_signed_on in_the_future'),
    ('{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01", "mandate_bic": "AGRI"}', 'SW005 mandate_bic invalid_bic'),
    ('{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01", "mandate_rum": "A B"}', 'SW005 mandate_rum invalid_rum'),
    ('{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01", "mandate_scheme": "cash"}', 'SW005 mandate_scheme mandate_scheme_is_known'),
    ('{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01", "mandate_id": 7}', 'SW002 mandate_id')) AS t (d, e);

-- A mandate is born.
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'payment_method', 'direct_debit', 'mandate_iban', 'fr76 3000 6000 0112 3456 7890 189',
  'mandate_bic', 'agrifrpp', 'mandate_signed_on', '2026-03-15')) \g /dev/null
SELECT is((mandate_holder, mandate_rum, mandate_scheme, mandate_iban, mandate_bic, mandate_status)::text,
  format('("Pharmacie du Port",ADT-%s-001,core,FR7630006000011234567890189,AGRIFRPP,active)', lpad(:'customer', 6, '0')),
  'holder and reference are filled, IBAN and BIC without spaces (SITE-09, SITE-11…13)') FROM api.billing_site WHERE id = :site;
SELECT mandate_id AS mandate, mandate_row_version AS version FROM api.billing_site WHERE id = :site \gset
SELECT is(pg_temp.site_refusal(:customer, '{"mandate_iban": "DE89370400440532013000", "mandate_signed_on": "2026-01-01"}'::jsonb
  || jsonb_build_object('mandate_rum', format('adt-%s-001', lpad(:'customer', 6, '0')))), 'SW012 mandate_rum mandate_rum_unique', 'a reference is unique whatever its case');

-- And changes.
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'mandate_iban', 'DE89370400440532013000', 'mandate_row_version', :version)) \g /dev/null
SELECT is((mandate_id, mandate_iban, mandate_row_version)::text, format('(%s,DE89370400440532013000,%s)', :mandate, :version + 1), 'another account, the same mandate')
  FROM api.billing_site WHERE id = :site;
SELECT is(pg_temp.site_refusal(:customer, jsonb_build_object('id', :site, 'mandate_holder', 'X', 'mandate_row_version', :version)), 'SW001 mandate_row_version',
  'a mandate has its own version');
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'mandate_iban', 'DE89 •••• •••• 3000', 'mandate_signed_place', 'Vannes')) \g /dev/null
SELECT is((mandate_iban, mandate_signed_place)::text, '(DE89370400440532013000,Vannes)', 'the masked IBAN coming back is one nobody touched') FROM api.billing_site WHERE id = :site;
SELECT is(pg_temp.site_refusal(:customer, jsonb_build_object('id', :site, 'mandate_iban', 'FR76 •••• •••• 0189')), 'SW005 mandate_iban invalid_iban', 'another mask is no IBAN');
SELECT is(pg_temp.site_refusal(:customer, jsonb_build_object('id', :site, 'mandate_status', 'suspended')), 'SW005 mandate_status direct_debit_without_mandate',
  'a suspended mandate collects nothing');
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'mandate_status', 'suspended', 'payment_method', 'transfer')) \g /dev/null
SELECT is((mandate_id, mandate_status)::text, format('(%s,suspended)', :mandate), 'it is still shown') FROM api.billing_site WHERE id = :site;
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'mandate_status', 'active', 'payment_method', 'direct_debit')) \g /dev/null

-- And is replaced.
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :site, 'mandate_id', null, 'mandate_iban', 'FR7630004008280001234567841', 'mandate_signed_on', '2026-11-01')) \g /dev/null
SELECT is((mandate_rum, mandate_iban)::text, format('(ADT-%s-002,FR7630004008280001234567841)', lpad(:'customer', 6, '0')), 'an empty id asks for a new one') FROM api.billing_site WHERE id = :site;
SELECT results_eq(format('SELECT status FROM api.mandate WHERE billing_site_id = %s ORDER BY id', :site), ARRAY['revoked', 'active'], 'the former is revoked, not lost');
SELECT is(pg_temp.site_refusal(:customer, jsonb_build_object('id', :site, 'mandate_status', 'revoked')), 'SW004 mandate_iban direct_debit_without_mandate',
  'revoking the mandate of a site paid by direct debit is refused');

-- Deleting.
SELECT pg_temp.save_site(:customer, '{"name": "Annexe"}') AS annexe \gset
SELECT pg_temp.save_site(:customer, jsonb_build_object('id', :annexe, 'deleted', true)) \g /dev/null
SELECT is_empty(format('SELECT id FROM api.billing_site WHERE id = %s', :annexe), 'a site never used can go');
RESET ROLE;
INSERT INTO softwhere.invoice (kind, customer_id, billing_site_id, created_by) VALUES ('manual', :customer, :site, 'test');
SET LOCAL ROLE t_adv;
SELECT is(pg_temp.site_refusal(:customer, jsonb_build_object('id', :site, 'deleted', true)), 'SW013 deleted', 'one that was billed is terminated instead');

-- B2B, and who may.
SELECT api.customer_save('{"legal_kind": "individual", "last_name": "Riou"}') AS person \gset
SELECT is(pg_temp.site_refusal(:person, '{"mandate_iban": "FR7630006000011234567890189", "mandate_signed_on": "2026-01-01", "mandate_scheme": "b2b"}'),
  'SW005 mandate_scheme b2b_for_individual', 'a consumer signs no B2B mandate');
SELECT is(pg_temp.site_refusal(:person, '{}', 't_support'), 'SW003', 'support does not touch what is billed');
SELECT is(pg_temp.site_refusal(:person, '{}', 't_accounting'), 'nothing', 'accounting does');

SELECT * FROM finish();
ROLLBACK;
