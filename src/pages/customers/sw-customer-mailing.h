/* sw-customer-mailing.h: names and addresses for a paper mailing: a table, or sheets of labels (EXPT-01)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Asks to whom and how, for the customers @ids (gint64), or all of the list when NULL. */
void sw_customer_mailing_ask (SwTable *table, SwPage *page, GArray *ids);

G_END_DECLS
