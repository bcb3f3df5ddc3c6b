/* Every way a line or a server can fail, at every step of a save and of the loading of a list: nothing
 * twice, nothing lost, and a plain outcome (issue 3, Bad lines and Failover; PEERS #24, #26).
 *
 * Usage: test-failure LINE LOCAL_SERVER, beside a server of its own. */
#include "../fakes/line.h"
#include "../postgres/connect.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "model/sw-record-list.h"
#include "model/sw-request.h"
#include "model/sw-rule-messages.h"

#include <signal.h>

#define CUSTOMERS 250 /* more than a page, so that a list reads its ids too */

typedef enum
{
  ON_THE_WAY, /* it never reaches the server */
  RUNNING,    /* the server is at it */
  ON_THE_WAY_BACK,
} Step;

typedef enum
{
  CUT,     /* of the line, both ends are told */
  HOLE,    /* nobody is told; the person cancels */
  BACKEND, /* killed by an administrator */
  SERVER,  /* kill -9, started again */
} Failure;

typedef struct
{
  const char *name;
  Step step;
  Failure failure;
  gboolean saved;
} Case;

/* A save that was cancelled in a hole is done only if it had arrived. */
static const Case saves[] = {
  { "on-the-way/cut", ON_THE_WAY, CUT, TRUE },
  { "on-the-way/hole", ON_THE_WAY, HOLE, FALSE },
  { "on-the-way/backend", ON_THE_WAY, BACKEND, TRUE },
  { "on-the-way/server", ON_THE_WAY, SERVER, TRUE },
  { "running/cut", RUNNING, CUT, TRUE },
  { "running/hole", RUNNING, HOLE, TRUE },
  { "running/backend", RUNNING, BACKEND, TRUE },
  { "running/server", RUNNING, SERVER, TRUE },
  { "on-the-way-back/cut", ON_THE_WAY_BACK, CUT, TRUE },
  { "on-the-way-back/hole", ON_THE_WAY_BACK, HOLE, TRUE },
  { "on-the-way-back/backend", ON_THE_WAY_BACK, BACKEND, TRUE },
  { "on-the-way-back/server", ON_THE_WAY_BACK, SERVER, TRUE },
};

static const Case lists[] = {
  { "on-the-way/cut", ON_THE_WAY, CUT },
  { "on-the-way/backend", ON_THE_WAY, BACKEND },
  { "on-the-way/server", ON_THE_WAY, SERVER },
  { "running/cut", RUNNING, CUT },
  { "running/backend", RUNNING, BACKEND },
  { "running/server", RUNNING, SERVER },
  { "on-the-way-back/cut", ON_THE_WAY_BACK, CUT },
  { "on-the-way-back/backend", ON_THE_WAY_BACK, BACKEND },
  { "on-the-way-back/server", ON_THE_WAY_BACK, SERVER },
};

static Line *line;
static const char *local_server;

/* ---- the server ---- */

static void
control (const char *verb)
{
  const char *const argv[]
      = { local_server, verb, "--dir", g_getenv ("SOFTWHERE_TEST_DIR"), NULL };
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  g_subprocess_wait (process, NULL, NULL);
}

static void
kill_server (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("SOFTWHERE_TEST_DIR"), "cluster", "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  pid_t pid;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  pid = (pid_t) g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (kill (pid, 0) == 0)
    g_main_context_iteration (NULL, FALSE);
}

static void
start_server (void)
{
  g_autoptr (SwPgTarget) target = test_target ();

  /* Its orphans let go of the shared memory a moment later. */
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();

      control ("start");
      if (try_open (connection, target, NULL, NULL))
        return;
    }
  g_assert_not_reached ();
}

static void
kill_backends (SwPgConnection *owner)
{
  run (owner, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'adv'");
}

/* ---- the client ---- */

static SwServer *
server_behind_the_line (void)
{
  SwServer *server = sw_server_load_demonstration ();

  g_assert_nonnull (server);
  g_object_set (server, "host", line->directory, NULL);
  return server;
}

static SwSession *
open_session (void)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = server_behind_the_line ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

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
wait_until_blocked (SwPgConnection *owner)
{
  g_autofree char *blocked = NULL;

  while (g_strcmp0 (blocked, "1") != 0)
    {
      g_free (blocked);
      blocked = query_text (owner, "SELECT count(*)::text FROM pg_stat_activity"
                                   " WHERE usename = 'adv' AND wait_event_type = 'Lock'");
    }
}

/* ---- failing ---- */

static void
stop_at (const Case *c, const char *text)
{
  g_autofree char *command
      = g_strdup_printf ("hold %s %s", c->step == ON_THE_WAY ? "request" : "answer", text);

  line_say (line, command);
}

static void
fail_now (const Case *c, SwSession *session, GCancellable *cancellable)
{
  g_autoptr (SwPgConnection) owner = NULL;

  switch (c->failure)
    {
    case CUT:
      line_say (line, "cut");
      break;
    case HOLE:
      line_say (line, "hole");
      g_cancellable_cancel (cancellable);
      WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
      line_say (line, "up");
      sw_session_reconnect_now (session);
      break;
    case BACKEND:
      owner = test_connection ();
      kill_backends (owner);
      if (c->step != RUNNING)
        line_say (line, "go");
      break;
    case SERVER:
    default:
      kill_server ();
      if (c->step != RUNNING)
        line_say (line, "go");
      start_server ();
      break;
    }
}

static void
test_save (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwPgConnection) after = NULL;
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = g_strdup_printf ("Sauvé %s", c->name);
  g_autoptr (SwCall) call = call_that_saves (name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (c->step == RUNNING)
    {
      run (owner, "BEGIN");
      run (owner, "LOCK TABLE softwhere.customer IN SHARE MODE");
    }
  else
    stop_at (c, "customer_save");
  sw_call_run_async (call, session, cancellable, wait_keep, &result);
  if (c->step == RUNNING)
    wait_until_blocked (owner);
  else
    line_expect (line, "held");
  g_assert_null (result);
  fail_now (c, session, cancellable);
  if (c->step == RUNNING && c->failure != SERVER)
    run (owner, "ROLLBACK");
  WAIT_FOR (result != NULL);
  id = sw_call_run_finish_id (result, &error);
  if (c->saved)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (id > 0, ==, c->saved);
  after = test_connection ();
  assert_customers (after, name, c->saved ? "1" : "0");
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
check_list (const Case *c, const char *statement)
{
  g_autoptr (SwPgConnection) locker = test_connection ();
  g_autoptr (SwPgConnection) owner = NULL;
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwRecordList) list = NULL;

  if (c->step == RUNNING)
    {
      run (locker, "BEGIN");
      run (locker, "LOCK TABLE softwhere.customer IN ACCESS EXCLUSIVE MODE");
    }
  else
    stop_at (c, statement);
  list = open_list (session);
  sw_record_list_follow (list, "customer");
  if (c->step == RUNNING)
    wait_until_blocked (locker);
  else
    line_expect (line, "held");
  fail_now (c, session, NULL);
  if (c->step == RUNNING && c->failure != SERVER)
    run (locker, "ROLLBACK");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN && sw_record_list_is_complete (list)
            && !sw_record_list_is_loading (list));
  g_assert_null (sw_record_list_get_error (list));
  owner = test_connection ();
  assert_whole (owner, list);
}

