-- The plan history of lines, rebuilt from what the source tells of their articles (LINE-07, LINE-08): one subscription a day.

CREATE FUNCTION rules.sync_articles(p_run_id bigint)
RETURNS TABLE (object_id bigint, external_id text, grp text, rank text, kind text, code text, label text, price numeric, price_months int,
               purchase_price numeric, quantity numeric, starts_on date, ends_on date)
LANGUAGE sql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
  SELECT DISTINCT ON (l.object_id, a.id) l.object_id, l.external_id || '/' || a.id, CASE a.kind WHEN 'option' THEN a.code ELSE '' END,
         -- A2 comes before A10.
         lpad(a.id, 64), a.kind, a.code, a.label, a.price, a.price_months, a.purchase_price, a.quantity, a.starts_on, c.ends_on
    FROM sync_line AS l
    LEFT JOIN service_line AS s ON s.id = l.line_id
   CROSS JOIN LATERAL jsonb_to_recordset(l.item -> 'articles') AS a
           (id text, kind text, code text, label text, price numeric, price_months int, purchase_price numeric, quantity numeric, starts_on date, ends_on date)
   -- A line that ended subscribes to nothing from then on.
   CROSS JOIN LATERAL (SELECT CASE WHEN l.activity IN ('terminated', 'obsolete')
                                   THEN GREATEST(LEAST(a.ends_on, COALESCE(s.terminated_on, rules.today()) - 1), a.starts_on - 1) ELSE a.ends_on END AS ends_on) AS c
   WHERE l.run_id = p_run_id AND l.problem IS NULL
   ORDER BY l.object_id, a.id, a.starts_on
$$;
COMMENT ON FUNCTION rules.sync_articles(bigint) IS
  'Articles of the lines being taken over, once each; grp: those of a line that exclude one another on a day (all subscriptions, an option by its code).';

