/* sw-contract-actions.h: the buttons of a contract, as the server offers them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* The blue button and the menu, from the record's next_actions. */
void sw_contract_actions_show (SwRecordPage *page, SwRecord *contract);
/* Runs the action named @name, asking first for what it needs. */
void sw_contract_actions_run (SwRecordPage *page, const char *name);
/* The main action of the present step; NULL when there is none (closed, cancelled). */
SwRecord *sw_contract_actions_get_main (SwRecord *contract);

/* Asks which, and adds its offers to the contract. */
void sw_contract_actions_insert_bundle (SwRecordPage *page);

G_END_DECLS
