/* sw-customer-access.c: see sw-customer-access.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-access.h"

#include <glib/gi18n-lib.h>

#include "pages/common/sw-login-dialog.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"

static void
on_saved (SwPage *page)
{
  sw_customer_access_open (SW_RECORD_PAGE (page));
}

/* What the dialog with the list shows when a row of it is chosen. */
static void
on_row (GtkWidget *row, SwPage *page)
{
  SwRecord *user = g_object_get_data (G_OBJECT (row), "sw-user");
  SwRecord *proposed = g_object_get_data (G_OBJECT (row), "sw-proposed");

  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (row)));
  sw_login_dialog_present (page, SW_LOGIN_CUSTOMER, user, proposed, on_saved);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, SwPage *page, const char *title, const char *subtitle)
{
  GtkWidget *row = sw_facts_add (group, title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row), page, 0);
  return row;
}

static void
present_list (SwPage *page, GListModel *users, SwRecord *proposed)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  SwDialog *dialog = sw_dialog_new (_("Customer access"),
                                    _("With a login, the customer sees its own share and nothing else."));
  GtkWidget *row;

  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (SwRecord) user = g_list_model_get_item (users, i);

      row = add_row (group, page, sw_record_get_text (user, "display_name"),
                     sw_record_get_text (user, "role_name"));
      if (!sw_record_get_bool (user, "active"))
        sw_facts_add_badge (row, _("Locked out"), SW_BADGE_WARNING);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("document-edit-symbolic"));
      g_object_set_data_full (G_OBJECT (row), "sw-user", g_steal_pointer (&user), g_object_unref);
    }
  row = add_row (group, page, _("Add a login"), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "sw-proposed", g_object_ref (proposed), g_object_unref);
  sw_dialog_set_width (dialog, 480);
  sw_dialog_add_child (dialog, GTK_WIDGET (group));
  sw_dialog_add_button (dialog, "cancel", _("_Close"), SW_BUTTON_NORMAL);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

static void
on_logins_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) logins = sw_call_run_finish_record (result, &error);
  SwPage *page = user_data;
  SwRecord *proposed;

  if (logins == NULL)
    {
      if (!sw_rule_is_cancelled (error))
        sw_dialog_tell_error (GTK_WIDGET (page), NULL, error);
      return;
    }
  proposed = sw_record_get_record (logins, "proposed");
  if (g_list_model_get_n_items (sw_record_get_rows (logins, "users")) == 0)
    sw_login_dialog_present (page, SW_LOGIN_CUSTOMER, NULL, proposed, on_saved);
  else
    present_list (page, sw_record_get_rows (logins, "users"), proposed);
}

void
sw_customer_access_open (SwRecordPage *page)
{
  g_autoptr (SwCall) call = sw_call_new ("customer_logins");

  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (page)),
                     sw_page_get_cancellable (SW_PAGE (page)), on_logins_read, page);
}
