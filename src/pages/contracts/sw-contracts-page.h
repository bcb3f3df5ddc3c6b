/* sw-contracts-page.h: contracts, what each waits for, and the button that does it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_CONTRACTS_PAGE (sw_contracts_page_get_type ())
G_DECLARE_FINAL_TYPE (SwContractsPage, sw_contracts_page, SW, CONTRACTS_PAGE, SwRecordPage)

G_END_DECLS
