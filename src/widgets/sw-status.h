/* sw-status.h: what to say, and what to do next, where there is nothing to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An AdwStatusPage; @button and @action_name may be NULL. */
GtkWidget *sw_status_new (const char *icon_name,
                          const char *title,
                          const char *description,
                          const char *button,
                          const char *action_name);
/* Rounds a spinner in the middle. */
GtkWidget *sw_status_new_loading (void);

G_END_DECLS
