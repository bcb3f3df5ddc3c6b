/* sw-bulk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-bulk.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"
#include "widgets/sw-progress.h"

typedef struct
{
  SwTable *table;
  char *heading;
  GArray *ids;
  SwBulkCall call;
  gpointer data;
  GDestroyNotify free_data;
  SwProgress *progress;
} Bulk;

static void
bulk_free (Bulk *bulk)
{
  g_clear_pointer (&bulk->progress, sw_progress_free);
  if (bulk->free_data != NULL)
    bulk->free_data (bulk->data);
  g_array_unref (bulk->ids);
  g_object_unref (bulk->table);
  g_free (bulk->heading);
  g_free (bulk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bulk, bulk_free)

static SwCall *
call_these (const gint64 *ids, gsize n_ids, gpointer data)
{
  Bulk *bulk = data;

  return bulk->call (ids, n_ids, bulk->data);
}

static void
on_progress (guint done, guint total, gpointer data)
{
  sw_progress_set (((Bulk *) data)->progress, done, total);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Bulk) bulk = data;
  g_autoptr (SwManyOutcome) outcome = sw_many_run_finish (result);

  g_clear_pointer (&bulk->progress, sw_progress_free);
  if (gtk_widget_get_root (GTK_WIDGET (bulk->table)) == NULL)
    return;
  /* The same reason for all: said once. */
  if (outcome->error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (bulk->table), bulk->heading, outcome->error);
  else
    sw_bulk_report (bulk->table, bulk->heading, outcome->n_done, bulk->ids, outcome->failures);
}

void
sw_bulk_run (SwTable *table,
             SwSession *session,
             const char *heading,
             GArray *ids,
             SwBulkCall call,
             gpointer data,
             GDestroyNotify free_data)
{
  Bulk *bulk = g_new0 (Bulk, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  bulk->table = g_object_ref (table);
  bulk->heading = g_strdup (heading);
  bulk->ids = g_array_ref (ids);
  bulk->call = call;
  bulk->data = data;
  bulk->free_data = free_data;
  bulk->progress = sw_progress_new (GTK_WIDGET (table), heading, cancellable);
  sw_many_run_async (session, ids, call_these, on_progress, bulk, cancellable, on_done, bulk);
}

/* {{{ Asking first */

typedef struct
{
  SwTable *table;
  SwSession *session;
  GArray *ids;
  SwBulkCall call;
  char **required;
} Ask;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->table);
  g_object_unref (ask->session);
  g_array_unref (ask->ids);
  g_strfreev (ask->required);
  g_free (ask);
}

static void
on_apply (SwDialog *dialog, const char *button, Ask *ask)
{
  g_autoptr (GHashTable) values = sw_dialog_get_values (dialog);
  SwTable *table = ask->table;

  for (guint i = 0; ask->required[i] != NULL; i++)
    if (!g_hash_table_contains (values, ask->required[i]))
      {
        sw_field_set_set_error (sw_dialog_get_fields (dialog), ask->required[i],
                                _ ("A value is required here."));
        return;
      }
  if (gtk_widget_get_root (GTK_WIDGET (table)) != NULL)
    sw_bulk_run (table, ask->session, gtk_window_get_title (GTK_WINDOW (dialog)), ask->ids, ask->call,
                 g_steal_pointer (&values), (GDestroyNotify) g_hash_table_unref);
  gtk_window_close (GTK_WINDOW (dialog));
}

void
sw_bulk_ask (SwTable *table,
             SwSession *session,
             SwDialog *dialog,
             const char *required,
             const char *button,
             GArray *ids,
             SwBulkCall call)
{
  Ask *ask = g_new (Ask, 1);

  ask->table = g_object_ref (table);
  ask->session = g_object_ref (session);
  ask->ids = g_array_ref (ids);
  ask->call = call;
  ask->required = g_strsplit (required != NULL ? required : "", "|", -1);
  sw_dialog_add_button (dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "apply", button, SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), ask, ask_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (table));
}

/* }}} */
