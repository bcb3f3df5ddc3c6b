-- Customers as clients read them. Everything beside the table's own columns is a sub-select: one that is not asked for
-- is not evaluated, and without a join the list sorted by name is read from its index alone.

CREATE VIEW api.customer WITH (security_invoker = true) AS
SELECT c.id, c.number, c.legal_kind, c.legal_name, c.trading_name, c.partner_type, c.status, c.white_label,
       c.introducer_id, (SELECT i.name FROM softwhere.introducer AS i WHERE i.id = c.introducer_id) AS introducer_name,
       (SELECT i.commission_rate FROM softwhere.introducer AS i WHERE i.id = c.introducer_id) AS introducer_commission_rate,
       c.title, c.first_name, c.last_name, c.address_1, c.address_2, c.postcode, c.city, c.country, c.latitude, c.longitude,
       c.email, c.phone, c.mobile_phone, c.birth_on, c.birth_city, c.birth_country,
       c.siren, c.siret, c.ape, c.vat_number, c.legal_form, c.rna, c.declared_on, c.published_on, c.journal_notice, c.court_register,
       c.created_on, c.created_at, c.created_by, c.updated_at, c.updated_by, c.row_version,
       (SELECT string_agg(s.name, ', ' ORDER BY s.kind, s.name) FROM softwhere.customer_segment AS cs
          JOIN softwhere.segment AS s ON s.id = cs.segment_id WHERE cs.customer_id = c.id) AS segments,
       (SELECT count(*) FROM softwhere.contract AS k WHERE k.customer_id = c.id) AS contract_count,
       (SELECT COALESCE(sum(k.monthly_net), 0.00) FROM api.contract AS k
         WHERE k.customer_id = c.id AND k.step IN ('start_billing', 'periodic_billing')) AS monthly_net,
       (SELECT COALESCE(sum(v.balance), 0.00) FROM softwhere.invoice AS v
         WHERE v.customer_id = c.id AND v.status = 'issued' AND v.payment_due_on < (SELECT rules.today())) AS unpaid,
       c.search_text
  FROM softwhere.customer AS c;
COMMENT ON VIEW api.customer IS
  'Customers (ACCT-*, SHEET-*). monthly_net: of the contracts being billed, € excl. VAT per month; unpaid: overdue, € incl. VAT. Partners and customers see their own.';

CREATE VIEW api.contact WITH (security_invoker = true) AS
SELECT id, customer_id, title, first_name, last_name, phone, direct_phone, mobile_phone, job, email,
       is_billing_manager, is_site_manager, row_version
  FROM softwhere.contact;
COMMENT ON VIEW api.contact IS 'Contacts of customers (CONT-*); phones in E.164.';

CREATE VIEW api.billing_site WITH (security_invoker = true) AS
SELECT s.id, s.customer_id, s.name, s.status, s.vat_rate, s.vat_exemption, s.periodicity_months, s.period_format, s.payment_method,
       s.payment_days, s.block_reminders, s.no_detailed_invoice, s.billing_email, s.purchase_order,
       s.billing_name, s.billing_address_1, s.billing_address_2, s.billing_postcode, s.billing_city, s.billing_country,
       s.delivery_name, s.delivery_address_1, s.delivery_address_2, s.delivery_postcode, s.delivery_city, s.delivery_country,
       m.id AS mandate_id, m.holder AS mandate_holder, m.rum AS mandate_rum, m.scheme AS mandate_scheme,
       m.recurrent AS mandate_recurrent, m.signed_on AS mandate_signed_on, m.signed_place AS mandate_signed_place,
       rules.mandate_iban(m.id) AS mandate_iban, rules.mandate_bic(m.id) AS mandate_bic, m.status AS mandate_status,
       m.last_collection_on AS mandate_last_collection_on, m.row_version AS mandate_row_version, s.row_version
  FROM softwhere.billing_site AS s
  LEFT JOIN LATERAL (SELECT id, holder, rum, scheme, recurrent, signed_on, signed_place, status, last_collection_on, row_version
                       FROM softwhere.mandate
                      WHERE billing_site_id = s.id AND status <> 'revoked'
                      ORDER BY status = 'active' DESC, id DESC LIMIT 1) AS m ON true;
COMMENT ON VIEW api.billing_site IS
  'Billing sites (SITE-*) with their mandate, active before suspended; the IBAN is masked and the BIC absent for those who may not see bank data. vat_rate in %.';

CREATE VIEW api.mandate WITH (security_invoker = true) AS
SELECT m.id, m.billing_site_id, m.customer_id, m.holder, m.rum, m.scheme, m.recurrent, m.signed_on, m.signed_place,
       rules.mandate_iban(m.id) AS iban, rules.mandate_bic(m.id) AS bic, m.status, m.last_collection_on, m.row_version
  FROM softwhere.mandate AS m;
COMMENT ON VIEW api.mandate IS 'Every mandate, revoked ones too; bank data as in api.billing_site.';

CREATE VIEW api.segment WITH (security_invoker = true) AS
SELECT id, kind, name, (SELECT count(*) FROM softwhere.customer_segment AS cs WHERE cs.segment_id = s.id) AS customer_count
  FROM softwhere.segment AS s;
COMMENT ON VIEW api.segment IS 'Segments by sector, size and type (CRM-05). Office.';

CREATE VIEW api.note WITH (security_invoker = true) AS
SELECT n.id, n.customer_id, n.body, n.created_at, n.created_by, COALESCE(u.display_name, n.created_by) AS created_by_name
  FROM softwhere.note AS n
  LEFT JOIN softwhere.app_user AS u ON u.role_name = n.created_by;
COMMENT ON VIEW api.note IS 'Internal notes (CRM-02). Office only.';

CREATE VIEW api.attachment WITH (security_invoker = true) AS
SELECT a.id, a.entity, a.entity_id, a.customer_id, a.name, a.media_type, a.size, encode(a.sha256, 'hex') AS sha256,
       a.created_at, a.created_by, COALESCE(u.display_name, a.created_by) AS created_by_name
  FROM softwhere.attachment AS a
  LEFT JOIN softwhere.app_user AS u ON u.role_name = a.created_by;
COMMENT ON VIEW api.attachment IS
  'Files attached to records, without their bytes; size in bytes. Office; partners and customers see those of contracts and invoices.';

CREATE VIEW api.change WITH (security_invoker = true) AS
SELECT l.id, l.entity, l.entity_id, l.customer_id, l.action, l.changes, l.changed_at, l.changed_by,
       COALESCE(u.display_name, l.changed_by) AS changed_by_name
  FROM softwhere.change_log AS l
  LEFT JOIN softwhere.app_user AS u ON u.role_name = l.changed_by;
COMMENT ON VIEW api.change IS 'Who changed which field when: changes {"field": [before, after]} (GDPR-01, CRM-02). Office only.';
