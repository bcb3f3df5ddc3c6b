/* sw-document-loader.c: see sw-document-loader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-document-loader.h"

#include "documents/sw-fields.h"
#include "model/sw-call.h"

/* The object written in @json, or NULL and an error; @root keeps it. */
static JsonObject *
parse_object (const char *json, JsonNode **root, GError **error)
{
  *root = json_from_string (json, error);
  if (*root == NULL || JSON_NODE_HOLDS_OBJECT (*root))
    return *root == NULL ? NULL : json_node_get_object (*root);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The answer holds no object");
  return NULL;
}

/* A logo that cannot be read is no reason not to invoice: the name stands alone then. */
static SwBrand *
brand_from_json (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) logo = NULL;
  g_autoptr (GError) unreadable = NULL;
  JsonObject *object = NULL;
  SwBrand *brand;

  if (json != NULL)
    {
      guchar *bytes;
      gsize size;

      object = parse_object (json, &root, error);
      if (object == NULL)
        return NULL;
      bytes = g_base64_decode (sw_field (object, "bytes"), &size);
      logo = g_bytes_new_take (bytes, size);
    }
  brand = sw_brand_new (logo, NULL, &unreadable);
  if (brand != NULL)
    return brand;
  g_message ("The logo cannot be read: %s", unreadable->message);
  return sw_brand_new (NULL, NULL, error);
}

static void
on_logo (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *json = NULL;
  GError *error = NULL;
  SwBrand *brand = NULL;

  json = sw_call_run_finish_text (result, &error);
  if (error == NULL)
    brand = brand_from_json (json, &error);
  if (brand != NULL)
    g_task_return_pointer (task, brand, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
sw_brand_load_async (SwSession *session,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (SwCall) call = sw_call_new ("company_logo");
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_brand_load_async);
  sw_call_run_async (call, session, cancellable, on_logo, task);
}

/* Returns: (transfer full) (nullable) */
SwBrand *
sw_brand_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
documents_from_rows (SwPgResult *rows, SwBrand *brand, GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sw_pg_result_get_n_rows (rows); i++)
    {
      g_autoptr (JsonNode) root = NULL;
      JsonObject *object = parse_object (sw_pg_result_get_text (rows, i, 0), &root, error);
      SwDocument *document
        = object == NULL ? NULL : sw_document_new_invoice (object, brand, error);

      if (document == NULL)
        return NULL;
      g_ptr_array_add (documents, document);
    }
  return g_steal_pointer (&documents);
}

static void
on_invoices (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SwPgResult) rows = sw_call_run_finish (result, &error);
  GPtrArray *documents = NULL;

  if (rows != NULL)
    documents = documents_from_rows (rows, g_task_get_task_data (task), &error);
  if (documents != NULL)
    g_task_return_pointer (task, documents, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
sw_document_load_invoices_async (SwSession *session,
                                 SwBrand *brand,
                                 const gint64 *ids,
                                 gsize n_ids,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (SwCall) call = sw_call_new ("invoice_documents");
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_document_load_invoices_async);
  g_task_set_task_data (task, g_object_ref (brand), g_object_unref);
  sw_call_add_ids (call, "p_ids", ids, n_ids);
  sw_call_run_async (call, session, cancellable, on_invoices, task);
}

/* Returns: (transfer full) (nullable) */
GPtrArray *
sw_document_load_invoices_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
