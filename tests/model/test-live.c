/* Two people and the product's own server: what one changes the other sees, whatever cuts each of
 * them went through; and they see each other on a record (ROLE-01). */
#include "product.h"
#include "model/sw-change-feed.h"
#include "model/sw-presence.h"
#include "model/sw-record-list.h"

#define CHANGES 500

/* Customers of this test have these in their name, so that others may use the same server. */
#define MARK "Interruption"

static const char *const columns[] = { "legal_name", "city", "status", "row_version", NULL };

/* ---- two clients ---- */

typedef struct
{
  SwSession *session;
  SwRecordList *list;
  GPtrArray *shown; /* as a view holds what it shows */
  guint cuts;
} Client;

static SwRecordList *
read_list (SwSession *session)
{
  static const char *const mark[] = { MARK, NULL };
  g_autoptr (SwListQuery) query = sw_list_query_new ("customer");
  SwRecordList *list;

  sw_list_query_set_columns (query, columns);
  sw_list_query_set_filter (query, "legal_name", SW_FILTER_CONTAINS, mark);
  sw_list_query_set_sort (query, "legal_name", FALSE);
  list = sw_record_list_new (session, query);
  WAIT_FOR (!sw_record_list_is_loading (list));
  g_assert_cmpstr (sw_record_list_get_error (list), ==, NULL);
  return list;
}

static void
hold (Client *client)
{
  g_ptr_array_set_size (client->shown, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (client->list)); i++)
    g_ptr_array_add (client->shown, g_list_model_get_item (G_LIST_MODEL (client->list), i));
}

static void
client_open (Client *client, const char *user)
{
  client->session = open_as (user);
  client->list = read_list (client->session);
  client->shown = g_ptr_array_new_with_free_func (g_object_unref);
  sw_record_list_follow (client->list, "customer");
  g_signal_connect_swapped (client->list, "items-changed", G_CALLBACK (hold), client);
  hold (client);
}

static void
client_close (Client *client)
{
  g_signal_handlers_disconnect_by_data (client->list, client);
  g_ptr_array_unref (client->shown);
  g_object_unref (client->list);
  g_object_unref (client->session);
}

/* Every row in order, as it is shown; NULL while something is still to come. */
static char *
hash_of (SwRecordList *list)
{
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (SwRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!sw_record_is_loaded (record))
        return NULL;
      for (guint c = 0; columns[c] != NULL; c++)
        {
          const char *text = sw_record_get_text (record, columns[c]);

          g_checksum_update (hash, (const guchar *) (text != NULL ? text : "\x01"), -1);
          g_checksum_update (hash, (const guchar *) "\x02", 1);
        }
    }
  return g_strdup (g_checksum_get_string (hash));
}

static gboolean
is_same (SwRecordList *list, const char *hash)
{
  g_autofree char *now = hash_of (list);

  return g_strcmp0 (now, hash) == 0;
}

/* ---- what others do ---- */

static char *
any_of (GRand *rand)
{
  return g_strdup_printf ("(SELECT id FROM softwhere.customer WHERE legal_name LIKE '%%" MARK "%%'"
                          " ORDER BY md5(id::text || %d) LIMIT 1)", g_rand_int_range (rand, 0, 100000));
}

static char *
a_change (GRand *rand, int number)
{
  g_autofree char *any = any_of (rand);
  int kind = g_rand_int_range (rand, 0, 20);

  if (kind < 10) /* a row as it is shown */
    return g_strdup_printf ("UPDATE softwhere.customer SET city = 'Ville %d' WHERE id = %s", number, any);
  if (kind < 13) /* its place in the list */
    return g_strdup_printf ("UPDATE softwhere.customer SET legal_name = '%c%d " MARK "' WHERE id = %s",
                            g_rand_int_range (rand, 'A', 'Z' + 1), number, any);
  if (kind < 17)
    return g_strdup_printf ("SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\":"
                            " \"%c%d " MARK "\"}')", g_rand_int_range (rand, 'A', 'Z' + 1), number);
  if (kind < 19)
    return g_strdup_printf ("DELETE FROM softwhere.customer WHERE id = %s", any);
  /* More at once than are told one by one. */
  return g_strdup_printf ("UPDATE softwhere.customer SET city = 'Partout %d' WHERE legal_name LIKE"
                          " '%%" MARK "%%'", number);
}

/* Kills both connections of @client, when it has any. */
static void
cut (SwPgConnection *admin, Client *client)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'",
      sw_session_get_user_name (client->session));

  run (admin, sql);
  client->cuts++;
}

/* 500 changes, while one client is cut often and the other seldom, at moments of their own, also
 * while they come back: both end with the rows a third one reads afterwards. */
