/* sw-bulk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-bulk.h"

#include <glib/gi18n.h>
#include "model/sw-list-export.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-progress.h"
#include "widgets/sw-toast.h"

/* Records in one call, which is one transaction. */
#define STEP 50
/* Failures named in the dialog. */
#define MOST_NAMED 200

typedef struct
{
  SwTable *table;
  SwSession *session;
  char *heading;
  GArray *ids;
  guint done; /* asked for */
  guint n_ok;
  GHashTable *failures; /* gint64 * → char *, sentence */
  SwBulkCall call;
  gpointer data;
  GDestroyNotify free_data;
  SwProgress *progress;
  GCancellable *cancellable;
} Bulk;

static void
bulk_free (Bulk *bulk)
{
  g_clear_pointer (&bulk->progress, sw_progress_free);
  if (bulk->free_data != NULL)
    bulk->free_data (bulk->data);
  g_hash_table_unref (bulk->failures);
  g_array_unref (bulk->ids);
  g_object_unref (bulk->table);
  g_object_unref (bulk->session);
  g_object_unref (bulk->cancellable);
  g_free (bulk->heading);
  g_free (bulk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bulk, bulk_free)

static void run_next (Bulk *bulk);

/* {{{ Report */

typedef struct
{
  SwTable *table;
  SwDialog *dialog;
  GtkWidget *list;
  GHashTable *failures;
} Report;

static void
report_free (Report *report)
{
  g_object_unref (report->table);
  g_hash_table_unref (report->failures);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static gboolean
add_failure (SwRecord *record, gpointer data, GError **error)
{
  Report *report = data;
  gint64 id = sw_record_get_id (record);
  g_autofree char *name = sw_table_describe_row (report->table, record);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), g_hash_table_lookup (report->failures, &id));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (GTK_LIST_BOX (report->list), row);
  return TRUE;
}

static void
on_report_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_free (sw_dialog_choose_finish (SW_DIALOG (source), result));
}

static void
on_named (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Report) report = data;

  sw_list_export_finish (result, NULL);
  if (gtk_widget_get_root (GTK_WIDGET (report->table)) == NULL)
    gtk_window_destroy (GTK_WINDOW (report->dialog));
  else
    sw_dialog_choose_async (report->dialog, GTK_WIDGET (report->table), NULL, on_report_closed, NULL);
}

static SwDialog *
create_report (const char *heading, guint n_done, guint n_failed, GtkWidget *list)
{
  g_autofree char *done = g_strdup_printf (ngettext ("%u record done", "%u records done", n_done), n_done);
  g_autofree char *failed
      = g_strdup_printf (ngettext ("%u could not be:", "%u could not be:", n_failed), n_failed);
  g_autofree char *body = g_strdup_printf ("%s · %s", done, failed);
  SwDialog *dialog = sw_dialog_new (heading, body);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  sw_dialog_add_child (dialog, scroller);
  sw_dialog_add_button (dialog, "close", _ ("_Close"), SW_BUTTON_SUGGESTED);
  return dialog;
}

void
sw_bulk_report (SwTable *table, const char *heading, guint n_done, GHashTable *failures)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Report *report;
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (failures) == 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u record done", "%u records done", n_done), n_done);

      sw_toast (GTK_WIDGET (table), text);
      return;
    }
  g_hash_table_iter_init (&iter, failures);
  while (ids->len < MOST_NAMED && g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  report = g_new0 (Report, 1);
  report->table = g_object_ref (table);
  report->failures = g_hash_table_ref (failures);
  report->list = gtk_list_box_new ();
  report->dialog = create_report (heading, n_done, g_hash_table_size (failures), report->list);
  sw_list_export_async (sw_table_get_list (table), ids, add_failure, NULL, report, NULL, on_named, report);
}

/* }}} */

static void
finish (Bulk *bulk)
{
  g_clear_pointer (&bulk->progress, sw_progress_free);
  if (gtk_widget_get_root (GTK_WIDGET (bulk->table)) == NULL)
    return;
  sw_bulk_report (bulk->table, bulk->heading, bulk->n_ok, bulk->failures);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Bulk) bulk = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = sw_call_run_finish_rows (result, &error);

  if (rows == NULL)
    {
      /* The whole call failed: what earlier ones did stays done, and is told first. */
      g_clear_pointer (&bulk->progress, sw_progress_free);
      if (gtk_widget_get_root (GTK_WIDGET (bulk->table)) != NULL)
        {
          if (bulk->n_ok > 0 || g_hash_table_size (bulk->failures) > 0)
            finish (bulk);
          sw_dialog_tell_error (GTK_WIDGET (bulk->table), bulk->heading, error);
        }
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) row = g_list_model_get_item (rows, i);
      gint64 id = sw_record_get_id (row);

      if (sw_record_get_bool (row, "ok"))
        bulk->n_ok++;
      else
        g_hash_table_insert (bulk->failures, g_memdup2 (&id, sizeof id),
                             sw_rule_sentence (sw_record_get_text (row, "code"),
                                               sw_record_get_text (row, "reason"),
                                               sw_record_get_text (row, "detail"),
                                               sw_record_get_text (row, "message")));
    }
  sw_progress_set (bulk->progress, bulk->done, bulk->ids->len);
  run_next (g_steal_pointer (&bulk));
}

static void
run_next (Bulk *bulk)
{
  g_autoptr (Bulk) owned = bulk;
  guint n = MIN (STEP, bulk->ids->len - bulk->done);
  g_autoptr (SwCall) call = NULL;

  if (n == 0 || g_cancellable_is_cancelled (bulk->cancellable))
    {
      finish (bulk);
      return;
    }
  call = bulk->call (&g_array_index (bulk->ids, gint64, bulk->done), n, bulk->data);
  bulk->done += n;
  /* Asked again after a cut, done once. Not cancelled half-way: the answer says what was done. */
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, bulk->session, NULL, on_called, g_steal_pointer (&owned));
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

  bulk->table = g_object_ref (table);
  bulk->session = g_object_ref (session);
  bulk->heading = g_strdup (heading);
  bulk->ids = g_array_ref (ids);
  bulk->failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  bulk->call = call;
  bulk->data = data;
  bulk->free_data = free_data;
  bulk->cancellable = g_cancellable_new ();
  bulk->progress = sw_progress_new (GTK_WIDGET (table), heading, bulk->cancellable);
  run_next (bulk);
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
