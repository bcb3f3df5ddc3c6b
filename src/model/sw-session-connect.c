/* sw-session-connect.c: how a session gets its connections, and gets them back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connecting is four steps, the same for the first time and after a cut: the interactive
 * connection, api.session(), the background connection, LISTEN.
 */
#include "model/sw-session-private.h"
#include "model/sw-change-feed.h"
#include "model/sw-record.h"
#include "model/sw-sql.h"

#define LONGEST_RETRY 4000 /* ms */

/* ---- who we are ---- */

static gboolean
check_level (gint64 level, GError **error)
{
  if (level > SW_SESSION_API_LEVEL_MAX)
    g_set_error (error, SW_SESSION_ERROR, SW_SESSION_ERROR_TOO_OLD_CLIENT,
                 "The server speaks level %" G_GINT64_FORMAT ", this program up to %d", level,
                 SW_SESSION_API_LEVEL_MAX);
  else if (level < SW_SESSION_API_LEVEL_MIN)
    g_set_error (error, SW_SESSION_ERROR, SW_SESSION_ERROR_TOO_OLD_SERVER,
                 "The server speaks level %" G_GINT64_FORMAT ", this program from %d", level,
                 SW_SESSION_API_LEVEL_MIN);
  else
    return TRUE;
  return FALSE;
}

/* Takes over what api.session() answered. */
static gboolean
adopt_identity (SwSession *self, const char *json, GError **error)
{
  g_autoptr (SwRecord) who = json != NULL ? sw_record_new_from_text (json, NULL) : NULL;

  if (who == NULL)
    {
      g_set_error_literal (error, SW_SESSION_ERROR, SW_SESSION_ERROR_ANSWER,
                           "api.session() answered nothing readable");
      return FALSE;
    }
  if (!check_level (sw_record_get_int (who, "api_level"), error))
    return FALSE;
  g_strfreev (self->roles);
  self->roles = g_strdupv ((char **) sw_record_get_strv (who, "roles"));
  g_strfreev (self->rights);
  self->rights = g_strdupv ((char **) sw_record_get_strv (who, "rights"));
  sw_session_set_text (self, &self->display_name, sw_record_get_text (who, "display_name"),
                       SW_SESSION_PROP_DISPLAY_NAME);
  sw_session_set_text (self, &self->role_label, sw_record_get_text (who, "role_label"),
                       SW_SESSION_PROP_ROLE_LABEL);
  sw_session_set_text (self, &self->company_name, sw_record_get_text (who, "company_name"),
                       SW_SESSION_PROP_COMPANY_NAME);
  sw_session_set_text (self, &self->today, sw_record_get_text (who, "today"),
                       SW_SESSION_PROP_TODAY);
  sw_change_feed_begin (self->feed, sw_record_get_text (who, "position"));
  return TRUE;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSession) self = user_data;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, NULL);

  /* A failure shows itself otherwise: as a lost connection, or at the next opening. */
  if (answer != NULL && self->state == SW_SESSION_OPEN)
    adopt_identity (self, sw_pg_result_get_text (answer, 0, 0), NULL);
}

gboolean
sw_session_refresh (gpointer user_data)
{
  SwSession *self = user_data;

  sw_pg_connection_query_async (self->lanes[SW_SESSION_BACKGROUND], SW_SQL_SESSION, NULL, NULL,
                                on_refreshed, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/* ---- the four steps ---- */

void
sw_session_close_lanes (SwSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    sw_pg_connection_close (self->lanes[i]);
}

/* Takes @error. The lanes are left alone when another attempt has begun meanwhile. */
static void
steps_failed (GTask *task, GError *error)
{
  SwSession *self = g_task_get_source_object (task);

  if (g_task_get_cancellable (task) == self->connecting)
    sw_session_close_lanes (self);
  g_task_return_error (task, error);
}

/* A server without our schema is a frequent mistake in the login window: say so. */
static GError *
explain (GError *error)
{
  if (!sw_pg_error_is (error, "3F000") && !sw_pg_error_is (error, "42883"))
    return error;
  g_error_free (error);
  return g_error_new_literal (SW_SESSION_ERROR, SW_SESSION_ERROR_NOT_SOFTWHERE,
                              "There is no api schema");
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);

  if (answer == NULL)
    steps_failed (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_background_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!sw_pg_connection_open_finish (SW_PG_CONNECTION (source), result, &error))
    {
      steps_failed (task, error);
      return;
    }
  sw_pg_connection_query_async (SW_PG_CONNECTION (source), SW_SQL_LISTEN, NULL,
                                g_task_get_cancellable (task), on_listening, g_object_ref (task));
}

static void
on_identity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);
  g_autoptr (SwPgTarget) target = NULL;

  if (answer == NULL || !adopt_identity (self, sw_pg_result_get_text (answer, 0, 0), &error))
    {
      steps_failed (task, explain (error));
      return;
    }
  target = sw_server_to_target (self->server, self->user, self->password);
  sw_pg_connection_open_async (self->lanes[SW_SESSION_BACKGROUND], target,
                               g_task_get_cancellable (task), on_background_open,
                               g_object_ref (task));
}

