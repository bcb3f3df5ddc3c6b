/* sw-split-view.h: two panes side by side when there is room, one after the other when not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only file that knows how to be adaptive. Two of them are nested: the window's (sidebar | page)
 * and each page's (list | record):
 *
 *   from 1000 px   sidebar | list | record
 *   from 720 px    list | record        the sidebar slides over them
 *   down to 360 px one pane at a time   with a back button
 *
 * "show-content" says whether the content (the record) is wanted. When there is room and it is not,
 * the start pane takes all the width; when there is not, it chooses which of the two is seen.
 *
 * Property "folded" (read only): there is room for one pane only.
 * Signal "layout-changed": what is beside what has changed (for SwPane).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_SPLIT_VIEW (sw_split_view_get_type ())
G_DECLARE_FINAL_TYPE (SwSplitView, sw_split_view, SW, SPLIT_VIEW, GtkWidget)

GtkWidget *sw_split_view_new (void);
void sw_split_view_set_start (SwSplitView *self, GtkWidget *start);
void sw_split_view_set_content (SwSplitView *self, GtkWidget *content);
GtkWidget *sw_split_view_get_start (SwSplitView *self);
GtkWidget *sw_split_view_get_content (SwSplitView *self);

/* Pixels side by side; one of the two is -1: it takes what the other leaves. */
void sw_split_view_set_widths (SwSplitView *self, int start_width, int content_width);
/* Below this width, one pane at a time. */
void sw_split_view_set_fold_below (SwSplitView *self, int width);
/* The start pane is a sidebar: never without the content, and slides over it when folded. */
void sw_split_view_set_sidebar (SwSplitView *self, gboolean sidebar);

gboolean sw_split_view_get_folded (SwSplitView *self);
/* As wide as a phone. */
gboolean sw_split_view_is_narrow (SwSplitView *self);
gboolean sw_split_view_get_show_content (SwSplitView *self);
void sw_split_view_set_show_content (SwSplitView *self, gboolean show_content);

/* For SwPane: the split view whose back button @widget should have, or NULL. */
SwSplitView *sw_split_view_find_back (GtkWidget *widget);
/* For SwPane: whether @widget is the first (or last) pane seen in the window: window buttons. */
gboolean sw_split_view_at_edge (GtkWidget *widget, GtkPositionType side);

G_END_DECLS
