/* SwPgConnection when things go wrong: addresses, passwords, cuts, cancelling. */
#include "connect.h"
#include "loop-watch.h"

#include <string.h>

/* ---- addresses ---- */

/* A port of this computer where connections are accepted and never answered: a server that hangs,
 * and, for libpq, a black hole. */
static GSocketListener *
black_hole (guint16 *port)
{
  GSocketListener *listener = g_socket_listener_new ();

  *port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_assert_cmpint (*port, !=, 0);
  return listener;
}

static void
set_port (SwPgTarget *target, const char *host, guint16 port, const char *after)
{
  g_autofree char *text = g_strdup_printf ("%u%s", port, after);

  sw_pg_target_set (target, "host", host);
  sw_pg_target_set (target, "port", text);
  sw_pg_target_set (target, "sslmode", "disable");
}

static void
test_hanging_host (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;
  guint16 port;
  g_autoptr (GSocketListener) hole = black_hole (&port);
  gint64 start = g_get_monotonic_time ();
  LoopWatch watch;

  set_port (target, "127.0.0.1", port, "");
  sw_pg_connection_set_connect_timeout (connection, 300);
  loop_watch_start (&watch);
  g_assert_false (try_open (connection, target, NULL, &error));
  loop_watch_stop (&watch);
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CONNECT_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300 * 1000);
  g_assert_cmpint (sw_pg_connection_get_state (connection), ==, SW_PG_STATE_CLOSED);
}

static void
test_closed_port (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;
  guint16 port;

  g_object_unref (black_hole (&port)); /* free again */
  set_port (target, "127.0.0.1", port, "");
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CONNECT);
}

/* @target with 127.0.0.1:@port before its own host. */
static void
put_before (SwPgTarget *target, guint16 port)
{
  g_autofree char *hosts = g_strconcat ("127.0.0.1,", sw_pg_target_get (target, "host"), NULL);
  const char *own = sw_pg_target_get (target, "port");
  g_autofree char *second = g_strconcat (",", own != NULL ? own : "5432", NULL);

  set_port (target, hosts, port, second);
}

/* Whoever waits for a silent host now waits longer than this test. */
static void
be_patient (SwPgConnection *connection)
{
  sw_pg_connection_set_head_start (connection, WAIT_LIMIT * 2000);
  sw_pg_connection_set_connect_timeout (connection, WAIT_LIMIT * 2000);
}

/* A silent first host costs the half second it is ahead, not its ten seconds; once the other one is
 * preferred, nothing (issue 3, Failover; PEERS #24). */
static void
test_second_host (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autofree char *own
      = sw_pg_host_name (sw_pg_target_get (target, "host"), sw_pg_target_get (target, "port"));
  g_autofree char *answered = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;
  g_autoptr (GSocketListener) hole = black_hole (&port);
  gint64 start = g_get_monotonic_time (), took;
  LoopWatch watch;

  put_before (target, port);
  sw_pg_connection_set_connect_timeout (connection, WAIT_LIMIT * 2000);
  loop_watch_start (&watch);
  try_open (connection, target, NULL, &error);
  loop_watch_stop (&watch);
  g_assert_no_error (error);
  took = (g_get_monotonic_time () - start) / 1000;
  g_test_message ("past a silent host in %d ms", (int) took);
  g_assert_cmpint (took, >=, 500);
  answered = sw_pg_connection_dup_host (connection);
  g_assert_cmpstr (answered, ==, own);
  run (connection, "SELECT 1");

  sw_pg_connection_close (connection);
  sw_pg_target_prefer (target, answered);
  be_patient (connection);
  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
}

/* A first host that refuses is not waited for at all. */
static void
test_refusing_host (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;
  guint16 port;

  g_object_unref (black_hole (&port));
  put_before (target, port);
  be_patient (connection);
  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
}

