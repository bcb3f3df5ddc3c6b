/* sw-catalogue-page.h: what is sold: subscriptions, options, services, equipment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_CATALOGUE_PAGE (sw_catalogue_page_get_type ())
G_DECLARE_FINAL_TYPE (SwCataloguePage, sw_catalogue_page, SW, CATALOGUE_PAGE, SwRecordPage)

G_END_DECLS
