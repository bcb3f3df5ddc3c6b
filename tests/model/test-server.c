/* Remembered servers, the demonstration's logins, and a computer without keyring. */
#include "model/sw-hosts.h"
#include "model/sw-keyring.h"
#include "model/sw-server.h"
#include "../postgres/wait.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_remembered (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) none = sw_servers_load (&error);
  g_autoptr (GListStore) servers = g_list_store_new (SW_TYPE_SERVER);
  g_autoptr (SwServer) one = sw_server_new ("Siège [Lyon]", "db1,db2", "5433", "softwhere");
  g_autoptr (SwServer) two
      = sw_server_new_from_uri (NULL, "postgresql://adv:secret@db.example/other", &error);
  g_autoptr (GListModel) again = NULL;
  g_autoptr (SwServer) first = NULL;
  g_autoptr (SwServer) second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  sw_server_set_option (one, "sslmode", "require");
  sw_server_set_last_user (one, "compta");
  g_list_store_append (servers, one);
  g_list_store_append (servers, two);
  g_assert_true (sw_servers_save (G_LIST_MODEL (servers), &error));
  g_assert_no_error (error);

  again = sw_servers_load (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (again), ==, 2);
  first = g_list_model_get_item (again, 0);
  second = g_list_model_get_item (again, 1);
  g_assert_cmpstr (sw_server_get_title (first), ==, "Siège [Lyon]");
  g_assert_cmpstr (sw_server_get_host (first), ==, "db1,db2");
  g_assert_cmpstr (sw_server_get_port (first), ==, "5433");
  g_assert_cmpstr (sw_server_get_option (first, "sslmode"), ==, "require");
  g_assert_cmpstr (sw_server_get_last_user (first), ==, "compta");
  g_assert_cmpstr (sw_server_get_title (second), ==, "db.example");
  g_assert_cmpstr (sw_server_get_database (second), ==, "other");
  /* No password in a file. */
  path = g_build_filename (g_get_user_config_dir (), "softwhere", "servers.ini", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "secret"));
}

/* What a person may write for the hosts, what libpq gets, and what is shown again. */
static void
test_hosts (void)
{
  static const struct
  {
    const char *text, *hosts, *ports, *shown;
  } good[] = {
    { "db1", "db1", "5432", "db1" },
    { " db1 ,db2:5433 ", "db1,db2", "5432,5433", "db1, db2:5433" },
    { "db1:6432,db2:6432,", "db1,db2", "6432,6432", "db1:6432, db2:6432" },
    { "10.0.0.1, 10.0.0.2", "10.0.0.1,10.0.0.2", "5432,5432", "10.0.0.1, 10.0.0.2" },
    { "fe80::1, [fe80::2]:5433", "fe80::1,fe80::2", "5432,5433", "fe80::1, [fe80::2]:5433" },
    { "[::1]", "::1", "5432", "::1" },
    { "/run/postgresql", "/run/postgresql", "5432", "/run/postgresql" },
  };
  static const char *const bad[]
      = { "", " , ", "db1:", "db1:0", "db1, db2:99999", "db1:5433x", "db 1", "db1;db2",
          "adv@db1", "http://db1", "[]:5433", ":5433" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *hosts = NULL;
      g_autofree char *ports = NULL;
      g_autofree char *shown = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (sw_hosts_parse (good[i].text, NULL, &hosts, &ports, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (hosts, ==, good[i].hosts);
      g_assert_cmpstr (ports, ==, good[i].ports);
      shown = sw_hosts_to_text (hosts, ports);
      g_assert_cmpstr (shown, ==, good[i].shown);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *hosts = NULL;
      g_autofree char *ports = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (sw_hosts_parse (bad[i], NULL, &hosts, &ports, &error));
      g_assert_nonnull (error);
      g_assert_null (hosts);
    }
}

/* The host that answered last is asked first, and is remembered; the order written stays. */
static void
test_answered (void)
{
  g_autoptr (GListStore) servers = g_list_store_new (SW_TYPE_SERVER);
  g_autoptr (SwServer) one = sw_server_new (NULL, "db1,db2", "5432,5433", "softwhere");
  g_autoptr (GListModel) again = NULL;
  g_autoptr (SwServer) first = NULL;
  g_autofree char *hosts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sw_server_has_several_hosts (one));
  g_assert_null (sw_server_get_answered (one));
  sw_server_set_answered (one, "db2:5433");
  g_list_store_append (servers, one);
  g_assert_true (sw_servers_save (G_LIST_MODEL (servers), &error));
  again = sw_servers_load (&error);
  g_assert_no_error (error);
  first = g_list_model_get_item (again, 0);
  g_assert_cmpstr (sw_server_get_answered (first), ==, "db2:5433");
  g_assert_cmpstr (sw_server_get_title (first), ==, "db1, db2:5433");
  g_assert_cmpstr (sw_server_get_port (first), ==, "5432,5433");
}

static void
test_damaged_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "softwhere", "servers.ini",
                                            NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) servers = NULL;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[server 1]\ntarget=host='x\n[server 2]\ntarget=host=y\n",
                                      -1, NULL));
  servers = sw_servers_load (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (servers), ==, 1);
  g_assert_true (g_file_set_contents (path, "rubbish", -1, NULL));
  g_assert_null (sw_servers_load (&error));
  g_assert_nonnull (error);
}

