/* The network drops every packet: the client tells within its limit, and comes back by itself (issue 3, Bad
 * lines; PEERS #24: silent for two hours elsewhere). Over the kernel's own TCP, in the namespaces of
 * tests/fakes/wire.py. */
#define WAIT_LIMIT 120 /* s */
#include "../postgres/connect.h"
#include "model/sw-call.h"
#include "model/sw-session.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define WAITING_LIMIT 20 /* s, of which tcp_user_timeout is 15 */
#define IDLE_LIMIT 60    /* s: keepalives start after 30 */

/* One command to the wire; "ok" is expected. */
static void
wire_say (const char *command)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (g_getenv ("SOFTWHERE_WIRE"));
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  char answer[3];

  g_assert_nonnull (connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line,
                             strlen (line), NULL, NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           sizeof answer, NULL, NULL, NULL);
  g_assert_cmpint (strncmp (answer, "ok\n", sizeof answer), ==, 0);
}

static SwSession *
open_session (void)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (server, "host", g_getenv ("SOFTWHERE_WIRE_HOST"), NULL);
  sw_server_set_option (server, "sslmode", "disable");
  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* A save on its way when the packets stop: told in time, then made once. */
static void
test_save (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwCall) call = sw_call_new ("customer_save");
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;
  gint64 start;

  json_object_set_string_member (object, "legal_kind", "company");
  json_object_set_string_member (object, "legal_name", "Sans réseau");
  sw_call_add_json_object (call, NULL, object);
  sw_call_set_once (call, NULL);
  wire_say ("drop");
  start = g_get_monotonic_time ();
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  g_test_message ("a save that waits: told after %.1f s", seconds_since (start));
  g_assert_cmpfloat (seconds_since (start), <, WAITING_LIMIT);
  g_assert_cmpstr (sw_session_get_last_error (session), ==,
                   "The connection to the server was lost.");
  g_assert_null (result);
  wire_say ("pass");
  start = g_get_monotonic_time ();
  WAIT_FOR (result != NULL);
  g_test_message ("saved %.1f s after the network was back", seconds_since (start));
  g_assert_cmpint (sw_call_run_finish_id (result, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (sw_session_get_state (session), ==, SW_SESSION_OPEN);
  count = query_text (owner, "SELECT count(*)::text FROM softwhere.customer"
                             " WHERE legal_name = 'Sans réseau'");
  g_assert_cmpstr (count, ==, "1");
}

/* Nobody asks anything: the keepalives notice, so that no change of others is missed for long. */
static void
test_idle (void)
{
  g_autoptr (SwSession) session = open_session ();
  gint64 start = g_get_monotonic_time ();

  wire_say ("drop");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  g_test_message ("at rest: told after %.1f s", seconds_since (start));
  g_assert_cmpfloat (seconds_since (start), <, IDLE_LIMIT);
  wire_say ("pass");
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_OPEN);
}

/* A first host from which nothing comes back: the second is reached, and the first is not asked again. */
static void
test_dead_host (void)
{
  g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autofree char *hosts = g_strdup_printf ("%s,%s", g_getenv ("SOFTWHERE_WIRE_HOST"),
                                            sw_pg_target_get (target, "host"));
  g_autofree char *answered = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  wire_say ("drop");
  sw_pg_target_set (target, "host", hosts);
  sw_pg_target_set (target, "sslmode", "disable");
  start = g_get_monotonic_time ();
  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (seconds_since (start), <, 5);
  answered = sw_pg_connection_dup_host (connection);
  g_test_message ("%s after %.2f s", answered, seconds_since (start));
  sw_pg_connection_close (connection);
  sw_pg_target_prefer (target, answered);
  sw_pg_connection_set_head_start (connection, WAIT_LIMIT * 2000); /* asked, it would keep us here */
  sw_pg_connection_set_connect_timeout (connection, WAIT_LIMIT * 2000);
  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
  wire_say ("pass");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/save", test_save);
  g_test_add_func ("/wire/idle", test_idle);
  g_test_add_func ("/wire/dead-host", test_dead_host);
  return g_test_run ();
}
