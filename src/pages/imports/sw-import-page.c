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
#include "pages/imports/sw-import-calls.h"
#include "pages/imports/sw-import-columns.h"
#include "pages/imports/sw-import-file.h"
#include "pages/imports/sw-import-reading.h"
#include "pages/imports/sw-import-result.h"
#include "pages/imports/sw-import-values.h"
#include "pages/imports/sw-import-work.h"
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
  GtkWidget *menu; /* of the lines: export, print */
  SwImportWork *work;
  SwRow *target;
  SwRow *supplier;
  SwImportReading *reading;
  SwImportColumns *columns;
  SwImportValues *values;
  SwImportResult *result;
  AdwStatusPage *done;

  GListModel *targets; /* of api.import_targets(); NULL until it arrives */
  GFile *waiting;      /* dropped before that; or NULL */
  char *wanted;        /* what the person says the file holds; NULL: what its columns look like */
  char *held;          /* what it is imported as */
  SwImportFile *file;
  gint64 id; /* of the import on the server; 0: none */
  gboolean sent;
};

G_DEFINE_FINAL_TYPE (SwImportPage, sw_import_page, SW_TYPE_PAGE)

#define RECOGNISED "recognised" /* of the row "Content": no target */

static const SwChoice steps[] = {
  { "file", N_("File"), SW_BADGE_NEUTRAL },
  { "columns", N_("Columns"), SW_BADGE_NEUTRAL },
  { "result", N_("Checking"), SW_BADGE_NEUTRAL },
  { "done", N_("Done"), SW_BADGE_NEUTRAL },
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
  gboolean busy = sw_import_work_is_busy (self->work);
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
  gtk_widget_set_visible (self->menu, result);
  sw_pane_set_has_steps (self->pane, (columns || result) && !busy);
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

static GCancellable *
begin_work (SwImportPage *self, const char *what)
{
  GCancellable *cancellable = sw_import_work_begin (self->work, what);

  show_actions (self);
  return cancellable;
}

static void
on_page_cancelled (GCancellable *page, SwImportPage *self)
{
  sw_import_work_cancel (self->work);
}

static gboolean
is_gone (SwImportPage *self)
{
  return g_cancellable_is_cancelled (sw_page_get_cancellable (SW_PAGE (self)));
}

/* FALSE when the work failed: the person has been told, unless they cancelled. The page may be gone. */
static gboolean
end_work (SwImportPage *self, const char *heading, const GError *error)
{
  if (is_gone (self))
    return FALSE;
  sw_import_work_end (self->work);
  show_actions (self);
  if (error == NULL)
    return TRUE;
  if (sw_rule_is_cancelled (error))
    sw_toast (GTK_WIDGET (self), _("Cancelled: nothing was imported"));
  else
    sw_dialog_tell_error (GTK_WIDGET (self), heading, error);
  return FALSE;
}

/* Columns */

static SwRecord *
find_target (SwImportPage *self)
{
  for (guint i = 0; self->targets != NULL && i < g_list_model_get_n_items (self->targets); i++)
    {
      g_autoptr (SwRecord) target = g_list_model_get_item (self->targets, i);

      if (g_strcmp0 (sw_record_get_text (target, "target"), self->held) == 0)
        return target; /* the model keeps it alive */
    }
  return NULL;
}

static void
show_file (SwImportPage *self)
{
  g_autofree char *lines
      = g_strdup_printf (ngettext ("%u line", "%u lines", self->file->table->rows->len),
                         self->file->table->rows->len);

  sw_import_reading_show (self->reading, self->file, self->held);
  sw_pane_set_title (self->pane, self->file->name, lines);
}

/* Columns first: what none of them says may be the same on every line. */
static JsonObject *
get_mapping (SwImportPage *self)
{
  JsonObject *mapping = sw_import_columns_get_mapping (self->columns);

  sw_import_values_add (self->values, mapping);
  return mapping;
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) begun = sw_call_run_finish_record (result, &error);
  g_autoptr (JsonObject) record = NULL;
  JsonObject *mapping;

  if (!end_work (self, _("The file cannot be imported"), error) || begun == NULL)
    return;
  self->id = sw_record_get_id (begun);
  self->sent = FALSE;
  g_free (self->held);
  self->held = g_strdup (sw_record_get_text (begun, "target"));
  record = sw_record_to_json (begun);
  mapping = json_object_get_object_member (record, "mapping");
  sw_import_columns_show (self->columns, self->file, find_target (self), mapping);
  sw_import_values_show (self->values, find_target (self), mapping);
  show_file (self);
  show_step (self, "columns");
}

