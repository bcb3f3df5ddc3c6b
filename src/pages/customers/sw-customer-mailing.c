/* sw-customer-mailing.c: see sw-customer-mailing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server says who a letter goes to and how the envelope reads (api.mailing); here addresses are
 * fetched some at a time and go to a file as they come, or to labels, which keep their text only.
 */
#include "config.h"

#include "pages/customers/sw-customer-mailing.h"

#include <glib/gi18n-lib.h>

#include "documents/sw-labels.h"
#include "model/sw-list-file.h"
#include "pages/customers/sw-customer-labels.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-progress.h"
#include "widgets/sw-toast.h"

/* Customers in one call. */
#define STEP 500

static const SwChoice recipients[] = {
  { "customer", N_("Customers"), SW_BADGE_NEUTRAL },
  { "contact", N_("Each of their contacts"), SW_BADGE_NEUTRAL },
  { "billing_manager", N_("Their billing managers"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice outputs[] = {
  { "70x37", N_("Labels 70 × 37 mm (24 a sheet)"), SW_BADGE_NEUTRAL },
  { "99.1x38.1", N_("Labels 99.1 × 38.1 mm (14 a sheet)"), SW_BADGE_NEUTRAL },
  { "63.5x38.1", N_("Labels 63.5 × 38.1 mm (21 a sheet)"), SW_BADGE_NEUTRAL },
  { "105x37", N_("Labels 105 × 37 mm (16 a sheet)"), SW_BADGE_NEUTRAL },
  { "xlsx", N_("Excel workbook"), SW_BADGE_NEUTRAL },
  { "csv", N_("CSV table"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const struct
{
  const char *field;
  const char *title; /* msgid */
  guint width;
} columns[] = {
  { "number", N_("Number"), 14 },      { "name", N_("Name"), 36 },
  { "attention", N_("For the attention of"), 28 }, { "address_1", N_("Address"), 36 },
  { "address_2", N_("Address (continued)"), 28 },  { "postcode", N_("Postcode"), 10 },
  { "city", N_("City"), 24 },          { "country", N_("Country"), 16 },
  { "email", N_("E-mail"), 30 },
};

typedef struct
{
  SwTable *table;
  SwPage *page; /* outlives its dialogs and calls, or cancels them */
  GArray *ids;
  guint done;
  guint n_undeliverable;
  char *to;
  char *output;
  char *path;
  guint first;
  SwListFile *file; /* or */
  SwLabels *labels;
  SwProgress *progress;
  GCancellable *cancellable;
} Mailing;

static void
mailing_free (Mailing *self)
{
  g_clear_pointer (&self->progress, sw_progress_free);
  g_clear_pointer (&self->file, sw_list_file_free);
  g_clear_object (&self->labels);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_object_unref (self->table);
  g_free (self->to);
  g_free (self->output);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mailing, mailing_free)

static void
free_mailing (gpointer data, GClosure *closure)
{
  mailing_free (data);
}

/* Reading */

static void
tell_failure (Mailing *self, const GError *error)
{
  g_clear_pointer (&self->progress, sw_progress_free);
  if (gtk_widget_get_root (GTK_WIDGET (self->table)) != NULL)
    sw_dialog_tell_error (GTK_WIDGET (self->table), _("The mailing could not be made"), error);
}

static void
tell_undeliverable (Mailing *self)
{
  if (self->n_undeliverable > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u without a complete address was left out", "%u without a complete address were left out",
                    self->n_undeliverable),
          self->n_undeliverable);

      sw_toast (GTK_WIDGET (self->table), text);
    }
}

static void
finish (Mailing *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->progress, sw_progress_free);
  if (self->file != NULL && !sw_list_file_commit (self->file, &error))
    tell_failure (self, error);
  if (error != NULL || gtk_widget_get_root (GTK_WIDGET (self->table)) == NULL)
    return;
  if (self->file != NULL)
    {
      g_autofree char *name = g_path_get_basename (self->path);
      g_autofree char *text = g_strdup_printf (_("%s saved"), name);

      sw_toast (GTK_WIDGET (self->table), text);
    }
  else
    {
      tell_undeliverable (self);
      if (sw_labels_get_n_labels (self->labels) > 0)
        sw_customer_labels_present (GTK_WIDGET (self->page), self->labels);
      else if (self->n_undeliverable == 0)
        sw_toast (GTK_WIDGET (self->table), _("Nobody to write to"));
    }
}

static gboolean
take (Mailing *self, SwRecord *recipient, GError **error)
{
  if (self->file != NULL)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        sw_list_file_add_cell (self->file, sw_record_get_text (recipient, columns[i].field));
      return sw_list_file_end_row (self->file, error);
    }
  if (sw_record_get_bool (recipient, "deliverable"))
    sw_labels_add (self->labels, sw_record_get_strv (recipient, "lines"));
  else
    self->n_undeliverable++;
  return TRUE;
}

static void read_next (Mailing *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Mailing) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) answer = sw_call_run_finish_record (result, &error);
  GListModel *rows = answer == NULL ? NULL : sw_record_get_rows (answer, "recipients");

  for (guint i = 0; rows != NULL && error == NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) recipient = g_list_model_get_item (rows, i);

      take (self, recipient, &error);
    }
  if (error != NULL)
    {
      tell_failure (self, error);
      return;
    }
  sw_progress_set (self->progress, self->done, self->ids->len);
  read_next (g_steal_pointer (&self));
}

