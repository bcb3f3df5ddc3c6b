/* sw-sim-page.h: SIM cards: stock, states, history, replacement (SIM-01, SIM-02, MLINE-17…19)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_SIM_PAGE (sw_sim_page_get_type ())
G_DECLARE_FINAL_TYPE (SwSimPage, sw_sim_page, SW, SIM_PAGE, SwRecordPage)

G_END_DECLS
