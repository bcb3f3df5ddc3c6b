/* sw-table-selection.c: what can be done with several rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-table-private.h"

#include <glib/gi18n.h>

static gboolean
is_allowed (SwTable *self, const SwBulkAction *action)
{
  g_auto (GStrv) roles = NULL;

  if (action->role == NULL || self->session == NULL)
    return TRUE;
  roles = g_strsplit (action->role, "|", -1);
  for (guint i = 0; roles[i] != NULL; i++)
    if (sw_session_has_role (self->session, roles[i]) || sw_session_has_right (self->session, roles[i]))
      return TRUE;
  return sw_session_has_role (self->session, "sw_admin");
}

static GMenuModel *
create_menu (SwTable *self)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; self->bulk_actions != NULL && self->bulk_actions[i].label != NULL; i++)
    if (is_allowed (self, &self->bulk_actions[i]))
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (_ (self->bulk_actions[i].label), NULL);

        g_menu_item_set_action_and_target (item, "table.bulk", "u", i);
        g_menu_append_item (menu, item);
      }
  return G_MENU_MODEL (menu);
}

void
sw_table_update_selection (SwTable *self)
{
  g_autoptr (GtkBitset) chosen = sw_column_list_get_selection (self->rows);
  guint n = (guint) gtk_bitset_get_size (chosen);
  gboolean several = self->list != NULL && (n > 1 || sw_column_list_is_choosing (self->rows));

  if (several)
    {
      g_autofree char *number = sw_table_format_count (n);
      g_autofree char *text = g_strdup_printf (ngettext ("%s chosen", "%s chosen", n), number);

      gtk_label_set_text (GTK_LABEL (self->selection_label), n > 0 ? text : _ ("Tap the rows you want"));
      gtk_widget_set_sensitive (self->bulk_button, n > 0);
      gtk_widget_set_sensitive (self->copy_button, n > 0);
    }
  if (gtk_widget_get_visible (self->selection_bar) == several)
    return;
  if (several)
    {
      g_autoptr (GMenuModel) menu = create_menu (self);

      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->bulk_button), menu);
      gtk_widget_set_visible (self->bulk_button, g_menu_model_get_n_items (menu) > 0);
    }
  gtk_widget_set_visible (self->selection_bar, several);
  gtk_widget_set_visible (self->footer, !several);
}

static void
on_bulk (GSimpleAction *action, GVariant *position, gpointer data)
{
  SwTable *self = data;
  g_autoptr (GArray) ids = sw_table_get_chosen_ids (self);

  if (ids != NULL)
    self->bulk_actions[g_variant_get_uint32 (position)].run (self, ids, self->bulk_data);
}

static void
on_unselect (SwTable *self)
{
  sw_column_list_unselect_all (self->rows);
  sw_column_list_set_choosing (self->rows, FALSE);
}

static GtkWidget *
icon_button (const char *icon, const char *label, GCallback callback, SwTable *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

GtkWidget *
sw_table_create_selection_bar (SwTable *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("bulk", G_VARIANT_TYPE_UINT32);

  g_signal_connect (action, "activate", G_CALLBACK (on_bulk), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  self->selection_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->selection_label), 0);
  gtk_widget_set_hexpand (self->selection_label, TRUE);
  gtk_widget_add_css_class (self->selection_label, "numeric");
  self->bulk_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->bulk_button), _ ("Actions"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->bulk_button), GTK_ARROW_UP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bulk_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Actions"), -1);
  gtk_box_append (GTK_BOX (bar), self->selection_label);
  gtk_box_append (GTK_BOX (bar), self->bulk_button);
  self->copy_button = icon_button ("edit-copy-symbolic", _ ("Copy"), G_CALLBACK (sw_table_copy), self);
  gtk_box_append (GTK_BOX (bar), self->copy_button);
  gtk_box_append (GTK_BOX (bar), icon_button ("window-close-symbolic", _ ("Choose none"),
                                              G_CALLBACK (on_unselect), self));
  gtk_widget_add_css_class (bar, "selection-bar");
  gtk_widget_set_visible (bar, FALSE);
  return bar;
}

void
sw_table_set_bulk_actions (SwTable *self, const SwBulkAction *actions, gpointer data)
{
  g_return_if_fail (SW_IS_TABLE (self));
  self->bulk_actions = actions;
  self->bulk_data = data;
}
