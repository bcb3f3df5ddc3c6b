-- What a meter says: entered by a person, estimated or imported.

CREATE FUNCTION rules.reading_rank(p_kind text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_kind WHEN 'initial' THEN 0 WHEN 'periodic' THEN 1 ELSE 2 END;
COMMENT ON FUNCTION rules.reading_rank(text) IS 'Order of the readings of one day.';

CREATE FUNCTION rules.previous_reading(p_reading softwhere.meter_reading) RETURNS softwhere.meter_reading
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT r FROM meter_reading AS r
   WHERE r.meter_id = p_reading.meter_id
     AND (r.due_on, rules.reading_rank(r.kind)) < (p_reading.due_on, rules.reading_rank(p_reading.kind))
   ORDER BY r.due_on DESC, rules.reading_rank(r.kind) DESC LIMIT 1
$$;
COMMENT ON FUNCTION rules.previous_reading(softwhere.meter_reading) IS 'The reading line before this one on the same meter, done or not; null for the first.';

CREATE FUNCTION rules.next_reading(p_reading softwhere.meter_reading) RETURNS softwhere.meter_reading
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT r FROM meter_reading AS r
   WHERE r.meter_id = p_reading.meter_id
     AND (r.due_on, rules.reading_rank(r.kind)) > (p_reading.due_on, rules.reading_rank(p_reading.kind))
   ORDER BY r.due_on, rules.reading_rank(r.kind) LIMIT 1
$$;
COMMENT ON FUNCTION rules.next_reading(softwhere.meter_reading) IS 'The reading line after this one on the same meter, done or not; null for the last.';

CREATE FUNCTION rules.reading_is_invoiced(p_reading softwhere.meter_reading) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM invoice
                  WHERE contract_id = p_reading.contract_id AND status <> 'draft' AND due_period_on >= p_reading.due_on
                    AND kind IN ('first', 'periodic', 'final')   -- said for the planner: the predicate of the index
                    AND (kind = CASE p_reading.kind WHEN 'initial' THEN 'first' WHEN 'periodic' THEN 'periodic' ELSE 'final' END
                         AND due_period_on = p_reading.due_on
                         OR kind IN ('periodic', 'final') AND due_period_on > p_reading.due_on))
$$;
COMMENT ON FUNCTION rules.reading_is_invoiced(softwhere.meter_reading) IS
  'Whether an issued invoice already counts this reading, or a later one that starts from it.';

CREATE FUNCTION rules.meter_consumed(p_value numeric, p_previous numeric, p_rollover boolean, p_digits int) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_previous IS NULL THEN 0
  WHEN p_value >= p_previous THEN p_value - p_previous
  WHEN p_rollover THEN p_value + power(10::numeric, p_digits) - p_previous
END;
COMMENT ON FUNCTION rules.meter_consumed(numeric, numeric, boolean, int) IS
  'Units between two indexes; null when the second is lower and the meter did not roll over.';

CREATE FUNCTION rules.check_reading
  (p_reading softwhere.meter_reading, p_previous softwhere.meter_reading, p_next softwhere.meter_reading,
   p_value numeric, p_read_on date, p_source text, p_rollover boolean, p_digits int) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_source IS NULL OR p_source NOT IN ('entered', 'estimated', 'imported') THEN
    PERFORM rules.invalid('source', 'invalid_value', 'the source is entered, estimated or imported');
  ELSIF p_value IS NULL THEN
    PERFORM rules.fail('SW004', 'value', 'the index is required');
  ELSIF p_value < 0 OR p_value >= power(10::numeric, p_digits) THEN
    PERFORM rules.invalid('value', 'out_of_range', format('the index of this meter has %s digits', p_digits));
  ELSIF p_read_on IS NULL THEN
    PERFORM rules.fail('SW004', 'read_on', 'the day of the reading is required');
  ELSIF p_read_on > rules.today() THEN
    PERFORM rules.invalid('read_on', 'in_the_future', 'a reading cannot be in the future');
  ELSIF p_read_on < p_previous.read_on THEN
    PERFORM rules.invalid('read_on', 'reading_out_of_order', format('the previous reading was on %s', p_previous.read_on));
  ELSIF p_read_on > p_next.read_on THEN
    PERFORM rules.invalid('read_on', 'reading_out_of_order', format('the next reading was on %s', p_next.read_on));
  ELSIF p_previous.id IS NOT NULL AND p_previous.value IS NULL THEN
    PERFORM rules.fail('SW006', 'value', 'the reading before this one is missing', 'reading:' || p_previous.id);
  ELSIF rules.reading_is_invoiced(p_reading) THEN
    PERFORM rules.fail('SW008', 'value', 'this reading was already invoiced');
  ELSIF rules.meter_consumed(p_value, p_previous.value, p_rollover, p_digits) IS NULL THEN
    PERFORM rules.fail('SW011', 'value', format('the previous index was %s', p_previous.value), p_previous.value::text);
  ELSIF p_next.value IS NOT NULL AND rules.meter_consumed(p_next.value, p_value, p_next.rollover, p_digits) IS NULL THEN
    PERFORM rules.fail('SW011', 'value', format('the next index is %s', p_next.value), p_next.value::text);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_reading(softwhere.meter_reading, softwhere.meter_reading, softwhere.meter_reading, numeric, date, text, boolean, int) IS
  'Raises what is wrong with an index: SW004, SW005, SW006, SW008, SW011, on the field concerned.';

