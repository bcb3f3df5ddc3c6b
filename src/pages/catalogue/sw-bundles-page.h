/* sw-bundles-page.h: offers sold together, inserted in one click into contracts and orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_BUNDLES_PAGE (sw_bundles_page_get_type ())
G_DECLARE_FINAL_TYPE (SwBundlesPage, sw_bundles_page, SW, BUNDLES_PAGE, SwRecordPage)

G_END_DECLS
