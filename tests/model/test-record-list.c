/* SwRecordList over 100 000 rows of a real server. */
#include "fixture.h"
#include "model/sw-change-feed.h"
#include "model/sw-record-list.h"

static const char *const columns[] = { "name", "city", "balance", NULL };

static SwListQuery *
customers (void)
{
  SwListQuery *query = sw_list_query_new ("customer");

  sw_list_query_set_columns (query, columns);
  sw_list_query_set_sort (query, "name", FALSE);
  return query;
}

static SwRecordList *
open_list (SwSession *session, SwListQuery *query)
{
  SwRecordList *list = sw_record_list_new (session, query);

  WAIT_FOR (!sw_record_list_is_loading (list));
  g_assert_cmpstr (sw_record_list_get_error (list), ==, NULL);
  g_assert_true (sw_record_list_is_loaded (list));
  return list;
}

static SwRecord *
item (SwRecordList *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (list), position);
}

static void
count (SwRecord *record, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
count_up (gpointer user_data)
{
  ++*(guint *) user_data;
}

/* What is shown of @position once it is there. */
static char *
name_at (SwRecordList *list, guint position)
{
  g_autoptr (SwRecord) record = item (list, position);

  WAIT_FOR (sw_record_is_loaded (record));
  return g_strdup (sw_record_get_text (record, "name"));
}

static void
check_name (SwRecordList *list, guint position, const char *expected)
{
  g_autofree char *name = name_at (list, position);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_pages (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = open_list (session, query);
  g_autoptr (SwRecord) first = item (list, 0);
  g_autoptr (SwRecord) last = item (list, FIXTURE_ROWS - 1);
  guint changes = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, FIXTURE_ROWS);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, FIXTURE_ROWS);
  /* The first page came with the ids; the last is empty until it is asked for. */
  g_assert_true (sw_record_is_loaded (first));
  g_assert_cmpstr (sw_record_get_text (first, "name"), ==, "Client 000001");
  g_assert_false (sw_record_is_loaded (last));
  g_assert_null (sw_record_get_text (last, "name"));
  g_assert_cmpint (sw_record_get_id (last), ==, FIXTURE_ROWS);
  g_signal_connect (last, "changed", G_CALLBACK (count), &changes);
  WAIT_FOR (sw_record_is_loaded (last));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpstr (sw_record_get_text (last, "name"), ==, "Client 100000");
  g_assert_cmpstr (sw_record_get_text (last, "balance"), ==, "1000.00");
  /* The same object each time, and nothing beyond the end. */
  g_assert_true (first == g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_object_unref (first);
  g_assert_null (item (list, FIXTURE_ROWS));
  g_assert_cmpint (sw_record_list_find (list, 500), ==, 499);
  g_assert_cmpint (sw_record_list_find (list, -1), ==, -1);
}

static void
note_total (SwRecordList *list, gpointer user_data)
{
  g_string_append_printf (user_data, "%u%s ", sw_record_list_get_total (list),
                          sw_record_list_is_loading (list) ? "+" : "");
}

/* The first rows do not wait for the ids of the others; a short list is complete with them, and so
 * is a search. */
static void
test_first_rows (void)
{
  static const char *const ids[] = { "4", "9", NULL };
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  GString *totals = g_string_new (NULL);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (SwRecordList) list = NULL;

      if (i == 1)
        sw_list_query_set_filter (query, "id", SW_FILTER_IN, ids);
      else if (i == 2)
        {
          sw_list_query_clear_filters (query);
          sw_list_query_set_search (query, "lyon 09999");
        }
      list = sw_record_list_new (session, query);
      g_signal_connect (list, "loaded", G_CALLBACK (note_total), totals);
      WAIT_FOR (!sw_record_list_is_loading (list));
      g_signal_handlers_disconnect_by_data (list, totals);
    }
  g_assert_cmpstr (totals->str, ==, "100+ 100000 2 5 ");
  g_string_free (totals, TRUE);
}

/* Scrolling over everything asks for every page at some time; what is looked at last comes. */
static void
test_scroll (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = open_list (session, query);

  for (guint i = 0; i < FIXTURE_ROWS; i += 50)
    g_object_unref (item (list, i));
  check_name (list, FIXTURE_ROWS - 1, "Client 100000");
  check_name (list, 50000, "Client 050001");
}

