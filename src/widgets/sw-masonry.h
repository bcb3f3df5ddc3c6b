/* sw-masonry.h: groups of a record in one column, or two or three when there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Children keep their order: each goes under the shortest column so far.
 *
 *   <object class="SwMasonry">
 *     <property name="column-width">320</property>   minimum, pixels
 *     <child>…an AdwPreferencesGroup…</child>
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_MASONRY (sw_masonry_get_type ())
G_DECLARE_FINAL_TYPE (SwMasonry, sw_masonry, SW, MASONRY, GtkWidget)

/* Properties: column-width (int, 320), max-columns (int, 2). */
GtkWidget *sw_masonry_new (void);
void sw_masonry_append (SwMasonry *self, GtkWidget *child);

G_END_DECLS
