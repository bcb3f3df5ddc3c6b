-- The identifiers among the vectors of the specification, fictional data: tests/vectors.json. Include inside a transaction.

\set vectors `cat "$SOFTWHERE_VECTORS"`

CREATE TEMPORARY TABLE rio_vector AS
SELECT numero AS number, rio, valide AS valid FROM jsonb_to_recordset(:'vectors'::jsonb -> 'rio') AS v (numero text, rio text, valide boolean);

CREATE TEMPORARY TABLE iccid_vector AS
SELECT v AS iccid, valide AS valid FROM jsonb_to_recordset(:'vectors'::jsonb -> 'iccid') AS v (v text, valide boolean);

CREATE TEMPORARY TABLE imei_vector AS
SELECT v AS imei, valide AS valid FROM jsonb_to_recordset(:'vectors'::jsonb -> 'imei') AS v (v text, valide boolean);

CREATE TEMPORARY TABLE number_vector AS
SELECT saisie AS typed, e164 FROM jsonb_to_recordset(:'vectors'::jsonb -> 'e164') AS v (saisie text, e164 text);
