/* Lists of customers: what SwRecordList adds to the bare queries.
 *
 *   with-server -- bench-list [ROWS]
 *
 * A million customers unless told otherwise, in the product's own tables, read through api.customer by a member of the
 * office (so with row-level security). Each figure is the median of several runs, beside the same queries
 * sent by plain blocking libpq in the same run: a page of the order as the database gives it first. Wanted, for
 * every order: first rows within 2 times that page; the end of the list, and its beginning again, as cheap as a page.
 */
#define WAIT_LIMIT 600 /* s: filling the tables takes a while on a busy machine */
#include "../postgres/connect.h"
#include "model/sw-call.h"
#include "model/sw-record-list.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS "1000000"
#define RUNS 5
#define PAGE 100

static const char *const columns[]
    = { "number", "legal_name", "legal_kind", "city", "status", "unpaid", NULL };
#define COLUMNS "id, number, legal_name, legal_kind, city, status, unpaid"
static const char page_sql[] = "SELECT " COLUMNS " FROM api.customer WHERE id = ANY ($1::bigint[])";

/* A column of each kind a list sorts by. */
static const struct
{
  const char *column;
  gboolean descending;
} sorts[] = {
  { "legal_name", FALSE }, /* text */
  { "legal_name", TRUE },
  { "number", TRUE },
  { "created_on", TRUE }, /* date */
  { "unpaid", TRUE },     /* amount */
  { "status", FALSE },    /* choice */
  { "city", TRUE },
};
static guint rows;

/* ---- figures ---- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median_ms (gint64 *times)
{
  qsort (times, RUNS, sizeof *times, compare_times);
  return (double) times[RUNS / 2] / 1000;
}

static void
print_ratio (const char *what, gint64 *ours, gint64 *bare)
{
  double a = median_ms (ours), b = median_ms (bare);

  printf ("%-34s %8.2f ms   bare queries %8.2f ms   ratio %.3g\n", what, a, b, a / b);
}

/* ---- the rows ---- */

/* Without triggers: they are measured elsewhere, and would take minutes here. */
static void
fill (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO softwhere.customer (number, legal_kind, legal_name, city, status, created_on, created_by,"
      " updated_by, search_text) SELECT 'BENCH' || n, 'company', 'Entreprise ' || md5(n::text),"
      " 'Ville ' || n %% 700, CASE n %% 9 WHEN 0 THEN 'signed' ELSE 'active' END, DATE '2020-01-01' + n %% 2400,"
      " 'bench', 'bench', 'entreprise ' || md5(n::text) FROM generate_series(1, %u) AS n", rows);

  run (owner, "SET session_replication_role = replica");
  run (owner, sql);
  run (owner, "VACUUM ANALYZE softwhere.customer");
}

static void
empty (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();

  run (owner, "SET session_replication_role = replica");
  run (owner, "DELETE FROM softwhere.customer WHERE number LIKE 'BENCH%'");
}

/* ---- plain libpq ---- */

static PGresult *
bare (PGconn *conn, const char *sql, const char *value)
{
  PGresult *result = PQexecParams (conn, sql, value != NULL, NULL, &value, NULL, NULL, 0);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  return result;
}

/* The ids from @first on as an array, at most a page. */
static char *
array_of_page (PGresult *ids, int first)
{
  GString *text = g_string_new ("{");

  for (int i = first; i < MIN (first + PAGE, PQntuples (ids)); i++)
    g_string_append_printf (text, "%s%s", i > first ? "," : "", PQgetvalue (ids, i, 0));
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* Times of the first page in the order of sort @i, of its ids, and of the last page alone. */
static void
measure_bare (PGconn *conn, guint i, gint64 *first, gint64 *all, gint64 *last)
{
  const char *way = sorts[i].descending ? "DESC" : "ASC";
  g_autofree char *ids_sql = g_strdup_printf (
      "SELECT id FROM api.customer ORDER BY %s %s, id %s", sorts[i].column, way, way);
  g_autofree char *head_sql = g_strdup_printf (
      "SELECT " COLUMNS " FROM api.customer ORDER BY %s %s, id %s LIMIT %u", sorts[i].column, way, way, PAGE);

  for (int n = 0; n < RUNS; n++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autofree char *tail = NULL;
      PGresult *ids;

      PQclear (bare (conn, head_sql, NULL));
      first[n] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      ids = bare (conn, ids_sql, NULL);
      all[n] = g_get_monotonic_time () - start;
      tail = array_of_page (ids, PQntuples (ids) - PAGE);
      start = g_get_monotonic_time ();
      PQclear (bare (conn, page_sql, tail));
      last[n] = g_get_monotonic_time () - start;
      PQclear (ids);
    }
}

/* ---- the list ---- */

/* From now until row @position is on the screen. */
static gint64
jump (SwRecordList *list, guint position)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SwRecord) record = g_list_model_get_item (G_LIST_MODEL (list), position);

  WAIT_FOR (sw_record_is_loaded (record));
  return g_get_monotonic_time () - start;
}

