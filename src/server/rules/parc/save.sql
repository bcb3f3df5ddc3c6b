-- Sites of installation.

CREATE FUNCTION rules.service_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{number,customer_id,billing_site_id,name,kind,operator_id,activity,status,own_address,address_1,address_2,postcode,city,country,siret,internal_reference,private_installer,it_contractor,free_text,external_id}'::text[];
COMMENT ON FUNCTION rules.service_keys() IS 'Keys of a service a save may write.';

CREATE FUNCTION rules.address_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{address_1,address_2,postcode,city,country}'::text[];
COMMENT ON FUNCTION rules.address_keys() IS 'Keys of an address.';

CREATE FUNCTION rules.says_own_address(p_data jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN COALESCE(p_data ->> 'own_address' IN ('true', 't', '1', 'on', 'yes'), false);
COMMENT ON FUNCTION rules.says_own_address(jsonb) IS 'Whether a service being saved is given an address of its own.';

CREATE FUNCTION rules.account_address(p_customer_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT COALESCE((SELECT jsonb_build_object('address_1', address_1, 'address_2', address_2, 'postcode', postcode, 'city', city, 'country', country)
                     FROM customer WHERE id = p_customer_id), '{}')
$$;
COMMENT ON FUNCTION rules.account_address(bigint) IS 'The address of an account, by the keys of a service.';

CREATE FUNCTION rules.check_service(p_service softwhere.service) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM customer WHERE id = COALESCE(p_service.customer_id, id)) THEN
    PERFORM rules.invalid('customer_id', 'service_customer_id_fkey', 'there is no such customer');
  ELSIF p_service.billing_site_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM billing_site WHERE id = p_service.billing_site_id AND customer_id = p_service.customer_id) THEN
    PERFORM rules.invalid('billing_site_id', 'site_of_another_customer', 'this billing site is not one of the customer');
  ELSIF p_service.own_address AND p_service.country = 'FR' AND p_service.postcode IS NOT NULL AND NOT rules.is_postcode_fr(p_service.postcode) THEN
    PERFORM rules.invalid('postcode', 'invalid_postcode', 'a French postcode has five digits');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_service(softwhere.service) IS 'What columns alone do not say about a service.';

CREATE FUNCTION api.service_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint := rules.input_id(p_data);
  v_old service;
  v_new service;
  v_input jsonb;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_support', 'sw_deployment');
  PERFORM rules.refuse_read_only(p_data, 'api.service', rules.service_keys() || '{lines,equipment,events,figures,lines_by_activity,history}', '');
  -- Copied from the account, then changed: what is not said stays the account's.
  IF v_id IS NULL AND rules.says_own_address(p_data) AND NOT p_data ?| rules.address_keys() THEN
    p_data := p_data || rules.account_address(rules.id_in(p_data, 'customer_id'));
  ELSIF v_id IS NOT NULL AND rules.says_own_address(p_data) THEN
    p_data := COALESCE((SELECT rules.account_address(customer_id) FROM service WHERE id = v_id AND NOT own_address), '{}') || p_data;
  END IF;
  v_input := rules.read_input('service', p_data, rules.service_keys(), '{"siret": "siret"}', '', v_id IS NULL, '{name,number}');
  IF v_id IS NULL THEN
    v_new := jsonb_populate_record(NULL::service, rules.default_row('service') || jsonb_build_object('created_by', rules.caller()) || v_input);
    v_new.name := COALESCE(v_new.name, (SELECT legal_name FROM customer WHERE id = v_new.customer_id));
    v_new.number := COALESCE(v_new.number, rules.next_number('service', rules.today()));
  ELSE
    SELECT * INTO v_old FROM service WHERE id = v_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM rules.fail('SW002', 'id', 'record not found');
    END IF;
    PERFORM rules.check_version(p_data, v_old.row_version);
    v_new := jsonb_populate_record(v_old, v_input);
    IF v_new.customer_id <> v_old.customer_id THEN
      PERFORM rules.fail('SW013', 'customer_id', 'a service stays with its customer');
    END IF;
  END IF;
  -- Without an address of its own it has none: the view shows the account's.
  IF NOT v_new.own_address THEN
    v_new.address_1 := NULL; v_new.address_2 := NULL; v_new.postcode := NULL; v_new.city := NULL; v_new.country := NULL;
  ELSE
    v_new.country := COALESCE(v_new.country, 'FR');
  END IF;
  PERFORM rules.check_service(v_new);
  RETURN rules.write_row('service', v_id, to_jsonb(v_new));
END
$$;
COMMENT ON FUNCTION api.service_save(jsonb) IS
  'Creates or changes a site of installation; keys are columns of api.service. name defaults to the customer''s, number to the series service; without own_address the account''s address serves, which is also what a new own address starts from. SW001 SW002 SW003 SW004 SW005 SW012 SW013. Roles sw_adv, sw_support, sw_deployment.';

CREATE FUNCTION rules.service_set_search() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  NEW.search_text := rules.fold((SELECT concat_ws(' ', NEW.number, NEW.name, NEW.internal_reference, NEW.siret, NEW.external_id,
      CASE WHEN NEW.own_address THEN concat_ws(' ', NEW.postcode, NEW.city) ELSE concat_ws(' ', c.postcode, c.city) END,
      c.number, c.legal_name, c.trading_name)
    FROM customer AS c WHERE c.id = NEW.customer_id));
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.service_set_search() IS 'Row trigger: keeps service.search_text.';
CREATE TRIGGER z_search BEFORE INSERT OR UPDATE ON softwhere.service FOR EACH ROW EXECUTE FUNCTION rules.service_set_search();

CREATE FUNCTION rules.service_customer_renamed() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE service SET search_text = '' WHERE customer_id = NEW.id;
  UPDATE equipment SET search_text = '' WHERE customer_id = NEW.id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.service_customer_renamed() IS 'Services and machines are found by their customer: emptied only to run the triggers that fill it.';
CREATE TRIGGER service_customer_renamed AFTER UPDATE OF number, legal_name, trading_name, postcode, city ON softwhere.customer FOR EACH ROW
  WHEN ((OLD.number, OLD.legal_name, OLD.trading_name, OLD.postcode, OLD.city) IS DISTINCT FROM
        (NEW.number, NEW.legal_name, NEW.trading_name, NEW.postcode, NEW.city))
  EXECUTE FUNCTION rules.service_customer_renamed();