static void
discard (SwImportPage *self)
{
  if (self->id != 0)
    sw_import_call_discard (self->id, sw_page_get_session (SW_PAGE (self)));
  self->id = 0;
}

/* Asks the server which column is which field. */
static void
begin_import (SwImportPage *self)
{
  g_autofree char *supplier = sw_row_get_value (self->supplier, NULL);
  g_autoptr (SwCall) call = sw_import_call_begin (self->file, self->wanted, supplier);

  discard (self);
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)),
                     begin_work (self, _("Recognising the columns…")), on_begun,
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
      if (self->file != NULL && !is_gone (self))
        show_file (self); /* what was chosen did not work: back to what did */
      g_clear_pointer (&file, sw_import_file_unref);
      return;
    }
  g_clear_pointer (&self->file, sw_import_file_unref);
  self->file = file;
  begin_import (self);
}

static void
set_wanted (SwImportPage *self, const char *target)
{
  g_autofree char *before = self->wanted;

  self->wanted = g_strcmp0 (target, RECOGNISED) == 0 ? NULL : g_strdup (target);
}

static void
open_file (SwImportPage *self, GFile *file)
{
  g_autofree char *target = sw_row_get_value (self->target, NULL);

  if (sw_import_work_is_busy (self->work))
    return;
  if (self->targets == NULL)
    {
      g_set_object (&self->waiting, file);
      return;
    }
  set_wanted (self, target);
  sw_import_file_open_async (file, begin_work (self, _("Reading the file…")), on_file_read,
                             g_object_ref (self));
}

static void
on_file (SwDropZone *zone, GFile *file, SwImportPage *self)
{
  open_file (self, file);
}

/* Dropped anywhere on the window. A file that is being imported is not lost by dropping another on it. */
static void
take_file (SwPage *page, GFile *file)
{
  SwImportPage *self = SW_IMPORT_PAGE (page);

  if (!g_str_equal (current_step (self), "file") && !g_str_equal (current_step (self), "done"))
    sw_toast (GTK_WIDGET (self), _("First finish with this file, or leave it"));
  else
    open_file (self, file);
}

/* The person knows better what the file is. */
static void
on_reading_changed (SwImportPage *self)
{
  SwEncoding encoding;
  char separator;
  gboolean titles;
  g_autofree char *target = sw_import_reading_get_target (self->reading);

  if (g_strcmp0 (target, self->held) != 0)
    set_wanted (self, target);
  if (self->file != NULL && !sw_import_work_is_busy (self->work)
      && sw_import_reading_get (self->reading, &encoding, &separator, &titles))
    sw_import_file_reread_async (self->file, encoding, separator, titles,
                                 begin_work (self, _("Reading the file…")), on_file_read,
                                 g_object_ref (self));
}

/* Dry run and import */

static gboolean
show_value_error (SwImportPage *self, const GError *error)
{
  const char *field = sw_rule_field (error);
  g_autofree char *message = sw_rule_message (error);

  return field != NULL && g_str_has_prefix (field, "mapping.")
         && sw_import_values_set_error (self->values, field + strlen ("mapping."), message);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = sw_call_run_finish_record (result, &error);

  /* A value for every line that cannot be read is said where it was typed. */
  if (error != NULL && !is_gone (self) && show_value_error (self, error))
    g_clear_error (&error);
  if (!end_work (self, _("The file cannot be checked"), error) || counts == NULL)
    return;
  if (sw_import_result_count_lines (counts) != self->file->table->rows->len)
    {
      sw_toast (GTK_WIDGET (self), _("The server lost a part of the file: check it again"));
      begin_import (self);
      return;
    }
  sw_import_result_show (self->result, sw_page_get_session (SW_PAGE (self)), self->id, counts);
  show_step (self, "result");
}

