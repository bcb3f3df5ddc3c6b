-- One offer, one bundle, one catalogue, with all their page shows.

CREATE FUNCTION api.catalogue_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(c) - 'search_text' FROM api.catalogue AS c WHERE c.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object('offers',
    (SELECT COALESCE(jsonb_agg(to_jsonb(f) - 'search_text' ORDER BY f.kind, f.label, f.id), '[]') FROM api.offer AS f WHERE f.catalogue_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.catalogue_record(bigint) IS 'Columns of api.catalogue, and offers. Amounts as text. SW002. Office.';

CREATE FUNCTION api.operator_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(o) - 'search_text' FROM api.operator AS o WHERE o.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN v_record;
END
$$;
COMMENT ON FUNCTION api.operator_record(bigint) IS 'Columns of api.operator. SW002. Office.';

CREATE FUNCTION api.offer_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(f) - 'search_text' FROM api.offer AS f WHERE f.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  -- A statement of its own: the permission on purchase prices is checked even where nothing is read.
  IF rules.sees_margin() THEN
    v_record := v_record || (SELECT jsonb_build_object('purchase_price', m.purchase_price, 'margin', m.margin, 'margin_rate', m.margin_rate)
                               FROM api.offer_margin AS m WHERE m.id = p_id);
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object(
    'option_ids', (SELECT COALESCE(jsonb_agg(option_id ORDER BY option_id), '[]') FROM offer_option WHERE offer_id = p_id),
    'options', (SELECT COALESCE(jsonb_agg(to_jsonb(k) - '{offer_id}'::text[] ORDER BY k.label, k.id), '[]') FROM api.offer_option AS k WHERE k.offer_id = p_id),
    'sold', (SELECT count(*) FROM contract_item WHERE offer_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.offer_record(bigint) IS
  'Columns of api.offer, option_ids, options (rows of api.offer_option), sold (how many contract items were copied from it); for managers also purchase_price, margin, margin_rate. Amounts as text. SW002. Office.';

CREATE FUNCTION api.bundle_record(p_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_record jsonb := (SELECT to_jsonb(b) - 'search_text' FROM api.bundle AS b WHERE b.id = p_id);
BEGIN
  IF v_record IS NULL THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  RETURN rules.numbers_as_text(v_record || jsonb_build_object('items',
    (SELECT COALESCE(jsonb_agg(to_jsonb(i) ORDER BY i.position, i.id), '[]') FROM api.bundle_item AS i WHERE i.bundle_id = p_id)));
END
$$;
COMMENT ON FUNCTION api.bundle_record(bigint) IS
  'Columns of api.bundle, and items with section, label, unit_price, vat_rate, recurring, price_months: what a contract takes in one click. SW002. Office.';
