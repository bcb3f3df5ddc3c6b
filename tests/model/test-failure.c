/* Every way a line or a server can fail, at every step of a save and of the loading of a list: nothing
 * twice, nothing lost, and a plain outcome (issue 3, Bad lines and Failover; PEERS #24, #26).
 *
 *                   on the way | running | committed, no answer yet | half of the answer
 * line cut             S L M I     S L M I        S L M I                 S L M I
 * silent line          S L M I     S L M I        S L M I                 S L M I
 * backend killed       S L M I     S L M I        S L M I                 S L M I
 * server kill -9       S L M I     S L M I        S L M I                 S L M I
 * stop -m immediate    S L M I     S L M I        S L M I                 S L M I
 *
 * S a save, L a list (its first page, its ids): here. M many records at once: test-many-failure.c. I the four
 * calls of an import: tests/pages/test-import-failure.c. Nobody cancels the reading of a list: a silent
 * line is noticed by its statement, which takes longer than any may.
 *
 * Usage: test-failure LINE LOCAL_SERVER, beside a server of its own. */
#include "../fakes/failing.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "model/sw-record-list.h"
#include "model/sw-request.h"
#include "model/sw-rule-messages.h"

#define CUSTOMERS 250 /* more than a page, so that a list reads its ids too */

#define LOCK_TO_SAVE "softwhere.customer IN SHARE MODE"
#define LOCK_TO_READ "softwhere.customer IN ACCESS EXCLUSIVE MODE"

static SwCall *
call_that_saves (const char *name)
{
  SwCall *call = sw_call_new ("customer_save");
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "legal_kind", "company");
  json_object_set_string_member (object, "legal_name", name);
  sw_call_add_json_object (call, NULL, object);
  sw_call_set_once (call, NULL);
  return call;
}

static void
assert_customers (SwPgConnection *owner, const char *name, const char *expected)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*)::text FROM softwhere.customer WHERE legal_name = '%s'", name);
  g_autofree char *count = query_text (owner, sql);

  g_assert_cmpstr (count, ==, expected);
}

static void
test_save (gconstpointer data)
{
  const Failing *c = data;
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwPgConnection) after = NULL;
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name
      = g_strdup_printf ("Sauvé %s %s", failing_steps[c->step], failing_failures[c->failure]);
  g_autoptr (SwCall) call = call_that_saves (name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  failing_lay (c, owner);
  sw_call_run_async (call, session, cancellable, wait_keep, &result);
  failing_spring (c, owner, session, cancellable);
  WAIT_FOR (result != NULL);
  id = sw_call_run_finish_id (result, &error);
  if (failing_is_undone (c))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (error);
  g_assert_cmpint (id > 0, ==, !failing_is_undone (c));
  after = test_connection ();
  assert_customers (after, name, failing_is_undone (c) ? "0" : "1");
  /* What was said to be not saved never arrives later. */
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN);
}

/* ---- lists ---- */

static SwRecordList *
open_list (SwSession *session)
{
  static const char *const columns[] = { "number", "row_version", NULL };
  g_autoptr (SwListQuery) query = sw_list_query_new ("customer");

  sw_list_query_set_columns (query, columns);
  sw_list_query_set_sort (query, "number", FALSE);
  return sw_record_list_new (session, query);
}

static void
assert_whole (SwPgConnection *owner, SwRecordList *list)
{
  g_autofree char *count = query_text (owner, "SELECT count(*)::text FROM api.customer");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  g_assert_cmpuint (n, ==, g_ascii_strtoull (count, NULL, 10));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      gint64 *id = g_new (gint64, 1);

      *id = sw_record_get_id (record);
      g_assert_true (g_hash_table_add (seen, id)); /* nothing twice */
    }
  g_hash_table_foreach (seen, (GHFunc) (void (*) (void)) g_free, NULL);
}

static void
test_list (gconstpointer data)
{
  const Failing *c = data;
  g_autoptr (SwPgConnection) locker = test_connection ();
  g_autoptr (SwPgConnection) owner = NULL;
  g_autoptr (SwSession) session = failing_session_of (c->failure == HOLE ? FAILING_PATIENCE : 0);
  g_autoptr (SwRecordList) list = NULL;

  failing_lay (c, locker);
  list = open_list (session);
  sw_record_list_follow (list, "customer");
  failing_spring (c, locker, session, NULL);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN && sw_record_list_is_complete (list)
            && !sw_record_list_is_loading (list));
  g_assert_null (sw_record_list_get_error (list));
  owner = test_connection ();
  assert_whole (owner, list);
}

/* ---- the person ---- */

/* Without connection a save is refused at once, in a sentence. */
static void
test_offline (void)
{
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwCall) call = call_that_saves ("Hors ligne");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  line_say (failing_place.line, "hole");
  line_say (failing_place.line, "up"); /* breaks the connections */
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_cmpint (sw_call_run_finish_id (result, &error), ==, 0);
  sentence = sw_rule_message (error);
  g_assert_cmpstr (sentence, ==, "Not done: there is no connection.");
}

