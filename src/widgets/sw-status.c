/* sw-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-status.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "widgets/sw-button.h"

GtkWidget *
sw_status_new (const char *icon_name,
               const char *title,
               const char *description,
               const char *button,
               const char *action_name)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  if (button != NULL)
    {
      GtkWidget *widget = sw_button_new (button);

      gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (widget, "pill");
      gtk_widget_add_css_class (widget, "suggested-action");
      if (action_name != NULL)
        gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (widget), action_name);
      adw_status_page_set_child (ADW_STATUS_PAGE (page), widget);
    }
  return page;
}

GtkWidget *
sw_status_new_loading (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (spinner, TRUE);
  gtk_widget_set_vexpand (spinner, TRUE);
  /* In GTK 4.8 a spinner goes on turning, and the window on drawing, while it is not on the screen. */
  g_signal_connect (spinner, "map", G_CALLBACK (gtk_spinner_start), NULL);
  g_signal_connect (spinner, "unmap", G_CALLBACK (gtk_spinner_stop), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loading"),
                                  -1);
  return spinner;
}
