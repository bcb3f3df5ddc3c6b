/* sw-column-list.h: rows in columns: which fit, how they are sorted, which row is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of SwTable that knows GtkColumnView and its gaps (PITFALLS: GTK 4.8). Fixed columns are as
 * wide as their texts; when the list is narrow the least important hide before any text of the main
 * column is cut.
 *
 * Several rows may be chosen: Ctrl and Shift with click or arrows, a frame drawn with the pointer, Ctrl+A,
 * one click a row while the person is choosing.
 *
 * Signals: "activated" (gint64 id), "selected" (gint64 id): by the person, one row;
 *          "selection-changed": other rows, or more or fewer of them, are chosen;
 *          "sort-changed": a header was clicked; "range-changed": other rows are seen;
 *          "chosen-changed": the person shows or hides a column; "layout-changed": that, or one moved or resized.
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include "widgets/sw-column.h"

G_BEGIN_DECLS

#define SW_TYPE_COLUMN_LIST (sw_column_list_get_type ())
G_DECLARE_FINAL_TYPE (SwColumnList, sw_column_list, SW, COLUMN_LIST, GtkWidget)

/* @columns is static. */
GtkWidget *sw_column_list_new (const SwColumn *columns);

/* SwRecords; NULL for none. Keeps nothing selected. */
void sw_column_list_set_model (SwColumnList *self, GListModel *model);
guint sw_column_list_get_n_rows (SwColumnList *self);
/* Without signals; GTK_INVALID_LIST_POSITION for none. */
void sw_column_list_select (SwColumnList *self, guint position, gboolean scroll);
/* The positions chosen. */
GtkBitset *sw_column_list_get_selection (SwColumnList *self);
void sw_column_list_select_all (SwColumnList *self);
void sw_column_list_unselect_all (SwColumnList *self);
/* Where there is no Ctrl and no Shift, as on a touch screen: a click chooses one row more or less. */
void sw_column_list_set_choosing (SwColumnList *self, gboolean choosing);
gboolean sw_column_list_is_choosing (SwColumnList *self);
void sw_column_list_focus (SwColumnList *self);
void sw_column_list_scroll_to_top (SwColumnList *self);
/* The rows seen, counted from 1; FALSE when there are none. */
gboolean sw_column_list_get_range (SwColumnList *self, guint *first, guint *last);

/* Shows the arrow in a header; without signal. */
void sw_column_list_set_sort (SwColumnList *self, const char *field, gboolean descending);
/* NULL when not sorted by a header. */
const char *sw_column_list_get_sort (SwColumnList *self, gboolean *descending);

/* {{{ Columns */

/* [{"column", "width" (absent: as wide as its texts), "shown"}] in order; for sw_list_state. */
JsonArray *sw_column_list_get_layout (SwColumnList *self);
/* Without signal; columns it does not name keep their place and show as they do at first. NULL: all of
 * them do. */
void sw_column_list_set_layout (SwColumnList *self, JsonArray *layout);
gboolean sw_column_list_is_chosen (SwColumnList *self, const char *field);
void sw_column_list_set_chosen (SwColumnList *self, const char *field, gboolean chosen);
/* Those shown, or hidden only for want of room, in order; free with g_free(). */
const SwColumn **sw_column_list_get_columns (SwColumnList *self, guint *n_columns);

/* }}} */

G_END_DECLS
