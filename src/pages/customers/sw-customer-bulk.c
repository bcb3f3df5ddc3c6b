/* sw-customer-bulk.c: see sw-customer-bulk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-bulk.h"

#include <glib/gi18n-lib.h>

#include "pages/common/sw-words.h"
#include "pages/customers/sw-customer-mailing.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-page.h"

/* Status */

static SwCall *
call_set_status (const gint64 *ids, gsize n_ids, gpointer values)
{
  SwCall *call = sw_call_new ("customers_set_status");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_text (call, NULL, g_hash_table_lookup (values, "p_status"));
  return call;
}

static void
set_status (SwTable *table, GArray *ids, gpointer page)
{
  SwDialog *dialog = sw_dialog_new (_("Change the status"), NULL);
  GtkWidget *row = sw_choice_row_new ("p_status", _("Status"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (row), sw_words_customer_statuses);
  sw_dialog_add_row (dialog, row);
  sw_bulk_ask (table, sw_page_get_session (page), dialog, "p_status", _("Ch_ange"), ids, call_set_status);
}

/* Segments */

static SwCall *
call_add_segment (const gint64 *ids, gsize n_ids, gpointer values)
{
  SwCall *call = sw_call_new ("customers_add_segment");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_id (call, NULL, g_ascii_strtoll (g_hash_table_lookup (values, "p_segment_id"), NULL, 10));
  return call;
}

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwChoiceRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, &error);
  GtkRoot *dialog = gtk_widget_get_root (GTK_WIDGET (row));

  if (choices != NULL)
    sw_choice_row_set_rows (row, sw_record_get_rows (choices, "segments"), "id", "name");
  else if (error != NULL && dialog != NULL)
    sw_dialog_show_error (SW_DIALOG (dialog), error);
}

static void
add_segment (SwTable *table, GArray *ids, gpointer page)
{
  g_autoptr (SwCall) call = sw_call_new ("choices");
  SwDialog *dialog = sw_dialog_new (_("Add a segment"), NULL);
  GtkWidget *row = sw_choice_row_new ("p_segment_id", _("Segment"));

  sw_dialog_add_row (dialog, row);
  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page), on_choices_read,
                     g_object_ref (row));
  sw_bulk_ask (table, sw_page_get_session (page), dialog, "p_segment_id", _("_Add"), ids, call_add_segment);
}

/* Mailing */

static void
write_to (SwTable *table, GArray *ids, gpointer page)
{
  sw_customer_mailing_ask (table, page, ids);
}

const SwBulkAction sw_customer_bulk_actions[] = {
  { N_("Add a Segment…"), "customers_add_segment", add_segment },
  { N_("Change the Status…"), "customers_set_status", set_status },
  { N_("Mailing…"), "sw_adv|sw_accounting|sw_support", write_to },
  { NULL }
};
