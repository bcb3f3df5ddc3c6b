-- Creating a line and changing what no operator is asked for.

CREATE FUNCTION rules.line_free_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{service_id,operator_id,hide_called_numbers,cfast_account,external_id,committed_until_on}'::text[];
COMMENT ON FUNCTION rules.line_free_keys() IS 'Keys of a line a save may always write.';

CREATE FUNCTION rules.save_line_offer(p_line softwhere.service_line, p_data jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_input jsonb := rules.read_input('line_offer', p_data, '{offer_id,price,quantity,throughput_mbps,starts_on,ends_on,external_id}', '{}', p_path, true, '{starts_on}');
  v_id bigint := rules.input_id(p_data, p_path);
  v_on date := COALESCE((v_input ->> 'starts_on')::date, rules.today());
  v_offer offer;
  v_entry jsonb;
BEGIN
  IF v_id IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM line_offer WHERE id = v_id AND line_id = p_line.id) THEN
      PERFORM rules.fail('SW002', p_path || 'id', 'record not found');
    ELSIF NOT rules.is_deleted(p_data) THEN
      PERFORM rules.write_row('line_offer', v_id, v_input - 'offer_id', p_path);
    ELSE
      DELETE FROM line_offer WHERE id = v_id;
    END IF;
    RETURN;
  END IF;
  SELECT * INTO v_offer FROM offer WHERE id = (v_input ->> 'offer_id')::bigint;
  v_entry := rules.line_check_offer((v_input ->> 'offer_id')::bigint, CASE v_offer.kind WHEN 'option' THEN 'option' ELSE 'subscription' END, v_on, p_data, p_path);
  PERFORM rules.write_row('line_offer', NULL, rules.default_row('line_offer')
    || jsonb_build_object('line_id', p_line.id, 'customer_id', p_line.customer_id, 'kind', v_offer.kind, 'code', v_offer.code, 'label', v_offer.label,
         'option_family', v_offer.option_family, 'price_months', v_offer.price_months, 'purchase_price', v_offer.purchase_price, 'data_gb', v_offer.data_gb)
    || v_input || v_entry || jsonb_build_object('starts_on', v_on), p_path);
END
$$;
COMMENT ON FUNCTION rules.save_line_offer(softwhere.service_line, jsonb, text) IS
  'One entry of offers of a line that is new or under construction: without id added, "deleted" removed, else its price and dates changed.';

CREATE FUNCTION rules.check_line(p_line softwhere.service_line) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_line.service_id IS NULL THEN
    PERFORM rules.required('service_id');
  ELSIF p_line.customer_id IS DISTINCT FROM (SELECT customer_id FROM service WHERE id = p_line.service_id) THEN
    PERFORM rules.invalid('service_id', 'service_of_another_customer', 'this site is not one of the customer');
  ELSIF p_line.number IS NULL AND p_line.activity IN ('active', 'inactive') THEN
    PERFORM rules.required('number');
  ELSIF p_line.last_name IS NOT NULL AND rules.operator_text(p_line.last_name) = '' THEN
    PERFORM rules.invalid('last_name', 'nothing_for_operator', 'operators accept none of these characters');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_line(softwhere.service_line) IS 'What columns alone do not say about a line.';

CREATE FUNCTION api.line_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  -- A line taken over from another system arrives as it is.
  v_new_keys text[] := rules.line_free_keys() || '{number,first_name,last_name,activity,activated_on}';
  v_id bigint := rules.input_id(p_data);
  v_line service_line;
  v_input jsonb;
  v_frozen text;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_support');
  PERFORM rules.refuse_read_only(p_data, 'api.line', v_new_keys || '{offers,requests,sim_cards,margin}', '');
  v_input := rules.read_input('service_line', p_data, v_new_keys, '{"number": "line_number"}', '', v_id IS NULL);
  IF v_id IS NULL THEN
    v_line := jsonb_populate_record(NULL::service_line, rules.default_row('service_line') || jsonb_build_object('created_by', rules.caller()) || v_input);
    v_line.customer_id := (SELECT customer_id FROM service WHERE id = v_line.service_id);
    IF v_line.activity = 'active' THEN
      v_line.activated_on := COALESCE(v_line.activated_on, rules.today());
    END IF;
    PERFORM rules.check_line(v_line);
    v_line.id := rules.write_row('service_line', NULL, to_jsonb(v_line));
  ELSE
    v_line := rules.line_lock(v_id);
    PERFORM rules.check_version(p_data, v_line.row_version);
    IF v_line.activity <> 'under_construction' THEN
      SELECT k INTO v_frozen FROM jsonb_object_keys(v_input) AS k
       WHERE k <> ALL (rules.line_free_keys()) AND v_input ->> k IS DISTINCT FROM to_jsonb(v_line) ->> k LIMIT 1;
    ELSIF v_input ->> 'activity' <> v_line.activity THEN
      v_frozen := 'activity';
    END IF;
    IF v_frozen IS NOT NULL OR p_data ? 'offers' AND v_line.activity <> 'under_construction'
         AND jsonb_path_exists(p_data, '$.offers[*] ? (!exists(@.id) || @.deleted == true)') THEN
      PERFORM rules.fail('SW016', COALESCE(v_frozen, 'offers'), 'ask the operator: this changes by a request',
        p_hint => CASE v_frozen WHEN 'first_name' THEN 'api.line_change_user' WHEN 'last_name' THEN 'api.line_change_user' END);
    END IF;
    v_line := jsonb_populate_record(v_line, v_input);
    PERFORM rules.check_line(v_line);
    PERFORM rules.write_row('service_line', v_id, v_input);
  END IF;
  IF v_line.activity = 'under_construction' OR v_id IS NULL THEN
    PERFORM rules.save_line_offer(v_line, e.entry, e.path) FROM rules.entries(p_data, 'offers', '') AS e;
  END IF;
  RETURN v_line.id;
