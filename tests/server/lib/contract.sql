-- What the tests of contracts stand on: a customer with one billing site, and contracts ready to start.
-- Include inside the transaction of a test: \ir ../lib/contract.sql

SET LOCAL softwhere.today = '2026-01-01';

\ir error.sql

CREATE FUNCTION pg_temp.customer(p_number text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by)
  VALUES (p_number, 'company', 'Société ' || p_number, '2025-01-01', 'test', 'test') RETURNING id INTO v_id;
  INSERT INTO softwhere.billing_site (customer_id, name) VALUES (v_id, 'Siège');
  RETURN v_id;
END $$;
SELECT pg_temp.customer('T1') AS customer_id \gset
SELECT set_config('test.customer_id', :'customer_id', true) AS ignored \gset

-- A complete contract of T1: monthly from 2026-01-01 to 2026-12-31, one machine, one item at 20 € a month.
CREATE FUNCTION pg_temp.contract(p_values jsonb DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$
  SELECT api.contract_save(jsonb_build_object(
    'number', 'CT-' || (SELECT count(*) FROM softwhere.contract), 'customer_id', current_setting('test.customer_id')::bigint,
    'issued_on', '2025-12-01', 'sent_on', '2025-12-02', 'signed_on', '2025-12-03', 'effective_on', '2026-01-01',
    'end_on', '2026-12-31', 'periodicity_months', 1,
    'items', jsonb_build_array(jsonb_build_object('label', 'Accès fibre', 'unit_price', '20.00')),
    'equipment', jsonb_build_array(jsonb_build_object('label', 'Routeur'))) || p_values)
$$;

-- The same with two meters on its machine.
CREATE FUNCTION pg_temp.metered_contract(p_values jsonb DEFAULT '{}') RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_temp.contract('{"contract_type": "metered", "equipment": [{"label": "Copieur", "meters": [
    {"label": "Noir et blanc", "digits": 6, "included_volume": "1000",
     "tranches": [{"up_to": "5000", "unit_price": "0.01"}, {"up_to": null, "unit_price": "0.008"}]},
    {"label": "Couleur"}]}]}' || p_values)
$$;

-- Stands for the invoice of the present step; billing itself has tests of its own.
CREATE FUNCTION pg_temp.invoice(p_contract_id bigint, p_kind text, p_due_on date, p_status text DEFAULT 'issued', p_net numeric DEFAULT 0)
RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO softwhere.invoice (kind, status, number, contract_id, customer_id, billing_site_id, due_period_on, issued_on,
    payment_due_on, total_net, total_gross, balance, created_by)
  SELECT p_kind, p_status, CASE WHEN p_status <> 'draft' THEN 'T-' || p_contract_id || '-' || p_kind || p_due_on END, id, customer_id,
         billing_site_id, p_due_on, p_due_on, p_due_on + 30, p_net, p_net, p_net, 'test'
    FROM softwhere.contract WHERE id = p_contract_id
  RETURNING id
$$;

CREATE FUNCTION pg_temp.read_all(p_contract_id bigint, p_value numeric) RETURNS bigint LANGUAGE sql AS $$
  SELECT count(api.meter_reading_record(id, p_value, rules.today(), 'entered')) FROM
    (SELECT id FROM softwhere.meter_reading WHERE contract_id = p_contract_id AND value IS NULL ORDER BY due_on, id) AS r
$$;

CREATE FUNCTION pg_temp.first_invoice(p_contract_id bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_temp.invoice(id, 'first', effective_on) FROM softwhere.contract WHERE id = p_contract_id;
  SELECT rules.contract_advance(ARRAY[p_contract_id])
$$;

CREATE FUNCTION pg_temp.due_invoice(p_contract_id bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_temp.invoice(id, 'periodic', next_due_on) FROM softwhere.contract WHERE id = p_contract_id;
  SELECT rules.contract_advance(ARRAY[p_contract_id])
$$;

-- A contract brought into the step by its arcs.
CREATE FUNCTION pg_temp.contract_in(p_step text, p_values jsonb DEFAULT '{}') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  IF p_step IN ('end_of_contract', 'closed') THEN
    p_values := '{"end_on": "2026-01-31"}' || p_values;
  END IF;
  v_id := pg_temp.contract(p_values);
  IF p_step = 'cancelled' THEN
    PERFORM api.contract_cancel(v_id, 'essai');
  ELSIF p_step <> 'creation' THEN
    PERFORM api.contract_start(v_id);
    IF p_step <> 'start_billing' THEN
      PERFORM pg_temp.first_invoice(v_id);
    END IF;
    IF p_step = 'closed' THEN
      PERFORM pg_temp.invoice(id, 'final', end_on) FROM softwhere.contract WHERE id = v_id;
      PERFORM set_config('softwhere.today', '2026-01-31', true);
      PERFORM api.contract_close(v_id);
      PERFORM set_config('softwhere.today', '2026-01-01', true);
    END IF;
  END IF;
  RETURN v_id;
END $$;

CREATE FUNCTION pg_temp.state_of(p_contract_id bigint) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', step, next_due_on, end_on) FROM softwhere.contract WHERE id = p_contract_id
$$;
