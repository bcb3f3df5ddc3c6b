-- Saving catalogues, offers and bundles.

CREATE FUNCTION api.operator_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.require('sw_adv');
  RETURN rules.save_record('operator', 'api.operator', p_data, '{name,provider,sim_alert_level,active}');
END
$$;
COMMENT ON FUNCTION api.operator_save(jsonb) IS 'Creates or changes an operator; keys are columns of api.operator. SW001 SW002 SW003 SW004 SW005 SW012. Role sw_adv.';

CREATE FUNCTION rules.catalogue_name(p_data jsonb) RETURNS text
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT concat_ws(' – ', NULLIF(btrim(p_data ->> 'owner'), ''), (SELECT label FROM technology WHERE code = p_data ->> 'technology'),
                   (SELECT name FROM operator WHERE id::text = p_data ->> 'operator_id'))
$$;
COMMENT ON FUNCTION rules.catalogue_name(jsonb) IS 'Owner – technology – operator, the name of a catalogue that is given none.';

CREATE FUNCTION api.catalogue_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old catalogue;
  v_parts jsonb;
BEGIN
  PERFORM rules.require('sw_adv');
  SELECT * INTO v_old FROM catalogue WHERE id = rules.input_id(p_data);
  v_parts := COALESCE(to_jsonb(v_old), '{}') || p_data;
  -- It is called by its parts until somebody gives it a name, and again when that name is emptied.
  IF COALESCE(btrim(p_data ->> 'name'), '') = '' AND (p_data ? 'name' OR v_old.id IS NULL OR v_old.name = rules.catalogue_name(to_jsonb(v_old))) THEN
    -- Its three parts exist already, not only the name they make.
    IF EXISTS (SELECT FROM catalogue WHERE owner = btrim(v_parts ->> 'owner') AND technology = v_parts ->> 'technology'
                                       AND operator_id::text = v_parts ->> 'operator_id' AND id IS DISTINCT FROM v_old.id) THEN
      PERFORM rules.fail('SW012', 'operator_id', 'this catalogue exists', p_reason => 'catalogue_once');
    END IF;
    p_data := p_data || jsonb_build_object('name', rules.catalogue_name(v_parts));
  END IF;
  IF COALESCE(btrim(p_data ->> 'position'), '') = '' AND (p_data ? 'position' OR v_old.id IS NULL) THEN
    p_data := p_data || jsonb_build_object('position', (SELECT COALESCE(max(position), 0) + 1 FROM catalogue WHERE id IS DISTINCT FROM v_old.id));
  END IF;
  RETURN rules.save_record('catalogue', 'api.catalogue', p_data, '{name,owner,technology,operator_id,active,position}');
END
$$;
COMMENT ON FUNCTION api.catalogue_save(jsonb) IS
  'Creates or changes a catalogue; without a name of its own it is called owner – technology – operator, whatever these become; without a position it comes after the others. SW001 SW002 SW003 SW004 SW005 SW012. Role sw_adv.';

