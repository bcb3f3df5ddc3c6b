/* sw-operators.h: the section Operators of Administration: their systems, synchronising, what does not fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pages/administration/sw-administration-section.h"

G_BEGIN_DECLS

#define SW_TYPE_OPERATORS (sw_operators_get_type ())
G_DECLARE_FINAL_TYPE (SwOperators, sw_operators, SW, OPERATORS, GObject)

/* Fills the groups of @section, which outlives it. */
SwOperators *sw_operators_new (SwPage *page, SwAdministrationSection *section);
void sw_operators_refresh (SwOperators *self);
/* Ends a synchronisation under way; what was brought stays. */
void sw_operators_stop (SwOperators *self);

G_END_DECLS
