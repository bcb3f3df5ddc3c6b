-- The state machine of lines as data: which arcs exist, what takes them, and who may.

CREATE FUNCTION rules.line_state(p_activity text, p_restriction text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_activity = 'active' AND p_restriction <> 'none' THEN 'restricted' ELSE p_activity END;
COMMENT ON FUNCTION rules.line_state(text, text) IS 'The state of a line in line_arc: its activity, or restricted.';

CREATE VIEW rules.line_action (action, label, roles, definitive, position) AS VALUES
  ('line_activate', 'Activate', '{sw_adv,sw_staging}'::text[], false, 1),
  ('line_reactivate', 'Reactivate', '{sw_adv,sw_support,sw_accounting}', false, 2),
  ('line_change_user', 'Change the user', '{sw_adv,sw_support}', false, 3),
  ('line_change_offer', 'Change the offer', '{sw_adv}', false, 4),
  ('line_international', 'International option', '{sw_adv,sw_support}', false, 5),
  ('line_swap_sim', 'Replace the SIM card', '{sw_adv,sw_support,sw_staging}', false, 6),
  ('line_restrict', 'Restrict', '{sw_adv,sw_support,sw_accounting}', false, 7),
  ('line_deactivate', 'Put on hold', '{sw_adv}', false, 8),
  ('line_terminate', 'Terminate', '{sw_adv}', true, 9),
  ('line_archive', 'Archive', '{sw_adv}', false, 10);
COMMENT ON VIEW rules.line_action IS
  'What can be asked for a line and by which roles (sw_admin always may). definitive: cannot be undone, the client asks once (MLINE-13).';

DELETE FROM softwhere.line_arc;
INSERT INTO softwhere.line_arc (from_state, to_state, action) VALUES
  ('under_construction', 'active', 'line_activate'),
  ('restricted', 'active', 'line_reactivate'),
  ('inactive', 'active', 'line_reactivate'),
  ('active', 'active', 'line_change_user'),
  ('restricted', 'restricted', 'line_change_user'),
  ('inactive', 'inactive', 'line_change_user'),
  ('active', 'active', 'line_change_offer'),
  ('restricted', 'restricted', 'line_change_offer'),
  ('inactive', 'inactive', 'line_change_offer'),
  ('active', 'active', 'line_international'),
  ('restricted', 'restricted', 'line_international'),
  ('active', 'active', 'line_swap_sim'),
  ('restricted', 'restricted', 'line_swap_sim'),
  ('active', 'restricted', 'line_restrict'),
  ('restricted', 'restricted', 'line_restrict'),
  ('active', 'inactive', 'line_deactivate'),
  ('restricted', 'inactive', 'line_deactivate'),
  ('under_construction', 'terminated', 'line_terminate'),
  ('active', 'terminated', 'line_terminate'),
  ('restricted', 'terminated', 'line_terminate'),
  ('inactive', 'terminated', 'line_terminate'),
  ('terminated', 'obsolete', 'line_archive');
-- What the operator reports is so, whatever we thought (rules/sync/line.sql).
INSERT INTO softwhere.line_arc (from_state, to_state, action)
SELECT f, t, 'line_synchronise'
  FROM unnest('{under_construction,active,restricted,inactive,terminated,obsolete}'::text[]) AS f,
       unnest('{under_construction,active,restricted,inactive,terminated,obsolete}'::text[]) AS t;

CREATE VIEW rules.line_request_action (action, label, from_statuses, roles, position) AS
SELECT action, label, from_statuses, '{sw_adv,sw_support,sw_staging}'::text[], position FROM (VALUES
  ('line_request_send', 'Mark as sent', '{queued}'::text[], 1),
  ('line_request_accept', 'Record the acceptance', '{queued,sent}', 2),
  ('line_request_refuse', 'Record the refusal', '{queued,sent,accepted}', 3),
  ('line_request_cancel', 'Take the request back', '{queued,sent,accepted}', 4)) AS t (action, label, from_statuses, position);
COMMENT ON VIEW rules.line_request_action IS 'What can be done with a request in which statuses, and by which roles (sw_admin always may).';
