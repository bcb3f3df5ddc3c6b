/* sw-list-export.c: see sw-list-export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-list-export.h"
#include "model/sw-sql.h"

/* Rows in one statement: few enough that what is done with them never holds up the main loop. */
#define STEP 500

typedef struct
{
  SwRecordList *list;
  SwListQuery *query; /* the list's may change owner while we read */
  GArray *ids;        /* gint64 */
  guint done;
  SwListExportRow row;
  SwListExportProgress progress;
  gpointer data;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->list);
  sw_list_query_free (self->query);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static void read_next (GTask *task);

/* Rows come in any order: @positions says where each id is in the answer, plus one. */
static gboolean
hand_over (Export *self, SwPgResult *answer, guint n, GError **error)
{
  g_autoptr (GHashTable) positions
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, 0);

      g_hash_table_insert (positions, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (row + 1));
    }
  for (guint i = self->done; i < self->done + n; i++)
    {
      gpointer position
          = g_hash_table_lookup (positions, &g_array_index (self->ids, gint64, i));
      g_autoptr (SwRecord) record = NULL;

      if (position == NULL)
        continue;
      record = sw_record_new_from_row (answer, GPOINTER_TO_UINT (position) - 1);
      if (!self->row (record, self->data, error))
        return FALSE;
    }
  return TRUE;
}

static void
on_rows (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);
  guint n = MIN (STEP, self->ids->len - self->done);

  if (answer == NULL || !hand_over (self, answer, n, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->done += n;
  if (self->progress != NULL)
    self->progress (self->done, self->ids->len, self->data);
  read_next (task);
}

static void
read_next (GTask *task)
{
  Export *self = g_task_get_task_data (task);
  g_autoptr (SwPgParams) params = NULL;
  g_autofree char *sql = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->done == self->ids->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  params = sw_pg_params_new ();
  sql = sw_sql_list_rows (self->query, &g_array_index (self->ids, gint64, self->done),
                          MIN (STEP, self->ids->len - self->done), FALSE, params);
  sw_session_query_async (sw_record_list_get_session (self->list), SW_SESSION_READING, sql, params,
                          g_task_get_cancellable (task), on_rows, g_object_ref (task));
}

static void
take_all_ids (Export *self)
{
  guint n = sw_record_list_get_total (self->list);

  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    {
      gint64 id = sw_record_list_get_id (self->list, i);

      g_array_append_val (self->ids, id);
    }
}

/* A long list shows its first rows before it has all its ids. */
static void
on_list_state (GTask *task)
{
  Export *self = g_task_get_task_data (task);
  const char *error = sw_record_list_get_error (self->list);

  if (!sw_record_list_is_complete (self->list) && error == NULL
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  g_object_ref (task);
  g_signal_handlers_disconnect_by_data (self->list, task);
  if (sw_record_list_is_complete (self->list))
    {
      take_all_ids (self);
      read_next (task);
    }
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", error);
  g_object_unref (task);
}

void
sw_list_export_async (SwRecordList *list,
                      GArray *ids,
                      SwListExportRow row,
                      SwListExportProgress progress,
                      gpointer data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (list, cancellable, callback, user_data);
  Export *self = g_new0 (Export, 1);

  g_task_set_source_tag (task, sw_list_export_async);
  g_task_set_task_data (task, self, (GDestroyNotify) export_free);
  self->list = g_object_ref (list);
  self->query = sw_list_query_copy (sw_record_list_get_query (list));
  self->row = row;
  self->progress = progress;
  self->data = data;
  if (ids != NULL)
    self->ids = g_array_copy (ids);
  else if (sw_record_list_is_complete (list))
    take_all_ids (self);
  if (self->ids != NULL)
    {
      read_next (task);
      return;
    }
  if (progress != NULL)
    progress (0, 0, data);
  g_signal_connect_data (list, "loaded", G_CALLBACK (on_list_state), g_object_ref (task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
  g_signal_connect_data (list, "notify::error", G_CALLBACK (on_list_state), g_object_ref (task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
}

gboolean
sw_list_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
