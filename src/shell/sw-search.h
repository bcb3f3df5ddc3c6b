/* sw-search.h: search anything (Ctrl+K): results while typing, Enter opens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_SEARCH (sw_search_get_type ())
G_DECLARE_FINAL_TYPE (SwSearch, sw_search, SW, SEARCH, AdwWindow)

/* Above @parent, whose action win.open opens what is chosen. @text, which may be NULL, is what to
 * begin with. */
void sw_search_present (GtkWindow *parent, SwSession *session, const char *text);

G_END_DECLS
