-- Who sees which customer, also from raw SQL (ROLE-01, ROLE-08, ACCS-02, GDPR-02).
BEGIN;
\ir ../lib/people.sql
INSERT INTO softwhere.introducer (name) VALUES ('Olivier Riou') RETURNING id AS olivier \gset
INSERT INTO softwhere.introducer (name) VALUES ('Autre') RETURNING id AS other \gset
CREATE FUNCTION pg_temp.account(p_name text, p_introducer bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT api.customer_save(jsonb_build_object('legal_kind', 'company', 'legal_name', p_name, 'introducer_id', p_introducer,
    'contacts', '[{"last_name": "Le Bris"}]'::jsonb, 'sites', '[{"mandate_iban": "FR7630006000011234567890189", "mandate_bic": "AGRIFRPP",
    "mandate_signed_on": "2026-01-01"}]'::jsonb))
$$;
SELECT pg_temp.account('Mine', :olivier) AS mine \gset
SELECT pg_temp.account('Hers', :other) AS hers \gset
SELECT pg_temp.account('Nobody''s', NULL) AS free \gset
SELECT api.note_add(id, 'Sonner deux fois.') FROM api.customer;
SELECT api.attachment_add('customer', :hers, 'a.txt', 'bonjour') AS file \gset
UPDATE softwhere.app_user SET introducer_id = :olivier WHERE role_name = 't_partner';
UPDATE softwhere.app_user SET customer_id = :hers WHERE role_name = 't_customer';
SELECT plan(72);

-- What each view shows to a partner and to a customer: of three accounts, one.
CREATE FUNCTION pg_temp.customers_of(p_role text, p_view text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE v text;
BEGIN
  PERFORM set_config('role', p_role, true);
  EXECUTE format('SELECT string_agg(DISTINCT %I::text, '','') FROM %s', CASE WHEN p_view = 'api.customer' THEN 'id' ELSE 'customer_id' END, p_view) INTO v;
  PERFORM set_config('role', 'none', true);
  RETURN v;
END $$;
SELECT is(pg_temp.customers_of('t_partner', v), :'mine', 'a partner sees their own customers in ' || v)
  FROM unnest('{api.customer,api.contact,api.billing_site,api.mandate}'::text[]) AS v;
SELECT is(pg_temp.customers_of('t_customer', v), :'hers', 'a customer sees themselves in ' || v)
  FROM unnest('{api.customer,api.contact,api.billing_site,api.mandate}'::text[]) AS v;
SELECT is(pg_temp.customers_of(r, v), NULL, r || ' sees nothing in ' || v)
  FROM unnest('{t_partner,t_customer}'::text[]) AS r, unnest('{api.note,api.change,api.attachment}'::text[]) AS v;
SELECT is(pg_temp.customers_of(r, 'api.customer'), concat_ws(',', :mine, :hers, :free), r || ' sees every customer')
  FROM unnest('{t_admin,t_support,t_staging,t_adv,t_accounting,t_deployment,t_technician}'::text[]) AS r;
SELECT is(pg_temp.refusal('SELECT count(*) FROM api.customer', 't_nobody'), '42501', 'a login without role sees nothing at all');

-- The same rows through the tables themselves.
SELECT is(pg_temp.customers_of('t_partner', 'softwhere.contact'), :'mine', 'row security holds below the views');
SELECT is(pg_temp.refusal('SELECT iban FROM softwhere.mandate', r), '42501', r || ' cannot select an IBAN')
  FROM unnest('{t_admin,t_adv,t_accounting,t_support,t_partner,t_customer}'::text[]) AS r;
SELECT is(pg_temp.refusal('SELECT content FROM softwhere.attachment', 't_admin'), '42501', 'nor the bytes of a file');
SELECT is(pg_temp.refusal(format('%s softwhere.customer %s', w, x), 't_admin'), '42501', 'nobody has ' || w)
  FROM (VALUES ('INSERT INTO', 'DEFAULT VALUES'), ('UPDATE', 'SET city = NULL'), ('DELETE FROM', '')) AS t (w, x);

-- Bank data.
CREATE FUNCTION pg_temp.bank_of(p_role text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE v text;
BEGIN
  PERFORM set_config('role', p_role, true);
  SELECT string_agg(DISTINCT concat_ws(' ', mandate_iban, mandate_bic), ',') INTO v FROM api.billing_site;
  PERFORM set_config('role', 'none', true);
  RETURN v;
END $$;
SELECT is(pg_temp.bank_of(r), 'FR7630006000011234567890189 AGRIFRPP', r || ' sees bank data') FROM unnest('{t_admin,t_adv,t_accounting}'::text[]) AS r;
SELECT is(pg_temp.bank_of(r), 'FR76 •••• •••• 0189', r || ' sees it masked')
  FROM unnest('{t_support,t_staging,t_deployment,t_technician,t_partner,t_customer}'::text[]) AS r;
SELECT is(pg_temp.refusal(format('SELECT 1 / (rules.mandate_iban(%s) IS NULL)::int', (SELECT id FROM softwhere.mandate WHERE customer_id = :hers)), 't_partner'),
  'nothing', 'asked by id, another''s mandate is not even masked');
SELECT unalike((SELECT string_agg(changes::text, '') FROM api.change), '%01123456789%', 'the journal keeps no account number (GDPR-01)');

-- Records.
SELECT is(pg_temp.refusal(format('SELECT api.customer_record(%s)', :hers), 't_partner'), 'SW002 id', 'a record of another does not exist');
SELECT is(pg_temp.refusal(format('SELECT api.customer_record(%s)', :mine), 't_partner'), 'nothing', 'one''s own opens');
SET LOCAL ROLE t_customer;
SELECT is((r -> 'notes', r -> 'history', r -> 'segment_ids')::text, '([],[],[])', 'without what the office thinks') FROM api.customer_record(:hers) AS r;
SELECT is(api.session() ->> 'role_label', 'Customer', 'a customer has a session');
SELECT is(jsonb_array_length(api.choices() -> 'introducers'), 0, 'and sees no introducer');
SELECT is(api.badges() ->> 'customers', '1', 'and counts only themselves');
SELECT is(pg_temp.refusal(format('SELECT api.attachment_content(%s)', :file), 't_customer'), 'SW002 id', 'files of the account are the office''s');
RESET ROLE;
SELECT is(pg_temp.refusal('SELECT api.badges()', r), 'nothing', r || ' has badges') FROM unnest('{t_partner,t_technician,t_staging}'::text[]) AS r;

-- Logins put out of use, and logins of nobody.
UPDATE softwhere.app_user SET active = false WHERE role_name = 't_partner';
SELECT is(pg_temp.customers_of('t_partner', 'api.customer'), NULL, 'a partner put out of use sees nothing');
UPDATE softwhere.app_user SET customer_id = :hers, active = true WHERE role_name = 't_partner';
SELECT is(pg_temp.customers_of('t_partner', 'api.customer'), :'mine', 'a partner is no customer, whatever is filled in');

-- Who may call what.
SELECT is(pg_temp.refusal(format(f, :mine), r), '42501', format('%s may not: %s', r, split_part(f, '(', 1)))
  FROM unnest('{t_partner,t_customer,t_technician,t_staging,t_deployment}'::text[]) AS r,
       unnest(ARRAY['SELECT api.customer_save(''{"id": %s, "city": "X"}'')', 'SELECT api.attachment_add(''customer'', %s, ''a'', ''b'')']) AS f;
SELECT is(pg_temp.refusal(format('SELECT api.customer_save(''{"id": %s, "city": "X"}'')', :mine), r), 'nothing', r || ' may change a customer')
  FROM unnest('{t_admin,t_adv,t_accounting,t_support}'::text[]) AS r;
SELECT is(pg_temp.refusal(format('SELECT api.note_add(%s, ''x'')', :mine), 't_technician'), 'nothing', 'every one of the office writes notes');
SELECT is(pg_temp.refusal(format('SELECT api.note_add(%s, ''x'')', :mine), 't_partner'), '42501', 'a partner does not');

SELECT * FROM finish();
ROLLBACK;
