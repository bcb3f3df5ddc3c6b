-- Makers for billing tests: a contract in start_billing with its items in one call. Raw inserts: what is tested is billing,
-- not the forms. Dates of the tests lie in 2031, when no real invoice can be in the way.

\ir error.sql

CREATE FUNCTION pg_temp.today(p_on date) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('softwhere.today', p_on::text, true)
$$;
SELECT pg_temp.today('2031-01-01') AS ignored \gset

CREATE FUNCTION pg_temp.site(p jsonb DEFAULT '{}') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_customer bigint;
  v_site bigint;
BEGIN
  INSERT INTO softwhere.customer (number, legal_kind, legal_name, address_1, postcode, city, created_on, created_by, updated_by)
  SELECT 'T-' || nextval(pg_get_serial_sequence('softwhere.customer', 'id')), COALESCE(p ->> 'legal_kind', 'company'),
         COALESCE(p ->> 'legal_name', 'Pharmacie du Port'), '4 place Gambetta', '56000', 'Vannes', '2031-01-01', 'test', 'test'
  RETURNING id INTO v_customer;
  INSERT INTO softwhere.billing_site (customer_id, name, vat_rate, period_format, payment_method, payment_days, vat_exemption)
  VALUES (v_customer, 'Siège', COALESCE((p ->> 'vat_rate')::numeric, 20), COALESCE(p ->> 'period_format', 'current_month'),
          COALESCE(p ->> 'payment_method', 'transfer'), (p ->> 'payment_days')::int, p ->> 'vat_exemption')
  RETURNING id INTO v_site;
  IF p ->> 'payment_method' = 'direct_debit' THEN
    INSERT INTO softwhere.mandate (billing_site_id, customer_id, holder, rum, signed_on, iban, bic)
    VALUES (v_site, v_customer, 'PHARMACIE DU PORT', 'ADT-T' || v_site, '2031-01-01', 'FR7630006000011234567890189', 'AGRIFRPPXXX');
  END IF;
  RETURN v_site;
END
$$;