CREATE FUNCTION rules.sync_rebuild_plans(p_run_id bigint) RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- Where several count on a day, the one that began last does; what it interrupts may go on afterwards, as a row of its own.
  WITH reached AS (
         SELECT a.*, max(COALESCE(a.ends_on, 'infinity')) OVER (PARTITION BY a.object_id, a.grp ORDER BY a.starts_on, a.rank
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
           FROM rules.sync_articles(p_run_id) AS a),
       article AS MATERIALIZED (SELECT r.*, COALESCE(bool_or(r.starts_on <= r.until) OVER (PARTITION BY r.object_id, r.grp), false) AS is_cut FROM reached AS r),
       messy AS MATERIALIZED (SELECT * FROM article WHERE is_cut),
       edge AS (SELECT object_id, grp, starts_on AS day FROM messy UNION SELECT object_id, grp, ends_on + 1 FROM messy WHERE ends_on IS NOT NULL),
       span AS (SELECT *, lead(day) OVER (PARTITION BY object_id, grp ORDER BY day) AS next_day FROM edge),
       won AS (SELECT s.*, w.external_id,
                      row_number() OVER (PARTITION BY s.object_id, s.grp ORDER BY s.day)
                        - row_number() OVER (PARTITION BY s.object_id, s.grp, w.external_id ORDER BY s.day) AS island
                 FROM span AS s
                CROSS JOIN LATERAL (SELECT m.external_id FROM messy AS m
                                     WHERE (m.object_id, m.grp) = (s.object_id, s.grp) AND s.day BETWEEN m.starts_on AND COALESCE(m.ends_on, 'infinity')
                                     ORDER BY m.starts_on DESC, m.rank DESC LIMIT 1) AS w),
       piece AS (SELECT object_id, external_id, min(day) AS starts_on, max(COALESCE(next_day, 'infinity')) AS next_day,
                        row_number() OVER (PARTITION BY object_id, external_id ORDER BY min(day)) AS n
                   FROM won GROUP BY object_id, grp, external_id, island)
  INSERT INTO sync_line_offer (run_id, object_id, external_id, kind, code, label, price, price_months, purchase_price, quantity, starts_on, ends_on, is_cut, offer_id)
  SELECT p_run_id, a.object_id, a.external_id || CASE WHEN p.n > 1 THEN '#' || p.n ELSE '' END, a.kind, a.code, a.label, a.price, a.price_months,
         a.purchase_price, a.quantity, COALESCE(p.starts_on, a.starts_on),
         CASE WHEN NOT a.is_cut THEN a.ends_on WHEN p.n IS NULL THEN a.starts_on - 1 WHEN p.next_day < 'infinity' THEN p.next_day - 1 END,
         a.is_cut, (SELECT o.id FROM offer AS o WHERE (o.code, o.kind) = (a.code, a.kind))
    FROM article AS a LEFT JOIN piece AS p ON (p.object_id, p.external_id) = (a.object_id, a.external_id);
  ANALYZE sync_line_offer;
  RETURN ARRAY(SELECT DISTINCT object_id FROM sync_line_offer WHERE run_id = p_run_id AND is_cut AND kind = 'subscription');
END
$$;
COMMENT ON FUNCTION rules.sync_rebuild_plans(bigint) IS
  'Fills sync_line_offer for the lines being taken over. Articles that count on the same days are cut so that one does: the latest to begin, then the highest id. Returns the objects with overlapping subscriptions.';

CREATE FUNCTION rules.sync_write_plans(p_run_id bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  -- First whatever moves gives up its days, so that no two rows meet on the way.
  UPDATE line_offer AS e SET ends_on = e.starts_on - 1, request_id = l.request_id
    FROM sync_line AS l
   WHERE l.run_id = p_run_id AND l.differs AND NOT l.is_new AND e.line_id = l.line_id AND e.ends_on IS DISTINCT FROM e.starts_on - 1
     AND CASE WHEN EXISTS (SELECT FROM sync_line_offer AS d WHERE d.run_id = p_run_id AND (d.object_id, d.external_id) = (l.object_id, e.external_id))
              THEN EXISTS (SELECT FROM sync_line_offer AS d WHERE d.run_id = p_run_id AND (d.object_id, d.external_id) = (l.object_id, e.external_id)
                              AND (d.starts_on, d.ends_on, d.kind, d.code) IS DISTINCT FROM (e.starts_on, e.ends_on, e.kind, e.code))
              ELSE rules.sync_offer_yields(p_run_id, l.object_id, e) END;
  UPDATE line_offer AS e
     SET kind = d.kind, code = d.code, label = d.label, price = d.price, price_months = d.price_months, purchase_price = COALESCE(d.purchase_price, e.purchase_price),
         quantity = d.quantity, starts_on = d.starts_on, ends_on = d.ends_on, offer_id = COALESCE(d.offer_id, e.offer_id), request_id = l.request_id
    FROM sync_line AS l JOIN sync_line_offer AS d USING (run_id, object_id)
   WHERE l.run_id = p_run_id AND l.differs AND NOT l.is_new AND e.line_id = l.line_id AND e.external_id = d.external_id
     AND rules.sync_offer_differs(e, d);
  INSERT INTO line_offer (line_id, customer_id, offer_id, kind, code, label, option_family, quantity, price, price_months, purchase_price,
                          data_gb, throughput_mbps, starts_on, ends_on, request_id, external_id)
  SELECT l.line_id, l.customer_id, d.offer_id, d.kind, d.code, d.label, o.option_family, d.quantity, d.price, d.price_months, d.purchase_price,
         o.data_gb, o.throughput_mbps, d.starts_on, d.ends_on, l.request_id, d.external_id
    FROM sync_line AS l JOIN sync_line_offer AS d USING (run_id, object_id)
    LEFT JOIN offer AS o ON o.id = d.offer_id
   WHERE l.run_id = p_run_id AND (l.is_new OR l.differs)
     AND NOT EXISTS (SELECT FROM line_offer AS e WHERE e.line_id = l.line_id AND e.external_id = d.external_id);
END
$$;
COMMENT ON FUNCTION rules.sync_write_plans(bigint) IS 'Makes line_offer what sync_line_offer says, without deleting: what it contradicts keeps its row and loses its days.';

CREATE FUNCTION rules.sync_offer_differs(p_offer softwhere.line_offer, p_wanted softwhere.sync_line_offer) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN ((p_offer).kind, (p_offer).code, (p_offer).label, (p_offer).price, (p_offer).price_months, (p_offer).quantity, (p_offer).starts_on, (p_offer).ends_on)
       IS DISTINCT FROM
       ((p_wanted).kind, (p_wanted).code, (p_wanted).label, (p_wanted).price, (p_wanted).price_months, (p_wanted).quantity, (p_wanted).starts_on, (p_wanted).ends_on)
       OR (p_wanted).purchase_price <> (p_offer).purchase_price OR (p_wanted).purchase_price IS NOT NULL AND (p_offer).purchase_price IS NULL;
COMMENT ON FUNCTION rules.sync_offer_differs(softwhere.line_offer, softwhere.sync_line_offer) IS 'Whether what the source tells of an article is not what we hold.';

CREATE FUNCTION rules.sync_offer_yields(p_run_id bigint, p_object_id bigint, p_offer softwhere.line_offer) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = softwhere, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM sync_line_offer AS d
    WHERE (d.run_id, d.object_id, d.kind) = (p_run_id, p_object_id, (p_offer).kind) AND ((p_offer).kind = 'subscription' OR d.code = (p_offer).code)
      AND daterange(d.starts_on, d.ends_on + 1) && daterange((p_offer).starts_on, (p_offer).ends_on + 1))
$$;
COMMENT ON FUNCTION rules.sync_offer_yields(bigint, bigint, softwhere.line_offer) IS
  'Whether an offer the source does not tell of stands on days where it tells of another.';

CREATE FUNCTION rules.sync_name_articles(p_run softwhere.sync_run) RETURNS void
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  UPDATE line_offer AS l SET offer_id = o.id
    FROM sync_anomaly AS a JOIN offer AS o ON o.code = a.external_id
   WHERE a.provider = p_run.provider AND a.code = 'unknown_article' AND a.resolved_at IS NULL
     AND (l.code, l.kind) = (o.code, o.kind) AND l.offer_id IS NULL AND l.external_id IS NOT NULL;
  UPDATE sync_anomaly AS a SET resolved_at = clock_timestamp(), resolved_by = rules.caller()
   WHERE a.provider = p_run.provider AND a.code = 'unknown_article' AND a.resolved_at IS NULL
     AND EXISTS (SELECT FROM offer AS o WHERE o.code = a.external_id AND o.kind IN ('subscription', 'option'));
END
$$;
COMMENT ON FUNCTION rules.sync_name_articles(softwhere.sync_run) IS 'Articles that were put in the catalogue meanwhile are known from now on, on the lines that have them.';
