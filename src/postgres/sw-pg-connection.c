/* sw-pg-connection.c: see sw-pg-connection.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "postgres/sw-pg-connection-private.h"

#define CONNECT_TIMEOUT 10000 /* ms */
#define HEAD_START 500        /* ms; two or three round trips of a bad line */
/* A middlebox that goes on acknowledging for a dead server is noticed by nothing else. */
#define SILENCE 5000 /* ms */

G_DEFINE_FINAL_TYPE (SwPgConnection, sw_pg_connection, G_TYPE_OBJECT)

enum
{
  NOTIFICATION,
  NOTICE,
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
sw_pg_connection_emit_notification (SwPgConnection *self, PGnotify *notify)
{
  g_signal_emit (self, signals[NOTIFICATION], 0, notify->relname, notify->extra, notify->be_pid);
}

void
sw_pg_connection_emit_notice (SwPgConnection *self, const char *sqlstate, const char *message)
{
  g_signal_emit (self, signals[NOTICE], 0, sqlstate, message);
}

void
sw_pg_connection_emit_lost (SwPgConnection *self, GError *error)
{
  g_signal_emit (self, signals[LOST], 0, error);
}

/* ---- opening ---- */

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwPgConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  PGconn *conn = sw_pg_connect_finish (result, &error);

  if (self->open_task != task)
    {
      /* close() was called meanwhile, and has answered. */
      g_clear_pointer (&conn, PQfinish);
      g_clear_error (&error);
      return;
    }
  g_cancellable_disconnect (g_task_get_cancellable (task), self->chained);
  self->chained = 0;
  g_clear_object (&self->opening);
  self->open_task = NULL;
  if (conn == NULL)
    {
      self->state = SW_PG_STATE_CLOSED;
      g_task_return_error (task, error);
      return;
    }
  sw_pg_dispatch_adopt (self, conn);
  g_task_return_boolean (task, TRUE);
}

static void
cancel_other (GCancellable *cancellable, gpointer other)
{
  g_cancellable_cancel (other);
}

void
sw_pg_connection_open_async (SwPgConnection *self,
                             SwPgTarget *target,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SW_IS_PG_CONNECTION (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_pg_connection_open_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state == SW_PG_STATE_OPEN || self->state == SW_PG_STATE_CONNECTING)
    {
      g_task_return_new_error (task, SW_PG_ERROR, SW_PG_ERROR_INVALID, "Already connected");
      return;
    }
  self->state = SW_PG_STATE_CONNECTING;
  self->opening = g_cancellable_new ();
  self->open_task = task;
  if (cancellable != NULL)
    self->chained = g_cancellable_connect (cancellable, G_CALLBACK (cancel_other),
                                           g_object_ref (self->opening), g_object_unref);
  sw_pg_connect_async (target, &self->patience, self->opening, on_connected,
                       g_steal_pointer (&task));
}

