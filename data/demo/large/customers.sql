-- Many customers at once, straight into the tables. psql variables: customers (how many), months (of history).

CREATE TABLE demo.crowd AS
SELECT n AS nth, b.legal_kind, b.sector, b.ape, b.legal_form, b.pattern, p.title, p.first_name, p.last_name, p.job,
       a.address_1, a.postcode, a.city, a.latitude, a.longitude,
       demo.siren('crowd', n, CASE b.legal_kind WHEN 'public_body' THEN '299' ELSE '98' END) AS siren,
       demo.pick('crowd size', n, 20) AS size,
       replace(replace(replace(replace(b.pattern, '{name}', p.last_name), '{place}', a.city), '{spot}', s.name),
               '{person}', p.first_name || ' ' || p.last_name) AS name,
       -- Older customers have smaller numbers; a third was there from the start.
       (demo.month(-:months) + ((demo.today() - demo.month(-:months) - 60) * GREATEST(0, 1.5 * n / :customers - 0.5))::int) AS created_on,
       demo.pick('crowd introducer', n, 12) AS introducer,
       CASE WHEN b.legal_kind = 'public_body' THEN 'transfer'
            ELSE (ARRAY['direct_debit', 'direct_debit', 'direct_debit', 'direct_debit', 'direct_debit', 'direct_debit', 'transfer',
                        'transfer', 'card', 'cheque'])[1 + demo.pick('crowd payment', n, 10)] END AS payment_method,
       demo.pick('crowd anniversary', n, 3) = 0 AS anniversary
  FROM generate_series(1, :customers) AS n
  JOIN demo.business AS b ON demo.pick('crowd business', n, (SELECT max(weight_to) FROM demo.business)) >= b.weight_from
                         AND demo.pick('crowd business', n, (SELECT max(weight_to) FROM demo.business)) < b.weight_to
 CROSS JOIN LATERAL demo.person('crowd', n) AS p
 CROSS JOIN LATERAL demo.address('crowd', n) AS a
  JOIN demo.spot AS s ON s.id = demo.pick('crowd spot', n, 30);
ALTER TABLE demo.crowd ADD slug text, ADD customer_id bigint, ADD site_id bigint, ADD number text;
-- For a year and a half the reseller has offered anniversary periods: those contracts start on the 15th, the others on the 1st.
UPDATE demo.crowd SET anniversary = anniversary AND created_on >= demo.month(-18);
UPDATE demo.crowd SET slug = demo.slug(name) || CASE legal_kind WHEN 'individual' THEN '' ELSE '-' || nth END;
UPDATE demo.crowd SET number = t.number
  FROM unnest((SELECT rules.next_numbers('customer', demo.month(-:months), :customers))) WITH ORDINALITY AS t (number, n)
 WHERE nth = n;

INSERT INTO softwhere.customer
  (number, legal_kind, legal_name, trading_name, status, introducer_id, title, first_name, last_name, address_1, postcode, city,
   latitude, longitude, email, phone, mobile_phone, birth_on, birth_city, siren, siret, ape, vat_number, legal_form,
   rna, declared_on, published_on, journal_notice, created_on, created_by, updated_by)
SELECT number, legal_kind,
       name, NULL,
       'active', (SELECT id FROM demo.introducer AS i ORDER BY id OFFSET introducer LIMIT 1),
       CASE WHEN legal_kind = 'individual' THEN title END, CASE WHEN legal_kind = 'individual' THEN first_name END,
       CASE WHEN legal_kind = 'individual' THEN last_name END, address_1, postcode, city, latitude, longitude,
       CASE legal_kind WHEN 'individual' THEN slug || nth || '@courriel.example' ELSE 'contact@' || slug || '.example' END,
       demo.phone('crowd', nth, postcode), CASE WHEN legal_kind = 'individual' THEN demo.mobile_phone('crowd', nth) END,
       CASE WHEN legal_kind = 'individual' THEN date '1948-03-12' + demo.pick('crowd birth', nth, 18000) END,
       CASE WHEN legal_kind = 'individual' THEN city END,
       CASE WHEN legal_kind NOT IN ('individual', 'association') THEN siren END,
       CASE WHEN legal_kind NOT IN ('individual', 'association') THEN demo.siret(siren, 1 + demo.pick('crowd nic', nth, 5)) END,
       CASE WHEN legal_kind <> 'individual' THEN ape END,
       CASE WHEN legal_kind IN ('company', 'liberal_profession') THEN demo.vat_number(siren) END, legal_form,
       CASE WHEN legal_kind = 'association' THEN 'W56' || demo.digits('crowd rna', nth, 7) END,
       CASE WHEN legal_kind = 'association' THEN date '1984-05-14' + demo.pick('crowd declared', nth, 12000) END,
       CASE WHEN legal_kind = 'association' THEN date '1984-05-25' + demo.pick('crowd declared', nth, 12000) END,
       CASE WHEN legal_kind = 'association' THEN demo.digits('crowd notice', nth, 4) END,
       created_on, 'adv', 'adv'
  FROM demo.crowd ORDER BY nth;
