/* sw-facts.c: rows to read, not to type in, in a group of a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "widgets/sw-facts.h"

#include "widgets/sw-badge.h"
#include "widgets/sw-page.h"

/* The group remembers its rows here: AdwPreferencesGroup does not tell them. */
#define ROWS "sw-facts-rows"

void
sw_facts_clear (AdwPreferencesGroup *group)
{
  GSList *rows = g_object_steal_data (G_OBJECT (group), ROWS);

  for (GSList *at = rows; at != NULL; at = at->next)
    adw_preferences_group_remove (group, at->data);
  g_slist_free (rows);
}

GtkWidget *
sw_facts_add (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GSList *rows = g_object_steal_data (G_OBJECT (group), ROWS);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  adw_preferences_group_add (group, row);
  g_object_set_data_full (G_OBJECT (group), ROWS, g_slist_prepend (rows, row),
                          (GDestroyNotify) g_slist_free);
  return row;
}

GtkWidget *
sw_facts_add_pair (AdwPreferencesGroup *group, const char *title, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return NULL;
  row = sw_facts_add (group, title, NULL);
  sw_facts_add_figure (row, value);
  return row;
}

void
sw_facts_add_figure (GtkWidget *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

void
sw_facts_add_badge (GtkWidget *row, const char *text, SwBadgeStyle style)
{
  GtkWidget *badge = sw_badge_new (text, style);

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
}

static void
on_activated (AdwActionRow *row, gpointer data)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "sw-facts-id");

  sw_page_open (GTK_WIDGET (row), data, *id);
}

void
sw_facts_set_link (GtkWidget *row, const char *entity, gint64 id)
{
  g_object_set_data_full (G_OBJECT (row), "sw-facts-id", g_memdup2 (&id, sizeof id), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), (gpointer) g_intern_string (entity));
}
