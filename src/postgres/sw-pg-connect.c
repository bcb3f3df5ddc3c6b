/* sw-pg-connect.c: opens a connection without blocking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libpq ignores connect_timeout when it is polled, and a silent first host would hide a second one
 * that answers: so each address is an attempt of its own, with our own clock.
 */
#include "postgres/sw-pg-private.h"

#include <glib-unix.h>

typedef struct
{
  SwPgTarget *target;
  guint timeout;           /* ms for each address */
  guint statement_timeout; /* ms */
  GPtrArray *addresses;    /* SwPgAddress, resolved */
  guint next;              /* the address to try next */
  GCancellable *resolving; /* cancelled by the clock or by the caller */
  gboolean timed_out;
  PGconn *conn;
  GSource *socket_source;
  GSource *clock_source;
  GSource *cancel_source;
  GError *error; /* the most telling failure so far */
} Attempt;

static void start_next (GTask *task);
static void watch_socket (GTask *task, GIOCondition condition);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Gives up the current address. */
static void
attempt_reset (Attempt *self)
{
  clear_source (&self->socket_source);
  clear_source (&self->clock_source);
  g_clear_pointer (&self->conn, PQfinish);
}

static void
attempt_free (Attempt *self)
{
  attempt_reset (self);
  clear_source (&self->cancel_source);
  sw_pg_target_free (self->target);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_object (&self->resolving);
  g_clear_error (&self->error);
  g_free (self);
}

/* What the server itself said is worth more than "refused"; otherwise the first failure stays.
 * Takes @error. */
static void
remember (Attempt *self, GError *error)
{
  gboolean better = self->error == NULL || sw_pg_error_get_sqlstate (error) != NULL;

  if (better)
    g_clear_error (&self->error);
  if (better)
    self->error = error;
  else
    g_error_free (error);
}

/* Ends the task, once; drops the sources, which hold the other references on it. Takes @error. */
static void
fail (GTask *task, GError *error)
{
  Attempt *self = g_task_get_task_data (task);

  g_object_ref (task);
  attempt_reset (self);
  clear_source (&self->cancel_source);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Attempt *self = g_task_get_task_data (task);

  if (self->addresses == NULL)
    {
      self->timed_out = TRUE;
      g_cancellable_cancel (self->resolving); /* on_resolved() follows */
      return G_SOURCE_REMOVE;
    }
  remember (self, g_error_new (SW_PG_ERROR, SW_PG_ERROR_CONNECT_TIMEOUT,
                               "The server did not answer within %u ms", self->timeout));
  start_next (task);
  return G_SOURCE_REMOVE;
}

static void
start_clock (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);

  clear_source (&self->clock_source);
  self->clock_source = g_timeout_source_new (self->timeout);
  g_source_set_callback (self->clock_source, on_timeout, g_object_ref (task), g_object_unref);
  g_source_attach (self->clock_source, g_task_get_context (task));
}

static void
succeed (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);
  PGconn *conn = g_steal_pointer (&self->conn);

  g_object_ref (task);
  PQsetErrorVerbosity (conn, PQERRORS_DEFAULT);
  attempt_reset (self);
  clear_source (&self->cancel_source);
  g_task_return_pointer (task, conn, (GDestroyNotify) PQfinish);
  g_object_unref (task);
}

static gboolean
on_socket_ready (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Attempt *self = g_task_get_task_data (task);
  GError *error;

  switch (PQconnectPoll (self->conn))
    {
    case PGRES_POLLING_READING:
      watch_socket (task, G_IO_IN);
      break;
    case PGRES_POLLING_WRITING:
      watch_socket (task, G_IO_OUT);
      break;
    case PGRES_POLLING_OK:
      succeed (task);
      break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
    default:
      error = sw_pg_error_new_from_attempt (self->conn);
      /* Another host would give the same answer, and each try counts as a wrong password. */
      if (error->code == SW_PG_ERROR_AUTHENTICATION)
        fail (task, error);
      else
        {
          remember (self, error);
          start_next (task);
        }
    }
  return G_SOURCE_REMOVE;
}

/* The socket may have been closed and opened again under the same number: always a new source. */
static void
watch_socket (GTask *task, GIOCondition condition)
{
  Attempt *self = g_task_get_task_data (task);

  clear_source (&self->socket_source);
  self->socket_source = g_unix_fd_source_new (PQsocket (self->conn), condition);
  g_source_set_callback (self->socket_source, G_SOURCE_FUNC (on_socket_ready), g_object_ref (task),
                         g_object_unref);
  g_source_attach (self->socket_source, g_task_get_context (task));
}

static void
start_next (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);

  attempt_reset (self);
  while (self->next < self->addresses->len)
    {
      const SwPgAddress *address = g_ptr_array_index (self->addresses, self->next++);

      self->conn = sw_pg_target_start (self->target, address, self->statement_timeout);
      if (self->conn != NULL && PQstatus (self->conn) != CONNECTION_BAD)
        {
          PQsetErrorVerbosity (self->conn, PQERRORS_VERBOSE); /* see sw_pg_error_new_from_attempt */
          start_clock (task);
          watch_socket (task, G_IO_OUT);
          return;
        }
      remember (self, sw_pg_error_new_from_attempt (self->conn));
      g_clear_pointer (&self->conn, PQfinish);
    }
  fail (task, g_steal_pointer (&self->error));
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  clear_source (&self->clock_source);
  self->addresses = sw_pg_resolve_finish (result, &error);
  if (self->addresses != NULL && !g_task_had_error (task)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    start_next (task);
  else if (self->timed_out)
    fail (task, g_error_new (SW_PG_ERROR, SW_PG_ERROR_NAME,
                             "The host name could not be resolved within %u ms", self->timeout));
  else if (error != NULL)
    fail (task, g_steal_pointer (&error));
  else
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Attempt *self = g_task_get_task_data (task);

  if (self->addresses == NULL)
    g_cancellable_cancel (self->resolving);
  else
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

void
sw_pg_connect_async (SwPgTarget *target,
                     guint timeout,
                     guint statement_timeout,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Attempt *self = g_new0 (Attempt, 1);

  g_task_set_source_tag (task, sw_pg_connect_async);
  g_task_set_task_data (task, self, (GDestroyNotify) attempt_free);
  self->target = sw_pg_target_copy (target);
  self->timeout = timeout;
  self->statement_timeout = statement_timeout;
  self->resolving = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (on_cancelled), g_object_ref (task),
                             g_object_unref);
      g_source_attach (self->cancel_source, g_task_get_context (task));
    }
  start_clock (task);
  sw_pg_resolve_async (self->target, self->resolving, on_resolved, g_object_ref (task));
}

PGconn *
sw_pg_connect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
