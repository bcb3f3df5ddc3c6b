-- Prices calls were billed with never change, whoever writes: a version that has begun is fixed, a new one takes its place (CSV-04).

CREATE FUNCTION rules.tariff_version_begun(p_valid_from_on date, p_created_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = rules, pg_temp
AS $$ SELECT p_valid_from_on <= rules.today() AND p_created_at < now() $$;
COMMENT ON FUNCTION rules.tariff_version_begun(date, timestamptz) IS
  'Whether the prices of a version are fixed: its first day is not in the future, and it is not being made by this very transaction.';

CREATE FUNCTION rules.fail_version_begun(p_field text, p_version_id bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW005', p_field, 'this version has begun: its prices are fixed', p_detail => p_version_id::text,
    p_hint => 'begin a new version with api.tariff_grid_copy', p_reason => 'tariff_version_begun');
END
$$;
COMMENT ON FUNCTION rules.fail_version_begun(text, bigint) IS 'SW005 tariff_version_begun on a field; the detail is the version.';

CREATE FUNCTION rules.tariff_version_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NOT rules.tariff_version_begun(OLD.valid_from_on, OLD.created_at) THEN
    RETURN NULL;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM rules.fail_version_begun('deleted', OLD.id);
  ELSIF (NEW.valid_from_on, NEW.tariff_grid_id) <> (OLD.valid_from_on, OLD.tariff_grid_id) THEN
    PERFORM rules.fail_version_begun('valid_from_on', OLD.id);
  -- Its end may move among days to come: today is being billed already.
  ELSIF NEW.valid_until_on IS DISTINCT FROM OLD.valid_until_on AND LEAST(NEW.valid_until_on, OLD.valid_until_on) < rules.today() THEN
    PERFORM rules.fail_version_begun('valid_until_on', OLD.id);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.tariff_version_guard() IS 'Refuses to remove a version that has begun, or to change which past days it counts for.';
CREATE TRIGGER tariff_version_guard AFTER UPDATE OR DELETE ON softwhere.tariff_grid_version
  FOR EACH ROW EXECUTE FUNCTION rules.tariff_version_guard();
ALTER TABLE softwhere.tariff_grid_version ENABLE ALWAYS TRIGGER tariff_version_guard;

CREATE FUNCTION rules.tariff_price_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT v.id INTO v_id FROM tariff_grid_version AS v
     WHERE v.id IN (SELECT tariff_grid_version_id FROM new_rows) AND rules.tariff_version_begun(v.valid_from_on, v.created_at) LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT v.id INTO v_id FROM tariff_grid_version AS v
     WHERE v.id IN (SELECT tariff_grid_version_id FROM old_rows) AND rules.tariff_version_begun(v.valid_from_on, v.created_at) LIMIT 1;
  ELSE
    -- Also when it moves to another version; a row written as it was is no change.
    SELECT v.id INTO v_id
      FROM old_rows AS o JOIN new_rows AS n USING (id)
      JOIN tariff_grid_version AS v ON v.id IN (o.tariff_grid_version_id, n.tariff_grid_version_id)
     WHERE rules.tariff_version_begun(v.valid_from_on, v.created_at) AND to_jsonb(o) - 'row_version' <> to_jsonb(n) - 'row_version' LIMIT 1;
  END IF;
  IF v_id IS NOT NULL THEN
    PERFORM rules.fail_version_begun(CASE TG_OP WHEN 'INSERT' THEN 'prefix' WHEN 'DELETE' THEN 'deleted' ELSE 'unit_price' END, v_id);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.tariff_price_guard() IS
  'Refuses a price added to, changed in or taken from a version that has begun.';
CREATE TRIGGER tariff_price_guard_insert AFTER INSERT ON softwhere.tariff_price
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.tariff_price_guard();
CREATE TRIGGER tariff_price_guard_update AFTER UPDATE ON softwhere.tariff_price
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.tariff_price_guard();
CREATE TRIGGER tariff_price_guard_delete AFTER DELETE ON softwhere.tariff_price
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.tariff_price_guard();
ALTER TABLE softwhere.tariff_price ENABLE ALWAYS TRIGGER tariff_price_guard_insert;
ALTER TABLE softwhere.tariff_price ENABLE ALWAYS TRIGGER tariff_price_guard_update;
ALTER TABLE softwhere.tariff_price ENABLE ALWAYS TRIGGER tariff_price_guard_delete;
