/* sw-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-button.h"

GtkWidget *
sw_button_new (const char *label)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = gtk_label_new_with_mnemonic (label);

  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  words,
                                  NULL,
                                  -1);
  return button;
}