gboolean
sw_pg_connection_open_finish (SwPgConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
sw_pg_connection_close (SwPgConnection *self)
{
  g_autoptr (GError) error
      = g_error_new_literal (SW_PG_ERROR, SW_PG_ERROR_CLOSED, "The connection was closed");

  g_return_if_fail (SW_IS_PG_CONNECTION (self));
  g_object_ref (self);
  self->state = SW_PG_STATE_CLOSED;
  if (self->open_task != NULL)
    {
      GTask *task = g_steal_pointer (&self->open_task);

      g_cancellable_disconnect (g_task_get_cancellable (task), self->chained);
      self->chained = 0;
      g_cancellable_cancel (self->opening); /* on_connected() still follows, and holds the task */
      g_clear_object (&self->opening);
      g_task_return_error (task, g_error_copy (error));
    }
  sw_pg_dispatch_drop (self, error);
  g_object_unref (self);
}

/* ---- the rest of the interface ---- */

void
sw_pg_connection_query_async (SwPgConnection *self,
                              const char *sql,
                              SwPgParams *params,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  SwPgCommand *command;

  g_return_if_fail (SW_IS_PG_CONNECTION (self) && sql != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_pg_connection_query_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != SW_PG_STATE_OPEN)
    {
      g_task_return_new_error (task, SW_PG_ERROR, SW_PG_ERROR_CLOSED, "Not connected");
      return;
    }
  command = g_new0 (SwPgCommand, 1);
  command->connection = self;
  command->sql = g_strdup (sql);
  command->params = params != NULL ? sw_pg_params_ref (params) : sw_pg_params_new ();
  if (cancellable != NULL)
    {
      command->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (command->cancel_source, G_SOURCE_FUNC (sw_pg_dispatch_on_cancelled),
                             command, NULL);
      g_source_attach (command->cancel_source, self->context);
    }
  command->task = g_steal_pointer (&task);
  sw_pg_dispatch_push (self, command);
}

SwPgResult *
sw_pg_connection_query_finish (SwPgConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

SwPgState
sw_pg_connection_get_state (SwPgConnection *self)
{
  g_return_val_if_fail (SW_IS_PG_CONNECTION (self), SW_PG_STATE_CLOSED);
  return self->state;
}

void
sw_pg_connection_set_connect_timeout (SwPgConnection *self, guint milliseconds)
{
  self->patience.connect = milliseconds > 0 ? milliseconds : CONNECT_TIMEOUT;
}

void
sw_pg_connection_set_head_start (SwPgConnection *self, guint milliseconds)
{
  self->patience.head_start = milliseconds > 0 ? milliseconds : HEAD_START;
}

void
sw_pg_connection_set_statement_timeout (SwPgConnection *self, guint milliseconds)
{
  self->patience.statement = milliseconds;
}

void
sw_pg_connection_set_silence (SwPgConnection *self, guint milliseconds)
{
  self->patience.silence = milliseconds > 0 ? milliseconds : SILENCE;
}

char *
sw_pg_connection_dup_host (SwPgConnection *self)
{
  g_return_val_if_fail (SW_IS_PG_CONNECTION (self), NULL);
  return self->conn != NULL ? sw_pg_host_name (PQhost (self->conn), PQport (self->conn)) : NULL;
}

int
sw_pg_connection_get_backend_pid (SwPgConnection *self)
{
  return self->conn != NULL ? PQbackendPID (self->conn) : 0;
}

char *
sw_pg_encrypt_password (SwPgConnection *self,
                        const char *user,
                        const char *password,
                        GError **error)
{
  char *verifier, *copy;

  if (self->conn == NULL)
    {
      g_set_error_literal (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED, "Not connected");
      return NULL;
    }
  /* Naming the algorithm avoids the query libpq would otherwise wait for. */
  verifier = PQencryptPasswordConn (self->conn, password, user, "scram-sha-256");
  if (verifier == NULL)
    {
      g_propagate_error (error, sw_pg_error_new_from_conn (SW_PG_ERROR_INVALID, self->conn));
      return NULL;
    }
  copy = g_strdup (verifier);
  PQfreemem (verifier);
  return copy;
}

SwPgConnection *
sw_pg_connection_new (void)
{
  return g_object_new (SW_TYPE_PG_CONNECTION, NULL);
}

static void
sw_pg_connection_dispose (GObject *object)
{
  /* Every command and an open task hold a reference: nothing is pending here. */
  sw_pg_connection_close (SW_PG_CONNECTION (object));
  G_OBJECT_CLASS (sw_pg_connection_parent_class)->dispose (object);
}

static void
sw_pg_connection_finalize (GObject *object)
{
  SwPgConnection *self = SW_PG_CONNECTION (object);

  g_ptr_array_unref (self->notices);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (sw_pg_connection_parent_class)->finalize (object);
}

static void
sw_pg_connection_class_init (SwPgConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = sw_pg_connection_dispose;
  object_class->finalize = sw_pg_connection_finalize;
  signals[NOTIFICATION] = g_signal_new ("notification", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                        G_TYPE_INT);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LOST] = g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_ERROR);
}

static void
sw_pg_connection_init (SwPgConnection *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->patience = (SwPgPatience){
    .connect = CONNECT_TIMEOUT, .head_start = HEAD_START, .silence = SILENCE
  };
  self->notices = g_ptr_array_new_with_free_func (g_free);
}
