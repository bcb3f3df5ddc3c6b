-- Creating and changing a contract. Nested items and equipment are in save_item.sql and save_equipment.sql.

CREATE FUNCTION rules.contract_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN '{number,title,customer_id,billing_site_id,contract_type,metered,issued_on,sent_on,signed_on,effective_on,end_on,periodicity_months,next_periodicity_months,tacit_renewal,renewal_months,notice_months}'::text[];
COMMENT ON FUNCTION rules.contract_keys() IS 'Keys of a contract a save may write; the other columns of the view are read only.';

CREATE FUNCTION rules.entries(p_values jsonb, p_key text, p_path text) RETURNS TABLE (path text, entry jsonb)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT format('%s%s[%s].', p_path, p_key, e.n - 1), e.value
    FROM rules.input_array(p_values, p_key) WITH ORDINALITY AS e (value, n) ORDER BY e.n
$$;
COMMENT ON FUNCTION rules.entries(jsonb, text, text) IS
  'Entries of a nested array of a save, each with the path of its fields: items[0]. and so on; none when the key is absent.';

CREATE FUNCTION rules.refuse_read_only(p_values jsonb, p_view regclass, p_keys text[], p_path text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  -- What moves by itself, or comes back with a record, is ignored.
  v_ignored text[] := '{id,row_version,indicator,deadline_on,deadline_days,monthly_net,search_text,updated_at,updated_by,state,net,gross,readings,invoices,events,attachments,next_actions,locked}';
  v_shown jsonb := '{}';
BEGIN
  IF rules.input_id(p_values, p_path) IS NOT NULL THEN
    EXECUTE format('SELECT to_jsonb(v) FROM %s AS v WHERE id = $1', p_view) INTO v_shown USING rules.input_id(p_values, p_path);
  END IF;
  PERFORM rules.refuse_unknown_keys(p_values, p_keys || v_ignored, COALESCE(v_shown, '{}'), p_path);
END
$$;
COMMENT ON FUNCTION rules.refuse_read_only(jsonb, regclass, text[], text) IS
  'SW005 on a key that is neither in p_keys nor a column of the view coming back unchanged: a misspelt field is an error, not a loss.';

-- Every change makes a new version; bulk work that counts versions itself pays nothing.
CREATE TRIGGER bump_row_version BEFORE UPDATE ON softwhere.contract FOR EACH ROW
  WHEN (NEW.row_version = OLD.row_version AND OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION rules.bump_row_version();

CREATE FUNCTION rules.check_contract_site(p_contract softwhere.contract) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_contract.customer_id IS NULL THEN
    PERFORM rules.fail('SW004', 'customer_id', 'the customer is required');
  ELSIF p_contract.billing_site_id IS NULL THEN
    PERFORM rules.fail('SW004', 'billing_site_id', 'the billing site is required');
  ELSIF NOT EXISTS (SELECT FROM billing_site WHERE id = p_contract.billing_site_id AND customer_id = p_contract.customer_id) THEN
    PERFORM rules.invalid('billing_site_id', 'site_of_another_customer', 'this billing site is not one of the customer');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_contract_site(softwhere.contract) IS 'A contract bills to a site of its own customer.';

CREATE FUNCTION rules.contract_insert(p_values jsonb) RETURNS softwhere.contract
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  c contract := jsonb_populate_record(NULL::contract,
    rules.default_row('contract')
    || (SELECT jsonb_build_object('contract_type', 'standard', 'renewal_months', renewal_months, 'notice_months', notice_months,
          'metered', NULL, 'created_on', rules.today(), 'step_entered_on', rules.today(),
          'created_by', rules.caller(), 'updated_by', rules.caller()) FROM parameter)
    || rules.read_input('contract', p_values, rules.contract_keys(), p_is_new => true));
BEGIN
  IF c.next_periodicity_months IS NOT NULL THEN
    PERFORM rules.invalid('next_periodicity_months', 'not_in_creation', 'in creation, change the periodicity itself');
  END IF;
  IF c.billing_site_id IS NULL THEN
    -- The only active site goes without saying.
    SELECT min(id) INTO c.billing_site_id FROM billing_site
     WHERE customer_id = c.customer_id AND status = 'active' HAVING count(*) = 1;
  END IF;
  PERFORM rules.check_contract_site(c);
  IF c.metered IS NULL THEN
    c.metered := jsonb_path_exists(p_values, '$.equipment[*].meters[*]')
      OR COALESCE((SELECT metered FROM contract_type WHERE code = c.contract_type), false);
  END IF;
  c.number := COALESCE(c.number, rules.next_number('contract', rules.today()));
  c.id := rules.write_row('contract', NULL, to_jsonb(c));
  RETURN c;
END
$$;
COMMENT ON FUNCTION rules.contract_insert(jsonb) IS
  'A new contract in creation. Defaults: number of the series, the customer''s only billing site, type standard, metered as its type or when meters come with it.';

CREATE FUNCTION rules.contract_amend(p_old softwhere.contract, p_new softwhere.contract) RETURNS softwhere.contract
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_new.end_on IS DISTINCT FROM p_old.end_on THEN
    PERFORM rules.fail('SW016', 'end_on', 'the end of a started contract moves by renewal, refusal or termination',
      p_hint => 'api.contract_terminate');
  ELSIF p_old.tacit_renewal AND NOT p_new.tacit_renewal THEN
    PERFORM rules.fail('SW016', 'tacit_renewal', 'the renewal is stopped by refusing it', p_hint => 'api.contract_refuse_renewal');
  ELSIF p_new.tacit_renewal AND NOT p_old.tacit_renewal AND p_old.step = 'end_of_contract' THEN
    PERFORM rules.fail('SW016', 'tacit_renewal', 'a contract at its end no longer renews itself');
  END IF;
  -- WF-31: the cycle under way keeps its period; the new one waits in next_periodicity_months and becomes current, with its
  -- own anchor, at the next due date (rules.next_schedule).
  IF p_new.periodicity_months IS DISTINCT FROM p_old.periodicity_months THEN
    p_new.next_periodicity_months := p_new.periodicity_months;
    p_new.periodicity_months := p_old.periodicity_months;
  END IF;
  p_new.next_periodicity_months := NULLIF(p_new.next_periodicity_months, p_new.periodicity_months);
  IF p_old.step = 'end_of_contract' AND p_new.next_periodicity_months IS NOT NULL THEN
    PERFORM rules.fail('SW016', 'periodicity_months', 'a contract at its end has no next period');
  END IF;
  RETURN p_new;
END
$$;
COMMENT ON FUNCTION rules.contract_amend(softwhere.contract, softwhere.contract) IS
  'What a save may still change once the contract has started; the trigger contract_frozen refuses the rest. SW016.';

CREATE FUNCTION rules.contract_update(p_values jsonb) RETURNS softwhere.contract
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old contract := rules.contract_lock(rules.input_id(p_values));
  v_new contract;
BEGIN
  PERFORM rules.check_version(p_values, v_old.row_version);
  IF NOT rules.is_live(v_old.step) THEN
    PERFORM rules.fail('SW007', 'step', format('a contract %s does not change any more', v_old.step));
  END IF;
  v_new := jsonb_populate_record(v_old, rules.read_input('contract', p_values, rules.contract_keys()));
  v_new.updated_at := clock_timestamp();
  v_new.updated_by := rules.caller();
  PERFORM rules.check_contract_site(v_new);
  IF v_old.step <> 'creation' THEN
    v_new := rules.contract_amend(v_old, v_new);
  ELSIF v_new.next_periodicity_months IS NOT NULL THEN
    PERFORM rules.invalid('next_periodicity_months', 'not_in_creation', 'in creation, change the periodicity itself');
  ELSIF v_new.customer_id <> v_old.customer_id AND EXISTS (SELECT FROM contract_equipment WHERE contract_id = v_old.id) THEN
    PERFORM rules.fail('SW013', 'customer_id', 'equipment of the former customer is attached');
  END IF;
  PERFORM rules.write_row('contract', v_old.id, to_jsonb(v_new));
  RETURN v_new;
END
$$;
COMMENT ON FUNCTION rules.contract_update(jsonb) IS 'Changes a live contract; only the keys present change.';

CREATE FUNCTION api.contract_save(p_contract jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_contract contract;
BEGIN
  PERFORM rules.require('sw_adv');
  PERFORM rules.refuse_read_only(p_contract, 'api.contract', rules.contract_keys() || '{items,equipment}', '');
  IF rules.input_id(p_contract) IS NULL THEN
    v_contract := rules.contract_insert(p_contract);
  ELSE
    v_contract := rules.contract_update(p_contract);
  END IF;
  PERFORM rules.save_item(v_contract, e.entry, e.path) FROM rules.entries(p_contract, 'items', '') AS e;
  PERFORM rules.save_equipment(v_contract, e.entry, e.path) FROM rules.entries(p_contract, 'equipment', '') AS e;
  PERFORM rules.settle_meters(v_contract, p_contract ? 'metered');
  RETURN v_contract.id;
END
$$;
COMMENT ON FUNCTION api.contract_save(jsonb) IS
  'Creates (id absent) or changes a contract; keys are the columns of api.contract, nested items, equipment (with meters, with tranches) those of their views. After creation the commercial part is frozen (SW016): items may be added or ended, a new periodicity_months waits for the next cycle (WF-31). SW001, SW002, SW004, SW005, SW007, SW012, SW013 on the field concerned. Role sw_adv.';
