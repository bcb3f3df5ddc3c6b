/* sw-pg-resolve.c: host names to addresses without blocking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PQconnectStart() would call getaddrinfo() and stop the main loop for as long as the name server
 * is silent. GResolver asks in a thread; libpq is then given "hostaddr".
 */
#include "postgres/sw-pg-private.h"

typedef struct
{
  GPtrArray *hosts; /* SwPgAddress, some still without hostaddr */
  GPtrArray *found; /* GPtrArray of SwPgAddress for each host, in its order; NULL when it failed */
  guint pending;
  GError *error; /* the first failure */
} Resolution;

typedef struct
{
  GTask *task; /* a reference */
  guint position;
} Lookup;

static void
resolution_free (Resolution *self)
{
  g_ptr_array_unref (self->hosts);
  g_ptr_array_unref (self->found);
  g_clear_error (&self->error);
  g_free (self);
}

static SwPgAddress *
address_new (const SwPgAddress *host, const char *hostaddr)
{
  SwPgAddress *address = g_new0 (SwPgAddress, 1);

  address->host = g_strdup (host->host);
  address->hostaddr = g_strdup (hostaddr);
  address->port = g_strdup (host->port);
  return address;
}

static void
finish_one (GTask *task)
{
  Resolution *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) all = NULL;

  if (--self->pending > 0)
    return;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) sw_pg_address_free);
  for (guint i = 0; i < self->found->len; i++)
    {
      GPtrArray *some = g_ptr_array_index (self->found, i);

      for (guint j = 0; some != NULL && j < some->len; j++)
        {
          SwPgAddress *address = g_ptr_array_index (some, j);

          g_ptr_array_add (all, address_new (address, address->hostaddr));
        }
    }
  if (all->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (GTask) task = lookup->task;
  Resolution *self = g_task_get_task_data (task);
  const SwPgAddress *host = g_ptr_array_index (self->hosts, lookup->position);
  GPtrArray *found = g_ptr_array_index (self->found, lookup->position);
  g_autoptr (GError) error = NULL;
  GList *list = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  for (GList *node = list; node != NULL; node = node->next)
    {
      g_autofree char *numeric = g_inet_address_to_string (node->data);

      g_ptr_array_add (found, address_new (host, numeric));
    }
  g_resolver_free_addresses (list);
  if (error != NULL && self->error == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->error = g_steal_pointer (&error);
      else
        g_set_error (&self->error, SW_PG_ERROR, SW_PG_ERROR_NAME, "%s: %s", host->host,
                     error->message);
    }
  g_free (lookup);
  finish_one (task);
}

void
sw_pg_resolve_async (SwPgTarget *target,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GError *error = NULL;
  GPtrArray *hosts = sw_pg_target_get_addresses (target, &error);
  Resolution *self;

  g_task_set_source_tag (task, sw_pg_resolve_async);
  if (hosts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_new0 (Resolution, 1);
  self->hosts = hosts;
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->pending = 1;
  g_task_set_task_data (task, self, (GDestroyNotify) resolution_free);
  for (guint i = 0; i < hosts->len; i++)
    {
      const SwPgAddress *host = g_ptr_array_index (hosts, i);
      GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) sw_pg_address_free);

      g_ptr_array_add (self->found, found);
      if (sw_pg_address_needs_lookup (host))
        {
          Lookup *lookup = g_new0 (Lookup, 1);

          lookup->task = g_object_ref (task);
          lookup->position = i;
          self->pending++;
          g_resolver_lookup_by_name_async (resolver, host->host, cancellable, on_looked_up, lookup);
        }
      else
        g_ptr_array_add (found, address_new (host, host->hostaddr));
    }
  finish_one (task);
}

GPtrArray *
sw_pg_resolve_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
