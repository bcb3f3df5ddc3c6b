/* sw-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "shell/sw-page-registry.h"
#include "shell/sw-settings.h"
#include "widgets/sw-choice-row.h"

static const SwChoice appearances[] = {
  { "follow", N_ ("Like the desktop") },
  { "light", N_ ("Light") },
  { "dark", N_ ("Dark") },
  { NULL },
};

static void
on_value_changed (SwRow *row, GParamSpec *pspec, gpointer key)
{
  g_autofree char *value = sw_row_get_value (row, NULL);

  if (value != NULL)
    g_settings_set_string (sw_settings_get (), key, value);
}

/* A row that shows and keeps setting @key. */
static void
bind (GtkWidget *row, const char *key)
{
  g_autofree char *value = g_settings_get_string (sw_settings_get (), key);

  sw_row_set_value (SW_ROW (row), value);
  g_signal_connect (row, "notify::value", G_CALLBACK (on_value_changed), (gpointer) key);
}

static GtkWidget *
create_page (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *appearance = sw_choice_row_new (NULL, _ ("Appearance"));
  GtkWidget *first = sw_choice_row_new (NULL, _ ("Page shown first"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (appearance), appearances);
  sw_choice_row_add (SW_CHOICE_ROW (first), "", _ ("The first of the sidebar"));
  for (const SwPageEntry *entry = sw_page_registry_get (); entry->name != NULL; entry++)
    sw_choice_row_add (SW_CHOICE_ROW (first), entry->name, _ (entry->title));
  bind (appearance, "appearance");
  bind (first, "first-page");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), appearance);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), first);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

void
sw_preferences_present (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  if (sw_settings_get () != NULL)
    gtk_box_append (GTK_BOX (box), create_page ());
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, shortcuts);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 320);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
