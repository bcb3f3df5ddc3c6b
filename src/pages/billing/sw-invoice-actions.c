/* sw-invoice-actions.c: issue, record a payment, credit, delete a draft
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of them is possible comes from the record's next_actions; here is what each asks first.
 */
#include "config.h"

#include "pages/billing/sw-invoice-actions.h"

#include <glib/gi18n-lib.h>

#include "base/sw-money.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-number-row.h"

static SwCall *
new_call (SwRecordPage *page, const char *action)
{
  SwCall *call = sw_call_new (action);

  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  return call;
}

static void
on_done (gint64 id, gpointer data)
{
  sw_record_page_reload (data);
}

static void
run_from_dialog (SwDialog *dialog, SwRecordPage *page, SwCall *call)
{
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_done,
                      g_object_ref (page), g_object_unref);
}

/* Payments */

static void
on_pay (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autoptr (SwCall) call = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *paid_on = NULL;
  g_autofree char *method = NULL;

  if (!sw_dialog_check (dialog))
    return;
  amount = sw_dialog_get_value (dialog, "amount");
  paid_on = sw_dialog_get_value (dialog, "paid_on");
  method = sw_dialog_get_value (dialog, "method");
  call = new_call (page, "invoice_pay");
  sw_call_add_number (call, "p_amount", amount);
  sw_call_add_date (call, "p_paid_on", paid_on);
  sw_call_add_text (call, "p_method", method);
  run_from_dialog (dialog, page, call);
}

static void
ask_payment (SwRecordPage *page)
{
  SwRecord *invoice = sw_record_page_get_record (page);
  SwDialog *dialog = sw_dialog_new (_("Record a payment"), NULL);
  GtkWidget *amount = sw_number_row_new ("amount", _("Amount"), 2, "€");
  GtkWidget *paid_on = sw_date_row_new ("paid_on", _("Paid on"));
  GtkWidget *method = sw_choice_row_new ("method", _("By"));

  sw_row_set_value (SW_ROW (amount), sw_record_get_text (invoice, "balance"));
  sw_row_set_value (SW_ROW (paid_on), sw_session_get_today (sw_page_get_session (SW_PAGE (page))));
  sw_choice_row_set_choices (SW_CHOICE_ROW (method), sw_words_payment_methods);
  sw_row_set_value (SW_ROW (method), sw_record_get_text (invoice, "payment_method"));
  sw_dialog_add_row (dialog, amount);
  sw_dialog_add_row (dialog, paid_on);
  sw_dialog_add_row (dialog, method);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "pay", _("_Record"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_pay), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

/* Credit notes */

static char *
line_field (SwRecord *line)
{
  return g_strdup_printf ("line_%" G_GINT64_FORMAT, sw_record_get_id (line));
}

/* NULL when all of every line is credited: the server then takes the whole invoice. */
static JsonNode *
build_credit_lines (SwDialog *dialog, SwRecord *invoice)
{
  GListModel *lines = sw_record_get_rows (invoice, "lines");
  JsonArray *array = json_array_new ();
  gboolean whole = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (SwRecord) line = g_list_model_get_item (lines, i);
      g_autofree char *field = line_field (line);
      g_autofree char *net = sw_dialog_get_value (dialog, field);
      JsonObject *object;

      if (sw_money_compare (net, sw_record_get_text (line, "net")) != 0)
        whole = FALSE;
      if (net == NULL || sw_money_sign (net) == 0)
        continue;
      object = json_object_new ();
      json_object_set_int_member (object, "line_id", sw_record_get_id (line));
      json_object_set_string_member (object, "net", net);
      json_array_add_object_element (array, object);
    }
  if (whole)
    {
      json_array_unref (array);
      return NULL;
    }
  return json_node_init_array (json_node_alloc (), array);
}

static void
on_credited (gint64 id, gpointer data)
{
  sw_record_page_reload (data);
  sw_page_open (data, "invoice", id);
}

static void
on_credit (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  g_autoptr (SwCall) call = NULL;
  JsonNode *lines;

  if (!sw_dialog_check (dialog))
    return;
  lines = build_credit_lines (dialog, sw_record_page_get_record (page));
  call = new_call (page, "invoice_credit");
  sw_call_add_json (call, "p_lines", lines);
  g_clear_pointer (&lines, json_node_unref);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (page)), on_credited,
                      g_object_ref (page), g_object_unref);
}

