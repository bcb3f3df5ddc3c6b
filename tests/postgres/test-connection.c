/* SwPgConnection when all goes well: values, order, prepared statements, notifications. */
#include "connect.h"

#include <string.h>

static void
test_values (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  SwPgParams *params = sw_pg_params_new ();
  const gint64 ids[] = { 3, -9007199254740993 };
  const char *const words[] = { "a\"b\\c", "", "NULL", "é,{}", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\1\xff", 3);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (SwPgResult) result = NULL;

  sw_pg_params_add_text (params, "l'été");
  sw_pg_params_add_text (params, NULL);
  sw_pg_params_add_int64 (params, G_MAXINT64);
  sw_pg_params_add_bool (params, FALSE);
  sw_pg_params_add_json (params, "{\"a\": [1, null]}");
  sw_pg_params_add_int64_array (params, ids, 2);
  sw_pg_params_add_text_array (params, words);
  g_assert_cmpuint (sw_pg_params_add_bytes (params, bytes), ==, 8);
  result = query (connection,
                  "SELECT $1::text AS t, $2::text AS n, $3::bigint AS i, $4::boolean AS b,"
                  " $5::jsonb -> 'a' AS j, ($6::bigint[])[2] AS two, to_json($7::text[]) AS w,"
                  " $8::bytea AS bytes, true AS yes, 12.50::numeric AS amount, DATE '2026-02-03' AS d,"
                  " TIMESTAMPTZ '2026-07-03 12:00Z' AS at",
                  params);
  g_assert_cmpuint (sw_pg_result_get_n_rows (result), ==, 1);
  g_assert_cmpuint (sw_pg_result_get_n_columns (result), ==, 12);
  g_assert_cmpstr (sw_pg_result_get_column_name (result, 0), ==, "t");
  g_assert_cmpstr (sw_pg_result_get_text (result, 0, 0), ==, "l'été");
  g_assert_null (sw_pg_result_get_named (result, 0, "n"));
  g_assert_cmpint (sw_pg_result_get_int64 (result, 0, 2), ==, G_MAXINT64);
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "b"), ==, "false");
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "j"), ==, "[1, null]");
  g_assert_cmpint (sw_pg_result_get_int64 (result, 0, 5), ==, ids[1]);
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "w"), ==,
                   "[\"a\\\"b\\\\c\",\"\",\"NULL\",\"é,{}\"]");
  back = sw_pg_result_get_bytes (result, 0, 7);
  g_assert_true (g_bytes_equal (back, bytes));
  g_assert_true (sw_pg_result_get_bool (result, 0, 8));
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "amount"), ==, "12.50");
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "d"), ==, "2026-02-03");
  /* Paris time, whatever the server's own zone. */
  g_assert_cmpstr (sw_pg_result_get_named (result, 0, "at"), ==, "2026-07-03 14:00:00+02");
  g_assert_cmpint (sw_pg_result_find_column (result, "T"), ==, -1);
  g_assert_null (sw_pg_result_get_text (result, 1, 0));
  g_assert_null (sw_pg_result_get_text (result, 0, 12));
}

typedef struct
{
  SwPgConnection *connection;
  GString *order;
  guint left;
} Queue;

static void
on_queued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Queue *queue = user_data;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, NULL);

  if (answer != NULL)
    g_string_append (queue->order, sw_pg_result_get_text (answer, 0, 0));
  else
    g_string_append_c (queue->order, '!');
  queue->left--;
}

/* One after the other, in order; an error of one does not touch the next. */
static void
test_queue (void)
{
  static const char *const sqls[] = { "SELECT 1 FROM pg_sleep(0.05)", "SELECT 2", "SELECT 1/0",
                                      "SELECT nonsense", "SELECT 5" };
  Queue queue = { test_connection (), g_string_new (NULL), G_N_ELEMENTS (sqls) };

  for (gsize i = 0; i < G_N_ELEMENTS (sqls); i++)
    sw_pg_connection_query_async (queue.connection, sqls[i], NULL, NULL, on_queued, &queue);
  WAIT_FOR (queue.left == 0);
  g_assert_cmpstr (queue.order->str, ==, "12!!5");
  g_string_free (queue.order, TRUE);
  g_object_unref (queue.connection);
}

static void
test_error_fields (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  g_assert_null (try_query (connection,
                            "DO $$ BEGIN RAISE EXCEPTION 'too much' USING ERRCODE = 'SW010',"
                            " COLUMN = 'contacts[2].email', CONSTRAINT = 'a_sentence',"
                            " TABLE = 'invoice', HINT = 'less', DETAIL = ''; END $$",
                            NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_SERVER);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_true (sw_pg_error_is (copy, "SW010"));
  g_assert_cmpstr (copy->message, ==, "too much");
  g_assert_cmpstr (sw_pg_error_get_column (copy), ==, "contacts[2].email");
  g_assert_cmpstr (sw_pg_error_get_constraint (copy), ==, "a_sentence");
  g_assert_cmpstr (sw_pg_error_get_table (copy), ==, "invoice");
  g_assert_cmpstr (sw_pg_error_get_hint (copy), ==, "less");
  g_assert_null (sw_pg_error_get_detail (copy)); /* empty counts as not sent */
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_assert_null (sw_pg_error_get_sqlstate (error));
}

/* What comes back is prepared, and a rebuilt server does not disturb it. */
static void
test_prepared (void)
{
  static const char sql[] = "SELECT * FROM pg_temp.thing";
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autofree char *n = NULL;

  run (connection, "CREATE TEMP TABLE thing AS SELECT 1 AS a");
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (SwPgResult) result = query (connection, sql, NULL);

      g_assert_cmpuint (sw_pg_result_get_n_columns (result), ==, 1);
    }
  n = query_text (connection, "SELECT count(*) FROM pg_prepared_statements"
                              " WHERE statement = 'SELECT * FROM pg_temp.thing'");
  g_assert_cmpstr (n, ==, "1");
  run (connection, "ALTER TABLE pg_temp.thing ADD b int");
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (SwPgResult) result = query (connection, sql, NULL);

      g_assert_cmpuint (sw_pg_result_get_n_columns (result), ==, 2);
    }
}

