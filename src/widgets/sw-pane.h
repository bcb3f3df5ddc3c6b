/* sw-pane.h: one pane of a split view: header bar with title and buttons, and what is under it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows the back button and the window buttons by itself, according to the split views around it.
 * In a .ui file: <child type="start">, <child type="end">, <child type="top"> (a bar that does not
 * scroll, under the header), any other child is the body.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_PANE (sw_pane_get_type ())
G_DECLARE_FINAL_TYPE (SwPane, sw_pane, SW, PANE, GtkWidget)

/* Properties: title, subtitle (strings). */
GtkWidget *sw_pane_new (const char *title);
void sw_pane_set_title (SwPane *self, const char *title, const char *subtitle);
void sw_pane_set_body (SwPane *self, GtkWidget *body);
void sw_pane_add_top (SwPane *self, GtkWidget *bar);
void sw_pane_pack_start (SwPane *self, GtkWidget *widget);
void sw_pane_pack_end (SwPane *self, GtkWidget *widget);
/* Title and subtitle stand to the left instead of in the middle, and give way to what is packed at the
 * end. Call it before anything is. */
void sw_pane_set_title_at_start (SwPane *self);
/* What is shown is a step of several: the back button is there at any width and emits "step-back", instead
 * of leading out of the pane when that is all the window has room for. */
void sw_pane_set_has_steps (SwPane *self, gboolean has_steps);
/* In place of title and subtitle; NULL puts them back. */
void sw_pane_set_title_widget (SwPane *self, GtkWidget *widget);

/* An icon button of a header bar, with its tooltip, also its accessible label. */
GtkWidget *sw_pane_icon_button (const char *icon_name, const char *label, const char *action_name);

G_END_DECLS
