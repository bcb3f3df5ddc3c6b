-- Items of a contract: free in creation; afterwards a change is two rows, one that ends and one that begins.

CREATE FUNCTION rules.item_frozen_key(p_old softwhere.contract_item, p_new softwhere.contract_item) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE
  WHEN p_new.contract_id <> p_old.contract_id THEN 'contract_id'
  WHEN p_new.label <> p_old.label THEN 'label'
  WHEN p_new.section <> p_old.section THEN 'section'
  WHEN p_new.subscribed_on IS DISTINCT FROM p_old.subscribed_on THEN 'subscribed_on'
  WHEN p_new.quantity <> p_old.quantity THEN 'quantity'
  WHEN p_new.unit_price <> p_old.unit_price THEN 'unit_price'
  WHEN p_new.vat_rate IS DISTINCT FROM p_old.vat_rate THEN 'vat_rate'
  WHEN p_new.recurring <> p_old.recurring THEN 'recurring'
  WHEN p_new.price_months <> p_old.price_months THEN 'price_months'
  WHEN p_new.prorate_start <> p_old.prorate_start THEN 'prorate_start'
  WHEN p_new.offer_id IS DISTINCT FROM p_old.offer_id THEN 'offer_id'
END;
COMMENT ON FUNCTION rules.item_frozen_key(softwhere.contract_item, softwhere.contract_item) IS
  'The first commercial column that differs: those are frozen once the item counts.';

CREATE FUNCTION rules.item_is_free(p_item softwhere.contract_item) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  -- No row: the contract itself is being deleted.
  SELECT COALESCE((SELECT c.step = 'creation'
                       OR COALESCE(p_item.subscribed_on > c.effective_on, false) AND p_item.billed_until_on IS NULL
                     FROM contract AS c WHERE c.id = p_item.contract_id), true)
$$;
COMMENT ON FUNCTION rules.item_is_free(softwhere.contract_item) IS
  'Whether an item may still be reworded or removed: the contract is in creation, or it was added later and not billed yet.';

CREATE FUNCTION rules.contract_item_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NOT rules.item_is_free(OLD) THEN
    PERFORM rules.fail('SW016', CASE TG_OP WHEN 'UPDATE' THEN rules.item_frozen_key(OLD, NEW) END,
      'this item is frozen: end it and add another');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION rules.contract_item_guard() IS 'Raises SW016 when a frozen item would change its commercial part or vanish.';

-- The conditions keep the trigger out of the way of billing, which only moves billed_until_on and billed_with_contract.
CREATE TRIGGER contract_item_frozen BEFORE UPDATE ON softwhere.contract_item FOR EACH ROW
  WHEN ((OLD.contract_id, OLD.label, OLD.section, OLD.subscribed_on, OLD.quantity, OLD.unit_price, OLD.vat_rate, OLD.recurring,
         OLD.price_months, OLD.prorate_start, OLD.offer_id) IS DISTINCT FROM
        (NEW.contract_id, NEW.label, NEW.section, NEW.subscribed_on, NEW.quantity, NEW.unit_price, NEW.vat_rate, NEW.recurring,
         NEW.price_months, NEW.prorate_start, NEW.offer_id))
  EXECUTE FUNCTION rules.contract_item_guard();
CREATE TRIGGER contract_item_kept BEFORE DELETE ON softwhere.contract_item FOR EACH ROW
  EXECUTE FUNCTION rules.contract_item_guard();
ALTER TABLE softwhere.contract_item ENABLE ALWAYS TRIGGER contract_item_frozen;
ALTER TABLE softwhere.contract_item ENABLE ALWAYS TRIGGER contract_item_kept;

-- Billing only moves billed_until_on and billed_with_contract: that is no new version.
CREATE TRIGGER bump_row_version BEFORE UPDATE ON softwhere.contract_item FOR EACH ROW
  WHEN ((NEW.billed_until_on, NEW.billed_with_contract) IS NOT DISTINCT FROM (OLD.billed_until_on, OLD.billed_with_contract)
        AND OLD.* IS DISTINCT FROM NEW.*)
  EXECUTE FUNCTION rules.bump_row_version();

CREATE FUNCTION rules.item_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{position,section,label,description,origin,subscribed_on,ends_on,quantity,unit_price,vat_rate,recurring,price_months,prorate_start,prorate_end,offer_id}'::text[];
COMMENT ON FUNCTION rules.item_keys() IS 'Keys of an item a save may write.';

CREATE FUNCTION rules.add_item(p_contract softwhere.contract, p_values jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_item jsonb := rules.read_input('contract_item', jsonb_strip_nulls(p_values), rules.item_keys(), '{}', p_path, true, '{label}');
BEGIN
  -- An offer fills what is not said.
  IF v_item ->> 'offer_id' IS NOT NULL THEN
    v_item := rules.offer_as_item((v_item ->> 'offer_id')::bigint, COALESCE((v_item ->> 'subscribed_on')::date, rules.today()), p_path || 'offer_id')
      || jsonb_strip_nulls(v_item);
  END IF;
  PERFORM rules.write_row('contract_item', NULL,
    rules.default_row('contract_item')
    || jsonb_build_object('contract_id', p_contract.id, 'customer_id', p_contract.customer_id,
         'position', (SELECT COALESCE(max(position) + 1, 0) FROM contract_item WHERE contract_id = p_contract.id),
         'subscribed_on', CASE WHEN p_contract.step <> 'creation' THEN GREATEST(rules.today(), p_contract.effective_on) END)
    || v_item, p_path);
END
$$;
COMMENT ON FUNCTION rules.add_item(softwhere.contract, jsonb, text) IS
  'Adds an item, what is not said being that of its offer_id. In a started contract it counts from today unless subscribed_on says otherwise.';

CREATE FUNCTION rules.save_item(p_contract softwhere.contract, p_values jsonb, p_path text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old contract_item;
  v_new contract_item;
  v_frozen text;
BEGIN
  PERFORM rules.refuse_read_only(p_values, 'api.contract_item', rules.item_keys() || '{deleted}', p_path);
  IF rules.input_id(p_values, p_path) IS NULL THEN
    IF NOT rules.is_deleted(p_values) THEN
      PERFORM rules.add_item(p_contract, p_values, p_path);
    END IF;
    RETURN;
  END IF;
  SELECT * INTO v_old FROM contract_item WHERE id = rules.input_id(p_values, p_path) AND contract_id = p_contract.id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', p_path || 'id', 'this item is not in the contract');
  END IF;
  PERFORM rules.check_version(p_values, v_old.row_version, p_path);
  v_new := jsonb_populate_record(v_old, rules.read_input('contract_item', p_values, rules.item_keys(), '{}', p_path));
  v_frozen := CASE WHEN rules.is_deleted(p_values) THEN 'deleted' ELSE rules.item_frozen_key(v_old, v_new) END;
  IF v_frozen IS NOT NULL AND NOT rules.item_is_free(v_old) THEN
    PERFORM rules.fail('SW016', p_path || v_frozen, 'this item is frozen: end it and add another');
  ELSIF rules.is_deleted(p_values) THEN
    DELETE FROM contract_item WHERE id = v_old.id;
  ELSE
    PERFORM rules.write_row('contract_item', v_old.id, to_jsonb(v_new), p_path);
  END IF;
END
$$;
COMMENT ON FUNCTION rules.save_item(softwhere.contract, jsonb, text) IS
  'One entry of items: without id added, "deleted" removed while free, else changed.';
