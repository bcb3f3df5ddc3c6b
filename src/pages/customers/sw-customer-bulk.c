/* sw-customer-bulk.c: see sw-customer-bulk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-bulk.h"

#include <glib/gi18n-lib.h>

#include "pages/common/sw-words.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-page.h"

/* A dialog that asks one thing before the action. */
typedef struct
{
  SwTable *table;
  SwPage *page;
  GArray *ids;
} Ask;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->table);
  g_array_unref (ask->ids);
  g_free (ask);
}

static Ask *
ask_new (SwTable *table, GArray *ids, gpointer page)
{
  Ask *ask = g_new (Ask, 1);

  ask->table = g_object_ref (table);
  ask->page = page;
  ask->ids = g_array_ref (ids);
  return ask;
}

static void
present (SwDialog *dialog, const char *button, GCallback apply, Ask *ask)
{
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "apply", button, SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", apply, ask, ask_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (ask->table));
}

/* Runs @call with the value of @field, once there is one. */
static void
run (SwDialog *dialog, const char *field, const char *heading, SwBulkCall call, Ask *ask)
{
  char *value = sw_dialog_get_value (dialog, field);

  if (value == NULL)
    {
      sw_field_set_set_error (sw_dialog_get_fields (dialog), field, _("Choose one."));
      return;
    }
  sw_bulk_run (ask->table, sw_page_get_session (ask->page), heading, ask->ids, call, value, g_free);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* Status */

static SwCall *
call_set_status (const gint64 *ids, gsize n_ids, gpointer status)
{
  SwCall *call = sw_call_new ("customers_set_status");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_text (call, NULL, status);
  return call;
}

static void
on_status_apply (SwDialog *dialog, const char *button, Ask *ask)
{
  run (dialog, "p_status", _("Change the status"), call_set_status, ask);
}

static void
set_status (SwTable *table, GArray *ids, gpointer page)
{
  SwDialog *dialog = sw_dialog_new (_("Change the status"), NULL);
  GtkWidget *row = sw_choice_row_new ("p_status", _("Status"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (row), sw_words_customer_statuses);
  sw_dialog_add_row (dialog, row);
  present (dialog, _("Ch_ange"), G_CALLBACK (on_status_apply), ask_new (table, ids, page));
}

/* Segments */

static SwCall *
call_add_segment (const gint64 *ids, gsize n_ids, gpointer segment)
{
  SwCall *call = sw_call_new ("customers_add_segment");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_id (call, NULL, g_ascii_strtoll (segment, NULL, 10));
  return call;
}

static void
on_segment_apply (SwDialog *dialog, const char *button, Ask *ask)
{
  run (dialog, "p_segment_id", _("Add a segment"), call_add_segment, ask);
}

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, &error);
  SwDialog *dialog;
  GtkWidget *row;

  if (choices == NULL)
    {
      if (error != NULL)
        sw_dialog_tell_error (GTK_WIDGET (ask->table), _("Add a segment"), error);
      ask_free (ask, NULL);
      return;
    }
  dialog = sw_dialog_new (_("Add a segment"), NULL);
  row = sw_choice_row_new ("p_segment_id", _("Segment"));
  sw_choice_row_set_rows (SW_CHOICE_ROW (row), sw_record_get_rows (choices, "segments"), "id", "name");
  sw_dialog_add_row (dialog, row);
  present (dialog, _("_Add"), G_CALLBACK (on_segment_apply), ask);
}

static void
add_segment (SwTable *table, GArray *ids, gpointer page)
{
  g_autoptr (SwCall) call = sw_call_new ("choices");

  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page), on_choices_read,
                     ask_new (table, ids, page));
}

const SwBulkAction sw_customer_bulk_actions[] = {
  { N_("Add a Segment…"), "sw_adv|sw_accounting", add_segment },
  { N_("Change the Status…"), "sw_adv|sw_accounting", set_status },
  { NULL }
};
