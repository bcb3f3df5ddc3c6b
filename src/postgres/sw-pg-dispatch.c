/* sw-pg-dispatch.c: sends, receives and cancels what a connection has queued
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One command runs, the others wait. A command leaves the queue before its task is completed, since
 * the callback may enqueue, close, or drop the last reference on the connection.
 */
#include "postgres/sw-pg-connection-private.h"

#include <glib-unix.h>

#define CANCEL_AGAIN 250 /* ms */

static void send_next (SwPgConnection *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (SwPgConnection *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
command_free (SwPgCommand *command)
{
  clear_source (&command->cancel_source);
  g_clear_object (&command->task);
  g_clear_pointer (&command->params, sw_pg_params_unref);
  g_clear_pointer (&command->result, sw_pg_result_unref);
  g_clear_error (&command->error);
  g_free (command->sql);
  g_free (command);
}

/* Completes and frees @command, which is no longer queued. Takes @error; without one the result
 * collected so far is the answer. */
static void
command_answer (SwPgCommand *command, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&command->task);
  SwPgResult *result = g_steal_pointer (&command->result);

  command_free (command);
  if (task != NULL && error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (task != NULL)
    g_task_return_pointer (task, g_steal_pointer (&result), (GDestroyNotify) sw_pg_result_unref);
  g_clear_error (&error);
  g_clear_pointer (&result, sw_pg_result_unref);
}

/* ---- the end of a connection ---- */

static gboolean
finish_in_idle (gpointer conn)
{
  PQfinish (conn);
  return G_SOURCE_REMOVE;
}

void
sw_pg_dispatch_drop (SwPgConnection *self, const GError *error)
{
  PGconn *conn = g_steal_pointer (&self->conn);
  SwPgCommand *running = g_steal_pointer (&self->running);
  GQueue waiting = self->waiting;

  g_queue_clear_full (&self->worth_preparing, g_free);
  clear_source (&self->read_source);
  clear_source (&self->write_source);
  clear_source (&self->broken_source);
  clear_source (&self->again_source);
  clear_source (&self->silent_source);
  self->cancelling = FALSE; /* on_server_told() may come minutes later */
  g_clear_pointer (&self->statements, sw_pg_statements_free);
  g_queue_init (&self->waiting);
  if (conn != NULL && self->dispatching == 0)
    PQfinish (conn);
  else if (conn != NULL)
    {
      g_autoptr (GSource) idle = g_idle_source_new ();

      g_source_set_callback (idle, finish_in_idle, conn, NULL);
      g_source_attach (idle, self->context);
    }
  if (running != NULL)
    command_answer (running, g_error_copy (error));
  for (SwPgCommand *command = g_queue_pop_head (&waiting); command != NULL;
       command = g_queue_pop_head (&waiting))
    command_answer (command, g_error_new_literal (SW_PG_ERROR, SW_PG_ERROR_CLOSED, error->message));
}

/* The connection broke. What the server said about the running command tells more than libpq's
 * "server closed the connection unexpectedly". Takes @error. */
static void
break_off (SwPgConnection *self, GError *error)
{
  g_autoptr (GError) reason = error;

  if (self->conn == NULL)
    return;
  if (self->running != NULL
      && g_error_matches (self->running->error, SW_PG_ERROR, SW_PG_ERROR_LOST))
    {
      g_clear_error (&reason);
      reason = g_steal_pointer (&self->running->error);
    }
  g_object_ref (self);
  self->state = SW_PG_STATE_LOST;
  sw_pg_dispatch_drop (self, reason);
  sw_pg_connection_emit_lost (self, reason);
  g_object_unref (self);
}

static gboolean
on_broken (gpointer user_data)
{
  SwPgConnection *self = user_data;

  break_off (self, sw_pg_error_new_from_conn (SW_PG_ERROR_LOST, self->conn));
  return G_SOURCE_REMOVE;
}

/* Sending failed. Told from the main loop, never from inside query_async(). */
static void
break_off_soon (SwPgConnection *self)
{
  if (self->broken_source == NULL)
    self->broken_source = attach (self, g_idle_source_new (), on_broken);
}

static gboolean
on_silent (gpointer user_data)
{
  break_off (user_data, g_error_new_literal (SW_PG_ERROR, SW_PG_ERROR_LOST,
                                             "The server does not answer any more"));
  return G_SOURCE_REMOVE;
}

/* The running command must be answered within @milliseconds. */
static void
expect_answer (SwPgConnection *self, guint milliseconds)
{
  clear_source (&self->silent_source);
  self->silent_source = attach (self, g_timeout_source_new (milliseconds), on_silent);
}

/* ---- sending ---- */

static gboolean on_writable (int fd, GIOCondition condition, gpointer user_data);

static void
flush (SwPgConnection *self)
{
  int left = PQflush (self->conn);

  if (left <= 0)
    clear_source (&self->write_source);
  if (left < 0)
    break_off_soon (self);
  else if (left > 0 && self->write_source == NULL)
    self->write_source
        = attach (self, g_unix_fd_source_new (PQsocket (self->conn), G_IO_OUT),
                  G_SOURCE_FUNC (on_writable));
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer user_data)
{
  SwPgConnection *self = user_data;

  flush (self); /* may remove this source itself */
  return G_SOURCE_CONTINUE;
}

static void
send_command (SwPgConnection *self, SwPgCommand *command)
{
  SwPgParams *params = command->params;
  int n = (int) sw_pg_params_get_n (params);
  SwPgStatement *statement = sw_pg_statements_find (self->statements, command->sql);
  int sent;

  command->prepared = statement != NULL && statement->prepared;
  if (command->prepared)
    sent = PQsendQueryPrepared (self->conn, statement->name, n, sw_pg_params_get_values (params),
                                sw_pg_params_get_lengths (params),
                                sw_pg_params_get_formats (params), 0);
  else if (command->preparing)
    sent = PQsendPrepare (self->conn, statement->name, command->sql, 0, NULL);
  else
    sent = PQsendQueryParams (self->conn, command->sql, n, sw_pg_params_get_types (params),
                              sw_pg_params_get_values (params), sw_pg_params_get_lengths (params),
                              sw_pg_params_get_formats (params), 0);
  if (self->patience.statement > 0)
    expect_answer (self, self->patience.statement + self->patience.silence);
  if (sent == 1)
    flush (self);
  else
    break_off_soon (self);
}

/* Nobody waits: prepare what has come back, so that every call stays one round trip. */
static SwPgCommand *
next_to_prepare (SwPgConnection *self)
{
  char *sql = g_queue_pop_head (&self->worth_preparing);
  SwPgCommand *command = NULL;

  if (sql != NULL)
    {
      command = g_new0 (SwPgCommand, 1);
      command->connection = self;
      command->sql = sql;
      command->params = sw_pg_params_new ();
      command->preparing = TRUE;
    }
  return command;
}

static void
send_next (SwPgConnection *self)
{
  if (self->state != SW_PG_STATE_OPEN || self->running != NULL || self->cancelling)
    return;
  self->running = g_queue_pop_head (&self->waiting);
  if (self->running == NULL)
    self->running = next_to_prepare (self);
  if (self->running != NULL)
    send_command (self, self->running);
}

void
sw_pg_dispatch_push (SwPgConnection *self, SwPgCommand *command)
{
  g_queue_push_tail (&self->waiting, command);
  send_next (self);
}

/* ---- receiving ---- */

/* The prepared form is stale: the rules of the server were rebuilt while we were connected, or a
 * pooler gave us another backend. The server has done nothing; run it again unprepared. */
static gboolean
retry_unprepared (SwPgConnection *self, SwPgCommand *command, SwPgStatement *statement)
{
  if (!command->prepared || statement == NULL || command->task == NULL
      || !(sw_pg_error_is (command->error, "0A000") || sw_pg_error_is (command->error, "26000")))
    return FALSE;
  g_clear_error (&command->error);
  sw_pg_statements_forget (statement);
  send_command (self, command);
  return TRUE;
}

/* The server has finished with the running command. */
static void
command_done (SwPgConnection *self)
{
  SwPgCommand *command = self->running;
  SwPgStatement *statement = sw_pg_statements_find (self->statements, command->sql);

  if (g_error_matches (command->error, SW_PG_ERROR, SW_PG_ERROR_LOST))
    {
      break_off (self, g_error_copy (command->error)); /* it said goodbye: send nothing more */
      return;
    }
  if (retry_unprepared (self, command, statement))
    return;
  if (command->preparing)
    statement->prepared = command->error == NULL;
  else if (command->error == NULL && sw_pg_params_is_text (command->params)
           && sw_pg_statements_use (self->statements, command->sql))
    g_queue_push_tail (&self->worth_preparing, g_strdup (command->sql));
  self->running = NULL;
  clear_source (&self->silent_source);
  send_next (self);
  command_answer (command, g_steal_pointer (&command->error));
}

/* Takes @result. FALSE when the connection cannot be used any more. */
static gboolean
take_result (SwPgConnection *self, PGresult *result)
{
  SwPgCommand *command = self->running;

  switch (PQresultStatus (result))
    {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
      g_clear_pointer (&command->result, sw_pg_result_unref);
      command->result = sw_pg_result_new (result);
      return TRUE;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      PQclear (result);
      break_off (self, g_error_new_literal (SW_PG_ERROR, SW_PG_ERROR_INVALID,
                                            "COPY is not possible here"));
      return FALSE;
    default:
      if (command->error == NULL)
        command->error = sw_pg_error_new_from_result (SW_PG_ERROR_SERVER, result);
      PQclear (result);
      return TRUE;
    }
}

static void
emit_notices (SwPgConnection *self)
{
  while (self->notices->len >= 2)
    {
      g_autofree char *sqlstate = g_ptr_array_steal_index (self->notices, 0);
      g_autofree char *message = g_ptr_array_steal_index (self->notices, 0);

      sw_pg_connection_emit_notice (self, sqlstate, message);
    }
}

static void
emit_notifications (SwPgConnection *self)
{
  PGnotify *notify;

  while (self->conn != NULL && (notify = PQnotifies (self->conn)) != NULL)
    {
      sw_pg_connection_emit_notification (self, notify);
      PQfreemem (notify);
    }
}

/* Everything that has arrived, in one go: TLS may hold data the socket no longer announces. */
static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (SwPgConnection) self = g_object_ref (user_data);
  PGconn *conn = self->conn;
  gboolean alive;

  self->dispatching++;
  alive = PQconsumeInput (conn) == 1;
  while (self->conn == conn && self->running != NULL && self->broken_source == NULL
         && !PQisBusy (conn))
    {
      PGresult *result = PQgetResult (conn);

      if (result == NULL)
        command_done (self);
      else if (!take_result (self, result))
        break;
    }
  if (self->conn == conn && self->running == NULL)
    PQisBusy (conn); /* parses what came unasked: a farewell, a notice */
  emit_notifications (self);
  emit_notices (self);
  if (self->conn == conn && (!alive || PQstatus (conn) == CONNECTION_BAD))
    break_off (self, sw_pg_error_new_from_conn (SW_PG_ERROR_LOST, conn));
  else if (self->conn == conn)
    flush (self);
  self->dispatching--;
  return G_SOURCE_CONTINUE;
}

/* Runs inside libpq: only takes a note. */
static void
on_notice (void *user_data, const PGresult *result)
{
  SwPgConnection *self = user_data;
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  g_ptr_array_add (self->notices, g_strdup (sqlstate != NULL ? sqlstate : ""));
  g_ptr_array_add (self->notices, g_strdup (message != NULL ? message : ""));
}

/* ---- cancelling ---- */

static void
cancel_in_thread (GTask *task, gpointer source, gpointer cancel, GCancellable *cancellable)
{
  char reason[256];

  /* Opens a second connection and waits for the server to hang up: it blocks. */
  PQcancel (cancel, reason, sizeof reason);
  g_task_return_boolean (task, TRUE);
}

static void tell_server (SwPgConnection *self);

/* The command that runs was cancelled, and its result is still to come. */
static gboolean
is_abandoned (SwPgConnection *self)
{
  return self->running != NULL && self->running->task == NULL && !self->running->preparing;
}

static gboolean
on_still_running (gpointer user_data)
{
  SwPgConnection *self = user_data;

  clear_source (&self->again_source);
  if (is_abandoned (self))
    tell_server (self);
  return G_SOURCE_REMOVE;
}

static void
on_server_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwPgConnection *self = SW_PG_CONNECTION (source);

  if (user_data != self->conn)
    return; /* it broke meanwhile */
  self->cancelling = FALSE;
  /* A request that overtakes its statement finds an idle server and does nothing: ask again. */
  if (is_abandoned (self) && self->again_source == NULL)
    self->again_source = attach (self, g_timeout_source_new (CANCEL_AGAIN), on_still_running);
  send_next (self);
}

