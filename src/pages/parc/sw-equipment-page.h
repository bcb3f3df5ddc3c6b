/* sw-equipment-page.h: machines, where they stand, their states and history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows "equipment" id; "equipment-of-service" id is a new machine at that site.
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_EQUIPMENT_PAGE (sw_equipment_page_get_type ())
G_DECLARE_FINAL_TYPE (SwEquipmentPage, sw_equipment_page, SW, EQUIPMENT_PAGE, SwRecordPage)

G_END_DECLS
