/* sw-order-bundle.c: see sw-order-bundle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-order-bundle.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-dialog.h"
#include "widgets/sw-lookup-row.h"

/* Belongs to the dialog. */
typedef struct
{
  SwRecordPage *page;
  void (*callback) (SwRecord *bundle, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  ask->free_data (ask->data);
  g_free (ask);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) bundle = sw_call_run_finish_record (result, &error);
  Ask *ask = g_object_get_data (G_OBJECT (dialog), "sw-ask");

  sw_dialog_set_busy (dialog, FALSE);
  if (bundle == NULL)
    {
      sw_dialog_show_error (dialog, error);
      return;
    }
  ask->callback (bundle, ask->data);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
on_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autofree char *id = sw_dialog_get_value (dialog, "bundle_id");
  g_autoptr (SwCall) call = sw_call_new ("order_bundle");

  if (id == NULL)
    {
      sw_row_set_error (sw_field_set_get_row (sw_dialog_get_fields (dialog), "bundle_id"), _("Choose a bundle"));
      return;
    }
  sw_call_add_id (call, NULL, g_ascii_strtoll (id, NULL, 10));
  sw_dialog_set_busy (dialog, TRUE);
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (page)), sw_page_get_cancellable (SW_PAGE (page)), on_read,
                     g_object_ref (dialog));
}

void
sw_order_bundle_ask (SwRecordPage *page,
                     void (*callback) (SwRecord *bundle, gpointer data),
                     gpointer data,
                     GDestroyNotify free_data)
{
  SwDialog *dialog = sw_dialog_new (_("Insert a bundle"), NULL);
  GtkWidget *row = g_object_new (SW_TYPE_LOOKUP_ROW, "field", "bundle_id", "title", _("Bundle"), "relation", "bundle",
                                 "label-field", "label", "detail-field", "code", "figure-field", "monthly_net",
                                 "filter", "active=true", NULL);
  Ask *ask = g_new0 (Ask, 1);

  ask->page = page;
  ask->callback = callback;
  ask->data = data;
  ask->free_data = free_data;
  g_object_set_data_full (G_OBJECT (dialog), "sw-ask", ask, ask_free);
  sw_lookup_row_set_session (SW_LOOKUP_ROW (row), sw_page_get_session (SW_PAGE (page)));
  sw_dialog_add_row (dialog, row);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "insert", _("_Insert"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}
