-- Mailings: who a letter goes to, and how the envelope reads (EXPT-01).
BEGIN;
\ir ../lib/people.sql
SELECT plan(16);
SELECT is(rules.postal_lines(n, a, x, y, p, c, k), e::text[], e)
  FROM (VALUES
    ('Durand  Conseil', 'M. Luc Durand', '12 rue de la Paix', NULL, '75002', 'Paris', 'FR', '{Durand Conseil,M. Luc Durand,12 rue de la Paix,75002 PARIS}'),
    ('Luc Durand', 'Luc Durand', '1 quai', '', '29200', 'Brest', 'FR', '{Luc Durand,1 quai,29200 BREST}'),
    ('Mairie', NULL, 'Place de l''Église', 'BP 12', '22190', 'L''Île-Rousse Cedex 2', 'FR', '{Mairie,Place de l''Église,BP 12,22190 L ILE ROUSSE CEDEX 2}'),
    ('Müller GmbH', 'Herr X', 'Hauptstraße 1', 'Hinterhaus', '10115', 'Berlin', 'DE', '{Müller GmbH,Herr X,Hauptstraße 1,Hinterhaus,10115 BERLIN,ALLEMAGNE}'),
    ('X', NULL, NULL, NULL, NULL, 'Vannes', 'FR', '{X,VANNES}')) AS t (n, a, x, y, p, c, k, e);
CREATE FUNCTION pg_temp.mailing(p_ids bigint[], p_to text) RETURNS SETOF jsonb LANGUAGE sql AS $$ SELECT r FROM jsonb_array_elements(api.mailing(p_ids, p_to) -> 'recipients') AS r $$;
SET LOCAL ROLE t_adv;
SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Un", "address_1": "1 rue A", "postcode": "56000", "city": "Vannes",
  "contacts": [{"title": "mrs", "first_name": "Ève", "last_name": "Le Gal", "is_billing_manager": true, "email": "eve@un.fr"}, {"last_name": "Roy"}]}') AS one \gset
SELECT api.customer_save('{"legal_kind": "individual", "legal_name": "Deux Zoé", "title": "mrs", "city": "Brest"}') AS two \gset
SELECT is((SELECT string_agg(m ->> 'name', ',') FROM pg_temp.mailing(ARRAY[:two, :one], 'customer') AS m), 'Mme Deux Zoé,Un', 'in the order asked, people with their title');
SELECT is((SELECT string_agg(m ->> 'deliverable', ',') FROM pg_temp.mailing(ARRAY[:two, :one], 'customer') AS m), 'false,true', 'without a street no letter arrives');
SELECT is((SELECT string_agg(m ->> 'attention', ',') FROM pg_temp.mailing(ARRAY[:one, :two], 'contact') AS m), 'Mme Ève Le Gal,Roy', 'a letter a contact');
SELECT is((SELECT string_agg(m ->> 'attention', ',') FROM pg_temp.mailing(ARRAY[:one, :two], 'billing_manager') AS m), 'Mme Ève Le Gal', 'or the billing manager only');
SELECT is((SELECT m ->> 'email' FROM pg_temp.mailing(ARRAY[:one], 'billing_manager') AS m), 'eve@un.fr', 'with their e-mail');
SELECT is((SELECT m -> 'lines' FROM pg_temp.mailing(ARRAY[:one], 'billing_manager') AS m), '["Un", "Mme Ève Le Gal", "1 rue A", "56000 VANNES"]', 'as on the envelope');
SELECT is((SELECT count(*) FROM pg_temp.mailing(ARRAY[0, -1], 'customer')), 0::bigint, 'nobody for no customer');
RESET ROLE;
SELECT is(pg_temp.refusal('SELECT api.mailing(''{1}'', ''dog'')', 't_adv'), 'SW005 p_to invalid_value', 'to a dog');
SELECT is(pg_temp.refusal('SELECT api.mailing(''{1}'')', r), e, r) FROM (VALUES ('t_technician', 'nothing'), ('t_partner', '42501'), ('t_customer', '42501')) AS t (r, e);
SELECT * FROM finish();
ROLLBACK;
