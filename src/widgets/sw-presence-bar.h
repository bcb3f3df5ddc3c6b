/* sw-presence-bar.h: "Claire Morel also has this record open", under a header bar; nothing otherwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_PRESENCE_BAR (sw_presence_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwPresenceBar, sw_presence_bar, SW, PRESENCE_BAR, GtkWidget)

GtkWidget *sw_presence_bar_new (void);
/* NULL-terminated; an empty one hides the bar. */
void sw_presence_bar_set_names (SwPresenceBar *self, const char *const *names);

G_END_DECLS
