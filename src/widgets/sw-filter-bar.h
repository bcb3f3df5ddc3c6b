/* sw-filter-bar.h: the search entry of a table, its quick filters and the conditions in effect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On as many lines as it takes. Signals: "changed": what is searched or filtered is different;
 * "save": the person wants to keep it under a name; "apply-saved" (SwRecord *): a saved filter;
 * "scope-removed".
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-list-state.h"
#include "widgets/sw-column.h"

G_BEGIN_DECLS

#define SW_TYPE_FILTER_BAR (sw_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwFilterBar, sw_filter_bar, SW, FILTER_BAR, GtkWidget)

/* @columns is static: those a condition may be put on. */
GtkWidget *sw_filter_bar_new (const SwColumn *columns);
/* What the menu of filters offers as saved. */
void sw_filter_bar_set_state (SwFilterBar *self, SwListState *state);

/* The first chip added is the chosen one. */
void sw_filter_bar_add_chip (SwFilterBar *self, const char *label);
/* Counted from 0. */
guint sw_filter_bar_get_chip (SwFilterBar *self);
void sw_filter_bar_set_chip (SwFilterBar *self, guint position);
/* The entry, for its placeholder, text and focus. */
GtkWidget *sw_filter_bar_get_entry (SwFilterBar *self);

/* The conditions shown as chips: only the filters of this query count. */
const SwListQuery *sw_filter_bar_get_filters (SwFilterBar *self);
/* Words, quick filter and conditions at once; one "changed". Conditions on columns the table no longer
 * has are left out. */
void sw_filter_bar_set (SwFilterBar *self, const char *search, guint chip, const SwListQuery *filters);
/* What the whole list is limited to, as a chip that can be removed; NULL for nothing. */
void sw_filter_bar_set_scope (SwFilterBar *self, const char *text);
/* No words, first chip, no condition; one "changed". */
void sw_filter_bar_clear (SwFilterBar *self);

G_END_DECLS
