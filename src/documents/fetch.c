/* fetch.c: softwhere-document asks the server for invoices, waiting for each answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/fetch.h"

#include "documents/sw-document-loader.h"
#include "model/sw-record-list.h"

#include <string.h>

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Runs the main loop until the call answers. */
static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* The login of the connection string, else PGUSER, else the name of the person here, as psql. */
static const char *
choose_user (SwServer *server)
{
  const char *user = sw_server_get_last_user (server);

  if (user == NULL || *user == '\0')
    user = g_getenv ("PGUSER");
  return user != NULL && *user != '\0' ? user : g_get_user_name ();
}

/**
 * fetch_open:
 * @conninfo: a libpq URI or "host=… dbname=…"
 *
 * Without a password in it libpq looks in PGPASSWORD and in the password file.
 */
SwSession *
fetch_open (const char *conninfo, GError **error)
{
  g_autoptr (SwServer) server = sw_server_new_from_uri (NULL, conninfo, error);
  g_autoptr (SwSession) session = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const char *user;

  if (server == NULL)
    return NULL;
  user = choose_user (server);
  session = sw_session_new ();
  sw_session_open_async (session,
                         server,
                         user,
                         sw_server_get_login_password (server, user),
                         NULL,
                         keep_result,
                         &result);
  if (!sw_session_open_finish (session, wait_for (&result), error))
    return NULL;
  return g_steal_pointer (&session);
}

/* Returns: the ids of the invoices issued from @from to @to, both included, by number. */
GArray *
fetch_issued_ids (SwSession *session, const char *from, const char *to, GError **error)
{
  const char *const columns[] = { "number", NULL };
  const char *const days[] = { from, to, NULL };
  g_autoptr (SwListQuery) query = sw_list_query_new ("invoice");
  g_autoptr (SwRecordList) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GArray *ids;

  sw_list_query_set_columns (query, columns);
  sw_list_query_set_filter (query, "issued_on", SW_FILTER_BETWEEN, days);
  sw_list_query_set_sort (query, "number", FALSE);
  list = sw_record_list_new (session, query);
  /* All of it: a list that is merely loaded may know its first page only. */
  sw_record_list_load_all_async (list, NULL, keep_result, &result);
  if (!sw_record_list_load_all_finish (list, wait_for (&result), error))
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < sw_record_list_get_total (list); i++)
    {
      gint64 id = sw_record_list_get_id (list, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

SwBrand *
fetch_brand (SwSession *session, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_brand_load_async (session, NULL, keep_result, &result);
  return sw_brand_load_finish (wait_for (&result), error);
}

/* All of @ids, or an error: an export that silently misses an invoice is worse than none. */
GPtrArray *
fetch_invoices (SwSession *session,
                SwBrand *brand,
                const gint64 *ids,
                gsize n_ids,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) documents = NULL;

  sw_document_load_invoices_async (session, brand, ids, n_ids, NULL, keep_result, &result);
  documents = sw_document_load_invoices_finish (wait_for (&result), error);
  if (documents == NULL || documents->len == n_ids)
    return g_steal_pointer (&documents);
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_FOUND,
               "%zu of %zu invoices do not exist or may not be seen",
               n_ids - documents->len,
               n_ids);
  return NULL;
}
