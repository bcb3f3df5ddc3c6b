-- Numbers of invoices, credit notes, customers and contracts (INVT-04): never a gap, never twice (DOMAIN 4.3).

CREATE FUNCTION rules.padded_number(p_number bigint, p_digits int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN length(p_number::text) >= p_digits THEN p_number::text ELSE lpad(p_number::text, p_digits, '0') END;
COMMENT ON FUNCTION rules.padded_number(bigint, int) IS 'The number with at least p_digits digits; never cut.';

CREATE FUNCTION rules.format_tokens(p_template text, p_series text, p_on date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN replace(replace(replace(replace(p_template, '{AAAA}', to_char(p_on, 'YYYY')), '{AA}', to_char(p_on, 'YY')),
  '{MM}', to_char(p_on, 'MM')), '{SERIE}', p_series);
COMMENT ON FUNCTION rules.format_tokens(text, text, date) IS 'A template, or a part of one, with its tokens filled in but for the number.';

CREATE FUNCTION rules.format_numbers(p_template text, p_series text, p_on date, p_first bigint, p_count int) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, rules
AS $$
DECLARE
  v_parts text[] := regexp_match(p_template, '^(.*)\{N(?::([1-9]))?\}(.*)$');
  v_before text := rules.format_tokens(v_parts[1], p_series, p_on);
  v_after text := rules.format_tokens(v_parts[3], p_series, p_on);
BEGIN
  -- The template is read once for all of them: a schedule takes thousands at a time.
  RETURN ARRAY(SELECT v_before || rules.padded_number(n, COALESCE(v_parts[2]::int, 1)) || v_after
                 FROM generate_series(p_first, p_first + p_count - 1) AS n ORDER BY n);
END
$$;
COMMENT ON FUNCTION rules.format_numbers(text, text, date, bigint, int) IS
  'Numbers that follow each other as their template writes them; {N:6} pads with zeros and never cuts.';

CREATE FUNCTION rules.format_number(p_template text, p_series text, p_on date, p_number bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (rules.format_numbers(p_template, p_series, p_on, p_number, 1))[1];
COMMENT ON FUNCTION rules.format_number(text, text, date, bigint) IS 'A number as its template writes it.';

CREATE FUNCTION rules.series_label(p_series text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_series WHEN 'invoice' THEN 'F' WHEN 'credit_note' THEN 'AV' WHEN 'customer' THEN 'CL' WHEN 'contract' THEN 'C'
                     WHEN 'service' THEN 'S' WHEN 'order' THEN 'CDE'
                     WHEN 'mandate' THEN '000042' END;
COMMENT ON FUNCTION rules.series_label(text) IS 'What {SERIE} stands for; for mandates an example, the real one is the customer''s id.';

CREATE FUNCTION rules.next_numbers(p_series text, p_on date, p_count int) RETURNS text[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_series number_series;
  v_first bigint;
BEGIN
  SELECT * INTO STRICT v_series FROM number_series WHERE code = p_series;
  IF p_count < 1 THEN
    RETURN '{}';
  END IF;
  -- The lock on this row until commit is what makes numbers follow each other; a rollback gives them back.
  INSERT INTO number_counter AS c (series, year, next_number, last_on)
  VALUES (p_series, CASE WHEN v_series.restarts_yearly THEN EXTRACT(year FROM p_on)::int ELSE 0 END, 1 + p_count, p_on)
  ON CONFLICT (series, year) DO UPDATE
    SET next_number = c.next_number + p_count, last_on = GREATEST(c.last_on, p_on)
  RETURNING next_number - p_count INTO v_first;
  RETURN rules.format_numbers(v_series.template, rules.series_label(p_series), p_on, v_first, p_count);
END
$$;
COMMENT ON FUNCTION rules.next_numbers(text, date, int) IS
  'The next p_count numbers of a series, in order, issued on p_on, for one transaction. Does not check chronology: see rules.series_last_on().';

CREATE FUNCTION rules.next_number(p_series text, p_on date) RETURNS text
LANGUAGE sql
SET search_path = rules, pg_temp
AS $$ SELECT (rules.next_numbers(p_series, p_on, 1))[1] $$;
COMMENT ON FUNCTION rules.next_number(text, date) IS 'The next number of a series. One at a time is slow in bulk: see rules.next_numbers().';

CREATE FUNCTION rules.return_numbers(p_series text, p_on date, p_count int) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  UPDATE number_counter SET next_number = next_number - p_count
   WHERE series = p_series AND p_count > 0
     AND year = (SELECT CASE WHEN s.restarts_yearly THEN EXTRACT(year FROM p_on)::int ELSE 0 END FROM number_series AS s WHERE s.code = p_series)
$$;
COMMENT ON FUNCTION rules.return_numbers(text, date, int) IS
  'Gives back the last p_count numbers taken by rules.next_numbers() in the same transaction, whose lock lets nobody take others meanwhile.';

CREATE FUNCTION rules.series_last_on(p_series text) RETURNS date
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Locked, so that nobody issues a later one between this answer and the number taken; the series and not its counters,
  -- since each year has one of its own and the first of the year does not exist yet.
  PERFORM FROM number_series WHERE code = p_series FOR NO KEY UPDATE;
  RETURN (SELECT max(last_on) FROM number_counter WHERE series = p_series);
END
$$;
COMMENT ON FUNCTION rules.series_last_on(text) IS
  'Latest day a number of the series was issued on, null when none was; keeps the series locked until commit. An invoice must not be older (art. 242 nonies A).';

CREATE FUNCTION rules.check_template(p_series text, p_template text, p_restarts_yearly boolean, p_field text) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_rest text := regexp_replace(p_template, '\{(AAAA|AA|MM|SERIE|N|N:[1-9])\}', '', 'g');
BEGIN
  IF v_rest ~ '[{}]' THEN
    PERFORM rules.invalid(p_field, 'template_token', 'only {AAAA} {AA} {MM} {N} {N:6} {SERIE} are known');
  ELSIF v_rest ~ '[^A-Za-z0-9+_/-]' THEN
    PERFORM rules.invalid(p_field, 'template_character', 'only letters, digits and + _ / - may be used');
  ELSIF regexp_count(p_template, '\{N(:[1-9])?\}') <> 1 THEN
    PERFORM rules.invalid(p_field, 'template_number', 'the template must contain {N} or {N:6} once');
  ELSIF p_restarts_yearly AND p_template !~ '\{AA(AA)?\}' THEN
    PERFORM rules.invalid(p_field, 'template_year', 'a series that restarts each year must contain {AAAA} or {AA}');
  ELSIF p_series = 'mandate' AND p_template !~ '\{SERIE\}' THEN
    PERFORM rules.invalid(p_field, 'template_series', 'a mandate reference must contain {SERIE}, the id of the customer');
  -- Room for a thousand million numbers of the narrowest template.
  ELSIF length(rules.format_number(p_template, rules.series_label(p_series), '2026-12-31', 99999999)) > 35 THEN
    PERFORM rules.invalid(p_field, 'too_long', 'a number may have 35 characters');
  END IF;
END
$$;
COMMENT ON FUNCTION rules.check_template(text, text, boolean, text) IS
  'SW005 on the field unless the template makes numbers of at most 35 characters [A-Za-z0-9+_/-] that never repeat (BR-FR-01, BR-FR-02).';

CREATE FUNCTION rules.carry_counter(p_series text, p_restarts_yearly boolean) RETURNS void
LANGUAGE sql
SET search_path = softwhere, rules, pg_temp
AS $$
  INSERT INTO number_counter AS c (series, year, next_number, last_on)
  SELECT p_series, CASE WHEN p_restarts_yearly THEN EXTRACT(year FROM rules.today())::int ELSE 0 END, max(next_number), max(last_on)
    FROM number_counter WHERE series = p_series HAVING count(*) > 0
  ON CONFLICT (series, year) DO UPDATE SET next_number = GREATEST(c.next_number, excluded.next_number), last_on = excluded.last_on
$$;
COMMENT ON FUNCTION rules.carry_counter(text, boolean) IS
  'When a series starts or stops restarting each year, the count goes on where it was: no number comes back.';

CREATE FUNCTION rules.set_next_number(p_series text, p_restarts_yearly boolean, p_next text) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF p_next !~ '^[1-9][0-9]{0,8}$' THEN
    PERFORM rules.invalid('next_number', 'invalid_integer', 'a whole number from 1 is expected');
  ELSIF EXISTS (SELECT FROM number_counter WHERE series = p_series AND last_on IS NOT NULL) THEN
    IF p_next::bigint <> (SELECT next_number FROM number_counter WHERE series = p_series ORDER BY year DESC LIMIT 1) THEN
      PERFORM rules.fail('SW013', 'next_number', 'numbers of this series were issued: they follow each other without gap');
    END IF;
    RETURN;
  END IF;
  INSERT INTO number_counter AS c (series, year, next_number)
  VALUES (p_series, CASE WHEN p_restarts_yearly THEN EXTRACT(year FROM rules.today())::int ELSE 0 END, p_next::bigint)
  ON CONFLICT (series, year) DO UPDATE SET next_number = excluded.next_number;
END
$$;
COMMENT ON FUNCTION rules.set_next_number(text, boolean, text) IS
  'Where a series taken over from another system goes on; only before its first number is issued (SW013).';

CREATE VIEW api.number_series WITH (security_invoker = true) AS
SELECT s.code, s.template, s.restarts_yearly, COALESCE(c.next_number, 1) AS next_number, c.last_on IS NOT NULL AS used,
       rules.format_number(s.template, rules.series_label(s.code), rules.today(), COALESCE(c.next_number, 1)) AS preview, s.row_version
  FROM softwhere.number_series AS s
  LEFT JOIN softwhere.number_counter AS c
         ON c.series = s.code AND c.year = CASE WHEN s.restarts_yearly THEN EXTRACT(year FROM rules.today())::int ELSE 0 END;
COMMENT ON VIEW api.number_series IS 'Series of numbers with the next number as it would be today. Office.';

CREATE FUNCTION api.number_series_save(p_data jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_old number_series;
  v_new number_series;
BEGIN
  PERFORM rules.require('sw_accounting');
  SELECT * INTO v_old FROM number_series WHERE code = p_data ->> 'code' FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM rules.fail('SW002', 'code', 'record not found');
  END IF;
  PERFORM rules.refuse_unknown_keys(p_data, '{code,row_version,template,restarts_yearly,next_number}',
    (SELECT to_jsonb(s) FROM api.number_series AS s WHERE code = v_old.code));
  PERFORM rules.check_version(p_data, v_old.row_version);
  v_new := jsonb_populate_record(v_old, rules.read_input('number_series', p_data, '{template,restarts_yearly}'));
  IF v_new.code = 'mandate' THEN
    v_new.restarts_yearly := false;
  END IF;
  PERFORM rules.check_template(v_new.code, v_new.template, v_new.restarts_yearly, 'template');
  IF v_new.restarts_yearly <> v_old.restarts_yearly THEN
    PERFORM rules.carry_counter(v_new.code, v_new.restarts_yearly);
  END IF;
  UPDATE number_series SET template = v_new.template, restarts_yearly = v_new.restarts_yearly WHERE code = v_new.code;
  IF COALESCE(p_data ->> 'next_number', '') <> '' THEN
    PERFORM rules.set_next_number(v_new.code, v_new.restarts_yearly, p_data ->> 'next_number');
  END IF;
END
$$;
COMMENT ON FUNCTION api.number_series_save(jsonb) IS
  'Changes the template of a series: code, template, restarts_yearly, next_number (only before the first use), row_version. SW001 SW002 SW003 SW005 SW013. Administrator, accounting.';
SELECT rules.let_call('api.number_series_save(jsonb)', 'sw_accounting');

SELECT rules.versioned('softwhere.number_series');
SELECT rules.journal('softwhere.number_series', 'number_series');
SELECT rules.watch('softwhere.number_series', 'administration', '');
SELECT rules.let_office_read('softwhere.number_series');
SELECT rules.let_office_read('softwhere.number_counter');
