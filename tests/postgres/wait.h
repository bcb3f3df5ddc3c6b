/* Waiting for asynchronous answers in tests: on conditions, never for a time. */
#pragma once

#include <gio/gio.h>

#ifndef WAIT_LIMIT
#define WAIT_LIMIT 60 /* s: a hang becomes a failure */
#endif

static inline gboolean
wait_too_long (gpointer what)
{
  g_error ("waited more than %d s for: %s", WAIT_LIMIT, (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @condition. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint wait_limit = g_timeout_add_seconds (WAIT_LIMIT, wait_too_long, (gpointer) #condition);   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wait_limit);                                                                  \
  }                                                                                                \
  G_STMT_END

/* A GAsyncReadyCallback that keeps the result in the GAsyncResult ** it is given. */
static inline void
wait_keep (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}
