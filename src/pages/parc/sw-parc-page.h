/* sw-parc-page.h: the parc: sites of installation, their lines and machines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows "service" id; "service-of-customer" id is a new site of that customer.
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_PARC_PAGE (sw_parc_page_get_type ())
G_DECLARE_FINAL_TYPE (SwParcPage, sw_parc_page, SW, PARC_PAGE, SwRecordPage)

G_END_DECLS
