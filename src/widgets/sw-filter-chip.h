/* sw-filter-chip.h: a condition in effect: "City: lorient ×"; a click changes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: "apply" (SwFilterEditor *): the condition was changed; "remove".
 */
#pragma once

#include <gtk/gtk.h>
#include "widgets/sw-filter-editor.h"

G_BEGIN_DECLS

#define SW_TYPE_FILTER_CHIP (sw_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (SwFilterChip, sw_filter_chip, SW, FILTER_CHIP, GtkWidget)

/* @column is static; @filter is read now and belongs to the caller, who makes a new chip for another. */
GtkWidget *sw_filter_chip_new (const SwColumn *column, const SwFilter *filter);
/* Words that can only be removed: "Durand Conseil ×". */
GtkWidget *sw_filter_chip_new_scope (const char *text);
/* NULL for a scope. */
const SwColumn *sw_filter_chip_get_column (SwFilterChip *self);

G_END_DECLS
