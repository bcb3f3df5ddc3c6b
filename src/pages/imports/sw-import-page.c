/* sw-import-page.c: see sw-import-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-page.h"

#include <glib/gi18n-lib.h>

#include "imports-resources.h"
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "pages/imports/sw-import-columns.h"
#include "pages/imports/sw-import-file.h"
#include "pages/imports/sw-import-result.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-drop-zone.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-steps.h"
#include "widgets/sw-toast.h"

struct _SwImportPage
{
  SwPage parent_instance;

  SwPane *pane;
  GtkStack *stack; /* file, columns, result, done: the steps */
  GtkWidget *steps;
  GtkWidget *primary; /* the one blue button */
  GtkWidget *leave_out;
  GtkWidget *again;
  GtkWidget *working; /* the bar that shows progress and its button */
  GtkProgressBar *progress;
  SwRow *target;
  SwRow *supplier;
  SwRow *encoding;
  SwRow *separator;
  SwRow *titles;
  SwImportColumns *columns;
  SwImportResult *result;
  AdwStatusPage *done;

  GListModel *targets; /* of api.import_targets(); NULL until it arrives */
  SwImportFile *file;
  gint64 id; /* of the import on the server; 0: none */
  gboolean sent;
  gboolean showing; /* rows are set by us, not by the person */
  GCancellable *cancellable; /* of the work under way; NULL: none */
  guint pulse;
};

G_DEFINE_FINAL_TYPE (SwImportPage, sw_import_page, SW_TYPE_PAGE)

