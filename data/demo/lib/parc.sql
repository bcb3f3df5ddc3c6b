-- The parc that goes with the contracts: sites of installation, lines, SIM cards, as many as are billed, or as many as asked for.
-- Set-based, straight into the tables: sixty thousand lines take seconds. psql variables: lines (0: as many as are billed), sims.

-- What is billed and rings, flies or surfs: an offer of a customer, how many, since when.
CREATE TABLE demo.holding AS
SELECT row_number() OVER (ORDER BY i.contract_id, i.position, i.id) AS nth, c.customer_id, o.family, upper(o.code) AS code, i.unit_price,
       CASE WHEN o.code IN ('trunk', 'fax') OR o.family = 'internet' THEN 1 ELSE i.quantity::int END AS quantity,
       COALESCE(i.subscribed_on, c.effective_on) AS since_on,
       CASE o.family WHEN 'telephony' THEN 'fixed' WHEN 'security' THEN 'cybersecurity' ELSE o.family END AS kind,
       d.kind = 'subscription' AS has_line
  FROM softwhere.contract_item AS i
  JOIN softwhere.contract AS c ON c.id = i.contract_id AND c.step IN ('start_billing', 'periodic_billing', 'end_of_contract') AND c.effective_on <= demo.today()
  JOIN demo.offer AS o ON o.label = i.label AND o.recurring AND o.family IN ('internet', 'telephony', 'mobile', 'security')
  JOIN demo.offer_detail AS d USING (code);

INSERT INTO softwhere.service (number, customer_id, billing_site_id, name, kind, operator_id, activity, status, internal_reference, private_installer, it_contractor, free_text, created_by)
SELECT t.number, h.customer_id, (SELECT min(s.id) FROM softwhere.billing_site AS s WHERE s.customer_id = h.customer_id), c.legal_name, h.kind,
       (SELECT id FROM demo.operator WHERE code = CASE WHEN h.kind <> 'mobile' THEN 'actif' WHEN demo.pick('parc operator', h.customer_id, 3) < 2 THEN 'orange' ELSE 'bouygues' END),
       'active', 'main', 'SW-' || h.customer_id,
       CASE WHEN demo.pick('parc installer', h.customer_id, 6) = 0 THEN 'Câblage de l''Ouest' END,
       CASE WHEN demo.pick('parc contractor', h.customer_id, 4) = 0 THEN 'Golfe Informatique' END,
       CASE WHEN demo.pick('parc text', h.customer_id, 5) = 0 THEN 'Local technique au sous-sol, clé à l''accueil.' END, 'deploiement'
  FROM (SELECT customer_id, kind, row_number() OVER (ORDER BY customer_id, kind) AS n FROM demo.holding GROUP BY customer_id, kind) AS h
  JOIN softwhere.customer AS c ON c.id = h.customer_id
  JOIN unnest((SELECT rules.next_numbers('service', demo.today(), (SELECT count(DISTINCT (customer_id, kind))::int FROM demo.holding)))) WITH ORDINALITY AS t (number, n) USING (n)
 ORDER BY h.n;
-- One customer in nine has a branch elsewhere.
INSERT INTO softwhere.service (number, customer_id, billing_site_id, name, kind, operator_id, status, own_address, address_1, postcode, city, country, created_by)
SELECT t.number, s.customer_id, s.billing_site_id, 'Agence de ' || a.city, s.kind, s.operator_id, 'branch', true, a.address_1, a.postcode, a.city, 'FR', 'deploiement'
  FROM (SELECT s.*, row_number() OVER (ORDER BY s.id) AS n FROM softwhere.service AS s WHERE s.kind = 'internet' AND demo.pick('parc branch', s.customer_id, 9) = 0) AS s
 CROSS JOIN LATERAL demo.address('parc branch', s.id) AS a
  JOIN unnest((SELECT rules.next_numbers('service', demo.today(), (SELECT count(*)::int FROM softwhere.service WHERE kind = 'internet' AND demo.pick('parc branch', customer_id, 9) = 0))))
    WITH ORDINALITY AS t (number, n) USING (n)
 ORDER BY s.n;
ANALYZE softwhere.service, demo.holding;