static void
on_asked (GObject *listener, GAsyncResult *result, gpointer n_asked)
{
  g_autoptr (GSocketConnection) connection
      = g_socket_listener_accept_finish (G_SOCKET_LISTENER (listener), result, NULL, NULL);

  *(int *) n_asked += connection != NULL;
  g_object_set_data_full (listener, *(int *) n_asked == 1 ? "first" : "second",
                          g_steal_pointer (&connection), g_object_unref);
}

/* Silent hosts are asked beside each other: the second while the first has its whole time still. */
static void
test_only_silent_hosts (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;
  g_autoptr (GSocketListener) hole = black_hole (&port);
  g_autofree char *ports = g_strdup_printf (",%u", port);
  int n_asked = 0;

  g_socket_listener_accept_async (hole, NULL, on_asked, &n_asked);
  set_port (target, "127.0.0.1,127.0.0.1", port, ports);
  be_patient (connection);
  sw_pg_connection_set_head_start (connection, 50);
  sw_pg_connection_open_async (connection, target, cancellable, wait_keep, &result);
  WAIT_FOR (n_asked == 1);
  g_socket_listener_accept_async (hole, NULL, on_asked, &n_asked);
  WAIT_FOR (n_asked == 2);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (result != NULL);
  g_assert_false (sw_pg_connection_open_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_clear_error (&error);

  /* Each has said nothing: that is told once all have had their time. */
  sw_pg_connection_set_connect_timeout (connection, 300);
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CONNECT_TIMEOUT);
}

/* ---- names ---- */

/* A name server that never answers. */
typedef GResolver SilentResolver;
typedef GResolverClass SilentResolverClass;
static GType silent_resolver_get_type (void);
G_DEFINE_TYPE (SilentResolver, silent_resolver, G_TYPE_RESOLVER)

/* Only cancelling ends it. */
static gboolean
on_lookup_cancelled (GCancellable *cancellable, gpointer task)
{
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
silent_lookup (GResolver *resolver, const char *name, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

  g_task_attach_source (task, source, G_SOURCE_FUNC (on_lookup_cancelled));
}

static void
silent_resolver_init (SilentResolver *self)
{
}

static GList *
silent_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
silent_resolver_class_init (SilentResolverClass *klass)
{
  klass->lookup_by_name_async = silent_lookup;
  klass->lookup_by_name_finish = silent_finish;
}

static void
test_unknown_name (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;
  LoopWatch watch;

  sw_pg_target_set (target, "host", "nowhere.invalid"); /* RFC 6761: never resolves */
  loop_watch_start (&watch);
  g_assert_false (try_open (connection, target, NULL, &error));
  loop_watch_stop (&watch);
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_NAME);
}

static void
test_silent_name_server (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) silent = g_object_new (silent_resolver_get_type (), NULL);
  g_autoptr (GError) error = NULL;

  g_resolver_set_default (silent);
  sw_pg_target_set (target, "host", "somewhere.example");
  sw_pg_connection_set_connect_timeout (connection, 200);
  g_assert_false (try_open (connection, target, NULL, &error));
  g_resolver_set_default (usual);
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_NAME);
}

/* ---- passwords and TLS ---- */

static void
test_wrong_password (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;

  run (owner, "DROP ROLE IF EXISTS sw_test_wrong_password");
  run (owner, "CREATE ROLE sw_test_wrong_password LOGIN PASSWORD 'right'");
  sw_pg_target_set (target, "user", "sw_test_wrong_password");
  sw_pg_target_set (target, "password", "wrong");
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION);
  g_assert_true (sw_pg_error_is (error, "28P01"));
  g_clear_error (&error);
  sw_pg_target_set (target, "password", ""); /* libpq gives up by itself: no SQLSTATE */
  sw_pg_target_set (target, "passfile", "/dev/null");
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION);
  g_clear_error (&error);
  sw_pg_target_set (target, "dbname", "no_such_database");
  sw_pg_target_set (target, "password", "right");
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_SERVER);
  g_assert_true (sw_pg_error_is (error, "3D000"));
  run (owner, "DROP ROLE sw_test_wrong_password");
}

