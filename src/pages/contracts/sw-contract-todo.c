/* sw-contract-todo.c: what is to be done before the next step of a contract
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row for each condition the server says is missing, with the way to meet it: a reading is typed
 * in place, a date leads to its field, an unpaid invoice opens.
 */
#include "config.h"

#include "pages/contracts/sw-contract-todo.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "model/sw-rule-messages.h"
#include "pages/contracts/sw-contract-actions.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-todo-row.h"

static SwRecord *
find_row (SwRecord *contract, const char *list, gint64 id)
{
  GListModel *rows = sw_record_get_rows (contract, list);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) row = g_list_model_get_item (rows, i);

      if (sw_record_get_id (row) == id)
        return row; /* the model keeps it alive */
    }
  return NULL;
}

/* "reading:12" → 12; 0 when @code is not of that @kind. */
static gint64
code_id (const char *code, const char *kind)
{
  gsize length = strlen (kind);

  if (!g_str_has_prefix (code, kind) || code[length] != ':')
    return 0;
  return g_ascii_strtoll (code + length + 1, NULL, 10);
}

/* Meter readings */

typedef struct
{
  SwRecordPage *page; /* weak */
  SwTodoRow *row;     /* owned: it may be replaced while the call runs */
} ReadingCall;

static void
reading_call_free (ReadingCall *data)
{
  if (data->page != NULL)
    g_object_remove_weak_pointer (G_OBJECT (data->page), (gpointer *) &data->page);
  g_object_unref (data->row);
  g_free (data);
}

static void
on_reading_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadingCall *data = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);

  sw_todo_row_set_busy (data->row, FALSE);
  if (error != NULL && !sw_rule_is_cancelled (error))
    {
      g_autofree char *message = sw_rule_message (error);

      sw_todo_row_set_error (data->row, message);
    }
  else if (error == NULL && data->page != NULL)
    sw_record_page_reload (data->page);
  reading_call_free (data);
}

static void
on_reading_entered (SwTodoRow *row, const char *text, SwRecordPage *page)
{
  SwSession *session = sw_page_get_session (SW_PAGE (page));
  gint64 id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "sw-reading"));
  g_autoptr (SwCall) call = sw_call_new ("meter_reading_record");
  g_autofree char *value = NULL;
  ReadingCall *data;

  if (!sw_money_parse (text, 2, &value, NULL) || value == NULL)
    {
      sw_todo_row_set_error (row, _("Type the figures of the meter"));
      return;
    }
  sw_call_add_id (call, NULL, id);
  sw_call_add_number (call, "p_value", value);
  sw_call_add_date (call, "p_read_on", sw_session_get_today (session));
  sw_call_add_text (call, "p_source", "entered");
  sw_call_set_once (call, NULL);

  data = g_new0 (ReadingCall, 1);
  g_set_weak_pointer (&data->page, page);
  data->row = g_object_ref (row);
  sw_todo_row_set_error (row, NULL);
  sw_todo_row_set_busy (row, TRUE);
  sw_call_run_async (call, session, sw_page_get_cancellable (SW_PAGE (page)), on_reading_recorded,
                     data);
}

static GtkWidget *
new_reading_row (SwRecordPage *page, SwRecord *reading, SwBadgeStyle style)
{
  g_autofree char *title = g_strdup_printf (_("Read the meter “%s”"),
                                            sw_record_get_text (reading, "meter_label"));
  g_autoptr (GString) subtitle = g_string_new (sw_record_get_text (reading, "equipment_label"));
  const char *serial = sw_record_get_text (reading, "serial_number");
  const char *previous = sw_record_get_text (reading, "previous_value");
  GtkWidget *row;

  if (serial != NULL)
    g_string_append_printf (subtitle, _(" · serial number %s"), serial);
  if (previous != NULL)
    {
      g_autofree char *figures = sw_money_format_number (previous, 0);
      g_autofree char *day = sw_date_format (sw_record_get_text (reading, "previous_on"));

      g_string_append_printf (subtitle, _(" · %s on %s"), figures, day);
    }
  row = sw_todo_row_new (title, subtitle->str, style);
  sw_todo_row_set_entry (SW_TODO_ROW (row), _("Meter"), _("Record"));
  g_object_set_data (G_OBJECT (row), "sw-reading",
                     GSIZE_TO_POINTER ((gsize) sw_record_get_id (reading)));
  g_signal_connect_object (row, "entered", G_CALLBACK (on_reading_entered), page, 0);
  return row;
}

/* Other conditions */

static void
on_fill_in (SwTodoRow *row, SwRecordPage *page)
{
  const char *field = g_object_get_data (G_OBJECT (row), "sw-field");
  SwForm *form = sw_record_page_get_form (page);
  SwRow *form_row = sw_form_get_row (form, field);
  GtkWidget *list = sw_form_get_list (form, field);

  if (form_row != NULL)
    sw_row_focus (form_row);
  else if (list != NULL)
    sw_form_list_add (SW_FORM_LIST (list), NULL);
}

static void
on_open_invoice (SwTodoRow *row, SwRecordPage *page)
{
  sw_page_open (GTK_WIDGET (page), "invoice",
                GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "sw-invoice")));
}

