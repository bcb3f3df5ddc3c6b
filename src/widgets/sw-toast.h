/* sw-toast.h: a short message at the bottom of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @from is any widget of the window. */
void sw_toast (GtkWidget *from, const char *text);
/* With a button: "Undo". @data is freed when the toast is gone. */
void sw_toast_with_button (GtkWidget *from,
                           const char *text,
                           const char *button,
                           void (*callback) (gpointer data),
                           gpointer data,
                           GDestroyNotify free_data);

G_END_DECLS
