/* What is typed survives a killed program, sealed with a key of a real keyring (issue 3, Bad lines).
 *
 * Runs on a session bus of its own whose keyring is open; a child process keeps drafts and is killed.
 * The argument "without" is for a bus without keyring: nothing may be kept. */
#include "../postgres/wait.h"
#include "model/sw-drafts.h"
#include "model/sw-keyring.h"
#include "model/sw-seal.h"

#include <glib/gstdio.h>
#include <string.h>

#define TYPED "Boulangerie Dupont, fille et associés"

static SwSession *
open_as (const char *user)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_session_open_async (session, server, user, sw_server_get_login_password (server, user), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

static SwDrafts *
ready_drafts (SwSession *session)
{
  SwDrafts *drafts = sw_drafts_for_session (session);

  WAIT_FOR (sw_drafts_is_ready (drafts));
  return drafts;
}

static JsonObject *
new_draft (gint64 id, const char *typed)
{
  JsonObject *draft = json_object_new ();
  JsonObject *values = json_object_new ();

  json_object_set_string_member (draft, "entity", "customer");
  json_object_set_int_member (draft, "id", id);
  json_object_set_string_member (values, "legal_name", typed);
  json_object_set_object_member (draft, "values", values);
  return draft;
}

/* Every file below the folder of the drafts. */
static GPtrArray *
files (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *root = g_build_filename (g_get_user_state_dir (), "softwhere", "drafts", NULL);
  g_autoptr (GDir) folders = g_dir_open (root, 0, NULL);
  const char *folder, *name;

  while (folders != NULL && (folder = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, folder, NULL);
      g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);

      while ((name = g_dir_read_name (directory)) != NULL)
        if (g_uuid_string_is_valid (name)) /* whole */
          g_ptr_array_add (found, g_build_filename (path, name, NULL));
    }
  return found;
}

static guint
count_files (void)
{
  g_autoptr (GPtrArray) found = files ();

  return found->len;
}

/* Keeps one draft twice and another once, says so, and waits to be killed. */
static int
be_the_child (void)
{
  g_autoptr (SwSession) session = open_as ("adv");
  SwDrafts *drafts = ready_drafts (session);
  g_autoptr (JsonObject) first = new_draft (0, "Boul");
  g_autoptr (JsonObject) second = new_draft (0, TYPED);
  g_autoptr (JsonObject) other = new_draft (42, TYPED);
  g_autofree char *name = NULL;
  g_autofree char *other_name = NULL;

  sw_drafts_keep (drafts, &name, first);
  sw_drafts_keep (drafts, &name, second);
  sw_drafts_keep (drafts, &other_name, other);
  WAIT_FOR (count_files () == 2);
  g_print ("kept\n");
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 1;
}

static void
run_child_and_kill_it (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "child", NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  do
    line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  while (line != NULL && !g_str_equal (line, "kept"));
  g_assert_nonnull (line);
  g_free (line);
  g_subprocess_force_exit (child); /* SIGKILL */
  g_subprocess_wait (child, NULL, NULL);
}

static void
test_killed (void)
{
  g_autoptr (SwSession) session = NULL;
  g_autoptr (SwSession) other = NULL;
  SwDrafts *drafts;
  JsonObject *draft = NULL;
  const char *name;

  run_child_and_kill_it ();
  session = open_as ("adv");
  drafts = ready_drafts (session);
  name = sw_drafts_find_left (drafts, "customer", 0, &draft);
  g_assert_nonnull (name);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (draft, "values"),
                                                  "legal_name"), ==, TYPED);
  g_assert_cmpint (json_object_get_int_member (draft, "at"), >, 0);
  g_assert_nonnull (sw_drafts_find_left (drafts, "customer", 42, NULL));
  g_assert_null (sw_drafts_find_left (drafts, "contract", 0, NULL));
  g_assert_nonnull (sw_drafts_get_latest_left (drafts));

  /* Each login has its own. */
  other = open_as ("compta");
  g_assert_null (sw_drafts_get_latest_left (ready_drafts (other)));

  sw_drafts_forget (drafts, name);
  g_assert_null (sw_drafts_find_left (drafts, "customer", 0, NULL));
  g_assert_cmpuint (count_files (), ==, 1);
}

/* Nobody reads it without the key, nobody changes it unnoticed. */
static void
test_sealed (void)
{
  g_autoptr (GPtrArray) left = files ();
  g_autofree char *data = NULL;
  g_autoptr (SwSession) session = NULL;
  GStatBuf status;
  gsize size;

  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (g_file_get_contents (left->pdata[0], &data, &size, NULL));
  g_assert_null (memmem (data, size, "Dupont", 6));
  g_assert_null (memmem (data, size, "customer", 8));
  g_assert_cmpint (g_stat (left->pdata[0], &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (left->pdata[0], data, (gssize) size, NULL));
  session = open_as ("adv");
  g_assert_null (sw_drafts_get_latest_left (ready_drafts (session)));
  g_assert_cmpuint (count_files (), ==, 0);
}

static void
test_seal (void)
{
  g_autoptr (GBytes) key = sw_seal_new_key ();
  g_autoptr (GBytes) other = sw_seal_new_key ();
  g_autoptr (GBytes) sealed = sw_seal (key, "a", TYPED);
  g_autoptr (GBytes) again = sw_seal (key, "a", TYPED);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, 20);
  g_autofree char *opened = sw_unseal (key, "a", sealed);

  g_assert_cmpstr (opened, ==, TYPED);
  g_assert_false (g_bytes_equal (sealed, again)); /* another nonce each time */
  g_assert_null (sw_unseal (key, "b", sealed));
  g_assert_null (sw_unseal (other, "a", sealed));
  g_assert_null (sw_unseal (key, "a", cut));
}

/* Without keyring nothing reaches the disk, in whatever form. */
static void
test_without_keyring (void)
{
  g_autoptr (SwSession) session = open_as ("adv");
  SwDrafts *drafts = sw_drafts_for_session (session);
  g_autoptr (JsonObject) draft = new_draft (0, TYPED);
  g_autofree char *name = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  /* The same question, asked after, is answered after. */
  sw_keyring_draft_key_async (sw_session_get_server (session), "adv", NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_null (sw_keyring_draft_key_finish (result));
  g_assert_false (sw_drafts_is_ready (drafts));
  sw_drafts_keep (drafts, &name, draft);
  g_assert_null (name);
  g_assert_cmpuint (count_files (), ==, 0);
}

int
main (int argc, char **argv)
{
  gboolean without;

  if (argc > 1 && g_str_equal (argv[1], "child"))
    return be_the_child ();
  g_test_init (&argc, &argv, NULL);
  without = argc > 1 && g_str_equal (argv[1], "without");
  if (without)
    g_test_add_func ("/drafts/without-keyring", test_without_keyring);
  else
    {
      g_test_add_func ("/drafts/seal", test_seal);
      g_test_add_func ("/drafts/killed", test_killed);
      g_test_add_func ("/drafts/sealed", test_sealed);
    }
  return g_test_run ();
}
