/* sw-operation-actions.h: sends requests, records what operators answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the open request and for those chosen in the list; what is possible comes from
 * api.line_request_next_action.
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

extern const SwBulkAction sw_operation_bulk_actions[];

void sw_operation_actions_run (SwRecordPage *page, const char *action);
/* The blue button and the menu. */
void sw_operation_actions_show (SwRecordPage *page, SwRecord *request);

G_END_DECLS
