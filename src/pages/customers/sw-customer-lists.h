/* sw-customer-lists.h: what a customer has: contracts, invoices, orders, notes, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Each replaces the rows of @group. */
void sw_customer_lists_show_contracts (AdwPreferencesGroup *group, SwRecord *customer);
void sw_customer_lists_show_invoices (AdwPreferencesGroup *group, SwRecord *customer);
void sw_customer_lists_show_orders (AdwPreferencesGroup *group, SwRecord *customer);
/* Field names are shown with the titles of @form's rows. */
void sw_customer_lists_show_history (AdwPreferencesGroup *group, SwRecord *customer, SwForm *form);
void sw_customer_lists_show_notes (AdwPreferencesGroup *group, SwRecord *customer, SwRecordPage *page);
/* Adds the entry for a new note to @group, once. */
void sw_customer_lists_build_notes (AdwPreferencesGroup *group, SwRecordPage *page);

G_END_DECLS