UPDATE demo.crowd SET customer_id = c.id FROM softwhere.customer AS c WHERE c.number = crowd.number;
CREATE UNIQUE INDEX ON demo.crowd (nth);
CREATE UNIQUE INDEX ON demo.crowd (customer_id);
ANALYZE demo.crowd;

INSERT INTO softwhere.customer_segment (customer_id, segment_id)
SELECT c.customer_id, s.id FROM demo.crowd AS c JOIN softwhere.segment AS s ON (s.kind, s.name) = ('sector', c.sector)
UNION ALL
SELECT c.customer_id, s.id FROM demo.crowd AS c
  JOIN demo.size AS z ON z.id = CASE WHEN c.size < 12 THEN 0 WHEN c.size < 17 THEN 1 WHEN c.size < 19 THEN 2 ELSE 3 END
  JOIN softwhere.segment AS s ON (s.kind, s.name) = ('size', z.name)
 WHERE c.legal_kind <> 'individual';

INSERT INTO softwhere.contact (customer_id, title, first_name, last_name, phone, mobile_phone, job, email, is_billing_manager, is_site_manager)
SELECT customer_id, title, first_name, last_name, demo.phone('crowd', nth, postcode), demo.mobile_phone('crowd', nth), job,
       demo.slug(first_name) || '.' || replace(demo.slug(last_name), '-', '') || '@' || slug || '.example', true, nth % 4 = 0
  FROM demo.crowd WHERE legal_kind <> 'individual'
UNION ALL
SELECT c.customer_id, p.title, p.first_name, p.last_name, NULL, demo.mobile_phone('second', c.nth), p.job,
       demo.slug(p.first_name) || '.' || replace(demo.slug(p.last_name), '-', '') || '@' || c.slug || '.example', false, false
  FROM demo.crowd AS c CROSS JOIN LATERAL demo.person('second', c.nth) AS p
 WHERE c.legal_kind <> 'individual' AND c.size >= 10;

INSERT INTO softwhere.billing_site
  (customer_id, name, periodicity_months, period_format, payment_method, payment_days, no_detailed_invoice, billing_email)
SELECT customer_id, name, CASE legal_kind WHEN 'public_body' THEN 3 ELSE 1 END,
       CASE WHEN anniversary THEN 'anniversary' ELSE 'current_month' END, payment_method,
       CASE WHEN payment_method = 'direct_debit' THEN 15 END, legal_kind = 'individual',
       CASE WHEN legal_kind <> 'individual' THEN 'factures@' || slug || '.example' END
  FROM demo.crowd ORDER BY nth;
UPDATE demo.crowd SET site_id = s.id FROM softwhere.billing_site AS s WHERE s.customer_id = crowd.customer_id;

INSERT INTO softwhere.mandate (billing_site_id, customer_id, holder, rum, signed_on, signed_place, iban, bic)
SELECT c.site_id, c.customer_id, c.name, replace(replace(template, '{SERIE}', lpad(c.customer_id::text, 6, '0')), '{N:3}', '001'),
       c.created_on, c.city, b.iban, b.bic
  FROM demo.crowd AS c CROSS JOIN LATERAL demo.bank_account('crowd', c.nth) AS b, softwhere.number_series AS s
 WHERE c.payment_method = 'direct_debit' AND s.code = 'mandate';

INSERT INTO softwhere.note (customer_id, body, created_by)
SELECT customer_id, demo.one_of('crowd note', nth, ARRAY['Livrer par la cour, sonner deux fois.', 'Rappeler après 17 h.',
       'Préfère être joint sur le mobile.', 'Accès au local technique : demander la clé à l''accueil.', 'Fermé le lundi matin.',
       'Bon payeur, fidèle depuis l''ouverture.', 'Projet de déménagement l''an prochain.']), 'support'
  FROM demo.crowd WHERE nth % 9 = 0 ORDER BY nth;
