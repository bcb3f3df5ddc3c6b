/* sw-sim-state.h: states of SIM cards given by hand, of one or of many (SIM-02)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-page.h"
#include "widgets/sw-table.h"

G_BEGIN_DECLS

extern const SwBulkAction sw_sim_state_bulk_actions[];

/* The states the server allows, as a menu of "record.set-state". */
GMenu *sw_sim_state_create_menu (const char *const *states);
/* Asks why, then gives @ids (gint64) that state, with a result a card. */
void sw_sim_state_ask (SwTable *table, SwPage *page, GArray *ids, const char *state);

G_END_DECLS