static void
on_interactive_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwSession *self = g_task_get_source_object (task);
  g_autofree char *host = NULL;
  GError *error = NULL;

  if (!sw_pg_connection_open_finish (SW_PG_CONNECTION (source), result, &error))
    {
      steps_failed (task, error);
      return;
    }
  host = sw_pg_connection_dup_host (SW_PG_CONNECTION (source));
  sw_server_set_answered (self->server, host); /* the background connection follows */
  sw_session_set_text (self, &self->host, host, SW_SESSION_PROP_HOST);
  sw_pg_connection_query_async (SW_PG_CONNECTION (source), SW_SQL_SESSION, NULL,
                                g_task_get_cancellable (task), on_identity, g_object_ref (task));
}

void
sw_session_connect_async (SwSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (SwPgTarget) target = sw_server_to_target (self->server, self->user, self->password);
  GTask *task;

  g_clear_object (&self->connecting);
  self->connecting = g_cancellable_new ();
  task = g_task_new (self, self->connecting, callback, user_data);
  sw_session_close_lanes (self);
  sw_pg_connection_open_async (self->lanes[SW_SESSION_INTERACTIVE], target, self->connecting,
                               on_interactive_open, task);
}

gboolean
sw_session_connect_finish (SwSession *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  /* The first may have been cut while the second was connected: no step fails by that. */
  for (SwSessionLane lane = SW_SESSION_INTERACTIVE; lane <= SW_SESSION_BACKGROUND; lane++)
    if (sw_pg_connection_get_state (self->lanes[lane]) != SW_PG_STATE_OPEN)
      {
        if (g_task_get_cancellable (G_TASK (result)) == self->connecting)
          sw_session_close_lanes (self);
        g_set_error_literal (error, SW_PG_ERROR, SW_PG_ERROR_LOST,
                             "The connection was lost while the other was made");
        return FALSE;
      }
  return TRUE;
}

/* ---- the reading connection ---- */

static void
on_reading_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSession) self = user_data;
  GQueue readers = self->readers;
  /* A server that has no connection left for us has one that listens. */
  gboolean open = sw_pg_connection_open_finish (SW_PG_CONNECTION (source), result, NULL);

  g_queue_init (&self->readers);
  for (GTask *task = g_queue_pop_head (&readers); task != NULL; task = g_queue_pop_head (&readers))
    sw_session_run (self, open ? SW_SESSION_READING : SW_SESSION_BACKGROUND, task);
}

void
sw_session_read (SwSession *self, GTask *task)
{
  SwPgConnection *reading = self->lanes[SW_SESSION_READING];
  SwPgState state = sw_pg_connection_get_state (reading);

  if (state == SW_PG_STATE_OPEN || self->state != SW_SESSION_OPEN)
    {
      sw_session_run (self, SW_SESSION_READING, task);
      return;
    }
  g_queue_push_tail (&self->readers, task);
  if (self->readers.length == 1)
    {
      g_autoptr (SwPgTarget) target
          = sw_server_to_target (self->server, self->user, self->password);

      sw_pg_connection_open_async (reading, target, NULL, on_reading_open, g_object_ref (self));
    }
}

/* ---- cuts ---- */

static void plan_retry (SwSession *self);

/* Trying again cannot help: the password was changed, or one side was upgraded. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION)
         || error->domain == SW_SESSION_ERROR;
}

static void
on_reconnected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwSession *self = SW_SESSION (source);
  g_autoptr (GError) error = NULL;
  gboolean done = sw_session_connect_finish (self, result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->connecting
      || self->state != SW_SESSION_LOST)
    return; /* closed, or started over, meanwhile */
  g_clear_object (&self->connecting);
  if (done)
    {
      self->retry_delay = SW_SESSION_FIRST_RETRY;
      sw_session_set_last_error (self, NULL);
      sw_session_set_state (self, SW_SESSION_OPEN);
      sw_session_emit_restored (self);
      return;
    }
  sw_session_set_last_error (self, error);
  if (!is_final (error))
    plan_retry (self);
}

static gboolean
on_retry (gpointer user_data)
{
  SwSession *self = user_data;

  self->retry_timer = 0;
  sw_session_connect_async (self, on_reconnected, NULL);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (SwSession *self)
{
  /* A quarter at random, so that an office does not come back as one. */
  guint delay = self->retry_delay + (guint) g_random_int_range (0, (gint32) self->retry_delay / 4);

  self->retry_delay = MIN (self->retry_delay * 2, LONGEST_RETRY);
  self->retry_timer = g_timeout_add (delay, on_retry, self);
}

void
sw_session_on_lost (SwPgConnection *connection, GError *error, gpointer user_data)
{
  g_autoptr (SwSession) self = g_object_ref (user_data);

  if (self->state != SW_SESSION_OPEN)
    return; /* connecting: the step that failed tells, or the end of them */
  sw_session_set_last_error (self, error);
  sw_session_set_state (self, SW_SESSION_LOST);
  if (self->state != SW_SESSION_LOST)
    return; /* closed by somebody who watches the state */
  sw_session_close_lanes (self);
  plan_retry (self);
}

void
sw_session_reconnect_now (SwSession *self)
{
  g_return_if_fail (SW_IS_SESSION (self));
  if (self->state != SW_SESSION_LOST)
    return;
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  self->retry_delay = SW_SESSION_FIRST_RETRY;
  if (self->connecting != NULL)
    {
      /* It may be waiting for a network that is no longer ours. */
      g_autoptr (GCancellable) former = g_steal_pointer (&self->connecting);

      g_cancellable_cancel (former);
    }
  sw_session_connect_async (self, on_reconnected, NULL);
}

void
sw_session_on_network (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  if (available)
    sw_session_reconnect_now (user_data);
}