END
$$;
COMMENT ON FUNCTION api.line_save(jsonb) IS
  'Creates a line, under construction unless activity says otherwise (taken over from another system), or changes it; keys are columns of api.line, offers [{offer_id, price, quantity, throughput_mbps, starts_on, ends_on}]. Once it is open, number, user, activity and offers change by requests (SW016). SW001 SW002 SW003 SW004 SW005 SW012. Roles sw_adv, sw_support.';

CREATE FUNCTION rules.line_search_text(p_number text, p_first_name text, p_last_name text, p_external_id text, p_of_site text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
-- Each form a number is typed in: +33…, 0033…, national with and without spaces.
RETURN rules.fold(concat_ws(' ', p_number, '00' || ltrim(p_number, '+'), rules.phone_national(p_number), rules.phone_shown(p_number),
  p_first_name, p_last_name, p_external_id, p_of_site));
COMMENT ON FUNCTION rules.line_search_text(text, text, text, text, text) IS 'What the list of lines finds a line by; p_of_site: rules.line_search_site().';

CREATE FUNCTION rules.line_search_site(p_service_id bigint) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT concat_ws(' ', s.number, s.name, c.number, c.legal_name, c.trading_name)
          FROM softwhere.service AS s JOIN softwhere.customer AS c ON c.id = s.customer_id WHERE s.id = p_service_id);
COMMENT ON FUNCTION rules.line_search_site(bigint) IS 'What lines at this site are also found by: the names and numbers of the site and its customer.';

CREATE FUNCTION rules.line_set_search() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  NEW.search_text := rules.line_search_text(NEW.number, NEW.first_name, NEW.last_name, NEW.external_id, rules.line_search_site(NEW.service_id));
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.line_set_search() IS 'Row trigger: keeps line.search_text.';
CREATE TRIGGER z_search BEFORE UPDATE OF number, first_name, last_name, external_id, service_id, search_text ON softwhere.service_line
  FOR EACH ROW EXECUTE FUNCTION rules.line_set_search();
-- Who writes thousands of lines makes the text for all of them, once a site.
CREATE TRIGGER z_search_new BEFORE INSERT ON softwhere.service_line
  FOR EACH ROW WHEN (NEW.search_text = '') EXECUTE FUNCTION rules.line_set_search();

CREATE FUNCTION rules.line_named_anew() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF TG_TABLE_NAME = 'service' THEN
    UPDATE service_line SET search_text = '' WHERE service_id = NEW.id;
  ELSE
    UPDATE service_line SET search_text = '' WHERE customer_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.line_named_anew() IS 'Lines are found by their site and customer: emptied only to run the trigger above.';
CREATE TRIGGER line_named_anew AFTER UPDATE OF name, number ON softwhere.service FOR EACH ROW
  WHEN ((OLD.name, OLD.number) <> (NEW.name, NEW.number)) EXECUTE FUNCTION rules.line_named_anew();
CREATE TRIGGER line_named_anew AFTER UPDATE OF number, legal_name, trading_name ON softwhere.customer FOR EACH ROW
  WHEN ((OLD.number, OLD.legal_name, OLD.trading_name) IS DISTINCT FROM (NEW.number, NEW.legal_name, NEW.trading_name))
  EXECUTE FUNCTION rules.line_named_anew();
