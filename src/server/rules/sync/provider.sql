-- Systems of operators: where they are, never their secrets.

CREATE VIEW api.provider WITH (security_invoker = true) AS
SELECT p.id, p.code, p.label, p.base_url, p.account, p.ca_file, p.page_size, p.active, p.synchronised_until, p.row_version,
       (SELECT r.status FROM softwhere.sync_run AS r WHERE r.provider = p.code ORDER BY r.id DESC LIMIT 1) AS last_status,
       (SELECT count(*) FROM softwhere.sync_anomaly AS a WHERE a.provider = p.code AND a.resolved_at IS NULL) AS open_anomalies
  FROM softwhere.provider AS p;
COMMENT ON VIEW api.provider IS
  'Systems of operators: address (https), account, ca_file (the certificates trusted, the system''s when null), page_size (objects a page). Their secrets are in keyrings or on the courier''s disk, never here. Office.';

CREATE FUNCTION api.provider_save(p_data jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_id bigint := rules.input_id(p_data);
  v_provider provider;
  v_input jsonb;
BEGIN
  PERFORM rules.require('sw_admin');
  SELECT * INTO v_provider FROM provider WHERE id = v_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'id', 'record not found');
  END IF;
  PERFORM rules.refuse_read_only(p_data, 'api.provider', '{label,base_url,account,ca_file,page_size,active}', '');
  PERFORM rules.check_version(p_data, v_provider.row_version);
  v_input := rules.read_input('provider', p_data, '{label,base_url,account,ca_file,page_size,active}');
  v_provider := jsonb_populate_record(v_provider, v_input);
  IF v_provider.active AND v_provider.base_url IS NULL THEN
    PERFORM rules.required('base_url');
  END IF;
  RETURN rules.write_row('provider', v_id, v_input);
END
$$;
COMMENT ON FUNCTION api.provider_save(jsonb) IS
  'Changes the address, account and page_size of a provider; keys are columns of api.provider. SW001 SW002 SW003 SW004 SW005 (base_url: https, or http to this machine). Administrator.';

CREATE FUNCTION rules.provider_of(p_code text) RETURNS softwhere.provider
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_provider provider;
BEGIN
  SELECT * INTO v_provider FROM provider WHERE code = p_code;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'provider', 'there is no such provider');
  ELSIF NOT v_provider.active OR v_provider.base_url IS NULL THEN
    PERFORM rules.fail('SW006', 'provider', format('%s has no address, or is not in use', v_provider.label), 'provider_address');
  END IF;
  RETURN v_provider;
END
$$;
COMMENT ON FUNCTION rules.provider_of(text) IS 'A provider in use: SW002, SW006 provider_address.';
