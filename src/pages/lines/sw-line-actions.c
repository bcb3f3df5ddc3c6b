/* sw-line-actions.c: see sw-line-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which actions exist, who may ask them and what is in the way comes from api.line_next_action.
 */
#include "config.h"

#include "pages/lines/sw-line-actions.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-line-words.h"
#include "pages/lines/sw-line-ask.h"
#include "widgets/sw-todo-row.h"

static SwRecord *
find_action (SwRecord *line, const char *name)
{
  GListModel *actions = sw_record_get_rows (line, "next_actions");

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);

      if (name != NULL ? g_strcmp0 (sw_record_get_text (action, "action"), name) == 0
                       : sw_record_get_bool (action, "is_primary"))
        return action; /* the model keeps it alive */
    }
  return NULL;
}

void
sw_line_actions_run (SwRecordPage *page, const char *action)
{
  SwRecord *line = sw_record_page_get_record (page);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = sw_record_page_get_id (page);

  if (line == NULL)
    return;
  g_array_append_val (ids, id);
  sw_line_ask (page, action, ids, line);
}

/* {{{ The open line */

static void
on_primary (SwRecordPage *page, gpointer data)
{
  SwRecord *line = sw_record_page_get_record (page);
  SwRecord *action = line != NULL ? find_action (line, NULL) : NULL;

  if (action != NULL)
    sw_line_actions_run (page, sw_record_get_text (action, "action"));
}

static void
show_primary (SwRecordPage *page, SwRecord *action)
{
  const char *const *missing;
  g_autofree char *why = NULL;

  if (action == NULL)
    {
      sw_record_page_set_primary (page, NULL, NULL, NULL);
      return;
    }
  sw_record_page_set_primary (page, _(sw_record_get_text (action, "label")), on_primary, NULL);
  missing = sw_record_get_strv (action, "missing");
  if (!sw_record_get_bool (action, "allowed"))
    why = missing[0] != NULL ? sw_rule_missing (missing[0])
                             : g_strdup (_("Your role does not allow this"));
  sw_record_page_set_primary_missing (page, why);
}

void
sw_line_actions_show (SwRecordPage *page, SwRecord *line)
{
  GListModel *actions = sw_record_get_rows (line, "next_actions");
  SwRecord *primary = find_action (line, NULL);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) definitive = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      g_autofree char *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (action == primary || !sw_record_get_bool (action, "allowed"))
        continue;
      label = g_strdup_printf ("%s…", _(sw_record_get_text (action, "label")));
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "record.run", "s", sw_record_get_text (action, "action"));
      g_menu_append_item (sw_record_get_bool (action, "definitive") ? definitive : menu, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (definitive)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (definitive));
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (menu)
                                                                                   : NULL);
  show_primary (page, primary);
}

void
sw_line_actions_offer (SwRecordPage *page,
                       SwRecord *line,
                       AdwPreferencesGroup *group,
                       const char *action,
                       const char *label)
{
  SwRecord *found = line != NULL ? find_action (line, action) : NULL;
  GtkWidget *button = NULL;

  if (found != NULL && sw_record_get_bool (found, "allowed"))
    {
      g_autofree char *spoken = g_strdup_printf ("%s…", _(sw_record_get_text (found, "label")));

      button = gtk_button_new_with_label (label);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, spoken);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.run");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", action);
    }
  adw_preferences_group_set_header_suffix (group, button);
}

/* }}} */

/* {{{ To do */

static void
on_open_request (SwTodoRow *row, SwRecordPage *page)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "sw-request");

  sw_page_open (GTK_WIDGET (page), "line_request", *id);
}