static void
test_list_page (gconstpointer data)
{
  check_list (data, "LIMIT 100");
}

static void
test_list_ids (gconstpointer data)
{
  check_list (data, "string_agg");
}

/* ---- the person ---- */

/* Without connection a save is refused at once, in a sentence. */
static void
test_offline (void)
{
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwCall) call = call_that_saves ("Hors ligne");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  line_say (line, "hole");
  line_say (line, "up"); /* breaks the connections */
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_cmpint (sw_call_run_finish_id (result, &error), ==, 0);
  sentence = sw_rule_message (error);
  g_assert_cmpstr (sentence, ==, "Not saved: there is no connection. Your work is kept here.");
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
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwRecordList) list = open_list (session);
  g_autoptr (SwPgConnection) owner = NULL;
  gint64 start;

  sw_record_list_follow (list, "customer");
  WAIT_FOR (sw_record_list_is_complete (list));
  kill_server ();
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  start_server ();
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
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (SwRecord) first = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SwRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  guint trips;

  line_count (line, NULL);
  list = open_list (session);
  WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0
            || sw_record_list_get_error (list) != NULL);
  g_assert_null (sw_record_list_get_error (list));
  trips = line_count (line, NULL);
  g_test_message ("first page: %u round trips", trips);
  g_assert_cmpuint (trips, >=, 1);
  g_assert_cmpuint (trips, <=, 3);
  WAIT_FOR (sw_record_list_is_complete (list));
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  WAIT_FOR (sw_record_is_loaded (first));

  line_count (line, NULL);
  sw_call_read_record_async (session, "customer", sw_record_get_id (first), NULL, wait_keep,
                             &result);
  WAIT_FOR (result != NULL);
  record = sw_call_read_record_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (line_count (line, NULL), ==, 1);
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
  static const Case slow = { "", ON_THE_WAY_BACK, CUT, FALSE };
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwRecordList) list = NULL;
  gboolean told = FALSE;

  g_signal_connect_swapped (sw_session_get_change_feed (session), "changed::customer",
                            G_CALLBACK (on_changed), &told);
  stop_at (&slow, "string_agg");
  list = open_list (session);
  line_expect (line, "held");
  run (owner, "UPDATE softwhere.customer SET city = 'Vannes' WHERE legal_name = 'Client 1'");
  WAIT_FOR (told);
  g_assert_false (sw_record_list_is_complete (list));
  line_say (line, "go");
  WAIT_FOR (sw_record_list_is_complete (list));
}

/* The first host refuses changes (a standby now): the second is found, the save is done once. */
static void
test_standby (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = open_session ();
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

static void
add_cases (const char *what, const Case *cases, gsize n, GTestDataFunc test)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/failure/%s/%s", what, cases[i].name);

      g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (SwPgTarget) target = NULL;
  g_autoptr (SwPgConnection) owner = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  local_server = argv[2];
  target = test_target ();
  line = line_new (argv[1], sw_pg_target_get (target, "host"));
  owner = test_connection ();
  run (owner, "SELECT api.customer_save(jsonb_build_object('legal_kind', 'company',"
              " 'legal_name', 'Client ' || n)) FROM generate_series(1, " G_STRINGIFY (CUSTOMERS)
              ") AS n");
  g_clear_object (&owner);
  g_test_add_func ("/failure/trips", test_trips);
  add_cases ("save", saves, G_N_ELEMENTS (saves), test_save);
  add_cases ("list-page", lists, G_N_ELEMENTS (lists), test_list_page);
  add_cases ("list-ids", lists, G_N_ELEMENTS (lists), test_list_ids);
  g_test_add_func ("/failure/offline", test_offline);
  g_test_add_func ("/failure/live-beside-reading", test_live_beside_reading);
  g_test_add_func ("/failure/standby", test_standby);
  g_test_add_func ("/failure/return", test_return);
  status = g_test_run ();
  line_free (line);
  return status;
}
