/* sw-preferences.h: the preferences of this person on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sw_preferences_present (GtkWindow *parent);

G_END_DECLS
