-- A postcode fills its city, and the city its place on the map.

CREATE FUNCTION rules.place(p_old jsonb, p_row jsonb, p_data jsonb, p_prefix text DEFAULT '') RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_postcode text := p_row ->> (p_prefix || 'postcode');
  v_city text := p_row ->> (p_prefix || 'city');
  v_place record;
BEGIN
  IF v_postcode IS NULL OR COALESCE(p_row ->> (p_prefix || 'country'), 'FR') <> 'FR'
     OR NOT p_data ?| ARRAY[p_prefix || 'postcode', p_prefix || 'city'] THEN
    RETURN '{}';
  END IF;
  -- A new postcode without a city asks for one.
  IF v_postcode IS DISTINCT FROM p_old ->> (p_prefix || 'postcode') AND COALESCE(p_data ->> (p_prefix || 'city'), '') = '' THEN
    v_city := NULL;
  END IF;
  SELECT min(city) AS city, avg(latitude) AS latitude, avg(longitude) AS longitude INTO v_place
    FROM postcode
   WHERE postcode = v_postcode AND (v_city IS NULL OR rules.fold(city) = rules.fold(v_city))
  HAVING count(DISTINCT city) = 1;
  RETURN CASE
    WHEN NOT FOUND THEN jsonb_build_object(p_prefix || 'city', v_city)
      || CASE WHEN v_city IS NULL AND NOT p_data ?| '{latitude,longitude}' THEN '{"latitude": null, "longitude": null}'::jsonb ELSE '{}' END
    ELSE jsonb_build_object(p_prefix || 'city', COALESCE(v_city, v_place.city))
      || CASE WHEN p_data ?| '{latitude,longitude}' THEN '{}'
              ELSE jsonb_build_object('latitude', v_place.latitude, 'longitude', v_place.longitude) END
    END;
END
$$;
COMMENT ON FUNCTION rules.place(jsonb, jsonb, jsonb, text) IS
  'What the postcode of a row adds, when p_data touches the place: the city when only one commune has this postcode and none is given, and the centre of a known city.';
