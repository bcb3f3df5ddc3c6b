/* sw-call.c: see sw-call.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-call.h"
#include "model/sw-request.h"
#include "model/sw-sql.h"

struct _SwCall
{
  gatomicrefcount refs;
  char *function;
  GPtrArray *names; /* char * or NULL, one for each of params */
  GPtrArray *json;  /* char *, the same values as JSON */
  SwPgParams *params;
  SwSessionLane lane;
  gboolean once;
  char *key;
};

SwCall *
sw_call_new (const char *function)
{
  SwCall *self = g_new0 (SwCall, 1);

  g_atomic_ref_count_init (&self->refs);
  self->function = g_strdup (function);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->json = g_ptr_array_new_with_free_func (g_free);
  self->params = sw_pg_params_new ();
  self->lane = SW_SESSION_INTERACTIVE;
  return self;
}

SwCall *
sw_call_ref (SwCall *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sw_call_unref (SwCall *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->function);
  g_free (self->key);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->json);
  sw_pg_params_unref (self->params);
  g_free (self);
}

const char *
sw_call_get_function (SwCall *self)
{
  return self->function;
}

/* Takes @json; NULL is null. */
static void
add_name (SwCall *self, const char *name, char *json)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->json, json != NULL ? json : g_strdup ("null"));
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL)
    return NULL;
  node = json_node_init_string (json_node_alloc (), text);
  return json_to_string (node, FALSE);
}

void
sw_call_add_id (SwCall *self, const char *name, gint64 id)
{
  add_name (self, name, g_strdup_printf ("%" G_GINT64_FORMAT, id));
  sw_pg_params_add_int64 (self->params, id);
}

void
sw_call_add_ids (SwCall *self, const char *name, const gint64 *ids, gsize n_ids)
{
  GString *json = g_string_new ("[");

  for (gsize i = 0; i < n_ids; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ids[i]);
  g_string_append_c (json, ']');
  add_name (self, name, g_string_free (json, FALSE));
  sw_pg_params_add_int64_array (self->params, ids, n_ids);
}

void
sw_call_add_text (SwCall *self, const char *name, const char *text)
{
  add_name (self, name, quote (text));
  sw_pg_params_add_text (self->params, text);
}

void
sw_call_add_texts (SwCall *self, const char *name, const char *const *values)
{
  GString *json = g_string_new ("[");

  for (gsize i = 0; values[i] != NULL; i++)
    {
      g_autofree char *quoted = quote (values[i]);

      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", quoted);
    }
  g_string_append_c (json, ']');
  add_name (self, name, g_string_free (json, FALSE));
  sw_pg_params_add_text_array (self->params, values);
}

void
sw_call_add_bool (SwCall *self, const char *name, gboolean value)
{
  add_name (self, name, g_strdup (value ? "true" : "false"));
  sw_pg_params_add_bool (self->params, value);
}

void
sw_call_add_date (SwCall *self, const char *name, const char *iso)
{
  sw_call_add_text (self, name, iso);
}

void
sw_call_add_number (SwCall *self, const char *name, const char *decimal)
{
  sw_call_add_text (self, name, decimal);
}

void
sw_call_add_json (SwCall *self, const char *name, JsonNode *json)
{
  g_autofree char *text = json != NULL ? json_to_string (json, FALSE) : NULL;

  add_name (self, name, g_strdup (text));
  sw_pg_params_add_json (self->params, text);
}

void
sw_call_add_json_object (SwCall *self, const char *name, JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  if (object != NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, object);
    }
  sw_call_add_json (self, name, node);
}

void
sw_call_add_bytes (SwCall *self, const char *name, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *base64 = bytes != NULL ? g_base64_encode (data, size) : NULL;

  add_name (self, name, quote (base64));
  sw_pg_params_add_bytes (self->params, bytes);
}

void
sw_call_set_lane (SwCall *self, SwSessionLane lane)
{
  self->lane = lane;
}

void
sw_call_set_once (SwCall *self, const char *key)
{
  self->once = TRUE;
  g_free (self->key);
  self->key = g_strdup (key);
}