static const SwChoice steps[] = {
  { "file", N_("File"), SW_BADGE_NEUTRAL },
  { "columns", N_("Columns"), SW_BADGE_NEUTRAL },
  { "result", N_("Checking"), SW_BADGE_NEUTRAL },
  { "done", N_("Done"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice targets[] = {
  { "customer", N_("Customers"), SW_BADGE_NEUTRAL },
  { "contact", N_("Contacts"), SW_BADGE_NEUTRAL },
  { "site", N_("Billing sites"), SW_BADGE_NEUTRAL },
  { "service", N_("Parc (sites of installation)"), SW_BADGE_NEUTRAL },
  { "line", N_("Lines"), SW_BADGE_NEUTRAL },
  { "offer", N_("Offers"), SW_BADGE_NEUTRAL },
  { "tariff", N_("Price grid"), SW_BADGE_NEUTRAL },
  { "sim", N_("SIM cards"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice separators[] = {
  { ";", N_("Semicolon"), SW_BADGE_NEUTRAL },
  { ",", N_("Comma"), SW_BADGE_NEUTRAL },
  { "\t", N_("Tabulator"), SW_BADGE_NEUTRAL },
  { "|", N_("Vertical bar"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const char *
current_step (SwImportPage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/* What the header offers at this step. */
static void
show_actions (SwImportPage *self)
{
  const char *step = current_step (self);
  gboolean busy = self->cancellable != NULL;
  guint refused = sw_import_result_count (self->result, "refused");
  guint useful = sw_import_result_count (self->result, "create")
                 + sw_import_result_count (self->result, "change");
  gboolean columns = g_str_equal (step, "columns"), result = g_str_equal (step, "result");
  g_autofree char *import_label
      = g_strdup_printf (ngettext ("Import %u line", "Import %u lines", useful), useful);

  gtk_button_set_label (GTK_BUTTON (self->primary), result ? import_label : _("Check"));
  gtk_widget_set_visible (self->primary, columns || (result && useful > 0));
  gtk_widget_set_sensitive (self->primary, !busy && (columns || refused == 0));
  gtk_widget_set_tooltip_text (self->primary,
                               result && refused > 0
                                   ? _("While lines are refused nothing is imported")
                                   : NULL);
  gtk_widget_set_visible (self->leave_out, result && refused > 0);
  gtk_widget_set_sensitive (self->leave_out, !busy);
  gtk_widget_set_visible (self->again, columns || result);
  gtk_widget_set_sensitive (self->again, !busy);
  gtk_widget_set_visible (self->working, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !busy);
  sw_page_set_unsaved (SW_PAGE (self), columns || result);
}

static void
show_step (SwImportPage *self, const char *step)
{
  gtk_stack_set_visible_child_name (self->stack, step);
  sw_steps_set_current (SW_STEPS (self->steps), step);
  show_actions (self);
}

/* Work that can be cancelled */

static gboolean
on_pulse (gpointer data)
{
  gtk_progress_bar_pulse (SW_IMPORT_PAGE (data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
stop_pulse (SwImportPage *self)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
}

static void
begin_work (SwImportPage *self, const char *what)
{
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_text (self->progress, what);
  stop_pulse (self);
  self->pulse = g_timeout_add (120, on_pulse, self);
  show_actions (self);
}

static void
on_page_cancelled (GCancellable *page, SwImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* FALSE when the work failed: the person has been told, unless they cancelled. The page may be gone. */
static gboolean
end_work (SwImportPage *self, const char *heading, const GError *error)
{
  stop_pulse (self);
  g_clear_object (&self->cancellable);
  if (g_cancellable_is_cancelled (sw_page_get_cancellable (SW_PAGE (self))))
    return FALSE;
  show_actions (self);
  if (error == NULL)
    return TRUE;
  if (sw_rule_is_cancelled (error))
    sw_toast (GTK_WIDGET (self), _("Cancelled: nothing was imported"));
  else
    sw_dialog_tell_error (GTK_WIDGET (self), heading, error);
  return FALSE;
}

static void
on_cancel (SwImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* Columns */

static SwRecord *
find_target (SwImportPage *self)
{
  g_autofree char *name = sw_row_get_value (self->target, NULL);

  for (guint i = 0; self->targets != NULL && i < g_list_model_get_n_items (self->targets); i++)
    {
      g_autoptr (SwRecord) target = g_list_model_get_item (self->targets, i);

      if (g_strcmp0 (sw_record_get_text (target, "target"), name) == 0)
        return target; /* the model keeps it alive */
    }
  return NULL;
}

static void
show_file (SwImportPage *self)
{
  char separator[2] = { self->file->table->separator, '\0' };
  g_autofree char *encoding = g_strdup_printf ("%d", self->file->encoding);
  g_autofree char *lines
      = g_strdup_printf (ngettext ("%u line", "%u lines", self->file->table->rows->len),
                         self->file->table->rows->len);

  self->showing = TRUE;
  sw_row_set_value (self->encoding, encoding);
  sw_row_set_value (self->separator, separator);
  sw_row_set_value (self->titles, self->file->table->has_titles ? "true" : "false");
  self->showing = FALSE;
  sw_pane_set_title (self->pane, self->file->name, lines);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) begun = sw_call_run_finish_record (result, &error);
  g_autoptr (JsonObject) record = NULL;

  if (!end_work (self, _("The file cannot be imported"), error) || begun == NULL)
    return;
  self->id = sw_record_get_id (begun);
  self->sent = FALSE;
  record = sw_record_to_json (begun);
  sw_import_columns_show (self->columns, self->file, find_target (self),
                          json_object_get_object_member (record, "mapping"));
  show_file (self);
  show_step (self, "columns");
}

static void
discard (SwImportPage *self)
{
  g_autoptr (SwCall) call = NULL;

  if (self->id == 0)
    return;
  call = sw_call_new ("import_discard");
  sw_call_add_id (call, NULL, self->id);
  /* The server forgets it after a week anyway. */
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), NULL, NULL, NULL);
  self->id = 0;
}

/* Asks the server which column is which field. */
static void
begin_import (SwImportPage *self)
{
  g_autoptr (SwCall) call = sw_call_new ("import_begin");
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *target = sw_row_get_value (self->target, NULL);
  g_autofree char *supplier = sw_row_get_value (self->supplier, NULL);
  JsonArray *header = json_array_new ();

  discard (self);
  for (guint i = 0; i < self->file->table->n_columns; i++)
    json_array_add_string_element (header, self->file->table->titles[i]);
  json_object_set_string_member (data, "target", target);
  json_object_set_string_member (data, "file_name", self->file->name);
  json_object_set_string_member (data, "encoding", sw_encoding_name (self->file->encoding));
  json_object_set_string_member (data, "supplier", supplier != NULL ? supplier : "");
  json_object_set_array_member (data, "header", header);
  sw_call_add_json_object (call, NULL, data);
  sw_call_set_once (call, NULL);
  begin_work (self, _("Recognising the columns…"));
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), self->cancellable, on_begun,
                     g_object_ref (self));
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  SwImportFile *file = sw_import_file_finish (result, &error);

  if (!end_work (self, _("The file cannot be read"), error))
    {
      if (self->file != NULL && !g_cancellable_is_cancelled (sw_page_get_cancellable (SW_PAGE (self))))
        show_file (self); /* what was chosen did not work: back to what did */
      g_clear_pointer (&file, sw_import_file_unref);
      return;
    }
  g_clear_pointer (&self->file, sw_import_file_unref);
  self->file = file;
  begin_import (self);
}

static void
on_file (SwDropZone *zone, GFile *file, SwImportPage *self)
{
  if (self->cancellable != NULL || find_target (self) == NULL)
    return;
  begin_work (self, _("Reading the file…"));
  sw_import_file_open_async (file, self->cancellable, on_file_read, g_object_ref (self));
}

/* The person knows better what the file is. */
static void
on_reading_changed (SwImportPage *self)
{
  g_autofree char *encoding = sw_row_get_value (self->encoding, NULL);
  g_autofree char *separator = sw_row_get_value (self->separator, NULL);
  g_autofree char *titles = sw_row_get_value (self->titles, NULL);

  if (self->file == NULL || self->showing || self->cancellable != NULL || encoding == NULL || separator == NULL)
    return;
  begin_work (self, _("Reading the file…"));
  sw_import_file_reread_async (self->file, (SwEncoding) atoi (encoding), *separator,
                               g_strcmp0 (titles, "true") == 0, self->cancellable, on_file_read,
                               g_object_ref (self));
}

/* Dry run and import */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = sw_call_run_finish_record (result, &error);

  if (!end_work (self, _("The file cannot be checked"), error) || counts == NULL)
    return;
  sw_import_result_show (self->result, sw_page_get_session (SW_PAGE (self)), self->id, counts);
  show_step (self, "result");
}

static void
run_check (SwImportPage *self, gboolean leave_out)
{
  g_autoptr (SwCall) call = sw_call_new ("import_check");
  g_autoptr (JsonObject) mapping = sw_import_columns_get_mapping (self->columns);

  sw_call_add_id (call, NULL, self->id);
  sw_call_add_json_object (call, NULL, mapping);
  sw_call_add_bool (call, NULL, leave_out);
  sw_call_set_once (call, NULL);
  begin_work (self, _("Checking every line…"));
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), self->cancellable, on_checked,
                     g_object_ref (self));
}

static void
on_progress (double part, gpointer data)
{
  SwImportPage *self = data;

  stop_pulse (self);
  gtk_progress_bar_set_fraction (self->progress, part);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean sent = sw_import_file_send_finish (result, &error);

  if (!end_work (self, _("The file cannot be sent"), error) || !sent)
    {
      /* Part of the lines are there: begin again with all of them. */
      if (self->file != NULL && !g_cancellable_is_cancelled (sw_page_get_cancellable (SW_PAGE (self))))
        begin_import (self);
      return;
    }
  self->sent = TRUE;
  run_check (self, FALSE);
}

static void
check (SwImportPage *self)
{
  const char *missing = sw_import_columns_get_missing (self->columns);

  if (missing != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("No column is chosen for “%s”"), missing);

      sw_toast (GTK_WIDGET (self), text);
      return;
    }
  if (self->sent)
    {
      run_check (self, FALSE);
      return;
    }
  begin_work (self, _("Sending the lines…"));
  sw_import_file_send_async (self->file, sw_page_get_session (SW_PAGE (self)), self->id, on_progress,
                             self->cancellable, on_sent, g_object_ref (self));
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = sw_call_run_finish_record (result, &error);
  g_autofree char *text = NULL;

  if (!end_work (self, _("Nothing was imported"), error) || counts == NULL)
    return;
  self->id = 0;
  text = sw_import_result_describe (counts);
  adw_status_page_set_description (self->done, text);
  show_step (self, "done");
}

static void
apply (SwImportPage *self)
{
  g_autoptr (SwCall) call = sw_call_new ("import_apply");

  sw_call_add_id (call, NULL, self->id);
  sw_call_set_once (call, NULL);
  begin_work (self, _("Importing…"));
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), self->cancellable, on_applied,
                     g_object_ref (self));
}

static void
on_primary (SwImportPage *self)
{
  if (g_str_equal (current_step (self), "columns"))
    check (self);
  else
    apply (self);
}

static void
on_leave_out (SwImportPage *self)
{
  run_check (self, TRUE);
}

/* From the result back to the columns, from there back to the file. */
static void
on_again (SwImportPage *self)
{
  if (g_str_equal (current_step (self), "result"))
    {
      show_step (self, "columns");
      return;
    }
  discard (self);
  g_clear_pointer (&self->file, sw_import_file_unref);
  sw_pane_set_title (self->pane, _("Import"), NULL);
  show_step (self, "file");
}

static gboolean
back (SwPage *page)
{
  SwImportPage *self = SW_IMPORT_PAGE (page);

  if (self->cancellable != NULL || g_str_equal (current_step (self), "file"))
    return FALSE;
  on_again (self);
  return TRUE;
}

static void
on_columns_changed (SwImportPage *self)
{
  show_actions (self);
}

/* Building */

static void
on_targets_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = sw_call_run_finish_text (result, &error);
  g_autofree char *object = g_strdup_printf ("{\"targets\": %s}", json != NULL ? json : "[]");
  SwImportPage *self = user_data;
  g_autoptr (SwRecord) record = NULL;

  if (error != NULL) /* cancelled, or lost: read again when the connection is back */
    return;
  record = sw_record_new_from_text (object, NULL);
  if (record != NULL)
    g_set_object (&self->targets, sw_record_get_rows (record, "targets"));
}

static void
refresh (SwPage *page)
{
  g_autoptr (SwCall) call = sw_call_new ("import_targets");

  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page),
                     on_targets_read, page);
}

