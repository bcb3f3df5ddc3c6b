-- Asked again after a cut, a change is made once: it carries a key, and the key is kept with the effect and its answer.

CREATE FUNCTION rules.request_claim(p_key uuid, p_function text, p_body bytea, OUT done boolean, OUT answer text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_known request;
BEGIN
  IF p_key IS NULL THEN
    PERFORM rules.fail('SW004', 'p_key', 'a request key is required');
  END IF;
  -- The same key in another session that still runs: waits for its end.
  INSERT INTO request (login, key, function, body) VALUES (rules.caller(), p_key, p_function, p_body) ON CONFLICT DO NOTHING;
  done := NOT FOUND;
  IF done THEN
    SELECT * INTO v_known FROM request WHERE login = rules.caller() AND key = p_key;
    IF p_function IS NOT NULL AND (v_known.function, v_known.body) IS DISTINCT FROM (p_function, p_body) THEN
      PERFORM rules.fail('SW012', 'p_key', 'this request key was used for something else', p_reason => 'request_key_used');
    END IF;
    done := v_known.function IS NOT NULL;
    answer := v_known.answer;
  END IF;
END
$$;
COMMENT ON FUNCTION rules.request_claim(uuid, text, bytea) IS
  'Takes a request key for the caller, or tells that what it stands for was done, with its answer. No function: gives the key up. SW012 (request_key_used) when it stands for something else or was given up.';

CREATE FUNCTION rules.request_answer(p_key uuid, p_answer text) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
-- An answer once given is never rewritten.
AS $$ UPDATE request SET answer = p_answer WHERE login = rules.caller() AND key = p_key AND answer IS NULL AND function IS NOT NULL $$;
COMMENT ON FUNCTION rules.request_answer(uuid, text) IS 'Keeps the answer of a request of the caller that has none yet.';

CREATE FUNCTION rules.argument(p_type regtype, p_value jsonb) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
  SELECT CASE
    WHEN jsonb_typeof(p_value) = 'null' THEN NULL
    WHEN p_type IN ('json', 'jsonb') THEN p_value::text
    WHEN p_type = 'bytea'::regtype THEN decode(p_value #>> '{}', 'base64')::text
    WHEN jsonb_typeof(p_value) = 'array' THEN (SELECT array_agg(e)::text FROM jsonb_array_elements_text(p_value) AS e)
    ELSE p_value #>> '{}' END
$$;
COMMENT ON FUNCTION rules.argument(regtype, jsonb) IS 'A JSON value as the text PostgreSQL reads for a type; bytea is written in base64.';

CREATE FUNCTION api.call(p_key uuid, p_function text, p_arguments jsonb DEFAULT '{}') RETURNS text
LANGUAGE plpgsql
SET search_path = api, rules, pg_temp
AS $$
DECLARE
  v_function record;
  v_request record;
  v_arguments text;
  v_values text[];
  v_answer text;
BEGIN
  SELECT p.oid::regproc AS name, p.proargnames AS names, p.proargtypes::oid[]::regtype[] AS types, p.proretset AS is_set
    INTO v_function
    FROM pg_catalog.pg_proc AS p
   WHERE p.pronamespace = 'api'::regnamespace AND p.prokind = 'f' AND p.proname = p_function AND p.proname <> 'call';
  IF NOT FOUND OR jsonb_typeof(p_arguments) IS DISTINCT FROM 'object' THEN
    PERFORM rules.fail('SW005', CASE WHEN v_function IS NULL THEN 'p_function' ELSE 'p_arguments' END,
      'there is no such function of the api schema, or its arguments are no object');
  END IF;

  SELECT * INTO v_request FROM rules.request_claim(p_key, p_function, sha256(convert_to(p_arguments::text, 'UTF8')));
  IF v_request.done THEN
    RETURN v_request.answer;
  END IF;
  -- Every value is a parameter, cast; a name that is none of the function's is refused by PostgreSQL. The proargtypes count from 0.
  SELECT string_agg(CASE WHEN a.is_position THEN '' ELSE format('%I => ', a.key) END || format('$1[%s]::%s', a.rank, COALESCE(a.type, 'text')), ', ' ORDER BY a.rank),
         array_agg(rules.argument(a.type, a.value) ORDER BY a.rank)
    INTO v_arguments, v_values
    FROM (SELECT e.key, e.value, k.is_position, v_function.types[n.position - 1] AS type,
                 row_number() OVER (ORDER BY NOT k.is_position, n.position) AS rank
            FROM jsonb_each(p_arguments) AS e,
                 LATERAL (SELECT e.key ~ '^[1-9][0-9]?$' AS is_position) AS k,
                 LATERAL (SELECT CASE WHEN k.is_position THEN e.key::int ELSE array_position(v_function.names, e.key) END AS position) AS n) AS a;
  -- With the rights of the caller, who may execute it or not.
  IF v_function.is_set THEN
    EXECUTE format('SELECT COALESCE(jsonb_agg(to_jsonb(r)), ''[]'') FROM %s(%s) AS r', v_function.name, v_arguments) INTO v_answer USING v_values;
  ELSE
    EXECUTE format('SELECT %s(%s)', v_function.name, v_arguments) INTO v_answer USING v_values;
  END IF;
  PERFORM rules.request_answer(p_key, v_answer);
  RETURN v_answer;
END
$$;
COMMENT ON FUNCTION api.call(uuid, text, jsonb) IS
  'Runs function p_function of the api schema once: asked again with the same key by the same login, even after a cut or from another session, it only repeats its answer. p_arguments: by name, or by position ("1", "2"); bytea in base64. Returns the answer as text, a set as a JSON array. Errors: those of the function, SW005 (unknown function), SW012 (the key stands for something else or was given up), 42501. Whoever may execute the function.';

CREATE FUNCTION api.give_up(p_key uuid, OUT done boolean, OUT answer text)
LANGUAGE sql
SET search_path = api, rules, pg_temp
AS $$ SELECT c.done, c.answer FROM rules.request_claim(p_key, NULL, NULL) AS c $$;
COMMENT ON FUNCTION api.give_up(uuid) IS
  'Ends a request whose answer never came: tells whether it was done, with its answer; otherwise it never will be, even if it still arrives. Everybody, for their own requests.';

DO $$
DECLARE
  v_everyone text := array_to_string(rules.office() || '{sw_partner,sw_customer}', ', ');
BEGIN
  EXECUTE 'GRANT EXECUTE ON FUNCTION api.call(uuid, text, jsonb), api.give_up(uuid), rules.request_claim(uuid, text, bytea), rules.request_answer(uuid, text), rules.argument(regtype, jsonb) TO '
          || v_everyone;
END
$$;

-- Answers may hold what their asker may no longer see: nobody reads them but through the functions above.
CREATE POLICY nobody_reads ON softwhere.request USING (false);
