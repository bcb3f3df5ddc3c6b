-- What typing in the search field of the customers finds: kept in a column, so that one index serves it.

CREATE FUNCTION rules.customer_search_text(p_row softwhere.customer) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  RETURN rules.fold(concat_ws(' ', p_row.number, p_row.legal_name, p_row.trading_name, p_row.first_name, p_row.last_name,
           p_row.postcode, p_row.city, COALESCE(p_row.siret, p_row.siren), p_row.vat_number, p_row.rna, p_row.email,
           rules.phone_search(p_row.phone), rules.phone_search(p_row.mobile_phone),
           (SELECT string_agg(concat_ws(' ', c.first_name, c.last_name, c.email, rules.phone_search(c.phone),
                                        rules.phone_search(c.direct_phone), rules.phone_search(c.mobile_phone)), ' ' ORDER BY c.id)
              FROM contact AS c WHERE c.customer_id = p_row.id)));
END
$$;
COMMENT ON FUNCTION rules.customer_search_text(softwhere.customer) IS
  'Number, names, place, identifiers, e-mails and phones of a customer and its contacts, folded; phones as digits, +33 and national.';

CREATE FUNCTION rules.customer_set_search() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  NEW.search_text := rules.customer_search_text(NEW);
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.customer_set_search() IS 'Row trigger: keeps customer.search_text.';

-- Triggers run in the order of their names: this one comes after the version, which ignores it.
CREATE TRIGGER z_search BEFORE INSERT OR UPDATE ON softwhere.customer FOR EACH ROW EXECUTE FUNCTION rules.customer_set_search();

CREATE FUNCTION rules.contact_set_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Emptied only to run the trigger above.
  UPDATE customer SET search_text = '' WHERE id IN (SELECT customer_id FROM changed);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.contact_set_search() IS 'Statement trigger: contacts are found through their customer.';

CREATE TRIGGER search_insert AFTER INSERT ON softwhere.contact REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rules.contact_set_search();
CREATE TRIGGER search_update AFTER UPDATE ON softwhere.contact REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rules.contact_set_search();
CREATE TRIGGER search_delete AFTER DELETE ON softwhere.contact REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rules.contact_set_search();