/* A server that refuses TLS: it answers "N" to the request for it. */
static gboolean
refuse_tls (GSocketService *service, GSocketConnection *client, GObject *source, gpointer user_data)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (client));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (client));
  char request[8];

  g_input_stream_read_all (in, request, sizeof request, NULL, NULL, NULL);
  g_output_stream_write_all (out, "N", 1, NULL, NULL, NULL);
  return TRUE;
}

static void
test_no_tls (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);

  g_signal_connect (service, "run", G_CALLBACK (refuse_tls), NULL);
  set_port (target, "127.0.0.1", port, "");
  sw_pg_target_set (target, "sslmode", NULL); /* ours: verified TLS, no password in clear */
  g_assert_false (try_open (connection, target, NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_TLS);
  g_socket_service_stop (service);
}

/* ---- cancelling ---- */

static void
test_cancel_connecting (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;
  g_autoptr (GSocketListener) hole = black_hole (&port);

  set_port (target, "127.0.0.1", port, "");
  sw_pg_connection_open_async (connection, target, cancellable, wait_keep, &first);
  g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (first != NULL);
  g_assert_false (sw_pg_connection_open_finish (connection, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* close() answers an opening as well. */
  sw_pg_connection_open_async (connection, target, NULL, wait_keep, &second);
  g_main_context_iteration (NULL, FALSE);
  sw_pg_connection_close (connection);
  WAIT_FOR (second != NULL);
  g_assert_false (sw_pg_connection_open_finish (connection, second, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED);
}

static void
test_cancel (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GCancellable) running = g_cancellable_new ();
  g_autoptr (GCancellable) waiting = g_cancellable_new ();
  GAsyncResult *results[3] = { NULL };
  g_autoptr (SwPgResult) last = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  LoopWatch watch;

  loop_watch_start (&watch);
  sw_pg_connection_query_async (connection, "SELECT pg_sleep(60)", NULL, running, wait_keep,
                                &results[0]);
  sw_pg_connection_query_async (connection, "SELECT 'never'", NULL, waiting, wait_keep,
                                &results[1]);
  sw_pg_connection_query_async (connection, "SELECT 'after'", NULL, NULL, wait_keep, &results[2]);
  g_cancellable_cancel (waiting);
  g_cancellable_cancel (running);
  WAIT_FOR (results[0] != NULL && results[1] != NULL);
  g_assert_null (sw_pg_connection_query_finish (connection, results[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (sw_pg_connection_query_finish (connection, results[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* The server was told: the next statement does not wait for the sleep. */
  WAIT_FOR (results[2] != NULL);
  loop_watch_stop (&watch);
  last = sw_pg_connection_query_finish (connection, results[2], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sw_pg_result_get_text (last, 0, 0), ==, "after");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

static void
test_cancelled_before (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  sw_pg_connection_query_async (connection, "SELECT 1", NULL, cancellable, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_null (sw_pg_connection_query_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- cuts ---- */

static void
on_lost (SwPgConnection *connection, GError *error, gpointer user_data)
{
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_LOST);
  *(GError **) user_data = g_error_copy (error);
}

static void
kill_backend (int pid)
{
  g_autoptr (SwPgConnection) killer = test_connection ();
  g_autofree char *sql = g_strdup_printf ("SELECT pg_terminate_backend(%d)", pid);

  run (killer, sql);
}

/* The running statement fails as lost, the waiting one as never sent, "lost" comes once, and the
 * same object connects again. */
static void
test_killed_running (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) lost = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (connection, "lost", G_CALLBACK (on_lost), &lost);
  sw_pg_connection_query_async (connection, "SELECT pg_sleep(60)", NULL, NULL, wait_keep, &running);
  sw_pg_connection_query_async (connection, "SELECT 1", NULL, NULL, wait_keep, &waiting);
  kill_backend (sw_pg_connection_get_backend_pid (connection));
  WAIT_FOR (running != NULL && waiting != NULL && lost != NULL);
  g_assert_cmpint (sw_pg_connection_get_state (connection), ==, SW_PG_STATE_LOST);
  g_assert_null (sw_pg_connection_query_finish (connection, running, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_LOST);
  g_assert_true (sw_pg_error_is (error, "57P01"));
  g_clear_error (&error);
  g_assert_null (sw_pg_connection_query_finish (connection, waiting, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_null (try_query (connection, "SELECT 1", NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED);
  g_clear_error (&error);
  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
  run (connection, "SELECT 1");
}

static void
test_killed_idle (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GError) lost = NULL;

  g_signal_connect (connection, "lost", G_CALLBACK (on_lost), &lost);
  kill_backend (sw_pg_connection_get_backend_pid (connection));
  WAIT_FOR (lost != NULL);
  g_assert_cmpint (sw_pg_connection_get_state (connection), ==, SW_PG_STATE_LOST);
}

/* ---- callbacks that do as they like ---- */

static void
close_in_callback (GObject *source, GAsyncResult *result, gpointer user_data)
{
  sw_pg_result_unref (sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, NULL));
  sw_pg_connection_close (SW_PG_CONNECTION (source));
  *(gboolean *) user_data = TRUE;
}

static void
drop_in_callback (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwPgConnection **connection = user_data;

  sw_pg_result_unref (sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, NULL));
  g_clear_object (connection); /* the last reference beside the task's */
}

static void
test_reentrant (void)
{
  SwPgConnection *connection = test_connection ();
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  gboolean closed = FALSE;

  sw_pg_connection_query_async (connection, "SELECT 1", NULL, NULL, close_in_callback, &closed);
  sw_pg_connection_query_async (connection, "SELECT pg_sleep(60)", NULL, NULL, wait_keep, &second);
  WAIT_FOR (closed && second != NULL);
  g_assert_null (sw_pg_connection_query_finish (connection, second, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED);
  g_object_unref (connection);

  connection = test_connection ();
  sw_pg_connection_query_async (connection, "SELECT 1", NULL, NULL, drop_in_callback, &connection);
  WAIT_FOR (connection == NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_copy_refused (void)
{
  g_autoptr (SwPgConnection) connection = test_connection ();
  g_autoptr (GError) error = NULL;

  g_assert_null (try_query (connection, "COPY (SELECT 1) TO STDOUT", NULL, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_INVALID);
  g_assert_cmpint (sw_pg_connection_get_state (connection), ==, SW_PG_STATE_LOST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pg/hanging-host", test_hanging_host);
  g_test_add_func ("/pg/closed-port", test_closed_port);
  g_test_add_func ("/pg/second-host", test_second_host);
  g_test_add_func ("/pg/refusing-host", test_refusing_host);
  g_test_add_func ("/pg/only-silent-hosts", test_only_silent_hosts);
  g_test_add_func ("/pg/unknown-name", test_unknown_name);
  g_test_add_func ("/pg/silent-name-server", test_silent_name_server);
  g_test_add_func ("/pg/wrong-password", test_wrong_password);
  g_test_add_func ("/pg/no-tls", test_no_tls);
  g_test_add_func ("/pg/cancel-connecting", test_cancel_connecting);
  g_test_add_func ("/pg/cancel", test_cancel);
  g_test_add_func ("/pg/cancelled-before", test_cancelled_before);
  g_test_add_func ("/pg/killed-running", test_killed_running);
  g_test_add_func ("/pg/killed-idle", test_killed_idle);
  g_test_add_func ("/pg/reentrant", test_reentrant);
  g_test_add_func ("/pg/copy-refused", test_copy_refused);
  return g_test_run ();
}
