/* sw-words.h: the words for the server's codes, which several pages show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table serves the badge of a list, the drop-down of a form and the line of a history.
 */
#pragma once

#include <adwaita.h>
#include "model/sw-record.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

/* The way of an ordinary contract, short, for the bar of steps; without "cancelled". */
extern const SwChoice sw_words_contract_way[];
extern const SwChoice sw_words_contract_steps[];
extern const SwChoice sw_words_customer_statuses[];
extern const SwChoice sw_words_invoice_kinds[];
/* What a person may write by hand; the others come from contracts and from crediting. */
extern const SwChoice sw_words_draft_kinds[];
/* Statuses, and "overdue". */
extern const SwChoice sw_words_invoice_states[];
extern const SwChoice sw_words_legal_kinds[];
extern const SwChoice sw_words_order_statuses[];
extern const SwChoice sw_words_payment_methods[];
extern const SwChoice sw_words_periodicities[];
extern const SwChoice sw_words_price_spans[];
/* What people read of a SIM card's state, in lists and histories. */
extern const SwChoice sw_words_sim_states[];
extern const SwChoice sw_words_titles[];
extern const SwChoice sw_words_vat_rates[];

/* How many records follow @n shown ones: "12 older"; NULL when none. Free with g_free(). */
char *sw_words_rest (guint n_rows, guint n_shown);
/* One invoice in short, which opens it, at the end of @group. */
void sw_words_add_invoice (AdwPreferencesGroup *group, SwRecord *invoice);

G_END_DECLS