/* "import-sim" begins an import of SIM cards, unless another is under way. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  SwImportPage *self = SW_IMPORT_PAGE (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "file") == 0)
    sw_row_set_value (self->target, entity + strlen ("import-"));
}

static GObject *
object_of (GtkBuilder *builder, const char *id)
{
  return gtk_builder_get_object (builder, id);
}

static void
fill_choices (SwImportPage *self)
{
  sw_choice_row_set_choices (SW_CHOICE_ROW (self->target), targets);
  sw_row_set_value (self->target, targets[0].value);
  sw_choice_row_set_choices (SW_CHOICE_ROW (self->separator), separators);
  for (SwEncoding encoding = 0; encoding < SW_N_ENCODINGS; encoding++)
    {
      g_autofree char *value = g_strdup_printf ("%d", encoding);

      sw_choice_row_add (SW_CHOICE_ROW (self->encoding), value, sw_encoding_name (encoding));
    }
}

static void
build (SwImportPage *self)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/imports/import.ui");
  GtkWidget *zone = sw_drop_zone_new (_("Drop a CSV file here"));

  self->pane = SW_PANE (object_of (builder, "pane"));
  self->stack = GTK_STACK (object_of (builder, "stack"));
  self->primary = GTK_WIDGET (object_of (builder, "primary"));
  self->leave_out = GTK_WIDGET (object_of (builder, "leave_out"));
  self->again = GTK_WIDGET (object_of (builder, "again"));
  self->working = GTK_WIDGET (object_of (builder, "working"));
  self->progress = GTK_PROGRESS_BAR (object_of (builder, "progress"));
  self->target = SW_ROW (object_of (builder, "target"));
  self->supplier = SW_ROW (object_of (builder, "supplier"));
  self->encoding = SW_ROW (object_of (builder, "encoding"));
  self->separator = SW_ROW (object_of (builder, "separator"));
  self->titles = SW_ROW (object_of (builder, "titles"));
  self->done = ADW_STATUS_PAGE (object_of (builder, "done"));
  self->steps = sw_steps_new (steps);
  sw_pane_add_top (self->pane, self->steps);
  gtk_widget_add_css_class (self->steps, "import-steps");
  gtk_box_append (GTK_BOX (object_of (builder, "file_box")), zone);
  g_signal_connect_object (zone, "file", G_CALLBACK (on_file), self, 0);
  self->columns = SW_IMPORT_COLUMNS (sw_import_columns_new ());
  gtk_box_append (GTK_BOX (object_of (builder, "columns_box")), GTK_WIDGET (self->columns));
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (on_columns_changed), self,
                           G_CONNECT_SWAPPED);
  self->result = SW_IMPORT_RESULT (sw_import_result_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->result), "result");

  g_signal_connect_object (self->primary, "clicked", G_CALLBACK (on_primary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leave_out, "clicked", G_CALLBACK (on_leave_out), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (on_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (object_of (builder, "cancel"), "clicked", G_CALLBACK (on_cancel), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (object_of (builder, "another"), "clicked", G_CALLBACK (on_again), self,
                           G_CONNECT_SWAPPED);
  fill_choices (self);
  for (guint i = 0; i < 3; i++)
    g_signal_connect_object ((SwRow *[]){ self->encoding, self->separator, self->titles }[i],
                             "notify::value", G_CALLBACK (on_reading_changed), self,
                             G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->pane));
}

static void
constructed (GObject *object)
{
  SwImportPage *self = SW_IMPORT_PAGE (object);

  G_OBJECT_CLASS (sw_import_page_parent_class)->constructed (object);
  build (self);
  g_object_set (self, "title", _("Import"), "icon-name", "document-open-symbolic", NULL);
  g_signal_connect_object (sw_page_get_cancellable (SW_PAGE (self)), "cancelled",
                           G_CALLBACK (on_page_cancelled), self, 0);
  show_step (self, "file");
  refresh (SW_PAGE (self));
}

static void
dispose (GObject *object)
{
  SwImportPage *self = SW_IMPORT_PAGE (object);

  stop_pulse (self);
  g_clear_object (&self->targets);
  g_clear_pointer (&self->file, sw_import_file_unref);
  G_OBJECT_CLASS (sw_import_page_parent_class)->dispose (object);
}

static void
sw_import_page_class_init (SwImportPageClass *klass)
{
  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_imports_get_resource ());
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = dispose;
  SW_PAGE_CLASS (klass)->refresh = refresh;
  SW_PAGE_CLASS (klass)->back = back;
  SW_PAGE_CLASS (klass)->open_record = open_record;
}

static void
sw_import_page_init (SwImportPage *self)
{
}
