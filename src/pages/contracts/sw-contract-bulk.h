/* sw-contract-bulk.h: what can be done with several contracts at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-table.h"

G_BEGIN_DECLS

/* Their data is the page. */
extern const SwBulkAction sw_contract_bulk_actions[];

G_END_DECLS
