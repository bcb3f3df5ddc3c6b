/* sw-contract-todo.h: what is to be done before the next step of a contract
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Fills @place (a box), which is hidden when nothing is left to do. */
void sw_contract_todo_show (SwRecordPage *page, GtkWidget *place, SwRecord *contract);

G_END_DECLS
