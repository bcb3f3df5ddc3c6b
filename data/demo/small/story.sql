-- What happened in the office, day after day, done by the people who do it, through the functions they use.

CREATE TABLE demo.agenda (on_day date NOT NULL, rank int NOT NULL, action text NOT NULL, code text NOT NULL DEFAULT '');
COMMENT ON TABLE demo.agenda IS 'What is done on which day; on one day by rank, then by code.';

ALTER TABLE demo.cast_customer ADD customer_id bigint;
ALTER TABLE demo.cast_contract ADD contract_id bigint, ADD unread_from date;

-- Readings that nobody has taken yet, from this due date on.
UPDATE demo.cast_contract SET unread_from = u.on_day
  FROM (VALUES
    ('port', demo.month(0)), ('vincent_copieurs', demo.today()), ('immobilier', demo.today()), ('mareyeur', demo.today() - 5),
    ('college', demo.today() - 12), ('ehpad', demo.today() - 4), ('rennes', demo.today()), ('handball', demo.today() - 9)
  ) AS u (code, on_day)
 WHERE u.code = cast_contract.code;

--- Customers -----------------------------------------------------------------------------------------

CREATE FUNCTION demo.site_json(p_customer demo.cast_customer, p_name text) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'name', p_name,
    'vat_rate', CASE WHEN p_customer.code = 'reunion' THEN '8.5' ELSE '20' END,
    'periodicity_months', CASE p_customer.legal_kind WHEN 'public_body' THEN 3 ELSE 1 END,
    'payment_method', p_customer.payment_method,
    'payment_days', CASE WHEN p_customer.payment_method = 'direct_debit' THEN 15 END,
    'block_reminders', p_customer.code = 'vincent',
    'no_detailed_invoice', p_customer.legal_kind = 'individual',
    'billing_email', CASE WHEN p_customer.legal_kind <> 'individual' THEN 'factures@' || demo.slug(p_customer.legal_name) || '.example' END,
    'purchase_order', CASE WHEN p_customer.legal_kind = 'public_body' THEN 'MARCHE-' || lpad((2400 + p_customer.id)::text, 5, '0') END))
    || CASE WHEN p_customer.payment_method = 'direct_debit' THEN jsonb_build_object(
         'mandate_signed_on', rules.today(), 'mandate_iban', b.iban, 'mandate_bic', b.bic,
         'mandate_scheme', CASE WHEN p_customer.code IN ('kerguelen', 'comptable') THEN 'b2b' ELSE 'core' END)
       ELSE '{}' END
    FROM demo.bank_account('cast', p_customer.id) AS b
$$;

CREATE FUNCTION demo.contacts_json(p_customer demo.cast_customer) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
  SELECT jsonb_build_array(jsonb_build_object(
           'title', p_customer.person[1], 'first_name', p_customer.person[2], 'last_name', p_customer.person[3],
           'job', p_customer.job, 'is_billing_manager', true, 'is_site_manager', p_customer.id % 3 = 0,
           'phone', demo.phone('cast', p_customer.id, p_customer.town), 'mobile_phone', demo.mobile_phone('cast', p_customer.id),
           'email', demo.slug(p_customer.person[2]) || '.' || replace(demo.slug(p_customer.person[3]), '-', '')
                    || '@' || demo.slug(p_customer.legal_name) || '.example'))
      || CASE
           WHEN p_customer.code = 'port' THEN jsonb_build_array(jsonb_build_object('title', 'mr', 'first_name', 'Marc',
             'last_name', 'Le Bris', 'job', 'Titulaire', 'direct_phone', '+33261910020', 'is_site_manager', true,
             'email', 'marc.lebris@pharmacie-du-port.example'))
           WHEN p_customer.id % 2 = 0 AND p_customer.legal_kind <> 'individual' THEN
             (SELECT jsonb_build_array(jsonb_build_object('title', p.title, 'first_name', p.first_name, 'last_name', p.last_name,
                'job', p.job, 'direct_phone', demo.phone('cast direct', p_customer.id, p_customer.town),
                'email', demo.slug(p.first_name) || '.' || replace(demo.slug(p.last_name), '-', '')
                         || '@' || demo.slug(p_customer.legal_name) || '.example'))
                FROM demo.person('cast', p_customer.id) AS p)
           ELSE '[]' END