static void
test_large (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (SwPgResult) result
      = query (connection, "SELECT n, repeat('x', 50) FROM generate_series(1, 200000) AS n", NULL);
  g_autofree char *much = g_strnfill (8 * 1024 * 1024, 'y');
  SwPgParams *params = sw_pg_params_new ();
  g_autoptr (SwPgResult) sent = NULL;

  g_assert_cmpuint (sw_pg_result_get_n_rows (result), ==, 200000);
  g_assert_cmpint (sw_pg_result_get_int64 (result, 199999, 0), ==, 200000);
  /* More than a socket takes at once: the rest goes when it is writable. */
  sw_pg_params_add_text (params, much);
  sent = query (connection, "SELECT length($1::text)", params);
  g_assert_cmpint (sw_pg_result_get_int64 (sent, 0, 0), ==, 8 * 1024 * 1024);
}

typedef struct
{
  char *channel;
  char *payload;
  char *notice;
} Heard;

static void
on_notification (SwPgConnection *connection, const char *channel, const char *payload, int pid,
                 gpointer user_data)
{
  Heard *heard = user_data;

  heard->channel = g_strdup (channel);
  heard->payload = g_strdup (payload);
}

static void
on_notice (SwPgConnection *connection, const char *sqlstate, const char *message,
           gpointer user_data)
{
  ((Heard *) user_data)->notice = g_strdup_printf ("%s %s", sqlstate, message);
}

static void
test_notify (void)
{
  g_autoptr (SwPgConnection) listener = test_connection ();
  g_autoptr (SwPgConnection) speaker = test_connection ();
  g_autoptr (SwPgResult) listening = query (listener, "LISTEN sw_test_notify", NULL);
  Heard heard = { 0 };

  g_signal_connect (listener, "notification", G_CALLBACK (on_notification), &heard);
  g_signal_connect (listener, "notice", G_CALLBACK (on_notice), &heard);
  run (speaker, "NOTIFY sw_test_notify, 'contract:12'");
  WAIT_FOR (heard.payload != NULL); /* the listener is idle: nothing asks the socket */
  g_assert_cmpstr (heard.channel, ==, "sw_test_notify");
  g_assert_cmpstr (heard.payload, ==, "contract:12");
  run (listener, "DO $$ BEGIN RAISE WARNING 'hello'; END $$");
  WAIT_FOR (heard.notice != NULL);
  g_assert_cmpstr (heard.notice, ==, "01000 hello");
  g_free (heard.channel);
  g_free (heard.payload);
  g_free (heard.notice);
}

static void
test_statement_timeout (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;

  sw_pg_connection_set_statement_timeout (connection, 50);
  g_assert_true (try_open (connection, target, NULL, NULL));
  g_assert_null (try_query (connection, "SELECT pg_sleep(60)", NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_SERVER);
  g_assert_true (sw_pg_error_is (error, "57014"));
}

static void
test_password (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autofree char *verifier = sw_pg_encrypt_password (connection, "someone", "sésame", NULL);
  g_autofree char *other = sw_pg_encrypt_password (connection, "someone", "sésame", NULL);

  g_assert_true (g_str_has_prefix (verifier, "SCRAM-SHA-256$4096:"));
  g_assert_null (strstr (verifier, "sésame"));
  g_assert_cmpstr (verifier, !=, other); /* salted */
}

static void
test_target_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgTarget) target
      = sw_pg_target_parse ("postgresql://adv:secret@one,two:5433/softwhere?sslmode=require", &error);
  g_autoptr (SwPgTarget) again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (sw_pg_target_get (target, "host"), ==, "one,two");
  g_assert_cmpstr (sw_pg_target_get (target, "password"), ==, "secret");
  g_assert_false (sw_pg_target_is_local (target));
  sw_pg_target_set (target, "dbname", "it's \\ odd");
  text = sw_pg_target_to_string (target);
  g_assert_null (strstr (text, "secret"));
  again = sw_pg_target_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sw_pg_target_get (again, "dbname"), ==, "it's \\ odd");
  sw_pg_target_set (again, "host", "/tmp");
  g_assert_true (sw_pg_target_is_local (again));
  g_assert_null (sw_pg_target_parse ("postgresql://[", &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pg/values", test_values);
  g_test_add_func ("/pg/queue", test_queue);
  g_test_add_func ("/pg/error-fields", test_error_fields);
  g_test_add_func ("/pg/prepared", test_prepared);
  g_test_add_func ("/pg/large", test_large);
  g_test_add_func ("/pg/notify", test_notify);
  g_test_add_func ("/pg/statement-timeout", test_statement_timeout);
  g_test_add_func ("/pg/password", test_password);
  g_test_add_func ("/pg/target", test_target_text);
  return g_test_run ();
}
