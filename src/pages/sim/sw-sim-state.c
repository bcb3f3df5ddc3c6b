/* sw-sim-state.c: see sw-sim-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/sim/sw-sim-state.h"

#include <glib/gi18n-lib.h>

#include "model/sw-call.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-text-row.h"

typedef struct
{
  const char *state;
  const char *menu;     /* msgid, in menus */
  const char *question; /* msgid */
  const char *body;     /* msgid */
  const char *yes;      /* msgid */
  SwButtonStyle style;
} Change;

static const Change changes[] = {
  { "defective", N_("Mark as Defective…"), N_("Mark as defective?"),
    N_("The card leaves the stock until somebody puts it back."), N_("_Mark as defective"),
    SW_BUTTON_SUGGESTED },
  { "in_stock", N_("Put Back in Stock…"), N_("Put back in stock?"),
    N_("The card can be given to a line again."), N_("_Put back in stock"), SW_BUTTON_SUGGESTED },
  { "terminated", N_("Destroy…"), N_("Destroy?"),
    N_("A destroyed card never comes back."), N_("_Destroy"), SW_BUTTON_DESTRUCTIVE },
};

/* What is asked before the change. */
typedef struct
{
  const Change *change;
  SwTable *table;
  SwPage *page;
  GArray *ids;
} Ask;

/* What the calls need. */
typedef struct
{
  const char *state; /* static */
  char *reason;
} Order;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->table);
  g_array_unref (ask->ids);
  g_free (ask);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->reason);
  g_free (order);
}

static SwCall *
call_set_state (const gint64 *ids, gsize n_ids, gpointer data)
{
  Order *order = data;
  SwCall *call = sw_call_new ("sim_card_set_state");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_text (call, NULL, order->state);
  sw_call_add_text (call, NULL, order->reason);
  return call;
}

static void
on_apply (SwDialog *dialog, const char *button, Ask *ask)
{
  Order *order = g_new (Order, 1);

  order->state = ask->change->state;
  order->reason = sw_dialog_get_value (dialog, "p_reason");
  sw_bulk_run (ask->table, sw_page_get_session (ask->page), _(ask->change->question), ask->ids,
               call_set_state, order, order_free);
  gtk_window_close (GTK_WINDOW (dialog));
}

void
sw_sim_state_ask (SwTable *table, SwPage *page, GArray *ids, const char *state)
{
  const Change *change = NULL;
  SwDialog *dialog;
  Ask *ask;

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_equal (changes[i].state, state))
      change = &changes[i];
  g_return_if_fail (change != NULL);
  ask = g_new (Ask, 1);
  ask->change = change;
  ask->table = g_object_ref (table);
  ask->page = page;
  ask->ids = g_array_ref (ids);
  dialog = sw_dialog_new (_(change->question), _(change->body));
  sw_dialog_add_row (dialog, sw_text_row_new ("p_reason", _("Why (kept in the history)")));
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "apply", _(change->yes), change->style);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), ask, ask_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

GMenu *
sw_sim_state_create_menu (const char *const *states)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_strv_contains (states, changes[i].state))
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (_(changes[i].menu), NULL);

        g_menu_item_set_action_and_target (item, "record.set-state", "s", changes[i].state);
        g_menu_append_item (menu, item);
      }
  return menu;
}

static void
mark_defective (SwTable *table, GArray *ids, gpointer page)
{
  sw_sim_state_ask (table, page, ids, "defective");
}

static void
put_back (SwTable *table, GArray *ids, gpointer page)
{
  sw_sim_state_ask (table, page, ids, "in_stock");
}

static void
destroy_cards (SwTable *table, GArray *ids, gpointer page)
{
  sw_sim_state_ask (table, page, ids, "terminated");
}

const SwBulkAction sw_sim_state_bulk_actions[] = {
  { N_("Mark as Defective…"), "sim_card_set_state", mark_defective },
  { N_("Put Back in Stock…"), "sim_card_set_state", put_back },
  { N_("Destroy…"), "sim_card_set_state", destroy_cards },
  { NULL }
};
