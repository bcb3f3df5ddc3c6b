-- What typing in the list of offers finds.

CREATE FUNCTION rules.offer_set_search() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  NEW.search_text := rules.fold(concat_ws(' ', NEW.code, NEW.label, NEW.brand, NEW.model,
    (SELECT name FROM catalogue WHERE id = NEW.catalogue_id)));
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.offer_set_search() IS 'Row trigger: keeps offer.search_text.';
CREATE TRIGGER z_search BEFORE INSERT OR UPDATE ON softwhere.offer FOR EACH ROW EXECUTE FUNCTION rules.offer_set_search();

CREATE FUNCTION rules.catalogue_renamed() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE offer SET search_text = '' WHERE catalogue_id = NEW.id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.catalogue_renamed() IS 'Offers are found by the name of their catalogue: emptied only to run the trigger above.';
CREATE TRIGGER catalogue_renamed AFTER UPDATE OF name ON softwhere.catalogue FOR EACH ROW
  WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION rules.catalogue_renamed();