static char *
describe_invoice (SwRecord *invoice)
{
  g_autofree char *balance = NULL;
  const char *number;

  if (invoice == NULL)
    return NULL;
  number = sw_record_get_text (invoice, "number");
  balance = sw_money_format (sw_record_get_text (invoice, "balance"));
  return g_strdup_printf (_("%s · %s due"), number != NULL ? number : _("Draft"), balance);
}

static GtkWidget *
new_missing_row (SwRecordPage *page, SwRecord *contract, const char *code, SwBadgeStyle style)
{
  SwForm *form = sw_record_page_get_form (page);
  gint64 reading_id = code_id (code, "reading");
  gint64 invoice_id = MAX (code_id (code, "unpaid_invoice"), code_id (code, "draft_invoice"));
  SwRecord *reading = reading_id == 0 ? NULL : find_row (contract, "readings", reading_id);
  g_autofree char *sentence = NULL;
  g_autofree char *detail = NULL;
  GtkWidget *row;

  if (reading != NULL)
    return new_reading_row (page, reading, style);

  sentence = sw_rule_missing (code);
  if (invoice_id != 0)
    detail = describe_invoice (find_row (contract, "invoices", invoice_id));
  row = sw_todo_row_new (sentence, detail, style);
  if (invoice_id != 0)
    {
      sw_todo_row_set_button (SW_TODO_ROW (row), _("Open"));
      g_object_set_data (G_OBJECT (row), "sw-invoice", GSIZE_TO_POINTER ((gsize) invoice_id));
      g_signal_connect_object (row, "pressed", G_CALLBACK (on_open_invoice), page, 0);
    }
  else if (sw_form_get_row (form, code) != NULL || sw_form_get_list (form, code) != NULL)
    {
      sw_todo_row_set_button (SW_TODO_ROW (row), _("Fill in"));
      g_object_set_data_full (G_OBJECT (row), "sw-field", g_strdup (code), g_free);
      g_signal_connect_object (row, "pressed", G_CALLBACK (on_fill_in), page, 0);
    }
  return row;
}

/* The action that all this leads to */

static void
on_action (SwTodoRow *row, SwRecordPage *page)
{
  sw_contract_actions_run (page, g_object_get_data (G_OBJECT (row), "sw-action"));
}

static GtkWidget *
new_action_row (SwRecordPage *page, SwRecord *contract, SwRecord *action)
{
  const char *name = sw_record_get_text (action, "action");
  const char *dated_on = sw_record_get_text (action, "dated_on");
  g_autofree char *detail = NULL;
  GtkWidget *row;

  if (dated_on != NULL)
    {
      g_autofree char *day = sw_date_format (dated_on);

      detail = g_strdup_printf (_("Will be dated %s"), day);
    }
  row = sw_todo_row_new (_(sw_record_get_text (action, "label")), detail, SW_BADGE_NEUTRAL);
  if (sw_record_get_bool (action, "allowed"))
    {
      sw_todo_row_set_button (SW_TODO_ROW (row), _("Do it"));
      g_object_set_data_full (G_OBJECT (row), "sw-action", g_strdup (name), g_free);
      g_signal_connect_object (row, "pressed", G_CALLBACK (on_action), page, 0);
    }
  return row;
}

/* "Due on 01/11/2026, 21 days late" */
static char *
describe_deadline (SwRecordPage *page, SwRecord *contract)
{
  const char *deadline = sw_record_get_text (contract, "deadline_on");
  const char *today = sw_session_get_today (sw_page_get_session (SW_PAGE (page)));
  g_autofree char *day = sw_date_format (deadline);
  int days;

  if (deadline == NULL || today == NULL)
    return NULL;
  days = sw_date_days_between (today, deadline);
  if (days == 0)
    return g_strdup_printf (_("To be done today, %s"), day);
  if (days > 0)
    return g_strdup_printf (ngettext ("To be done by %s, tomorrow", "To be done by %s, in %d days", days),
                            day, days);
  return g_strdup_printf (ngettext ("To be done by %s, %d day late", "To be done by %s, %d days late",
                                    -days),
                          day, -days);
}

static SwBadgeStyle
urgency (SwRecord *contract)
{
  const SwChoice *choice = sw_choice_find (sw_choice_indicators,
                                           sw_record_get_text (contract, "indicator"));

  return choice == NULL || choice->style == SW_BADGE_OK ? SW_BADGE_NEUTRAL : choice->style;
}

void
sw_contract_todo_show (SwRecordPage *page, GtkWidget *place, SwRecord *contract)
{
  SwRecord *action = sw_contract_actions_get_main (contract);
  const char *const *missing = NULL;
  GtkWidget *child, *group;
  g_autofree char *deadline = NULL;

  while ((child = gtk_widget_get_first_child (place)) != NULL)
    gtk_box_remove (GTK_BOX (place), child);
  gtk_widget_set_visible (place, action != NULL);
  if (action == NULL)
    return;

  group = adw_preferences_group_new ();
  deadline = describe_deadline (page, contract);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("To do before the next step"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), deadline);
  missing = sw_record_get_strv (action, "missing");
  for (guint i = 0; missing[i] != NULL; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_missing_row (page, contract, missing[i], urgency (contract)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_action_row (page, contract, action));
  gtk_box_append (GTK_BOX (place), group);
}