static void
tell_server (SwPgConnection *self)
{
  g_autoptr (GTask) tell = NULL;

  if (self->cancelling)
    return;
  tell = g_task_new (self, NULL, on_server_told, self->conn); /* compared only */
  self->cancelling = TRUE;
  g_task_set_task_data (tell, PQgetCancel (self->conn), (GDestroyNotify) PQfreeCancel);
  g_task_run_in_thread (tell, cancel_in_thread);
}

gboolean
sw_pg_dispatch_on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  SwPgCommand *command = user_data;
  g_autoptr (SwPgConnection) self = g_object_ref (command->connection);
  g_autoptr (GTask) task = NULL;
  GError *error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  if (command != self->running)
    {
      g_queue_remove (&self->waiting, command);
      command_answer (command, error);
      return G_SOURCE_REMOVE;
    }
  /* Answer at once, but keep the command: its result is still to be read. */
  clear_source (&command->cancel_source);
  task = g_steal_pointer (&command->task);
  expect_answer (self, self->patience.silence);
  tell_server (self);
  g_task_return_error (task, error);
  return G_SOURCE_REMOVE;
}

void
sw_pg_dispatch_adopt (SwPgConnection *self, PGconn *conn)
{
  self->conn = conn;
  self->state = SW_PG_STATE_OPEN;
  self->statements = sw_pg_statements_new ();
  g_ptr_array_set_size (self->notices, 0);
  PQsetnonblocking (conn, 1);
  PQsetNoticeReceiver (conn, on_notice, self);
  self->read_source = attach (self, g_unix_fd_source_new (PQsocket (conn), G_IO_IN),
                              G_SOURCE_FUNC (on_readable));
}
