-- Who sees which line and what it costs (LINE-14, ROLE-08), and the whole parc of a customer at once (PARC-02).
BEGIN;
\ir ../lib/people.sql
\ir ../lib/contract.sql
\ir ../lib/line.sql
SELECT plan(64);
SELECT pg_temp.line_in('active', 1) AS mine \gset
SELECT api.line_international(ARRAY[:mine], :world);
SELECT pg_temp.sim(1) AS sim \gset
SELECT api.line_swap_sim(:mine, :sim);
SELECT pg_temp.customer('T2') AS other_id \gset
SELECT api.service_save(jsonb_build_object('customer_id', :other_id, 'kind', 'fixed', 'operator_id', :orange)) AS their_service \gset
SELECT pg_temp.line(2, jsonb_build_object('service_id', :their_service, 'number', '0297000001', 'activity', 'active')) AS theirs \gset
INSERT INTO softwhere.introducer (name) VALUES ('Olivier Riou') RETURNING id AS olivier \gset
UPDATE softwhere.customer SET introducer_id = :olivier WHERE id = :customer_id;
UPDATE softwhere.app_user SET introducer_id = :olivier WHERE role_name = 't_partner';
UPDATE softwhere.app_user SET customer_id = :customer_id WHERE role_name = 't_customer';

-- Managers.
SET LOCAL ROLE t_accounting;
SELECT is((monthly_sale, monthly_purchase, monthly_margin, is_incomplete)::text, '(15.00,7.50,7.50,f)', 'a manager sees the margin of a line') FROM api.line_margin WHERE id = :mine;
SELECT is(api.line_record(:mine) -> 'margin' ->> 'monthly_margin', '7.50', 'in its record');
SELECT is((monthly_net, monthly_purchase, monthly_margin)::text, '(15.00,7.50,7.50)', 'in the list') FROM api.line_managed WHERE id = :mine;
SELECT ok(api.session() -> 'rights' ?& '{margin,line_reactivate,line_restrict,invoice_pay}' AND NOT api.session() -> 'rights' ?| '{line_terminate,line_swap_sim}',
          'and is told so, with what they may call');
RESET ROLE;
SET LOCAL ROLE t_adv;
SELECT ok(NOT api.session() -> 'rights' ? 'margin', 'the others are not');
RESET ROLE;
SELECT is(pg_temp.refusal(q, r), '42501', format('%s: %s', r, q))
  FROM unnest('{t_adv,t_support,t_staging,t_deployment,t_technician,t_partner,t_customer}'::text[]) AS r,
       unnest(ARRAY['SELECT purchase_price FROM softwhere.line_offer', 'SELECT count(monthly_margin) FROM api.line_margin', 'SELECT count(monthly_purchase) FROM api.line_managed']) AS q;
SET LOCAL ROLE t_adv;
SELECT ok(NOT api.line_record(:mine) ? 'margin', 'the record of the others has none');
RESET ROLE;

