/* sw-order-actions.c: see sw-order-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-order-actions.h"

#include <glib/gi18n-lib.h>

#include "model/sw-rule-messages.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-dialog.h"

SwRecord *
sw_order_actions_get_main (SwRecord *order)
{
  GListModel *actions = sw_record_get_rows (order, "next_actions");

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);

      if (sw_record_get_bool (action, "is_primary"))
        return action; /* the model keeps it alive */
    }
  return NULL;
}

static void
on_cancelled (gint64 id, gpointer data)
{
  sw_record_page_reload (data);
}

static void
on_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autoptr (SwCall) call = sw_call_new ("sales_order_cancel");
  g_autofree char *reason = sw_dialog_get_value (dialog, "p_reason");

  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  sw_call_add_text (call, "p_reason", reason);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_cancelled, g_object_ref (page),
                      g_object_unref);
}

static void
ask_reason (SwRecordPage *page)
{
  SwDialog *dialog = sw_dialog_new (_("Cancel this order?"), _("Its SIM cards go back to stock. The order stays, with the reason."));

  sw_dialog_add_row (dialog, sw_area_row_new ("p_reason", _("Why")));
  sw_dialog_add_button (dialog, "cancel", _("_Back"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "yes", _("_Cancel the order"), SW_BUTTON_DESTRUCTIVE);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

void
sw_order_actions_run (SwRecordPage *page, const char *name)
{
  g_autoptr (SwCall) call = NULL;

  if (g_str_equal (name, "sales_order_cancel"))
    {
      ask_reason (page);
      return;
    }
  call = sw_call_new (name);
  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  sw_record_page_run (page, call, _("Order validated: its confirmation is queued"));
}

static void
on_primary (SwRecordPage *page, gpointer data)
{
  SwRecord *order = sw_record_page_get_record (page);
  SwRecord *action = order == NULL ? NULL : sw_order_actions_get_main (order);

  if (action != NULL)
    sw_order_actions_run (page, sw_record_get_text (action, "action"));
}

/* One sentence a line, for the tooltip of a button that is not possible yet; NULL when it is. */
static char *
describe_missing (SwRecord *action)
{
  const char *const *missing = sw_record_get_strv (action, "missing");
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (sw_record_get_bool (action, "allowed"))
    return NULL;
  for (guint i = 0; missing[i] != NULL; i++)
    g_ptr_array_add (sentences, sw_rule_missing (missing[i]));
  if (sentences->len == 0)
    return g_strdup (_("Your role does not allow this"));
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv ("\n", (char **) sentences->pdata);
}

void
sw_order_actions_show (SwRecordPage *page, SwRecord *order)
{
  GListModel *actions = sw_record_get_rows (order, "next_actions");
  SwRecord *main_action = sw_order_actions_get_main (order);
  g_autofree char *why = main_action == NULL ? NULL : describe_missing (main_action);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (_(sw_record_get_text (action, "label")), NULL);

      if (action == main_action || !sw_record_get_bool (action, "allowed"))
        continue;
      g_menu_item_set_action_and_target (item, "record.run", "s", sw_record_get_text (action, "action"));
      g_menu_append_item (menu, item);
    }
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (menu) : NULL);
  sw_record_page_set_primary (page, main_action == NULL ? NULL : _(sw_record_get_text (main_action, "label")),
                              on_primary, NULL);
  sw_record_page_set_primary_missing (page, why);
}
