-- What people see of imports: their own; the administrator, everybody's.

SELECT rules.let_read(t, '{sw_admin,sw_adv}', NULL, $$created_by = (SELECT rules.caller()) OR (SELECT rules.has_role('sw_admin'))$$)
  FROM unnest('{softwhere.import}'::regclass[]) AS t;
SELECT rules.let_read('softwhere.import_line', '{sw_admin,sw_adv}', NULL, 'import_id IN (SELECT id FROM softwhere.import)');
SELECT rules.let_read('softwhere.import_mapping', '{sw_admin,sw_adv}');

CREATE VIEW api.import WITH (security_invoker = true) AS
SELECT id, target, file_name, encoding, supplier, header, mapping, status, created_at, created_by, applied_at FROM softwhere.import;
COMMENT ON VIEW api.import IS
  'Files imported or on their way (CSV-*): status loading, checked or applied; mapping {field: {"column": n} | {"value": text}}, columns from 0. Each their own.';

CREATE VIEW api.import_line WITH (security_invoker = true) AS
SELECT l.id, l.import_id, l.line_no, l.cells, l.outcome, l.record_id, l.field, f.title AS field_title, l.code, l.reason, l.detail,
       left(array_to_string(array_remove(l.cells, ''), ' · '), 400) AS content, rules.fold(array_to_string(l.cells, ' ')) AS search_text
  FROM softwhere.import_line AS l
  JOIN softwhere.import AS i ON i.id = l.import_id
  LEFT JOIN rules.import_field() AS f ON f.target = i.target AND f.field = l.field;
COMMENT ON VIEW api.import_line IS
  'The lines of a file by their number in it; outcome create, change, same, refused (field, code, reason, detail say why) or left_out; content is its cells, field_title a msgid for its field.';
