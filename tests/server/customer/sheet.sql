-- The sheet: notes, history, search, place, figures (CRM-02, CRM-05, GDPR-01, SHEET-13, SHEET-14).
BEGIN;
\ir ../lib/people.sql
CREATE FUNCTION pg_temp.found(p_typed text) RETURNS bigint LANGUAGE sql AS $$
  SELECT count(*) FROM api.customer WHERE search_text LIKE '%' || rules.fold(p_typed) || '%'
$$;
SELECT plan(42);
SET LOCAL ROLE t_adv;

SELECT api.customer_save('{"legal_kind": "company", "legal_name": "Crêperie de l''Étang", "trading_name": "Chez Gwenaëlle", "siret": "73282932000074",
  "postcode": "56000", "phone": "02 97 00 10 20", "email": "contact@etang.fr",
  "contacts": [{"first_name": "Gwenaëlle", "last_name": "Le Gall", "mobile_phone": "06 12 34 56 78"}]}') AS customer \gset

-- Search.
SELECT is(pg_temp.found(t), 1::bigint, 'found by ' || t)
  FROM unnest('{creperie,ÉTANG,gwenaelle,1000-000001,73282932000074,vannes,0297001020,33297001020,97001020,0612345678,le gall,contact@etang}'::text[]) AS t;
SELECT is(pg_temp.found('xyz'), 0::bigint, 'and not by something else');
SELECT row_version AS version FROM api.customer WHERE id = :customer \gset
SELECT api.customer_save(jsonb_build_object('id', :customer, 'contacts', '[{"last_name": "Tanguy"}]'::jsonb)) \g /dev/null
SELECT is(pg_temp.found('tanguy'), 1::bigint, 'a new contact is found at once');
SELECT is(row_version, :version + 1, 'and makes a new version of the account: whoever saves contacts from an older one must merge') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'contacts', (SELECT jsonb_agg(jsonb_build_object('id', id, 'deleted', true)) FROM api.contact WHERE last_name = 'Tanguy'))) \g /dev/null
SELECT is(pg_temp.found('tanguy'), 0::bigint, 'a removed one no more');

-- Place.
SELECT is((city, round(latitude::numeric, 1), round(longitude::numeric, 1))::text, '(Vannes,47.7,-2.7)', 'one commune has this postcode: it is filled') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'postcode', '01000')) \g /dev/null
SELECT is((city, latitude)::text, '(,)', 'several have this one: none is') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'city', 'saint denis les bourg')) \g /dev/null
SELECT is((city, latitude IS NULL)::text, '("saint denis les bourg",t)', 'a city typed otherwise stays as typed, nowhere on the map') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'city', 'BOURG-EN-BRESSE')) \g /dev/null
SELECT is((city, round(latitude::numeric, 1))::text, '(BOURG-EN-BRESSE,46.2)', 'a known one has its place') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'postcode', '56000', 'city', 'Vannes', 'latitude', 47.65, 'longitude', -2.76)) \g /dev/null
SELECT is((city, latitude, longitude)::text, '(Vannes,47.65,-2.76)', 'a place given is kept') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'postcode', '56000 ', 'city', 'Vannes CEDEX')) \g /dev/null
SELECT is(city, 'Vannes CEDEX', 'a city given is never replaced') FROM api.customer WHERE id = :customer;
SELECT api.customer_save(jsonb_build_object('id', :customer, 'postcode', '56000')) \g /dev/null
SELECT is(city, 'Vannes CEDEX', 'nor by the same postcode sent again') FROM api.customer WHERE id = :customer;
SELECT is((SELECT string_agg(city, ',') FROM api.postcode_city(' 01000 ')), 'Bourg-en-Bresse,Saint-Denis-lès-Bourg', 'a form asks which cities a postcode has');
SELECT is((SELECT count(DISTINCT city) FROM api.postcode_city('75011')), 1::bigint, 'Paris is one city');

-- Notes.
SELECT api.note_add(:customer, E'  Livrer par la cour.\n') AS note \gset
SELECT is((body, created_by_name)::text, '("Livrer par la cour.",Adv)', 'a note has its author') FROM api.note WHERE id = :note;
SELECT is(pg_temp.refusal(format('SELECT api.note_add(%s, %L)', :customer, E' \n'), 't_adv'), 'SW004 body', 'an empty note is none');
SELECT is(pg_temp.refusal('SELECT api.note_add(999999, ''x'')', 't_adv'), 'SW002 entity_id', 'nor one about nobody');
SELECT is(pg_temp.refusal(format('SELECT api.note_delete(%s)', :note), 't_support'), 'SW003', 'another''s note stays');
SELECT is(pg_temp.refusal(format('SELECT api.note_delete(%s)', :note), 't_admin'), 'nothing', 'but for the administrator');
SELECT is(pg_temp.refusal(format('SELECT api.note_delete(%s)', :note), 't_adv'), 'nothing', 'and for its author');