$$;

CREATE FUNCTION demo.customer_json(p_customer demo.cast_customer) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'legal_kind', p_customer.legal_kind, 'legal_name', p_customer.legal_name, 'trading_name', p_customer.trading_name,
    'status', 'awaiting_signature', 'introducer_id', (SELECT id FROM demo.introducer WHERE code = p_customer.introducer),
    'address_1', p_customer.address_1, 'postcode', p_customer.postcode, 'city', p_customer.city, 'country', 'FR',
    'latitude', p_customer.latitude, 'longitude', p_customer.longitude,
    'phone', demo.phone('cast', p_customer.id, p_customer.postcode), 'ape', p_customer.ape, 'legal_form', p_customer.legal_form))
    || CASE p_customer.legal_kind
         WHEN 'individual' THEN jsonb_build_object('title', p_customer.person[1], 'first_name', p_customer.person[2],
           'last_name', p_customer.person[3], 'mobile_phone', demo.mobile_phone('cast', p_customer.id),
           'email', demo.slug(p_customer.person[2]) || '.' || demo.slug(p_customer.person[3]) || '@courriel.example',
           'birth_on', date '1958-03-12' + demo.pick('cast birth', p_customer.id, 14000), 'birth_city', 'Vannes', 'birth_country', 'FR')
         WHEN 'association' THEN jsonb_build_object('email', 'bureau@' || demo.slug(p_customer.legal_name) || '.example',
           'rna', 'W563' || demo.digits('cast rna', p_customer.id, 6), 'declared_on', declared.on_day,
           'published_on', declared.on_day + 11, 'journal_notice', demo.digits('cast notice', p_customer.id, 4))
         ELSE jsonb_build_object('email', 'contact@' || demo.slug(p_customer.legal_name) || '.example',
           'siret', demo.siret(company.siren, 1 + demo.pick('cast nic', p_customer.id, 4)))
           || CASE WHEN p_customer.legal_kind = 'public_body' THEN '{}'
                   ELSE jsonb_build_object('vat_number', demo.vat_number(company.siren)) END
       END
    || CASE WHEN p_customer.legal_kind = 'individual' THEN '{}' ELSE jsonb_build_object('contacts', demo.contacts_json(p_customer)) END
    || jsonb_build_object(
         'sites', jsonb_build_array(demo.site_json(p_customer,
                    COALESCE(p_customer.legal_name, p_customer.person[2] || ' ' || p_customer.person[3]))),
         'segment_ids', (SELECT COALESCE(jsonb_agg(id ORDER BY id), '[]') FROM softwhere.segment
                          WHERE (kind, name) = ('sector', p_customer.sector) OR kind <> 'sector' AND name = ANY (p_customer.segments)))
    FROM (SELECT CASE p_customer.code WHEN 'port' THEN '552100554'
                   ELSE demo.siren('cast', p_customer.id, CASE p_customer.legal_kind WHEN 'public_body' THEN '299' ELSE '98' END)
                 END AS siren) AS company,
         (SELECT date '1984-05-14' + demo.pick('cast declared', p_customer.id, 12000) AS on_day) AS declared
$$;

