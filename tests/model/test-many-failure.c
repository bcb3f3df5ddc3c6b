/* One function on 120 records, three calls, when the line or the server fails at each step of the second: no record
 * twice, and the outcome tells of each whether it was done (issue 3, Bad lines).
 *
 * The matrix is in test-failure.c. Usage: test-many-failure LINE LOCAL_SERVER, beside a server of its own. */
#include "../fakes/failing.h"
#include "model/sw-many.h"

#define RECORDS 120
#define REFUSED 60 /* its place: of the second call */
#define REFUSAL "This is not possible at this step."
#define CANCELLED "Not done: it was cancelled."

/* Not as api.customers_set_status(), which done twice would look as done once. */
static const char *const marking[] = {
  "CREATE TABLE public.mark (n bigint NOT NULL)",
  "CREATE FUNCTION public.mark(p_id bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
  " INSERT INTO public.mark VALUES (p_id); IF p_id = 60 THEN PERFORM rules.fail('SW007', NULL, 'not this one'); END IF;"
  " END $$",
  "CREATE FUNCTION api.customers_mark(p_ids bigint[]) RETURNS TABLE (id bigint, ok boolean, code text, field text,"
  " message text, detail text, reason text) LANGUAGE sql SECURITY DEFINER SET search_path = softwhere, rules, pg_temp"
  " AS $$ SELECT * FROM rules.each(p_ids, 'SELECT public.mark($1)') $$",
  "GRANT EXECUTE ON FUNCTION api.customers_mark(bigint[]) TO sw_adv",
};

typedef struct
{
  const Failing *failing; /* NULL: @between is done instead */
  void (*between) (SwSession *session, SwPgConnection *owner);
  SwPgConnection *owner;
  SwSession *session;
  gboolean laid;
} Scene;

static SwCall *
call_mark (const gint64 *ids, gsize n_ids, gpointer data)
{
  SwCall *call = sw_call_new ("customers_mark");

  sw_call_add_ids (call, NULL, ids, n_ids);
  return call;
}

/* The first call was answered, the second is not sent yet. */
static void
on_progress (guint done, guint total, gpointer data)
{
  Scene *scene = data;

  g_assert_cmpuint (total, ==, RECORDS);
  if (scene->laid)
    return;
  g_assert_cmpuint (done, ==, SW_MANY_STEP);
  if (scene->failing != NULL)
    failing_lay (scene->failing, scene->owner);
  else
    scene->between (scene->session, scene->owner);
  scene->laid = TRUE;
}

static GArray *
new_ids (void)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id <= RECORDS; id++)
    g_array_append_val (ids, id);
  return ids;
}

static SwManyOutcome *
run_scene (Scene *scene)
{
  g_autoptr (GArray) ids = new_ids ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  run (scene->owner, "TRUNCATE public.mark");
  sw_many_run_async (scene->session, ids, call_mark, on_progress, scene, cancellable, wait_keep, &result);
  WAIT_FOR (scene->laid);
  if (scene->failing != NULL)
    failing_spring (scene->failing, scene->owner, scene->session, cancellable);
  WAIT_FOR (result != NULL);
  return sw_many_run_finish (result);
}

/* The outcome says the truth of each record, and the first @n_tried were tried; of the others it says @reason. */
static void
assert_outcome (SwManyOutcome *outcome, gint64 n_tried, const char *reason)
{
  /* The server may have been killed meanwhile. */
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autofree char *marked = query_text (owner, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM public.mark");
  g_autoptr (GString) expected = g_string_new (NULL);
  guint n_done = 0;

  g_assert_null (outcome->error);
  for (gint64 id = 1; id <= RECORDS; id++)
    {
      const char *failure = g_hash_table_lookup (outcome->failures, &id);

      g_assert_cmpstr (failure, ==, id > n_tried ? reason : id == REFUSED ? REFUSAL : NULL);
      if (failure == NULL)
        {
          n_done++;
          g_string_append_printf (expected, "%s%" G_GINT64_FORMAT, id > 1 ? " " : "", id);
        }
    }
  g_assert_cmpuint (outcome->n_done, ==, n_done);
  g_assert_cmpstr (marked, ==, expected->str);
}

static void
test_fails (gconstpointer data)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  Scene scene = { data, NULL, owner, session };
  g_autoptr (SwManyOutcome) outcome = run_scene (&scene);

  if (failing_is_undone (data))
    assert_outcome (outcome, SW_MANY_STEP, CANCELLED);
  else if (scene.failing->failure == HOLE)
    assert_outcome (outcome, 2 * SW_MANY_STEP, CANCELLED);
  else
    assert_outcome (outcome, RECORDS, NULL);
  /* What was said to be not done never arrives later. */
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN);
}

static void
lose (SwSession *session, SwPgConnection *owner)
{
  line_say (failing_place.line, "cut");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
}

/* Between two calls: it goes on once the connection is back. */
static void
test_lost_between (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  Scene scene = { NULL, lose, owner, session };
  g_autoptr (SwManyOutcome) outcome = run_scene (&scene);

  assert_outcome (outcome, RECORDS, NULL);
}

static void
take_right_away (SwSession *session, SwPgConnection *owner)
{
  run (owner, "REVOKE EXECUTE ON FUNCTION api.customers_mark(bigint[]) FROM sw_adv, PUBLIC");
}

/* The second call is refused as a whole: what the first did is told, the others are named with the reason. */
static void
test_refused_between (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  Scene scene = { NULL, take_right_away, owner, session };
  g_autoptr (SwManyOutcome) outcome = run_scene (&scene);

  assert_outcome (outcome, SW_MANY_STEP, "Your role does not allow this.");
  run (owner, "GRANT EXECUTE ON FUNCTION api.customers_mark(bigint[]) TO sw_adv");
}

/* Nothing was begun: there is one reason for all. */
static void
test_offline (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (GArray) ids = new_ids ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SwManyOutcome) outcome = NULL;
  g_autofree char *count = NULL;

  run (owner, "TRUNCATE public.mark");
  lose (session, owner);
  sw_many_run_async (session, ids, call_mark, NULL, NULL, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  outcome = sw_many_run_finish (result);
  g_assert_nonnull (outcome->error);
  g_assert_cmpuint (outcome->n_done, ==, 0);
  g_assert_cmpuint (g_hash_table_size (outcome->failures), ==, RECORDS);
  count = query_text (owner, "SELECT count(*)::text FROM public.mark");
  g_assert_cmpstr (count, ==, "0");
}

int
main (int argc, char **argv)
{
  g_autoptr (SwPgConnection) owner = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  failing_set_up (argc, argv);
  owner = test_connection ();
  for (gsize i = 0; i < G_N_ELEMENTS (marking); i++)
    run (owner, marking[i]);
  g_clear_object (&owner);
  failing_add ("/many", "customers_mark", "public.mark IN SHARE MODE", ALL_FAILURES, test_fails);
  g_test_add_func ("/many/lost-between", test_lost_between);
  g_test_add_func ("/many/refused-between", test_refused_between);
  g_test_add_func ("/many/offline", test_offline);
  status = g_test_run ();
  failing_tear_down ();
  return status;
}
