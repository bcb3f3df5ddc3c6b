/* sw-tariffs-page.h: price grids of calls: versions in force one after the other, prices edited on screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_TARIFFS_PAGE (sw_tariffs_page_get_type ())
G_DECLARE_FINAL_TYPE (SwTariffsPage, sw_tariffs_page, SW, TARIFFS_PAGE, SwRecordPage)

G_END_DECLS