static void
test_demonstration (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "demonstration.ini", NULL);
  g_autoptr (SwServer) server = NULL;
  g_autoptr (SwPgTarget) target = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_setenv ("SOFTWHERE_DEMO", path, TRUE);
  g_assert_null (sw_server_load_demonstration ());
  g_assert_true (g_file_set_contents (
      path,
      "[adv]\nuri=postgresql://adv:a%20b@/softwhere?host=/tmp/s\n"
      "[admin]\nuri=postgresql://admin:c@/softwhere?host=/tmp/s\n",
      -1, NULL));
  server = sw_server_load_demonstration ();
  g_assert_true (sw_server_is_demonstration (server));
  g_assert_cmpstr (sw_server_get_logins (server)[0], ==, "adv");
  g_assert_cmpstr (sw_server_get_logins (server)[1], ==, "admin");
  g_assert_null (sw_server_get_logins (server)[2]);
  g_assert_cmpstr (sw_server_get_login_password (server, "adv"), ==, "a b");
  g_assert_null (sw_server_get_login_password (server, "nobody"));
  target = sw_server_to_target (server, "adv", "a b");
  g_assert_cmpstr (sw_pg_target_get (target, "host"), ==, "/tmp/s");
  g_assert_cmpstr (sw_pg_target_get (target, "user"), ==, "adv");
  g_assert_cmpstr (sw_pg_target_get (target, "password"), ==, "a b");
  g_unsetenv ("SOFTWHERE_DEMO");
}

/* Without secret service a lookup finds nothing, and storing says why it cannot. */
static void
test_no_keyring (void)
{
  g_autoptr (SwServer) server = sw_server_new (NULL, "db", NULL, NULL);
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GError) error = NULL;

  sw_keyring_lookup_async (server, "adv", NULL, wait_keep, &found);
  WAIT_FOR (found != NULL);
  g_assert_null (sw_keyring_lookup_finish (found, &error));
  g_assert_no_error (error);
  sw_keyring_clear_async (server, "adv", NULL, wait_keep, &cleared);
  WAIT_FOR (cleared != NULL);
  g_assert_true (sw_keyring_clear_finish (cleared, &error));
  g_assert_no_error (error);
  sw_keyring_store_async (server, "adv", "secret", NULL, wait_keep, &stored);
  WAIT_FOR (stored != NULL);
  g_assert_false (sw_keyring_store_finish (stored, &error));
  g_assert_nonnull (error);
}

/* GLib's own isolation (G_TEST_OPTION_ISOLATE_DIRS) leaks in 2.74, so the folder is ours. */
static void
isolate (const char *directory)
{
  g_assert_nonnull (directory);
  g_setenv ("XDG_CONFIG_HOME", directory, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
}

static void
clean_up (const char *directory)
{
  static const char *const paths[] = { "softwhere/servers.ini", "softwhere", "demonstration.ini",
                                       "" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_build_filename (directory, paths[i], NULL);

      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *directory = g_dir_make_tmp ("softwhere-test-XXXXXX", NULL);
  int status;

  isolate (directory);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/remembered", test_remembered);
  g_test_add_func ("/server/hosts", test_hosts);
  g_test_add_func ("/server/answered", test_answered);
  g_test_add_func ("/server/damaged-file", test_damaged_file);
  g_test_add_func ("/server/demonstration", test_demonstration);
  g_test_add_func ("/server/no-keyring", test_no_keyring);
  status = g_test_run ();
  clean_up (directory);
  return status;
}
