/* sw-order-todo.h: what an order still needs, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* A row for each thing missing, with the way to its field; then validating itself. */
void sw_order_todo_show (SwRecordPage *page, GtkWidget *place, SwRecord *order);
/* The confirmation, waiting or sent. */
void sw_order_todo_show_messages (AdwPreferencesGroup *group, SwRecord *order);
/* The lines it has made, each opening its own record. */
void sw_order_todo_show_opened (AdwPreferencesGroup *group, SwRecord *order);

G_END_DECLS
