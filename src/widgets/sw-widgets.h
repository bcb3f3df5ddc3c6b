/* sw-widgets.h: makes the widgets known to GtkBuilder, and their style and icons to GTK
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before the application starts, so that it finds its style and icons there. */
void sw_widgets_register_resources (void);
/* Before any .ui file that names the widgets is read; registers the resources too. */
void sw_widgets_init (void);

G_END_DECLS
