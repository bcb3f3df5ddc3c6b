/* sw-contract-lists.h: what a contract has behind it: invoices, readings, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Each replaces the rows of @group. */
void sw_contract_lists_show_invoices (AdwPreferencesGroup *group, SwRecord *contract);
void sw_contract_lists_show_readings (AdwPreferencesGroup *group, SwRecord *contract);
void sw_contract_lists_show_events (AdwPreferencesGroup *group, SwRecord *contract);

G_END_DECLS