static void
test_query (void)
{
  static const char *const cities[] = { "Lyon", "Paris", NULL };
  static const char *const days[] = { "2026-01-01", "2026-01-31", NULL };
  static const char *const part[] = { "étienne", NULL };
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = NULL;

  sw_list_query_set_filter (query, "city", SW_FILTER_IN, cities);
  sw_list_query_set_filter (query, "created_on", SW_FILTER_BETWEEN, days);
  sw_list_query_set_equal (query, "active", "true");
  sw_list_query_set_sort (query, "name", TRUE);
  list = open_list (session, query);
  /* n % 6 = 0 and n % 365 < 31 */
  check_name (list, 0, "Client 099672");
  g_clear_object (&list);

  sw_list_query_clear_filters (query);
  sw_list_query_set_filter (query, "city", SW_FILTER_NULL, NULL);
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 33333);
  g_clear_object (&list);

  sw_list_query_set_filter (query, "city", SW_FILTER_CONTAINS, part);
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 33334);
  g_clear_object (&list);

  /* A phone in the national form, and words in any order; a wildcard is only a character. */
  sw_list_query_clear_filters (query);
  sw_list_query_set_search (query, "06 99 34 12 34");
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 0);
  g_clear_object (&list);
  sw_list_query_set_search (query, "06 12 34 12 34");
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 10);
  g_clear_object (&list);
  sw_list_query_set_search (query, " LYON 09999");
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 5);
  check_name (list, 0, "Client 099999");
  g_clear_object (&list);
  sw_list_query_set_search (query, "%");
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 0);
}

static void
note_change (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

/* Everything asked before this answer is here. */
static void
wait_for_answers (SwSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_session_query_async (session, SW_SESSION_INTERACTIVE, "SELECT 1", NULL, NULL, wait_keep,
                          &result);
  WAIT_FOR (result != NULL);
  sw_pg_result_unref (sw_session_query_finish (session, result, NULL));
}

/* Runs @sql; the feed has told of it, and what was asked because of that is here. */
static void
wait_for_change (SwSession *session, const char *sql)
{
  SwChangeFeed *feed = sw_session_get_change_feed (session);
  guint told = 0;
  gulong handler = g_signal_connect_swapped (feed, "changed::customer", G_CALLBACK (count_up), &told);

  fixture_run (sql);
  WAIT_FOR (told > 0);
  g_signal_handler_disconnect (feed, handler);
  while (g_main_context_iteration (NULL, FALSE)) /* the list asks in an idle */
    ;
  wait_for_answers (session);
}

/* Somebody renames, removes, and adds: the rows on screen follow, and only they. */
static void
test_follow (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (SwRecord) third = NULL;
  g_autoptr (SwRecord) same = NULL;
  GString *changes = g_string_new (NULL);
  guint renamed = 0;

  sw_list_query_set_equal (query, "city", "Lyon");
  list = open_list (session, query);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 33333);
  sw_record_list_follow (list, "customer");
  g_signal_connect (list, "items-changed", G_CALLBACK (note_change), changes);
  third = item (list, 2);
  g_signal_connect (third, "changed", G_CALLBACK (count), &renamed);

  fixture_run ("UPDATE public.customer SET name = 'Renamed' WHERE id = 9");
  WAIT_FOR (renamed > 0);
  g_assert_cmpstr (sw_record_get_text (third, "name"), ==, "Renamed");
  /* It goes to its place by name, and nothing else moves. */
  WAIT_FOR (sw_record_list_find (list, 9) == 33332);
  g_assert_cmpstr (changes->str, ==, "33333-0+1 2-1+0 ");
  g_string_truncate (changes, 0);

  fixture_run ("UPDATE public.customer SET city = 'Nice' WHERE id = 6");
  WAIT_FOR (changes->len > 0);
  g_assert_cmpstr (changes->str, ==, "1-1+0 ");
  same = item (list, 33331);
  g_assert_true (same == third);

  g_string_truncate (changes, 0);
  fixture_run ("INSERT INTO public.customer (id, name, city) VALUES (900000, 'Aaa', 'Lyon')");
  WAIT_FOR (changes->len > 0);
  g_assert_cmpstr (changes->str, ==, "0-0+1 ");
  g_assert_cmpuint (sw_record_list_get_total (list), ==, 33333);
  check_name (list, 0, "Aaa");
  g_assert_cmpint (sw_record_list_find (list, 9), ==, 33332);

  /* A change of somebody else's rows does nothing here. */
  g_string_truncate (changes, 0);
  wait_for_change (session, "UPDATE public.customer SET name = name WHERE id = 1");
  g_assert_cmpstr (changes->str, ==, "");
  g_signal_handlers_disconnect_by_data (list, changes);
  g_string_free (changes, TRUE);
  fixture_run ("UPDATE public.customer SET city = 'Lyon' WHERE id = 6");
  fixture_run ("UPDATE public.customer SET name = 'Client 000009' WHERE id = 9");
  fixture_run ("DELETE FROM public.customer WHERE id = 900000");
}

/* Keeps the ids of @list by what it tells alone, as a view does; at each change both are alike. */
static void
keep_mirror (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  SwRecordList *list = SW_RECORD_LIST (model);
  GArray *mirror = user_data;

  g_assert_cmpuint (position + removed, <=, mirror->len);
  g_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 id = sw_record_list_get_id (list, position + i);

      g_array_insert_val (mirror, position + i, id);
    }
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < mirror->len; i++)
    g_assert_cmpint (sw_record_list_get_id (list, i), ==, g_array_index (mirror, gint64, i));
}

