/* sw-equipment-state.h: gives machines another state: the buttons of one, and many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* The blue button and the menu of the open machine, from its next_actions; once before, in build():
 * sw_equipment_state_setup(). */
void sw_equipment_state_setup (SwRecordPage *page);
void sw_equipment_state_show (SwRecordPage *page, SwRecord *machine);
/* Their data is the page. */
extern const SwBulkAction sw_equipment_state_bulk[];

G_END_DECLS
