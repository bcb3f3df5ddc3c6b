/* sw-pg-connect.c: opens a connection without blocking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libpq ignores connect_timeout when it is polled, and a silent first host would hide a second one
 * that answers: so each address is an attempt of its own, with our own clock. An attempt that is not
 * through after its head start is joined by the next one, and the first to be accepted wins (RFC 8305
 * does the same for the addresses of one name): a dead host costs half a second, not its time-out.
 */
#include "postgres/sw-pg-private.h"

#include <glib-unix.h>

typedef struct
{
  SwPgTarget *target;
  SwPgPatience patience;
  GPtrArray *hosts;        /* SwPgAddress, unresolved */
  guint next_host;         /* the one to look up next */
  GQueue found;            /* SwPgAddress: further addresses of a host that was looked up */
  GPtrArray *attempts;     /* Attempt, in the air */
  GSource *head_start_source;
  GSource *cancel_source;
  GError *error; /* the most telling failure so far */
} Race;

/* One host being looked up, or one address being connected to. */
typedef struct
{
  GTask *task;             /* not a reference: it owns the race, which owns us */
  GCancellable *resolving; /* until the name is known */
  PGconn *conn;            /* afterwards */
  GSource *socket_source;
  GSource *clock_source;
} Attempt;

static void start_another (GTask *task);
static void watch_socket (Attempt *attempt, GIOCondition condition);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
attempt_free (Attempt *attempt)
{
  clear_source (&attempt->socket_source);
  clear_source (&attempt->clock_source);
  g_cancellable_cancel (attempt->resolving);
  g_clear_object (&attempt->resolving);
  g_clear_pointer (&attempt->conn, PQfinish);
  g_free (attempt);
}

static void
race_free (Race *race)
{
  clear_source (&race->head_start_source);
  clear_source (&race->cancel_source);
  g_ptr_array_unref (race->attempts);
  g_queue_clear_full (&race->found, (GDestroyNotify) sw_pg_address_free);
  g_clear_pointer (&race->hosts, g_ptr_array_unref);
  sw_pg_target_free (race->target);
  g_clear_error (&race->error);
  g_free (race);
}

static void
attach (GTask *task, GSource **place, GSource *source, GSourceFunc callback, gpointer user_data)
{
  clear_source (place);
  *place = source;
  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, g_task_get_context (task));
}

/* ---- the end ---- */

/* Ends every attempt. The race holds the one reference on its task, which the caller gets. */
static GTask *
end_race (GTask *task)
{
  Race *race = g_task_get_task_data (task);

  g_ptr_array_set_size (race->attempts, 0);
  g_queue_clear_full (&race->found, (GDestroyNotify) sw_pg_address_free);
  race->next_host = race->hosts != NULL ? race->hosts->len : 0;
  clear_source (&race->head_start_source);
  clear_source (&race->cancel_source);
  return task;
}

/* Takes @error. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GTask) ended = end_race (task);

  g_task_return_error (ended, error);
}

static void
succeed (Attempt *attempt)
{
  PGconn *conn = g_steal_pointer (&attempt->conn);
  g_autoptr (GTask) ended = end_race (attempt->task);

  PQsetErrorVerbosity (conn, PQERRORS_DEFAULT);
  g_task_return_pointer (ended, conn, (GDestroyNotify) PQfinish);
}

/* ---- one attempt ---- */

/* How much a failure tells: what the server itself said, that it is not who it should be, that nobody
 * answers. */
static int
telling (const GError *error)
{
  if (error == NULL)
    return -1;
  if (sw_pg_error_get_sqlstate (error) != NULL)
    return 2;
  return g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_TLS) ? 1 : 0;
}

/* This one leads nowhere: the next need not wait for its turn. Of failures that tell as much the first
 * stays, of words of servers the last. Takes @error. */
static void
give_up (Attempt *attempt, GError *error)
{
  GTask *task = attempt->task;
  Race *race = g_task_get_task_data (task);
  gboolean better = telling (error) > telling (race->error) || telling (error) == 2;

  g_ptr_array_remove_fast (race->attempts, attempt);
  if (error->code == SW_PG_ERROR_AUTHENTICATION && error->domain == SW_PG_ERROR)
    {
      /* Another host would give the same answer, and each try counts as a wrong password. */
      fail (task, error);
      return;
    }
  if (better)
    g_clear_error (&race->error);
  if (better)
    race->error = error;
  else
    g_error_free (error);
  start_another (task);
}

static gboolean
on_timeout (gpointer user_data)
{
  Attempt *attempt = user_data;
  Race *race = g_task_get_task_data (attempt->task);

  if (attempt->conn == NULL)
    give_up (attempt, g_error_new (SW_PG_ERROR, SW_PG_ERROR_NAME,
                                   "The host name could not be resolved within %u ms",
                                   race->patience.connect));
  else
    give_up (attempt, g_error_new (SW_PG_ERROR, SW_PG_ERROR_CONNECT_TIMEOUT,
                                   "The server did not answer within %u ms", race->patience.connect));
  return G_SOURCE_REMOVE;
}