static void
run_long (SwImportPage *self, SwCall *call, const char *what, GAsyncReadyCallback callback)
{
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), begin_work (self, what), callback,
                     g_object_ref (self));
}

static void
run_check (SwImportPage *self, gboolean leave_out)
{
  g_autoptr (JsonObject) mapping = get_mapping (self);
  g_autoptr (SwCall) call = sw_import_call_check (self->id, mapping, leave_out);

  run_long (self, call, _("Checking every line…"), on_checked);
}

static void
on_progress (double part, gpointer data)
{
  sw_import_work_set_part (SW_IMPORT_PAGE (data)->work, part);
}

/* The server says how far it is. */
static void
on_server_progress (SwSession *session, double part, SwImportPage *self)
{
  if (sw_import_work_is_busy (self->work))
    sw_import_work_set_part (self->work, part);
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
      if (self->file != NULL && !is_gone (self))
        begin_import (self);
      return;
    }
  self->sent = TRUE;
  run_check (self, FALSE);
}

static void
check (SwImportPage *self)
{
  g_autoptr (JsonObject) mapping = get_mapping (self);
  const char *missing = sw_import_columns_get_missing (self->columns, mapping);

  if (missing != NULL)
    {
      g_autofree char *text
          = g_strdup_printf (_("Neither a column nor a value is chosen for “%s”"), missing);

      sw_toast (GTK_WIDGET (self), text);
      return;
    }
  if (self->sent)
    {
      run_check (self, FALSE);
      return;
    }
  sw_import_file_send_async (self->file, sw_page_get_session (SW_PAGE (self)), self->id, on_progress,
                             begin_work (self, _("Sending the lines…")), on_sent,
                             g_object_ref (self));
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = sw_call_run_finish_record (result, &error);
  g_autofree char *text = NULL;

  if (!end_work (self, _("Nothing was imported"), error) || counts == NULL)
    {
      /* What was right when it was checked is not any more: show which lines. */
      if (!is_gone (self) && sw_rule_is (error, "SW006"))
        run_check (self, FALSE);
      return;
    }
  self->id = 0;
  text = sw_import_result_describe (counts);
  adw_status_page_set_description (self->done, text);
  show_step (self, "done");
}

static void
apply (SwImportPage *self)
{
  g_autoptr (SwCall) call = sw_import_call_apply (self->id);

  run_long (self, call, _("Importing…"), on_applied);
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
  sw_row_set_value (self->target, RECOGNISED);
  show_step (self, "file");
}

static gboolean
back (SwPage *page)
{
  SwImportPage *self = SW_IMPORT_PAGE (page);

  if (sw_import_work_is_busy (self->work) || g_str_equal (current_step (self), "file"))
    return FALSE;
  on_again (self);
  return TRUE;
}

static void
on_columns_changed (SwImportPage *self)
{
  g_autoptr (JsonObject) mapping = sw_import_columns_get_mapping (self->columns);

  sw_import_values_set_columns (self->values, mapping);
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
  if (self->waiting != NULL)
    {
      g_autoptr (GFile) file = g_steal_pointer (&self->waiting);

      take_file (SW_PAGE (self), file);
    }
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
connect_button (SwImportPage *self, gpointer button, void (*clicked) (SwImportPage *))
{
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), self, G_CONNECT_SWAPPED);
}

