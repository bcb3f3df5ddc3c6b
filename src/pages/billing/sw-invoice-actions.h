/* sw-invoice-actions.h: issue, record a payment, credit, delete a draft
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* The blue button and the menu, from the record's next_actions; @extra (nullable) follows them. */
void sw_invoice_actions_show (SwRecordPage *page, SwRecord *invoice, GMenuModel *extra);
void sw_invoice_actions_run (SwRecordPage *page, const char *name);

G_END_DECLS
