/* sw-customer-access.h: the logins of a customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Reads the logins of the customer shown and lists them in a dialog, where one is added or changed;
 * without any, asks for the first one at once. */
void sw_customer_access_open (SwRecordPage *page);

G_END_DECLS