CREATE FUNCTION demo.make_customer(p_code text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v demo.cast_customer := (SELECT c FROM demo.cast_customer AS c WHERE code = p_code);
  v_json jsonb := demo.customer_json(v);
BEGIN
  PERFORM demo.as_user('adv');
  v.customer_id := api.customer_save(v_json);
  PERFORM demo.as_user('none');
  UPDATE demo.cast_customer SET customer_id = v.customer_id WHERE id = v.id;
END
$$;

--- Contracts -----------------------------------------------------------------------------------------

CREATE FUNCTION demo.items_json(p_contract demo.cast_contract) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
  SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'label', o.label, 'section', o.section, 'unit_price', o.unit_price::text, 'recurring', o.recurring,
           'quantity', COALESCE(NULLIF(split_part(w, ':', 2), ''), '1'),
           'description', CASE
             WHEN o.code LIKE 'mobile%' THEN
               (SELECT string_agg('06 39 98 ' || regexp_replace(demo.digits('line ' || w, p_contract.id * 100 + n, 4), '(..)(..)', '\1 \2'),
                                  ' · ' ORDER BY n)
                  FROM generate_series(1, LEAST(COALESCE(NULLIF(split_part(w, ':', 2), ''), '1')::int, 4)) AS n)
             WHEN o.code = 'centrex' THEN '02 61 91 ' || lpad((p_contract.id % 90 + 10)::text, 2, '0') || ' 20 à '
                                          || lpad((19 + COALESCE(NULLIF(split_part(w, ':', 2), ''), '1')::int % 80)::text, 2, '0')
             WHEN o.family = 'internet' AND o.recurring THEN c.address_1 || ', ' || c.city
           END)) ORDER BY n)
    FROM regexp_split_to_table(p_contract.offers, ' ') WITH ORDINALITY AS t (w, n)
    JOIN demo.offer AS o ON o.code = split_part(w, ':', 1)
    JOIN demo.cast_customer AS c ON c.code = p_contract.customer
$$;

CREATE FUNCTION demo.equipment_json(p_contract demo.cast_contract) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', m.kind, 'label', m.label,
           'serial_number', m.serial_prefix || lpad((p_contract.id * 131 + n * 17 + 4000)::text, 5, '0'))
         || CASE WHEN m.kind <> 'copier' THEN '{}' ELSE jsonb_build_object('meters', jsonb_build_array(
              jsonb_build_object('label', 'Noir', 'unit', 'copies', 'included_volume',
                CASE WHEN p_contract.offers LIKE '%maintenance%' THEN '2000' ELSE '0' END,
                'tranches', jsonb_build_array(jsonb_build_object('up_to', '5000', 'unit_price', '0.0065'),
                                              jsonb_build_object('up_to', NULL, 'unit_price', '0.0055'))),
              jsonb_build_object('label', 'Couleur', 'unit', 'copies',
                'tranches', jsonb_build_array(jsonb_build_object('up_to', NULL, 'unit_price', '0.052'))))) END
         ORDER BY n), '[]')
    FROM unnest(p_contract.machines) WITH ORDINALITY AS t (label, n)
    JOIN demo.machine AS m USING (label)
$$;