-- Three lines in ten are mobile. In a large office one customer has two thousand machines with a card each.
CREATE TABLE demo.line AS
WITH wanted AS (
  SELECT g.mobile, CASE WHEN :lines = 0 THEN 1 ELSE ceil(:lines * CASE WHEN g.mobile THEN 0.3 ELSE 0.72 END / g.natural)::int END AS times,
         CASE WHEN :lines = 0 THEN g.natural -- One in fifty more: some mobiles will find no number.
              ELSE :lines * CASE WHEN g.mobile THEN 30 ELSE 72 END / 100 - CASE WHEN g.mobile AND :lines >= 20000 THEN 2000 ELSE 0 END END AS target
    FROM (SELECT kind = 'mobile' AS mobile, sum(quantity) AS natural FROM demo.holding WHERE has_line GROUP BY 1) AS g
), expanded AS (
  SELECT h.nth, k, h.customer_id, h.kind, h.code, h.unit_price, h.since_on, w.target,
         row_number() OVER (PARTITION BY w.mobile ORDER BY demo.pick('parc line', h.nth * 10000 + k, 1000000000), h.nth, k) AS rank
    FROM demo.holding AS h JOIN wanted AS w ON w.mobile = (h.kind = 'mobile')
   CROSS JOIN LATERAL generate_series(1, h.quantity * w.times) AS k WHERE h.has_line
  UNION ALL
  SELECT 0, k, (SELECT customer_id FROM demo.cast_customer WHERE code = 'logistique'), 'mobile', 'M2M', 3.50, demo.month(-14), 2000, 0
    FROM generate_series(1, CASE WHEN :lines >= 20000 THEN 2000 ELSE 0 END) AS k
)
SELECT row_number() OVER (ORDER BY customer_id, kind, nth, k) AS nth, customer_id, kind, code, unit_price, since_on FROM expanded WHERE rank <= target;
ALTER TABLE demo.line ADD service_id bigint, ADD line_id bigint, ADD number text, ADD fate int, ADD activity text, ADD first_name text, ADD last_name text;
UPDATE demo.line AS l
   SET service_id = (SELECT min(s.id) FROM softwhere.service AS s WHERE s.customer_id = l.customer_id AND s.kind = l.kind), fate = demo.pick('parc fate', l.nth, 1000);
-- Who had no mobile contract among the two thousand has a parc now.
INSERT INTO softwhere.service (number, customer_id, name, kind, operator_id, created_by)
SELECT rules.next_number('service', demo.today()), c.id, c.legal_name, 'mobile', (SELECT id FROM demo.operator WHERE code = 'orange'), 'deploiement'
  FROM softwhere.customer AS c WHERE c.id IN (SELECT customer_id FROM demo.line WHERE service_id IS NULL);
UPDATE demo.line AS l SET service_id = (SELECT min(s.id) FROM softwhere.service AS s WHERE s.customer_id = l.customer_id AND s.kind = l.kind) WHERE service_id IS NULL;

-- Numbers of the ranges kept for fiction, each once; machines have fourteen digits. 7919 is prime to ten thousand.
UPDATE demo.line AS l
   SET number = CASE
         WHEN l.code = 'M2M' THEN '+337000' || lpad((r.rank * 7919 % 1000000000)::text, 9, '0')
         WHEN l.kind = 'mobile' THEN '+3363998' || lpad((r.rank * 7919 % 10000)::text, 4, '0')
         ELSE '+33' || ('{26191,53649,46571,35301,19900}'::text[])[1 + r.rank / 10000] || lpad((r.rank * 7919 % 10000)::text, 4, '0') END,
       activity = CASE WHEN fate < 12 THEN 'terminated' WHEN fate < 20 THEN 'inactive' WHEN fate < 24 AND l.kind <> 'mobile' THEN 'under_construction' ELSE 'active' END
  FROM (SELECT nth, row_number() OVER (PARTITION BY code = 'M2M', kind = 'mobile' ORDER BY nth) AS rank FROM demo.line) AS r
 WHERE r.nth = l.nth;
UPDATE demo.line AS l SET first_name = p.first_name, last_name = p.last_name FROM (SELECT n.nth, p.* FROM demo.line AS n CROSS JOIN LATERAL demo.person('parc', n.nth) AS p) AS p
 WHERE p.nth = l.nth AND l.code <> 'M2M';
