-- Nobody leaves the arcs: what a line is changes only to what an accepted request of it says, whoever writes.
-- Statement-level, so that thousands of lines cost one query.

CREATE FUNCTION rules.line_arc_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
-- The plan is kept from statement to statement: one made for a single row would take hours for thousands.
SET enable_nestloop = off
AS $$
DECLARE
  v_today date := rules.today();
  v_problem record;
BEGIN
  SELECT n.number, CASE
      WHEN n.customer_id <> o.customer_id THEN 'customer_id'
      WHEN (n.first_name, n.last_name) IS DISTINCT FROM (o.first_name, o.last_name) AND n.activity = o.activity AND n.restriction = o.restriction THEN 'last_name'
      WHEN n.number IS DISTINCT FROM o.number AND n.activity = o.activity THEN 'number'
      ELSE 'activity' END AS field
    INTO v_problem
    FROM old_rows AS o JOIN new_rows AS n USING (id)
    LEFT JOIN line_request AS r ON r.id = n.last_request_id AND r.line_id = n.id AND n.last_request_id IS DISTINCT FROM o.last_request_id
   WHERE n.customer_id <> o.customer_id
      OR (n.activity, n.restriction, n.number, n.first_name, n.last_name, n.last_request_id)
         IS DISTINCT FROM (o.activity, o.restriction, o.number, o.first_name, o.last_name, o.last_request_id)
     -- A line under construction is still being written.
     AND NOT (o.activity = 'under_construction' AND n.activity = o.activity AND n.last_request_id IS NOT DISTINCT FROM o.last_request_id)
     AND NOT (COALESCE(r.status = 'accepted' AND r.effective_on <= v_today, false)
              AND EXISTS (SELECT FROM line_arc AS a
                           WHERE (a.from_state, a.to_state, a.action) =
                                 (rules.line_state(o.activity, o.restriction), rules.line_state(n.activity, n.restriction), r.action))
              AND (n.restriction = o.restriction OR r.action IN ('line_restrict', 'line_reactivate', 'line_deactivate', 'line_terminate', 'line_synchronise'))
              AND ((n.first_name, n.last_name) IS NOT DISTINCT FROM (o.first_name, o.last_name) OR r.action IN ('line_change_user', 'line_synchronise'))
              AND (n.number IS NOT DISTINCT FROM o.number OR r.action IN ('line_activate', 'line_synchronise')))
   LIMIT 1;
  IF FOUND THEN
    PERFORM rules.fail(CASE v_problem.field WHEN 'activity' THEN 'SW007' ELSE 'SW016' END, v_problem.field,
      format('line %s: this changes by an accepted request only', COALESCE(v_problem.number, 'without number')));
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.line_arc_guard() IS
  'Refuses any change of activity, restriction (SW007), number, user or customer (SW016) that no accepted request of the line explains.';
CREATE TRIGGER line_arc_guard AFTER UPDATE ON softwhere.service_line
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION rules.line_arc_guard();
ALTER TABLE softwhere.service_line ENABLE ALWAYS TRIGGER line_arc_guard;

CREATE FUNCTION rules.line_offer_last_day(p_starts_on date, p_terminated_on date) RETURNS date
LANGUAGE sql IMMUTABLE
AS $$ SELECT GREATEST(p_terminated_on, p_starts_on) - 1 $$;
COMMENT ON FUNCTION rules.line_offer_last_day(date, date) IS
  'The last day an offer counts on a line terminated on a day; the day before its first when it never did.';

CREATE FUNCTION rules.line_offer_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_field text;
BEGIN
  -- No row: the line itself is being deleted.
  IF COALESCE((SELECT activity FROM service_line WHERE id = OLD.line_id), 'under_construction') = 'under_construction' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  ELSIF TG_OP = 'UPDATE' THEN
    IF (NEW.line_id, NEW.customer_id) = (OLD.line_id, OLD.customer_id)
       AND EXISTS (SELECT FROM line_request WHERE id = NEW.request_id AND line_id = NEW.line_id AND action = 'line_synchronise' AND status = 'accepted') THEN
      -- The operator tells the history of the line anew.
      RETURN NEW;
    END IF;
    SELECT o.key INTO v_field FROM jsonb_each(to_jsonb(OLD)) AS o JOIN jsonb_each(to_jsonb(NEW)) AS n USING (key)
     WHERE o.value <> n.value AND (o.key NOT IN ('ends_on', 'external_id', 'request_id', 'offer_id')
       -- An end comes forward with the end of the line only.
       OR o.key = 'ends_on' AND OLD.ends_on IS NOT NULL AND NOT (NEW.ends_on < OLD.ends_on AND EXISTS (
            SELECT FROM line_request AS r WHERE r.line_id = OLD.line_id AND r.action = 'line_terminate' AND r.status = 'accepted'
               AND NEW.ends_on = rules.line_offer_last_day(OLD.starts_on, r.effective_on) AND r.effective_on <= rules.today())))
     ORDER BY o.key LIMIT 1;
    IF v_field IS NULL THEN
      RETURN NEW;
    END IF;
  END IF;
  PERFORM rules.fail('SW016', COALESCE(v_field, 'offers'), 'what a line subscribed to does not change: it ends and another begins');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.line_offer_guard() IS 'Row trigger: what a line subscribed to may end, earlier than planned with its line only, never change nor vanish (SW016), unless the line is under construction or its operator''s account of it is being taken over.';
CREATE TRIGGER line_offer_guard BEFORE UPDATE OR DELETE ON softwhere.line_offer FOR EACH ROW EXECUTE FUNCTION rules.line_offer_guard();
ALTER TABLE softwhere.line_offer ENABLE ALWAYS TRIGGER line_offer_guard;

CREATE FUNCTION rules.line_request_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'queued' THEN
      PERFORM rules.fail('SW007', 'status', 'a request begins queued');
    END IF;
  ELSIF NOT (OLD.status, NEW.status) IN (('queued', 'sent'), ('queued', 'accepted'), ('queued', 'refused'), ('queued', 'cancelled'),
      ('sent', 'accepted'), ('sent', 'refused'), ('sent', 'cancelled'), ('accepted', 'applied'), ('accepted', 'refused'), ('accepted', 'cancelled'))
     AND NEW.status <> OLD.status THEN
    PERFORM rules.fail('SW007', 'status', format('a request %s cannot become %s', OLD.status, NEW.status));
  ELSIF (NEW.line_id, NEW.action, NEW.effective_on, NEW.requested_at, NEW.requested_by) IS DISTINCT FROM
        (OLD.line_id, OLD.action, OLD.effective_on, OLD.requested_at, OLD.requested_by)
     OR NEW.data IS DISTINCT FROM OLD.data AND OLD.status NOT IN ('queued', 'sent') THEN
    PERFORM rules.fail('SW016', 'data', 'what was asked does not change');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.line_request_guard() IS 'Row trigger: requests go queued, sent, accepted, applied; refused or cancelled before that (SW007). What was asked stays (SW016).';
CREATE TRIGGER line_request_guard BEFORE INSERT OR UPDATE ON softwhere.line_request FOR EACH ROW EXECUTE FUNCTION rules.line_request_guard();
ALTER TABLE softwhere.line_request ENABLE ALWAYS TRIGGER line_request_guard;