CREATE FUNCTION rules.save_offer_options(p_offer_id bigint, p_data jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  IF NOT p_data ? 'option_ids' THEN
    RETURN;
  END IF;
  BEGIN
    v_ids := ARRAY(SELECT DISTINCT value::bigint FROM jsonb_array_elements_text(p_data -> 'option_ids'));
  EXCEPTION WHEN data_exception THEN
    PERFORM rules.invalid('option_ids', 'invalid_value', 'an array of ids is expected');
  END;
  IF v_ids <> '{}' AND (SELECT kind FROM offer WHERE id = p_offer_id) <> 'subscription' THEN
    PERFORM rules.invalid('option_ids', 'options_of_subscription', 'only a subscription carries options');
  ELSIF (SELECT count(*) FROM offer WHERE id = ANY (v_ids) AND kind = 'option') <> cardinality(v_ids) THEN
    PERFORM rules.invalid('option_ids', 'not_an_option', 'one of these is no option');
  END IF;
  DELETE FROM offer_option WHERE offer_id = p_offer_id AND option_id <> ALL (v_ids);
  INSERT INTO offer_option (offer_id, option_id) SELECT p_offer_id, unnest(v_ids) ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION rules.save_offer_options(bigint, jsonb) IS 'Writes the options a subscription may carry (option_ids), when the key is present.';

CREATE FUNCTION rules.save_offer_option_rows(p_offer_id bigint, p_data jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_kind text := (SELECT kind FROM offer WHERE id = p_offer_id);
  v_row record;
BEGIN
  FOR v_row IN
    SELECT * FROM rules.save_children('offer_option', 'api.offer_option', p_data, 'options', '{option_id}', jsonb_build_object('offer_id', p_offer_id))
  LOOP
    IF v_kind <> 'subscription' THEN
      PERFORM rules.invalid(v_row.path || 'option_id', 'options_of_subscription', 'only a subscription carries options');
    ELSIF NOT EXISTS (SELECT FROM offer_option AS k JOIN offer AS o ON o.id = k.option_id WHERE k.id = v_row.id AND o.kind = 'option') THEN
      PERFORM rules.invalid(v_row.path || 'option_id', 'not_an_option', 'this is no option');
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION rules.save_offer_option_rows(bigint, jsonb) IS
  'The same as rows of a form: options [{option_id}, {id, option_id}, {id, deleted}].';

CREATE FUNCTION rules.fields_not_of_offer(p_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_kind
  WHEN 'subscription' THEN '{option_family,equipment_kind,brand,model}'::text[]
  WHEN 'option' THEN '{equipment_kind,brand,model}'
  WHEN 'service' THEN '{data_gb,throughput_mbps,option_family,equipment_kind,brand,model}'
  WHEN 'equipment' THEN '{commitment_months,data_gb,throughput_mbps,option_family}' ELSE '{}' END;
COMMENT ON FUNCTION rules.fields_not_of_offer(text) IS 'The fields a kind of offer does not have: hidden by clients, refused when filled, emptied when the kind changes.';

CREATE FUNCTION rules.offer_fit_kind(p_data jsonb, p_old_kind text) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_kind text := COALESCE(p_data ->> 'kind', p_old_kind);
  v_absent text[] := rules.fields_not_of_offer(v_kind);
  v_field text;
BEGIN
  SELECT f INTO v_field FROM unnest(v_absent) AS f WHERE COALESCE(btrim(p_data ->> f), '') NOT IN ('', '0') LIMIT 1;
  IF FOUND THEN
    PERFORM rules.invalid(v_field, 'not_for_offer_kind', format('an offer of kind %s has no %s', v_kind, v_field));
  ELSIF v_kind <> p_old_kind AND v_absent <> '{}' THEN
    p_data := p_data || (SELECT jsonb_object_agg(f, CASE f WHEN 'commitment_months' THEN 0 END) FROM unnest(v_absent) AS f);
  END IF;
  RETURN p_data;
END
$$;
COMMENT ON FUNCTION rules.offer_fit_kind(jsonb, text) IS
  'What is saved of an offer: SW005 not_for_offer_kind on a field its kind does not have; what it had as another kind is emptied.';

CREATE FUNCTION api.offer_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_keys text[] := '{catalogue_id,kind,code,label,description,recurring,price,price_months,vat_rate,commitment_months,data_gb,throughput_mbps,option_family,equipment_kind,brand,model,valid_from_on,valid_until_on}';
  v_old offer;
  v_id bigint;
BEGIN
  PERFORM rules.require('sw_adv', 'sw_accounting');
  IF p_data ? 'purchase_price' AND NOT rules.sees_margin() THEN
    PERFORM rules.fail('SW003', 'purchase_price', 'purchase prices are for managers', p_hint => array_to_string(rules.managers(), ', '));
  END IF;
  SELECT * INTO v_old FROM offer WHERE id = rules.input_id(p_data);
  p_data := rules.offer_fit_kind(p_data, v_old.kind);
  v_id := rules.save_record('offer', 'api.offer', p_data - '{sold,margin,margin_rate}'::text[], v_keys || '{purchase_price}',
    jsonb_build_object('valid_from_on', rules.today()), '{option_ids,options}');
  -- What was sold as one kind cannot become another.
  IF v_old.kind <> (SELECT kind FROM offer WHERE id = v_id) AND EXISTS (SELECT FROM contract_item WHERE offer_id = v_id) THEN
    PERFORM rules.fail('SW013', 'kind', 'this offer was sold');
  END IF;
  -- What it was compatible with as another kind.
  DELETE FROM offer_option AS k USING offer AS o
   WHERE o.id = v_id AND v_old.kind <> o.kind AND (k.offer_id = v_id OR k.option_id = v_id);
  PERFORM rules.save_offer_options(v_id, p_data);
  PERFORM rules.save_offer_option_rows(v_id, p_data);
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.offer_save(jsonb) IS
  'Creates or changes an offer: keys are columns of api.offer, option_ids (the options a subscription may carry) or options [{option_id}] (changes of them, as rows), purchase_price (managers). Valid from today unless valid_from_on says otherwise. What was sold does not change. SW001 SW002 SW003 SW004 SW005 SW012 SW013. Roles sw_adv, sw_accounting.';

CREATE FUNCTION api.bundle_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_item record;
BEGIN
  PERFORM rules.require('sw_adv');
  v_id := rules.save_record('bundle', 'api.bundle', p_data - 'one_off_net', '{code,label,active}', '{}', '{items}');
  FOR v_item IN SELECT * FROM rules.save_children('bundle_item', 'api.bundle_item', p_data, 'items', '{offer_id,quantity,price,position}',
                                                  jsonb_build_object('bundle_id', v_id)) LOOP
    -- One more offer comes after the others.
    IF NOT v_item.entry ? 'id' AND NOT v_item.entry ? 'position' THEN
      UPDATE bundle_item SET position = (SELECT max(position) + 1 FROM bundle_item WHERE bundle_id = v_id) WHERE id = v_item.id;
    END IF;
  END LOOP;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION api.bundle_save(jsonb) IS
  'Creates or changes a bundle: columns of api.bundle, items [{offer_id, quantity, price (null: the offer''s), position}]. SW001 SW002 SW003 SW004 SW005 SW012. Role sw_adv.';