UPDATE demo.line SET last_name = demo.one_of('parc machine', nth, '{Alarme,Balise,Terminal de paiement,Ascenseur,Compteur,Capteur}') || ' ' || nth WHERE code = 'M2M';
-- Who has more mobiles than fiction has numbers goes without; small/parc.sql keeps 06 39 98 55 xx for itself.
DELETE FROM demo.line WHERE number LIKE '+336399855%';
DELETE FROM demo.line AS l USING (SELECT nth, row_number() OVER (PARTITION BY number ORDER BY nth) AS rank FROM demo.line) AS r WHERE r.nth = l.nth AND r.rank > 1;

INSERT INTO softwhere.service_line (customer_id, service_id, number, first_name, last_name, activity, restriction, hide_called_numbers, committed_until_on, activated_on, terminated_on, created_by)
SELECT customer_id, service_id, number, first_name, last_name, activity,
       CASE WHEN activity = 'active' AND fate > 985 THEN (ARRAY['outgoing', 'outgoing', 'both'])[1 + fate % 3] ELSE 'none' END, fate % 7 <> 0,
       CASE WHEN kind = 'mobile' THEN (since_on + interval '24 months')::date - 1 ELSE (since_on + interval '36 months')::date - 1 END,
       CASE WHEN activity <> 'under_construction' THEN since_on END, CASE WHEN activity = 'terminated' THEN GREATEST(since_on, demo.today() - 10 - fate * 3) END, 'deploiement'
  FROM demo.line ORDER BY nth;
UPDATE demo.line AS l SET line_id = s.id FROM softwhere.service_line AS s WHERE s.number = l.number AND s.customer_id = l.customer_id;
ANALYZE demo.line, softwhere.service_line;

-- What each subscribes to; three mobiles in ten began with a smaller plan, one in eight has an option.
CREATE TABLE demo.subscription AS
SELECT l.nth, l.line_id, l.customer_id, l.unit_price, l.since_on, l.activity, s.terminated_on,
       l.code || CASE WHEN l.kind = 'mobile' AND v.operator_id = b.id THEN '-BYT' ELSE '' END AS code,
       CASE WHEN l.code IN ('MOBILE20', 'MOBILE50', 'MOBILE150') AND demo.pick('parc before', l.nth, 10) < 3 AND l.since_on < demo.today() - 200 AND l.activity = 'active'
            THEN CASE WHEN v.operator_id = b.id THEN 'MOBILE5-BYT' ELSE 'MOBILE5' END END AS before_code,
       l.since_on + 60 + demo.pick('parc changed', l.nth, 100) AS changed_on,
       CASE WHEN l.kind = 'mobile' AND l.code <> 'M2M' AND demo.pick('parc option', l.nth, 8) = 0 AND l.activity = 'active'
            THEN CASE WHEN v.operator_id = b.id THEN 'BOUYGUES' ELSE 'ORANGE' END || (ARRAY['-MONDE', '-EUROPE', '-DATA10'])[1 + demo.pick('parc which', l.nth, 3)] END AS option_code
  FROM demo.line AS l JOIN softwhere.service_line AS s ON s.id = l.line_id JOIN softwhere.service AS v ON v.id = l.service_id
 CROSS JOIN (SELECT id FROM demo.operator WHERE code = 'bouygues') AS b;
INSERT INTO softwhere.line_offer (line_id, customer_id, offer_id, kind, code, label, option_family, price, price_months, purchase_price, data_gb, throughput_mbps, starts_on, ends_on)
SELECT t.line_id, t.customer_id, o.id, o.kind, o.code, o.label, o.option_family, COALESCE(t.price, o.price), o.price_months, o.purchase_price, o.data_gb, o.throughput_mbps, t.starts_on, t.ends_on
  FROM (SELECT nth, 1 AS k, line_id, customer_id, before_code AS code, NULL::numeric AS price, since_on AS starts_on, changed_on - 1 AS ends_on FROM demo.subscription WHERE before_code IS NOT NULL
        UNION ALL
        SELECT nth, 2, line_id, customer_id, code, unit_price, CASE WHEN before_code IS NULL THEN since_on ELSE changed_on END, terminated_on - 1 FROM demo.subscription
        UNION ALL
        SELECT nth, 3, line_id, customer_id, option_code, NULL, since_on + 14, NULL FROM demo.subscription WHERE option_code IS NOT NULL) AS t
  JOIN softwhere.offer AS o ON o.code = t.code
 ORDER BY t.nth, t.k;

