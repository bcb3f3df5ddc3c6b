-- Search shows what the caller may read and nothing else, follows every change, and remembers what was opened (SRCH-01, ROLE-08, ACCS-02).
BEGIN;
SELECT plan(31);
\ir ../lib/people.sql
\set customers 300
\ir crowd.psql
UPDATE softwhere.app_user SET introducer_id = :introducer WHERE role_name = 't_partner';
UPDATE softwhere.app_user SET customer_id = (SELECT id FROM target WHERE ref = 'GT-901') WHERE role_name = 't_customer';

CREATE FUNCTION pg_temp.found(p_role text, p_text text, p_limit int DEFAULT 5) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_found text;
BEGIN
  PERFORM set_config('role', p_role, true);
  SELECT string_agg(s.entity || ':' || s.title, ', ' ORDER BY n) INTO v_found
    FROM api.search(p_text, p_limit) WITH ORDINALITY AS s (entity, entity_id, page, record_id, title, subtitle, found_kind, found, rank, n);
  PERFORM set_config('role', 'none', true);
  RETURN COALESCE(v_found, 'nothing');
END $$;

-- Who finds what.
SELECT matches(pg_temp.found('t_technician', '06 12 34 56 78'), '^contact:Marie-Hélène Trébuchet', 'a technician finds a contact by phone');
SELECT is(pg_temp.found('t_customer', '06 99 88 77 66'), 'nothing', 'a customer does not find the contact of another');
SELECT matches(pg_temp.found('t_customer', '+33612345678'), '^contact:Marie-Hélène', 'a customer finds their own contact');
SELECT is(pg_temp.found('t_customer', 'pharmacie'), 'nothing', 'nor another customer by name');
SELECT is(pg_temp.found('t_customer', 'farmacie'), 'nothing', 'nor by a name mistyped');
SELECT matches(pg_temp.found('t_customer', 'boulangrie'), 'customer:Boulangerie Dupont', 'their own is found mistyped');
SELECT is(pg_temp.found('t_customer', 'GAV-2026-00815'), 'nothing', 'nor the invoice of another');
SELECT matches(pg_temp.found('t_customer', 'GF-2026-04711'), '^invoice:GF-2026-04711', 'their own invoice is');
SELECT is(pg_temp.found('t_partner', 'GT-901'), 'nothing', 'a partner does not find a customer of somebody else');
SELECT is(pg_temp.found('t_partner', 'KX7-88Z-4410'), 'nothing', 'nor a machine');
SELECT matches(pg_temp.found('t_partner', 'G-0000100'), '^customer:', 'a partner finds a customer they brought');
SELECT is(pg_temp.refusal($$SELECT api.search('dupont', 5)$$, 't_nobody'), '42501', 'who has no role may not search');

