/* sw-application.h: one running program: its window, its options, its shortcuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * softwhere [--demo LOGIN]: opens the demonstration server of this computer as LOGIN at once.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SW_TYPE_APPLICATION (sw_application_get_type ())
G_DECLARE_FINAL_TYPE (SwApplication, sw_application, SW, APPLICATION, AdwApplication)

SwApplication *sw_application_new (void);

G_END_DECLS
