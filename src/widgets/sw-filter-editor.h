/* sw-filter-editor.h: the condition on one column, as a few fields that suit its kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts contain, choices are ticked, dates and amounts lie between two ends; any column may also be
 * empty or not. Signal "applied": the person wants what the fields say.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-list-query.h"
#include "widgets/sw-column.h"

G_BEGIN_DECLS

#define SW_TYPE_FILTER_EDITOR (sw_filter_editor_get_type ())
G_DECLARE_FINAL_TYPE (SwFilterEditor, sw_filter_editor, SW, FILTER_EDITOR, GtkWidget)

/* @column is static; @filter (nullable) is shown. */
GtkWidget *sw_filter_editor_new (const SwColumn *column, const SwFilter *filter);
const SwColumn *sw_filter_editor_get_column (SwFilterEditor *self);
/* Replaces the conditions of the column in @query. FALSE, and @query as it was, when nothing is filled
 * in (nothing can be applied then) or a field is unreadable: it says so. */
gboolean sw_filter_editor_put (SwFilterEditor *self, SwListQuery *query);
void sw_filter_editor_focus (SwFilterEditor *self);

/* The server can filter this column. */
gboolean sw_column_is_filterable (const SwColumn *column);
/* "City: lorient"; "Due: from 01/02/2026". */
char *sw_filter_describe (const SwColumn *column, const SwFilter *filter);

G_END_DECLS
