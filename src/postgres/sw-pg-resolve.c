/* sw-pg-resolve.c: a host name to its addresses without blocking
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PQconnectStart() would call getaddrinfo() and stop the main loop for as long as the name server
 * is silent. GResolver asks in a thread; libpq is then given "hostaddr".
 */
#include "postgres/sw-pg-private.h"

static GPtrArray *
addresses_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sw_pg_address_free);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const SwPgAddress *host = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = addresses_new ();
  g_autoptr (GError) error = NULL;
  GList *list = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  for (GList *node = list; node != NULL; node = node->next)
    {
      g_autofree char *numeric = g_inet_address_to_string (node->data);

      g_ptr_array_add (found, sw_pg_address_new (host->host, numeric, host->port));
    }
  g_resolver_free_addresses (list);
  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, SW_PG_ERROR, SW_PG_ERROR_NAME, "%s: %s", host->host,
                             error->message);
}

void
sw_pg_resolve_async (const SwPgAddress *host,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  g_task_set_source_tag (task, sw_pg_resolve_async);
  g_task_set_task_data (task, sw_pg_address_new (host->host, host->hostaddr, host->port),
                        (GDestroyNotify) sw_pg_address_free);
  if (sw_pg_address_needs_lookup (host))
    g_resolver_lookup_by_name_async (resolver, host->host, cancellable, on_looked_up,
                                     g_steal_pointer (&task));
  else
    {
      g_autoptr (GPtrArray) alone = addresses_new ();

      g_ptr_array_add (alone, sw_pg_address_new (host->host, host->hostaddr, host->port));
      g_task_return_pointer (task, g_steal_pointer (&alone), (GDestroyNotify) g_ptr_array_unref);
    }
}

GPtrArray *
sw_pg_resolve_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
