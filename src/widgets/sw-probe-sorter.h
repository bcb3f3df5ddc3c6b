/* sw-probe-sorter.h: which column header was clicked, and in which direction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkColumnView only tells its primary sort column since GTK 4.10. A probe sorter compares nothing:
 * it remembers that it was asked. Asking the view's sorter to compare two dummies then reveals the
 * column by who is asked first, and the direction by the sign of the answer. Sorting itself happens
 * on the server, so no model is ever given these sorters.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_PROBE_SORTER (sw_probe_sorter_get_type ())
G_DECLARE_FINAL_TYPE (SwProbeSorter, sw_probe_sorter, SW, PROBE_SORTER, GtkSorter)

/* @tag is what sw_probe_sorter_ask() returns: static, or outliving the sorter. */
GtkSorter *sw_probe_sorter_new (gconstpointer tag);
/* The tag of the primary column of @view_sorter, or NULL when nothing is sorted. */
gconstpointer sw_probe_sorter_ask (GtkSorter *view_sorter, gboolean *descending);

G_END_DECLS