CREATE FUNCTION demo.make_contract(p_code text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v demo.cast_contract := (SELECT c FROM demo.cast_contract AS c WHERE code = p_code);
  v_customer_id bigint := (SELECT customer_id FROM demo.cast_customer WHERE code = v.customer);
  v_metered boolean := v.offers ~ 'maintenance|location';
  v_json jsonb := jsonb_strip_nulls(jsonb_build_object(
    'customer_id', v_customer_id, 'title', v.title, 'contract_type', CASE WHEN v_metered THEN 'metered' ELSE 'standard' END,
    'effective_on', v.effective_on, 'end_on', v.end_on, 'periodicity_months', v.periodicity, 'tacit_renewal', v.tacit,
    'items', demo.items_json(v), 'equipment', demo.equipment_json(v)));
BEGIN
  PERFORM demo.as_user('adv');
  v.contract_id := api.contract_save(v_json);
  PERFORM demo.as_user('none');
  UPDATE demo.cast_contract SET contract_id = v.contract_id WHERE id = v.id;
END
$$;

--- Readings and payments -----------------------------------------------------------------------------

CREATE FUNCTION demo.read_meters() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v record;
BEGIN
  FOR v IN
    SELECT r.id, r.due_on, r.kind, m.label,
           COALESCE((SELECT max(p.value) FROM softwhere.meter_reading AS p WHERE p.meter_id = r.meter_id),
                    demo.pick('index', r.meter_id, 60000)) AS previous_value
      FROM softwhere.meter_reading AS r
      JOIN softwhere.meter AS m ON m.id = r.meter_id
      JOIN demo.cast_contract AS c ON c.contract_id = r.contract_id
      JOIN softwhere.contract AS o ON o.id = r.contract_id AND o.step NOT IN ('closed', 'cancelled')
     WHERE r.value IS NULL AND r.due_on <= rules.today()
       AND (c.unread_from IS NULL OR r.due_on < c.unread_from OR c.scene = 'half_read' AND m.label = 'Couleur')
     ORDER BY r.id
  LOOP
    PERFORM demo.as_user(CASE WHEN v.id % 3 = 0 THEN 'technicien' ELSE 'adv' END);
    PERFORM api.meter_reading_record(v.id,
      v.previous_value + CASE v.kind WHEN 'initial' THEN 0 ELSE
        CASE v.label WHEN 'Noir' THEN 1700 + demo.pick('black', v.id, 1900) ELSE 250 + demo.pick('colour', v.id, 600) END END,
      v.due_on, CASE WHEN v.id % 5 = 0 THEN 'imported' ELSE 'entered' END);
    PERFORM demo.as_user('none');
  END LOOP;
END
$$;

CREATE FUNCTION demo.paid_on(p_invoice_id bigint, p_payment_due_on date, p_method text) RETURNS date
LANGUAGE sql IMMUTABLE
AS $$
  -- A debit falls on its day; people pay a little before, or a little late.
  SELECT p_payment_due_on + CASE WHEN p_method IN ('direct_debit', 'card') THEN 0 ELSE demo.pick('payment', p_invoice_id, 12) - 7 END
$$;

CREATE TABLE demo.bad_payer AS
SELECT * FROM (VALUES ('logistique', 130), ('ajaccio', 75), ('maconnerie', 100), ('cidrerie', 80), ('voiles', 70), ('camping', 50))
  AS t (code, days);
COMMENT ON TABLE demo.bad_payer IS 'Customers who pay nothing issued in the last so many days; maconnerie pays half.';

CREATE FUNCTION demo.take_payments() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v record;
BEGIN
  FOR v IN
    SELECT i.id, i.balance, i.payment_method, p.on_day, b.code = 'maconnerie' AS half
      FROM softwhere.invoice AS i
      JOIN demo.cast_customer AS c ON c.customer_id = i.customer_id
      LEFT JOIN demo.bad_payer AS b ON b.code = c.code AND i.issued_on > demo.today() - b.days
     CROSS JOIN LATERAL demo.paid_on(i.id, i.payment_due_on, i.payment_method) AS p (on_day)
     WHERE i.status = 'issued' AND i.kind <> 'credit_note' AND i.balance > 0 AND p.on_day <= rules.today()
       AND (b.code IS NULL OR b.code = 'maconnerie' AND i.paid = 0 AND i.payment_due_on < demo.today() - 20)
     ORDER BY p.on_day, i.id
  LOOP
    PERFORM demo.as_user('compta');
    PERFORM api.invoice_pay(v.id, CASE WHEN v.half THEN round(v.balance / 2, 2) ELSE v.balance END, GREATEST(v.on_day, rules.today() - 9),
                            COALESCE(v.payment_method, 'transfer'));
    PERFORM demo.as_user('none');
  END LOOP;
END
$$;

--- What is done by hand on a contract -----------------------------------------------------------------

CREATE FUNCTION demo.act(p_action text, p_code text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v demo.cast_contract := (SELECT c FROM demo.cast_contract AS c WHERE code = p_code);
  v_customer_id bigint := (SELECT customer_id FROM demo.cast_customer WHERE code = v.customer);
BEGIN
  CASE p_action
    WHEN 'customer' THEN PERFORM demo.make_customer(p_code); RETURN;
    WHEN 'contract' THEN PERFORM demo.make_contract(p_code); RETURN;
    WHEN 'bill' THEN
      PERFORM demo.read_meters();
      PERFORM jobs.run_due(rules.today());
      RETURN;
    WHEN 'payments' THEN PERFORM demo.take_payments(); RETURN;
    ELSE NULL;
  END CASE;
  PERFORM demo.as_user(CASE WHEN p_action IN ('first', 'final', 'close') AND v.id % 2 = 0 THEN 'compta' ELSE 'adv' END);
  CASE p_action
    WHEN 'issued' THEN PERFORM api.contract_save(jsonb_build_object('id', v.contract_id, 'issued_on', rules.today()));
    WHEN 'sent' THEN PERFORM api.contract_save(jsonb_build_object('id', v.contract_id, 'sent_on', rules.today()));
    WHEN 'signed' THEN PERFORM api.contract_save(jsonb_build_object('id', v.contract_id, 'signed_on', rules.today()));
    WHEN 'start' THEN PERFORM api.contract_start(v.contract_id);
    WHEN 'first' THEN PERFORM api.contract_issue_first_invoice(v.contract_id);
    WHEN 'final' THEN PERFORM api.contract_issue_final_invoice(v.contract_id);
    WHEN 'close' THEN PERFORM api.contract_close(v.contract_id);
    WHEN 'cancel' THEN PERFORM api.contract_cancel(v.contract_id, v.reason);
    WHEN 'active' THEN
      PERFORM api.customer_save(jsonb_build_object('id', v_customer_id, 'status', 'active'));
  END CASE;
  PERFORM demo.as_user('none');
END
$$;

--- The agenda ------------------------------------------------------------------------------------------

INSERT INTO demo.agenda
SELECT min(created_on), 10, 'customer', customer FROM demo.cast_contract GROUP BY customer
UNION ALL SELECT created_on, 20, 'contract', code FROM demo.cast_contract
UNION ALL SELECT created_on, 30, 'issued', code FROM demo.cast_contract WHERE COALESCE(papers, 3) >= 1
UNION ALL SELECT created_on + 1, 31, 'sent', code FROM demo.cast_contract WHERE COALESCE(papers, 3) >= 2
UNION ALL SELECT created_on + 4, 32, 'signed', code FROM demo.cast_contract WHERE COALESCE(papers, 3) >= 3 AND scene <> 'cancelled_new'
UNION ALL SELECT created_on + 6, 40, 'start', code FROM demo.cast_contract WHERE scene NOT IN ('creation', 'cancelled_new')
UNION ALL SELECT min(created_on) + 6, 41, 'active', min(code) FROM demo.cast_contract
           WHERE scene NOT IN ('creation', 'cancelled_new') GROUP BY customer
UNION ALL SELECT effective_on, 61, 'first', code FROM demo.cast_contract
           WHERE scene NOT IN ('creation', 'start', 'cancelled_new', 'cancelled_early')
UNION ALL SELECT end_on, 70, 'final', code FROM demo.cast_contract WHERE scene IN ('closed', 'final_unpaid')
UNION ALL SELECT end_on + 40, 71, 'close', code FROM demo.cast_contract WHERE scene = 'closed'
UNION ALL SELECT scene_on, 72, 'cancel', code FROM demo.cast_contract WHERE scene LIKE 'cancelled%';

-- The schedule, on the days something falls due; and its readings, also those of first and final invoices.
INSERT INTO demo.agenda
SELECT DISTINCT d.on_day, 60, 'bill'
  FROM demo.cast_contract AS c
 CROSS JOIN generate_series(0, 14) AS n
 CROSS JOIN LATERAL (SELECT (c.effective_on + make_interval(months => n * c.periodicity))::date AS on_day) AS d
 WHERE d.on_day <= demo.today() AND d.on_day <= c.end_on
UNION
SELECT end_on, 60, 'bill' FROM demo.cast_contract WHERE scene IN ('closed', 'final_unpaid') AND end_on <= demo.today()
UNION
SELECT demo.today(), 60, 'bill';

INSERT INTO demo.agenda
SELECT d::date, 80, 'payments'
  FROM generate_series((SELECT min(on_day) FROM demo.agenda), demo.today(), interval '1 day') AS d
 WHERE extract(day FROM d) IN (2, 9, 16, 24) OR d = demo.today();