/* Rows renamed, removed and added by the dozen: whoever follows the changes has the list at each of them. */
static void
test_many_edits (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (GArray) mirror = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint told = 0;

  sw_list_query_set_equal (query, "city", "Lyon");
  list = open_list (session, query);
  sw_record_list_follow (list, "customer");
  for (guint i = 0; i < sw_record_list_get_total (list); i++)
    {
      gint64 id = sw_record_list_get_id (list, i);

      g_array_append_val (mirror, id);
    }
  g_signal_connect (list, "items-changed", G_CALLBACK (keep_mirror), mirror);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (count_up), &told);
  for (int n = 3; n < 60; n += 19)
    {
      g_autofree char *changes = g_strdup_printf (
          "UPDATE public.customer SET city = 'Lyon', name = 'Client ' || lpad((id * 7919 %% 100000)::text, 6, '0')"
          " WHERE id %% (100000 / %d) = %d", n, n);
      g_autofree char *leaves = g_strdup_printf (
          "UPDATE public.customer SET city = 'Nice' WHERE city = 'Lyon' AND id %% 3000 = %d", n * 9);

      fixture_run (leaves);
      fixture_run (changes);
      sw_record_list_reload (list);
      WAIT_FOR (!sw_record_list_is_loading (list));
    }
  g_signal_handlers_disconnect_by_data (list, mirror);
  g_signal_handlers_disconnect_by_data (list, &told);
  g_assert_cmpuint (told, >, 20);
  fixture_run ("UPDATE public.customer AS c SET (name, city) = (n.name, n.city) FROM (SELECT id,"
               "  'Client ' || lpad(id::text, 6, '0') AS name,"
               "  CASE id % 3 WHEN 0 THEN 'Lyon' WHEN 1 THEN 'Saint-Étienne' END AS city FROM public.customer) AS n"
               " WHERE n.id = c.id AND (n.name, n.city) IS DISTINCT FROM (c.name, c.city)");
}

/* After a cut the list reads itself again, and keeps the objects the view holds. */
static void
test_cut (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = open_list (session, query);
  g_autoptr (SwRecord) first = item (list, 0);
  g_autoptr (SwPgConnection) killer = fixture_connection ();
  guint reread = 0;

  g_signal_connect (first, "changed", G_CALLBACK (count), &reread);
  run (killer, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
               " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  run (killer, "UPDATE public.customer SET city = 'Sète' WHERE id = 1");
  WAIT_FOR (reread > 0);
  g_assert_cmpstr (sw_record_get_text (first, "city"), ==, "Sète");
  g_assert_cmpuint (sw_record_list_get_total (list), ==, FIXTURE_ROWS);
  run (killer, "UPDATE public.customer SET city = 'Saint-Étienne' WHERE id = 1");
}

static void
test_error (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = sw_list_query_new ("no_such_view");
  g_autoptr (SwRecordList) list = sw_record_list_new (session, query);

  g_assert_true (sw_record_list_is_loading (list));
  WAIT_FOR (sw_record_list_get_error (list) != NULL);
  g_assert_false (sw_record_list_is_loading (list));
  g_assert_false (sw_record_list_is_loaded (list));
}

/* Dropping a list that waits for answers leaves nothing behind (the sanitizers look). */
static void
test_dropped (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  SwRecordList *list = sw_record_list_new (session, query);

  g_object_run_dispose (G_OBJECT (list));
  g_object_unref (list);
  wait_for_answers (session);
  list = open_list (session, query);
  g_object_unref (item (list, 5000));
  g_object_unref (list);
  wait_for_answers (session);
}

static void
test_load_all (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = customers ();
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  list = sw_record_list_new (session, query); /* its ids are still to come */
  sw_record_list_load_all_async (list, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (sw_record_list_load_all_finish (list, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sw_record_list_get_total (list), ==, FIXTURE_ROWS);
  for (guint i = 0; i < FIXTURE_ROWS; i++)
    {
      g_autoptr (SwRecord) record = item (list, i);

      g_assert_true (sw_record_is_loaded (record));
    }
}

static void
test_load_all_fails (void)
{
  g_autoptr (SwSession) session = fixture_session ();
  g_autoptr (SwListQuery) query = sw_list_query_new ("no_such_view");
  g_autoptr (SwRecordList) list = sw_record_list_new (session, query);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_record_list_load_all_async (list, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_false (sw_record_list_load_all_finish (list, result, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture_set_up ();
  g_test_add_func ("/record-list/pages", test_pages);
  g_test_add_func ("/record-list/first-rows", test_first_rows);
  g_test_add_func ("/record-list/scroll", test_scroll);
  g_test_add_func ("/record-list/query", test_query);
  g_test_add_func ("/record-list/follow", test_follow);
  g_test_add_func ("/record-list/many-edits", test_many_edits);
  g_test_add_func ("/record-list/cut", test_cut);
  g_test_add_func ("/record-list/error", test_error);
  g_test_add_func ("/record-list/dropped", test_dropped);
  g_test_add_func ("/record-list/load-all", test_load_all);
  g_test_add_func ("/record-list/load-all-fails", test_load_all_fails);
  status = g_test_run ();
  fixture_tear_down ();
  return status;
}
