/* sw-order-line.h: one mobile line of an order while it is typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server is asked about the line a moment after each change (api.order_line_check): what the operator
 * will be sent, whether RIO, day and SIM card are right, what it costs. Nothing of that is decided here.
 */
#pragma once

#include "widgets/sw-form-list.h"
#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* For "item-added" of @list. */
void sw_order_line_connect (SwFormList *list, SwFieldSet *fields, SwRecordPage *page);
/* The customer the next sites offered belong to; 0 for none. */
void sw_order_line_set_customer (SwFieldSet *fields, gint64 customer_id);
/* What the rows hold, as saving would send it, with the words of the lookups; @but names what is left out. */
JsonObject *sw_order_line_copy (SwFieldSet *fields, const char *const *but);
/* The ids of the SIM cards @list holds now; free with g_array_unref(). */
GArray *sw_order_line_cards (SwFormList *list);
/* The next @count cards in stock for @fields' network; sw_call_run_finish_rows() in @callback. */
void sw_order_line_find_cards (SwFormList *list,
                               SwFieldSet *fields,
                               SwRecordPage *page,
                               guint count,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Asks again what is wrong, if the line is unfolded: saving shows its own complaint only. */
void sw_order_line_check (SwFieldSet *fields);
/* Fold or unfold. */
void sw_order_line_set_expanded (SwFieldSet *fields, gboolean expanded);

G_END_DECLS