-- A card in each mobile, some replaced before it; the rest of what was asked for waits in stock.
CREATE FUNCTION demo.iccid(p_operator text, p_n bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT d || demo.luhn_key(d) FROM (SELECT CASE p_operator WHEN 'bouygues' THEN '893320' ELSE '893301' END || lpad(p_n::text, 12, '0') AS d) AS t
$$;
-- The plans kept by triggers were made while there was no card: they would read all of them for each line.
DISCARD PLANS;
INSERT INTO softwhere.sim_card (iccid, operator_id, form, imsi, pin, puk_1, puk_2, batch, received_on, state, state_entered_on, state_reason, line_id, customer_id)
SELECT demo.iccid(o.code, t.n), o.id, CASE WHEN demo.pick('parc esim', t.n, 9) = 0 THEN 'esim' ELSE 'card' END, '20801' || lpad(t.n::text, 10, '0'), '0000',
       lpad(demo.pick('parc puk', t.n, 100000000)::text, 8, '0'), lpad(demo.pick('parc puk 2', t.n, 100000000)::text, 8, '0'), 'L' || to_char(t.received_on, 'YYMM'), t.received_on,
       t.state, t.entered_on, t.reason, t.line_id, t.customer_id
  FROM (
    SELECT row_number() OVER (ORDER BY u.nth, u.state) AS n, u.* FROM (
      SELECT l.nth, l.line_id, l.customer_id, v.operator_id, l.since_on - 20 AS received_on, NULL AS reason,
             CASE l.activity WHEN 'terminated' THEN 'terminated' WHEN 'inactive' THEN 'suspended' ELSE CASE s.restriction WHEN 'both' THEN 'suspended' ELSE 'active' END END AS state,
             l.since_on AS entered_on
        FROM demo.line AS l JOIN softwhere.service AS v ON v.id = l.service_id JOIN softwhere.service_line AS s ON s.id = l.line_id WHERE l.kind = 'mobile'
      UNION ALL
      SELECT l.nth, l.line_id, l.customer_id, v.operator_id, l.since_on - 20, demo.one_of('parc swap', l.nth, '{Perdue,Volée,Abîmée,Passage en eSIM}'), 'replaced', l.since_on + 90
        FROM demo.line AS l JOIN softwhere.service AS v ON v.id = l.service_id WHERE l.kind = 'mobile' AND l.fate % 40 = 1 AND l.since_on < demo.today() - 100
    ) AS u) AS t
  JOIN demo.operator AS o ON o.id = t.operator_id
 ORDER BY t.n;
INSERT INTO softwhere.sim_card (iccid, operator_id, form, imsi, pin, puk_1, puk_2, batch, received_on, state, state_entered_on, state_reason)
SELECT demo.iccid(o.code, t.n), o.id, CASE WHEN t.n % 9 = 0 THEN 'esim' ELSE 'card' END, '20801' || lpad(t.n::text, 10, '0'), '0000',
       lpad(demo.pick('parc puk', t.n, 100000000)::text, 8, '0'), lpad(demo.pick('parc puk 2', t.n, 100000000)::text, 8, '0'), 'L' || to_char(demo.today() - 40, 'YYMM'), demo.today() - 40,
       CASE WHEN t.n % 50 = 0 THEN 'defective' ELSE 'in_stock' END, demo.today() - 40, CASE WHEN t.n % 50 = 0 THEN 'Puce illisible' END
  FROM (SELECT (SELECT count(*) FROM softwhere.sim_card) + k AS n FROM generate_series(1, GREATEST(120, :sims - (SELECT count(*) FROM softwhere.sim_card))) AS k) AS t
  JOIN demo.operator AS o ON o.code = CASE WHEN t.n % 10 < 6 THEN 'orange' WHEN t.n % 10 < 9 THEN 'bouygues' ELSE 'alp' END
 ORDER BY t.n;

-- Machines under contract stand at their site.
UPDATE softwhere.equipment AS e SET service_id = s.id
  FROM (SELECT DISTINCT ON (customer_id, kind) * FROM softwhere.service ORDER BY customer_id, kind, id) AS s
 WHERE s.customer_id = e.customer_id AND e.state IN ('under_contract', 'in_service_off_contract')
   AND s.kind = CASE e.kind WHEN 'router' THEN 'internet' WHEN 'phone' THEN 'fixed' WHEN 'mobile' THEN 'mobile' WHEN 'firewall' THEN 'cybersecurity' END;
ANALYZE softwhere.sim_card, softwhere.line_offer, softwhere.equipment;