CREATE FUNCTION rules.estimate_reading(p_reading softwhere.meter_reading) RETURNS numeric
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT round(CASE
           WHEN p.value IS NULL THEN 0
           -- The mean of the year before; without any, the volume the price includes.
           ELSE p.value + COALESCE(h.daily, m.included_volume * 12 / 365) * GREATEST(p_reading.due_on - p.due_on, 0)
         END) % power(10::numeric, m.digits)
    FROM meter AS m,
         rules.previous_reading(p_reading) AS p,
         LATERAL (SELECT sum(r.consumed) / NULLIF(max(r.due_on) - min(q.due_on), 0) AS daily
                    FROM meter_reading AS r, rules.previous_reading(r) AS q
                   WHERE r.meter_id = m.id AND r.kind <> 'initial' AND r.value IS NOT NULL AND q.id IS NOT NULL
                     AND r.due_on <= p.due_on AND r.due_on > p.due_on - 366) AS h
   WHERE m.id = p_reading.meter_id
$$;
COMMENT ON FUNCTION rules.estimate_reading(softwhere.meter_reading) IS
  'Index expected on the due day: mean daily use of the last year, else the included volume. The next true reading corrects it.';

CREATE FUNCTION api.meter_reading_record
  (p_id bigint, p_value numeric, p_read_on date, p_source text, p_rollover boolean DEFAULT false) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_reading meter_reading;
  v_previous meter_reading;
  v_next meter_reading;
  v_contract contract;
  v_digits int;
  v_consumed numeric;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting', 'sw_support', 'sw_staging', 'sw_deployment', 'sw_technician');
  SELECT * INTO v_reading FROM meter_reading WHERE id = p_id;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', NULL, format('there is no reading line %s', p_id));
  END IF;
  v_contract := rules.contract_lock(v_reading.contract_id);
  IF NOT rules.is_live(v_contract.step) THEN
    PERFORM rules.fail('SW007', 'value', format('the contract is %s', v_contract.step));
  END IF;
  v_digits := (SELECT digits FROM meter WHERE id = v_reading.meter_id);
  v_previous := rules.previous_reading(v_reading);
  v_next := rules.next_reading(v_reading);
  IF p_value IS NULL AND p_source = 'estimated' THEN
    p_value := rules.estimate_reading(v_reading);
    p_rollover := p_value < v_previous.value;
  END IF;
  PERFORM rules.check_reading(v_reading, v_previous, v_next, p_value, p_read_on, p_source, COALESCE(p_rollover, false), v_digits);

  v_consumed := rules.meter_consumed(p_value, v_previous.value, p_rollover, v_digits);
  UPDATE meter_reading
     SET value = p_value, read_on = p_read_on, source = p_source, rollover = COALESCE(p_value < v_previous.value, false),
         consumed = v_consumed, recorded_at = clock_timestamp(), recorded_by = rules.caller(), row_version = row_version + 1
   WHERE id = p_id;
  UPDATE meter_reading
     SET consumed = rules.meter_consumed(value, p_value, rollover, v_digits), row_version = row_version + 1
   WHERE id = v_next.id AND value IS NOT NULL;
  INSERT INTO contract_event (contract_id, customer_id, kind, action, data, occurred_on, occurred_by)
  VALUES (v_reading.contract_id, v_reading.customer_id, 'reading', 'meter_reading_record',
    jsonb_build_object('reading_id', p_id, 'value', p_value::text, 'previous_value', v_previous.value::text,
      'corrected_value', v_reading.value::text, 'source', p_source, 'read_on', p_read_on),
    rules.today(), rules.caller());
  RETURN v_consumed;
END
$$;
COMMENT ON FUNCTION api.meter_reading_record(bigint, numeric, date, text, boolean) IS
  'Writes the index of reading line p_id, read on p_read_on; p_source entered, estimated (p_value null: the server estimates) or imported; p_rollover confirms that the meter passed its last digit. Returns the units consumed. May be corrected until invoiced. SW004, SW005, SW006 (an earlier line is open), SW007 (contract over), SW008 (invoiced), SW011 (lower than the previous index). Office roles.';
