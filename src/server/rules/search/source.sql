-- What search finds. A view rules.search_<entity> says what a record is called and found by; a line opens it, lines follow its tables.

CREATE VIEW rules.search_customer AS
SELECT c.id AS entity_id, c.id AS customer_id, c.id AS page_id, c.legal_name AS title, concat_ws(' · ', c.number, c.city) AS subtitle,
       c.search_text AS text,
       ARRAY['number:' || c.number, 'siren:' || c.siren, 'siret:' || c.siret, 'vat:' || c.vat_number, 'phone:' || c.phone,
             'phone:' || c.mobile_phone] AS numbers
  FROM softwhere.customer AS c;
COMMENT ON VIEW rules.search_customer IS 'Customers, by all their list finds them by.';

CREATE VIEW rules.search_contact AS
SELECT p.id AS entity_id, p.customer_id, p.customer_id AS page_id, concat_ws(' ', p.first_name, p.last_name) AS title,
       concat_ws(' · ', c.legal_name, p.job) AS subtitle,
       concat_ws(' ', p.first_name, p.last_name, p.email, c.legal_name) AS text,
       ARRAY['phone:' || p.phone, 'phone:' || p.direct_phone, 'phone:' || p.mobile_phone] AS numbers
  FROM softwhere.contact AS p JOIN softwhere.customer AS c ON c.id = p.customer_id;
COMMENT ON VIEW rules.search_contact IS 'People at customers, by name, e-mail and phones.';

CREATE VIEW rules.search_contract AS
SELECT k.id AS entity_id, k.customer_id, k.id AS page_id, concat_ws(' · ', k.number, k.title) AS title, c.legal_name AS subtitle,
       s.search_text AS text,
       ARRAY['number:' || k.number] || ARRAY(
         SELECT 'serial:' || e.serial_number FROM softwhere.contract_equipment AS h JOIN softwhere.equipment AS e ON e.id = h.equipment_id
          WHERE h.contract_id = k.id) AS numbers
  FROM softwhere.contract_search AS s
  JOIN softwhere.contract AS k ON k.id = s.contract_id
  JOIN softwhere.customer AS c ON c.id = k.customer_id;
COMMENT ON VIEW rules.search_contract IS 'Contracts, by all their list finds them by and the serial numbers of their machines.';

CREATE VIEW rules.search_billing_site AS
SELECT b.id AS entity_id, b.customer_id, b.customer_id AS page_id, b.name AS title, c.legal_name AS subtitle,
       concat_ws(' ', b.name, b.billing_name, b.billing_email, b.purchase_order, c.legal_name,
         (SELECT string_agg(m.holder, ' ' ORDER BY m.id) FROM softwhere.mandate AS m WHERE m.billing_site_id = b.id)) AS text,
       ARRAY(SELECT unnest(ARRAY['rum:' || m.rum, 'iban:' || m.iban, 'iban_end:' || right(m.iban, 4)])
               FROM softwhere.mandate AS m WHERE m.billing_site_id = b.id) AS numbers
  FROM softwhere.billing_site AS b JOIN softwhere.customer AS c ON c.id = b.customer_id;
COMMENT ON VIEW rules.search_billing_site IS 'Billing sites, by name and by the RUM and IBAN of their mandates.';

SELECT rules.searchable('customer', 'customer', 1);
SELECT rules.searchable('contact', 'customer', 2);
SELECT rules.searchable('contract', 'contract', 3);
SELECT rules.searchable('invoice', 'invoice', 4);
SELECT rules.searchable('billing_site', 'customer', 5);
SELECT rules.searchable('sim_card', 'sim_card', 8);

SELECT rules.search_follow('customer', 'softwhere.customer', '{id,search_text,legal_name,number,city,siren,siret,vat_number,phone,mobile_phone}');
SELECT rules.search_follow('contact', 'softwhere.contact', '{id,customer_id,first_name,last_name,job,email,phone,direct_phone,mobile_phone}');
SELECT rules.search_follow('contact', 'softwhere.customer', '{id,legal_name}',
         'SELECT id FROM contact WHERE customer_id IN (SELECT id FROM changed)', '{UPDATE}');
