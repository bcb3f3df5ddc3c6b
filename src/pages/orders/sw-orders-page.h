/* sw-orders-page.h: orders of mobile lines and of services, from the draft to the lines opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_ORDERS_PAGE (sw_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (SwOrdersPage, sw_orders_page, SW, ORDERS_PAGE, SwRecordPage)

G_END_DECLS
