-- SIM cards: entry, every pair of states, stock levels, history, what a line makes of its card (SIM-01, SIM-02, MLINE-17…19).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(145);

-- Entry.
SELECT is(pg_temp.refusal(format('SELECT api.sim_card_save(%L)', p), 't_staging'), e, p::text)
  FROM (VALUES ('{"iccid": "8933 0100 0000 0123 457"}'::jsonb, 'nothing'), ('{"iccid": "8933200000000678906F"}', 'nothing'), ('{"iccid": "8933010000000123456"}', 'SW005 iccid invalid_iccid'),
    ('{"iccid": "8.93301E+18"}', 'SW005 iccid invalid_iccid'), ('{"iccid": null}', 'SW004 iccid'), ('{"iccid": "8933010000000123457", "imsi": "20801"}', 'SW005 imsi sim_card_imsi_is_digits'),
    ('{"iccid": "8933010000000123457", "form": "paper"}', 'SW005 form sim_card_form_is_known'), ('{"iccid": "8933010000000123457", "state": "active"}', 'nothing'),
    ('{"iccid": "8933010000000123457", "line_id": 1}', 'SW005 line_id unknown_field')) AS t (p, e);
SELECT api.sim_card_save(jsonb_build_object('operator_id', :orange, 'iccid', '8933010000000123457', 'imsi', '208010000000001', 'puk_1', '12345678', 'batch', 'L7')) AS card \gset
SELECT is((state, operator_name, received_on, batch)::text, '(in_stock,Orange,2026-01-01,L7)', 'a card enters by the stock') FROM api.sim_card WHERE id = :card;
SELECT is(pg_temp.refusal('SELECT api.sim_card_save(''{"iccid": "8933010000000123457"}'')', 't_staging'), 'SW012 iccid sim_card_iccid_unique', 'once');
SELECT throws_ok('INSERT INTO softwhere.sim_card (iccid, state_entered_on) VALUES (''8933010000000123456'', now())', 'SW005', NULL, 'not even by hand without its key');

-- Stock levels.
SELECT is((in_stock, sim_alert_level, is_low)::text, '(1,2,t)', 'one in stock where two are wanted') FROM api.sim_stock WHERE id = :orange;
SELECT pg_temp.sim(900, :orange);
SELECT is((in_stock, is_low)::text, '(2,f)', 'enough') FROM api.sim_stock WHERE id = :orange;

-- The matrix, by hand and by UPDATE.
CREATE TEMPORARY SEQUENCE n START 1000;
CREATE FUNCTION pg_temp.states() RETURNS text[] LANGUAGE sql AS $$ SELECT '{in_stock,reserved,active,suspended,terminated,replaced,defective}'::text[] $$;
CREATE TEMPORARY TABLE arc (f text, t text, hand boolean);
INSERT INTO arc VALUES ('in_stock', 'reserved', false), ('reserved', 'in_stock', false), ('reserved', 'active', false), ('active', 'suspended', false), ('suspended', 'active', false),
  ('active', 'replaced', false), ('suspended', 'replaced', false), ('active', 'terminated', false), ('suspended', 'terminated', false), ('in_stock', 'terminated', true),
  ('in_stock', 'defective', true), ('replaced', 'defective', true), ('defective', 'in_stock', true), ('defective', 'terminated', true);