-- items: [{label, price, quantity, vat, from, to, recurring, months, prorate_start, prorate_end}]
CREATE FUNCTION pg_temp.add_items(p_contract_id bigint, p_items jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO softwhere.contract_item (contract_id, customer_id, position, label, unit_price, quantity, vat_rate, subscribed_on, ends_on,
      recurring, price_months, prorate_start, prorate_end)
  SELECT c.id, c.customer_id, i.ordinality, COALESCE(i.value ->> 'label', 'Fibre Pro'), COALESCE((i.value ->> 'price')::numeric, 30),
         COALESCE((i.value ->> 'quantity')::numeric, 1), (i.value ->> 'vat')::numeric, (i.value ->> 'from')::date, (i.value ->> 'to')::date,
         COALESCE((i.value ->> 'recurring')::boolean, true), COALESCE((i.value ->> 'months')::int, 1),
         COALESCE((i.value ->> 'prorate_start')::boolean, true), COALESCE((i.value ->> 'prorate_end')::boolean, true)
    FROM softwhere.contract AS c, jsonb_array_elements(p_items) WITH ORDINALITY AS i
   WHERE c.id = p_contract_id
$$;

-- contract: {effective, end, months, tacit, renewal_months, site, meters: [{label, included, committed, tranches: [[up_to, price]…]}]}
CREATE FUNCTION pg_temp.contract(p jsonb, p_items jsonb DEFAULT '[{}]') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_site bigint := COALESCE((p ->> 'site')::bigint, pg_temp.site());
  v_effective date := (p ->> 'effective')::date;
  v_meter jsonb;
  v_id bigint;
  v_equipment bigint;
  v_place bigint;
  v_meter_id bigint;
BEGIN
  INSERT INTO softwhere.contract (number, customer_id, billing_site_id, contract_type, metered, step_entered_on, created_on,
      issued_on, sent_on, signed_on, effective_on, end_on, periodicity_months, tacit_renewal, renewal_months, created_by, updated_by)
  SELECT 'TC-' || nextval(pg_get_serial_sequence('softwhere.contract', 'id')), s.customer_id, s.id,
         CASE WHEN p ? 'meters' THEN 'metered' ELSE 'standard' END, p ? 'meters', v_effective, v_effective, v_effective, v_effective,
         v_effective, v_effective, COALESCE((p ->> 'end')::date, (v_effective + interval '1 year')::date - 1),
         COALESCE((p ->> 'months')::int, 1), COALESCE((p ->> 'tacit')::boolean, false), COALESCE((p ->> 'renewal_months')::int, 12), 'test', 'test'
    FROM softwhere.billing_site AS s WHERE s.id = v_site
  RETURNING id INTO v_id;
  INSERT INTO softwhere.equipment (label, serial_number, state) VALUES ('Canon iR C3326', 'SN' || v_id, 'under_contract') RETURNING id INTO v_equipment;
  INSERT INTO softwhere.contract_equipment (contract_id, customer_id, equipment_id)
  SELECT id, customer_id, v_equipment FROM softwhere.contract WHERE id = v_id RETURNING id INTO v_place;
  PERFORM pg_temp.add_items(v_id, p_items);
  FOR v_meter IN SELECT value || jsonb_build_object('position', ordinality) FROM jsonb_array_elements(p -> 'meters') WITH ORDINALITY LOOP
    INSERT INTO softwhere.meter (contract_equipment_id, contract_id, customer_id, position, label, included_volume, committed_volume)
    SELECT v_place, id, customer_id, (v_meter ->> 'position')::int, COALESCE(v_meter ->> 'label', 'Noir'), COALESCE((v_meter ->> 'included')::numeric, 0),
           COALESCE((v_meter ->> 'committed')::numeric, 0) FROM softwhere.contract WHERE id = v_id
    RETURNING id INTO v_meter_id;
    INSERT INTO softwhere.meter_tranche (meter_id, customer_id, up_to, unit_price)
    SELECT m.id, m.customer_id, (t.value ->> 0)::numeric, (t.value ->> 1)::numeric
      FROM softwhere.meter AS m, jsonb_array_elements(v_meter -> 'tranches') AS t WHERE m.id = v_meter_id;
  END LOOP;
  IF COALESCE(p ->> 'step', '') <> 'creation' THEN
    UPDATE softwhere.contract SET step = 'start_billing', step_entered_on = v_effective WHERE id = v_id;
    PERFORM rules.create_reading_lines(ARRAY[v_id], 'initial');
  END IF;
  RETURN v_id;
END
$$;

-- Types the value of every open reading line of a contract, consumption computed as api.meter_reading_record does.
CREATE FUNCTION pg_temp.read_meters(p_contract_id bigint, VARIADIC p_values numeric[]) RETURNS void LANGUAGE sql AS $$
  UPDATE softwhere.meter_reading AS r
     SET value = p_values[o.rank], read_on = r.due_on, source = 'entered', recorded_at = now(), recorded_by = 'test',
         consumed = p_values[o.rank] - (SELECT b.value FROM softwhere.meter_reading AS b
                                         WHERE b.meter_id = r.meter_id AND b.value IS NOT NULL AND b.id <> r.id ORDER BY b.due_on DESC LIMIT 1)
    FROM (SELECT id, row_number() OVER (ORDER BY meter_id) AS rank FROM softwhere.meter_reading
           WHERE contract_id = p_contract_id AND value IS NULL) AS o
   WHERE r.id = o.id
$$;

-- Issues what falls due next, on its day: the button of the present step.
CREATE FUNCTION pg_temp.bill(p_contract_id bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v record;
BEGIN
  SELECT * INTO v FROM rules.due_day WHERE contract_id = p_contract_id;
  PERFORM pg_temp.today(GREATEST(v.due_on, rules.today()));
  RETURN CASE v.kind WHEN 'first' THEN api.contract_issue_first_invoice(p_contract_id)
                     WHEN 'periodic' THEN api.contract_issue_due_invoice(p_contract_id)
                     ELSE api.contract_issue_final_invoice(p_contract_id) END;
END
$$;

-- Bills n times and shows each net, so that a case reads on one line.
CREATE FUNCTION pg_temp.nets(p_contract_id bigint, p_times int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_nets text;
  v_id bigint;
BEGIN
  FOR n IN 1 .. p_times LOOP
    v_id := pg_temp.bill(p_contract_id);
    v_nets := concat_ws(' ', v_nets, (SELECT total_net FROM softwhere.invoice WHERE id = v_id));
  END LOOP;
  RETURN v_nets;
END
$$;

-- The lines of the latest invoice of a contract, as "label|quantity|unit_price|net".
CREATE FUNCTION pg_temp.latest_lines(p_contract_id bigint) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws('|', l.label, trim_scale(l.quantity), trim_scale(l.unit_price), l.net)
    FROM softwhere.invoice_line AS l
   WHERE l.invoice_id = (SELECT max(id) FROM softwhere.invoice WHERE contract_id = p_contract_id)
   ORDER BY l.position, l.id
$$;
