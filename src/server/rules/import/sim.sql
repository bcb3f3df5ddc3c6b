-- SIM cards from an operator's file (CSV-05…07), all at once: known by the ICCID, in stock when new.

CREATE FUNCTION rules.import_sim_plan() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  CREATE TEMPORARY TABLE import_plan ON COMMIT DROP AS
  SELECT r.line_id, r.line_no, s.id AS record_id, r.iccid AS known_by, 'iccid' AS known_field, NULL::bigint AS twin,
         r.iccid, n.*,
         CASE WHEN s.id IS NULL THEN 'create'
              WHEN ROW (n.*) IS NOT DISTINCT FROM ROW (s.operator_id, s.form, s.imsi, s.pin, s.puk_1, s.puk_2, s.batch, s.received_on) THEN 'same'
              ELSE 'change' END AS outcome,
         CASE WHEN r.bad IS NOT NULL THEN r.bad
              WHEN r.imsi !~ '^[0-9]{15}$' THEN ARRAY['imsi', 'SW005', 'sim_card_imsi_is_digits']
              WHEN s.state <> 'in_stock' AND n.operator_id IS DISTINCT FROM s.operator_id THEN ARRAY['iccid', 'SW016'] END AS bad
    FROM import_row AS r
    LEFT JOIN sim_card AS s USING (iccid)
   CROSS JOIN LATERAL (SELECT COALESCE(r.operator_id::bigint, s.operator_id) AS operator_id, COALESCE(r.form, s.form, 'card') AS form,
                              COALESCE(r.imsi, s.imsi) AS imsi, COALESCE(r.pin, s.pin) AS pin, COALESCE(r.puk_1, s.puk_1) AS puk_1,
                              COALESCE(r.puk_2, s.puk_2) AS puk_2, COALESCE(r.batch, s.batch) AS batch,
                              COALESCE(r.received_on::date, s.received_on, rules.today()) AS received_on) AS n;
  PERFORM rules.import_twins();
END
$$;
COMMENT ON FUNCTION rules.import_sim_plan() IS 'What each line of SIM cards would do, by the rules of api.sim_card_save.';

CREATE FUNCTION rules.import_sim_write() RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  INSERT INTO sim_card (iccid, operator_id, form, imsi, pin, puk_1, puk_2, batch, received_on, state_entered_on)
  SELECT iccid, operator_id, form, imsi, pin, puk_1, puk_2, batch, received_on, rules.today() FROM import_plan WHERE outcome = 'create' ORDER BY line_no;
  UPDATE import_plan AS p SET record_id = s.id FROM sim_card AS s WHERE p.outcome = 'create' AND s.iccid = p.iccid;
  UPDATE sim_card AS s
     SET (operator_id, form, imsi, pin, puk_1, puk_2, batch, received_on)
       = (p.operator_id, p.form, p.imsi, p.pin, p.puk_1, p.puk_2, p.batch, p.received_on)
    FROM import_plan AS p WHERE p.outcome = 'change' AND s.id = p.record_id;
END
$$;
COMMENT ON FUNCTION rules.import_sim_write() IS 'Writes import_plan to the stock of SIM cards.';
