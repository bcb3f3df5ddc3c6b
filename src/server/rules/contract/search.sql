-- What typing finds: number, title, customer, serial numbers of a contract.

CREATE FUNCTION rules.contract_refresh_search(p_contract_ids bigint[]) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  -- Machines are looked up by key, in sub-selects: a table being filled has no statistics, and the planner of a join
  -- would then read all of it for each contract.
  INSERT INTO contract_search AS s (contract_id, customer_id, search_text)
  SELECT c.id, c.customer_id,
         rules.fold(concat_ws(' ', c.number, c.title, u.number, u.legal_name, u.trading_name,
           (SELECT string_agg((SELECT concat_ws(' ', e.label, e.serial_number) FROM equipment AS e WHERE e.id = h.equipment_id),
                              ' ' ORDER BY h.position, h.id)
              FROM contract_equipment AS h WHERE h.contract_id = c.id)))
    FROM unnest(p_contract_ids) AS k (id)
    JOIN contract AS c ON c.id = k.id
    JOIN customer AS u ON u.id = c.customer_id
  ON CONFLICT (contract_id) DO UPDATE SET search_text = excluded.search_text
   WHERE s.search_text <> excluded.search_text
$$;
COMMENT ON FUNCTION rules.contract_refresh_search(bigint[]) IS 'Writes the folded text typing searches in, for these contracts.';

CREATE FUNCTION rules.contract_search_inserted() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.contract_refresh_search(ARRAY(SELECT id FROM new_contract));
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_search_inserted() IS 'Search text of new contracts.';

CREATE FUNCTION rules.contract_search_changed() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.contract_refresh_search(CASE TG_TABLE_NAME
    WHEN 'contract' THEN ARRAY[NEW.id]
    WHEN 'customer' THEN ARRAY(SELECT id FROM contract WHERE customer_id = NEW.id)
    WHEN 'equipment' THEN ARRAY(SELECT contract_id FROM contract_equipment WHERE equipment_id = NEW.id)
  END);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_search_changed() IS 'Search text after a name or a serial number changed.';

CREATE FUNCTION rules.contract_search_attached() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.contract_refresh_search(ARRAY(SELECT DISTINCT contract_id FROM changed));
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contract_search_attached() IS 'Search text after equipment was attached or detached.';

CREATE TRIGGER contract_search_inserted AFTER INSERT ON softwhere.contract
  REFERENCING NEW TABLE AS new_contract FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_search_inserted();
CREATE TRIGGER contract_search_changed AFTER UPDATE OF number, title, customer_id ON softwhere.contract FOR EACH ROW
  WHEN ((OLD.number, OLD.title, OLD.customer_id) IS DISTINCT FROM (NEW.number, NEW.title, NEW.customer_id))
  EXECUTE FUNCTION rules.contract_search_changed();
CREATE TRIGGER contract_search_changed AFTER UPDATE OF number, legal_name, trading_name ON softwhere.customer FOR EACH ROW
  WHEN ((OLD.number, OLD.legal_name, OLD.trading_name) IS DISTINCT FROM (NEW.number, NEW.legal_name, NEW.trading_name))
  EXECUTE FUNCTION rules.contract_search_changed();
CREATE TRIGGER contract_search_changed AFTER UPDATE OF label, serial_number ON softwhere.equipment FOR EACH ROW
  WHEN ((OLD.label, OLD.serial_number) IS DISTINCT FROM (NEW.label, NEW.serial_number))
  EXECUTE FUNCTION rules.contract_search_changed();
CREATE TRIGGER contract_search_attached AFTER INSERT ON softwhere.contract_equipment
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_search_attached();
CREATE TRIGGER contract_search_detached AFTER DELETE ON softwhere.contract_equipment
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules.contract_search_attached();
