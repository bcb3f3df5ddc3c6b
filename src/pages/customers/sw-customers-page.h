/* sw-customers-page.h: customers, their contacts, sites, contracts and invoices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_CUSTOMERS_PAGE (sw_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (SwCustomersPage, sw_customers_page, SW, CUSTOMERS_PAGE, SwRecordPage)

G_END_DECLS
