/* SwSession, SwCall and SwChangeFeed against a real server. */
#include "fixture.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "model/sw-merge.h"
#include "model/sw-rule-messages.h"
#include "model/sw-session-private.h"

static void
test_open (void)
{
  g_autoptr (SwSession) session = fixture_session ();

  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_OPEN);
  g_assert_cmpstr (sw_session_get_display_name (session), ==, "Anne Bré");
  g_assert_cmpstr (sw_session_get_role_label (session), ==, "Sales office");
  g_assert_cmpstr (sw_session_get_company_name (session), ==, "Réseau & Cie");
  g_assert_cmpstr (sw_session_get_today (session), ==, "2026-11-22");
  g_assert_true (sw_session_has_role (session, "sw_adv"));
  g_assert_false (sw_session_has_role (session, "sw_admin"));
  g_assert_null (sw_session_get_last_error (session));
  sw_session_close (session);
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_CLOSED);
}

static void
check_open_fails (int level, SwSessionError code)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autofree char *sql = g_strdup_printf ("UPDATE public.setting SET level = %d", level);
  g_autoptr (GError) error = NULL;

  fixture_run (sql);
  g_assert_false (try_open_session (session, &error));
  g_assert_error (error, SW_SESSION_ERROR, (int) code);
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_CLOSED);
  g_assert_nonnull (sw_session_get_last_error (session));
}

static void
test_api_level (void)
{
  check_open_fails (SW_SESSION_API_LEVEL_MAX + 1, SW_SESSION_ERROR_TOO_OLD_CLIENT);
  check_open_fails (SW_SESSION_API_LEVEL_MIN - 1, SW_SESSION_ERROR_TOO_OLD_SERVER);
  fixture_run ("UPDATE public.setting SET level = 1");
}

static void
test_not_softwhere (void)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (GError) error = NULL;

  fixture_run ("ALTER SCHEMA api RENAME TO elsewhere");
  g_assert_false (try_open_session (session, &error));
  g_assert_error (error, SW_SESSION_ERROR, SW_SESSION_ERROR_NOT_SOFTWHERE);
  fixture_run ("ALTER SCHEMA elsewhere RENAME TO api");
}

/* ---- calls ---- */

static void
test_call (void)
{
  static const gint64 ids[] = { 4, 5 };
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwCall) call = sw_call_new ("echo");
  g_autoptr (GBytes) bytes = g_bytes_new ("\x01\xff", 2);
  g_autoptr (GError) error = NULL;

  sw_call_add_text (call, NULL, "é'");
  sw_call_add_number (call, "p_b", "12.50");
  sw_call_add_bytes (call, "p_d", bytes);
  sw_call_add_date (call, "p_c", "2026-02-03");
  sw_call_add_ids (call, "p_e", ids, 2);
  sw_call_add_bool (call, "p_f", TRUE);
  for (int i = 0; i < 4; i++) /* again, and again when prepared */
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *text = NULL;

      sw_call_run_async (call, session, NULL, wait_keep, &result);
      WAIT_FOR (result != NULL);
      text = sw_call_run_finish_text (result, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, "é'|12.50|2026-02-03|01ff|{4,5}|t");
    }
}

static SwRecord *
read_record (SwSession *session, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_call_read_record_async (session, "customer", id, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_call_read_record_finish (result, error);
}

static void
test_record (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = read_record (session, 42, &error);
  g_autoptr (SwRecord) contact = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (sw_record_get_id (record), ==, 42);
  g_assert_cmpstr (sw_record_get_text (record, "balance"), ==, "0.42");
  g_assert_cmpstr (sw_record_get_text (record, "row_version"), ==, "1");
  g_assert_true (sw_record_get_bool (record, "active"));
  contact = g_list_model_get_item (sw_record_get_rows (record, "contacts"), 0);
  g_assert_cmpstr (sw_record_get_text (contact, "email"), ==, "a@b.fr");
  g_assert_null (read_record (session, 0, &error));
  g_assert_true (sw_pg_error_is (error, "SW002"));
}

static gint64
save (SwSession *session, JsonObject *changes, GError **error)
{
  g_autoptr (SwCall) call = sw_call_new ("customer_save");
  g_autoptr (GAsyncResult) result = NULL;

  sw_call_add_json_object (call, NULL, changes);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_call_run_finish_id (result, error);
}

/* Two people save the same record: the second is told, merges, and neither loses anything. */
static void
test_conflict (void)
{
  g_autoptr (SwSession) one = fixture_session ();
  g_autoptr (SwSession) two = fixture_session ();
  g_autoptr (SwRecord) opened = read_record (one, 50, NULL);
  g_autoptr (SwRecord) now = NULL;
  g_autoptr (SwRecord) after = NULL;
  g_autoptr (JsonObject) base = sw_record_to_json (opened);
  g_autoptr (JsonObject) first = json_object_new ();
  g_autoptr (JsonObject) second = json_object_new ();
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (SwMerge) merge = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_int_member (first, "id", 50);
  json_object_set_int_member (first, "row_version", sw_record_get_int (opened, "row_version"));
  json_object_set_string_member (first, "name", "Premier");
  json_object_set_int_member (second, "id", 50);
  json_object_set_int_member (second, "row_version", sw_record_get_int (opened, "row_version"));
  json_object_set_string_member (second, "city", "Brest");

  g_assert_cmpint (save (one, first, &error), ==, 50);
  g_assert_cmpint (save (two, second, &error), ==, 0);
  g_assert_true (sw_rule_is_conflict (error));
  g_clear_error (&error);

  now = read_record (two, 50, NULL);
  theirs = sw_record_to_json (now);
  merge = sw_merge_new (base, second, theirs);
  g_assert_cmpuint (sw_merge_get_n_conflicts (merge), ==, 0);
  merged = sw_merge_to_json (merge);
  g_assert_cmpint (save (two, merged, &error), ==, 50);
  g_assert_no_error (error);
  after = read_record (one, 50, NULL);
  g_assert_cmpstr (sw_record_get_text (after, "name"), ==, "Premier");
  g_assert_cmpstr (sw_record_get_text (after, "city"), ==, "Brest");
}

/* ---- changes and cuts ---- */

static void
on_changed (SwChangeFeed *feed, gint64 id, gpointer user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT " ", id);
}

