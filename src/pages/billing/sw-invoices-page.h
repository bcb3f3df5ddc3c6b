/* sw-invoices-page.h: invoices and credit notes, their preview and their payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_INVOICES_PAGE (sw_invoices_page_get_type ())
G_DECLARE_FINAL_TYPE (SwInvoicesPage, sw_invoices_page, SW, INVOICES_PAGE, SwRecordPage)

G_END_DECLS