-- Partners and customers: their own rows in each view; the office all.
CREATE FUNCTION pg_temp.customers_of(p_role text, p_view text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE v text;
BEGIN
  PERFORM set_config('role', p_role, true);
  EXECUTE format('SELECT string_agg(DISTINCT customer_id::text, '','') FROM %s', p_view) INTO v;
  PERFORM set_config('role', 'none', true);
  RETURN v;
END $$;
SELECT is(pg_temp.customers_of(r, v), :'customer_id', format('%s sees their own in %s', r, v))
  FROM unnest('{t_partner,t_customer}'::text[]) AS r, unnest('{api.service,api.line,api.line_offer,api.line_request,api.sim_card,api.sim_event}'::text[]) AS v;
SELECT is(pg_temp.customers_of('t_technician', v), concat_ws(',', :customer_id, :other_id), 'the office sees all in ' || v)
  FROM unnest('{api.service,api.line,api.line_offer}'::text[]) AS v;
SELECT is(pg_temp.refusal(format('SELECT api.line_record(%s)', :theirs), r), 'SW002 id', r || ' does not see another''s line') FROM unnest('{t_partner,t_customer}'::text[]) AS r;
SELECT is(pg_temp.refusal(format('SELECT api.customer_parc(%s)', :other_id), 't_customer'), 'SW002 id', 'nor another''s parc');
SELECT is(pg_temp.refusal('SELECT puk_1 FROM softwhere.sim_card', 't_customer'), '42501', 'codes of SIM cards are the office''s');
SELECT is(pg_temp.refusal(format('SELECT api.sim_card_record(%s)', :sim), 't_customer'), 'nothing', 'the card itself is theirs to see');
SELECT is(pg_temp.refusal('SELECT count(*) FROM api.offer', 't_partner'), '42501', 'the catalogue is the office''s');

-- One round trip.
SET LOCAL ROLE t_customer;
SELECT api.customer_parc(:customer_id) AS parc \gset
RESET ROLE;
SELECT is(jsonb_path_query_array(:'parc', '$.groups[*].kind'), '["fixed", "internet", "mobile", "cybersecurity"]', 'grouped by type (PARC-02)');
SELECT is((:'parc'::jsonb #> '{groups,2,services,0,lines,0}') - 'id', jsonb_build_object('number', '+33600000001', 'number_shown', '06 00 00 00 01',
  'first_name', 'Zoé', 'last_name', 'L''Épée', 'operator_name', 'Actif', 'activity', 'active', 'state', 'active',
  'iccid', (SELECT iccid FROM api.sim_card WHERE id = :sim), 'subscription', 'Offre P10', 'options', '["Offre MONDE"]'::jsonb, 'monthly_net', '15.00', 'open_requests', 0), 'each line with its user, operator, card, offer and options');
SET LOCAL ROLE t_customer;
SELECT is(jsonb_path_query_array(api.line_histories(ARRAY[:mine, :theirs])::jsonb, '$.*[*].code'), '["P10", "MONDE"]', 'and its history as it is unfolded, not that of another''s line');
SELECT is(api.line_histories(ARRAY[:theirs])::text, '{}', 'of which there is nothing');
RESET ROLE;
SELECT is(:'parc'::jsonb #> '{totals,mobile}', '{"services": 1, "lines": 1, "active_lines": 1, "equipment": 0, "monthly_net": "15.00"}', 'totals per type');
SELECT is(:'parc'::jsonb #> '{totals,internet}', '{"services": 0, "lines": 0, "active_lines": 0, "equipment": 0, "monthly_net": "0.00"}', 'nothing of the others');
SELECT is(api.customer_record(:customer_id) -> 'parc', :'parc'::jsonb -> 'totals', 'the same on the customer page');
SELECT ok(position('purchase' IN :'parc') = 0, 'nothing of what it cost');
SELECT is(:'parc'::jsonb -> 'margins', 'null'::jsonb, 'nor of what it leaves');
SET LOCAL ROLE t_accounting;
SELECT is((api.customer_parc(:customer_id) -> 'margins')::jsonb, jsonb_build_object('lines', jsonb_build_object(:'mine', '7.50'), 'kinds', '{"mobile": {"margin": "7.50", "unknown": 0}}'::jsonb),
  'a manager sees the margin of each line and type (LINE-14)');
RESET ROLE;
SELECT is(pg_temp.refusal(format('SELECT rules.parc_margins(%s, NULL)', :customer_id), 't_adv'), '42501', 'the others get a permission error');
SELECT is(pg_temp.refusal(format('SELECT api.service_parc(%s)', :their_service), 't_customer'), 'SW002 id', 'nor the site of another');
SELECT is(pg_temp.refusal(format('SELECT api.equipment_save(%L)', jsonb_build_object('label', 'Box', 'customer_id', :customer_id, 'line_id', :theirs)), 't_adv'),
  'SW005 line_id line_of_another_customer', 'a machine serves a line of its customer');

-- The feed tells clients.
DELETE FROM softwhere.change_feed;
SELECT api.line_restrict(ARRAY[:mine], 'incoming');
SELECT is((SELECT string_agg(DISTINCT entity || ' ' || entity_id, ',') FROM softwhere.change_feed WHERE entity = 'line'), 'line ' || :mine, 'the change of a line is on the feed');

-- Under construction, active, restricted, on hold, terminated: every line one subscription at most, every number once.
SELECT is_empty('SELECT number FROM softwhere.service_line WHERE activity NOT IN (''terminated'', ''obsolete'') GROUP BY number HAVING count(*) > 1', 'every live number once');
SELECT pg_temp.line_in('terminated', 50) AS gone \gset
SELECT is(pg_temp.refusal('SELECT pg_temp.line(50)'), 'nothing', 'a terminated number may come back');
SELECT * FROM finish();
ROLLBACK;
