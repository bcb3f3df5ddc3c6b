/* sw-sim-swap.h: the screen that replaces the SIM card of a line (MLINE-17…19)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-page.h"

G_BEGIN_DECLS

/* @number (nullable) is typed already. */
void sw_sim_swap_present (SwPage *page, const char *number);

G_END_DECLS