static gint64
milliseconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000;
}

/* From the server's return to a list that can be used. */
static void
test_return (void)
{
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwRecordList) list = open_list (session);
  g_autoptr (SwPgConnection) owner = NULL;
  gint64 start;

  sw_record_list_follow (list, "customer");
  WAIT_FOR (sw_record_list_is_complete (list));
  server_kill (SIGKILL);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  server_start (failing_place.local_server);
  start = g_get_monotonic_time ();
  sw_record_list_reload (list);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN && !sw_record_list_is_loading (list)
            && sw_record_list_get_error (list) == NULL);
  g_test_message ("usable %" G_GINT64_FORMAT " ms after the server", milliseconds_since (start));
  owner = test_connection ();
  assert_whole (owner, list);
}

/* What a first page and a record cost, in trips of the line. */
static void
test_trips (void)
{
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (SwRecord) first = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SwRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  guint trips;

  line_count (failing_place.line, NULL);
  list = open_list (session);
  WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0
            || sw_record_list_get_error (list) != NULL);
  g_assert_null (sw_record_list_get_error (list));
  trips = line_count (failing_place.line, NULL);
  g_test_message ("first page: %u round trips", trips);
  g_assert_cmpuint (trips, >=, 1);
  g_assert_cmpuint (trips, <=, 3);
  WAIT_FOR (sw_record_list_is_complete (list));
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  WAIT_FOR (sw_record_is_loaded (first));

  line_count (failing_place.line, NULL);
  sw_call_read_record_async (session, "customer", sw_record_get_id (first), NULL, wait_keep,
                             &result);
  WAIT_FOR (result != NULL);
  record = sw_call_read_record_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (line_count (failing_place.line, NULL), ==, 1);
}

static void
on_changed (gboolean *told)
{
  *told = TRUE;
}

/* What is long to read delays no change that others make (issue 3, Live: within a second). */
static void
test_live_beside_reading (void)
{
  static const Failing slow = { "string_agg", NULL, ON_THE_WAY_BACK, CUT };
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwRecordList) list = NULL;
  gboolean told = FALSE;

  g_signal_connect_swapped (sw_session_get_change_feed (session), "changed::customer",
                            G_CALLBACK (on_changed), &told);
  failing_lay (&slow, owner);
  list = open_list (session);
  line_expect (failing_place.line, "held");
  run (owner, "UPDATE softwhere.customer SET city = 'Vannes' WHERE legal_name = 'Client 1'");
  WAIT_FOR (told);
  g_assert_false (sw_record_list_is_complete (list));
  line_say (failing_place.line, "go");
  WAIT_FOR (sw_record_list_is_complete (list));
}

/* The first host refuses changes (a standby now): the second is found, the save is done once. */
static void
test_standby (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwCall) call = call_that_saves ("Secours");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* The session believes itself on a primary; the server says 25006 as a standby does. */
  run (owner, "ALTER ROLE adv SET default_transaction_read_only = on");
  sw_session_query_async (session, SW_SESSION_INTERACTIVE,
                          "SET default_transaction_read_only = on", NULL, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_clear_object (&result);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  g_assert_null (result);
  /* Nobody accepts changes: it goes on looking. */
  WAIT_FOR (g_strcmp0 (sw_session_get_last_error (session),
                       "The server accepts no changes at the moment.") == 0);
  run (owner, "ALTER ROLE adv RESET default_transaction_read_only");
  WAIT_FOR (result != NULL);
  g_assert_cmpint (sw_call_run_finish_id (result, &error), >, 0);
  g_assert_no_error (error);
  assert_customers (owner, "Secours", "1");
}

int
main (int argc, char **argv)
{
  g_autoptr (SwPgConnection) owner = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  failing_set_up (argc, argv);
  owner = test_connection ();
  run (owner, "SELECT api.customer_save(jsonb_build_object('legal_kind', 'company',"
              " 'legal_name', 'Client ' || n)) FROM generate_series(1, " G_STRINGIFY (CUSTOMERS)
              ") AS n");
  g_clear_object (&owner);
  g_test_add_func ("/failure/trips", test_trips);
  failing_add ("/failure/save", "customer_save", LOCK_TO_SAVE, ALL_FAILURES, test_save);
  failing_add ("/failure/list-page", "LIMIT 100", LOCK_TO_READ, ALL_FAILURES, test_list);
  failing_add ("/failure/list-ids", "string_agg", LOCK_TO_READ, ALL_FAILURES, test_list);
  g_test_add_func ("/failure/offline", test_offline);
  g_test_add_func ("/failure/live-beside-reading", test_live_beside_reading);
  g_test_add_func ("/failure/standby", test_standby);
  g_test_add_func ("/failure/return", test_return);
  status = g_test_run ();
  failing_tear_down ();
  return status;
}
