-- Identity, logo, parameters, payment texts, introducers, and the page that shows them (BRAND-02…05, INVT-01…06, ACCT-10, ROLE-02).
BEGIN;
\ir ../lib/people.sql
CREATE FUNCTION pg_temp.call(p_function text, p_data jsonb, p_role text DEFAULT 't_admin') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.refusal(format('SELECT api.%I(%L)', p_function, p_data), p_role)
$$;
SELECT plan(58);

-- What a new installation brings.
SELECT is((SELECT string_agg(code, ',' ORDER BY position) FROM api.payment_method), 'direct_debit,transfer,cheque,card,cash', 'five ways to pay');
SELECT ok(bool_and(invoice_text <> ''), 'each with its sentence (INVT-06)') FROM api.payment_method;
SELECT alike(late_text_professional, '%40 €%', 'professionals owe 40 € (INVT-05)') FROM api.company;
SELECT unalike(late_text_individual, '%40 €%', 'individuals do not (DOMAIN 4.1)') FROM api.company;
SELECT is((creation_days, renewal_months, payment_days)::text, '(10,12,30)', 'parameters as document 002 and the law have them') FROM api.parameter;

-- Company.
SET LOCAL ROLE t_admin;
SELECT lives_ok($$SELECT api.company_save('{"name": "Actif Télécom", "siret": "732 829 320 00074", "vat_number": "FR44732829320", "ape": "6190z", "postcode": "56000",
  "iban": "FR76 3000 6000 0112 3456 7890 189", "bic": "AGRIFRPP", "ics": "FR72 ZZZ 123456", "phone": "0297001020", "email": "contact@actif.fr",
  "share_capital": "10000.00", "brand_color": "#1a5fb4", "welcome_message": "Bonjour"}')$$, 'the reseller has an identity (BRAND-03, BRAND-04)');
SELECT is((siret, ape, iban, ics, phone, city, share_capital)::text, '(73282932000074,61.90Z,FR7630006000011234567890189,FR72ZZZ123456,+33297001020,Vannes,10000.00)', 'kept as documents need it') FROM api.company;
RESET ROLE;
SELECT is(pg_temp.call('company_save', d), e, e)
  FROM (VALUES ('{"name": ""}'::jsonb, 'SW004 name'), ('{"siret": "1"}', 'SW005 siret invalid_siret'), ('{"vat_number": "FR96552100554"}', 'SW005 vat_number vat_is_not_of_siren'),
    ('{"iban": "FR76"}', 'SW005 iban invalid_iban'), ('{"ics": "FR07ZZZ519993"}', 'SW005 ics invalid_ics'), ('{"bic": "X"}', 'SW005 bic invalid_bic'),
    ('{"ape": "0000X"}', 'SW005 ape unknown_ape'), ('{"postcode": "5"}', 'SW005 postcode invalid_postcode'), ('{"brand_color": "blue"}', 'SW005 brand_color company_brand_color_is_hexadecimal'),
    ('{"share_capital": "-1"}', 'SW005 share_capital negative'), ('{"share_capital": "1e20"}', 'SW005 share_capital invalid_number'), ('{"email": "x"}', 'SW005 email invalid_email'),
    ('{"vat_on_debits": null}', 'SW004 vat_on_debits'), ('{"logo": "x"}', 'SW005 logo unknown_field'), ('{"row_version": 0}', 'SW001 row_version')) AS t (d, e);
SELECT is(pg_temp.call('company_save', '{"name": "X"}', r), '42501', r || ' does not rename the company') FROM unnest('{t_accounting,t_adv,t_support,t_partner}'::text[]) AS r;

-- Logo (BRAND-02).
SELECT api.company_logo_save('\x89504e470d0a1a0a00');
SELECT is(api.company_logo(), '{"type": "image/png", "bytes": "iVBORw0KGgoA"}', 'a logo comes back in base64');
SELECT is((changes -> 'logo' ->> 1) ~ '^[0-9a-f]{32}$', true, 'the journal keeps its fingerprint') FROM api.change WHERE entity = 'company' ORDER BY id DESC LIMIT 1;
SELECT is(pg_temp.refusal('SELECT api.company_logo_save(''GIF89a'')', 't_admin'), 'SW014 logo file_type', 'PNG or JPEG');
SELECT is(pg_temp.refusal('SELECT api.company_logo_save(''\x89504e470d0a1a0a'' || convert_to(repeat(''x'', 1048576), ''UTF8''))', 't_admin'), 'SW014 logo file_size', 'of 1 MB');
SELECT is(pg_temp.refusal('SELECT api.company_logo_save(NULL)', 't_adv'), '42501', 'the administrator''s to choose');
SELECT api.company_logo_save(NULL);
SELECT is(api.company_logo(), NULL, 'and to remove');

-- Parameters.
SELECT is(pg_temp.call('parameter_save', d), e, e)
  FROM (VALUES ('{"creation_days": 15, "bill_first_automatically": true}'::jsonb, 'nothing'), ('{"creation_days": -1}', 'SW005 creation_days parameter_creation_days_not_negative'),
    ('{"payment_days": 61}', 'SW005 payment_days parameter_payment_days_within_law'), ('{"proration_basis": "moon"}', 'SW005 proration_basis parameter_proration_basis_is_known'),
    ('{"creation_days": "ten"}', 'SW005 creation_days invalid_integer'), ('{"creation_days": null}', 'SW004 creation_days'), ('{"nonsense": 1}', 'SW005 nonsense unknown_field')) AS t (d, e);
SELECT api.parameter_save('{"creation_days": 15}');
SELECT is((creation_days, row_version)::text, '(15,2)', 'a parameter changes') FROM api.parameter;
SELECT is(pg_temp.call('parameter_save', '{"creation_days": 1}', 't_accounting'), '42501', 'by the administrator');

-- Payment texts.
SET LOCAL ROLE t_accounting;
SELECT api.payment_method_save('{"code": "cheque", "invoice_text": "À l''ordre de Actif Télécom"}');
SELECT is((label, invoice_text)::text, '(Chèque,"À l''ordre de Actif Télécom")', 'accounting words invoices') FROM api.payment_method WHERE code = 'cheque';
RESET ROLE;
SELECT is(pg_temp.call('payment_method_save', d, 't_accounting'), e, e)
  FROM (VALUES ('{"code": "gold"}'::jsonb, 'SW002 code'), ('{"code": "card", "label": ""}', 'SW004 label'), ('{"code": "card", "row_version": 9}', 'SW001 row_version')) AS t (d, e);

-- Introducers.
SET LOCAL ROLE t_admin;
SELECT api.introducer_save('{"name": "Olivier Riou", "commission_rate": "8", "phone": "0612345678"}') AS introducer \gset
SELECT is((commission_rate, phone, active, customer_count)::text, '(8.00,+33612345678,t,0)', 'the commission is the introducer''s (ACCT-10)') FROM api.introducer WHERE id = :introducer;
SELECT api.introducer_save(jsonb_build_object('id', :introducer, 'active', false, 'row_version', 1)) \g /dev/null
SELECT is((name, active)::text, '("Olivier Riou",f)', 'an introducer can be put aside') FROM api.introducer WHERE id = :introducer;
SELECT is(jsonb_array_length(api.choices() -> 'introducers'), 0, 'and is no longer offered');
RESET ROLE;
SELECT is(pg_temp.call('introducer_save', d), e, e)
  FROM (VALUES ('{}'::jsonb, 'SW004 name'), ('{"name": "X", "commission_rate": 101}', 'SW005 commission_rate introducer_commission_rate_is_a_percentage'),
    ('{"name": "X", "email": "x"}', 'SW005 email invalid_email'), ('{"id": 999999, "name": "X"}', 'SW002 id')) AS t (d, e);
SELECT is(pg_temp.call('introducer_save', '{"name": "X"}', 't_adv'), '42501', 'the administrator manages partners (ROLE-02)');

-- The page.
SET LOCAL ROLE t_accounting;
SELECT is(ARRAY(SELECT jsonb_object_keys(api.administration_record()) AS k ORDER BY k), '{company,introducers,may_add_user,may_give_access,number_series,operators,parameter,payment_methods,roles,users}', 'one record has it all');
SELECT is((r -> 'company' ->> 'share_capital', r -> 'number_series' -> 0 ->> 'preview', r -> 'introducers' -> 0 ->> 'commission_rate')::text, '(10000.00,F-2026-00001,8.00)', 'amounts as text')
  FROM api.administration_record() AS r;
SELECT is((SELECT u -> 'roles' FROM jsonb_array_elements(api.administration_record() -> 'users') AS u WHERE u ->> 'role_name' = 't_adv'), '["sw_adv"]'::jsonb, 'with who may what');
RESET ROLE;
SELECT is(pg_temp.refusal('SELECT api.administration_record()', r), '42501', r || ' does not open it') FROM unnest('{t_support,t_technician}'::text[]) AS r;

SELECT * FROM finish();
ROLLBACK;