static void
test_feed (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  SwChangeFeed *feed = sw_session_get_change_feed (session);
  GString *customers = g_string_new (NULL);
  GString *contracts = g_string_new (NULL);

  g_signal_connect (feed, "changed::customer", G_CALLBACK (on_changed), customers);
  g_signal_connect (feed, "changed::contract", G_CALLBACK (on_changed), contracts);
  /* Twice the same between two questions comes once; other channels are not ours. */
  fixture_run ("SELECT pg_notify('elsewhere', ''), public.tell('customer', 12),"
               " public.tell('invoice', 9), public.tell('customer', 12)");
  WAIT_FOR (customers->len > 0);
  g_assert_cmpstr (customers->str, ==, "12 ");
  /* One of many, and all of them: all of them is enough. */
  g_string_truncate (customers, 0);
  fixture_run ("SELECT public.tell('contract', 3), public.tell('customer', 0),"
               " public.tell('customer', 8)");
  WAIT_FOR (customers->len > 0 && contracts->len > 0);
  g_assert_cmpstr (customers->str, ==, "0 ");
  g_assert_cmpstr (contracts->str, ==, "3 ");
  g_signal_handlers_disconnect_by_data (feed, customers);
  g_signal_handlers_disconnect_by_data (feed, contracts);
  g_string_free (customers, TRUE);
  g_string_free (contracts, TRUE);
}

