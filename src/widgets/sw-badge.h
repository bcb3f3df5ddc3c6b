/* sw-badge.h: a status, coloured and worded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   gtk_box_append (box, sw_badge_new (_("Paid"), SW_BADGE_OK));
 *   sw_badge_set_choice (badge, invoice_statuses, sw_record_get_text (record, "status"));
 *
 * Without text a badge takes no room.
 */
#pragma once

#include <gtk/gtk.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

#define SW_TYPE_BADGE (sw_badge_get_type ())
G_DECLARE_FINAL_TYPE (SwBadge, sw_badge, SW, BADGE, GtkWidget)

GtkWidget *sw_badge_new (const char *text, SwBadgeStyle style);
void sw_badge_set (SwBadge *self, const char *text, SwBadgeStyle style);
/* The label and style of @value in @choices. */
void sw_badge_set_choice (SwBadge *self, const SwChoice *choices, const char *value);

G_END_DECLS
