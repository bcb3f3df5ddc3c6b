/* sw-unseen.h: what is not on the screen is not in the accessible tree either
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * sw_unseen_watch:
 *
 * From now on hides from assistive technology every child that a #GtkStack, a #GtkRevealer or a
 * #SwSplitView does not show now: GTK 4.8 presents it all the same, so a screen reader would read the
 * login screen and the other pages behind the one on the screen. Calling it twice does nothing.
 */
void sw_unseen_watch (void);

G_END_DECLS