-- The text of a contract's list changes with its number, title, customer and machines.
SELECT rules.search_follow('contract', 'softwhere.contract_search', '{contract_id,customer_id,search_text}');
SELECT rules.search_follow('billing_site', 'softwhere.billing_site', '{id,customer_id,name,billing_name,billing_email,purchase_order}');
SELECT rules.search_follow('billing_site', 'softwhere.mandate', '{billing_site_id,id,holder,rum,iban}');
SELECT rules.search_follow('billing_site', 'softwhere.customer', '{id,legal_name}',
         'SELECT id FROM billing_site WHERE customer_id IN (SELECT id FROM changed)', '{UPDATE}');

-- Records search reads where they are, without entries: a branch in each of these two views.
CREATE VIEW rules.search_item WITH (security_invoker = true) AS
SELECT i.entity, i.entity_id, s.page, i.page_id, i.title, i.subtitle, s.position
  FROM (SELECT entity, entity_id, page_id, title, subtitle FROM softwhere.search_entry
        UNION ALL
        -- A join here, or another collation, would keep the planner from looking an invoice up by its id.
        SELECT 'invoice', v.id, v.id, COALESCE(v.number, ''),
               (SELECT c.legal_name COLLATE "default" FROM softwhere.customer AS c WHERE c.id = v.customer_id)
          FROM softwhere.invoice AS v
        UNION ALL
        SELECT 'sim_card', k.id, k.id, regexp_replace(k.iccid, '(.{4})(?=.)', '\1 ', 'g'),
               concat_ws(' · ', (SELECT o.name FROM softwhere.operator AS o WHERE o.id = k.operator_id),
                         (SELECT rules.phone_shown(l.number) FROM softwhere.service_line AS l WHERE l.id = k.line_id),
                         (SELECT c.legal_name COLLATE "default" FROM softwhere.customer AS c WHERE c.id = k.customer_id), k.batch)
          FROM softwhere.sim_card AS k) AS i
  JOIN softwhere.search_source AS s USING (entity);
COMMENT ON VIEW rules.search_item IS 'What search shows of a record, as far as the caller may read it; the title of a draft invoice is empty.';

CREATE VIEW rules.search_code WITH (security_invoker = true) AS
SELECT entity, entity_id, kind, key, reversed FROM softwhere.search_number
UNION ALL
SELECT 'invoice', id, 'number', translate(upper(number), '-/._ ', '') COLLATE "C",
       reverse(translate(upper(number), '-/._ ', '') COLLATE "C")
  FROM softwhere.invoice
UNION ALL
SELECT 'sim_card', id, 'number', iccid COLLATE "C", reverse(iccid) COLLATE "C" FROM softwhere.sim_card;
COMMENT ON VIEW rules.search_code IS 'Numbers records are found by, as far as the caller may read them.';

-- Whoever does not see bank data sees the last four of an IBAN, and finds by no more than that.
SELECT rules.let_read(t::regclass, rules.office(), NULL, c)
  FROM (VALUES ('softwhere.search_entry', 'true'), ('softwhere.search_word', 'true'),
               ('softwhere.search_number', $$kind <> 'iban' OR (SELECT rules.sees_bank())$$)) AS v (t, c);
SELECT rules.let_customers_read('softwhere.search_entry', 'customer_id');
SELECT rules.let_customers_read('softwhere.search_number', 'customer_id', p_condition => $$kind <> 'iban'$$);
SELECT rules.let_read('softwhere.search_source', rules.office() || '{sw_partner,sw_customer}');
SELECT rules.let_read('softwhere.search_word', '{sw_partner,sw_customer}', NULL, 'false');
SELECT rules.let_read('softwhere.recent_record', rules.office() || '{sw_partner,sw_customer}', NULL, 'user_name = (SELECT rules.caller())');
GRANT SELECT ON rules.search_item, rules.search_code TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment,
  sw_technician, sw_partner, sw_customer;
