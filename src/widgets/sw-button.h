/* sw-button.h: a button with words that a screen reader says once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As gtk_button_new_with_mnemonic(), whose accessible name is "_Save Save" in GTK 4.8. */
GtkWidget *sw_button_new (const char *label);

G_END_DECLS