static void
start_clock (Attempt *attempt)
{
  Race *race = g_task_get_task_data (attempt->task);

  attach (attempt->task, &attempt->clock_source, g_timeout_source_new (race->patience.connect),
          on_timeout, attempt);
}

static gboolean
on_socket_ready (int fd, GIOCondition condition, gpointer user_data)
{
  Attempt *attempt = user_data;

  switch (PQconnectPoll (attempt->conn))
    {
    case PGRES_POLLING_READING:
      watch_socket (attempt, G_IO_IN);
      break;
    case PGRES_POLLING_WRITING:
      watch_socket (attempt, G_IO_OUT);
      break;
    case PGRES_POLLING_OK:
      succeed (attempt);
      break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
    default:
      give_up (attempt, sw_pg_error_new_from_attempt (attempt->conn));
    }
  return G_SOURCE_REMOVE;
}

/* The socket may have been closed and opened again under the same number: always a new source. */
static void
watch_socket (Attempt *attempt, GIOCondition condition)
{
  attach (attempt->task, &attempt->socket_source,
          g_unix_fd_source_new (PQsocket (attempt->conn), condition),
          G_SOURCE_FUNC (on_socket_ready), attempt);
}

static void
connect_to (Attempt *attempt, const SwPgAddress *address)
{
  Race *race = g_task_get_task_data (attempt->task);

  attempt->conn = sw_pg_target_start (race->target, address, race->patience.statement);
  if (attempt->conn == NULL || PQstatus (attempt->conn) == CONNECTION_BAD)
    {
      give_up (attempt, sw_pg_error_new_from_attempt (attempt->conn));
      return;
    }
  PQsetErrorVerbosity (attempt->conn, PQERRORS_VERBOSE); /* see sw_pg_error_new_from_attempt */
  start_clock (attempt);
  watch_socket (attempt, G_IO_OUT);
}

/* The attempt that waits for @result, or NULL when the race no longer has it. */
static Attempt *
find_resolving (Race *race, GAsyncResult *result)
{
  GCancellable *resolving = g_task_get_cancellable (G_TASK (result));

  for (guint i = 0; i < race->attempts->len; i++)
    {
      Attempt *attempt = g_ptr_array_index (race->attempts, i);

      if (attempt->resolving == resolving)
        return attempt;
    }
  return NULL;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Race *race = g_task_get_task_data (task);
  Attempt *attempt = find_resolving (race, result);
  GError *error = NULL;
  g_autoptr (GPtrArray) addresses = sw_pg_resolve_finish (result, &error);

  if (attempt == NULL)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_object (&attempt->resolving);
  if (addresses == NULL)
    {
      give_up (attempt, error);
      return;
    }
  /* Its further addresses come before the other hosts. */
  for (guint i = addresses->len - 1; i > 0; i--)
    {
      const SwPgAddress *further = g_ptr_array_index (addresses, i);

      g_queue_push_head (&race->found, sw_pg_address_new (further->host, further->hostaddr,
                                                          further->port));
    }
  connect_to (attempt, g_ptr_array_index (addresses, 0));
}

/* ---- the race ---- */

static gboolean
on_head_start_over (gpointer task)
{
  start_another (task);
  return G_SOURCE_REMOVE;
}

static void
start_another (GTask *task)
{
  Race *race = g_task_get_task_data (task);
  Attempt *attempt;
  SwPgAddress *address = g_queue_pop_head (&race->found);

  clear_source (&race->head_start_source);
  if (address == NULL && race->next_host >= race->hosts->len)
    {
      if (race->attempts->len == 0)
        fail (task, g_steal_pointer (&race->error));
      return;
    }
  attempt = g_new0 (Attempt, 1);
  attempt->task = task;
  g_ptr_array_add (race->attempts, attempt);
  attach (task, &race->head_start_source, g_timeout_source_new (race->patience.head_start),
          on_head_start_over, task);
  if (address != NULL)
    connect_to (attempt, address);
  else
    {
      attempt->resolving = g_cancellable_new ();
      start_clock (attempt);
      sw_pg_resolve_async (g_ptr_array_index (race->hosts, race->next_host++), attempt->resolving,
                           on_resolved, g_object_ref (task));
    }
  g_clear_pointer (&address, sw_pg_address_free);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer task)
{
  fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

void
sw_pg_connect_async (SwPgTarget *target,
                     const SwPgPatience *patience,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Race *race = g_new0 (Race, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, sw_pg_connect_async);
  g_task_set_task_data (task, race, (GDestroyNotify) race_free);
  race->target = sw_pg_target_copy (target);
  race->patience = *patience;
  race->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) attempt_free);
  race->hosts = sw_pg_target_get_addresses (target, &error);
  if (race->hosts == NULL)
    {
      fail (task, error);
      return;
    }
  if (cancellable != NULL)
    attach (task, &race->cancel_source, g_cancellable_source_new (cancellable),
            G_SOURCE_FUNC (on_cancelled), task);
  start_another (task);
}

PGconn *
sw_pg_connect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
