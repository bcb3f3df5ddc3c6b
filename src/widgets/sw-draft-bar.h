/* sw-draft-bar.h: offers what was typed before the program stopped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: "restore", "discard".
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_DRAFT_BAR (sw_draft_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwDraftBar, sw_draft_bar, SW, DRAFT_BAR, GtkWidget)

GtkWidget *sw_draft_bar_new (void);
/* @at: when it was typed, Unix time; 0 hides the bar. */
void sw_draft_bar_offer (SwDraftBar *self, gint64 at);

G_END_DECLS
