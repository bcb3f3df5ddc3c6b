/* sw-filter-menu.h: the button "Filters": saved filters, and the columns a condition may be put on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: "apply" (SwFilterEditor *): put what it says; "apply-saved" (SwRecord *): a saved filter.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-list-state.h"
#include "widgets/sw-filter-editor.h"

G_BEGIN_DECLS

#define SW_TYPE_FILTER_MENU (sw_filter_menu_get_type ())
G_DECLARE_FINAL_TYPE (SwFilterMenu, sw_filter_menu, SW, FILTER_MENU, GtkWidget)

/* @columns is static. */
GtkWidget *sw_filter_menu_new (const SwColumn *columns);
void sw_filter_menu_set_state (SwFilterMenu *self, SwListState *state);

G_END_DECLS
