/* sw-table-state.c: filters kept under a name, and the columns a person chose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are the person's own and live on the server, so that another desk shows the same.
 */
#include "widgets/sw-table-private.h"

#include <glib/gi18n.h>
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"
#include "widgets/sw-toast.h"

/* {{{ Columns */

static char *
action_name (guint column)
{
  return g_strdup_printf ("column-%u", column);
}

static void
update_column_actions (SwTable *self)
{
  for (guint i = 0; self->columns[i].field != NULL; i++)
    {
      g_autofree char *name = action_name (i);
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

      if (action != NULL)
        g_simple_action_set_state (
            G_SIMPLE_ACTION (action),
            g_variant_new_boolean (sw_column_list_is_chosen (self->rows, self->columns[i].field)));
    }
}

static void
on_column_toggled (GSimpleAction *action, GVariant *state, gpointer data)
{
  SwTable *self = data;
  guint column
      = (guint) g_ascii_strtoull (g_action_get_name (G_ACTION (action)) + strlen ("column-"), NULL, 10);

  g_simple_action_set_state (action, state);
  sw_column_list_set_chosen (self->rows, self->columns[column].field, g_variant_get_boolean (state));
}

static void
on_columns_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SwTable *self = data;

  sw_column_list_set_layout (self->rows, NULL);
  update_column_actions (self);
  sw_table_layout_changed (self);
  sw_table_chosen_changed (self);
}

void
sw_table_add_column_actions (SwTable *self)
{
  g_autoptr (GSimpleAction) reset = g_simple_action_new ("reset-columns", NULL);

  for (guint i = 0; self->columns[i].field != NULL; i++)
    {
      g_autofree char *name = action_name (i);
      g_autoptr (GSimpleAction) action = NULL;

      if (self->columns[i].main)
        continue;
      action = g_simple_action_new_stateful (
          name, NULL,
          g_variant_new_boolean (sw_column_list_is_chosen (self->rows, self->columns[i].field)));
      g_signal_connect (action, "change-state", G_CALLBACK (on_column_toggled), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  g_signal_connect (reset, "activate", G_CALLBACK (on_columns_reset), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (reset));
}

/* A column that was hidden has not been read. */
void
sw_table_chosen_changed (SwTable *self)
{
  g_autoptr (SwListQuery) wanted = NULL;
  const char *const *known;
  const char *const *columns;

  if (self->list == NULL)
    return;
  wanted = sw_table_compose_query (self);
  known = sw_list_query_get_columns (sw_record_list_get_query (self->list));
  columns = sw_list_query_get_columns (wanted);
  for (guint i = 0; columns[i] != NULL; i++)
    if (!g_strv_contains (known, columns[i]))
      {
        sw_table_read (self);
        return;
      }
  if (sw_record_list_is_complete (self->list))
    sw_table_sum (self);
}

/* A column dragged wider tells every pixel: nothing but what is put down to be saved. */
void
sw_table_layout_changed (SwTable *self)
{
  g_autoptr (JsonArray) layout = sw_column_list_get_layout (self->rows);

  if (self->state != NULL)
    sw_list_state_save_layout (self->state, layout);
}

/* }}} */

/* {{{ Filters */

static guint
find_quick_filter (SwTable *self, const char *label)
{
  for (guint i = 0; self->filters != NULL && self->filters[i].label != NULL; i++)
    if (g_strcmp0 (self->filters[i].label, label) == 0)
      return i;
  return 0;
}

void
sw_table_apply_saved (SwTable *self, SwRecord *filter)
{
  g_autoptr (SwListQuery) query = sw_list_query_new (self->relation);
  const char *sort;

  if (!sw_list_query_apply (query, sw_record_get_text (filter, "conditions"), NULL))
    return;
  sort = sw_list_query_get_sort (query);
  for (const SwColumn *column = self->columns; sort != NULL && column->field != NULL; column++)
    if (column->sortable && g_str_equal (column->field, sort))
      {
        g_free (self->sort);
        self->sort = g_strdup (sort);
        self->descending = sw_list_query_get_descending (query);
        sw_column_list_set_sort (self->rows, self->sort, self->descending);
      }
  sw_filter_bar_set (self->bar, sw_list_query_get_search (query),
                     find_quick_filter (self, sw_list_query_get_quick (query)), query);
}

/* What the bar says, not what it becomes: "overdue" is of another day tomorrow. */
static SwListQuery *
describe_bar (SwTable *self)
{
  SwListQuery *query = sw_list_query_copy (sw_filter_bar_get_filters (self->bar));
  guint chip = sw_filter_bar_get_chip (self->bar);

  sw_list_query_set_search (query, self->search);
  sw_list_query_set_sort (query, self->sort, self->descending);
  if (chip > 0)
    sw_list_query_set_quick (query, self->filters[chip].label);
  return query;
}

static void
on_filter_saved (gint64 id, gpointer data)
{
  SwTable *self = data;

  if (self->state == NULL)
    return;
  sw_list_state_reload (self->state);
  sw_toast (GTK_WIDGET (self), _ ("Filter saved"));
}

static void
on_save_apply (SwDialog *dialog, const char *button, gpointer data)
{
  SwTable *self = data;
  g_autoptr (SwListQuery) query = describe_bar (self);
  g_autoptr (JsonObject) object = sw_list_state_describe (self->state, query);
  g_autoptr (SwCall) call = sw_call_new ("saved_filter_save");
  g_autofree char *name = sw_dialog_get_value (dialog, "name");
  g_autofree char *role = sw_dialog_get_value (dialog, "shared_with");
  g_autofree char *first = sw_dialog_get_value (dialog, "is_default");
  SwRecord *old = sw_list_state_find_own (self->state, name);

  if (old != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (dialog), "sw-replaced"), name) != 0)
    {
      g_object_set_data_full (G_OBJECT (dialog), "sw-replaced", g_strdup (name), g_free);
      sw_field_set_set_error (sw_dialog_get_fields (dialog), "name",
                              _ ("You have a filter of this name: save once more to replace it."));
      return;
    }
  if (old != NULL)
    json_object_set_int_member (object, "id", sw_record_get_id (old));
  json_object_set_string_member (object, "name", name != NULL ? name : "");
  if (role != NULL)
    json_object_set_string_member (object, "shared_with", role);
  else
    json_object_set_null_member (object, "shared_with");
  json_object_set_boolean_member (object, "is_default", g_strcmp0 (first, "true") == 0);
  sw_call_add_json_object (call, NULL, object);
  sw_dialog_run_call (dialog, call, self->session, on_filter_saved, g_object_ref (self),
                      g_object_unref);
}

