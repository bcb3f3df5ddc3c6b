/* sw-todo-row.h: something to be done first: "Read the black counter", with the way to do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of a boxed list, with a button, a small entry typed in place, or nothing.
 *
 *   SwTodoRow *row = SW_TODO_ROW (sw_todo_row_new (title, subtitle, SW_BADGE_ALERT));
 *   sw_todo_row_set_entry (row, _("Counter"), _("Enter"));   "entered" (const char *text) on Enter
 *   sw_todo_row_set_button (row, _("Issue"));                "pressed"
 */
#pragma once

#include <adwaita.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

#define SW_TYPE_TODO_ROW (sw_todo_row_get_type ())
G_DECLARE_FINAL_TYPE (SwTodoRow, sw_todo_row, SW, TODO_ROW, AdwActionRow)

/* The style chooses the symbol: ALERT and WARNING a sign, OK a tick, others an empty circle. */
GtkWidget *sw_todo_row_new (const char *title, const char *subtitle, SwBadgeStyle style);
void sw_todo_row_set_button (SwTodoRow *self, const char *label);
void sw_todo_row_set_entry (SwTodoRow *self, const char *placeholder, const char *button);
/* While the call runs. */
void sw_todo_row_set_busy (SwTodoRow *self, gboolean busy);
/* Beneath, in red; keeps what was typed. */
void sw_todo_row_set_error (SwTodoRow *self, const char *message);

G_END_DECLS
