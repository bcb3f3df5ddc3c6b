-- Lives through the agenda, day after day.

CREATE PROCEDURE demo.play(p_commit boolean)
LANGUAGE plpgsql
AS $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT * FROM demo.agenda WHERE on_day <= demo.today() ORDER BY on_day, rank, code LOOP
    PERFORM set_config('softwhere.today', v.on_day::text, false);
    IF v.action = 'bulk' THEN
      PERFORM demo.bulk_day(v.on_day);
      -- The versions a row leaves behind can be tidied up only once the transaction that made them has ended.
      IF p_commit THEN
        COMMIT;
      END IF;
    ELSIF v.rank >= 90 THEN
      PERFORM demo.act_extra(v.action, v.code);
    ELSE
      PERFORM demo.act(v.action, v.code);
    END IF;
  END LOOP;
  PERFORM set_config('softwhere.today', current_setting('demo.was_today'), false);
END
$$;
