/* sw-order-repeat.h: the same line for several people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-form-list.h"
#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Asks how many lines like that of @fields, or for whom, and adds them to @list, with SIM cards from
 * stock in their order. */
void sw_order_repeat_ask (SwFormList *list, SwFieldSet *fields, SwRecordPage *page);

G_END_DECLS