static void
measure_list (SwSession *session, guint i, gint64 *first, gint64 *all, gint64 *last, gint64 *back)
{
  g_autoptr (SwListQuery) query = sw_list_query_new ("customer");

  sw_list_query_set_columns (query, columns);
  sw_list_query_set_sort (query, sorts[i].column, sorts[i].descending);
  for (int n = 0; n < RUNS; n++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (SwRecordList) list = sw_record_list_new (session, query);
      g_autoptr (SwRecord) head = NULL;

      WAIT_FOR (sw_record_list_is_loaded (list));
      first[n] = g_get_monotonic_time () - start;
      head = g_list_model_get_item (G_LIST_MODEL (list), 0);
      g_assert_true (sw_record_is_loaded (head));
      WAIT_FOR (!sw_record_list_is_loading (list));
      all[n] = g_get_monotonic_time () - start;
      g_assert_cmpuint (sw_record_list_get_total (list), >=, rows);
      last[n] = jump (list, sw_record_list_get_total (list) - 1);
      /* Not the first page, which is still there. */
      back[n] = jump (list, sw_record_list_get_total (list) / 2);
    }
}

static void
measure_sort (SwSession *session, PGconn *conn, guint i)
{
  gint64 first[RUNS], all[RUNS], last[RUNS], back[RUNS], plain[RUNS], ids[RUNS], page[RUNS], same[RUNS];

  measure_bare (conn, i, plain, ids, page);
  memcpy (same, page, sizeof page);
  measure_list (session, i, first, all, last, back);
  printf ("by %s, %s\n", sorts[i].column, sorts[i].descending ? "descending" : "ascending");
  print_ratio ("  first rows", first, plain);
  print_ratio ("  all ids", all, ids);
  print_ratio ("  jump to the end", last, page);
  print_ratio ("  and back to the middle", back, same);
}

/* ---- one record ---- */

static void
measure_record (SwSession *session, PGconn *conn, gint64 id, gint64 *ours, gint64 *plain)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  for (int i = 0; i < RUNS; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SwRecord) record = NULL;
      gint64 start = g_get_monotonic_time ();

      sw_call_read_record_async (session, "customer", id, NULL, wait_keep, &result);
      WAIT_FOR (result != NULL);
      record = sw_call_read_record_finish (result, NULL);
      g_assert_nonnull (record);
      ours[i] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      PQclear (bare (conn, "SELECT * FROM api.customer_record($1)", number));
      plain[i] = g_get_monotonic_time () - start;
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (SwPgTarget) target = NULL;
  g_autofree char *conninfo = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ours_last[RUNS], bare_last[RUNS];
  PGconn *conn;
  PGresult *any;

  rows = (guint) g_ascii_strtoull (argc > 1 ? argv[1] : ROWS, NULL, 10);
  g_assert_nonnull (server);
  target = sw_server_to_target (server, "adv", NULL);
  conninfo = sw_pg_target_to_string (target);
  g_setenv ("PGPASSWORD", sw_server_get_login_password (server, "adv"), TRUE);
  conn = PQconnectdb (conninfo);
  g_assert_cmpint (PQstatus (conn), ==, CONNECTION_OK);
  fill ();
  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &opened);
  WAIT_FOR (opened != NULL);
  sw_session_open_finish (session, opened, &error);
  g_assert_no_error (error);

  printf ("%u customers\n", rows);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    measure_sort (session, conn, i);
  any = bare (conn, "SELECT id FROM api.customer ORDER BY legal_name LIMIT 6", NULL);
  measure_record (session, conn, g_ascii_strtoll (PQgetvalue (any, 5, 0), NULL, 10), ours_last,
                  bare_last);
  print_ratio ("a customer's record", ours_last, bare_last);
  PQclear (any);
  PQfinish (conn);
  empty ();
  return 0;
}