static GtkWidget *
new_request_row (SwRecordPage *page, SwRecord *request)
{
  const char *status = sw_record_get_text (request, "status");
  const char *operation = sw_choice_label (sw_line_operations, sw_record_get_text (request, "action"));
  g_autofree char *asked = sw_line_describe_asked (request);
  g_autofree char *title = asked != NULL ? g_strdup_printf ("%s: %s", operation, asked) : g_strdup (operation);
  g_autofree char *day = sw_date_format (sw_record_get_text (request, "effective_on"));
  g_autofree char *asked_on = sw_date_format (sw_record_get_text (request, "requested_at"));
  g_autofree char *subtitle = NULL;
  gint64 id = sw_record_get_id (request);
  GtkWidget *row;

  if (g_strcmp0 (status, "accepted") == 0)
    subtitle = g_strdup_printf (_("Accepted, takes effect on %s"), day);
  else if (g_strcmp0 (status, "sent") == 0)
    subtitle = g_strdup_printf (_("Sent to the operator, for %s: waits for the answer"), day);
  else
    subtitle = g_strdup_printf (_("Asked on %s by %s, for %s: to be sent to the operator"), asked_on,
                                sw_record_get_text (request, "requested_by"), day);
  row = sw_todo_row_new (title, subtitle,
                         g_strcmp0 (status, "queued") == 0 ? SW_BADGE_WARNING : SW_BADGE_NEUTRAL);
  sw_todo_row_set_button (SW_TODO_ROW (row), _("Open"));
  g_object_set_data_full (G_OBJECT (row), "sw-request", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (row, "pressed", G_CALLBACK (on_open_request), page, 0);
  return row;
}

static void
on_action (SwTodoRow *row, SwRecordPage *page)
{
  sw_line_actions_run (page, g_object_get_data (G_OBJECT (row), "sw-action"));
}

static GtkWidget *
new_action_row (SwRecordPage *page, SwRecord *line, SwRecord *action)
{
  const char *restriction = sw_record_get_text (line, "restriction");
  const char *detail = NULL;
  GtkWidget *row;

  if (g_strcmp0 (restriction, "none") != 0)
    detail = sw_choice_label (sw_line_restrictions, restriction);
  else if (sw_record_get_text (line, "subscription") == NULL)
    detail = _("Choose its subscription first");
  else if (sw_record_get_text (line, "number") == NULL)
    detail = _("The operator allots its number");
  row = sw_todo_row_new (_(sw_record_get_text (action, "label")), detail,
                         g_strcmp0 (restriction, "none") != 0 ? SW_BADGE_WARNING : SW_BADGE_NEUTRAL);
  if (sw_record_get_bool (action, "allowed"))
    {
      sw_todo_row_set_button (SW_TODO_ROW (row), _("Do it"));
      g_object_set_data_full (G_OBJECT (row), "sw-action",
                              g_strdup (sw_record_get_text (action, "action")), g_free);
      g_signal_connect_object (row, "pressed", G_CALLBACK (on_action), page, 0);
    }
  return row;
}

void
sw_line_actions_show_todo (SwRecordPage *page, GtkWidget *place, SwRecord *line)
{
  GListModel *requests = sw_record_get_rows (line, "requests");
  SwRecord *primary = find_action (line, NULL);
  GtkWidget *group = adw_preferences_group_new ();
  gboolean waits = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (place)) != NULL)
    gtk_box_remove (GTK_BOX (place), child);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("To do"));
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (SwRecord) request = g_list_model_get_item (requests, i);

      if (!sw_record_get_bool (request, "is_open"))
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_request_row (page, request));
      waits = TRUE;
    }
  /* What was asked already is told by its request. */
  if (primary != NULL && sw_record_get_strv (primary, "missing")[0] == NULL)
    {
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_action_row (page, line, primary));
      waits = TRUE;
    }
  gtk_box_append (GTK_BOX (place), group);
  gtk_widget_set_visible (place, waits);
}

/* }}} */

/* {{{ Many lines */

static void
ask_many (SwTable *table, GArray *ids, gpointer page, const char *action)
{
  sw_line_ask (page, action, ids, NULL);
}

#define BULK(action)                                                                                   \
  static void                                                                                          \
  bulk_##action (SwTable *table, GArray *ids, gpointer page)                                           \
  {                                                                                                    \
    ask_many (table, ids, page, "line_" #action);                                                      \
  }

BULK (activate)
BULK (reactivate)
BULK (change_user)
BULK (change_offer)
BULK (international)
BULK (restrict)
BULK (deactivate)
BULK (terminate)
BULK (archive)

/* Who may is told by the server, by the name of the function (sw_session_has_right). */
const SwBulkAction sw_line_bulk_actions[] = {
  { N_("Restrict…"), "line_restrict", bulk_restrict },
  { N_("Reactivate…"), "line_reactivate", bulk_reactivate },
  { N_("Change the User…"), "line_change_user", bulk_change_user },
  { N_("Change the Offer…"), "line_change_offer", bulk_change_offer },
  { N_("International Option…"), "line_international", bulk_international },
  { N_("Activate…"), "line_activate", bulk_activate },
  { N_("Put on Hold…"), "line_deactivate", bulk_deactivate },
  { N_("Terminate…"), "line_terminate", bulk_terminate },
  { N_("Archive…"), "line_archive", bulk_archive },
  { NULL }
};

/* }}} */
