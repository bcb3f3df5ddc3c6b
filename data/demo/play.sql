-- Lives through the agenda, day after day. The setting lasts as long as the transaction.

DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT * FROM demo.agenda WHERE on_day <= demo.today() ORDER BY on_day, rank, code LOOP
    PERFORM set_config('softwhere.today', v.on_day::text, true);
    IF v.action = 'bulk' THEN
      PERFORM demo.bulk_day(v.on_day);
    ELSIF v.rank >= 90 THEN
      PERFORM demo.act_extra(v.action, v.code);
    ELSE
      PERFORM demo.act(v.action, v.code);
    END IF;
  END LOOP;
END
$$;