/* Takes @self. */
static void
read_next (Mailing *self)
{
  guint n = MIN (STEP, self->ids->len - self->done);
  g_autoptr (SwCall) call = NULL;

  if (n == 0)
    {
      finish (self);
      mailing_free (self);
      return;
    }
  call = sw_call_new ("mailing");
  sw_call_add_ids (call, NULL, &g_array_index (self->ids, gint64, self->done), n);
  sw_call_add_text (call, NULL, self->to);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  self->done += n;
  sw_call_run_async (call, sw_page_get_session (self->page), self->cancellable, on_read, self);
}

static void
start (Mailing *self)
{
  self->cancellable = g_cancellable_new ();
  self->progress = sw_progress_new (GTK_WIDGET (self->table), _("Reading the addresses"), self->cancellable);
  read_next (self);
}

/* Asking */

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Mailing) self = data;
  g_autoptr (GFile) file = sw_file_dialog_save_finish (result, NULL);
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Choose a folder of this computer."));
  else
    self->file = sw_list_file_new (self->path,
                                   g_str_equal (self->output, "xlsx") ? SW_LIST_FILE_XLSX : SW_LIST_FILE_CSV,
                                   _("Mailing"), &error);
  if (self->file == NULL)
    {
      tell_failure (self, error);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    sw_list_file_add_column (self->file, _(columns[i].title), SW_CELL_TEXT, columns[i].width);
  start (g_steal_pointer (&self));
}

static void
ask_file (Mailing *self)
{
  static const SwFileKind csv = { N_("CSV tables"), "*.csv" };
  static const SwFileKind xlsx = { N_("Excel workbooks"), "*.xlsx" };
  g_autofree char *name
      = g_strdup_printf ("%s %s.%s", _("Mailing"), sw_session_get_today (sw_page_get_session (self->page)),
                         self->output);

  sw_file_dialog_save_async (GTK_WIDGET (self->table), _("Save the mailing"), name,
                             g_str_equal (self->output, "xlsx") ? &xlsx : &csv, NULL, on_file_chosen, self);
}

/* @shared lives as long as the dialog; what runs afterwards is a copy. */
static void
on_apply (SwDialog *dialog, const char *button, Mailing *shared)
{
  const SwLabelFormat *format;
  g_autofree char *first = NULL;
  Mailing *self;

  if (!sw_dialog_check (dialog))
    return;
  self = g_new0 (Mailing, 1);
  self->table = g_object_ref (shared->table);
  self->page = shared->page;
  self->ids = g_array_ref (shared->ids);
  self->to = sw_dialog_get_value (dialog, "to");
  self->output = sw_dialog_get_value (dialog, "output");
  first = sw_dialog_get_value (dialog, "first");
  format = sw_label_format_find (self->output);
  if (format != NULL)
    {
      gint64 place = first == NULL ? 1 : g_ascii_strtoll (first, NULL, 10);

      if (place < 1 || place > format->columns * format->rows)
        {
          g_autofree char *text = g_strdup_printf (_("From 1 to %u"), format->columns * format->rows);

          sw_field_set_set_error (sw_dialog_get_fields (dialog), "first", text);
          mailing_free (self);
          return;
        }
      self->labels = sw_labels_new (format, (guint) place - 1);
    }
  gtk_window_close (GTK_WINDOW (dialog));
  if (format != NULL)
    start (self);
  else
    ask_file (self);
}

static void
on_output (SwRow *output, GParamSpec *pspec, GtkWidget *first)
{
  g_autofree char *value = sw_row_get_value (output, NULL);

  gtk_widget_set_visible (first, sw_label_format_find (value) != NULL);
}

/* All ids of a list that has them. */
static GArray *
list_ids (SwRecordList *list)
{
  guint n = sw_record_list_get_total (list);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = sw_record_list_get_id (list, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

void
sw_customer_mailing_ask (SwTable *table, SwPage *page, GArray *ids)
{
  SwRecordList *list = sw_table_get_list (table);
  GtkWidget *to = sw_choice_row_new ("to", _("To"));
  GtkWidget *output = sw_choice_row_new ("output", _("As"));
  GtkWidget *first = sw_number_row_new ("first", _("First label of the sheet that is free"), 0, NULL);
  g_autofree char *body = NULL;
  SwDialog *dialog;
  Mailing *self;

  if (list == NULL || (ids == NULL && !sw_record_list_is_complete (list)))
    {
      sw_toast (GTK_WIDGET (table), _("The list is still being counted: try again in a moment"));
      g_object_ref_sink (to), g_object_unref (to);
      g_object_ref_sink (output), g_object_unref (output);
      g_object_ref_sink (first), g_object_unref (first);
      return;
    }
  self = g_new0 (Mailing, 1);
  self->table = g_object_ref (table);
  self->page = page;
  self->ids = ids != NULL ? g_array_ref (ids) : list_ids (list);
  body = g_strdup_printf (ngettext ("%u customer", "%u customers", self->ids->len), self->ids->len);
  dialog = sw_dialog_new (_("Mailing"), body);
  sw_choice_row_set_choices (SW_CHOICE_ROW (to), recipients);
  sw_choice_row_set_choices (SW_CHOICE_ROW (output), outputs);
  sw_row_set_value (SW_ROW (to), recipients[0].value);
  sw_row_set_value (SW_ROW (output), outputs[0].value);
  sw_row_set_value (SW_ROW (first), "1");
  sw_dialog_add_row (dialog, to);
  sw_dialog_add_row (dialog, output);
  sw_dialog_add_row (dialog, first);
  sw_dialog_set_width (dialog, 460);
  g_signal_connect_object (output, "notify::value", G_CALLBACK (on_output), first, 0);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "make", _("_Make"), SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), self, free_mailing, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}
