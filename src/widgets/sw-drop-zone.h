/* sw-drop-zone.h: where files are dropped, with a button for those who prefer to choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "file" (GFile *file), once for each.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_DROP_ZONE (sw_drop_zone_get_type ())
G_DECLARE_FINAL_TYPE (SwDropZone, sw_drop_zone, SW, DROP_ZONE, GtkWidget)

/* @text: "Drop contracts, mandates, photos here"; NULL for the usual sentence. */
GtkWidget *sw_drop_zone_new (const char *text);

G_END_DECLS
