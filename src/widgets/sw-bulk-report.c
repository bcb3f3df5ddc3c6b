/* sw-bulk-report.c: what came of an action on many records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-bulk.h"

#include <glib/gi18n.h>
#include "model/sw-list-export.h"
#include "widgets/sw-toast.h"

#define MAX_HEIGHT 360 /* px; more failures scroll */

/* {{{ A record that failed */

#define SW_TYPE_FAILURE (sw_failure_get_type ())
G_DECLARE_FINAL_TYPE (SwFailure, sw_failure, SW, FAILURE, GObject)

struct _SwFailure
{
  GObject parent_instance;

  char *name;
  char *reason;
};

G_DEFINE_FINAL_TYPE (SwFailure, sw_failure, G_TYPE_OBJECT)

static void
sw_failure_finalize (GObject *object)
{
  g_free (SW_FAILURE (object)->name);
  g_free (SW_FAILURE (object)->reason);
  G_OBJECT_CLASS (sw_failure_parent_class)->finalize (object);
}

static void
sw_failure_class_init (SwFailureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_failure_finalize;
}

static void
sw_failure_init (SwFailure *self)
{
}

/* }}} */

typedef struct
{
  SwTable *table;
  SwDialog *dialog;
  GListStore *list;
  GArray *ids; /* of the failures */
  GHashTable *failures;
  GHashTable *names; /* id → name */
} Report;

static void
report_free (Report *report)
{
  g_object_unref (report->table);
  g_object_unref (report->list);
  g_array_unref (report->ids);
  g_hash_table_unref (report->failures);
  g_hash_table_unref (report->names);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), create_label ("body"));
  gtk_box_append (GTK_BOX (box), create_label ("reason"));
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  SwFailure *failure = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (name), failure->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), failure->reason);
}

static GtkWidget *
create_list (GListStore *list)
{
  GtkSelectionModel *model
      = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (list))));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view = gtk_list_view_new (model, factory);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What could not be done"), -1);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "failures");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

static SwDialog *
create_report (const char *heading, guint n_done, guint n_failed, GListStore *list)
{
  g_autofree char *done = g_strdup_printf (ngettext ("%u record done", "%u records done", n_done), n_done);
  g_autofree char *failed
      = g_strdup_printf (ngettext ("%u could not be:", "%u could not be:", n_failed), n_failed);
  g_autofree char *body = g_strdup_printf ("%s · %s", done, failed);
  SwDialog *dialog = sw_dialog_new (heading, body);

  sw_dialog_add_child (dialog, create_list (list));
  sw_dialog_add_button (dialog, "close", _ ("_Close"), SW_BUTTON_SUGGESTED);
  return dialog;
}

static void
on_report_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_free (sw_dialog_choose_finish (SW_DIALOG (source), result));
}

static gboolean
keep_name (SwRecord *record, gpointer data, GError **error)
{
  Report *report = data;
  gint64 id = sw_record_get_id (record);

  g_hash_table_insert (report->names, g_memdup2 (&id, sizeof id),
                       sw_table_describe_row (report->table, record));
  return TRUE;
}

/* Even what could not be named, gone or unreadable by now, is told. */
static void
on_named (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Report) report = data;

  sw_list_export_finish (result, NULL);
  for (guint i = 0; i < report->ids->len; i++)
    {
      const gint64 *id = &g_array_index (report->ids, gint64, i);
      const char *name = g_hash_table_lookup (report->names, id);
      g_autoptr (SwFailure) failure = g_object_new (SW_TYPE_FAILURE, NULL);

      failure->name = g_strdup (name != NULL ? name : _ ("A record that is no longer in the list"));
      failure->reason = g_strdup (g_hash_table_lookup (report->failures, id));
      g_list_store_append (report->list, failure);
    }
  if (gtk_widget_get_root (GTK_WIDGET (report->table)) == NULL)
    gtk_window_destroy (GTK_WINDOW (report->dialog));
  else
    sw_dialog_choose_async (report->dialog, GTK_WIDGET (report->table), NULL, on_report_closed, NULL);
}

void
sw_bulk_report (SwTable *table,
                const char *heading,
                guint n_done,
                GArray *ids,
                GHashTable *failures)
{
  Report *report;

  if (g_hash_table_size (failures) == 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u record done", "%u records done", n_done), n_done);

      sw_toast (GTK_WIDGET (table), text);
      return;
    }
  report = g_new0 (Report, 1);
  report->table = g_object_ref (table);
  report->failures = g_hash_table_ref (failures);
  report->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  report->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_contains (failures, &g_array_index (ids, gint64, i)))
      g_array_append_val (report->ids, g_array_index (ids, gint64, i));
  report->list = g_list_store_new (SW_TYPE_FAILURE);
  report->dialog = create_report (heading, n_done, g_hash_table_size (failures), report->list);
  sw_list_export_async (sw_table_get_list (table), report->ids, keep_name, NULL, report, NULL, on_named,
                        report);
}
