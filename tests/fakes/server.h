/* Stopping the server of tests/with-server without a goodbye, and starting it again. */
#pragma once

#include "../postgres/connect.h"

#include <signal.h>

/* @sign: SIGKILL, or SIGQUIT for what "pg_ctl stop -m immediate" does. */
static inline void
server_kill (int sign)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("SOFTWHERE_TEST_DIR"), "cluster", "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  pid_t pid;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  pid = (pid_t) g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, sign), ==, 0);
  while (kill (pid, 0) == 0)
    g_main_context_iteration (NULL, FALSE);
}

/* @local_server: the path of build-aux/local-server. */
static inline void
server_start (const char *local_server)
{
  g_autoptr (SwPgTarget) target = test_target ();

  /* Its orphans let go of the shared memory a moment later. */
  for (int i = 0; i < 20; i++)
    {
      const char *const argv[]
          = { local_server, "start", "--dir", g_getenv ("SOFTWHERE_TEST_DIR"), NULL };
      g_autoptr (GSubprocess) process = g_subprocess_newv (
          argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
      g_autoptr (SwPgConnection) connection = sw_pg_connection_new ();

      g_subprocess_wait (process, NULL, NULL);
      if (try_open (connection, target, NULL, NULL))
        return;
    }
  g_assert_not_reached ();
}
