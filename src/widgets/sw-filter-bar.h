/* sw-filter-bar.h: the search entry of a table and its chips, on as many lines as it takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed": what is searched or filtered is different.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_FILTER_BAR (sw_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwFilterBar, sw_filter_bar, SW, FILTER_BAR, GtkWidget)

GtkWidget *sw_filter_bar_new (void);
/* The first chip added is the chosen one. */
void sw_filter_bar_add_chip (SwFilterBar *self, const char *label);
/* Counted from 0. */
guint sw_filter_bar_get_chip (SwFilterBar *self);
void sw_filter_bar_set_chip (SwFilterBar *self, guint position);
/* The entry, for its placeholder, text and focus. */
GtkWidget *sw_filter_bar_get_entry (SwFilterBar *self);
/* No words, first chip; one "changed" at most. */
void sw_filter_bar_clear (SwFilterBar *self);

G_END_DECLS
