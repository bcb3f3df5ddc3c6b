/* sw-contract-actions.c: the buttons of a contract, as the server offers them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which actions exist, who may press them and what is missing comes from api.contract_next_action.
 * Here is only what each asks the person before it runs.
 */
#include "config.h"

#include "pages/contracts/sw-contract-actions.h"

#include <glib/gi18n-lib.h>

#include "model/sw-rule-messages.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-toast.h"

typedef struct
{
  const char *action;
  const char *question; /* msgid */
  const char *body;     /* msgid */
  const char *yes;      /* msgid */
  gboolean destructive;
  const char *parameter; /* NULL when the function takes only the contract */
  const char *title;     /* msgid of the parameter */
  gboolean is_date;
} Question;

/* Actions that are not here run at once: they can be seen, and undone by a credit note. */
static const Question questions[] = {
  { "contract_cancel", N_("Cancel this contract?"),
    N_("It will never be billed again, and its equipment leaves the contract. "
       "Invoices already issued stay."),
    N_("_Cancel the contract"), TRUE, "p_justification", N_("Why"), FALSE },
  { "contract_terminate", N_("Terminate this contract early?"),
    N_("The service stops on the day you choose, and the final invoice follows."),
    N_("_Terminate"), TRUE, "p_end_on", N_("Last day of service"), TRUE },
  { "contract_refuse_renewal", N_("Refuse the renewal?"),
    N_("The contract will end on its last day of service instead of being renewed."),
    N_("_Refuse the renewal"), FALSE, NULL, NULL, FALSE },
  { "contract_close", N_("Close this contract?"),
    N_("A closed contract cannot be opened again."), N_("_Close the contract"), FALSE, NULL, NULL,
    FALSE },
};

static const Question *
find_question (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_strcmp0 (questions[i].action, action) == 0)
      return &questions[i];
  return NULL;
}

SwRecord *
sw_contract_actions_get_main (SwRecord *contract)
{
  GListModel *actions = sw_record_get_rows (contract, "next_actions");

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);

      if (sw_record_get_bool (action, "is_primary"))
        return action; /* the model keeps it alive */
    }
  return NULL;
}

static void
open_invoice (gpointer data)
{
  GWeakRef *page = data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (page);

  if (widget != NULL)
    sw_page_open (widget, "invoice",
                  GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (widget), "sw-new-invoice")));
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_invoice_issued (SwRecordPage *page, gint64 id)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, page);
  g_object_set_data (G_OBJECT (page), "sw-new-invoice", GSIZE_TO_POINTER ((gsize) id));
  sw_toast_with_button (GTK_WIDGET (page), _("Invoice issued"), _("Open"), open_invoice, reference,
                        free_weak_ref);
}

static SwCall *
new_call (SwRecordPage *page, const char *action)
{
  SwCall *call = sw_call_new (action);

  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  return call;
}

static void
run_now (SwRecordPage *page, const char *action)
{
  g_autoptr (SwCall) call = new_call (page, action);

  if (g_str_has_suffix (action, "_invoice"))
    sw_record_page_run_then (page, call, NULL, on_invoice_issued);
  else
    sw_record_page_run (page, call, _("Done"));
}

static void
on_done (gint64 id, gpointer data)
{
  sw_record_page_reload (data);
}

static void
on_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  const Question *question = g_object_get_data (G_OBJECT (dialog), "sw-question");
  g_autoptr (SwCall) call = NULL;
  g_autofree char *value = NULL;

  if (!sw_dialog_check (dialog))
    return;
  call = new_call (page, question->action);
  if (question->parameter != NULL)
    {
      value = sw_dialog_get_value (dialog, question->parameter);
      if (question->is_date)
        sw_call_add_date (call, question->parameter, value);
      else
        sw_call_add_text (call, question->parameter, value);
    }
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_done,
                      g_object_ref (page), g_object_unref);
}

