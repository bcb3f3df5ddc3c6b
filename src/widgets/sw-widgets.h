/* sw-widgets.h: makes the widgets known to GtkBuilder, and their style and icons to GTK
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, before any .ui file that names them is read. */
void sw_widgets_init (void);

G_END_DECLS
