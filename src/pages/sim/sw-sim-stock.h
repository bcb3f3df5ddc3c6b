/* sw-sim-stock.h: how many cards of each operator are in stock, above the list (SIM-01)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows the change feed. Pressing an operator limits the list to its cards. Nothing is shown to
 * those who may not read stock levels.
 */
#pragma once

#include "widgets/sw-table.h"

G_BEGIN_DECLS

#define SW_TYPE_SIM_STOCK (sw_sim_stock_get_type ())
G_DECLARE_FINAL_TYPE (SwSimStock, sw_sim_stock, SW, SIM_STOCK, GtkWidget)

/* @table outlives it. */
GtkWidget *sw_sim_stock_new (SwSession *session, SwTable *table);

G_END_DECLS