static void
ask (SwRecordPage *page, const Question *question)
{
  SwDialog *dialog = sw_dialog_new (_(question->question), _(question->body));

  if (question->parameter != NULL && question->is_date)
    sw_dialog_add_row (dialog, sw_date_row_new (question->parameter, _(question->title)));
  else if (question->parameter != NULL)
    sw_dialog_add_row (dialog, sw_area_row_new (question->parameter, _(question->title)));
  sw_dialog_add_button (dialog, "cancel", _("_Back"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "yes", _(question->yes),
                        question->destructive ? SW_BUTTON_DESTRUCTIVE : SW_BUTTON_SUGGESTED);
  g_object_set_data (G_OBJECT (dialog), "sw-question", (gpointer) question);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

void
sw_contract_actions_run (SwRecordPage *page, const char *name)
{
  const Question *question = find_question (name);

  if (question != NULL)
    ask (page, question);
  else
    run_now (page, name);
}

static void
on_primary (SwRecordPage *page, gpointer data)
{
  SwRecord *record = sw_record_page_get_record (page);
  SwRecord *action = record == NULL ? NULL : sw_contract_actions_get_main (record);

  if (action != NULL)
    sw_contract_actions_run (page, sw_record_get_text (action, "action"));
}

/* One sentence for the tooltip of a button that is not possible yet. */
static char *
describe_missing (SwRecord *action)
{
  const char *const *missing = sw_record_get_strv (action, "missing");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; missing[i] != NULL; i++)
    {
      g_autofree char *sentence = sw_rule_missing (missing[i]);

      g_string_append_printf (text, "%s%s", i == 0 ? "" : "\n", sentence);
    }
  if (text->len == 0)
    g_string_append (text, _("Your role does not allow this"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Bundles */

static void
on_bundle_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autoptr (SwCall) call = NULL;
  g_autofree char *bundle = NULL;

  if (!sw_dialog_check (dialog))
    return;
  bundle = sw_dialog_get_value (dialog, "bundle_id");
  call = new_call (page, "contract_add_bundle");
  sw_call_add_id (call, NULL, bundle == NULL ? 0 : g_ascii_strtoll (bundle, NULL, 10));
  sw_call_set_once (call, NULL);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_done, g_object_ref (page),
                      g_object_unref);
}

void
sw_contract_actions_insert_bundle (SwRecordPage *page)
{
  SwDialog *dialog = sw_dialog_new (_("Insert a bundle"),
                                    _("Its offers become items of the contract, at the prices of the bundle."));
  GtkWidget *row = g_object_new (SW_TYPE_LOOKUP_ROW, "field", "bundle_id", "title", _("Bundle"), "relation",
                                 "bundle", "label-field", "label", "detail-field", "code", "filter", "active=true", NULL);

  sw_lookup_row_set_session (SW_LOOKUP_ROW (row), sw_page_get_session (SW_PAGE (page)));
  sw_dialog_add_row (dialog, row);
  sw_dialog_add_button (dialog, "cancel", _("_Back"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "insert", _("_Insert"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_bundle_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

void
sw_contract_actions_show (SwRecordPage *page, SwRecord *contract)
{
  GListModel *actions = sw_record_get_rows (contract, "next_actions");
  g_autoptr (GMenu) menu = g_menu_new ();
  SwRecord *main_action = sw_contract_actions_get_main (contract);

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      g_autoptr (GMenuItem) item = NULL;

      if (action == main_action || !sw_record_get_bool (action, "allowed"))
        continue;
      item = g_menu_item_new (_(sw_record_get_text (action, "label")), NULL);
      g_menu_item_set_action_and_target (item, "record.run", "s",
                                         sw_record_get_text (action, "action"));
      g_menu_append_item (menu, item);
    }
  if (sw_page_may (SW_PAGE (page), "contract_add_bundle")
      && !g_strv_contains (sw_record_get_strv (contract, "locked"), "items"))
    g_menu_append (menu, _("Insert a Bundle…"), "record.insert-bundle");
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0
                                     ? G_MENU_MODEL (menu)
                                     : NULL);

  if (main_action == NULL)
    {
      sw_record_page_set_primary (page, NULL, NULL, NULL);
      return;
    }
  sw_record_page_set_primary (page, _(sw_record_get_text (main_action, "label")), on_primary, NULL);
  if (sw_record_get_bool (main_action, "allowed"))
    sw_record_page_set_primary_missing (page, NULL);
  else
    {
      g_autofree char *why = describe_missing (main_action);

      sw_record_page_set_primary_missing (page, why);
    }
}