/* What api.call() takes. */
static char *
arguments (SwCall *self)
{
  GString *object = g_string_new ("{");

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      const char *value = g_ptr_array_index (self->json, i);

      g_string_append (object, i > 0 ? "," : "");
      if (name != NULL)
        g_string_append_printf (object, "\"%s\":%s", name, value);
      else
        g_string_append_printf (object, "\"%u\":%s", i + 1, value);
    }
  g_string_append_c (object, '}');
  return g_string_free (object, FALSE);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SwPgResult *answer = sw_request_run_finish (result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) sw_pg_result_unref);
  else
    g_task_return_error (task, error);
}

/* Takes @task. */
static void
run_once (SwCall *self, SwSession *session, GTask *task)
{
  g_autofree char *key = self->key != NULL ? g_strdup (self->key) : sw_request_new_key ();
  g_autofree char *json = arguments (self);

  g_task_set_task_data (task, sw_call_ref (self), (GDestroyNotify) sw_call_unref);
  g_task_set_check_cancellable (task, FALSE); /* it may be done although it was cancelled */
  sw_request_run_async (session, self->lane, key, self->function, json,
                        g_task_get_cancellable (task), on_settled, task);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SwPgResult *answer = sw_session_query_finish (SW_SESSION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) sw_pg_result_unref);
  else
    g_task_return_error (task, error);
}

void
sw_call_run_async (SwCall *self,
                   SwSession *session,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  g_autofree char *sql = sw_sql_call (self->function, self->names);

  g_task_set_source_tag (task, sw_call_run_async);
  g_task_set_name (task, self->function);
  if (sql == NULL)
    {
      g_task_return_new_error (task, SW_PG_ERROR, SW_PG_ERROR_INVALID, "Not a function name: %s",
                               self->function);
      g_object_unref (task);
      return;
    }
  if (self->once)
    run_once (self, session, task);
  else
    sw_session_query_async (session, self->lane, sql, self->params, cancellable, on_answered,
                            task);
}

SwPgResult *
sw_call_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
sw_call_run_finish_text (GAsyncResult *result, GError **error)
{
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, error);

  return answer != NULL ? g_strdup (sw_pg_result_get_text (answer, 0, 0)) : NULL;
}

gint64
sw_call_run_finish_id (GAsyncResult *result, GError **error)
{
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, error);

  return answer != NULL ? sw_pg_result_get_int64 (answer, 0, 0) : 0;
}

/* A set as api.call() answers it: one array. */
static GListModel *
rows_of_json (const char *json, GError **error)
{
  g_autofree char *wrapped = g_strdup_printf ("{\"rows\":%s}", json != NULL ? json : "[]");
  g_autoptr (SwRecord) record = sw_record_new_from_text (wrapped, error);

  return record != NULL ? g_object_ref (sw_record_get_rows (record, "rows")) : NULL;
}

GListModel *
sw_call_run_finish_rows (GAsyncResult *result, GError **error)
{
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, error);
  GListStore *rows;

  if (answer == NULL)
    return NULL;
  if (g_task_get_task_data (G_TASK (result)) != NULL)
    return rows_of_json (sw_pg_result_get_text (answer, 0, 0), error);
  rows = g_list_store_new (SW_TYPE_RECORD);
  for (guint i = 0; i < sw_pg_result_get_n_rows (answer); i++)
    {
      g_autoptr (SwRecord) row = sw_record_new_from_row (answer, i);

      g_list_store_append (rows, row);
    }
  return G_LIST_MODEL (rows);
}

SwRecord *
sw_call_run_finish_record (GAsyncResult *result, GError **error)
{
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, error);
  const char *json = answer != NULL ? sw_pg_result_get_text (answer, 0, 0) : NULL;

  return json != NULL ? sw_record_new_from_text (json, error) : NULL;
}

void
sw_call_read_record_async (SwSession *session,
                           const char *entity,
                           gint64 id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *function = g_strdup_printf ("%s_record", entity);
  g_autoptr (SwCall) call = sw_call_new (function);

  sw_call_add_id (call, NULL, id);
  sw_call_run_async (call, session, cancellable, callback, user_data);
}

SwRecord *
sw_call_read_record_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;
  SwRecord *record = sw_call_run_finish_record (result, &failure);

  if (record == NULL && failure == NULL)
    failure = sw_pg_error_new (SW_PG_ERROR_SERVER, "SW002", "No such record");
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return record;
}
