-- The error a statement raises, as 'SW006 field detail'; 'no error' when it passes. Undone in any case.
CREATE FUNCTION pg_temp.error_of(p_sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_state text; v_field text; v_detail text;
BEGIN
  EXECUTE p_sql;
  RAISE SQLSTATE 'TOK00';
EXCEPTION WHEN SQLSTATE 'TOK00' THEN
  RETURN 'no error';
WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS v_state = RETURNED_SQLSTATE, v_field = COLUMN_NAME, v_detail = PG_EXCEPTION_DETAIL;
  RETURN concat_ws(' ', v_state, NULLIF(v_field, ''), CASE WHEN v_state LIKE 'SW%' THEN NULLIF(v_detail, '') END);
END $$;
