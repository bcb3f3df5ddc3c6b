/* sw-settings.h: what the program remembers about this person on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NULL when the schema is not installed: nothing is remembered then, which is no reason to stop. */
GSettings *sw_settings_get (void);
/* A desktop without a font setting gets the one the interface is drawn for, if it is there. */
void sw_settings_apply_font (void);
/* "follow", "light" or "dark" is put into effect, now and whenever it changes. */
void sw_settings_apply_appearance (void);

G_END_DECLS
