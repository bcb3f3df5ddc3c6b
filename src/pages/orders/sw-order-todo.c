/* sw-order-todo.c: see sw-order-todo.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-order-todo.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-line-words.h"
#include "pages/orders/sw-order-actions.h"
#include "pages/orders/sw-order-line.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-todo-row.h"

static const SwChoice message_states[] = {
  { "queued", N_("Queued"), SW_BADGE_ACCENT },
  { "sent", N_("Sent"), SW_BADGE_OK },
  { "failed", N_("Failed"), SW_BADGE_ALERT },
  { "cancelled", N_("Cancelled"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* What is missing, and where it is filled in: the code is the server's, before its colon. */
static const struct
{
  const char *code;
  const char *field;
} fields[] = {
  { "line_user", "last_name" }, { "line_sim", "sim_card_id" }, { "line_offer", "offer_id" },
  { "line_number", "number" },  { "line_rio", "rio" },         { "line_port_on", "port_on" },
  { "order_lines", "lines" },   { "order_services", "services" },
};

static const char *
find_field (const char *code)
{
  gsize length = strcspn (code, ":");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strlen (fields[i].code) == length && strncmp (fields[i].code, code, length) == 0)
      return fields[i].field;
  return code;
}

/* "line_user:2" → the second line; NULL when it is about the order. */
static SwFieldSet *
find_line (SwForm *form, const char *code)
{
  const char *colon = strchr (code, ':');
  guint64 n = colon == NULL ? 0 : g_ascii_strtoull (colon + 1, NULL, 10);

  return n == 0 ? NULL : sw_form_list_get_item (SW_FORM_LIST (sw_form_get_list (form, "lines")), (guint) n - 1);
}

static void
on_fill_in (SwTodoRow *row, SwRecordPage *page)
{
  const char *code = g_object_get_data (G_OBJECT (row), "sw-code");
  const char *field = find_field (code);
  SwForm *form = sw_record_page_get_form (page);
  SwFieldSet *line = find_line (form, code);
  SwRow *target = line != NULL ? sw_field_set_get_row (line, field) : sw_form_get_row (form, field);

  if (line != NULL)
    sw_order_line_set_expanded (line, TRUE);
  if (target != NULL)
    sw_row_focus (target);
  else if (sw_form_get_list (form, field) != NULL)
    sw_form_list_add (SW_FORM_LIST (sw_form_get_list (form, field)), NULL);
}

static void
on_action (SwTodoRow *row, SwRecordPage *page)
{
  sw_order_actions_run (page, g_object_get_data (G_OBJECT (row), "sw-code"));
}

static void
set_button (GtkWidget *row, const char *label, const char *code, GCallback callback, SwRecordPage *page)
{
  sw_todo_row_set_button (SW_TODO_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "sw-code", g_strdup (code), g_free);
  g_signal_connect_object (row, "pressed", callback, page, 0);
}

/* Why it was given up, and by whom. */
static void
show_cancelled (GtkWidget *group, SwRecord *order)
{
  g_autofree char *when = sw_date_format_instant (sw_record_get_text (order, "cancelled_at"));
  g_autofree char *title = g_strdup_printf (_("Cancelled on %s by %s"), when, sw_record_get_text (order, "cancelled_by"));

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             sw_todo_row_new (title, sw_record_get_text (order, "cancel_reason"), SW_BADGE_ALERT));
}

void
sw_order_todo_show (SwRecordPage *page, GtkWidget *place, SwRecord *order)
{
  SwRecord *action = sw_order_actions_get_main (order);
  const char *recipient = sw_record_get_text (order, "recipient");
  g_autofree char *subtitle = NULL;
  const char *const *missing;
  GtkWidget *child, *group, *row;

  while ((child = gtk_widget_get_first_child (place)) != NULL)
    gtk_box_remove (GTK_BOX (place), child);
  group = adw_preferences_group_new ();
  gtk_box_append (GTK_BOX (place), group);
  if (sw_record_get_text (order, "cancelled_at") != NULL)
    show_cancelled (group, order);
  gtk_widget_set_visible (place, action != NULL || sw_record_get_text (order, "cancelled_at") != NULL);
  if (action == NULL)
    return;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("To do before the order is validated"));
  missing = sw_record_get_strv (action, "missing");
  for (guint i = 0; missing[i] != NULL; i++)
    {
      g_autofree char *sentence = sw_rule_missing (missing[i]);

      row = sw_todo_row_new (sentence, NULL, SW_BADGE_WARNING);
      set_button (row, _("Fill in"), missing[i], G_CALLBACK (on_fill_in), page);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (recipient != NULL)
    subtitle = g_strdup_printf (_("The confirmation will go to %s"), recipient);
  row = sw_todo_row_new (_(sw_record_get_text (action, "label")), subtitle, SW_BADGE_NEUTRAL);
  if (sw_record_get_bool (action, "allowed"))
    set_button (row, _("Do it"), sw_record_get_text (action, "action"), G_CALLBACK (on_action), page);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
sw_order_todo_show_messages (AdwPreferencesGroup *group, SwRecord *order)
{
  GListModel *messages = sw_record_get_rows (order, "messages");

  sw_facts_clear (group);
  gtk_widget_set_visible (GTK_WIDGET (group), g_list_model_get_n_items (messages) > 0);
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (SwRecord) message = g_list_model_get_item (messages, i);
      const SwChoice *state = sw_choice_find (message_states, sw_record_get_text (message, "status"));
      const char *sent = sw_record_get_text (message, "sent_at");
      const char *error = sw_record_get_text (message, "last_error");
      g_autofree char *when = sw_date_format_instant (sent != NULL ? sent : sw_record_get_text (message, "queued_at"));
      g_autofree char *subtitle = error == NULL ? g_strdup (when) : g_strdup_printf ("%s · %s", when, error);
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (message, "recipient"), subtitle);

      if (state != NULL)
        sw_facts_add_badge (row, _(state->label), state->style);
    }
}

void
sw_order_todo_show_opened (AdwPreferencesGroup *group, SwRecord *order)
{
  GListModel *lines = sw_record_get_rows (order, "lines");
  guint n_opened = 0;

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (SwRecord) line = g_list_model_get_item (lines, i);
      gint64 id = sw_record_get_int (line, "line_id");
      const SwChoice *state = sw_choice_find (sw_line_states, sw_record_get_text (line, "line_state"));
      const char *number = sw_record_get_text (line, "number_shown");
      GtkWidget *row;

      if (id == 0)
        continue;
      n_opened++;
      row = sw_facts_add (group, sw_record_get_text (line, "user_name"),
                          number != NULL ? number : sw_record_get_text (line, "iccid"));
      if (state != NULL)
        sw_facts_add_badge (row, _(state->label), state->style);
      sw_facts_set_link (row, "line", id);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), n_opened > 0);
}
