/* sw-customer-delete.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pages/customers/sw-customer-delete.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"
#include "widgets/sw-toast.h"

static void
on_deleted (gint64 id, gpointer data)
{
  SwRecordPage *page = data;

  if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL)
    return;
  sw_toast (GTK_WIDGET (page), _("Customer deleted"));
  if (sw_record_page_get_id (page) == id)
    sw_record_page_close (page);
  sw_table_reload (sw_record_page_get_table (page));
}

static void
on_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autoptr (SwCall) call = sw_call_new ("customer_delete");
  const gint64 *id = g_object_get_data (G_OBJECT (dialog), "sw-id");

  sw_call_add_id (call, NULL, *id);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_deleted,
                      g_object_ref (page), g_object_unref);
}

void
sw_customer_delete_ask (SwRecordPage *page)
{
  gint64 id = sw_record_page_get_id (page);
  g_autofree char *heading = g_strdup_printf (
      _("Delete “%s”?"), sw_record_get_text (sw_record_page_get_record (page), "legal_name"));
  SwDialog *dialog = sw_dialog_new (
      heading, _("Its contacts, billing sites, notes and files go with it. This cannot be undone."));

  /* Whatever the page shows by the time it is answered. */
  g_object_set_data_full (G_OBJECT (dialog), "sw-id", g_memdup2 (&id, sizeof id), g_free);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "delete", _("_Delete"), SW_BUTTON_DESTRUCTIVE);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}
