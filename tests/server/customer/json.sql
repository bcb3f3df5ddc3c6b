-- No amount passes through a binary float: records send decimals as text, and nothing else changes.
BEGIN;
CREATE TEMPORARY TABLE c (given jsonb, expected jsonb);
INSERT INTO c VALUES
  ('{"a": 1.50, "b": -0.10, "c": 12, "d": null, "e": true, "f": "x"}', '{"a": "1.50", "b": "-0.10", "c": 12, "d": null, "e": true, "f": "x"}'),
  ('[1.0, [2.25, {"x": [3, 4.5]}], {}]', '["1.0", ["2.25", {"x": [3, "4.5"]}], {}]'),
  ('{"t": "il dit \"1.5\", puis: 2.5 [3.5]", "v": 1.5}', '{"t": "il dit \"1.5\", puis: 2.5 [3.5]", "v": "1.5"}'),
  ('{"p": "C:\\1.5\\", "q": "\\\"1.5\\\\\"", "v": 2.5}', '{"p": "C:\\1.5\\", "q": "\\\"1.5\\\\\"", "v": "2.5"}'),
  ('{"1.5": 1.5, "k\"2.5": 2.5}', '{"1.5": "1.5", "k\"2.5": "2.5"}'),
  ('"1.5"', '"1.5"'), ('1.5', '"1.5"'), ('7', '7'), ('[]', '[]'), ('{}', '{}'), ('null', 'null'), ('""', '""'),
  ('{"a": 123456789012345678.123456, "b": 1e3, "c": 1.5e-7}', '{"a": "123456789012345678.123456", "b": 1000, "c": "0.00000015"}'),
  ('{"a": "ligne\n\u0007 1.5 é €"}', '{"a": "ligne\n\u0007 1.5 é €"}');
SELECT plan((SELECT count(*)::int + 1 FROM c));
SELECT is(rules.numbers_as_text(given), expected, given::text) FROM c;
SELECT is(rules.numbers_as_text(NULL), NULL, 'nothing stays nothing');
SELECT * FROM finish();
ROLLBACK;