-- Every stage, as everybody: what is found is what the tables show.
CREATE FUNCTION pg_temp.foreign_rows(p_role text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_count bigint;
BEGIN
  PERFORM set_config('role', p_role, true);
  SELECT count(*) INTO v_count
    FROM unnest('{a,02,boulangerie,bolangerie,pharmacie,06,332,2026,g,dupont,siege,0189,anne,camile,gf,FR76,copieur}'::text[]) AS q (text)
   CROSS JOIN LATERAL api.search(q.text, 50) AS s
   WHERE NOT CASE s.entity
     WHEN 'customer' THEN EXISTS (SELECT FROM softwhere.customer WHERE id = s.entity_id)
     WHEN 'contact' THEN EXISTS (SELECT FROM softwhere.contact WHERE id = s.entity_id)
     WHEN 'contract' THEN EXISTS (SELECT FROM softwhere.contract WHERE id = s.entity_id)
     WHEN 'billing_site' THEN EXISTS (SELECT FROM softwhere.billing_site WHERE id = s.entity_id)
     WHEN 'invoice' THEN EXISTS (SELECT FROM softwhere.invoice WHERE id = s.entity_id)
     ELSE true END;
  PERFORM set_config('role', 'none', true);
  RETURN v_count;
END $$;
SELECT is(pg_temp.foreign_rows(r), 0::bigint, r || ' finds no row they may not read') FROM unnest('{t_partner,t_customer,t_technician}'::text[]) AS r;
SET LOCAL ROLE t_customer;
SELECT is((SELECT count(*)::int FROM softwhere.search_word), 0, 'a customer reads none of the words of others');
SELECT is((SELECT count(DISTINCT customer_id)::int FROM softwhere.search_entry), 1, 'and no entry but theirs');
SELECT is((SELECT count(DISTINCT customer_id)::int FROM softwhere.search_number), 1, 'and no number but theirs');
RESET ROLE;

-- Bank data: whole IBANs are for who sees them.
SELECT matches(pg_temp.found('t_accounting', 'FR7630006000011'), '^billing_site:Siège de GT-901', 'accounting finds by the beginning of an IBAN');
SELECT is(pg_temp.found('t_technician', 'FR7630006000011'), 'nothing', 'a technician does not');
SELECT matches(pg_temp.found('t_technician', '0189'), '^billing_site:Siège de GT-901', 'but by the four digits they see');

-- Entries follow.
UPDATE softwhere.customer SET legal_name = 'Viennoiserie Zwolak' WHERE id = (SELECT id FROM target WHERE ref = 'GT-901');
SELECT matches(pg_temp.found('t_adv', 'zvolak'), '^customer:Viennoiserie Zwolak', 'a new name is found at once');
SELECT results_eq($$SELECT DISTINCT subtitle FROM softwhere.search_entry AS e JOIN target AS t ON (t.entity, t.id) = (e.entity, e.entity_id) AND ref IN ('Siège de GT-901', 'GC-2026-0417')$$,
  $$VALUES ('Viennoiserie Zwolak')$$, 'and shown on all that is theirs');
UPDATE softwhere.contact SET mobile_phone = '+33601020304' WHERE id = (SELECT id FROM target WHERE ref = 'Trébuchet');
SELECT matches(pg_temp.found('t_adv', '0601020304'), '^contact:Marie-Hélène', 'a new phone is found');
SELECT is(pg_temp.found('t_adv', '0612345678'), 'nothing', 'the old one no longer');
DELETE FROM softwhere.contact WHERE id = (SELECT id FROM target WHERE ref = 'Kerdoncuff');
SELECT is_empty($$SELECT FROM softwhere.search_word WHERE word = 'kerdoncuff' AND NOT EXISTS (SELECT FROM softwhere.contact WHERE last_name ILIKE 'kerdoncuff')$$,
  'a deleted person leaves no word behind');
DELETE FROM softwhere.contract_equipment WHERE equipment_id = (SELECT id FROM softwhere.equipment WHERE serial_number = 'KX7-88Z-4410');
SELECT matches(pg_temp.found('t_adv', 'KX788Z4410'), '^equipment:[^,|]*$', 'a machine taken from its contract is only found as itself');

-- What was opened lately.
SELECT is(pg_temp.found('t_adv', ' '), 'nothing', 'nothing was opened');
SET LOCAL ROLE t_adv;
DO $$ BEGIN PERFORM api.record_opened(entity, id) FROM (SELECT * FROM target WHERE ref IN ('GT-904', 'GC-2026-0417', 'GF-2026-04711') ORDER BY ref COLLATE "C" OFFSET 0) AS t; END $$;
DO $$ BEGIN PERFORM api.record_opened('nonsense', 1), api.record_opened('customer', NULL); END $$;
RESET ROLE;
SELECT is(pg_temp.found('t_adv', NULL), 'customer:Menuiserie Guéguen & Fils, invoice:GF-2026-04711, contract:GC-2026-0417 · Téléphonie du fournil'
  , 'an empty search shows what the caller opened, the last first');
SELECT is(pg_temp.found('t_support', ''), 'nothing', 'not what others opened');
SET LOCAL ROLE t_adv;
DO $$ BEGIN PERFORM api.record_opened('customer', c.id) FROM (SELECT id FROM softwhere.customer ORDER BY id LIMIT 60) AS c; END $$;
RESET ROLE;
SELECT is((SELECT count(*)::int FROM softwhere.recent_record WHERE user_name = 't_adv'), 30, 'thirty are kept');

SELECT * FROM finish();
ROLLBACK;
