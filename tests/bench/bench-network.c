/* A list of a million customers over a bad line: 150 ms there and back, 1 Mbit/s each way.
 *
 *   with-server -- bench-network LINE ROWS
 *   with-server -- wire.py --rtt 150 --rate 1000000 --loss 1 bench-network LINE ROWS
 *
 * The line is the proxy of tests/fakes; inside the wire of tests/fakes, the kernel's TCP over packets that are
 * late and lost, it only counts. Each figure stands beside the least the line allows: its round
 * trips and its bytes. Wanted: the first page in at most 3 round trips and 700 ms, whatever ROWS; the end
 * of the list for what a page costs. */
#define WAIT_LIMIT 600 /* s: a million ids at 1 Mbit/s */
#include "../fakes/line.h"
#include "../postgres/connect.h"
#include "model/sw-record-list.h"

#include <stdio.h>

#define RTT 150      /* ms */
#define RATE 1000000 /* bits/s */

static Line *line;

static void
fill (const char *rows)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO softwhere.customer (number, legal_kind, legal_name, city, status, created_on,"
      " created_by, updated_by, search_text)"
      " SELECT 'BENCH' || n, 'company', 'Entreprise ' || md5(n::text), 'Ville ' || n %% 700,"
      " 'active', DATE '2026-01-01', 'bench', 'bench', 'entreprise ' || md5(n::text)"
      " FROM generate_series(1, %s) AS n", rows);

  run (owner, "SET session_replication_role = replica");
  run (owner, sql);
  run (owner, "VACUUM ANALYZE softwhere.customer");
}

static SwSession *
open_session (void)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (server, "host", line->directory, "port", "5432", NULL);
  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

static void
print (const char *what, gint64 start)
{
  double took = (double) (g_get_monotonic_time () - start) / 1000;
  guint64 bytes;
  guint trips = line_count (line, &bytes);
  double least = trips * RTT + (double) bytes * 8 * 1000 / RATE;

  printf ("%-28s %7.0f ms   %u round trips, %7.1f kB: %7.0f ms of line   ratio %.2f\n", what, took,
          trips, (double) bytes / 1000, least, took / least);
}

int
main (int argc, char **argv)
{
  static const char *const columns[]
      = { "number", "legal_name", "legal_kind", "city", "status", "unpaid", NULL };
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (SwListQuery) query = sw_list_query_new ("customer");
  g_autoptr (SwSession) session = NULL;
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (SwRecord) first = NULL;
  g_autoptr (SwRecord) last = NULL;
  const char *wire = g_getenv ("SOFTWHERE_WIRE_HOST");
  g_autofree char *server = NULL;
  static const char *const sorts[] = { "number", "legal_name", NULL };
  char *what;
  gint64 start;

  g_assert_cmpint (argc, ==, 3);
  fill (argv[2]);
  if (wire != NULL)
    server = g_strconcat (wire, ":5432", NULL);
  line = line_new (argv[1], wire != NULL ? server : sw_pg_target_get (target, "host"));
  session = open_session ();
  if (wire == NULL)
    {
      line_say (line, "rtt " G_STRINGIFY (RTT));
      line_say (line, "rate " G_STRINGIFY (RATE));
    }
  sw_list_query_set_columns (query, columns);
  for (guint i = 0; sorts[i] != NULL; i++)
    {
      g_clear_object (&first);
      g_clear_object (&list);
      sw_list_query_set_sort (query, sorts[i], i % 2 == 1);
      line_count (line, NULL);
      start = g_get_monotonic_time ();
      list = sw_record_list_new (session, query);
      WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
      first = g_list_model_get_item (G_LIST_MODEL (list), 0);
      WAIT_FOR (sw_record_is_loaded (first));
      what = g_strdup_printf ("first page by %s", sorts[i]);
      print (what, start);
      g_clear_pointer (&what, g_free);
    }
  WAIT_FOR (sw_record_list_is_complete (list));
  print ("all ids, in the background", start);

  start = g_get_monotonic_time ();
  last = g_list_model_get_item (G_LIST_MODEL (list),
                                g_list_model_get_n_items (G_LIST_MODEL (list)) - 1);
  WAIT_FOR (sw_record_is_loaded (last));
  print ("jump to the end", start);
  line_free (line);
  return 0;
}
