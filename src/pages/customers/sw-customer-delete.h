/* sw-customer-delete.h: a customer typed by mistake goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Asks once; refused, the question says why. Deleted, its page is closed. */
void sw_customer_delete_ask (SwRecordPage *page);

G_END_DECLS
