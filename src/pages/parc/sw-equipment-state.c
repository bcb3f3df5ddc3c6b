/* sw-equipment-state.c: gives machines another state: the buttons of one, and many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which states follow, who may give them and what is missing comes from the server.
 */
#include "config.h"

#include "pages/parc/sw-equipment-state.h"

#include <glib/gi18n-lib.h>

#include "model/sw-rule-messages.h"
#include "pages/common/sw-parc-words.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"

/* The labels of api.equipment_next_action: here they are only known to translators. */
G_GNUC_UNUSED static const char *const action_labels[] = {
  N_("Put in service"), N_("Put back in stock"), N_("Record the return"), N_("Record the sale"),
  N_("Declare dead"),
};

/* {{{ One machine */

/* The action that gives @state; NULL when there is none. The record keeps it alive. */
static SwRecord *
find_action (SwRecord *machine, const char *state)
{
  GListModel *actions = sw_record_get_rows (machine, "next_actions");

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);

      if (g_strcmp0 (sw_record_get_text (action, "state"), state) == 0)
        return action;
    }
  return NULL;
}

/* The one most machines wait for: the first that can be taken back. */
static SwRecord *
find_main (SwRecord *machine)
{
  GListModel *actions = sw_record_get_rows (machine, "next_actions");
  g_autoptr (SwRecord) first = g_list_model_get_item (actions, 0);

  return first != NULL && !sw_record_get_bool (first, "definitive") ? first : NULL;
}

static SwCall *
new_call (const gint64 *ids, gsize n_ids, const char *state, const char *reason)
{
  SwCall *call = sw_call_new ("equipment_set_state");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_text (call, "p_state", state);
  sw_call_add_text (call, "p_reason", reason);
  return call;
}

static void
on_moved (SwRecord *row, gpointer page)
{
  sw_record_page_reload (page);
}

static void
on_move (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  const char *state = g_object_get_data (G_OBJECT (dialog), "sw-state");
  g_autofree char *reason = sw_dialog_get_value (dialog, "p_reason");
  gint64 id = sw_record_page_get_id (page);
  g_autoptr (SwCall) call = new_call (&id, 1, state, reason);

  sw_dialog_run_row (dialog, call, sw_page_get_session (SW_PAGE (page)), on_moved, g_object_ref (page),
                      g_object_unref);
}

static void
ask (SwRecordPage *page, SwRecord *action)
{
  const char *label = _(sw_record_get_text (action, "label"));
  gboolean definitive = sw_record_get_bool (action, "definitive");
  SwDialog *dialog
      = sw_dialog_new (label, definitive ? _("This machine cannot be given another state afterwards.") : NULL);

  sw_dialog_add_row (dialog, sw_area_row_new ("p_reason", _("Reason (kept in its history)")));
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "apply", label, definitive ? SW_BUTTON_DESTRUCTIVE : SW_BUTTON_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "sw-state", g_strdup (sw_record_get_text (action, "state")), g_free);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_move), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

static void
on_action (GSimpleAction *simple, GVariant *state, SwRecordPage *page)
{
  SwRecord *machine = sw_record_page_get_record (page);
  SwRecord *action
      = machine == NULL ? NULL : find_action (machine, g_variant_get_string (state, NULL));

  if (action != NULL)
    ask (page, action);
}

static void
on_primary (SwRecordPage *page, gpointer data)
{
  SwRecord *machine = sw_record_page_get_record (page);
  SwRecord *action = machine == NULL ? NULL : find_main (machine);

  if (action != NULL)
    ask (page, action);
}

void
sw_equipment_state_setup (SwRecordPage *page)
{
  sw_record_page_add_action (page, "set-state", G_VARIANT_TYPE_STRING, G_CALLBACK (on_action), page);
}

void
sw_equipment_state_show (SwRecordPage *page, SwRecord *machine)
{
  GListModel *actions = sw_record_get_rows (machine, "next_actions");
  SwRecord *main_action = find_main (machine);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      g_autoptr (GMenuItem) item = NULL;

      if (action == main_action || !sw_record_get_bool (action, "allowed"))
        continue;
      item = g_menu_item_new (_(sw_record_get_text (action, "label")), NULL);
      g_menu_item_set_action_and_target (item, "record.set-state", "s", sw_record_get_text (action, "state"));
      g_menu_append_item (menu, item);
    }
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (menu) : NULL);
  sw_record_page_set_primary (page, main_action != NULL ? _(sw_record_get_text (main_action, "label")) : NULL,
                              on_primary, NULL);
  if (main_action != NULL && !sw_record_get_bool (main_action, "allowed"))
    {
      const char *const *missing = sw_record_get_strv (main_action, "missing");
      g_autofree char *why = missing[0] != NULL ? sw_rule_missing (missing[0])
                                                : g_strdup (_("Your role does not allow this"));

      sw_record_page_set_primary_missing (page, why);
    }
  else
    sw_record_page_set_primary_missing (page, NULL);
}

/* }}} */

/* {{{ Many */

static SwCall *
call_move (const gint64 *ids, gsize n_ids, gpointer values)
{
  return new_call (ids, n_ids, g_hash_table_lookup (values, "p_state"), g_hash_table_lookup (values, "p_reason"));
}

static void
move_many (SwTable *table, GArray *ids, gpointer page)
{
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Change the state of %u machine", "Change the state of %u machines", ids->len), ids->len);
  SwDialog *dialog = sw_dialog_new (heading, _("Each is moved on its own; a report names those that cannot be."));
  GtkWidget *row = sw_choice_row_new ("p_state", _("State"));

  for (const SwChoice *state = sw_parc_words_machine_states; state->value != NULL; state++)
    if (!g_str_equal (state->value, "under_contract")) /* a contract's to give */
      sw_choice_row_add (SW_CHOICE_ROW (row), state->value, _(state->label));
  sw_dialog_add_row (dialog, row);
  sw_dialog_add_row (dialog, sw_area_row_new ("p_reason", _("Reason (kept in its history)")));
  sw_bulk_ask (table, sw_page_get_session (page), dialog, "p_state", _("Ch_ange"), ids, call_move);
}

const SwBulkAction sw_equipment_state_bulk[] = {
  { N_("Change the State…"), "equipment_set_state", move_many },
  { NULL }
};

/* }}} */