-- History.
SELECT api.customer_save(jsonb_build_object('id', :customer, 'phone', '0297001021')) \g /dev/null
SELECT is((action, changes, changed_by_name)::text, '(update,"{""phone"": [""+33297001020"", ""+33297001021""]}",Adv)', 'who changed what, before and after')
  FROM api.change WHERE customer_id = :customer ORDER BY id DESC LIMIT 1;
SELECT is(r -> 'history' -> 0 -> 'changes' ->> 'phone', '["+33297001020", "+33297001021"]', 'the record tells, newest first') FROM api.customer_record(:customer) AS r;
SELECT is(pg_temp.refusal('SELECT api.customer_record(999999)', 't_adv'), 'SW002 id', 'nobody has no record');

-- Figures.
RESET ROLE;
INSERT INTO softwhere.billing_site (customer_id, name) VALUES (:customer, 'Siège') RETURNING id AS site \gset
INSERT INTO softwhere.contract (number, customer_id, billing_site_id, contract_type, step_entered_on, created_on, created_by, updated_by)
VALUES ('C1', :customer, :site, 'standard', '2026-11-22', '2026-11-22', 'test', 'test') RETURNING id AS contract \gset
INSERT INTO softwhere.contract_item (contract_id, customer_id, label, quantity, unit_price, price_months, recurring, ends_on, subscribed_on)
VALUES (:contract, :customer, 'Fibre', 2, 30, 1, true, NULL, NULL), (:contract, :customer, 'Nom de domaine', 1, 120, 12, true, NULL, NULL),
       (:contract, :customer, 'Frais', 1, 99, 1, false, NULL, NULL), (:contract, :customer, 'Fini', 1, 50, 1, true, '2026-11-21', NULL),
       (:contract, :customer, 'Plus tard', 1, 50, 1, true, NULL, '2026-11-23');
SELECT is((monthly_net, contract_count)::text, '(0.00,1)', 'a contract in creation brings nothing yet') FROM api.customer WHERE id = :customer;
ALTER TABLE softwhere.contract DISABLE TRIGGER ALL;
UPDATE softwhere.contract SET step = 'periodic_billing' WHERE id = :contract;
INSERT INTO softwhere.invoice (kind, status, number, customer_id, billing_site_id, issued_on, payment_due_on, total_net, total_vat, total_gross, balance, created_by)
VALUES ('manual', 'issued', 'T1', :customer, :site, '2026-10-01', '2026-10-31', 100, 20, 120, 120, 'test'),
       ('manual', 'issued', 'T2', :customer, :site, '2026-11-01', '2026-11-22', 10, 2, 12, 12, 'test'),
       ('manual', 'issued', 'T3', :customer, :site, '2025-11-22', '2025-12-22', 1000, 200, 1200, 1200, 'test');
SELECT api.invoice_pay(id, 1200, '2025-12-01', 'transfer') FROM softwhere.invoice WHERE number = 'T3' \g /dev/null
INSERT INTO softwhere.invoice (kind, customer_id, billing_site_id, created_by) VALUES ('manual', :customer, :site, 'test');
SET LOCAL ROLE t_accounting;
SELECT is((monthly_net, unpaid)::text, '(70.00,120.00)', 'recurring items in force per month; unpaid is what is overdue') FROM api.customer WHERE id = :customer;
SELECT is(r -> 'figures', '{"monthly_net": "70.00", "unpaid": "120.00", "live_contracts": 1, "invoiced_12_months": "110.00"}'::jsonb, 'the figures of the record') FROM api.customer_record(:customer) AS r;
SELECT is((r -> 'contracts' -> 0 ->> 'number', jsonb_array_length(r -> 'invoices'), r -> 'invoices' -> 0 ->> 'status')::text, '(C1,4,draft)', 'its contracts and invoices, drafts first') FROM api.customer_record(:customer) AS r;
SELECT is((r -> 'invoices' -> 2 ->> 'number', r -> 'invoices' -> 2 ->> 'overdue', r -> 'invoices' -> 2 ->> 'balance')::text, '(T1,true,120.00)', 'amounts travel as text') FROM api.customer_record(:customer) AS r;

-- Segments.
SET LOCAL ROLE t_adv;
SELECT api.segment_save('{"kind": "sector", "name": "Restauration"}') AS segment \gset
SELECT is(pg_temp.refusal('SELECT api.segment_save(''{"kind": "sector", "name": "Restauration"}'')', 't_adv'), 'SW012 name segment_kind_name_key', 'a segment exists once');
SELECT api.customer_save(jsonb_build_object('id', :customer, 'segment_ids', jsonb_build_array(:segment))) \g /dev/null
SELECT is(pg_temp.refusal(format('SELECT api.segment_save(''{"id": %s, "deleted": true}'')', :segment), 't_adv'), 'SW013 deleted', 'one in use stays');
SELECT api.customer_save(jsonb_build_object('id', :customer, 'segment_ids', '[]'::jsonb)) \g /dev/null
SELECT is(pg_temp.refusal(format('SELECT api.segment_save(''{"id": %s, "deleted": true}'')', :segment), 't_adv'), 'nothing', 'one no longer in use goes');

SELECT * FROM finish();
ROLLBACK;