static void
build_steps (SwImportPage *self, GtkBuilder *builder)
{
  GtkBox *columns_box = GTK_BOX (object_of (builder, "columns_box"));
  GtkWidget *zone = sw_drop_zone_new (_("Drop a CSV file here, or anywhere on the window"));

  gtk_box_append (GTK_BOX (object_of (builder, "file_box")), zone);
  g_signal_connect_object (zone, "file", G_CALLBACK (on_file), self, 0);
  self->reading = SW_IMPORT_READING (sw_import_reading_new ());
  g_signal_connect_object (self->reading, "changed", G_CALLBACK (on_reading_changed), self,
                           G_CONNECT_SWAPPED);
  self->columns = SW_IMPORT_COLUMNS (sw_import_columns_new ());
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (on_columns_changed), self,
                           G_CONNECT_SWAPPED);
  self->values = SW_IMPORT_VALUES (sw_import_values_new ());
  gtk_box_append (columns_box, GTK_WIDGET (self->reading));
  gtk_box_append (columns_box, GTK_WIDGET (self->columns));
  gtk_box_append (columns_box, GTK_WIDGET (self->values));
  self->result = SW_IMPORT_RESULT (sw_import_result_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->result), "result");
  self->menu = sw_import_result_create_menu (self->result);
}

/* Under the header: in it they leave no room for the title on a telephone. */
static GtkWidget *
create_result_bar (SwImportPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (bar, GTK_ALIGN_END);
  gtk_widget_set_margin_end (bar, 12);
  gtk_box_append (GTK_BOX (bar), self->leave_out);
  gtk_box_append (GTK_BOX (bar), self->menu);
  return bar;
}

static void
build (SwImportPage *self)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/imports/import.ui");

  self->pane = SW_PANE (object_of (builder, "pane"));
  self->stack = GTK_STACK (object_of (builder, "stack"));
  self->primary = GTK_WIDGET (object_of (builder, "primary"));
  self->leave_out = GTK_WIDGET (object_of (builder, "leave_out"));
  self->work = SW_IMPORT_WORK (object_of (builder, "work"));
  self->target = SW_ROW (object_of (builder, "target"));
  self->supplier = SW_ROW (object_of (builder, "supplier"));
  self->done = ADW_STATUS_PAGE (object_of (builder, "done"));
  self->steps = sw_steps_new (steps);
  sw_pane_add_top (self->pane, self->steps);
  gtk_widget_add_css_class (self->steps, "import-steps");
  build_steps (self, builder);
  sw_pane_add_top (self->pane, create_result_bar (self));
  connect_button (self, self->primary, on_primary);
  connect_button (self, self->leave_out, on_leave_out);
  g_signal_connect_object (self->pane, "step-back", G_CALLBACK (on_again), self, G_CONNECT_SWAPPED);
  connect_button (self, object_of (builder, "another"), on_again);
  sw_choice_row_add (SW_CHOICE_ROW (self->target), RECOGNISED, _("What its columns say"));
  for (const SwChoice *target = sw_import_targets; target->value != NULL; target++)
    sw_choice_row_add (SW_CHOICE_ROW (self->target), target->value, _(target->label));
  sw_row_set_value (self->target, RECOGNISED);
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
  g_signal_connect_object (sw_page_get_session (SW_PAGE (self)), "progress",
                           G_CALLBACK (on_server_progress), self, 0);
  show_step (self, "file");
  refresh (SW_PAGE (self));
}

static void
dispose (GObject *object)
{
  SwImportPage *self = SW_IMPORT_PAGE (object);

  g_clear_object (&self->targets);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->held, g_free);
  g_clear_pointer (&self->file, sw_import_file_unref);
  G_OBJECT_CLASS (sw_import_page_parent_class)->dispose (object);
}

static void
sw_import_page_class_init (SwImportPageClass *klass)
{
  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_imports_get_resource ());
  g_type_ensure (SW_TYPE_IMPORT_WORK);
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = dispose;
  SW_PAGE_CLASS (klass)->refresh = refresh;
  SW_PAGE_CLASS (klass)->back = back;
  SW_PAGE_CLASS (klass)->open_record = open_record;
  SW_PAGE_CLASS (klass)->open_file = take_file;
}

static void
sw_import_page_init (SwImportPage *self)
{
}