CREATE FUNCTION pg_temp.card_in(p_state text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_n int := nextval('pg_temp.n');
  v_id bigint;
BEGIN
  INSERT INTO softwhere.sim_card (iccid, state, state_entered_on, line_id)
  SELECT d || k, p_state, '2026-01-01', CASE WHEN p_state IN ('reserved', 'active', 'suspended', 'replaced', 'terminated') THEN pg_temp.line(v_n) END
    FROM (SELECT '893302' || lpad(v_n::text, 12, '0') AS d) AS t, generate_series(0, 9) AS k WHERE rules.is_luhn(d || k) RETURNING id INTO v_id;
  RETURN v_id;
END $$;
SELECT is((SELECT COALESCE(code, 'moved') FROM api.sim_card_set_state(ARRAY[pg_temp.card_in(f)], t)), CASE WHEN EXISTS (SELECT FROM arc WHERE (arc.f, arc.t) = (s.f, s.t) AND hand) THEN 'moved' ELSE 'SW007' END, format('%s to %s by hand', f, t))
  FROM (SELECT f, t FROM unnest(pg_temp.states()) AS f, unnest(pg_temp.states()) AS t) AS s;
-- Without a line a live card is no card: those UPDATEs stop at the constraint of the table.
SELECT is(pg_temp.error_of(format('UPDATE softwhere.sim_card SET state = %L%s WHERE id = %s', t, CASE t WHEN 'in_stock' THEN ', line_id = NULL' ELSE '' END, pg_temp.card_in(f))),
    CASE WHEN t IN ('active', 'suspended') AND f IN ('in_stock', 'defective') THEN '23514'
         WHEN f = t OR EXISTS (SELECT FROM arc WHERE (arc.f, arc.t) = (s.f, s.t)) THEN 'no error' ELSE 'SW007 state' END, format('%s to %s by UPDATE', f, t))
  FROM (SELECT f, t FROM unnest(pg_temp.states()) AS f, unnest(pg_temp.states()) AS t) AS s;

-- The card follows its line.
SELECT pg_temp.sim(1) AS first \gset
SELECT pg_temp.sim(2) AS second \gset
SELECT pg_temp.line(1) AS one \gset
SELECT rules.sim_reserve(:first, l, 'sim_card_id') FROM softwhere.service_line AS l WHERE id = :one;
CREATE FUNCTION pg_temp.card_state(p_sim bigint) RETURNS text LANGUAGE sql AS $$ SELECT state FROM softwhere.sim_card WHERE id = p_sim $$;
SELECT is(pg_temp.card_state(:first), 'reserved', 'reserved for a line');
SELECT api.line_activate(ARRAY[:one]);
SELECT is(pg_temp.card_state(:first), 'active', 'active with it');
SELECT is((SELECT iccid FROM api.line WHERE id = :one), (SELECT iccid FROM softwhere.sim_card WHERE id = :first), 'shown on the line');
SELECT api.line_restrict(ARRAY[:one], 'outgoing');
SELECT is(pg_temp.card_state(:first), 'active', 'a line barred one way keeps its card');
SELECT api.line_restrict(ARRAY[:one], 'both');
SELECT is(pg_temp.card_state(:first), 'suspended', 'barred both ways, it rests');
SELECT api.line_reactivate(ARRAY[:one]);
SELECT is(pg_temp.card_state(:first), 'active', 'and works again');
SELECT api.line_deactivate(ARRAY[:one]);
SELECT is(pg_temp.card_state(:first), 'suspended', 'on hold too');
SELECT api.line_reactivate(ARRAY[:one]);
SELECT is((SELECT status FROM api.sim_swap('+33600000001', (SELECT iccid FROM softwhere.sim_card WHERE id = :second), 'Perdue')), 'applied', 'swapped by the +33 number and the new ICCID');
SELECT is(concat_ws(' ', pg_temp.card_state(:first), pg_temp.card_state(:second)), 'replaced active', 'one takes the place of the other');
SELECT is((SELECT (number, subscription, activity)::text FROM api.line WHERE id = :one), '(+33600000001,"Offre P10",active)', 'number and offers stay');
SELECT is((SELECT string_agg(to_state || COALESCE(' ' || reason, ''), ', ' ORDER BY id) FROM api.sim_event WHERE sim_card_id = :first),
  'in_stock, reserved, active, suspended, active, suspended, active, replaced Perdue', 'its history');
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_swap_sim(:one, s)), e, e) FROM (VALUES (:first::bigint, 'SW005 sim_card_id sim_not_available'), (:second, 'SW005 sim_card_id sim_not_available'), (0, 'SW002 sim_card_id'), (NULL, 'SW004 sim_card_id')) AS t (s, e);
SELECT pg_temp.line_in('active', 2) AS two \gset
SELECT is((SELECT concat_ws(' ', code, field, reason) FROM api.line_swap_sim(:two, :second)), 'SW005 sim_card_id sim_not_available', 'a card is on one live line at most');
SELECT is(pg_temp.error_of(format('UPDATE softwhere.sim_card SET line_id = %s WHERE id = %s', :two, :second)), 'SW007 state', 'and does not jump to another by hand');
SELECT is(pg_temp.error_of(format('INSERT INTO softwhere.sim_card (iccid, state, state_entered_on, line_id) VALUES (''8933010000000123457'', ''active'', now(), %s)', :one)), '23505', 'nor has a line two');
-- What the swap shows before it is asked.
SELECT is(p ->> k, e, COALESCE(k, '') || ' ' || COALESCE(e, 'none'))
  FROM (VALUES (api.sim_swap_preview('06 00 00 00 01', (SELECT iccid FROM softwhere.sim_card WHERE id = :first)), 'iccid_problem', 'sim_not_available'),
    (api.sim_swap_preview('+33600000001', (SELECT iccid FROM softwhere.sim_card WHERE id = :card)), 'iccid_problem', 'sim_of_another_operator'),
    (api.sim_swap_preview('+33600000001', '8933010000000123456'), 'iccid_problem', 'invalid_iccid'), (api.sim_swap_preview('+33699999999', ''), 'number_problem', 'SW002'),
    (api.sim_swap_preview('1234', NULL), 'number_problem', 'invalid_line_number'), (api.sim_swap_preview('+33600000001', NULL), 'number_problem', NULL),
    (api.sim_swap_preview('+33600000001', NULL) -> 'line', 'iccid', (SELECT iccid FROM softwhere.sim_card WHERE id = :second))) AS t (p, k, e);
SELECT api.line_terminate(ARRAY[:one]);
SELECT is(pg_temp.card_state(:second), 'terminated', 'it ends with its line');
SELECT is(pg_temp.refusal(format('SELECT api.sim_card_save(%L)', jsonb_build_object('id', :second, 'iccid', '8933200000000678906')), 't_adv'), 'SW016 iccid', 'a card that was used keeps its number');

-- A whole lot, a result each.
SELECT is((SELECT string_agg(COALESCE(code, 'moved'), ',') FROM api.sim_card_set_state(ARRAY[:card, 0, :second, :card], 'defective', 'Lot abîmé')), 'moved,SW002,SW007', 'each on its own');
SELECT is(api.sim_card_record(:card) -> 'next_states', '["in_stock", "terminated"]', 'what may be done next');
SELECT is(api.sim_card_record(:card) ->> 'puk_1', '12345678', 'codes for the office');
SELECT is(pg_temp.refusal(format('SELECT * FROM api.sim_card_set_state(ARRAY[%s], ''in_stock'')', :card), r), e, r) FROM (VALUES ('t_staging', 'nothing'), ('t_support', '42501'), ('t_customer', '42501')) AS t (r, e);
SELECT * FROM finish();
ROLLBACK;