static void
count (SwSession *session, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Every backend is killed: the session says LOST, comes back by itself, and the feed tells what
 * changed meanwhile, and no more. */
static void
test_cut (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  SwChangeFeed *feed = sw_session_get_change_feed (session);
  GString *heard = g_string_new (NULL);
  guint restored = 0;
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (session, "restored", G_CALLBACK (count), &restored);
  g_signal_connect (feed, "changed::customer", G_CALLBACK (on_changed), heard);
  sw_session_query_async (session, SW_SESSION_INTERACTIVE, "SELECT pg_sleep(60)", NULL, NULL,
                          wait_keep, &running);
  {
    g_autoptr (SwPgConnection) killer = fixture_connection ();

    run (killer, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                 " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    run (killer, "SELECT public.tell('customer', 31), public.tell('contract', 32)");
  }
  WAIT_FOR (running != NULL && sw_session_get_state (session) == SW_SESSION_LOST);
  g_assert_null (sw_session_query_finish (session, running, &error));
  g_assert_true (sw_rule_is_lost (error));
  g_assert_nonnull (sw_session_get_last_error (session));
  WAIT_FOR (restored == 1);
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_OPEN);
  g_assert_null (sw_session_get_last_error (session));
  WAIT_FOR (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, "31 ");
  /* It listens again. */
  g_string_truncate (heard, 0);
  fixture_run ("SELECT public.tell('customer', 77)");
  WAIT_FOR (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, "77 ");
  g_signal_handlers_disconnect_by_data (feed, heard);
  g_string_free (heard, TRUE);
}

/* Away for so long that the server has forgotten what changed: everything is to be read again. */
static void
test_forgotten (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  SwChangeFeed *feed = sw_session_get_change_feed (session);
  GString *customers = g_string_new (NULL);
  GString *contracts = g_string_new (NULL);

  g_signal_connect (feed, "changed::customer", G_CALLBACK (on_changed), customers);
  g_signal_connect (feed, "changed::contract", G_CALLBACK (on_changed), contracts);
  fixture_run ("SELECT public.tell('*', 0)");
  WAIT_FOR (customers->len > 0 && contracts->len > 0);
  g_assert_cmpstr (customers->str, ==, "0 ");
  g_assert_cmpstr (contracts->str, ==, "0 ");
  g_signal_handlers_disconnect_by_data (feed, customers);
  g_signal_handlers_disconnect_by_data (feed, contracts);
  g_string_free (customers, TRUE);
  g_string_free (contracts, TRUE);
}

/* The password changed while we were away: no point in trying, and no lockout. */
static void
test_cut_for_good (void)
{
  g_autoptr (SwSession) session = fixture_session ();

  fixture_run ("UPDATE public.setting SET level = 99");
  {
    g_autoptr (SwPgConnection) killer = fixture_connection ();

    run (killer, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                 " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  /* The upgrade is what it says, once it has tried. */
  WAIT_FOR (g_strrstr (sw_session_get_last_error (session), "upgraded") != NULL);
  fixture_run ("UPDATE public.setting SET level = 1");
  sw_session_reconnect_now (session);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN);
}

/* Waits until the first connection is there and the second on its way, then kills the first. The main
 * loop stands still meanwhile. */
static void
kill_first_of_two (SwSession *session)
{
  SwPgConnection *first = session->lanes[SW_SESSION_INTERACTIVE];
  g_autofree char *sql = NULL;
  const char *psql[] = { "psql", "-XAtqd", g_getenv ("SOFTWHERE_TEST_URI"), "-c", NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  WAIT_FOR (sw_pg_connection_get_state (session->lanes[SW_SESSION_BACKGROUND])
            == SW_PG_STATE_CONNECTING);
  sql = g_strdup_printf ("SELECT pg_terminate_backend(%d, 10000)",
                         sw_pg_connection_get_backend_pid (first));
  psql[4] = sql;
  g_spawn_sync (NULL, (char **) psql, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

/* One connection is cut while the other is made: the session is not open before it has both. */
static void
test_cut_while_opening (void)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (SwServer) server = fixture_server ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SwPgConnection) killer = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (SwPgResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  sw_session_open_async (session, server, sw_pg_target_get (target, "user"), NULL, NULL, wait_keep,
                         &result);
  kill_first_of_two (session);
  WAIT_FOR (result != NULL);
  g_assert_false (sw_session_open_finish (session, result, &error));
  g_assert_true (sw_rule_is_lost (error));
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_CLOSED);
  g_clear_error (&error);

  try_open_session (session, &error);
  g_assert_no_error (error);
  killer = fixture_connection ();
  run (killer, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
               " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  sw_session_reconnect_now (session);
  kill_first_of_two (session);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN);
  sw_session_query_async (session, SW_SESSION_INTERACTIVE, "SELECT 'here'", NULL, NULL, wait_keep,
                          &asked);
  WAIT_FOR (asked != NULL);
  answer = sw_session_query_finish (session, asked, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sw_pg_result_get_text (answer, 0, 0), ==, "here");
}

static void
test_close_while_opening (void)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (SwServer) server = fixture_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_session_open_async (session, server, "nobody", NULL, NULL, wait_keep, &result);
  sw_session_close (session);
  WAIT_FOR (result != NULL);
  g_assert_false (sw_session_open_finish (session, result, &error));
  g_assert_true (sw_rule_is_cancelled (error) || sw_rule_is_lost (error));
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_CLOSED);
}

/* Somebody corrects the login while the first attempt is still under way. */
static void
test_open_twice (void)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (SwServer) server = fixture_server ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_clear_object (&first);
      sw_session_open_async (session, server, "nobody", NULL, NULL, wait_keep, &first);
      for (int turn = 0; turn < i; turn++)
        g_main_context_iteration (NULL, FALSE);
      try_open_session (session, &error);
      g_assert_no_error (error);
      WAIT_FOR (first != NULL);
      g_assert_false (sw_session_open_finish (session, first, NULL));
      g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_OPEN);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture_set_up ();
  g_test_add_func ("/session/open", test_open);
  g_test_add_func ("/session/api-level", test_api_level);
  g_test_add_func ("/session/not-softwhere", test_not_softwhere);
  g_test_add_func ("/session/call", test_call);
  g_test_add_func ("/session/record", test_record);
  g_test_add_func ("/session/conflict", test_conflict);
  g_test_add_func ("/session/feed", test_feed);
  g_test_add_func ("/session/cut", test_cut);
  g_test_add_func ("/session/forgotten", test_forgotten);
  g_test_add_func ("/session/cut-for-good", test_cut_for_good);
  g_test_add_func ("/session/cut-while-opening", test_cut_while_opening);
  g_test_add_func ("/session/close-while-opening", test_close_while_opening);
  g_test_add_func ("/session/open-twice", test_open_twice);
  status = g_test_run ();
  fixture_tear_down ();
  return status;
}
