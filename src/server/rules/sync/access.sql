-- Who sees what operators' systems told, who asks them.

SELECT rules.let_office_read(t) FROM unnest('{softwhere.provider,softwhere.sync_run,softwhere.sync_anomaly,softwhere.provider_account}'::regclass[]) AS t;
-- Answers hold purchase prices.
SELECT rules.let_read('softwhere.sync_answer', rules.managers());
CREATE POLICY nobody_reads ON softwhere.sync_task USING (false);
CREATE POLICY nobody_reads ON softwhere.sync_object USING (false);
CREATE POLICY nobody_reads ON softwhere.sync_line USING (false);
CREATE POLICY nobody_reads ON softwhere.sync_line_offer USING (false);

SELECT rules.versioned('softwhere.provider');
SELECT rules.watch(t, 'provider', '') FROM unnest('{softwhere.provider,softwhere.sync_run}'::regclass[]) AS t;

SELECT rules.let_call('api.provider_save(jsonb)', 'sw_admin');
SELECT rules.let_call(f, 'sw_adv') FROM unnest('{api.sync_anomaly_settle(bigint[]),"api.provider_account_link(text,text,bigint)"}'::regprocedure[]) AS f;
SELECT rules.let_call(f, 'sw_adv', 'sw_courier') FROM unnest(
  '{"api.sync_start(text,boolean,jsonb)","api.sync_add(bigint,bigint[],text[],jsonb)","api.sync_end(bigint,text,text)",api.operator_requests(text),"api.operator_request_note(bigint,text)"}'::regprocedure[]) AS f;

-- The courier is a program: it opens a session and does the above, nothing else (upgrade/keeper.sql makes its role).
SELECT rules.let_read('softwhere.company', '{sw_courier}', '{name,welcome_message,brand_color}');
SELECT rules.let_read('softwhere.app_user', '{sw_courier}', '{role_name,display_name}', 'role_name = (SELECT rules.caller())');
-- api.session() tells what screens offer; the two views are the program's words.
GRANT SELECT ON softwhere.installation, rules.line_action, rules.line_request_action TO sw_courier;
GRANT USAGE ON SCHEMA api, rules, softwhere TO sw_courier;
GRANT EXECUTE ON FUNCTION api.call(uuid, text, jsonb), api.give_up(uuid), rules.request_claim(uuid, text, bytea), rules.request_answer(uuid, text),
  rules.argument(regtype, jsonb), api.session(), api.level(), api.changes_since(text), rules.caller(), rules.my_roles(), rules.role_label(text), rules.office(), rules.managers(), rules.sees_margin(),
  rules.today(), rules.now(), rules.has_role(text[]), rules.require(text[]),
  rules.fail(text, text, text, text, text, text), api.line_request_send(bigint[]), api.line_request_accept(bigint[], text), api.line_request_refuse(bigint[], text)
  TO sw_courier;
