-- Many contracts at once, in creation; history.sql makes them live. psql variables: customers, contracts, metered, months.

CREATE TABLE demo.deal AS
SELECT n AS nth, c.customer_id, c.site_id, c.created_on AS customer_since, f.id AS family_id, f.family, n <= :metered AS metered,
       d.periodicity, d.months, d.fate,
       d.tacit AND d.fate >= 90 AS tacit,
       -- Somewhere between the day the customer came and the month to come, on the 1st or the 15th.
       (date_trunc('month', c.created_on + ((demo.month(1) - c.created_on) * (demo.pick('deal start', n, 1000) / 999.0))::int)
         + interval '1 month' + CASE WHEN c.anniversary THEN interval '14 days' ELSE interval '0' END)::date AS effective_on
  FROM generate_series(1, :contracts) AS n
  JOIN demo.crowd AS c ON c.nth = CASE WHEN n <= :customers THEN 1 + n::bigint * 7919 % :customers
                                       ELSE 1 + demo.pick('deal customer', n, :customers) END
  JOIN demo.family AS f ON f.family = CASE WHEN n <= :metered THEN 'printing' ELSE demo.one_of('deal family', n,
         '{internet,internet,internet,telephony,telephony,telephony,mobile,mobile,security,it}') END
 CROSS JOIN LATERAL (
   SELECT CASE WHEN p < 82 THEN 1 WHEN p < 94 THEN 3 WHEN p < 97 THEN 6 ELSE 12 END AS periodicity,
          (ARRAY[24, 36, 36, 36, 48, 60])[1 + demo.pick('deal months', n, 6)] AS months,
          demo.pick('deal tacit', n, 100) < 85 AS tacit, demo.pick('deal fate', n, 1000) AS fate
     FROM (SELECT demo.pick('deal periodicity', n, 100) AS p) AS t) AS d;

ALTER TABLE demo.deal ADD created_on date, ADD number text, ADD contract_id bigint, ADD end_on date, ADD unread boolean,
  ADD cancelled_on date, ADD unsigned boolean;
UPDATE demo.deal
   SET unsigned = effective_on > demo.today() + 14 AND fate % 2 = 0,
       -- One in eleven was for a year only and is over by now, or nearly.
       end_on = (effective_on + make_interval(months => CASE WHEN fate < 90 THEN 12 ELSE months END))::date - 1,
       unread = metered AND fate >= 970,
       cancelled_on = CASE WHEN fate BETWEEN 90 AND 99 THEN effective_on + 130 END;
UPDATE demo.deal SET created_on = CASE WHEN unsigned THEN demo.today() - demo.pick('deal created', nth, 10)
                                       ELSE LEAST(GREATEST(effective_on - 20 - demo.pick('deal lead', nth, 10), customer_since),
                                                  demo.today() - 6) END;

-- Numbered year by year, in the order they were made.
WITH ranked AS (
  SELECT nth, extract(year FROM created_on) AS year, row_number() OVER (PARTITION BY extract(year FROM created_on) ORDER BY created_on, nth) AS rank
    FROM demo.deal
), numbered AS (
  SELECT y.year, t.number, t.rank
    FROM (SELECT extract(year FROM created_on) AS year, max(created_on) AS last_on, count(*)::int AS deals FROM demo.deal GROUP BY 1) AS y
   CROSS JOIN LATERAL unnest(rules.next_numbers('contract', y.last_on, y.deals)) WITH ORDINALITY AS t (number, rank)
)
UPDATE demo.deal SET number = numbered.number FROM ranked JOIN numbered USING (year, rank) WHERE ranked.nth = deal.nth;

-- Foreign keys and search texts row by row would double the time: keys are copied from rows that are there, texts made at the end.
SET LOCAL session_replication_role = replica;

INSERT INTO softwhere.contract
  (number, title, customer_id, billing_site_id, contract_type, metered, step_entered_on, created_on, issued_on, sent_on, signed_on,
   effective_on, end_on, periodicity_months, tacit_renewal, created_by, updated_by)
SELECT number, CASE family WHEN 'internet' THEN 'Accès internet' WHEN 'telephony' THEN 'Téléphonie' WHEN 'mobile' THEN 'Flotte mobile'
                           WHEN 'security' THEN 'Cybersécurité' WHEN 'it' THEN 'Informatique' ELSE 'Copieurs' END,
       customer_id, site_id, CASE WHEN metered THEN 'metered' ELSE 'standard' END, metered, created_on, created_on,
       created_on, CASE WHEN NOT unsigned THEN created_on + 1 END, CASE WHEN NOT unsigned THEN created_on + 4 END,
       effective_on, end_on, periodicity, tacit, 'adv', 'adv'
  FROM demo.deal ORDER BY created_on, nth;
