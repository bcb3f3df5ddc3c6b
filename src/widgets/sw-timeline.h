/* sw-timeline.h: what was, is and will be, one below the other along a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   sw_timeline_clear (timeline);
 *   row = sw_timeline_add (timeline, SW_TIMELINE_PRESENT, "Mobile 50 Go", "since 01/03/2026");
 *   sw_timeline_add_figure (row, "19,90 €");
 *   sw_timeline_add_badge (row, _("Current"), SW_BADGE_OK);
 *   sw_timeline_set_link (row, "line_request", id);
 *
 * Property "label": what it is, for who hears it; usually the title above it.
 */
#pragma once

#include <gtk/gtk.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

typedef enum
{
  SW_TIMELINE_FUTURE,  /* a ring */
  SW_TIMELINE_PRESENT, /* a filled dot */
  SW_TIMELINE_PAST,    /* a small pale dot, and pale text */
} SwTimelineState;

#define SW_TYPE_TIMELINE (sw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (SwTimeline, sw_timeline, SW, TIMELINE, GtkWidget)

GtkWidget *sw_timeline_new (void);
void sw_timeline_clear (SwTimeline *self);
/* Below those added before. Texts are plain; NULL subtitle for none. */
GtkWidget *sw_timeline_add (SwTimeline *self, SwTimelineState state, const char *title, const char *subtitle);
/* A sentence without a place in time: "No subscription yet". */
void sw_timeline_add_note (SwTimeline *self, const char *text);
/* To the right of the row, in tabular figures. */
void sw_timeline_add_figure (GtkWidget *row, const char *text);
void sw_timeline_add_badge (GtkWidget *row, const char *text, SwBadgeStyle style);
/* The row opens record @id of @entity. */
void sw_timeline_set_link (GtkWidget *row, const char *entity, gint64 id);

G_END_DECLS