static void
test_interruptions (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  g_autoptr (SwPgConnection) admin = test_connection ();
  g_autoptr (SwSession) third = NULL;
  g_autoptr (SwRecordList) fresh = NULL;
  g_autofree char *expected = NULL;
  Client often = { 0 }, seldom = { 0 };

  run (admin, "SELECT api.customer_save(jsonb_build_object('legal_kind', 'company', 'legal_name',"
              " n || ' " MARK "')) FROM generate_series(1, 80) AS n");
  client_open (&often, "adv");
  client_open (&seldom, "compta");
  for (int i = 0; i < CHANGES; i++)
    {
      g_autofree char *sql = a_change (rand, i);

      if (g_rand_int_range (rand, 0, 25) == 0)
        cut (admin, &often);
      if (g_rand_int_range (rand, 0, 100) == 0)
        cut (admin, &seldom);
      if (g_rand_int_range (rand, 0, 10) == 0) /* back at work, or still on the way */
        sw_session_reconnect_now (often.session);
      run (admin, sql); /* the main loop runs meanwhile: clients ask, are told, and are cut */
    }
  g_assert_cmpuint (often.cuts, >, 10);
  g_assert_cmpuint (seldom.cuts, >, 2);
  g_assert_cmpuint (often.cuts, !=, seldom.cuts);

  third = open_as ("support");
  fresh = read_list (third);
  g_assert_cmpuint (sw_record_list_get_total (fresh), >, 50);
  WAIT_FOR ((expected = hash_of (fresh)) != NULL);
  WAIT_FOR (is_same (often.list, expected));
  WAIT_FOR (is_same (seldom.list, expected));
  client_close (&often);
  client_close (&seldom);
  run (admin, "DELETE FROM softwhere.customer WHERE legal_name LIKE '%" MARK "%'");
}

static int
compare_times (const void *a, const void *b)
{
  const gint64 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

/* A change is on the other's screen within a second. */
static void
test_soon (void)
{
  g_autoptr (SwPgConnection) admin = test_connection ();
  Client client = { 0 };
  gint64 took[20];

  run (admin, "SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\": \"" MARK "\"}')");
  client_open (&client, "adv");
  for (int i = 0; i < (int) G_N_ELEMENTS (took); i++)
    {
      g_autofree char *city = g_strdup_printf ("Ville %d", i);
      g_autofree char *sql = g_strdup_printf ("UPDATE softwhere.customer SET city = '%s'"
                                              " WHERE legal_name = '" MARK "'", city);
      SwRecord *record = client.shown->pdata[0];
      gint64 began;

      run (admin, sql);
      began = g_get_monotonic_time ();
      WAIT_FOR (g_strcmp0 (sw_record_get_text (record, "city"), city) == 0);
      took[i] = g_get_monotonic_time () - began;
    }
  /* The one in the middle: a machine that is busy elsewhere for a moment delays some of them. */
  qsort (took, G_N_ELEMENTS (took), sizeof *took, compare_times);
  g_test_message ("of 20 changes half were shown after %.0f ms, the last after %.0f ms",
                  (double) took[10] / 1000, (double) took[19] / 1000);
  g_assert_cmpint (took[10], <, G_TIME_SPAN_SECOND);
  client_close (&client);
  run (admin, "DELETE FROM softwhere.customer WHERE legal_name = '" MARK "'");
}

/* ---- presence ---- */

static char *
names_of (SwPresence *presence)
{
  return g_strjoinv (", ", (GStrv) sw_presence_get_names (presence));
}

static gboolean
sees (SwPresence *presence, const char *expected)
{
  g_autofree char *names = names_of (presence);

  return g_str_equal (names, expected);
}

static void
test_presence (void)
{
  g_autoptr (SwPgConnection) admin = test_connection ();
  g_autoptr (SwSession) one = open_as ("adv");
  g_autoptr (SwSession) two = open_as ("compta");
  g_autoptr (SwPresence) claire = sw_presence_new (one, "customer");
  g_autoptr (SwPresence) sophie = sw_presence_new (two, "customer");
  g_autofree char *text
      = query_text (admin, "SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\": \"" MARK "\"}')");
  gint64 id = g_ascii_strtoll (text, NULL, 10);
  Client who = { one, NULL, NULL, 0 };

  sw_presence_set_id (claire, id);
  sw_presence_set_id (sophie, id);
  WAIT_FOR (sees (sophie, sw_session_get_display_name (one)));
  WAIT_FOR (sees (claire, sw_session_get_display_name (two)));
  /* She goes on to another record. */
  sw_presence_set_id (sophie, id + 1000000);
  g_assert_true (sees (sophie, ""));
  WAIT_FOR (sees (claire, ""));
  sw_presence_set_id (sophie, id);
  WAIT_FOR (sees (claire, sw_session_get_display_name (two)));
  /* A cut: nobody knows anything, then both are there again, by themselves. */
  cut (admin, &who);
  WAIT_FOR (sw_session_get_state (one) == SW_SESSION_LOST);
  g_assert_true (sees (claire, ""));
  WAIT_FOR (sees (claire, sw_session_get_display_name (two)));
  WAIT_FOR (sees (sophie, sw_session_get_display_name (one)));
  /* Somebody closes the page. */
  g_clear_object (&claire);
  WAIT_FOR (sees (sophie, ""));
  run (admin, "DELETE FROM softwhere.customer WHERE legal_name = '" MARK "'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live/soon", test_soon);
  g_test_add_func ("/live/interruptions", test_interruptions);
  g_test_add_func ("/live/presence", test_presence);
  return g_test_run ();
}
