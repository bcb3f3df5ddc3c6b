-- Meters: consumption in arrears by cumulative price bands, committed volume in advance, initial readings as information.

CREATE FUNCTION rules.tranche_charges(p_meter_id bigint, p_from_units numeric, p_to_units numeric)
RETURNS TABLE (rank int, lower_bound numeric, upper_bound numeric, is_only boolean, quantity numeric, unit_price numeric)
LANGUAGE sql STABLE
AS $$
  SELECT b.rank, b.lower_bound, b.upper_bound, b.lower_bound = 0 AND b.upper_bound IS NULL,
         CASE WHEN p_to_units < 0 THEN p_to_units
              ELSE LEAST(p_to_units, b.upper_bound) - GREATEST(p_from_units, b.lower_bound) END,
         b.unit_price
    FROM (SELECT t.unit_price, (row_number() OVER w)::int AS rank, COALESCE(lag(t.up_to) OVER w, 0) AS lower_bound,
                 -- The last price goes on when no band is without limit: nothing is consumed for free by omission.
                 CASE WHEN lead(t.id) OVER w IS NULL THEN NULL ELSE t.up_to END AS upper_bound
            FROM softwhere.meter_tranche AS t
           WHERE t.meter_id = p_meter_id
          WINDOW w AS (ORDER BY t.up_to NULLS LAST)) AS b
   WHERE CASE WHEN p_to_units < 0 THEN b.lower_bound = 0
              ELSE LEAST(p_to_units, b.upper_bound) > GREATEST(p_from_units, b.lower_bound) END
$$;
COMMENT ON FUNCTION rules.tranche_charges(bigint, numeric, numeric) IS
  'What the units above p_from_units up to p_to_units of a period cost, band by band. A negative p_to_units (an estimate was too high) is refunded at the first price.';

CREATE FUNCTION rules.due_readings(p_due rules.due_invoice[])
RETURNS TABLE (invoice_id bigint, contract_id bigint, customer_id bigint, meter_reading_id bigint, meter_id bigint, "position" int, kind text, label text, unit text,
  vat_rate numeric, due_on date, until_on date, previous_on date, previous_value numeric, value numeric, read_on date, source text,
  consumed numeric, included numeric, prepaid numeric, committed numeric)
LANGUAGE sql STABLE
AS $$
  SELECT d.invoice_id, d.contract_id, d.customer_id, r.id, m.id, 5000 + m.position * 100, d.kind, e.label || ' – ' || m.label, m.unit,
         CASE WHEN d.vat_franchise THEN 0 ELSE COALESCE(m.vat_rate, d.vat_rate) END,
         d.due_on, LEAST(d.following_on - 1, d.last_on), before.due_on, before.value, r.value, r.read_on, r.source,
         COALESCE(r.consumed, r.value - before.value), LEAST(round(m.included_volume * past.num / past.den, 2),
           GREATEST(COALESCE(r.consumed, r.value - before.value), 0)),
         COALESCE(advance.quantity, 0),
         CASE WHEN d.kind = 'final' THEN 0 ELSE round(m.committed_volume * ahead.num / ahead.den, 2) END
    FROM rules.each_due(p_due) AS d
    -- OFFSET 0: by the index, contract by contract; there are years of readings.
   CROSS JOIN LATERAL (
      SELECT o.id, o.meter_id, o.due_on, o.value, o.read_on, o.source, o.consumed FROM softwhere.meter_reading AS o
       WHERE d.metered AND o.contract_id = d.contract_id AND o.due_on = d.due_on AND o.value IS NOT NULL
         AND o.kind = CASE d.kind WHEN 'first' THEN 'initial' WHEN 'periodic' THEN 'periodic' ELSE 'balance' END
      OFFSET 0) AS r
    JOIN softwhere.meter AS m ON m.id = r.meter_id
    JOIN softwhere.contract_equipment AS ce ON ce.id = m.contract_equipment_id
    JOIN softwhere.equipment AS e ON e.id = ce.equipment_id
    JOIN softwhere.contract AS c ON c.id = d.contract_id
    LEFT JOIN LATERAL (
      SELECT b.id, b.due_on, b.value FROM softwhere.meter_reading AS b
       WHERE b.meter_id = r.meter_id AND b.id <> r.id AND b.value IS NOT NULL AND b.due_on <= r.due_on
       ORDER BY b.due_on DESC, b.id DESC LIMIT 1) AS before ON true
    -- A period of the contract is worth its months; the last one, cut short, the days it lasted.
   CROSS JOIN LATERAL rules.billed_months(before.due_on,
      CASE WHEN d.kind = 'final' THEN d.due_on ELSE d.due_on - 1 END,
      before.due_on, CASE WHEN d.kind = 'final' THEN rules.due_date(c.anchor_on, c.anchor_count, c.periodicity_months) - 1
                          ELSE d.due_on - 1 END, c.periodicity_months, true) AS past
   CROSS JOIN LATERAL rules.billed_months(d.due_on, LEAST(d.following_on - 1, d.last_on), d.due_on, d.following_on - 1,
      d.months, true) AS ahead
    -- What the previous invoice took in advance is what counts, whatever the volume or the end became since.
    LEFT JOIN LATERAL (
      SELECT sum(l.quantity) AS quantity
        FROM softwhere.invoice AS i JOIN softwhere.invoice_line AS l ON l.invoice_id = i.id
       WHERE i.contract_id = d.contract_id AND i.kind IN ('first', 'periodic') AND i.due_period_on = before.due_on
         AND l.meter_reading_id = before.id AND l.period_start_on = before.due_on) AS advance ON true
