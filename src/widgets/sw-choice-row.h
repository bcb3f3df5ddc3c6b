/* sw-choice-row.h: a row with a drop-down, searchable when it is long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Property: optional (boolean: there is a "none", which is null). A loaded value that is not among
 * the choices is kept and shown.
 */
#pragma once

#include "widgets/sw-choice.h"
#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_CHOICE_ROW (sw_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (SwChoiceRow, sw_choice_row, SW, CHOICE_ROW, SwRow)

GtkWidget *sw_choice_row_new (const char *field, const char *title);
void sw_choice_row_set_choices (SwChoiceRow *self, const SwChoice *choices);
/* From records: SwRecords of @rows, value and label in those fields ("id", "name"). Labels are
 * translated when they are known msgids. */
void sw_choice_row_set_rows (SwChoiceRow *self,
                             GListModel *rows,
                             const char *value_field,
                             const char *label_field);
/* One by one. */
void sw_choice_row_clear (SwChoiceRow *self);
void sw_choice_row_add (SwChoiceRow *self, const char *value, const char *label);

G_END_DECLS