static void
ask_credit (SwRecordPage *page)
{
  SwRecord *invoice = sw_record_page_get_record (page);
  GListModel *lines = sw_record_get_rows (invoice, "lines");
  SwDialog *dialog = sw_dialog_new (_("Issue a credit note"),
                                    _("Amounts excl. VAT to give back on each line. The credit note "
                                      "is issued and numbered at once."));

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (SwRecord) line = g_list_model_get_item (lines, i);
      g_autofree char *field = line_field (line);
      GtkWidget *row;

      if (sw_money_sign (sw_record_get_text (line, "net")) == 0)
        continue;
      row = sw_number_row_new (field, sw_record_get_text (line, "label"), 2, "€");
      sw_row_set_value (SW_ROW (row), sw_record_get_text (line, "net"));
      sw_dialog_add_row (dialog, row);
    }
  sw_dialog_set_width (dialog, 520);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "credit", _("_Issue the credit note"), SW_BUTTON_DESTRUCTIVE);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_credit), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

/* Drafts */

static void
on_issue_answer (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecordPage) page = user_data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (dialog), result);
  g_autoptr (SwCall) call = NULL;

  if (g_strcmp0 (answer, "yes") != 0)
    return;
  call = new_call (page, "invoice_issue");
  sw_record_page_run (page, call, _("Invoice issued"));
}

static void
on_deleted (SwRecordPage *page, gint64 id)
{
  sw_record_page_close (page);
}

static void
on_delete_answer (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecordPage) page = user_data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (dialog), result);
  g_autoptr (SwCall) call = NULL;

  if (g_strcmp0 (answer, "yes") != 0)
    return;
  call = new_call (page, "invoice_delete_draft");
  sw_record_page_run_then (page, call, _("Draft deleted"), on_deleted);
}

static void
ask (SwRecordPage *page, SwDialog *dialog, GAsyncReadyCallback callback)
{
  sw_dialog_choose_async (dialog, GTK_WIDGET (page), sw_page_get_cancellable (SW_PAGE (page)),
                          callback, g_object_ref (page));
}

void
sw_invoice_actions_run (SwRecordPage *page, const char *name)
{
  if (sw_record_page_get_record (page) == NULL)
    return;
  if (g_str_equal (name, "invoice_pay"))
    ask_payment (page);
  else if (g_str_equal (name, "invoice_credit"))
    ask_credit (page);
  else if (g_str_equal (name, "invoice_issue"))
    ask (page,
         sw_dialog_new_question (_("Issue this invoice?"),
                                 _("It takes its number and can never change afterwards; a mistake "
                                   "is put right by a credit note."),
                                 _("_Issue"), FALSE),
         on_issue_answer);
  else if (g_str_equal (name, "invoice_delete_draft"))
    ask (page, sw_dialog_new_question (_("Delete this draft?"), NULL, _("_Delete"), TRUE),
         on_delete_answer);
}

static void
on_primary (SwRecordPage *page, gpointer data)
{
  sw_invoice_actions_run (page, data);
}

void
sw_invoice_actions_show (SwRecordPage *page, SwRecord *invoice, GMenuModel *extra)
{
  GListModel *actions = sw_record_get_rows (invoice, "next_actions");
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  gboolean has_primary = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      const char *name = sw_record_get_text (action, "action");
      const char *label = sw_record_get_text (action, "label");
      g_autoptr (GMenuItem) item = NULL;

      if (!sw_record_get_bool (action, "allowed"))
        continue;
      if (!has_primary && sw_record_get_bool (action, "is_primary"))
        {
          sw_record_page_set_primary (page, _(label), on_primary, (gpointer) g_intern_string (name));
          sw_record_page_set_primary_missing (page, NULL);
          has_primary = TRUE;
          continue;
        }
      item = g_menu_item_new (_(label), NULL);
      g_menu_item_set_action_and_target (item, "record.run", "s", name);
      g_menu_append_item (section, item);
    }
  if (!has_primary)
    sw_record_page_set_primary (page, NULL, NULL, NULL);
  if (extra != NULL)
    g_menu_append_section (menu, NULL, extra);
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  sw_record_page_set_menu (page, G_MENU_MODEL (menu));
}