void
sw_table_save_filter (SwTable *self)
{
  SwDialog *dialog;
  GListModel *roles;

  if (self->state == NULL)
    return;
  dialog = sw_dialog_new (_ ("Save this filter"),
                          _ ("You find it again under “Filters”, on any computer."));
  sw_dialog_add_row (dialog, sw_text_row_new ("name", _ ("Name")));
  roles = sw_list_state_get_roles (self->state);
  if (g_list_model_get_n_items (roles) > 0)
    {
      GtkWidget *row = sw_choice_row_new ("shared_with", _ ("Shared with"));

      g_object_set (row, "optional", TRUE, NULL);
      for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
        {
          g_autoptr (SwRecord) role = g_list_model_get_item (roles, i);

          /* The server's labels are English, and among our words. */
          sw_choice_row_add (SW_CHOICE_ROW (row), sw_record_get_text (role, "code"),
                             _ (sw_record_get_text (role, "label")));
        }
      sw_dialog_add_row (dialog, row);
    }
  sw_dialog_add_row (dialog, sw_switch_row_new ("is_default", _ ("Begin the list with it")));
  sw_dialog_add_button (dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "save", _ ("_Save"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_save_apply), self, 0);
  sw_dialog_present (dialog, GTK_WIDGET (self));
}

/* }}} */

static void
apply_default (SwTable *self)
{
  GListModel *filters = sw_list_state_get_filters (self->state);

  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (SwRecord) filter = g_list_model_get_item (filters, i);

      if (sw_record_get_bool (filter, "is_default"))
        sw_table_apply_saved (self, filter);
    }
}

static void
on_state_changed (SwTable *self)
{
  /* Only once: later answers come because the person saved something. */
  if (self->state_read)
    return;
  self->state_read = TRUE;
  if (sw_list_state_get_layout (self->state) != NULL)
    {
      sw_column_list_set_layout (self->rows, sw_list_state_get_layout (self->state));
      update_column_actions (self);
      sw_table_chosen_changed (self);
    }
  if (!self->touched)
    apply_default (self);
}

void
sw_table_open_state (SwTable *self)
{
  sw_table_close_state (self);
  self->state = sw_list_state_new (self->session, self->relation);
  g_signal_connect_swapped (self->state, "changed", G_CALLBACK (on_state_changed), self);
  sw_filter_bar_set_state (self->bar, self->state);
}

void
sw_table_close_state (SwTable *self)
{
  if (self->state == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->state, self);
  g_clear_object (&self->state);
  self->state_read = FALSE;
}
