/* sw-order-actions.h: the buttons of an order, as the server offers them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Blue button and menu of @order. */
void sw_order_actions_show (SwRecordPage *page, SwRecord *order);
/* The action the blue button stands for; NULL when there is none. Belongs to @order. */
SwRecord *sw_order_actions_get_main (SwRecord *order);
/* Runs the action @name of api.sales_order_record, asking first where that is due. */
void sw_order_actions_run (SwRecordPage *page, const char *name);

G_END_DECLS