$$;
COMMENT ON FUNCTION rules.due_readings(rules.due_invoice[]) IS
  'The readings the next invoice of these contracts bills: units consumed since the previous one, of which included, already prepaid, and committed for the period to come.';

CREATE FUNCTION rules.meter_lines(p_due rules.due_invoice[]) RETURNS SETOF rules.due_line
LANGUAGE sql STABLE
AS $$
  WITH reading AS MATERIALIZED (SELECT * FROM rules.due_readings(p_due))
  SELECT r.invoice_id, r.contract_id, r.customer_id, NULL::bigint, r.meter_reading_id, r.position, 'meter', 'Relevé initial : ' || r.label,
         'index ' || rules.french_number(r.value) || ' au ' || to_char(r.read_on, 'DD/MM/YYYY'),
         1::numeric, '', 0::numeric, r.vat_rate, 0::numeric, NULL::date, NULL::date, NULL::date, false
    FROM reading AS r WHERE r.kind = 'first'
  UNION ALL
  SELECT r.invoice_id, r.contract_id, r.customer_id, NULL, r.meter_reading_id, r.position + 1, 'meter', r.label || ', volume inclus',
         NULL, r.included, r.unit, 0, r.vat_rate, 0, r.previous_on, r.due_on - CASE r.kind WHEN 'final' THEN 0 ELSE 1 END, NULL, false
    FROM reading AS r WHERE r.kind <> 'first' AND r.included > 0
  UNION ALL
  SELECT r.invoice_id, r.contract_id, r.customer_id, NULL, r.meter_reading_id, r.position + 1 + t.rank, 'meter',
         r.label || CASE WHEN t.is_only THEN ''
           WHEN t.upper_bound IS NULL THEN ', au-delà de ' || rules.french_number(t.lower_bound)
           ELSE ', de ' || rules.french_number(t.lower_bound + 1) || ' à ' || rules.french_number(t.upper_bound) END,
         'index ' || rules.french_number(r.previous_value) || ' → ' || rules.french_number(r.value)
           || CASE WHEN r.prepaid > 0 THEN ', volume engagé déduit' ELSE '' END,
         t.quantity, r.unit, t.unit_price, r.vat_rate, round(t.quantity * t.unit_price, 2),
         r.previous_on, r.due_on - CASE r.kind WHEN 'final' THEN 0 ELSE 1 END, NULL, false
    FROM reading AS r CROSS JOIN LATERAL rules.tranche_charges(r.meter_id, r.prepaid, r.consumed - r.included) AS t
   WHERE r.kind <> 'first'
  UNION ALL
  SELECT r.invoice_id, r.contract_id, r.customer_id, NULL, r.meter_reading_id, r.position + 50 + t.rank, 'meter', r.label || ', volume engagé', NULL,
         t.quantity, r.unit, t.unit_price, r.vat_rate, round(t.quantity * t.unit_price, 2), r.due_on, r.until_on, NULL, false
    FROM reading AS r CROSS JOIN LATERAL rules.tranche_charges(r.meter_id, 0, r.committed) AS t
   WHERE r.committed > 0
$$;
COMMENT ON FUNCTION rules.meter_lines(rules.due_invoice[]) IS
  'Meter lines for the next invoice of these contracts: the initial index at zero (WF-40), consumption in arrears by price band, the committed volume in advance.';