UPDATE demo.deal SET contract_id = c.id FROM softwhere.contract AS c WHERE c.number = deal.number;
CREATE UNIQUE INDEX ON demo.deal (contract_id);
ANALYZE demo.deal, softwhere.customer, softwhere.billing_site, softwhere.contract;

-- Two to four offers of a family each, of which the first ones are the usual ones; sometimes a fee at the beginning.
INSERT INTO softwhere.contract_item (contract_id, customer_id, position, section, label, quantity, unit_price, recurring)
SELECT d.contract_id, d.customer_id, k, o.section, o.label, 1 + demo.pick('deal quantity ' || k, d.nth, o.most), o.unit_price, true
  FROM demo.deal AS d
  JOIN demo.family AS f ON f.id = d.family_id
 CROSS JOIN LATERAL generate_series(0, LEAST(f.offers - 1, 1 + demo.pick('deal offers', d.nth, 3))) AS k
  JOIN (SELECT family, section, label, unit_price, most, row_number() OVER (PARTITION BY family ORDER BY id) - 1 AS nth
          FROM demo.offer WHERE recurring) AS o
    ON o.family = d.family AND o.nth = (demo.pick('deal offer', d.nth, f.offers) + k) % f.offers
UNION ALL
SELECT d.contract_id, d.customer_id, 9, o.section, o.label, 1, o.unit_price, false
  FROM demo.deal AS d JOIN demo.offer AS o ON o.code = CASE WHEN d.family = 'printing' THEN 'livraison' ELSE 'mise_en_service' END
 WHERE demo.pick('deal fee', d.nth, 10) < 3
 ORDER BY 1, 3;

CREATE TABLE demo.deal_machine AS
SELECT d.contract_id, d.customer_id, d.metered, k, m.kind, m.label,
       m.serial_prefix || upper(substr(md5('serial ' || k || ':' || d.nth), 1, 2)) || lpad((d.nth * 2 + k)::text, 6, '0') AS serial_number
  FROM demo.deal AS d
  JOIN demo.family AS f ON f.id = d.family_id
 CROSS JOIN LATERAL generate_series(0, CASE WHEN demo.pick('deal machines', d.nth, 10) < 3 THEN 1 ELSE 0 END) AS k
  JOIN demo.machine AS m ON m.family = d.family AND m.nth = (demo.pick('deal machine', d.nth, f.machines) + k) % f.machines;
INSERT INTO softwhere.equipment (customer_id, kind, label, serial_number)
SELECT customer_id, kind, label, serial_number FROM demo.deal_machine ORDER BY contract_id, k;
INSERT INTO softwhere.contract_equipment (contract_id, customer_id, equipment_id, position)
SELECT m.contract_id, m.customer_id, e.id, m.k
  FROM demo.deal_machine AS m JOIN softwhere.equipment AS e USING (serial_number) ORDER BY m.contract_id, m.k;
ANALYZE softwhere.contract_item, softwhere.equipment, softwhere.contract_equipment;

INSERT INTO softwhere.meter (contract_equipment_id, contract_id, customer_id, label, unit, included_volume, position)
SELECT h.id, h.contract_id, h.customer_id, t.label, 'copies', t.included, t.position
  FROM demo.deal AS d JOIN softwhere.contract_equipment AS h USING (contract_id)
 CROSS JOIN (VALUES ('Noir', 2000, 0), ('Couleur', 0, 1)) AS t (label, included, position)
 WHERE d.metered ORDER BY h.id, t.position;
INSERT INTO softwhere.meter_tranche (meter_id, customer_id, up_to, unit_price)
SELECT m.id, m.customer_id, t.up_to, t.unit_price
  FROM demo.deal AS d JOIN softwhere.meter AS m USING (contract_id)
  JOIN (VALUES ('Noir', 5000, 0.0065), ('Noir', NULL, 0.0055), ('Couleur', NULL, 0.052)) AS t (label, up_to, unit_price)
    ON t.label = m.label
 WHERE d.metered ORDER BY m.id, t.up_to;
ANALYZE softwhere.meter, softwhere.meter_tranche;

SET LOCAL session_replication_role = origin;
SELECT rules.contract_refresh_search(ARRAY(SELECT contract_id FROM demo.deal ORDER BY contract_id));
