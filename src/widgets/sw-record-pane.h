/* sw-record-pane.h: where the open record is shown: its header bar, and under it the record itself, a
 * spinner while it is read, or why it could not be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "retry": read it again.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-record-bar.h"

G_BEGIN_DECLS

#define SW_TYPE_RECORD_PANE (sw_record_pane_get_type ())
G_DECLARE_FINAL_TYPE (SwRecordPane, sw_record_pane, SW, RECORD_PANE, GtkWidget)

GtkWidget *sw_record_pane_new (void);
/* Once, for the colleagues who have the same record of @entity open: shown under the header bar. */
void sw_record_pane_watch_presence (SwRecordPane *self, SwSession *session, const char *entity);
/* Which record is open, 0 for none, and whether there is unsaved work on it: then we are there for
 * our colleagues even while we look at something else. */
void sw_record_pane_set_presence (SwRecordPane *self, gint64 id, gboolean changed);
/* Once; @body is put into a scrolled window. */
void sw_record_pane_set_body (SwRecordPane *self, GtkWidget *body);
GtkWidget *sw_record_pane_get_body (SwRecordPane *self);

void sw_record_pane_show_body (SwRecordPane *self);
/* The first field takes the focus, as soon as it is on the screen. */
void sw_record_pane_focus_body (SwRecordPane *self);
void sw_record_pane_show_error (SwRecordPane *self, const char *message);
/* The spinner comes after a moment, unless the record is faster; what is shown stays meanwhile. */
void sw_record_pane_expect (SwRecordPane *self);
void sw_record_pane_stop_expecting (SwRecordPane *self);

SwPane *sw_record_pane_get_pane (SwRecordPane *self);
SwRecordBar *sw_record_pane_get_bar (SwRecordPane *self);
/* Whether there is no room for the list beside: then there is a back button instead of the one that closes,
 * and the record's buttons are at its foot. */
void sw_record_pane_set_alone (SwRecordPane *self, gboolean alone);

G_END_DECLS
