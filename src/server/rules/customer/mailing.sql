-- Who a letter goes to and how the envelope says it (EXPT-01): French postal addresses, AFNOR NF Z10-011.

CREATE FUNCTION rules.postal_line(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NULLIF(btrim(regexp_replace(p_text, '\s+', ' ', 'g')), '');
COMMENT ON FUNCTION rules.postal_line(text) IS 'A line of an address, its spaces in order; null when there is nothing in it.';

CREATE FUNCTION rules.postal_town(p_postcode text, p_city text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
-- Sorting machines read capitals without accents, apostrophes and dashes.
RETURN rules.postal_line(concat_ws(' ', p_postcode, upper(regexp_replace(rules.fold(p_city), '[^[:alnum:]]+', ' ', 'g'))));
COMMENT ON FUNCTION rules.postal_town(text, text) IS 'The line of the town: 56000 VANNES, 75008 PARIS CEDEX 08.';

CREATE FUNCTION rules.postal_lines
  (p_name text, p_attention text, p_address_1 text, p_address_2 text, p_postcode text, p_city text, p_country text)
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  -- Six lines at most: the recipient, the person, where, the town, and the country for those abroad.
  SELECT array_remove(ARRAY[rules.postal_line(p_name), NULLIF(rules.postal_line(p_attention), rules.postal_line(p_name)), rules.postal_line(p_address_1),
    rules.postal_line(p_address_2), rules.postal_town(p_postcode, p_city),
    CASE WHEN p_country <> 'FR' THEN (SELECT upper(name) FROM country WHERE code = p_country) END], NULL)
$$;
COMMENT ON FUNCTION rules.postal_lines(text, text, text, text, text, text, text) IS
  'The lines of an address as they stand on an envelope: at most six, the town in capitals, the country when it is abroad. Nothing is cut: a line of more than 38 characters is written narrower.';

CREATE FUNCTION api.mailing(p_ids bigint[], p_to text DEFAULT 'customer') RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_recipients jsonb;
BEGIN
  IF p_to NOT IN ('customer', 'contact', 'billing_manager') THEN
    PERFORM rules.fail('SW005', 'p_to', 'customer, contact or billing_manager', p_reason => 'invalid_value');
  END IF;
  SELECT COALESCE(jsonb_agg(jsonb_build_object(
           'id', c.id, 'number', c.number, 'name', n.name, 'attention', k.attention, 'address_1', c.address_1, 'address_2', c.address_2, 'postcode', c.postcode,
           'city', c.city, 'country', (SELECT y.name FROM country AS y WHERE y.code = c.country), 'email', COALESCE(k.email, c.email),
           'deliverable', rules.postal_line(c.city) IS NOT NULL AND COALESCE(rules.postal_line(c.address_1), rules.postal_line(c.address_2)) IS NOT NULL,
           'lines', rules.postal_lines(n.name, k.attention, c.address_1, c.address_2, c.postcode, c.city, c.country)) ORDER BY w.n, k.id), '[]')
    INTO v_recipients
    FROM unnest(p_ids) WITH ORDINALITY AS w (id, n)
    JOIN customer AS c ON c.id = w.id
   CROSS JOIN LATERAL (
     SELECT CASE WHEN c.legal_kind = 'individual' THEN concat_ws(' ', CASE c.title WHEN 'mr' THEN 'M.' WHEN 'mrs' THEN 'Mme' END, c.legal_name)
                 ELSE c.legal_name END) AS n (name)
   CROSS JOIN LATERAL (
     SELECT NULL::bigint AS id, NULL::text AS attention, NULL::text AS email WHERE p_to = 'customer'
     UNION ALL
     SELECT t.id, concat_ws(' ', CASE t.title WHEN 'mr' THEN 'M.' WHEN 'mrs' THEN 'Mme' END, t.first_name, t.last_name), t.email
       FROM contact AS t WHERE t.customer_id = c.id AND (p_to = 'contact' OR p_to = 'billing_manager' AND t.is_billing_manager)) AS k;
  RETURN jsonb_build_object('recipients', v_recipients);
END
$$;
COMMENT ON FUNCTION api.mailing(bigint[], text) IS
  'Names and postal addresses of customers for a mailing (EXPT-01), in the order of the ids: {recipients: [{id, number, name, attention, address_1, address_2, postcode, city, country, email, deliverable, lines}]}. p_to customer, or a recipient a contact (contact, billing_manager); lines as on an envelope; deliverable false when the address has no street or no town. SW005. Office.';
SELECT rules.let_call('api.mailing(bigint[],text)', VARIADIC rules.office());
